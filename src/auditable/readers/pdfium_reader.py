"""First, fast look at a PDF: can it be read, how many pages, which are scans; and every picture drawn of a page.

Comes in: a path. Goes out: DocumentFacts, PNG pictures of pages and of boxes on them, grey pictures for the OCR. A
broken file ends here with one AuditableError. Words are left to pdfplumber_reader and ocr_reader.

A scanned page has one system of coordinates everywhere: that of its straightened picture, same size, turned about its
middle so that text lines run level. Boxes read by OCR are given in it, and every picture drawn here of a scanned page
is straightened too.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from auditable.model import AuditableError, Box
from auditable.readers.scan_image import POINTS_PER_INCH, Grey, estimate_skew, straighten

MAX_PAGES = 400
"""A clinical article has 5 to 30 pages, its supplement up to 200; a longer file is a book or a mistake."""
SCAN_PICTURE_SHARE = 0.6
"""Share of the page that a scan's picture covers: a scan has margins at most, a figure leaves room for text."""
SCAN_MAX_VISIBLE_CHARACTERS = 100
"""A scan may carry a printed stamp or download line as text; a text page has far more letters than this."""
OUTLINE_MIN_PATHS = 300
"""A page without letters but with this many drawn shapes has its text set as outlines: only its picture can be read."""
MAX_UNREADABLE_SHARE = 0.3
"""Share of letters that the fonts do not name, above which the text layer is worth less than the picture."""
SKEW_DPI = 150
HEADER_REACH_BYTES = 1024
COVER_GRID = 64
_IMAGE, _TEXT, _PATH = pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page at a glance; width and height as viewed, after the page's own turn.

    n_characters: visible characters of the text layer; n_hidden_characters: those of an invisible OCR layer.
    picture_share: share of the page under its largest picture.
    """

    number: int
    width_pt: float
    height_pt: float
    rotate_degrees: int
    n_characters: int
    n_hidden_characters: int
    picture_share: float
    is_scan: bool


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A readable PDF at a glance."""

    n_pages: int
    pages: tuple[PageFacts, ...]
    title: str
    author: str
    producer: str


def scan_document(pdf_path: Path, max_pages: int = MAX_PAGES) -> DocumentFacts:
    """Facts of the whole document.

    Raises AuditableError when the file is missing, empty, no PDF, truncated, locked by a password, or has no page or
    too many.
    """
    with open_document(pdf_path) as document:
        n_pages = len(document)
        if n_pages == 0:
            raise _no_page(str(pdf_path))
        if n_pages > max_pages:
            raise AuditableError(
                "the PDF is too long for an article", where=str(pdf_path), expected=f"at most {max_pages} pages",
                found=f"{n_pages} pages", remedy="Cut out the article's own pages, or raise the limit of pages.",
            )  # fmt: skip
        pages = tuple(_page_facts(document, pdf_path, number) for number in range(1, n_pages + 1))
        about = document.get_metadata_dict()
    return DocumentFacts(n_pages, pages, about.get("Title", ""), about.get("Author", ""), about.get("Producer", ""))


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


