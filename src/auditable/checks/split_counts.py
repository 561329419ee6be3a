"""Counts behind the two percentages of a split cell ("62.9/43.8") that has a p value beside it.

Comes in: a Study. Goes out: one SplitCount for each split whose percentages part the patients of the paper into two
groups of whole patients in one way only. Whether they part them at all is left to percent_subgroups.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.blocks import Cell, Observation, Study
from auditable.checks.words import ESTIMATE, MEASURE
from auditable.denominators import whole_number
from auditable.rounding import counts_for

LARGEST_N = 150
Parts = tuple[int, int, int, int]
"""n1, x1, n2, x2."""


@dataclass(frozen=True, slots=True)
class SplitCount:
    """Two percentages, the p value beside them, and the only whole counts that give them."""

    left: Observation
    right: Observation
    p: Observation
    parts: Parts


def find_split_counts(study: Study) -> list[SplitCount]:
    """The splits that have one solution, where the splits of a column share their sum of patients."""
    total = _usual_total(study)
    if not 1 < total <= LARGEST_N:
        return []
    found: list[SplitCount] = []
    for splits in _columns_of_splits(study).values():
        solved = [(s, _solve(s[0], s[1], total)) for s in splits]
        sums = [{x1 + x2 for _, x1, _, x2 in parts} for _, parts in solved if parts]
        shared = set.intersection(*sums) if sums else set[int]()
        for (left, right, p), parts in solved:
            fitting = [x for x in parts if x[1] + x[3] in shared]
            if len(fitting) == 1:
                found.append(SplitCount(left, right, p, fitting[0]))
    return found


def _columns_of_splits(study: Study) -> dict[tuple[str, int], list[tuple[Observation, Observation, Observation]]]:
    at: dict[tuple[str, int, int], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        at[(cell.first.table_id, cell.first.row, cell.first.col)].append(cell)
    columns: dict[tuple[str, int], list[tuple[Observation, Observation, Observation]]] = defaultdict(list)
    for (table_id, row, col), cells in at.items():
        shares = [pct for c in cells if (pct := _share(c)) is not None]
        beside = [p for c in at.get((table_id, row, col + 1), ()) if (p := c.only("p")) is not None]
        if len(shares) == 2 and len(cells) == 2 and len(beside) == 1:
            columns[(table_id, col)].append((shares[0], shares[1], beside[0]))
    return columns


def _share(cell: Cell) -> Observation | None:
    pct = cell.only("pct")
    if pct is None or len(cell.observations) != 1 or not pct.decimals or not pct.number or pct.number.comparator:
        return None
    words = f"{pct.stub_path} {pct.spanner_path} {pct.timepoint}"
    return None if ESTIMATE.search(words) or MEASURE.search(words) else pct


def _solve(left: Observation, right: Observation, total: int) -> list[Parts]:
    if left.number is None or right.number is None:
        return []
    return [
        (n1, x1, total - n1, x2)
        for n1 in range(1, total)
        for x1 in counts_for(left.number, n1)
        for x2 in counts_for(right.number, total - n1)
    ]


def _usual_total(study: Study) -> int:
    totals: Sequence[int] = [
        t for o in study.observations if o.source == "table" and (t := whole_number(o.denominator))
    ]
    return Counter(totals).most_common(1)[0][0] if totals else 0
