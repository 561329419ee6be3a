"""Percentages that run along the rows: the column whose count in each row is the N of the other columns.

Comes in: the pairs of count and percentage of one study's tables. Goes out: for a pair the count of its row that nearly
all other pairs of its column are a share of, each in its own row ("Total", "Number treated"). An N that is the same in
every row is left to denominators.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

MIN_ROWS = 5
"""Other rows in which the count of the base column must explain the percentage."""
MIN_DIFFERENT = 3
"""Different counts among them: a base that hardly changes is the N of a column."""
EXPLAINED_SHARE = Fraction(4, 5)
"""Share of the other pairs that an N must explain before it may accuse."""

Column = tuple[str, int]


class PlacedPair(Protocol):
    """A count and its percentage, in a row and column of a table."""

    @property
    def place(self) -> tuple[str, int, int]:
        """Table, row and column."""
        ...

    @property
    def count(self) -> int:
        """The count."""
        ...

    def fits(self, total: int) -> bool:
        """Whether count/N prints as the percentage."""
        ...


class RowBases:
    """The base columns of all tables of a study."""

    def __init__(self, pairs: Sequence[PlacedPair]) -> None:
        self._at = {p.place: p for p in pairs}
        self._columns: dict[Column, list[PlacedPair]] = defaultdict(list)
        for pair in pairs:
            table, _, col = pair.place
            self._columns[(table, col)].append(pair)

    def of(self, pair: PlacedPair) -> tuple[int, str]:
        """The count in the row of a pair that is its N, and the proof as half a sentence; (0, "") where none is."""
        table, row, col = pair.place
        mates = [p for p in self._columns[(table, col)] if p is not pair and p.count > 0]
        best = (0, 0, "")
        for other in {c for t, c in self._columns if t == table and c != col}:
            base = self._at.get((table, row, other))
            bases = [(p, b.count) for p in mates if (b := self._at.get((table, p.place[1], other)))]
            good = [n for p, n in bases if p.fits(n)]
            is_proved = len(good) >= MIN_ROWS and len(good) >= EXPLAINED_SHARE * len(bases)
            if base and base.count >= pair.count and is_proved and len(set(good)) >= MIN_DIFFERENT:
                reason = f"another column of its row; so it is in {len(good)} of {len(bases)} other rows"
                best = max(best, (len(good), base.count, reason))
        return best[1:]
