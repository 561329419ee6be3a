"""Limits and p values that stand in a cell of their own, beside or below the estimate they belong to.

Comes in: the cells of one table. Goes out: for an estimate without limits the cell that holds them ("95 % CI" as the
next column or the next row), and for a ratio the p value of its endpoint that has a row of its own. Only what cannot
belong to another estimate is handed over; what it says of the estimate is left to estimates.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditable.blocks import Cell, Observation
from auditable.model import PATH_SEPARATOR
from auditable.settled import RATIOS

ESTIMATES = (*RATIOS, "median", "mean", "rate", "pct", "value")
_INTERVAL = re.compile(r"\b(?:CIs?|C\.I\.|confidence (?:interval|limit)s?)(?![a-z])", re.IGNORECASE)
_P_VALUE = re.compile(r"^\W*(?:log-?\s?rank\s|two-sided\s|exact\s)?p\b\W*(?:-?\s?values?\b)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableCells:
    """The cells of one table by row, and by row and column."""

    rows: dict[int, list[Cell]] = field(default_factory=lambda: defaultdict[int, list[Cell]](list))

    def limits_of(self, cell: Cell) -> Cell | None:
        """The cell that holds the limits of the estimate in this cell and nothing else; None where it is not sure."""
        return _beside(cell, self.rows[cell.first.row]) or self._below(cell)

    def p_of(self, ratio: Cell) -> Observation | None:
        """The p value of the endpoint that this is the only ratio of, from a row of its own.

        Several comparisons of one endpoint stand side by side: each has its p value in its own column.
        """
        group = _parent(ratio)
        members = [c for cells in self.rows.values() for c in cells if group and _parent(c) == group]
        for members_here in (_in_column(members, ratio.first.col), members):
            ratios = [c for c in members_here if _is_ratio(c)]
            ps = [c for c in members_here if c.only("p")]
            if len(ratios) == 1 and len(ps) == 1 and _is_p_row(ps[0]):
                return ps[0].only("p")
        return self._p_right_below(ratio)

    def p_under(self, stub_path: str) -> Observation | None:
        """The only p value of the rows under a row that has numbers itself, in a row of its own."""
        members = [c for cells in self.rows.values() for c in cells if _parent(c) == stub_path]
        ps = [c for c in members if c.only("p")]
        return ps[0].only("p") if len(ps) == 1 and _is_p_row(ps[0]) else None

    def _p_right_below(self, ratio: Cell) -> Observation | None:
        below = self._next_row(ratio)
        has_one = len([c for c in self.rows[ratio.first.row] if _is_ratio(c)]) == 1
        if not has_one or len(below) != 1 or not _is_p_row(below[0]):
            return None
        return below[0].only("p") if _parent(below[0]) in (_parent(ratio), ratio.first.stub_path) else None

    def _below(self, cell: Cell) -> Cell | None:
        found = [c for c in self._next_row(cell) if c.first.col == cell.first.col]
        if len(found) != 1 or not _holds_limits(found[0]) or not _INTERVAL.search(_label(found[0])):
            return None
        is_child = _parent(found[0]) in (_parent(cell), cell.first.stub_path)
        return found[0] if is_child else None

    def _next_row(self, cell: Cell) -> list[Cell]:
        later = [row for row in self.rows if row > cell.first.row]
        return self.rows[min(later)] if later else []


def tables_of(cells: Sequence[Cell]) -> dict[str, TableCells]:
    """All cells by table."""
    found: dict[str, TableCells] = defaultdict(TableCells)
    for cell in cells:
        found[cell.first.table_id].rows[cell.first.row].append(cell)
    return found


def _beside(cell: Cell, row: Sequence[Cell]) -> Cell | None:
    """The next cell of the row, where it holds limits alone under a head or behind a label that says so."""
    behind = sorted((c for c in row if c.first.col > cell.first.col), key=lambda c: c.first.col)
    if not behind or not _holds_limits(behind[0]) or not _INTERVAL.search(behind[0].first.spanner_path):
        return None
    arms = {cell.first.arm, behind[0].first.arm} - {""}
    return behind[0] if len(arms) <= 1 else None


def _holds_limits(cell: Cell) -> bool:
    return {o.statistic for o in cell.observations} <= {"ci_low", "ci_high", "ci_level"} and bool(
        cell.only("ci_low") and cell.only("ci_high")
    )


def _is_ratio(cell: Cell) -> bool:
    return any(cell.only(s) for s in RATIOS)


def _in_column(cells: Sequence[Cell], col: int) -> list[Cell]:
    return [c for c in cells if c.first.col == col]


def _is_p_row(cell: Cell) -> bool:
    return cell.only("p") is not None and len(cell.observations) == 1 and bool(_P_VALUE.match(_label(cell)))


def _label(cell: Cell) -> str:
    return cell.first.stub_path.rsplit(PATH_SEPARATOR, 1)[-1]


def _parent(cell: Cell) -> str:
    path = cell.first.stub_path
    return path.rsplit(PATH_SEPARATOR, 1)[0] if PATH_SEPARATOR in path else ""
