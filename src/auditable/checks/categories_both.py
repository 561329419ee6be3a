"""Patients who have both of two things: at most those who have one of them, at least what does not fit into all.

Comes in: rows of one group in one column, or the numbers of a sentence. Goes out: outcomes for the rule
categories.nested: a row "A and B" beside rows "A" and "B", and "A in 60 %, B in 50 %, both in 40 %". Where the three
may part the patients (A alone, B alone, both), too many in the third prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from auditable.blocks import Cell, Observation
from auditable.checks.rule import Outcome
from auditable.checks.words import plain
from auditable.denominators import whole_number
from auditable.rounding import Interval, decimal_text

BOTH = re.compile(r"\b(?:both|and)\b|[&+]", re.IGNORECASE)
_SAYS_LITTLE = frozenset(("agent", "agents", "refractory", "prior"))
_ALL = Fraction(100)
_COUNT_BEFORE = re.compile(r"(?:\s\d+)?\s?[(\[]$")
"""The count that a percentage stands behind: "in 31 (60 %)"."""
_BETWEEN = re.compile(
    r"^\s?%?[)\]]?(?:,|;|\band\b|\s)(?!.*\b(?:vs|versus|compared|against|groups?|arms?|only|alone|whom|these|those)\b)"
    r"[^\d.:]{3,50}$",
    re.IGNORECASE,
)
_TO_BOTH = re.compile(r"^\s?%?[)\]]?[,;]?\s(?:and\s)?both(?:\sof\sthem)?(?:\sin|\sfor)?$", re.IGNORECASE)
_ENDS = re.compile(r"^\s?%?[)\]]?(?:[,.;]|\sand\b|\sof\s(?:all\s|the\s)?patients\b|$)", re.IGNORECASE)


def test_rows_of_both(cells: Sequence[Cell]) -> Iterator[Outcome]:
    """A row "A and B" beside rows "A" and "B" of one group, in counts."""
    rows = [(_words(c.first.label), n) for c in cells if (n := c.only("n")) is not None and n.whole is not None]
    for both, n in rows:
        if not BOTH.search(n.label):
            continue
        for (a, left), (b, right) in combinations([r for r in rows if r[1] is not n], 2):
            if a != b and a | b == both and not BOTH.search(left.label + right.label):
                total = whole_number(n.denominator)
                yield from _judge(n, left, right, Fraction(total) if total else None)


def test_both_of_a_sentence(mentions: Sequence[Observation]) -> Iterator[Outcome]:
    """Three percentages in a row, the third of "both"."""
    shares = [o for o in mentions if o.statistic == "pct"]
    for left, right, both in zip(shares, shares[1:], shares[2:], strict=False):
        found = (left, right, both)
        if any(o.number is None or o.number.comparator or o.speaks_of != "this study" for o in found):
            continue
        if len({(o.arm, o.subgroup, o.timepoint, o.grade) for o in found}) > 1:
            continue
        gaps = [_COUNT_BEFORE.sub("", o.quote[o.end : p.start]).rstrip() for o, p in pairwise(found)]
        if _BETWEEN.match(gaps[0]) and _TO_BOTH.match(gaps[1]) and _ENDS.match(both.quote[both.end :]):
            yield from _judge(both, left, right, _ALL)


def _judge(both: Observation, left: Observation, right: Observation, total: Fraction | None) -> Iterator[Outcome]:
    (low, high), (a_low, a_high), (b_low, b_high) = (_ends(o) for o in (both, left, right))
    least = max(Fraction(0), a_low + b_low - total) if total else Fraction(0)
    most = min(a_high, b_high)
    may_be_apart = total is None or a_low + b_low + low <= total
    if low > most and may_be_apart:
        return
    values = [o.number.value for o in (left, right) if o.number]
    digits = max(o.decimals for o in (both, left, right))
    ends = (max(Fraction(0), sum(values) - total) if total else Fraction(0), min(values))
    expected = " to ".join(decimal_text(e, digits) for e in ends)
    shown = " and ".join(f'{o.value} "{o.label}"' if o.source == "table" else f"{o.value} %" for o in (left, right))
    arithmetic = f"{shown}{f' of {total} in all' if total else ''}; both: {both.value}"
    observations = (both, left, right)
    if least <= high and low <= most:
        message = f"Both ({both.value}) fits the two numbers of which it is the common part."
        yield Outcome("consistent", observations, message, arithmetic, both.value, both.value)
        return
    message = f"{both.value} are said to have both, but with {shown} it can only be {expected}."
    yield Outcome("impossible", observations, message, arithmetic, both.value, expected)


def _ends(o: Observation) -> tuple[Fraction, Fraction]:
    """The least and the most that a number stands for: a count itself, a percentage before it was rounded."""
    inside = o.number.ordinary if o.number else Interval(None, None)
    if o.statistic == "n" and o.number:
        return o.number.value, o.number.value
    return inside.low or Fraction(0), inside.high if inside.high is not None else _ALL


def _words(label: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9β-]+", BOTH.sub(" ", plain(label)))) - _SAYS_LITTLE
