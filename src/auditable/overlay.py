"""A table → its page pictures with what was read drawn on: stub, boxhead, cells, marks, notes, pieces, left over words.

Comes in: a PDF and a Table. Goes out: one PNG per piece, with a legend under it. Look before you tune: a shifted cell
is seen here at once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from auditable.model import Box, Piece, Table, TableCell, union_box
from auditable.readers.page_pictures import render_page

DPI = 150
MARGIN_PT = 14.0
MARK_COLOUR = "#d81b60"
LEGEND_HEIGHT_PX, LEGEND_STEP_PX = 22, 7
COLOURS = {
    "piece": "#555555",
    "caption": "#00838f",
    "boxhead": "#7a1fa2",
    "stub": "#1f6f3f",
    "row group": "#8a5a00",
    "cell": "#1a4fa3",
    "note": "#827717",
    "second reader differs": "#c62828",
    "left over": "#ff6d00",
}
"""One colour for each part; the legend shows them in this order."""


@dataclass(frozen=True)
class Shape:
    """One box to draw: which part it is, and small texts beside it: left (depth of a row), right (note marks)."""

    part: str
    box: Box
    left: str = ""
    marks: str = ""


def draw_overlay(pdf_path: Path, table: Table) -> list[bytes]:
    """One PNG per piece of the table: its part of the page with a box around each thing that was read.

    Each part has its colour, named in the legend. The number at a row's left is its depth in the stub; small red signs
    at a box's upper right are the note marks taken off its text.
    """
    return [_draw_piece(pdf_path, table, piece) for piece in table.pieces]


def find_shapes(table: Table, piece: Piece) -> list[Shape]:
    """What is drawn for one piece, outer boxes first."""
    return list(_shapes(table, piece))


def _draw_piece(pdf_path: Path, table: Table, piece: Piece) -> bytes:
    shapes = find_shapes(table, piece)
    all_of = union_box(s.box for s in shapes)
    x0, top = max(0.0, all_of.x0 - MARGIN_PT), max(0.0, all_of.top - MARGIN_PT)
    view = Box(x0, top, all_of.x1 + MARGIN_PT, all_of.bottom + MARGIN_PT)
    png = render_page(pdf_path, piece.page, DPI, view, turn_degrees=piece.turn_degrees)
    page = Image.open(io.BytesIO(png)).convert("RGB")
    image = Image.new("RGB", (page.width, page.height + LEGEND_HEIGHT_PX), "white")
    image.paste(page, (0, 0))
    draw = ImageDraw.Draw(image)
    for shape in shapes:
        _draw_shape(draw, shape, view)
    x = LEGEND_STEP_PX
    for part, colour in COLOURS.items():
        draw.text((x, page.height + 5), part, fill=colour)
        x += int(draw.textlength(part)) + 2 * LEGEND_STEP_PX
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _draw_shape(draw: ImageDraw.ImageDraw, shape: Shape, view: Box) -> None:
    px = DPI / 72
    x0, top = (shape.box.x0 - view.x0) * px, (shape.box.top - view.top) * px
    x1, bottom = (shape.box.x1 - view.x0) * px, (shape.box.bottom - view.top) * px
    colour = COLOURS[shape.part]
    draw.rectangle([(x0, top), (x1, bottom)], outline=colour, width=1 if shape.part == "piece" else 2)
    if shape.left:
        draw.text((x0 - 10, top), shape.left, fill=colour)
    if shape.marks:
        draw.text((x1 + 2, top - 5), shape.marks, fill=MARK_COLOUR)


def _shapes(table: Table, piece: Piece) -> Iterator[Shape]:
    yield Shape("piece", piece.box)
    if piece.caption_box is not None:
        yield Shape("caption", piece.caption_box)
    yield from _heads(table, piece)
    for row in table.rows:
        if row.page != piece.page or not piece.box.contains(row.box, 3):
            continue
        if row.label_box is not None:
            part = "stub" if row.kind == "data" else "row group"
            yield Shape(part, row.label_box, str(len(row.path)), " ".join(row.label_marks))
        for cell in row.cells:
            if cell.box is not None:
                yield Shape(_cell_part(cell), cell.box, marks=" ".join(cell.marks))
    for note in table.notes:
        for k, box in enumerate(note.boxes if note.page == piece.page else ()):
            yield Shape("note", box, note.mark if k == 0 else "")
    for left in table.left_over:
        if left.page == piece.page:
            yield Shape("left over", left.box)


def _heads(table: Table, piece: Piece) -> Iterator[Shape]:
    """Each label of the piece's boxhead once, though it spans columns."""
    seen: set[Box] = set()
    is_first = piece is table.pieces[0]
    for level, boxes in enumerate(piece.boxhead_boxes):
        for col, box in enumerate(boxes):
            if box is not None and box not in seen:
                seen.add(box)
                marks = table.boxhead_marks[level][col] if is_first else ()
                yield Shape("boxhead", box, marks=" ".join(marks))


def _cell_part(cell: TableCell) -> str:
    return "second reader differs" if cell.agreement == "differs" else "cell"
