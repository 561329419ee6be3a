"""What a cell of a table means: whose number it is, of what, when, in which population.

Comes in: the tables of a paper with their types. Goes out: for each placed cell one Meaning, "" in every field that the
print does not settle. Which statistic the cell holds, and its unit and denominator, are told elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditable.arms import TableArms, known_arms
from auditable.cell_events import TableEvents
from auditable.cells import PlacedCell
from auditable.codebook import Codebook
from auditable.model import Table
from auditable.naming import Around, name_cell
from auditable.populations import find_population
from auditable.table_types import TableType
from auditable.tables.individual import has_patient_rows, is_patient_label
from auditable.timepoints import FROM_BASELINE, is_time, may_name_time, time_in


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of one statistic of one cell, named as the columns of the Observations frame."""

    arm: str = ""
    arm_from: str = ""
    population: str = ""
    timepoint: str = ""
    variable: str = ""
    category: str = ""
    subgroup: str = ""
    patient: str = ""
    grade: str = ""
    event_kind: str = ""
    speaks_of: str = "this study"
    reference: str = ""


class TableMeaning:
    """The meaning of the cells of one table."""

    def __init__(self, table: Table, kind: TableType, codebook: Codebook, known: frozenset[str] = frozenset()) -> None:
        self.table, self.kind, self.codebook = table, kind, codebook
        self.arms = TableArms(table, kind, known)
        self.events = TableEvents(table, kind)
        self._has_patient_rows = kind.name == "individual" and has_patient_rows(table)
        self._caption_time = _time_of_caption(table, kind)

    def of(self, placed: PlacedCell, part: str = "") -> Meaning:
        """The meaning of a cell, or of the half of a pair that the part names."""
        if self.arms.is_head(placed):
            return Meaning()
        whose = self.arms.whose(placed)
        time, part = (time_in(part), "") if part and is_time(part) else ("", part)
        around = Around(
            whose.used,
            whose.heads,
            whose.shares,
            self.table.caption,
            is_event=self.events.speaks_of(placed),
            has_arm=bool(whose.arm or whose.part),
        )
        named = name_cell(self.kind, placed, part, self.codebook, around)
        parts = [] if self.kind.name == "individual" else [x for x in (whose.part, named.subgroup) if x]
        return Meaning(
            arm=whose.arm,
            arm_from=whose.place,
            subgroup="; ".join(dict.fromkeys(parts)),
            patient=self._patient(placed),
            population=self._population(placed),
            timepoint=time or self._timepoint(placed),
            variable=named.variable,
            category=named.category,
            grade=self.events.grade_of(placed),
            event_kind=self.events.kinds_of(placed),
            reference=whose.trial,
        )

    def _patient(self, placed: PlacedCell) -> str:
        """The patient a cell of a table of single patients speaks of, as its label prints it."""
        if self.kind.name != "individual":
            return ""
        if self._has_patient_rows:
            return placed.row.path[-1] if placed.row.path else ""
        return placed.boxhead[-1] if placed.boxhead and is_patient_label(placed.boxhead[-1]) else ""

    def _population(self, placed: PlacedCell) -> str:
        near = find_population([*placed.boxhead, placed.subheader, *placed.row.path])
        return near or find_population([self.table.caption])

    def _timepoint(self, placed: PlacedCell) -> str:
        """The time point the nearest label names, columns before rows, else the caption's."""
        heads = [x for x in (*placed.spanner, placed.subheader) if x]
        # In a table of subgroups rows part the patients ("Baseline score > Low"); they tell no time.
        path = () if self.kind.columns_measure else placed.row.path
        found = [t for label in reversed(heads) if (t := time_in(label))]
        found += [
            t for i in range(len(path) - 1, -1, -1) if may_name_time(path[i], path[:i]) and (t := time_in(path[i]))
        ]
        return _joined(found) or self._caption_time


def read_meanings(typed: Sequence[tuple[Table, TableType]], codebook: Codebook) -> list[TableMeaning]:
    """The meaning of each table of a paper; names of arms that one table prints with an N are known in the others."""
    known = known_arms(typed)
    return [TableMeaning(table, kind, codebook, known) for table, kind in typed]


def _joined(times: Sequence[str]) -> str:
    """The nearest time; a change with the time it ends at, where another label tells that: "Week 12 > Change"."""
    if not times:
        return ""
    first, rest = times[0], [t for t in times[1:] if not t.startswith("change")]
    if first in ("change", FROM_BASELINE) and rest and rest[0] != "baseline":
        return f"{first} {'to' if first == FROM_BASELINE else 'at'} {rest[0]}"
    return first


def _time_of_caption(table: Table, kind: TableType) -> str:
    """The time point of a caption, for tables whose labels name none at all."""
    rows = () if kind.columns_measure else table.rows
    labels = [*(x for level in table.boxhead for x in level), *(x for r in rows for x in r.path)]
    found = "" if any(time_in(x) for x in labels) else time_in(table.caption)
    # "Characteristics at baseline" names the table, not the time of each number: what was before is in its rows.
    return found if any(c.isdigit() for c in found) or found.startswith("change") else ""
