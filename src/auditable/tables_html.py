"""Tables → HTML that keeps their anatomy: spanners over their columns, row groups over their rows, marks raised.

Comes in: Tables. Goes out: one HTML document; everything printed is escaped. The other forms are made by
tables_output.py.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.model import PATH_SEPARATOR, Table, TableRow

OPENING = '<!doctype html>\n<html>\n<head><meta charset="utf-8"><title>Tables</title></head>\n<body>\n'
CLOSING = "</body>\n</html>\n"


@dataclass(frozen=True)
class HeadCell:
    """One label of the boxhead, with how many columns and levels it takes up; text "" for an empty place."""

    text: str
    marks: tuple[str, ...]
    n_columns: int
    n_levels: int


def html_tables(tables: Sequence[Table]) -> str:
    """All tables as one HTML document."""
    return OPENING + "".join(_table(table) for table in tables) + CLOSING


def head_cells(table: Table) -> list[list[HeadCell]]:
    """The boxhead, level by level: each label once, in the highest level it takes up.

    A label that stands over several columns takes up them all; the empty places above a label are its own.
    """
    n_levels, taken = len(table.boxhead), set[tuple[int, int]]()
    out: list[list[HeadCell]] = []
    for top in range(n_levels):
        cells = []
        for col in range(len(table.boxhead[top])):
            if (top, col) in taken:
                continue
            level = next((k for k in range(top, n_levels) if table.boxhead[k][col]), top)
            last = _last_column(table, level, col)
            places = {(k, c) for k in range(top, level + 1) for c in range(col, last + 1)}
            above = {table.boxhead[k][c] for k, c in places if k < level}
            if places & taken or above - {""} or not table.boxhead[level][col]:
                level, last, places = top, col, {(top, col)}
            taken |= places
            text, marks = table.boxhead[level][col], table.boxhead_marks[level][col]
            cells.append(HeadCell(text, marks, last - col + 1, level - top + 1))
        out.append(cells)
    return out


def _last_column(table: Table, level: int, col: int) -> int:
    """The last column under the label that begins here: as far as its box reaches, or without boxes, as it repeats
    above the last level."""
    labels, boxes = table.boxhead[level], table.pieces[0].boxhead_boxes
    is_leaf = level == len(table.boxhead) - 1
    last = col
    while last + 1 < len(labels) and labels[last + 1] == labels[col] != "":
        is_one = boxes[level][last + 1] == boxes[level][col] if boxes else not is_leaf
        if not is_one:
            break
        last += 1
    return last


def _table(table: Table) -> str:
    caption = html.escape(f"{table.label} {table.caption}".strip())
    head = "".join(f"<tr>{''.join(map(_head_cell, cells))}</tr>\n" for cells in head_cells(table))
    notes = "".join(f"<p>{_raised((n.mark,) if n.mark else ())}{html.escape(n.text)}</p>\n" for n in table.notes)
    return f"<table>\n<caption>{caption}</caption>\n<thead>\n{head}</thead>\n{''.join(_bodies(table))}</table>\n{notes}"


def _head_cell(cell: HeadCell) -> str:
    spans = (f' colspan="{cell.n_columns}"' if cell.n_columns > 1 else "") + (
        f' rowspan="{cell.n_levels}"' if cell.n_levels > 1 else ""
    )
    if not cell.text and not cell.marks:
        return f"<td{spans}></td>"
    scope = "colgroup" if cell.n_columns > 1 else "col"
    return f'<th scope="{scope}"{spans}>{html.escape(cell.text)}{_raised(cell.marks)}</th>'


def _bodies(table: Table) -> Iterator[str]:
    """One tbody for each outermost row group, so that its heading's scope ends where the group does."""
    is_open = False
    for k, row in enumerate(table.rows):
        if not is_open or (row.kind == "group" and len(row.path) == 1):
            yield "</tbody>\n<tbody>\n" if is_open else "<tbody>\n"
            is_open = True
        yield f"<tr>{_labels(table, k)}{_cells(row)}</tr>\n"
    yield "</tbody>\n" if is_open else ""


def _labels(table: Table, k: int) -> str:
    row = table.rows[k]
    if row.kind == "group":
        width = table.stub_columns + table.n_columns
        return f'<th scope="rowgroup" colspan="{width}"{_indent(row)}>{_label(table, k)}</th>'
    if table.stub_columns == 1:
        return f'<th scope="row"{_indent(row)}>{_label(table, k)}</th>'
    if len(row.path) != table.stub_columns:
        return f'<th scope="row" colspan="{table.stub_columns}">{_label(table, k)}</th>'
    return f'{_outer(table, k)}<th scope="row">{html.escape(row.path[-1])}{_raised(row.label_marks)}</th>'


def _outer(table: Table, k: int) -> str:
    """The labels of the outer stub columns, once for all the rows in a run that stand under them."""
    over = table.rows[k].path[:-1]
    if k > 0 and _stands_under(table, k - 1, over):
        return ""
    n_rows, n_left = 1, len(table.rows) - k
    while n_rows < n_left and _stands_under(table, k + n_rows, over):
        n_rows += 1
    span = f' rowspan="{n_rows}"' if n_rows > 1 else ""
    return "".join(f'<th scope="{"rowgroup" if n_rows > 1 else "row"}"{span}>{html.escape(t)}</th>' for t in over)


def _stands_under(table: Table, k: int, over: tuple[str, ...]) -> bool:
    row = table.rows[k]
    return row.kind != "group" and len(row.path) == table.stub_columns and row.path[:-1] == over


def _label(table: Table, k: int) -> str:
    """The row's own label; a row group that no row above prints is written out before it."""
    row, shown = table.rows[k], {r.path for r in table.rows[:k]}
    depth = max(0, len(row.path) - 1)
    while depth > 0 and row.path[:depth] not in shown:
        depth -= 1
    return html.escape(PATH_SEPARATOR.join(row.path[depth:])) + _raised(row.label_marks)


def _indent(row: TableRow) -> str:
    return f' style="padding-left:{len(row.path) - 1}em"' if len(row.path) > 1 else ""


def _cells(row: TableRow) -> str:
    if row.kind == "group":
        return ""
    tag, scope = ("th", ' scope="col"') if row.kind == "subheader" else ("td", "")
    return "".join(f"<{tag}{scope}>{html.escape(c.text)}{_raised(c.marks)}</{tag}>" for c in row.cells)


def _raised(marks: Sequence[str]) -> str:
    return f"<sup>{html.escape(' '.join(marks))}</sup>" if marks else ""
