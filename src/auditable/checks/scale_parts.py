"""Rows that part one scale, as cuts: how many patients lie below each cut-off, out of how many.

Comes in: the rows of one row group with their counts. Goes out: cuts, each with the count on either side, where the
rows are a partition of the scale (<65, 65–74, ≥75; 2, 3, ≥4; <12 and ≥12). What a cut says about a median is left to
the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from auditable.blocks import Cell, Observation
from auditable.checks.words import MISSING_ONLY, TOTAL, Span, plain, read_span
from auditable.denominators import whole_number

Row = tuple[Span, Observation]
SINGLE = re.compile(r"^(\d+)(?:\s+([a-z ]+))?$")


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut-off of a scale: below patients lie left of it, the others of total at or above it.

    Values up to left_end are left of it, values from right_end on right: 74 and 75 for "65–74 | ≥75", 70 and 70 for
    "<70 | ≥70"; is_closed_left: 70 itself may be left ("≤70 | >70", "60–70 | 70–80").
    """

    left_end: Fraction
    right_end: Fraction
    is_closed_left: bool
    below: int
    total: int
    rows: tuple[Observation, ...]
    unit: str

    @property
    def name(self) -> str:
        """The cut-off as a reader would say it."""
        return f"{'≤' if self.is_closed_left else '<'}{_text(self.left_end if self.is_closed_left else self.right_end)}"


def read_part(label: str) -> Span | None:
    """The stretch of numbers a row covers, single whole numbers included ("2", "3 lines")."""
    text = plain(label)
    if m := SINGLE.match(text):
        return Span(Fraction(m.group(1)), Fraction(m.group(1)), (m.group(2) or "").strip().rstrip("s"))
    return read_span(text)


def find_cuts(cells: Sequence[Cell]) -> Iterator[Cut]:
    """Cuts of the rows of one group in one column: of all rows that part the scale, or of each pair of two sides."""
    rows: list[Row] = []
    has_others = False
    for cell in cells:
        n, label = cell.only("n"), plain(cell.first.label)
        if n is None or n.whole is None or n.whole < 0 or MISSING_ONLY.search(label) or TOTAL.match(label):
            continue
        span = read_part(cell.first.label)
        if span is None:
            has_others = True  # a row of another kind: only the two sides of one cut-off are sure
        else:
            rows.append((span, n))
    whole = [] if has_others else _partition(rows)
    if whole:
        yield from _cuts_of(whole)
        return
    for i, left in enumerate(rows):
        for right in rows[i + 1 :]:
            if pair := _partition([left, right]):
                yield from _cuts_of(pair)


def _partition(rows: Sequence[Row]) -> list[Row]:
    """The rows in rising order where they part the scale, else an empty list."""
    found = sorted(rows, key=lambda r: (r[0].low is not None, r[0].low or Fraction(0)))
    if len(found) < 2 or len({s.unit for s, _ in found if s.unit}) > 1:
        return []
    if found[-1][0].high is not None and found[0][0].low is not None and not _is_everyone(found):
        return []  # neither end is open: other values may be left out
    if any(s.low is None for s, _ in found[1:]) or any(s.high is None for s, _ in found[:-1]):
        return []
    return list(found) if all(_abut(a, b) for (a, _), (b, _) in pairwise(found)) else []


def _is_everyone(rows: Sequence[Row]) -> bool:
    """Whether the rows add up to the N their counts are shares of."""
    totals = {n.denominator for _, n in rows}
    return len(totals) == 1 and whole_number(totals.pop()) == sum(n.whole or 0 for _, n in rows)


def _abut(left: Span, right: Span) -> bool:
    """Whether no value lies between two stretches and none in both."""
    if left.high is None or right.low is None:
        return False
    step = right.low - left.high
    if left.low is None and right.high is None and left.is_strict == right.is_strict:
        return not left.is_strict and step == 1
    return step == 1 or (step == 0 and (left.is_strict or right.is_strict or left.low is not None))


def _cuts_of(rows: Sequence[Row]) -> Iterator[Cut]:
    total = sum(n.whole or 0 for _, n in rows)
    below = 0
    for (left, n), (right, _) in pairwise(rows):
        below += n.whole or 0
        if left.high is None or right.low is None:
            return
        is_closed = left.high == right.low and not (left.low is None and left.is_strict)
        observations = tuple(o for _, o in rows)
        unit = next((s.unit for s, _ in rows if s.unit), "")
        yield Cut(left.high, right.low, is_closed, below, total, observations, unit)


def _text(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else str(float(value))
