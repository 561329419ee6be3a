"""Dates that a paper gives of its own course: the end of a programme, the closing of enrolment, a data cut-off.

Comes in: a Study with its text. Goes out: one outcome per kind of date that is named more than once: consistent where
all agree (a month agrees with each of its days), a question where two differ. Dates of several analyses (interim,
final), of cited works and of approvals are left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote
from auditable.model import Sentence

SEVERITY = "definition"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_SHORT = 3
"""Letters of a month printed short: "Dec", "Sept."."""
MONTH = "|".join(rf"{m[:_SHORT]}(?:{m[_SHORT:]}|t?\.?)" if len(m) > _SHORT else m for m in _MONTHS)
DATE = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?\b(?P<month>{MONTH})(?:\s(?P<after>\d{{1,2}})(?:st|nd|rd|th)?,)?,?"
    r"\s(?P<year>(?:19|20)\d\d)\b"
)
KINDS = {
    "end of the programme": re.compile(
        r"\b(?:clos(?:e|ure|ed|ing)|end)\b[^.;]{0,45}$|^[^.;]{0,30}\b(?:as the (?:end|close|closure))\b", re.IGNORECASE
    ),
    "data cut-off": re.compile(
        r"\b(?:data\s(?:cut-?\s?off|lock)|database\s(?:lock|closure)|cut-?off date)\b[^.;]{0,40}$", re.IGNORECASE
    ),
}
SEVERAL = re.compile(
    r"\b(?:interim|update\w*|primary|final|first|second|third|extended|respectively|part|phase|cohort|arm|approv\w+|label"
    r"|literature|search\w*|MEDLINE|PubMed)\b|\[\d",
    re.IGNORECASE,
)
OTHER_END = re.compile(r"\b(?:enrol\w*|recruit\w*|accru\w*|inclu\w*|follow\w*|random\w*|observation)\b", re.IGNORECASE)
"""What else may close or end, on a day of its own."""
PROGRAMME = re.compile(r"\b(?:programmes?|programs?|trial|study|registry|survey|project|[A-Z]{3,})\b")


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date of the paper's own course. day is 0 where only a month is given."""

    kind: str
    year: int
    month: int
    day: int
    quote: Quote

    def agrees(self, other: NamedDate) -> bool:
        """Whether both may be one day."""
        return may_be_one_day((self.year, self.month, self.day), (other.year, other.month, other.day))


def test_dates(study: Study) -> Iterator[Outcome]:
    """Dates of one kind against each other."""
    by_kind: dict[str, list[NamedDate]] = defaultdict(list)
    for sentence in study.text:
        if not SEVERAL.search(sentence.text):
            for date in _dates(sentence):
                by_kind[date.kind].append(date)
    for kind, dates in by_kind.items():
        if len(dates) > 1:
            yield _judge(kind, dates)


def day_of(found: re.Match[str]) -> tuple[int, int, int]:
    """Year, month and day of a match of DATE; day 0 where only a month is printed."""
    return int(found["year"]), month_of(found["month"]), int(found["day"] or found["after"] or 0)


def may_be_one_day(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    """Whether two dates may be one; the day 0 may be any of its month."""
    return a[:2] == b[:2] and (not a[2] or not b[2] or a[2] == b[2])


def month_of(name: str) -> int:
    """The number of a month, printed in full or short."""
    return [m[:_SHORT] for m in _MONTHS].index(name[:_SHORT]) + 1


def _dates(sentence: Sentence) -> Iterator[NamedDate]:
    for found in DATE.finditer(sentence.text):
        before, after = sentence.text[: found.start()], sentence.text[found.end() :]
        for kind, words in KINDS.items():
            is_end = kind == "end of the programme"
            if is_end and (OTHER_END.search(sentence.text) or not PROGRAMME.search(sentence.text)):
                continue
            if words.search(before) or (is_end and words.match(after)):
                yield NamedDate(kind, *day_of(found), Quote(sentence, found.start(), found.end()))


def _judge(kind: str, dates: list[NamedDate]) -> Outcome:
    for left, right in combinations(dates, 2):
        if not left.agrees(right):
            message = (
                f"The {kind} is {left.quote.words} in one place (page {left.quote.sentence.page}) and "
                f"{right.quote.words} in another (page {right.quote.sentence.page}). If one day is meant, one is wrong."
            )
            return Outcome(
                "not testable", (), message, f"{left.quote.words} ≠ {right.quote.words}", right.quote.words,
                left.quote.words, SEVERITY, (right.quote, left.quote),
            )  # fmt: skip
    first = dates[0].quote
    return Outcome(
        "consistent", (), f"The {kind} is {first.words} wherever it is named.", f"{len(dates)} dates agree",
        first.words, first.words, quotes=(first,),
    )  # fmt: skip
