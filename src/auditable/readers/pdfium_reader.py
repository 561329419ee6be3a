"""First, fast look at a PDF: how many pages, how large, which are scans.

Comes in: a path. Goes out: DocumentFacts. Opening the file is left to pdf_file.py, pictures to page_pictures.py, words
to pdfplumber_reader.py and ocr_reader.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from auditable.model import AuditableError
from auditable.readers.page_drawing import SCAN_PICTURE_SHARE, Drawn, sort_objects
from auditable.readers.page_look import Look, Style, look_at
from auditable.readers.page_text import (
    count_characters,
    count_hidden,
    count_unreadable,
    empty_text,
    figures_on,
    read_text,
)
from auditable.readers.page_weight import find_heavy_pages
from auditable.readers.pdf_file import open_document, open_page, read_info
from auditable.readers.scan_image import OCR_DPI, POINTS_PER_INCH

MAX_PAGES = 1_500
"""A clinical article has 5 to 30 pages, its supplement up to 200, a study report 1000; a longer file is a mistake."""
SCAN_MAX_VISIBLE_CHARACTERS = 100
"""A scan may carry a printed stamp or download line as text; a text page has far more letters than this."""
OUTLINE_MIN_PATHS = 300
"""A page without letters but with this many drawn shapes has its text set as outlines: only its picture can be read."""
MAX_UNREADABLE_SHARE = 0.3
"""Share of letters that the fonts do not name, above which the text layer is worth less than the picture."""
MAX_CHARACTERS = 100_000
"""Characters of one page: a page of small print has 10 000, a poster 30 000."""
MAX_PATHS = 80_000
"""Drawn lines, curves and boxes of one page: a table of a thousand framed cells has 4000, a map 30 000."""
MAX_PICTURES = 5_000
"""Pictures of one page: a scan may be laid in some hundred strips."""
MAX_PIXELS = 200 * 10**6
"""Of a picture that only OCR can read: a page of a journal scanned at 1200 dots per inch has 140 million."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page at a glance; width and height as viewed, after the page's own turn.

    n_characters: visible characters of the text layer; n_hidden_characters: those of an invisible OCR layer.
    picture_share: share of the page under its pictures. is_garbled: whether its fonts do not say which letters they
    print, so that it counts as a scan. may_hold_table: whether it is worth reading word by word
    for its tables. problem: why the page must not be read at all, as the end of a sentence, or "". figures: those that
    lie on the sheet, sorted.
    """

    number: int
    width_pt: float
    height_pt: float
    rotate_degrees: int
    n_characters: int
    n_hidden_characters: int
    picture_share: float
    is_scan: bool
    is_garbled: bool = False
    may_hold_table: bool = True
    problem: str = ""
    figures: str = ""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A readable PDF at a glance. prose_page: number of the page that shows best how the running text is set."""

    n_pages: int
    pages: tuple[PageFacts, ...]
    prose_page: int
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
        if n_pages > max_pages:
            raise AuditableError(
                "the PDF is too long for an article", where=str(pdf_path), expected=f"at most {max_pages} pages",
                found=f"{n_pages} pages", remedy="Cut out the article's own pages.",
            )  # fmt: skip
        heavy = find_heavy_pages(pdf_path)
        pages, prose = [], []
        for number in range(1, n_pages + 1):
            facts, look = (
                (_heavy_page(document, number, heavy[number]), Look())
                if number in heavy
                else _page_facts(document, pdf_path, number)
            )
            pages.append(facts)
            prose.append(look.prose)
        about = read_info(document)
    title, author, producer = (about.get(key, "") for key in ("Title", "Author", "Producer"))
    return DocumentFacts(n_pages, tuple(pages), _prose_page(prose), title, author, producer)


def _prose_page(prose: Sequence[dict[Style, int]]) -> int:
    """The page on which the style of most running text of the paper leads by most characters."""
    total: Counter[Style] = Counter()
    for styles in prose:
        total.update(styles)
    main = max(total, key=lambda style: total[style], default=("", 0))
    leads = [2 * styles.get(main, 0) - sum(styles.values()) for styles in prose]
    return 1 + leads.index(max(leads))


def page_sizes(pdf_path: Path, page_numbers: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Width and height in points, as viewed, of each named page."""
    sizes = {}
    with open_document(pdf_path) as document:
        for number in sorted(set(page_numbers)):
            page = open_page(document, pdf_path, number)
            sizes[number] = page.get_size()
            page.close()
    return sizes


def is_scanned(document: pdfium.PdfDocument, pdf_path: Path, number: int) -> bool:
    """Whether only the picture of a page can be read."""
    return _page_facts(document, pdf_path, number)[0].is_scan


def _heavy_page(document: pdfium.PdfDocument, number: int, problem: str) -> PageFacts:
    """Facts of a page that must not even be opened."""
    width, height = document.get_page_size(number - 1)
    return PageFacts(number, width, height, 0, 0, 0, 0.0, is_scan=False, may_hold_table=False, problem=problem)


def _page_facts(document: pdfium.PdfDocument, pdf_path: Path, number: int) -> tuple[PageFacts, Look]:
    page = open_page(document, pdf_path, number)
    texts = page.get_textpage()
    drawn = sort_objects(page)
    problem = _why_too_full(texts, drawn)
    text = empty_text(texts) if problem else read_text(texts)
    look = Look() if problem else look_at(page, text, drawn.paths)
    n_letters = int(text.is_visible.sum())
    n_hidden = count_hidden(text, drawn.hidden)
    n_seen = n_letters - n_hidden
    is_picture = drawn.picture_share >= SCAN_PICTURE_SHARE and n_seen <= SCAN_MAX_VISIBLE_CHARACTERS
    is_outlined = n_letters == 0 and len(drawn.paths) >= OUTLINE_MIN_PATHS
    is_garbled = n_seen > 0 and count_unreadable(text) > MAX_UNREADABLE_SHARE * n_seen
    is_scan = not problem and (is_picture or is_outlined or is_garbled)
    width, height = page.get_size()
    if is_scan:
        problem = _why_too_large(width, height, drawn.n_pixels)
    facts = PageFacts(
        number,
        width,
        height,
        page.get_rotation(),
        n_seen,
        n_hidden,
        drawn.picture_share,
        is_scan and not problem,
        is_garbled,
        may_hold_table=not problem and (is_scan or look.may_hold_table),
        problem=problem,
        figures=figures_on(text, page.get_bbox()),
    )
    texts.close()
    page.close()
    return facts, look


def _why_too_full(texts: pdfium.PdfTextPage, drawn: Drawn) -> str:
    """Why a page is not read further, or ""."""
    counts = (
        (count_characters(texts), MAX_CHARACTERS, "characters"),
        (len(drawn.paths), MAX_PATHS, "drawn lines and boxes"),
        (drawn.n_pictures, MAX_PICTURES, "pictures"),
    )
    return next((f"it holds {n} {what}, more than {most}" for n, most, what in counts if n > most), "")


def _why_too_large(width: float, height: float, n_pixels: int) -> str:
    """Why the picture of a page cannot be read, or ""."""
    n = max(n_pixels, int(width * height * (OCR_DPI / POINTS_PER_INCH) ** 2))
    if n > MAX_PIXELS:
        return f"it is a picture of {n // 10**6} million pixels, more than {MAX_PIXELS // 10**6} million"
    return ""
