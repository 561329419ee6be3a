"""Table → Cells: one row per body cell, each with its stub path, spanner path, page and box.

Comes in: the tables of a reading and the type of each. Goes out: the Cells frame. What a cell holds is left to
observations.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from auditable.model import PATH_SEPARATOR, Table, TableCell, TableRow
from auditable.table_types import TableType
from auditable.wording import read_wordings, strip_wording
from schemas.frames import Cells, frame_of


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """One body cell in its table: indexes from 0, its column's labels, and the sub-header that renames the column from
    above.

    spanner: labels over the cell as observations print them; boxhead: as the boxhead prints them; belongs_to: the
    column a p column belongs to, None for others.
    """

    row_index: int
    col: int
    row: TableRow
    cell: TableCell
    boxhead: tuple[str, ...]
    subheader: str
    spanner: tuple[str, ...]
    belongs_to: int | None = None


def place_cells(table: Table) -> Iterator[PlacedCell]:
    """Every body cell of a table, row by row."""
    subheaders: dict[int, str] = {}
    paths = [tuple(clean_label(p) for p in table.column_path(c)) for c in range(table.n_columns)]
    owners = [_owner(paths, c) for c in range(len(paths))]
    for index, row in enumerate(map(_as_subheader, table.rows)):
        if row.kind == "subheader":
            subheaders = {c: clean_label(cell.text) for c, cell in enumerate(row.cells) if cell.text}
        for col, cell in enumerate(row.cells):
            path = paths[col] if col < len(paths) else ()
            sub = subheaders.get(col, "") if row.kind == "data" else ""
            owner = owners[col] if col < len(owners) else None
            yield PlacedCell(index, col, row, cell, path, sub, _spanner(paths, path, sub, owner), owner)


def _as_subheader(row: TableRow) -> TableRow:
    """A row without label whose cells only say what columns hold ("M (SD)") is a sub-header; so is one whose cells
    together do ("number" · "of patients", centred over all columns).
    """
    texts = [clean_label(c.text) for c in row.cells if c.text.strip()]
    if not texts or row.kind == "group" or (row.kind == "data" and any(row.path)):
        return row
    if all(_only_wording(t) for t in texts):
        return replace(row, kind="subheader")
    whole = " ".join(texts)
    if len(texts) > 1 and _only_wording(whole) and len(read_wordings(whole)) == 1:
        return replace(row, kind="subheader", cells=tuple(replace(c, text=whole) for c in row.cells))
    return row


def cells_frame(study_id: str, tables: Sequence[tuple[Table, TableType]]) -> pd.DataFrame:
    """The Cells frame of a paper, one row per (table_id, row, col)."""
    rows = [_cell_row(study_id, table, kind, placed) for table, kind in tables for placed in place_cells(table)]
    return frame_of(rows, Cells)


def clean_label(label: str) -> str:
    """The label without white-space noise."""
    return " ".join(label.split())


def join_path(labels: Sequence[str]) -> str:
    """Labels joined from the outermost inwards, blanks left out."""
    return PATH_SEPARATOR.join(clean for label in labels if (clean := clean_label(label)))


def _spanner(paths: Sequence[tuple[str, ...]], path: tuple[str, ...], sub: str, owner: int | None) -> tuple[str, ...]:
    if owner is not None:
        return (*paths[owner], path[-1])
    if not sub:
        return path
    if path and not _only_wording(path[-1]):
        return (*path, sub)  # the boxhead names an arm: the sub-header stands beneath it
    return (*path[:-1], sub)  # the boxhead says "N (%)": the sub-header takes its place


def _only_wording(label: str) -> bool:
    return bool(read_wordings(label)) and not re.search(r"\w", strip_wording(label))


def is_p_column(path: Sequence[str]) -> bool:
    """Whether a column holds p values alone."""
    return bool(path) and _only_wording(path[-1]) and [w.centre for w in read_wordings(path[-1])] == ["p"]


def _owner(paths: Sequence[tuple[str, ...]], col: int) -> int | None:
    """The column a p column belongs to: the one before it, when that holds a measure ("ORR (%)") and not an arm.

    One p column behind several arms compares them all and keeps its own name.
    """
    if col == 0 or len(paths[col]) != 1 or not is_p_column(paths[col]) or is_p_column(paths[col - 1]):
        return None
    before = paths[col - 1]
    several = sum(is_p_column(p) for p in paths) > 1
    return col - 1 if before and (several or read_wordings(before[-1])) and not _only_wording(before[-1]) else None


def _cell_row(study_id: str, table: Table, kind: TableType, placed: PlacedCell) -> dict[str, object]:
    cell, box = placed.cell, placed.cell.box
    return {
        "study_id": study_id,
        "table_id": table.table_id,
        "table_label": table.label,
        "table_type": kind.name,
        "row": placed.row_index,
        "col": placed.col,
        "row_kind": placed.row.kind,
        "stub_path": join_path(placed.row.path),
        "spanner_path": join_path(placed.spanner),
        "text": cell.text,
        "marks": join_marks(table, placed),
        "page": placed.row.page,
        "x0_pt": box.x0 if box else None,
        "top_pt": box.top if box else None,
        "x1_pt": box.x1 if box else None,
        "bottom_pt": box.bottom if box else None,
        "reader": table.reader,
        "second_text": cell.second_text or "",
        "agreement": cell.agreement,
        "decided_by": cell.decided_by,
        "ocr_confidence": cell.confidence,
    }


def marks_of(table: Table, placed: PlacedCell) -> tuple[str, ...]:
    """Note marks of the cell, its row and row groups, and its column."""
    column = table.column_marks(placed.col) if placed.boxhead and table.boxhead_marks else ()
    return tuple(dict.fromkeys((*placed.cell.marks, *placed.row.label_marks, *column)))


def join_marks(table: Table, placed: PlacedCell) -> str:
    """The marks joined by a blank."""
    return " ".join(marks_of(table, placed))
