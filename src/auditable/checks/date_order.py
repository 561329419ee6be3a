"""date.order: of "between A and B" the second date is not before the first.

Comes in: a Study with its text. Goes out: one outcome per stretch of time that a sentence gives by two full dates:
consistent where it runs forwards, impossible where it runs backwards. That holds for other studies as for this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditable.blocks import Study
from auditable.checks.named_dates import DATE, day_of
from auditable.checks.rule import Outcome, Quote, Rule

SEVERITY = "error"
_BETWEEN = re.compile(r"\s(?:and|to|through|until|till|up to)\s|\s?[–—-]\s?")
_OPENS = re.compile(r"\b(?:between|from)\s(?:the\s)?$", re.IGNORECASE)
_PARTED = re.compile(r"\brespectively\b", re.IGNORECASE)


def test_order(study: Study) -> Iterator[Outcome]:
    """Each stretch of time once."""
    told = set[str]()
    for sentence in study.text:
        if _PARTED.search(sentence.text):
            continue
        dates = list(DATE.finditer(sentence.text))
        for first, last in pairwise(dates):
            words = sentence.text[first.start() : last.end()]
            if words not in told and _is_stretch(sentence.text, first, last):
                told.add(words)
                yield _judge(first, last, Quote(sentence, first.start(), last.end()))


def _is_stretch(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    joint = text[first.end() : last.start()]
    return bool(_BETWEEN.fullmatch(joint)) and bool(_OPENS.search(text[: first.start()]))


def _judge(first: re.Match[str], last: re.Match[str], quote: Quote) -> Outcome:
    begin, end = day_of(first), day_of(last)
    if not begin[2] or not end[2]:
        begin, end = (*begin[:2], 0), (*end[:2], 0)
    said = f"{first[0]} to {last[0]}"
    if begin <= end:
        message = f"{said} runs forwards."
        return Outcome("consistent", (), message, f"{first[0]} ≤ {last[0]}", said, said, quotes=(quote,))
    message = (
        f"{first[0]} is printed as the beginning and {last[0]} as the end of one stretch of time, yet it is the later "
        "of the two. A year or a month is misprinted, or the two are exchanged."
    )
    expected = f"a beginning not after {last[0]}"
    return Outcome("impossible", (), message, f"{first[0]} > {last[0]}", said, expected, quotes=(quote,))


RULES = (
    Rule(
        id="date.order",
        claim="A stretch of time between two dates ends after it begins.",
        severity=SEVERITY,
        function=test_order,
        assumptions="Both dates are printed with month and year, opened by “between” or “from” and joined by “and”, "
        "“to”, “until” or a dash; without days, months are compared.",
        literature="INSPECT-SR check 4 (internal consistency); CONSORT 2010, item 14a",
        example="Patients were enrolled between 3 May 2021 and 30 June 2019.",
    ),
)
