"""Pictures of whole pages with their tables drawn on: what was taken for caption, boxhead, stub, cell and note.

Comes in: the PDF and the tables of a study. Goes out: one small picture per page that holds a table. What is drawn is
left to overlay.py, drawing the page to the pdfium reader.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from auditable.model import PageSize, Piece, Table
from auditable.overlay import COLOURS, find_shapes
from auditable.readers.page_pictures import render_boxes
from auditable.readers.scan_image import POINTS_PER_INCH

PAGE_DPI = 96
"""Enough to read the numbers of an ordinary table."""
QUALITY = 45
"""Of WebP: a page stays below 80 kB, a scanned one too."""
TINT, EDGE = 45, 210
"""Opacity (0..255) of what is laid over a part, and of its edge: the ink below stays legible."""
LEGEND = tuple((part, colour) for part, colour in COLOURS.items() if part != "piece")
"""Each part that is drawn, and its colour."""


@dataclass(frozen=True)
class PageView:
    """One page with its tables drawn on: a WebP as a data address, its size in pixels, the labels of the tables."""

    page: int
    address: str
    width_px: int
    height_px: int
    tables: tuple[str, ...]


def view_pages(pdf_path: Path, tables: Sequence[Table], pages: Sequence[PageSize], limit: int) -> list[PageView]:
    """The first pages that hold tables, in their order, at most limit; a page that is read turned is shown turned."""
    by_page: dict[tuple[int, int], list[tuple[Table, Piece]]] = {}
    for table in tables:
        for piece in table.pieces:
            by_page.setdefault((piece.page, piece.turn_degrees), []).append((table, piece))
    known = {p.number for p in pages}
    wanted = sorted(key for key in by_page if key[0] in known)[:limit]
    return [_view(pdf_path, number, turn, by_page[number, turn]) for number, turn in wanted]


def _view(pdf_path: Path, number: int, turn: int, held: Sequence[tuple[Table, Piece]]) -> PageView:
    png = render_boxes(pdf_path, [(number, None)], PAGE_DPI, turn)[0]
    page = Image.open(io.BytesIO(png)).convert("RGBA")
    drawn = Image.alpha_composite(page, _tints(page.size, held)).convert("RGB")
    out = io.BytesIO()
    drawn.save(out, "WEBP", quality=QUALITY, method=4)
    address = "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()
    labels = dict.fromkeys(table.label or table.table_id for table, _ in held)
    return PageView(number, address, drawn.width, drawn.height, tuple(labels))


def _tints(size: tuple[int, int], held: Sequence[tuple[Table, Piece]]) -> Image.Image:
    """A clear picture of that size with a tinted box over each part of the tables, the outermost first."""
    layer = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    px = PAGE_DPI / POINTS_PER_INCH
    for table, piece in held:
        for shape in find_shapes(table, piece):
            red, green, blue = ImageColor.getrgb(COLOURS[shape.part])[:3]
            edges = [edge * px for edge in shape.box.as_tuple()]
            tint = 0 if shape.part == "piece" else TINT
            draw.rectangle(edges, fill=(red, green, blue, tint), outline=(red, green, blue, EDGE))
    return layer
