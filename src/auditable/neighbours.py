"""What the other cells of its row and column tell of a cell that no label explains.

Comes in: the cells of a table with what labels settled for each. Goes out: the habits of columns and rows, numbers of
patients printed as 100 %, and the statistics they give to a cell, with "column" or "row" as the place. Labels are
asked before (statistics_of.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditable.cells import PlacedCell
from auditable.parts_of_one import Pair, are_parts_of_one
from auditable.settled import Settled, is_count_of, is_percentage, named, shares
from auditable.values import Printed

HABIT_SHARE = (2, 3)
"""A column has a habit when labels settle one pair of statistics in at least this share (2 of 3) of its settled cells
of two numbers.
"""
MIN_HABIT = 3
MIN_ROW = 2
"""So many other cells of a row, and all that labels settle, must agree before they speak for one that is open."""
_PAIR = "first (second)"
_OUT_OF = "n/N"

Names = tuple[str, ...]


@dataclass(frozen=True)
class Neighbours:
    """Which two statistics most cells of a column hold, and all cells of a row; which statistics the pairs of a column
    hold at all; and the counts printed as 100 % in each row and column.
    """

    columns: dict[int, Names] = field(default_factory=dict[int, Names])
    rows: dict[int, Names] = field(default_factory=dict[int, Names])
    pairs: dict[int, frozenset[Names]] = field(default_factory=dict[int, frozenset[Names]])
    full_rows: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    full_columns: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    out_of: frozenset[int] = frozenset()
    parts: frozenset[int] = frozenset()
    """out_of: rows where a label says that "99/410" is a count out of a total. parts: columns whose pairs, which no
    label explains, prove themselves to be counts and percentages of one N."""


def find_neighbours(cells: Iterable[tuple[PlacedCell, Printed, Settled]]) -> Neighbours:
    """The neighbours of a table from its cells "first (second)" and "n/N", with what labels settled for them."""
    by_col: dict[int, Counter[Names]] = defaultdict(Counter)
    by_row: dict[int, Counter[Names]] = defaultdict(Counter)
    full_rows: dict[int, set[int]] = defaultdict(set)
    full_columns: dict[int, set[int]] = defaultdict(set)
    open_pairs: dict[int, list[Pair]] = defaultdict(list)
    out_of: set[int] = set()
    for placed, printed, settled in cells:
        if printed.form == _OUT_OF:
            out_of |= {placed.row_index} if [s.name for s in settled.statistics] == ["n", "total"] else set()
            continue
        count, share = printed.amounts
        if not settled.statistics:
            open_pairs[placed.col].append((count, share))
        if count.is_whole and count.number and share.number == 100:
            full_rows[placed.row_index].add(int(count.digits))
            full_columns[placed.col].add(int(count.digits))
        names = tuple(s.name for s in settled.statistics)
        if len(names) == 2 and "bound" not in names:
            by_col[placed.col][names] += 1
            by_row[placed.row_index][names] += 1
    return Neighbours(
        {col: top for col, counter in by_col.items() if (top := _habit(counter))},
        {row: next(iter(c)) for row, c in by_row.items() if len(c) == 1 and c.total() >= MIN_ROW},
        {col: frozenset(counter) for col, counter in by_col.items()},
        {row: tuple(sorted(n)) for row, n in full_rows.items()},
        {col: tuple(sorted(n)) for col, n in full_columns.items()},
        frozenset(out_of),
        frozenset(col for col, pairs in open_pairs.items() if col not in by_col and are_parts_of_one(pairs)),
    )


def _habit(counter: Counter[Names]) -> Names:
    names, top = counter.most_common(1)[0]
    return names if top >= MIN_HABIT and top * HABIT_SHARE[1] >= counter.total() * HABIT_SHARE[0] else ()


def settle_by_neighbours(readings: Sequence[Printed], around: Neighbours, placed: PlacedCell) -> Settled | None:
    """The statistics of a cell that labels leave open, None where its neighbours leave it open too."""
    for printed in readings:
        if printed.form == "single" and _is_nothing(printed) and around.pairs.get(placed.col) == {("n", "pct")}:
            return named(("n",), printed.amounts, "column")
        if printed.form == _OUT_OF and placed.row_index in around.out_of and is_count_of(*printed.amounts):
            return named(("n", "total"), printed.amounts, "row")
        if printed.form != _PAIR:
            continue
        if placed.col in around.parts and _may_hold(printed, ("n", "pct")):
            return named(("n", "pct"), printed.amounts, "column")
        for name, totals in (("row", around.full_rows.get(placed.row_index, ())), ("column", _column(around, placed))):
            if _is_share(printed, totals):
                return named(("n", "pct"), printed.amounts, name)
        names = around.rows.get(placed.row_index)
        if names and _may_hold(printed, names):
            return named(names, printed.amounts, "row")
    return None


def _column(around: Neighbours, placed: PlacedCell) -> tuple[int, ...]:
    return around.full_columns.get(placed.col, ())


def _is_nothing(printed: Printed) -> bool:
    """ "0" among counts with percentages: none of them, whose percentage was left out."""
    return not printed.added and printed.amounts[0].digits == "0" and printed.amounts[0].is_whole


def _is_share(printed: Printed, totals: Sequence[int]) -> bool:
    count, share = printed.amounts
    return count.is_whole and is_percentage(share) and shares(count, share, totals)


def _may_hold(printed: Printed, names: Names) -> bool:
    first, second = printed.amounts
    if names == ("n", "pct"):
        return first.is_whole and is_percentage(second)
    return not (first.is_percent or second.is_percent or second.comparator)
