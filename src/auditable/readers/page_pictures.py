"""Pictures of pages and of boxes on them: for the curator's eye, and grey ones for the OCR.

Comes in: a path, pages, boxes. Goes out: PNG bytes or grey arrays. What a picture shows is left to the reader.

A scanned page has one system of coordinates everywhere: that of its straightened picture, same size, turned about its
middle so that text lines run level. Boxes read by OCR are given in it, and every picture drawn here of a scanned page
is straightened too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pypdfium2 as pdfium

from auditable.model import Box
from auditable.readers.pdf_file import open_document, open_page
from auditable.readers.pdfium_reader import is_scanned
from auditable.readers.scan_image import POINTS_PER_INCH, Grey, estimate_skew, straighten

SKEW_DPI = 150


def render_page(pdf_path: Path, page_number: int, dpi: int, box: Box | None = None, turn_degrees: int = 0) -> bytes:
    """PNG of one page as viewed, or of a box on it.

    turn_degrees: clockwise turn that makes sideways text upright; box then counts in the turned page. A scan is
    straightened.
    """
    return render_boxes(pdf_path, [(page_number, box)], dpi, turn_degrees)[0]


def render_boxes(
    pdf_path: Path, boxes: Sequence[tuple[int, Box | None]], dpi: int, turn_degrees: int = 0
) -> list[bytes]:
    """PNG of each (page, box), in the order given; None draws the whole page. Opens the file once."""
    drawn: dict[int, np.ndarray] = {}
    pictures = []
    with open_document(pdf_path) as document:
        for number, box in boxes:
            if number not in drawn:
                drawn = {number: _draw(document, pdf_path, number, dpi, turn_degrees)}
            pictures.append(_png(_crop(drawn[number], box, dpi)))
    return pictures


def draw_grey_pages(pdf_path: Path, page_numbers: Sequence[int], dpi: int, turn_degrees: int = 0) -> Iterator[Grey]:
    """Grey straightened pictures of scanned pages, turned clockwise by turn_degrees, one at a time."""
    with open_document(pdf_path) as document:
        for number in page_numbers:
            picture = _draw(document, pdf_path, number, dpi, turn_degrees)
            yield np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def _draw(document: pdfium.PdfDocument, pdf_path: Path, number: int, dpi: int, turn_degrees: int) -> np.ndarray:
    """Blue-green-red picture of a page as viewed and turned; a scan straightened."""
    picture = _rendered(document, pdf_path, number, dpi, turn_degrees)
    if not is_scanned(document, pdf_path, number):
        return picture
    # The slope is always measured at one resolution, so that every picture of the page is turned alike.
    sample = _rendered(document, pdf_path, number, SKEW_DPI, turn_degrees)
    skew = estimate_skew(np.asarray(cv2.cvtColor(sample, cv2.COLOR_BGR2GRAY), dtype=np.uint8))
    return straighten(picture, skew)


def _rendered(document: pdfium.PdfDocument, pdf_path: Path, number: int, dpi: int, turn_degrees: int) -> np.ndarray:
    page = open_page(document, pdf_path, number)
    bitmap = page.render(scale=cast(int, dpi / POINTS_PER_INCH), rotation=turn_degrees, rev_byteorder=False)
    picture = bitmap.to_numpy().copy()
    bitmap.close()
    page.close()
    if picture.ndim == 2 or picture.shape[2] == 1:
        return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    return picture[:, :, :3].copy()


def _crop(picture: np.ndarray, box: Box | None, dpi: int) -> np.ndarray:
    if box is None:
        return picture
    px = dpi / POINTS_PER_INCH
    height, width = picture.shape[:2]
    x0, top = min(width - 1, max(0, int(box.x0 * px))), min(height - 1, max(0, int(box.top * px)))
    x1, bottom = min(width, max(x0 + 1, ceil(box.x1 * px))), min(height, max(top + 1, ceil(box.bottom * px)))
    return picture[top:bottom, x0:x1]


def _png(picture: np.ndarray) -> bytes:
    is_done, data = cv2.imencode(".png", picture)
    if not is_done:
        raise ValueError(f"no PNG of a picture of shape {picture.shape}")
    return data.tobytes()
