"""Words of labels that decide whether a rule may judge a number: estimates, subsets, events, grades, exclusive
splits.

Comes in: a label as printed. Goes out: yes or no, or the label's meaning as numbers. General clinical English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

ESTIMATE = re.compile(
    r"\b(probabilit\w*|kaplan|meier|km|surviv\w*|pfs|os|efs|dfs|ttp|ttnt|dor|rfs|lfs|estimat\w*|cumulative|hazard|"
    r"incidence rate|projected|event[- ]free|progression[- ]free|disease[- ]free|relapse[- ]free|actuarial|predicted|"
    r"adjusted|weighted|imputed|least[- ]squares?)\b"
    r"|\b\d+[- ](month|year|week|day|mo|yr)s?\b.{0,20}\b(rate|%)",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"\b(mean|median|change|reduction|increase|decrease|difference|intensity|dose|ratio|fraction|level|saturation|score)\b",
    re.IGNORECASE,
)
"""A percentage that is measured in each patient, not a share of patients."""
SUBSET = re.compile(
    r"\b(among|of those|of these|of whom|of which|evaluable|evaluated|assessable|assessed|tested|available|in patients|"
    r"with data|responders|respondents|known|denominator|per cycle|of all|only if|where applicable|n\s*/\s*n)\b",
    re.IGNORECASE,
)
EVENTS = re.compile(
    r"\b(events?|episodes?|aes?|teaes?|saes?|cycles?|infusions?|doses?|records?|samples?|lesions?|visits?|admissions?|reactions?|"
    r"number of (?!patients|subjects|participants|people)\w+)\b",
    re.IGNORECASE,
)
ONE_SIDED = re.compile(r"\b(?:one|1|single)[- ](?:sided|tailed)", re.IGNORECASE)
"""A declared one-sided test or level."""
UNKNOWN = re.compile(
    r"\b(unknown|missing|not (available|known|reported|evaluable|assessed|done|applicable)|n/?[ak]|nr|ne|other)\b",
    re.IGNORECASE,
)
MISSING_ONLY = re.compile(
    r"\b(unknown|missing|not (available|known|reported|evaluable|assessed|done)|n/?[ak]|nr|ne)\b", re.IGNORECASE
)
TOTAL = re.compile(
    r"^(total\b.*|all( patients| subjects| participants)?|overall|n|no\. of patients|number of patients)$", re.I
)

ANY_GRADE = ("", "any")
"""Grades of an event that mean all of them."""
NOTE_SIGN = re.compile(r"(?<=\w)[*†‡§¶‖]+(?!\w)")
"""A sign of a note that was not parted from its label ("drinks per day¶¶")."""

_DECORATION = re.compile(
    r"[,;:]?\s*(\bn(?:\s*/\s*n)?\s*\(%\)|\bno\.?(?:\s*/\s*(?:total )?no\.?)?\s*\(%\)|\bn,\s*%|\(%\)|%|\bn\s*=\s*\d+"
    r"|\(n\s*=\s*\d+\))\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"^(?:≥|>=|⩾|at least|>)\s*(\d+(?:\.\d+)?)\s*(.*)$", re.IGNORECASE)
_BELOW = re.compile(r"^(?:≤|<=|⩽|at most|up to|<|under|below)\s*(\d+(?:\.\d+)?)\s*(.*)$", re.IGNORECASE)
_OR_MORE = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:or more|and above|or older|\+)\s*(.*)$", re.IGNORECASE)
_RANGE = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:-|–|—|to|−)\s*<?\s*(\d+(?:\.\d+)?)\s*(.*)$", re.IGNORECASE)
_STRICT = re.compile(r"^(>(?!=)|<(?!=)|under|below)")


def plain(label: str) -> str:
    """The label in lower case without "n (%)" and marks at its end."""
    return without_counts(label).lower()


def without_counts(label: str) -> str:
    """The label as printed, without "n (%)" and marks at its end."""
    text = " ".join(label.split()).strip(" *†‡§¶")
    while (cut := _DECORATION.sub("", text).strip(" ,;:*†‡§¶")) != text:
        text = cut
    return text


@dataclass(frozen=True, slots=True)
class Span:
    """What a label like "≥ 65", "<65 years", "65–74" covers; None is unbounded. unit: the words behind it."""

    low: Fraction | None
    high: Fraction | None
    unit: str
    is_strict: bool = False


def read_span(label: str) -> Span | None:
    """The stretch of numbers a label names, or None."""
    text = plain(label)
    strict = bool(_STRICT.match(text))
    if m := (_AT_LEAST.match(text) or _OR_MORE.match(text)):
        return Span(Fraction(m.group(1)), None, _unit(m.group(2)), strict)
    if m := _BELOW.match(text):
        return Span(None, Fraction(m.group(1)), _unit(m.group(2)), strict)
    if m := _RANGE.match(text):
        low, high = Fraction(m.group(1)), Fraction(m.group(2))
        return Span(low, high, _unit(m.group(3))) if low <= high else None
    return None


def is_partition(labels: list[str]) -> bool:
    """Whether the labels cut the number line into pieces that neither overlap nor leave a gap: <65, 65–74, ≥75."""
    spans = [read_span(label) for label in labels]
    found = [s for s in spans if s is not None]
    if len(found) != len(spans) or len(found) < 2 or len({s.unit for s in found if s.unit}) > 1:
        return False
    found.sort(key=lambda s: (s.low is not None, s.low or Fraction(0)))
    if found[0].low is not None or found[-1].high is not None or any(s.low is None for s in found[1:]):
        return False
    return all(_abut(a, b) for a, b in pairwise(found))


def is_stretch(labels: Sequence[str]) -> bool:
    """Whether the labels cut a stretch of the number line into such pieces, its ends open or not: 40–64, 65–79, ≥80."""
    found = sorted(
        (s for label in labels if (s := read_span(label)) is not None),
        key=lambda s: (s.low is not None, s.low or Fraction(0)),
    )
    if len(found) != len(labels) or len(found) < 2 or len({s.unit for s in found if s.unit}) > 1:
        return False
    return all(a.high is not None and b.low is not None and _abut(a, b) for a, b in pairwise(found))


def _abut(left: Span, right: Span) -> bool:
    if left.high is None or right.low is None:
        return False
    if left.low is None and right.high is None and left.is_strict == right.is_strict:
        return left.is_strict is False and right.low - left.high == 1
    step = right.low - left.high
    return 0 <= step <= 1


def _unit(words: str) -> str:
    return words.strip(" ,;:().").rstrip("s")
