"""Counts of running text with the percentage that belongs to each.

Comes in: a Study. Goes out: its pairs, in printed order: "29 patients (56.9 %)", "8 of 11 (72.7 %)", "44 % (88 of
202)", "9 of 20 and 4 of 16 (45 % and 25 %)". The N of a pair is left to denominators.py and checks/prose_bases.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditable.blocks import Cell, Observation, Study
from auditable.denominators import Pair
from auditable.mention_drafts import SET_AGAINST

_NAMED = re.compile(r"\b(?:cent(?:er|re)|group|arm|cohort|grade|stage|phase|part|type|class|table|figure)\s?$", re.I)
"""A number behind these names a thing and counts nobody: "patients from centre 2 (34 %)"."""
_OF_SPREAD = re.compile(r"^\s?%?\s?[\[(]\s?\d+(?:[.,·]\d+)?\s?%?\s?[–-]\s?\d")
"""Limits right behind a percentage: it was measured in each patient."""
_CLOSED = re.compile(r"^\s?%?\s?(?:[,;.)\]]|$)")
"""Behind a percentage that stands between commas; "8 of 20, 30 % of whom were women" speaks of others."""

_LISTED = re.compile(rf"\s?%?(?:,\s?(?:and\s)?|\s(?:and|or|{SET_AGAINST})\s)", re.I)
"""What stands between two percentages of one list."""
_GOES_ON = re.compile(rf"{_LISTED.pattern}\d", re.I)


RATE_OF_ALL = re.compile(
    r"\b(?:for|giving|yielding|gave|yielded|representing|which is)\s(?:an?\s|the\s)?(?:overall\s|crude\s|total\s)?"
    r"(?:response|participation|completion|follow-up|return|uptake|retention|attendance)\srate\s(?:of|was)\s$",
    re.IGNORECASE,
)
"""Words right before the percentage that a count is of all who were asked."""
_RATIO = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|[1-9])\s(?:in|out of)\s(?:every\s)?$", re.IGNORECASE
)
"""Before the second number of "three in four (77 %)": a share in round words, not a count of people."""
COUNT_FOLLOWS = re.compile(r"^\s?%?\s?[\[(]\s?(?:[nN]\s?=\s?)?$")
"""Between a percentage and the count that stands in brackets behind it."""


def prose_pairs(study: Study) -> list[Pair]:
    """Counts of running text with the percentage right behind: "29 patients (56.9 %)", "8 of 11, 72.7 %"."""
    found: list[Pair] = []
    for mentions in study.sentences:
        listed, taken = _listed_pairs(mentions)
        found += listed
        for i, pct in enumerate(mentions):
            if i in taken or (pct.statistic == "pct" and _leads_a_list(mentions, i)):
                continue
            n = mentions[i - 1] if i and pct.statistic == "pct" else None
            if n is not None and i > 1 and mentions[i - 2].statistic == "n" and mentions[i - 2].denominator == n.value:
                n = mentions[i - 2]
            if n is None or n.statistic != "n" or n.whole is None or n.whole < 0 or pct.number is None:
                continue
            if (
                _RATIO.search(n.quote[: n.start])
                or _NAMED.search(n.quote[: n.start])
                or _OF_SPREAD.match(pct.quote[pct.end :])
            ):
                continue
            between = n.quote[mentions[i - 1].end : pct.start]
            is_between_commas = between == ", " and bool(_CLOSED.match(pct.quote[pct.end :]))
            if _is_bracket(between) or (is_between_commas and n.denominator_proof == "sentence"):
                found.append(Pair(Cell((n, pct)), n, pct, n.whole, pct.number))
        found += _pairs_turned_round(mentions)
        found += _rates_of_all(mentions)
    return found


def _pairs_turned_round(mentions: Sequence[Observation]) -> Iterator[Pair]:
    """Percentages with their count and its N right behind: "44 % (88 of 202)", "44 % [88/202]"."""
    for pct, n in pairwise(mentions):
        is_pair = pct.statistic == "pct" and n.statistic == "n" and n.denominator_proof == "sentence"
        if is_pair and pct.number and n.whole is not None and COUNT_FOLLOWS.match(n.quote[pct.end : n.start]):
            yield Pair(Cell((n, pct)), n, pct, n.whole, pct.number)


def _rates_of_all(mentions: Sequence[Observation]) -> Iterator[Pair]:
    """The share of all that one count is: "Among the 200 invited, 120 answered, for a response rate of 60 %"."""
    for i, pct in enumerate(mentions):
        counts = [o for o in mentions[:i] if o.statistic in ("n", "total") and o.whole is not None]
        is_rate = pct.statistic == "pct" and pct.number and RATE_OF_ALL.search(pct.quote[: pct.start])
        if is_rate and len(counts) == 2 and pct.number and counts[1].whole is not None:
            yield Pair(Cell((counts[1], pct)), counts[1], pct, counts[1].whole, pct.number)


def _listed_pairs(mentions: Sequence[Observation]) -> tuple[list[Pair], set[int]]:
    """Counts with their percentages in one bracket behind the last: "in 9 of 20 and 4 of 16 (45 % and 25 %)".

    Pairs in order, and the places of the percentages that are theirs and not the last count's.
    """
    found: list[Pair] = []
    taken: set[int] = set()
    for run in _lists_of_shares(mentions):
        before = mentions[: run[0]]
        wholes = {
            i + 1
            for i, o in enumerate(before)
            if o.denominator and before[i + 1 : i + 2] and before[i + 1].value == o.denominator
        }
        counts = [o for i, o in enumerate(before) if o.statistic == "n" and i not in wholes][-len(run) :]
        if len(counts) < len(run) or not _is_bracket(before[-1].quote[before[-1].end : mentions[run[0]].start]):
            continue
        taken |= set(run)
        for n, pct in zip(counts, (mentions[i] for i in run), strict=True):
            if n.denominator and n.whole is not None and n.whole >= 0 and pct.number is not None:
                found.append(Pair(Cell((n, pct)), n, pct, n.whole, pct.number))
    return found, taken


def _leads_a_list(mentions: Sequence[Observation], i: int) -> bool:
    """Whether a percentage behind two fractions opens a list of which not every number was read."""
    wholes = sum(bool(o.denominator) for o in mentions[:i] if o.statistic == "n")
    return wholes > 1 and _GOES_ON.match(mentions[i].quote[mentions[i].end :]) is not None


def _lists_of_shares(mentions: Sequence[Observation]) -> Iterator[list[int]]:
    """Places of two percentages or more that a list joins."""
    run: list[int] = []
    for i, o in enumerate(mentions):
        joined = bool(run) and _LISTED.fullmatch(o.quote[mentions[i - 1].end : o.start]) is not None
        if o.statistic == "pct" and (not run or joined):
            run.append(i)
            continue
        if len(run) > 1:
            yield run
        run = [i] if o.statistic == "pct" else []
    if len(run) > 1:
        yield run


def _is_bracket(between: str) -> bool:
    return between.count("(") + between.count("[") == 1 and not set(between) & set(")];.%")
