"""date.period: the time in which a paper's patients were recruited is the same wherever it is told.

Comes in: a Study with its text. Goes out: one outcome where recruitment is told by two dates in more than one place:
consistent where all agree, a question where two of them differ in one date alone, as a slip of the pen would. Periods
that differ in both dates are of something else (a centre, a part of the trial) and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from auditable.blocks import Study
from auditable.checks.date_span import STRETCH, ends_of
from auditable.checks.named_dates import may_be_one_day
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.cited import section_kind
from auditable.model import Sentence
from auditable.references import is_literature

SEVERITY = "definition"
_VERBS = {
    "recruited": re.compile(r"\b(?:enrol\w*|recruit\w*|accru\w*|included)\b", re.IGNORECASE),
    "randomised": re.compile(r"\brandom(?:i[sz]ed|i[sz]ation|ly)\b", re.IGNORECASE),
    "screened": re.compile(r"\bscreen(?:ed|ing)\b", re.IGNORECASE),
    "diagnosed or treated": re.compile(r"\b(?:admitted|diagnosed|treated|hospitali[sz]ed|presented)\b", re.IGNORECASE),
}
_OF_A_PART = re.compile(
    r"\b(?:part|phase|cohort|wave|stage|cent(?:er|re)s?|respectively|arm|first|second|third|validation|derivation|"
    r"extension|sub-?study|sub-?groups?|subsets?|sensitivity|previous\w*|et al)\b|\[\d",
    re.IGNORECASE,
)
"""Words that tell of a part of the patients, or of other people's."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a date to a date: year, month and day each, the day 0 where it is not printed."""

    verbs: frozenset[str]
    begin: tuple[int, int, int]
    end: tuple[int, int, int]
    quote: Quote


def test_periods(study: Study) -> Iterator[Outcome]:
    """The periods of recruitment against each other; once for each paper."""
    periods = [p for sentence in study.text if not is_literature(sentence) for p in _periods(sentence)]
    if len(periods) < 2:
        return
    slips = [
        (a, b)
        for a, b in combinations(periods, 2)
        if a.verbs & b.verbs and may_be_one_day(a.begin, b.begin) != may_be_one_day(a.end, b.end)
    ]
    if len(slips) == 1 and len({(p.begin, p.end) for p in periods}) == 2:
        yield _ask(*slips[0])
    elif all(may_be_one_day(a.begin, b.begin) and may_be_one_day(a.end, b.end) for a, b in combinations(periods, 2)):
        first = periods[0].quote
        message = "The time of recruitment is the same wherever it is told."
        yield Outcome(
            "consistent", (), message, f"{len(periods)} places agree", first.words, first.words, quotes=(first,)
        )


def _periods(sentence: Sentence) -> Iterator[Period]:
    found = list(STRETCH.finditer(sentence.text))
    verbs = frozenset(verb for verb, words in _VERBS.items() if words.search(sentence.text))
    if (
        len(found) != 1
        or not verbs
        or _OF_A_PART.search(sentence.text)
        or section_kind(sentence.section) == "background"
    ):
        return
    m = found[0]
    yield Period(verbs, *ends_of(m), Quote(sentence, m.start(), m.end()))


def _ask(a: Period, b: Period) -> Outcome:
    left, right = a.quote, b.quote
    message = (
        f"Recruitment is told as {left.words} in one place (page {left.sentence.page}) and as {right.words} in another "
        f"(page {right.sentence.page}). If one period is meant, one date is wrong."
    )
    return Outcome(
        "not testable", (), message, f"{left.words} ≠ {right.words}", right.words, left.words, SEVERITY, (right, left)
    )


RULES = (
    Rule(
        id="date.period",
        claim="The time in which patients were recruited is the same wherever a paper tells it.",
        severity=SEVERITY,
        function=test_periods,
        assumptions="Two dates beside the same verb (enrolled, recruited, randomised …), in sentences that name no "
        "part of the study and cite nobody. A question, and only where one of the two dates agrees and the "
        "other does not.",
        literature="CONSORT 2010, item 14a; INSPECT-SR check 4 (agreement within the publication)",
        example="Enrolled from May 2018 to June 2019 in the abstract, from May 2018 to July 2019 in the methods.",
    ),
)
