"""What is drawn on one page, sorted: paths, pictures, and text that cannot be seen.

Comes in: an open page of pdfium. Goes out: a Drawn. What the paths mean is left to page_rules.py, the letters to
page_text.py.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from math import ceil, floor, isfinite

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

SCAN_PICTURE_SHARE = 0.6
"""Share of the page that a scan's picture covers: a scan has margins at most, a figure leaves room for text."""
COVER_GRID = 64
_IMAGE, _TEXT, _PATH = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page: paths, invisible text, how many pictures, pixels of the largest, share they cover."""

    paths: list[pdfium.PdfObject]
    hidden: list[pdfium.PdfObject]
    n_pictures: int = 0
    n_pixels: int = 0
    picture_share: float = 0.0


def sort_objects(page: pdfium.PdfPage) -> Drawn:
    """What is drawn on an open page, forms unpacked; the paths and texts are good as long as it is open."""
    drawn = Drawn([], [])
    seen: list[pdfium.PdfObject] = []
    covered = np.zeros((COVER_GRID, COVER_GRID), dtype=np.bool_)
    for item in page.get_objects(filter=[_IMAGE, _TEXT, _PATH]):
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == _IMAGE:
            drawn.n_pictures += 1
            drawn.n_pixels = max(drawn.n_pixels, _count_pixels(item))
            if _cover(covered, item.get_bounds(), page.get_bbox()):
                drawn.picture_share = float(covered.mean())
            if drawn.picture_share >= SCAN_PICTURE_SHARE:
                # A picture drawn over the letters hides them: some scanners put their text below it.
                drawn.hidden += seen
                seen = []
        elif kind == _PATH:
            drawn.paths.append(item)
        elif pdfium_c.FPDFTextObj_GetTextRenderMode(item) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
            drawn.hidden.append(item)
        else:
            seen.append(item)
    return drawn


def _count_pixels(item: pdfium.PdfObject) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium_c.FPDFImageObj_GetImagePixelSize(item, width, height)
    return width.value * height.value


def _cover(covered: np.ndarray, bounds: tuple[float, ...], page_box: tuple[float, ...]) -> bool:
    """Marks the part of the page under a picture in a coarse grid, since a scan may be laid in strips or tiles; whether
    it covers the middle of any field."""
    if not all(isfinite(b) for b in bounds):
        return False
    spans = []
    for low, high, start, end in zip(bounds[:2], bounds[2:], page_box[:2], page_box[2:], strict=True):
        field_pt = max((end - start) / COVER_GRID, 1e-6)
        first, last = ceil((low - start) / field_pt - 0.5), floor((high - start) / field_pt - 0.5)
        spans.append(slice(max(0, first), max(0, last + 1)))
    across, upward = spans
    covered[upward, across] = True
    return across.start < across.stop and upward.start < upward.stop
