"""Reading → Observations: every statistic printed in the tables of a paper, with its unit, arm, variable, denominator
and provenance.

Comes in: a reading and its paper. Goes out: three frames: the cells, the observations, and what was rejected with its
reason; each filled cell of a data row is in one of the last two. Mentions in sentences are added by prose.py,
corrections by the caller.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd

from auditable.cell_statistics import TableContext, read_cell, table_context
from auditable.cells import PlacedCell, cells_frame, join_marks, join_path, place_cells
from auditable.codebook import load_codebook
from auditable.denominator_choice import TableSizes
from auditable.group_sizes import NO_SIZE, GroupSize
from auditable.meaning import TableMeaning, read_meanings
from auditable.model import AuditableError, Paper, Reading, Table
from auditable.settled import Settled, Statistic
from auditable.table_types import TableType, collect_types, recognise_type, type_named
from auditable.unit_places import unit_of
from schemas.frames import Observations, Rejected, frame_of

COUNTED = ("n", "pct", "events")
"""Statistics that have a denominator."""
MEASURED = ("mean", "median", "sd", "se", "min", "max", "q1", "q3")
"""Statistics that tell a quantity."""


@dataclass(frozen=True)
class TableRead:
    """What is known of a table before its cells are observed."""

    context: TableContext
    meaning: TableMeaning
    sizes: TableSizes


@dataclass(frozen=True)
class Observed:
    """What the tables of one paper hold: frames of the models Cells, Observations and Rejected."""

    cells: pd.DataFrame
    observations: pd.DataFrame
    rejected: pd.DataFrame


def observe(reading: Reading, paper: Paper) -> Observed:
    """The cells, observations and rejected cells of all tables of a reading.

    Raises AuditableError when paper.table_types names a type or a table that does not exist.
    """
    typed = [(table, type_of(table, paper)) for table in reading.tables]
    _refuse_unknown_tables(reading, paper)
    seen: Counter[str] = Counter()
    observations: list[dict[str, object]] = []
    rejected: list[dict[str, object]] = []
    for (table, kind), meaning in zip(typed, read_meanings(typed, load_codebook()), strict=True):
        context = table_context(table, kind)
        cells = [(p, read_cell(context, p) if _is_filled(p) else Settled(())) for p in place_cells(table)]
        sizes = TableSizes(table, cells, context.sizes, context.marks)
        for placed, settled in cells:
            if not _is_filled(placed):
                continue
            kept, left_out = _observe_cell(reading.study_id, TableRead(context, meaning, sizes), placed, settled)
            observations += [_with_id(row, seen) for row in kept]
            rejected += left_out
    return Observed(
        cells_frame(reading.study_id, typed), frame_of(observations, Observations), frame_of(rejected, Rejected)
    )


def type_of(table: Table, paper: Paper) -> TableType:
    """The type paper.yaml names for the table, else the one recognised from the table itself."""
    name = paper.table_types.get(table.table_id)
    if name is None:
        return recognise_type(table)
    kind = type_named(name)
    if kind is None:
        raise AuditableError(
            "unknown table type",
            where=f"{paper.study_id}, {table.table_id}, paper.yaml",
            expected=", ".join(t.name for t in collect_types()),
            found=name,
            remedy="Correct table_types in paper.yaml.",
        )
    return kind


def _refuse_unknown_tables(reading: Reading, paper: Paper) -> None:
    unknown = set(paper.table_types) - {t.table_id for t in reading.tables}
    if unknown:
        raise AuditableError(
            "table_types names a table that was not found",
            where=f"{paper.study_id}, paper.yaml",
            expected=", ".join(t.table_id for t in reading.tables) or "no table at all",
            found=", ".join(sorted(unknown)),
            remedy="Correct table_types in paper.yaml, or look at the tables with `auditable tables`.",
        )


def _is_filled(placed: PlacedCell) -> bool:
    return placed.row.kind == "data" and bool(placed.cell.text.strip())


def _observe_cell(
    study_id: str, read: TableRead, placed: PlacedCell, settled: Settled
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Observations and rejected rows of one filled cell."""
    kept = [_observation(study_id, read, placed, s, settled.statistics) for s in settled.statistics]
    if not settled.reason and kept:
        return kept, []
    reason = settled.reason or "no printed statistic and no text was recognised"
    left_out = {
        "study_id": study_id,
        "source": "table",
        "table_id": read.context.table.table_id,
        "row": placed.row_index,
        "col": placed.col,
        "raw_text": placed.cell.text,
        "start": -1,
        "reason": reason,
        "page": placed.row.page,
    }
    return kept, [left_out]


def _observation(
    study_id: str,
    read: TableRead,
    placed: PlacedCell,
    statistic: Statistic,
    siblings: Sequence[Statistic],
) -> dict[str, object]:
    table, amount = read.context.table, statistic.amount
    size = _size(read, placed, statistic, siblings)
    meant = read.meaning.of(placed, statistic.part)
    if not meant.variable and any(s.name in MEASURED for s in siblings):
        meant = replace(meant, category="")  # a quantity is no category of a heading that nobody knows
    box = placed.cell.box or placed.row.box
    spanner = (*placed.spanner, statistic.part) if statistic.part else placed.spanner
    return {
        "observation_id": "",
        "study_id": study_id,
        "source": "table",
        "table_id": table.table_id,
        "table_type": read.context.kind.name,
        "row": placed.row_index,
        "col": placed.col,
        "stub_path": join_path(placed.row.path),
        "spanner_path": join_path(spanner),
        "section": "",
        **asdict(meant),
        "subject": "",
        "statistic": statistic.name,
        "statistic_from": statistic.place,
        "value": amount.digits if amount.digits else amount.text,
        "decimals": amount.decimals,
        "comparator": amount.comparator,
        "unit": unit_of(placed, statistic, siblings),
        "missing": amount.missing,
        "denominator": str(size.number) if size.number else "",
        "denominator_proof": size.proof,
        "raw_text": placed.cell.text,
        "quote": "",
        "start": -1,
        "end": -1,
        "marks": join_marks(table, placed),
        "page": placed.row.page,
        "x0_pt": box.x0,
        "top_pt": box.top,
        "x1_pt": box.x1,
        "bottom_pt": box.bottom,
        "reader": table.reader,
        "agreement": placed.cell.agreement,
        "second_text": placed.cell.second_text or "",
        "ocr_confidence": placed.cell.confidence,
    }


def _size(read: TableRead, placed: PlacedCell, statistic: Statistic, siblings: Sequence[Statistic]) -> GroupSize:
    """The denominator of a count or percentage, with its proof; none for other statistics."""
    is_counted = statistic.name in COUNTED or (statistic.name == "bound" and any(s.name in COUNTED for s in siblings))
    if not is_counted or read.context.kind.name == "individual" or statistic.part:
        return NO_SIZE
    total = next((s.amount.digits for s in siblings if s.name == "total"), "")
    if total:
        return GroupSize(int(total), f"n/N in cell: {placed.cell.text}")
    return NO_SIZE if statistic.name == "events" else read.sizes.of(placed)


def _with_id(row: dict[str, object], seen: Counter[str]) -> dict[str, object]:
    """The row with an id that does not move when rows or pages move: of its labels, its statistic and how often they
    came before.
    """
    key = "\x1f".join(str(row[c]) for c in ("study_id", "table_id", "stub_path", "spanner_path", "statistic"))
    count = seen[key]
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\x1f{count}".encode()).hexdigest()[:10]
    return {**row, "observation_id": f"O-{digest}"}
