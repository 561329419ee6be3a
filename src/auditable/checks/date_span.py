"""date.span: a length of time printed beside the two dates that bound it is the time between them.

Comes in: a Study with its text. Goes out: one outcome for each stretch between two dates that stands beside its own
length ("over a 19-month period (between October 2010 and May 2012)"). That the dates run forwards is date_order.py's;
that one period has one name, date_periods.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from auditable.blocks import Study
from auditable.checks.named_dates import MONTH, month_of
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.number_words import CARDINAL, read_cardinal
from auditable.rounding import decimal_text

_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?)?"
STRETCH = re.compile(
    rf"\b(?:between|from)\s(?P<d1>{_DAY})(?P<m1>{MONTH})(?:\s(?P<a1>\d{{1,2}})(?:st|nd|rd|th)?,?)?(?:,?\s(?P<y1>(?:19|20)\d\d))?,?"
    rf"\s?(?:\band\b|\bto\b|\bthrough\b|\buntil\b|[–—-])\s?"
    rf"(?P<d2>{_DAY})(?P<m2>{MONTH})(?:\s(?P<a2>\d{{1,2}})(?:st|nd|rd|th)?,?)?,?\s(?P<y2>(?:19|20)\d\d)\b"
)
_LENGTH = (
    rf"(?P<n>\d+(?:,\d{{3}})+|\d+(?:[.,·]\d+)?|{CARDINAL})[\s-](?:full\s|calendar\s|consecutive\s)?"
    r"(?P<unit>day|week|month|year)s?\b"
)
_BEFORE = re.compile(
    rf"\b(?P<about>about|approximately|nearly|almost|around|roughly|more than)?\s?(?:an?\s|the\s|of\s)*{_LENGTH}"
    r"(?:\s(?:study|recruitment|enrol\w+|inclusion|accrual|observation\w*|time|long))?(?:\s(?:period|interval|span|window))?,?\s?\(?$",
    re.IGNORECASE,
)
"""The length right before the dates; in "6 months from May 2020 to June 2021" no bracket or "period" says so."""
_IS_TOLD = re.compile(r"\b(?:period|interval|span|window)\b|\($", re.IGNORECASE)
_OF_PATIENTS = re.compile(r"\b(?:median|mean|average|follow\w*|each|per)\b", re.IGNORECASE)
OF_PATIENTS_REACH = 60
_BEHIND = re.compile(
    rf"^(?:,\s|\s?\(|\s?[–—-]\s)(?:i\.e\.,?\s|that is,?\s)?(?:(?:an?|the|over|during|in total|(?:period|time|"
    rf"total) of)\s)*"
    rf"(?P<about>about|approximately|nearly|almost|around|roughly|over|more than|≈|~)?\s?{_LENGTH}"
    r"(?:\s(?:study|recruitment|enrol\w+|inclusion|accrual|observation\w*|time|in total|total))?(?:\s(?:period|"
    r"interval|span|window))?"
    r"\s?(?=[),.;]|$)",
    re.IGNORECASE,
)
_DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(1461, 48), "year": Fraction(1461, 4)}
ABOUT = Fraction(15, 100)
"""What words like "about" widen by."""
ONE_DAY = Fraction(1)
"""In days the first or the last one may be counted or not."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time between two dates, in days: at least and at most, as the days that are not printed leave it open."""

    least: int
    most: int

    def within(self, unit: str) -> tuple[Fraction, Fraction]:
        """The same in a unit."""
        return self.least / _DAYS[unit], self.most / _DAYS[unit]


def ends_of(found: re.Match[str]) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """First and last date of a match of STRETCH: year, month and day each, the day 0 where it is not printed."""
    first, last = (int(re.sub(r"\D", "", found[f"d{i}"] or found[f"a{i}"] or "0")) for i in "12")
    year = int(found["y2"])
    return (int(found["y1"] or year), month_of(found["m1"]), first), (year, month_of(found["m2"]), last)