def page_sizes(pdf_path: Path, page_numbers: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Width and height in points, as viewed, of each named page."""
    sizes = {}
    with open_document(pdf_path) as document:
        for number in sorted(set(page_numbers)):
            page = open_page(document, pdf_path, number)
            sizes[number] = page.get_size()
            page.close()
    return sizes


def draw_grey_pages(pdf_path: Path, page_numbers: Sequence[int], dpi: int, turn_degrees: int = 0) -> Iterator[Grey]:
    """Grey straightened pictures of scanned pages, turned clockwise by turn_degrees, one at a time."""
    with open_document(pdf_path) as document:
        for number in page_numbers:
            picture = _draw(document, pdf_path, number, dpi, turn_degrees)
            yield np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


@contextmanager
def open_document(pdf_path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document, closed behind the block; raises AuditableError when it cannot be opened."""
    document = _document(pdf_path)
    try:
        yield document
    finally:
        document.close()


def _document(pdf_path: Path) -> pdfium.PdfDocument:
    where = str(pdf_path)
    data = read_pdf_bytes(pdf_path)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # pdfium keeps the code of an earlier failure, and refuses a file without pages with the code of success.
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise AuditableError(
                "the PDF is locked by a password", where=where, expected="a PDF that opens without password",
                found="an encrypted file", remedy="Save an unlocked copy and put it in its place.",
            ) from error  # fmt: skip
        if re.search(rb"/Count\s+0\b", data) and not re.search(rb"/Type\s*/Page\b", data):
            raise _no_page(where) from error
        raise AuditableError(
            "the PDF cannot be opened", where=where, expected="a whole PDF", found=str(error),
            remedy="Fetch the file again from the publisher.",
        ) from error  # fmt: skip


def _no_page(where: str) -> AuditableError:
    return AuditableError(
        "the PDF has no page",
        where=where,
        expected="at least one page",
        found="0 pages",
        remedy="Fetch the file again.",
    )


def read_pdf_bytes(pdf_path: Path) -> bytes:
    """The file's bytes from "%PDF-" on, for any reader to open; raises AuditableError when they cannot be a whole PDF.

    Servers and mail programs put lines of their own before the header; the standard's readers look for it in the first
    1024 bytes.
    """
    where = str(pdf_path)
    if not pdf_path.is_file():
        raise AuditableError(
            "there is no such file", where=where, expected="a PDF", found="nothing", remedy="Check the path."
        )
    data = pdf_path.read_bytes()
    if not data:
        raise AuditableError(
            "the file is empty", where=where, expected="a PDF", found="0 bytes", remedy="Fetch the file again."
        )
    start = data[:HEADER_REACH_BYTES].find(b"%PDF-")
    if start < 0:
        raise AuditableError(
            "the file is not a PDF", where=where, expected='"%PDF-" at its beginning', found=repr(data[:20]),
            remedy="Open it in a browser: a saved web page is the usual cause. Fetch the PDF itself.",
        )  # fmt: skip
    data = data[start:]
    reason = _why_truncated(data)
    if reason:
        raise AuditableError(
            "the PDF is cut off", where=where, expected="a whole PDF that ends in %%EOF", found=reason,
            remedy="Fetch the file again from the publisher.",
        )  # fmt: skip
    return data


def _why_truncated(data: bytes) -> str:
    """What shows that the end of the file is missing, or "".

    pdfium repairs a file that is cut off without a word and shows the pages that are left. A linearised file carries
    one %%EOF near its beginning, and one saved twice carries an older one in the middle: what counts is what follows
    the last.
    """
    end = data.rfind(b"%%EOF")
    if end < 0:
        return f"no end mark in {len(data)} bytes"
    if re.search(rb"\d\s+\d+\s+obj\b", data[end:]):
        return f"objects after the last end mark, in the last {len(data) - end} bytes"
    return ""


def _page_facts(document: pdfium.PdfDocument, pdf_path: Path, number: int) -> PageFacts:
    page = open_page(document, pdf_path, number)
    width, height = page.get_size()
    texts = page.get_textpage()
    covered = np.zeros((COVER_GRID, COVER_GRID), dtype=np.bool_)
    visible = hidden = unreadable = paths = 0
    for item in page.get_objects(filter=[_IMAGE, _TEXT, _PATH]):
        if _kind(item) == _IMAGE:
            covered |= _cover(item.get_bounds(), page.get_bbox())
            if covered.mean() >= SCAN_PICTURE_SHARE:
                # A picture drawn over the letters hides them: some scanners put their text below it.
                hidden, visible, unreadable = hidden + visible, 0, 0
        elif _kind(item) == _TEXT:
            text = _text_of(item, texts)
            if pdfium_c.FPDFTextObj_GetTextRenderMode(item) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE:
                hidden += len(text)
            else:
                visible += len(text)
                unreadable += sum(map(_is_unreadable, text))
        else:
            paths += 1
    rotation = page.get_rotation()
    texts.close()
    page.close()
    share = float(covered.mean())
    is_picture = share >= SCAN_PICTURE_SHARE and visible <= SCAN_MAX_VISIBLE_CHARACTERS
    is_outlined = visible + hidden == 0 and paths >= OUTLINE_MIN_PATHS
    is_garbled = visible > 0 and unreadable > MAX_UNREADABLE_SHARE * visible
    return PageFacts(
        number, width, height, rotation, visible, hidden, share, is_scan=is_picture or is_outlined or is_garbled
    )


def open_page(document: pdfium.PdfDocument, pdf_path: Path, number: int) -> pdfium.PdfPage:
    """The page of that number, counted from 1; raises AuditableError when there is none, or it cannot be read."""
    if not 1 <= number <= len(document):
        raise AuditableError(
            f"there is no page {number}", where=str(pdf_path), expected=f"a page from 1 to {len(document)}",
            found=str(number), remedy="Correct the page number.",
        )  # fmt: skip
    try:
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise AuditableError(
            f"page {number} cannot be read", where=str(pdf_path), expected="a whole page", found=str(error),
            remedy="The file is damaged: fetch it again from the publisher.",
        ) from error  # fmt: skip


def _kind(item: pdfium.PdfObject) -> int:
    return pdfium_c.FPDFPageObj_GetType(item)


def _cover(bounds: tuple[float, float, float, float], page_box: tuple[float, float, float, float]) -> np.ndarray:
    """The part of the page under a picture, as a coarse grid: a scan may be laid in strips or tiles."""
    left, bottom, right, top = page_box
    x0, y0, x1, y1 = bounds
    middles = (np.arange(COVER_GRID) + 0.5) / COVER_GRID
    across = (left + middles * (right - left) >= x0) & (left + middles * (right - left) <= x1)
    upward = (bottom + middles * (top - bottom) >= y0) & (bottom + middles * (top - bottom) <= y1)
    return upward[:, None] & across[None, :]


def _text_of(item: pdfium.PdfObject, texts: pdfium.PdfTextPage) -> str:
    n_bytes = pdfium_c.FPDFTextObj_GetText(item, texts, None, 0)
    buffer = (ctypes.c_ushort * (n_bytes // 2 + 1))()
    pdfium_c.FPDFTextObj_GetText(item, texts, buffer, n_bytes)
    return "".join(bytes(buffer)[: max(0, n_bytes - 2)].decode("utf-16-le", errors="replace").split())


def _is_unreadable(char: str) -> bool:
    """No letter known for the glyph: the replacement mark, a control code, or a font's private code."""
    return char == "\ufffd" or unicodedata.category(char) in {"Cc", "Co", "Cn"}


def _draw(document: pdfium.PdfDocument, pdf_path: Path, number: int, dpi: int, turn_degrees: int) -> np.ndarray:
    """Blue-green-red picture of a page as viewed and turned; a scan straightened."""
    picture = _rendered(document, pdf_path, number, dpi, turn_degrees)
    if not _page_facts(document, pdf_path, number).is_scan:
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
