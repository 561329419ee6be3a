"""Boxes on pages → grey pictures of them, many at a time: of words, cells and single glyphs.

Comes in: a PDF, pages, turns and boxes. Goes out: one grey picture each. What a picture shows is left to
picture_reader.py and glyph_pictures.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import cast

import numpy as np
import pypdfium2 as pdfium

from auditable.model import Box, union_box
from auditable.readers.pdf_file import open_document, open_page
from auditable.readers.scan_image import POINTS_PER_INCH, Grey

MAX_PIXELS = 60_000_000
"""Of a picture drawn in one piece: a page of A3 at 400 dpi has 31 million."""


def draw_grey_boxes(pdf_path: Path, places: Sequence[tuple[int, int, Box]], dpi: int) -> list[Grey]:
    """Grey picture of each (page, turn_degrees, box), in the order given, as printed: a scan is not straightened.

    The box counts in the page turned clockwise by turn_degrees; what reaches over the page's edge is cut off. Each
    page is drawn once, no larger than its boxes need; on a page of metres each box is drawn alone, and one that is too
    large itself is a white picture of one pixel.
    """
    pictures: dict[int, Grey] = {}
    by_page: dict[tuple[int, int], list[int]] = {}
    for i, (number, turn, _) in enumerate(places):
        by_page.setdefault((number, turn), []).append(i)
    with open_document(pdf_path) as document:
        for (number, turn), wanted in sorted(by_page.items()):
            page = open_page(document, pdf_path, number)
            width, height = page.get_size() if turn in (0, 180) else page.get_size()[::-1]
            boxes = [_within(places[i][2], width, height) for i in wanted]
            frame = union_box(boxes)
            whole = _draw_frame(page, turn, frame, dpi) if _n_pixels(frame, dpi) <= MAX_PIXELS else None
            for i, box in zip(wanted, boxes, strict=True):
                moved = Box(box.x0 - frame.x0, box.top - frame.top, box.x1 - frame.x0, box.bottom - frame.top)
                pictures[i] = (
                    np.ascontiguousarray(_cut(whole, moved, dpi)) if whole is not None
                    else _draw_frame(page, turn, box, dpi)
                )  # fmt: skip
            page.close()
    return [pictures[i] for i in range(len(places))]


def _n_pixels(frame: Box, dpi: int) -> float:
    return frame.width * frame.height * (dpi / POINTS_PER_INCH) ** 2


def _draw_frame(page: pdfium.PdfPage, turn: int, frame: Box, dpi: int) -> Grey:
    """Grey picture of a part of a page that is turned clockwise by turn."""
    if _n_pixels(frame, dpi) > MAX_PIXELS:
        return np.full((1, 1), 255, np.uint8)
    width, height = page.get_size() if turn in (0, 180) else page.get_size()[::-1]
    edges = (frame.x0, height - frame.bottom, width - frame.x1, frame.top)
    bitmap = page.render(
        scale=cast(int, dpi / POINTS_PER_INCH), rotation=turn, crop=cast(tuple[int, int, int, int], edges),
        grayscale=True,
    )  # fmt: skip
    picture = np.asarray(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width).copy()
    bitmap.close()
    return picture


def _within(box: Box, width_pt: float, height_pt: float) -> Box:
    """The part of a box that lies on the page, at least a point wide and high."""
    x0, top = min(max(0.0, box.x0), width_pt - 1), min(max(0.0, box.top), height_pt - 1)
    return Box(x0, top, max(x0 + 1, min(width_pt, box.x1)), max(top + 1, min(height_pt, box.bottom)))


def _cut(picture: Grey, box: Box, dpi: int) -> Grey:
    px = dpi / POINTS_PER_INCH
    height, width = picture.shape
    x0, top = min(width - 1, max(0, int(box.x0 * px))), min(height - 1, max(0, int(box.top * px)))
    return picture[top : min(height, ceil(box.bottom * px)), x0 : min(width, ceil(box.x1 * px))]
