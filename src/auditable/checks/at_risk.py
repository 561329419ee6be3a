"""survival.at_risk: below a survival curve the number at risk never rises with time.

Comes in: a Study. Goes out: one outcome for each row of numbers that stands, number under number, below a row of times
in a block headed "number at risk". Rows that rise more than once are no numbers at risk (events so far, say); where
people enter late, numbers may rise. What must hold of the curves themselves is left to survival_landmark.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Box, Sentence

FEWEST_TIMES = 3
LINE_PT, COLUMN_PT = 3.0, 10.0
"""How far apart numbers of one line may stand in height, and a number's middle from that of its time."""
MOST_HEADING = 80
_HEADING = re.compile(
    r"\b(?:numbers?|no\.?|patients|participants|subjects|women|men|children)\s(?:[a-z]+\s)?at\srisk\b", re.IGNORECASE
)
_LATE = re.compile(
    r"\bleft[- ]truncat|\bdelayed entry|\blate entry|\bstaggered entry|\bage as (?:the )?(?:underlying )?time"
    r"|\btime[- ](?:dependent|varying|updated)\b|\bstart[- ]stop\b|\bre-?enter",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a line and where it stands."""

    value: Decimal
    quote: Quote
    box: Box

    @property
    def middle(self) -> float:
        """Its middle across the page."""
        return (self.box.x0 + self.box.x1) / 2


def test_at_risk(study: Study) -> Iterator[Outcome]:
    """One outcome for each row of numbers at risk."""
    if any(_LATE.search(s.text) for s in study.text):
        return
    for i, heading in enumerate(study.text):
        at = _HEADING.search(heading.text)
        if at is None or at.start() > MOST_HEADING:
            continue
        below = [s for s in study.text[i + 1 : i + 2] if s.page == heading.page and len(heading.text) <= MOST_HEADING]
        yield from _judge_block([_figures(s) for s in (heading, *below)])


def _judge_block(blocks: Sequence[list[list[Figure]]]) -> Iterator[Outcome]:
    lines = [line for block in blocks for line in block]
    times = next((x for x in lines if _are_times(x)), None)
    for row in lines:
        if times is not None and row is not times and _is_under(row, times):
            yield from _judge(row, times)


def _figures(sentence: Sentence) -> list[list[Figure]]:
    """The numbers of a sentence by line, left to right; a line with words between or behind its numbers is left out."""
    words = sorted(sentence.spans, key=lambda s: s[3].top)
    lines: list[list[tuple[int, int, int, Box]]] = []
    for span in words:
        if lines and span[3].top - lines[-1][0][3].top <= LINE_PT:
            lines[-1].append(span)
        else:
            lines.append([span])
    return [found for line in lines if (found := _numbers_of(sentence, line))]


def _numbers_of(sentence: Sentence, line: Sequence[tuple[int, int, int, Box]]) -> list[Figure]:
    found: list[Figure] = []
    for start, end, _, box in sorted(line, key=lambda s: s[3].x0):
        word = sentence.text[start:end]
        if _NUMBER.fullmatch(word):
            found.append(Figure(Decimal(word.replace(",", "")), Quote(sentence, start, end), box))
        elif found:
            return []
    return found


def _are_times(line: Sequence[Figure]) -> bool:
    return len(line) >= FEWEST_TIMES and line[0].value == 0 and all(a.value < b.value for a, b in pairwise(line))


def _is_under(row: Sequence[Figure], times: Sequence[Figure]) -> bool:
    """Whether each number stands under its time, and the row is one that falls."""
    if len(row) != len(times) or any(f.value % 1 for f in row):
        return False
    is_placed = all(abs(f.middle - t.middle) <= COLUMN_PT for f, t in zip(row, times, strict=True))
    return is_placed and row[0].value == max(f.value for f in row) and row[0].value > row[-1].value


def _judge(row: Sequence[Figure], times: Sequence[Figure]) -> Iterator[Outcome]:
    rises = [i for i, (a, b) in enumerate(pairwise(row)) if b.value > a.value]
    shown = ", ".join(f"{f.value} at {t.value}" for f, t in zip(row, times, strict=True))
    if not rises:
        message = f"The number at risk never rises ({shown})."
        yield Outcome("consistent", (), message, shown, "", "", quotes=(row[0].quote,))
    elif len(rises) == 1:
        early, late = row[rises[0]], row[rises[0] + 1]
        message = (
            f"The number at risk rises from {early.value} to {late.value} between the times {times[rises[0]].value} "
            f"and {times[rises[0] + 1].value}; it can only fall. One of the two is misprinted."
        )
        yield Outcome(
            "impossible", (), message, f"{late.value} > {early.value} ({shown})", str(late.value),
            f"at most {early.value}", quotes=(late.quote, early.quote),
        )  # fmt: skip


RULES = (
    Rule(
        id="survival.at_risk",
        claim="The number at risk below a survival curve never rises with time.",
        severity="error",
        function=test_at_risk,
        assumptions="A block headed “number at risk” prints a row of rising times from 0 on, and each number of a row "
        "stands under its time. The row begins with its greatest number and rises once at most. Not where the paper "
        "speaks of late entry, age as time scale or groups that change with time.",
        literature="Kaplan & Meier 1958; Pocock, Clayton & Altman 2002 (Lancet 359:1686)",
        example="Months 0, 6, 12, 18; at risk 241, 143, 153, 26: nobody joins after the start.",
    ),
)
