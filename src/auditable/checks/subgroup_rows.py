"""Subgroup tables: the rows that part the patients of a column by one trait, with count and N in each cell.

Comes in: a Study. Goes out: for each column the cell for all patients, and the splits below it: the cells of one row
group, each with x of N. What must hold is left to percent_splits.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from auditable.blocks import Cell, Observation, Study
from auditable.checks.words import plain

_ALL = re.compile(r"^(?:overall|all|total|all (?:patients|participants|subjects)|itt.*|overall population)$")


@dataclass(frozen=True, slots=True)
class Part:
    """x of N in one cell."""

    n: Observation
    total: Observation

    @property
    def x(self) -> int:
        """Patients with the outcome."""
        return self.n.whole or 0

    @property
    def size(self) -> int:
        """Patients of the part."""
        return self.total.whole or 0


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of one row group in one column, and the cell of all patients of that column."""

    group: str
    parts: tuple[Part, ...]
    overall: Part

    @property
    def sizes_fit(self) -> bool:
        """Whether the parts hold all patients."""
        return sum(p.size for p in self.parts) == self.overall.size

    @property
    def counts_fit(self) -> bool:
        """Whether the parts hold all patients with the outcome."""
        return sum(p.x for p in self.parts) == self.overall.x


def find_splits(study: Study) -> list[Split]:
    """Every row group of two parts or more in a column that also prints x of N for all patients."""
    columns: dict[tuple[str, str, int], list[Part]] = defaultdict(list)
    for cell in study.cells:
        if (part := _read_part(cell)) is not None:
            columns[(part.n.table_id, part.n.spanner_path, part.n.col)].append(part)
    return [split for parts in columns.values() for split in _of_column(parts)]


def _read_part(cell: Cell) -> Part | None:
    n, total = cell.only("n"), cell.only("total")
    if n is None or total is None or n.whole is None or not total.whole or n.table_type == "individual":
        return None
    return Part(n, total)


def _of_column(parts: list[Part]) -> Iterator[Split]:
    overall = [p for p in parts if not p.n.group and _ALL.match(plain(p.n.label))]
    if len(overall) != 1:
        return
    groups: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.n.group and part is not overall[0]:
            groups[part.n.group].append(part)
    for group, found in groups.items():
        if len(found) > 1 and len({p.n.label for p in found}) == len(found):
            yield Split(group, tuple(found), overall[0])
