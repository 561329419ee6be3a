"""Criteria of entry as sentences print them: "adults aged 18–75 years", "after 1–3 lines", "an IMiD and a PI".

Comes in: the sentences of a study. Goes out: Criteria: a quantity with its limits, or treatments that everyone must
have had. Only sentences that speak of entry, and not of exclusion, are read, and none that cites another work for its
numbers. Whether the patients meet them is left to eligibility.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.checks.rule import Quote
from auditable.model import Sentence

ENTRY = re.compile(
    r"\b(?:eligib\w+|inclusion criteri\w+|entry criteri\w+|enrol(?:l?ed|l?s)\b(?!\s+between)|recruited"
    r"|(?:were|was) included|included (?:were|patients|participants|adults)|were required|required to"
    r"|had to (?:be|have))\b|^(?:all\s|eligible\s)?(?:participants|patients|subjects) had\b",
    re.IGNORECASE,
)
NO_ENTRY = re.compile(
    r"\b(?:exclu\w+|ineligible|not eligible|unless|except|protocol deviations?|deviat\w+|waive\w*|analys[ei]s"
    r"|cohort of)\b",
    re.IGNORECASE,
)
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_N = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six)"
_TO = r"\s?(?:[-–—−]|to|and)\s?"
_LIMITS = (
    rf"(?:between\s|from\s)?(?P<low>{_N}){_TO}(?P<high>{_N})"
    rf"|(?:≥|>=|at least|a minimum of|no less than)\s?(?P<least>{_N})"
    rf"|(?P<more>{_N})(?:\s(?:years?|yr))?(?:\sof age)?\s(?:or|and)\s(?:more|older|above|over|greater)"
    rf"|(?:≤|<=|at most|up to|no more than|a maximum of)\s?(?P<most>{_N})"
)
_OF_LINES = re.compile(
    rf"(?:{_LIMITS})\s(?:(?:prior|previous|earlier|different|systemic|treatment|therapy)\s){{0,2}}"
    r"(?:lines?|therap(?:y|ies)|treatments?|regimens?)\b",
    re.IGNORECASE,
)
_AGAIN = re.sub(r"\?P<(\w+)>", r"?P<\1_2>", _LIMITS)
_OF_AGE = re.compile(
    rf"\b(?:aged?|ages?(?:\s(?:of|was|had to be))?)\s(?:{_LIMITS})"
    rf"|(?:{_AGAIN})(?:\s(?:years|yr)(?:\sof\sage|\sold)|(?<=older))",
    re.IGNORECASE,
)
_OF_STATUS = re.compile(
    rf"\b(?:ECOG|WHO|Zubrod|performance status|Eastern Cooperative Oncology Group)\b[^.;,]{{0,45}}?\s(?:of\s)?"
    rf"(?:(?P<low>\d){_TO}(?P<high>\d)|(?P<zero>0)\s?(?:,|or)\s?(?:1\s?,?\s?or\s)?(?P<last>[12])"
    r"|(?:≤|<=|at most|up to)\s?(?P<most>\d))",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:during|after|following|including|included|received|given|to|with|of)\s(?:both\s)?(?:an?\s|the\s)?"
    r"(?P<one>[A-Za-z][\w-]+)\s(?:and|plus)\s(?:an?\s|the\s)?(?P<two>[A-Za-z][\w-]+(?:\sinhibitor)?)"
    r"|,\s(?P<three>[A-Za-z][\w-]+)\sand\s(?P<four>[A-Za-z][\w-]+)\s(?:included|among them)\b"
)
_LATEST = re.compile(
    r"\b(?:refractory to|progress\w+ on|failed)\s(?:the|their)\s(?:latest|last|most recent)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of entry. low, high: limits that a value may reach, None where open; terms: what everyone had."""

    quantity: str
    low: Fraction | None
    high: Fraction | None
    terms: tuple[str, ...]
    quote: Quote

    @property
    def limits(self) -> str:
        """The limits in words."""
        low, high = (None if x is None else f"{float(x):g}" for x in (self.low, self.high))
        return f"{low}–{high}" if low and high else f"at least {low}" if low else f"at most {high}"


def find_criteria(sentences: Sequence[Sentence]) -> list[Criterion]:
    """All criteria of entry, in reading order."""
    return [
        c
        for s in sentences
        if s.source == "prose" and ENTRY.search(s.text) and not NO_ENTRY.search(s.text) and "%" not in s.text
        for c in (*_read_limits(s), *_read_terms(s))
    ]


def _read_limits(sentence: Sentence) -> Iterator[Criterion]:
    for quantity, pattern in (("prior_lines", _OF_LINES), ("age", _OF_AGE), ("ecog", _OF_STATUS)):
        found = list(pattern.finditer(sentence.text))
        if len(found) == 1:
            low, high = _limits(found[0])
            if low is not None or high is not None:
                quote = Quote(sentence, found[0].start(), found[0].end())
                yield Criterion(quantity, low, high, (), quote)


def _limits(found: re.Match[str]) -> tuple[Fraction | None, Fraction | None]:
    named: dict[str, str] = {k: v for k, v in found.groupdict().items() if v}
    low = next((_number(named[k]) for k in named if k.removesuffix("_2") in ("low", "least", "more", "zero")), None)
    high = next((_number(named[k]) for k in named if k.removesuffix("_2") in ("high", "most", "last")), None)
    return low, high


def _number(text: str) -> Fraction:
    return Fraction(WORDS[text.lower()]) if text.lower() in WORDS else Fraction(text)


def _read_terms(sentence: Sentence) -> Iterator[Criterion]:
    for found in _BOTH.finditer(sentence.text):
        terms = tuple(t for t in (found["one"], found["two"], found["three"], found["four"]) if t)
        yield Criterion("treatment", None, None, terms, Quote(sentence, found.start(), found.end()))
    for found in _LATEST.finditer(sentence.text):
        yield Criterion("latest line", None, None, ("last line",), Quote(sentence, found.start(), found.end()))
