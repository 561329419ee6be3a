"""A table → its page pictures with what was read drawn on: stub, boxhead, cells, marks, pieces.

Comes in: a PDF and a Table. Goes out: one PNG per piece. Look before you tune: a shifted cell is seen here at once.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

from auditable.model import Box, Piece, Table
from auditable.readers.page_pictures import render_page

DPI = 150
PIECE, STUB, GROUP, CELL, HEAD, DIFFERS = "#555555", "#1f6f3f", "#8a5a00", "#1a4fa3", "#7a1fa2", "#c62828"
MARGIN_PT = 12.0


def draw_overlay(pdf_path: Path, table: Table) -> list[bytes]:
    """One PNG per piece of the table: its part of the page with boxes drawn around what was read.

    Grey: the piece; green: label of a row; amber: heading of a row group or sub-header; blue: cell; red: cell that
    the second
    reader read otherwise. The number at a row's left is its depth in the stub.
    """
    return [_draw_piece(pdf_path, table, piece) for piece in table.pieces]


def _draw_piece(pdf_path: Path, table: Table, piece: Piece) -> bytes:
    box = piece.box
    view = Box(max(0.0, box.x0 - MARGIN_PT), max(0.0, box.top - 30), box.x1 + MARGIN_PT, box.bottom + 30)
    png = render_page(pdf_path, piece.page, DPI, view, turn_degrees=piece.turn_degrees)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    draw = ImageDraw.Draw(image)
    scale = DPI / 72
    for rect, colour, width, text in _shapes(table, piece):
        corners = [
            ((rect.x0 - view.x0) * scale, (rect.top - view.top) * scale),
            ((rect.x1 - view.x0) * scale, (rect.bottom - view.top) * scale),
        ]
        draw.rectangle(corners, outline=colour, width=width)
        if text:
            draw.text((corners[0][0] - 18, corners[0][1]), text, fill=colour)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _shapes(table: Table, piece: Piece) -> Iterator[tuple[Box, str, int, str]]:
    yield piece.box, PIECE, 1, ""
    for row in table.rows:
        if row.page != piece.page or not piece.box.contains(row.box, 3):
            continue
        yield row.box, STUB if row.kind == "data" else GROUP, 1, str(len(row.path))
        for cell in row.cells:
            if cell.box is not None:
                yield cell.box, DIFFERS if cell.agreement == "differs" else CELL, 2, ""