def test_spans(study: Study) -> Iterator[Outcome]:
    """Each length once."""
    told = set[str]()
    for sentence in study.text:
        for found in STRETCH.finditer(sentence.text):
            before = _BEFORE.search(sentence.text[: found.start()])
            if before and not _is_of_dates(before, sentence.text[found.end() :]):
                before = None
            length = before or _BEHIND.match(sentence.text[found.end() :])
            stretch = _read(found)
            if length is None or stretch is None or f"{found[0]} {length[0]}" in told:
                continue
            told.add(f"{found[0]} {length[0]}")
            start = before.start() if before else found.start()
            end = found.end() if before else found.end() + length.end()
            yield _judge(length, stretch, found[0], Quote(sentence, start, end))


def _is_of_dates(before: re.Match[str], behind: str) -> bool:
    """Whether the length before the dates is said to be theirs: a "period", or the bracket holds nothing but them.

    A median follow-up of 30 months (from May 2010 to June 2019) is a time of patients, not of the study.
    """
    told = _IS_TOLD.search(before[0])
    if not told or (told[0] == "(" and not re.match(r"\s?[);]", behind)):
        return False
    return told[0] != "(" or not _OF_PATIENTS.search(before.string[max(0, before.start() - OF_PATIENTS_REACH) :])


def _read(found: re.Match[str]) -> Stretch | None:
    """Least and most days between the two dates; None where they run backwards or are no dates."""
    begin, end = ends_of(found)
    try:
        first, last = _bounds(*begin), _bounds(*end)
    except ValueError:
        return None
    if last[1] < first[0]:
        return None
    return Stretch(max(0, (last[0] - first[1]).days), (last[1] - first[0]).days + 1)


def _bounds(year: int, month: int, day: int) -> tuple[date, date]:
    """The first and the last day that a date may mean; the day 0 is any of the month."""
    if day:
        return date(year, month, day), date(year, month, day)
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def _judge(length: re.Match[str], stretch: Stretch, dates: str, quote: Quote) -> Outcome:
    unit = length["unit"].lower()
    value, decimals = _read_length(length["n"])
    low, high = stretch.within(unit)
    slack = value * ABOUT if length["about"] else ONE_DAY if unit == "day" else Fraction(0)
    least, most = Fraction(floor(low * 10**decimals), 10**decimals), Fraction(ceil(high * 10**decimals), 10**decimals)
    shown = f"{decimal_text(low, 1)} to {decimal_text(high, 1)} {unit}s"
    said = f"{length['n']} {unit}s"
    if least - slack <= value <= most + slack:
        message = f"{said} fit the time between the dates ({shown})."
        return Outcome("consistent", (), message, f"{dates}: {shown}", said, said, quotes=(quote,))
    message = f"{dates} is a time of {shown}, not of {said}: the length or one of the dates is misprinted."
    return Outcome("impossible", (), message, f"{dates}: {shown}", said, shown, quotes=(quote,))


def _read_length(text: str) -> tuple[Fraction, int]:
    """A number in figures or words, and its decimals: "1,095" is a thousand and more, "1,5" one and a half."""
    named = read_cardinal(text)
    if named is not None:
        return Fraction(named), 0
    plain = text.replace(",", "") if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+", text) else re.sub("[,·]", ".", text)
    return Fraction(plain), len(plain.partition(".")[2])


RULES = (
    Rule(
        id="date.span",
        claim="A length of time beside two dates is the time between them.",
        severity="error",
        function=test_spans,
        assumptions="The length stands right before or behind “between … and …” or “from … to …” as the length of that "
        "period. Days that are not printed are left open, a part of a unit may be cut off or made whole, and words "
        "like “about” widen.",
        literature="INSPECT-SR check 4 (internal consistency); CONSORT 2010, item 14a",
        example="“over a 15-month period (between October 2010 and May 2012)”: that is 18 to 20 months.",
    ),
)
