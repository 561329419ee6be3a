"""Counts that a ratio or a difference may be of, where they do not stand as "x of N" in two cells of its row.

Comes in: a Study. Goes out: pairs of counts with their N for each odds ratio or relative risk of a table that sets each
row against the one row of its group without a ratio ("placebo", the reference), or that prints events and totals of
two arms in four columns, as a meta-analysis does. Two arms side by side are left to compared.py, what must hold to
effect_recompute.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditable.blocks import Cell, Observation, Study, count_of
from auditable.denominators import whole_number
from auditable.model import PATH_SEPARATOR
from auditable.rounding import percent_of

RATIO = ("or", "rr")
_EVENTS = re.compile(r"^(?:(?:no\.? of |number of )?(?:events?|cases|deaths|responders)|n)$", re.IGNORECASE)
_TOTAL = re.compile(
    r"^(?:[Tt]otal|[Nn]|(?:[Nn]o\.? of |number of )?(?:patients|participants|subjects|women|men|children))$"
)
POOLED = re.compile(
    r"\b(?:(?:sub-?)?totals?|overall|pooled|all (?:trials|studies)|summary|random|fixed)\b", re.IGNORECASE
)
"""Rows of a meta-analysis that are of several trials together."""


@dataclass(frozen=True, slots=True)
class CountOf:
    """A count of so many, and the number that prints it."""

    n: Observation
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class RatioOf:
    """A ratio, the counts of its own row or arm and those they are set against."""

    ratio: Observation
    own: CountOf
    against: CountOf


def rows_of(study: Study) -> Mapping[tuple[str, int], list[Cell]]:
    """The cells of each row of the tables that compare patients, by table and row."""
    rows: dict[tuple[str, int], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        if o.table_type != "individual" and o.speaks_of == "this study":
            rows[o.table_id, o.row].append(cell)
    return rows


def find_ratios(study: Study) -> Iterator[RatioOf]:
    """Ratios against the reference row of their group, then those of four columns."""
    rows = rows_of(study)
    for together in group_rows(rows).values():
        yield from _against_reference(together)
    for cells in rows.values():
        yield from _of_four_columns(cells)


def group_rows(rows: Mapping[tuple[str, int], list[Cell]]) -> dict[tuple[str, str], list[list[Cell]]]:
    """The rows of each table by their row group."""
    groups: dict[tuple[str, str], list[list[Cell]]] = defaultdict(list)
    for (table, _), cells in rows.items():
        groups[table, cells[0].first.group].append(cells)
    return groups


def _against_reference(rows: Sequence[Sequence[Cell]]) -> Iterator[RatioOf]:
    references = [cells for cells in rows if not _ratios(cells) and _counts(cells)]
    if len(references) != 1:
        return
    reference = _counts(references[0])
    for cells in rows:
        ratios, counts = _ratios(cells), _counts(cells)
        if ratios and len(counts) == 1 and counts.keys() == reference.keys():
            place = next(iter(counts))
            yield from (RatioOf(r, counts[place], reference[place]) for r in ratios)


def _ratios(cells: Sequence[Cell]) -> list[Observation]:
    return [o for c in cells for o in c.observations if o.statistic in RATIO and o.number]


def _counts(cells: Sequence[Cell]) -> dict[str, CountOf]:
    """The counts of a row by column, where the percentage beside them proves their N."""
    found: dict[str, CountOf] = {}
    for cell in cells:
        n, pct = cell.only("n"), cell.only("pct")
        size = whole_number(n.denominator) if n else None
        if n is None or pct is None or pct.number is None or n.whole is None or not size:
            continue
        if n.whole <= size and percent_of(n.whole, size) in pct.number.loose:
            found[n.spanner_path] = CountOf(n, n.whole, size)
    return found


def _of_four_columns(cells: Sequence[Cell]) -> Iterator[RatioOf]:
    ratios = _ratios(cells)
    if not ratios or POOLED.search(cells[0].first.label):
        return
    events, totals = _whole_by_arm(cells, _EVENTS), _whole_by_arm(cells, _TOTAL)
    if len(events) == 2 and events.keys() == totals.keys():
        own, against = (CountOf(events[a], count_of(events[a]), count_of(totals[a])) for a in events)
        if own.count <= own.total and against.count <= against.total:
            yield from (RatioOf(r, own, against) for r in ratios)


def _whole_by_arm(cells: Sequence[Cell], head: re.Pattern[str]) -> dict[str, Observation]:
    """The whole number below the head in each arm's columns; {} where one arm has two."""
    found: dict[str, Observation] = {}
    for cell in cells:
        o, path = cell.first, cell.first.spanner_path.split(PATH_SEPARATOR)
        if len(path) > 1 and head.match(path[-1]) and len(cell.observations) == 1 and o.whole is not None:
            arm = PATH_SEPARATOR.join(path[:-1])
            if arm in found:
                return {}
            found[arm] = o
    return found
