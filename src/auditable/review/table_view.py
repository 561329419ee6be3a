"""A table as it was read → what the template needs to draw it: merged heads, indented rows, a state for each cell.

Comes in: a Table and the states of its cells. Goes out: a TableView. Nothing is escaped here; the template does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditable.model import PATH_SEPARATOR, Table, TableCell, TableRow
from auditable.review.cell_states import CellKey, CellState


@dataclass(frozen=True)
class HeadCell:
    """One cell of the boxhead over span columns."""

    text: str
    span: int


@dataclass(frozen=True)
class CellView:
    """One body cell: its text, marks, state, and the card that speaks of it ("" for none)."""

    text: str
    marks: str
    state: CellState
    other_reading: str
    card: str


@dataclass(frozen=True)
class RowView:
    """One row: label, depth of its indent, full path, and its cells."""

    label: str
    depth: int
    path: str
    kind: str
    marks: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class TableView:
    """One table ready to be drawn."""

    table_id: str
    label: str
    caption: str
    pages: tuple[int, ...]
    stub_head: str
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[RowView, ...]
    notes: tuple[tuple[str, str], ...]
    left_over: tuple[str, ...]
    n_columns: int


def view_table(
    table: Table, states: Mapping[CellKey, CellState], cards: Mapping[tuple[str, str, str], str]
) -> TableView:
    """The table with the state of each cell.

    cards: (table_id, row path, column path) → the anchor of a card.
    """
    return TableView(
        table_id=table.table_id,
        label=table.label or table.table_id,
        caption=table.caption,
        pages=tuple(dict.fromkeys(piece.page for piece in table.pieces)),
        stub_head=table.stub_head,
        head=tuple(_head_level(table, level) for level in range(len(table.boxhead))),
        rows=tuple(_row_view(table, i, states, cards) for i in range(len(table.rows))),
        notes=tuple((note.mark, note.text) for note in table.notes),
        left_over=tuple(left.text for left in table.left_over),
        n_columns=table.n_columns,
    )


def _head_level(table: Table, level: int) -> tuple[HeadCell, ...]:
    """Labels of one level; neighbours of one spanner that repeat a label are one cell, save in the last level."""
    labels = [row[table.stub_columns :] for row in table.boxhead[: level + 1]]
    is_last = level == len(table.boxhead) - 1
    cells: list[HeadCell] = []
    for col, text in enumerate(labels[-1]):
        is_same = col > 0 and text and all(row[col] == row[col - 1] for row in labels) and not is_last
        if is_same:
            cells[-1] = HeadCell(text, cells[-1].span + 1)
        else:
            cells.append(HeadCell(text, 1))
    return tuple(cells)


def _row_view(
    table: Table, index: int, states: Mapping[CellKey, CellState], cards: Mapping[tuple[str, str, str], str]
) -> RowView:
    row = table.rows[index]
    label, depth = _label(table.rows[:index], row)
    path = PATH_SEPARATOR.join(row.path)
    cells = []
    for col, cell in enumerate(row.cells):
        card = cards.get((table.table_id, path, PATH_SEPARATOR.join(table.column_path(col))), "")
        state = states.get((table.table_id, index, col), CellState())
        cells.append(CellView(cell.text, " ".join(cell.marks), state, _other_reading(cell), card))
    return RowView(label, depth, path, row.kind, " ".join(row.label_marks), tuple(cells))


def _other_reading(cell: TableCell) -> str:
    """The text that was not chosen where two readers differ, whose it is, and what chose."""
    if cell.agreement != "differs":
        return ""
    whose = "first reader" if cell.is_second else "second reader"
    how = {"picture": ", the picture decided", "arithmetic": ", arithmetic decided"}.get(cell.decided_by, ", undecided")
    return f"{whose}: {cell.second_text or 'nothing'}{how}"


def _label(before: tuple[TableRow, ...], row: TableRow) -> tuple[str, int]:
    """The label and its depth; parents that no row above shows are written out."""
    shown = {r.path for r in before}
    depth = len(row.path) - 1
    while depth > 0 and row.path[:depth] not in shown:
        depth -= 1
    return PATH_SEPARATOR.join(row.path[depth:]), depth
