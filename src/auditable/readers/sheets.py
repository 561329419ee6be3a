"""The sheets behind the pages that a viewer shows: where the visible page lies on them, and copies that are turned.

Comes in: a PDF that can be opened, page numbers, a turn. Goes out: boxes in points, or the bytes of a PDF, for a reader
that counts from the sheet's corner and wants its text upright.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium

from auditable.model import Box
from auditable.readers.pdf_file import read_pdf_bytes


def media_frames(pdf_path: Path, page_numbers: Iterable[int], turn_degrees: int = 0) -> dict[int, Box]:
    """For each named page its whole sheet as viewed, in the coordinates of the visible page turned clockwise.

    The visible page (crop box) may be part of the sheet (media box); a reader that counts from the sheet's corner
    needs both.
    """
    frames = {}
    with pdfium.PdfDocument(read_pdf_bytes(pdf_path)) as document:
        for number in sorted(set(page_numbers)):
            page = document[number - 1]
            rotation = (page.get_rotation() + turn_degrees) % 360
            frames[number] = _viewed(page.get_mediabox() or page.get_bbox(), page.get_bbox(), rotation)
            page.close()
    return frames


def turned_copy(pdf_path: Path, page_numbers: Iterable[int], turn_degrees: int) -> bytes:
    """The PDF with the named pages turned clockwise."""
    with pdfium.PdfDocument(read_pdf_bytes(pdf_path)) as document:
        for number in sorted(set(page_numbers)):
            page = document[number - 1]
            page.set_rotation((page.get_rotation() + turn_degrees) % 360)
            page.close()
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _viewed(sheet: tuple[float, ...], seen: tuple[float, ...], rotation: int) -> Box:
    left, bottom, right, top = (seen[0] - sheet[0], seen[1] - sheet[1], sheet[2] - seen[2], sheet[3] - seen[3])
    width, height = seen[2] - seen[0], seen[3] - seen[1]
    # Each clockwise quarter turn brings the lower margin to the left, the left one to the top, and so on.
    for _ in range(rotation // 90):
        left, top, right, bottom = bottom, left, top, right
        width, height = height, width
    return Box(-left, -top, width + right, height + bottom)
