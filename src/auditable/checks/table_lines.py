"""The numbers of a table by row and by column, as lines that can be added up or divided by one another.

Comes in: a Study. Goes out: for each table its lead numbers (the first count or value of each cell) and its shares, as
lines along the rows and along the columns. Which lines answer for each other is left to table_sums.py and
table_ratios.py; tables with one patient in each row or column are left to the checks of individuals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from auditable.blocks import Observation, Study

COUNTS = ("n", "events")
LEADS = (*COUNTS, "value", "rate", "mean", "median")
"""Statistics of which the first in a cell is what the cell is about."""
QUARTILES = ("q1", "q3")
COUNT = "count"


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers of one kind along a row (by column) or down a column (by row). at: row or column it is."""

    at: int
    numbers: Mapping[int, Observation]

    @property
    def first(self) -> Observation:
        """The first of its numbers: what the line is called."""
        return next(iter(self.numbers.values()))


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of one table, in printed order. columns: lead numbers by kind; shares: percentages."""

    table_id: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    share_rows: tuple[Line, ...]
    share_columns: tuple[Line, ...]
    total_columns: tuple[Line, ...]

    def has_share(self, o: Observation) -> bool:
        """Whether a percentage stands in the same cell."""
        return any(line.at == o.col and o.row in line.numbers for line in self.share_columns)


def kind_of(o: Observation) -> str:
    """What a number is: counts and bare values are one kind, since a table need not say which it prints."""
    return COUNT if o.statistic in (*COUNTS, "value") else o.statistic


def digits_of(size: float, window: float) -> float:
    """How many digits of a number must be right for it to lie in a window by accident."""
    return max(0.0, log10(size / window)) if size > 0 and window > 0 else 0.0


def is_plain(o: Observation) -> bool:
    """Whether an observation holds a number without a comparator, of this study."""
    return o.number is not None and not o.number.comparator and o.speaks_of != "another study"


@lru_cache(maxsize=2)
def tables_of(study: Study) -> tuple[Table, ...]:
    """The tables of a study, found once for all rules."""
    cells: dict[str, dict[tuple[int, int], list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in study.observations:
        if o.source == "table" and o.table_type != "individual" and is_plain(o):
            cells[o.table_id][o.row, o.col].append(o)
    return tuple(_table(table_id, found) for table_id, found in cells.items())


def _table(table_id: str, cells: Mapping[tuple[int, int], list[Observation]]) -> Table:
    leads = {at: o for at, found in cells.items() if (o := _only(found, LEADS, is_first=True))}
    shares = {at: o for at, found in cells.items() if (o := _only(found, ("pct",)))}
    totals = {at: o for at, found in cells.items() if (o := _only(found, ("total",)))}
    return Table(
        table_id, _lines(leads, 0), _lines(leads, 1), _lines(shares, 0), _lines(shares, 1), _lines(totals, 1)
    )  # fmt: skip


def _only(found: Iterable[Observation], statistics: tuple[str, ...], *, is_first: bool = False) -> Observation | None:
    """The one number of these statistics, or, where a cell holds several statistics, the first: none twice."""
    found = list(found)
    seen = [o for o in found if o.statistic in statistics]
    if is_first and len(found) == 1 and found[0].statistic in QUARTILES:
        return found[0]  # a column "Q1" heads numbers of the lowest fourth of the patients
    if seen and seen[0].statistic == "value" and any(o.statistic == "ci_low" for o in found):
        return None  # an estimate with its interval, an efficacy or a ratio, is no number of anybody
    if not seen or len({o.statistic for o in seen}) != len(seen):
        return None
    return seen[0] if is_first or len(seen) == 1 else None


def _lines(numbers: Mapping[tuple[int, int], Observation], axis: int) -> tuple[Line, ...]:
    """Lines along the rows (axis 0) or down the columns (axis 1)."""
    found: dict[int, dict[int, Observation]] = defaultdict(dict)
    for at, o in sorted(numbers.items()):
        found[at[axis]][at[1 - axis]] = o
    return tuple(Line(at, line) for at, line in sorted(found.items()))
