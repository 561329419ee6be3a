"""The same table regions read a second time, by another program: camelot on playa, which shares no code with the first
reader.

Comes in: a PDF, and boxes of tables on its text pages. Goes out: for each region the rows of cells that camelot's
stream parser made of it (measured against hand-made truth beside network, hybrid and lattice, it puts most texts into
cells of their own), in points from the top left; or the reason why there are none. For a sideways table the page is
turned. Scans are left out by the caller; comparing the two readings is left to agreement.py.
"""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import playa
import pypdfium2 as pdfium
from playa.exceptions import PDFException, PDFTextExtractionNotAllowed
from playa.miner import LTContainer, LTItem

from auditable.model import Box
from auditable.readers.pdf_file import read_pdf_bytes
from auditable.readers.quick_camelot import (
    CamelotCell,
    CamelotTable,
    Stream,
    get_image_char_and_text_objects,
    get_page_layout,
)
from auditable.readers.second_regions import SecondCell, SecondReading, SecondRegion
from auditable.readers.sheets import media_frame

ROW_TOLERANCE_PT = 2
LEVEL_TEXT_ONLY = {"detect_vertical": False}
"""Else camelot turns a page by itself when most of its lines run upwards, such as the labels of a figure's axes."""
MAX_REGIONS = 10
"""Of one page, and as many again with borders between columns."""
PARSED_PAGES = 4
"""Pages that stay parsed: a table that is asked for again stands on one of the last."""
PAGES_PER_OPENING = 50
"""Pages after which the file is opened anew: playa keeps every object it has read."""
REGION_SLACK_PT = 2.0
"""Camelot keeps a text line whose middle lies in the region; boxes of ink end sharp at the outer letters."""
for _name in ("camelot", "playa"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
_FAILURES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, PDFException, RuntimeError, StopIteration,
    TypeError, ValueError,
)  # fmt: skip
"""What camelot and playa are known to raise on a page they do not understand."""


class SecondReader:
    """One PDF, open for its second reading; a page is parsed once for all its regions that are asked for in a row."""

    def __init__(self, pdf_path: Path) -> None:
        self._pdf_path = pdf_path
        self._n_read: Counter[tuple[int, bool]] = Counter()
        self._layouts: dict[tuple[int, int], _Layout] = {}
        self._n_parsed = 0

    def read(self, regions: Sequence[SecondRegion]) -> list[SecondReading]:
        """One reading per region, in the order given.

        Raises AuditableError when the PDF itself cannot be opened; a region that fails gives an empty reading with its
        reason.
        """
        return [self._read(region) for region in regions]

    def _read(self, region: SecondRegion) -> SecondReading:
        page, sheet = region.page, media_frame(self._sheets, region.page, region.turn_degrees)
        asked = page, bool(region.separators)
        self._n_read[asked] += 1
        if self._n_read[asked] > MAX_REGIONS:
            return SecondReading((), f"more than {MAX_REGIONS} regions on page {page}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = _find_table(self._layout(page, region.turn_degrees), region, sheet)
        except _FAILURES as error:
            return SecondReading((), f"camelot failed on page {page}: {type(error).__name__}: {error}")
        if found is None:
            return SecondReading((), f"camelot found no text in the region on page {page}")
        rows = [(SecondCell(" ".join(c.text.split()), _from_sheet(c, sheet)) for c in row) for row in found.cells]
        return SecondReading(tuple(map(tuple, rows)))

    @cached_property
    def _data(self) -> bytes:
        return read_pdf_bytes(self._pdf_path)

    @cached_property
    def _sheets(self) -> pdfium.PdfDocument:
        return pdfium.PdfDocument(self._data)

    def _layout(self, page: int, turn: int) -> _Layout:
        """The texts of a page turned clockwise. Raises what playa raises."""
        if (page, turn) not in self._layouts:
            if self._n_parsed % PAGES_PER_OPENING == 0:
                self._document = _open(self._data)
            self._n_parsed += 1
            if len(self._layouts) >= PARSED_PAGES:
                del self._layouts[next(iter(self._layouts))]
            self._layouts[page, turn] = _layout_of(self._document.pages[page - 1], turn)
        return self._layouts[page, turn]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What camelot's finder of tables takes of a page: playa's layout, its size, pictures and lines of text."""

    page: Any
    size: tuple[float, float]
    images: list[Any]
    level: list[Any]
    upward: list[Any]


def _open(data: bytes) -> playa.Document:
    document = playa.parse(data, space="page")
    if not document.is_extractable:
        raise PDFTextExtractionNotAllowed("its owner does not allow text to be taken out")
    return document


def _layout_of(page: playa.Page, turn: int) -> _Layout:
    own = page.rotate
    page.set_initial_ctm("page", own + turn)
    try:
        layout, size = get_page_layout(page, **LEVEL_TEXT_ONLY)
    finally:
        page.set_initial_ctm("page", own)
    images, _, level, upward = get_image_char_and_text_objects(cast("LTContainer[LTItem]", layout))
    return _Layout(layout, size, images, level, upward)


def _find_table(layout: _Layout, region: SecondRegion, sheet: Box) -> CamelotTable | None:
    """The one table that camelot's stream parser makes of the region; the steps of camelot.read_pdf without its
    parsing of the page."""
    given = [",".join(f"{x - sheet.x0:.2f}" for x in region.separators)] if region.separators else None
    parser = Stream(
        table_areas=[_area(region.box, sheet)], row_tol=ROW_TOLERANCE_PT, columns=given, split_text=given is not None
    )
    parser.prepare_page_parse(
        "", layout.page, layout.size, region.page, layout.images, list(layout.level), list(layout.upward), "",
        layout_kwargs=LEVEL_TEXT_ONLY,
    )  # fmt: skip
    return next(iter(sorted(parser.extract_tables())), None)


def _area(box: Box, sheet: Box) -> str:
    """Left, top, right, bottom, counted upward and rightward from the lower left corner of the sheet."""
    slack = REGION_SLACK_PT
    edges = (
        box.x0 - slack - sheet.x0,
        sheet.bottom - box.top + slack,
        box.x1 + slack - sheet.x0,
        sheet.bottom - box.bottom - slack,
    )
    return ",".join(f"{edge:.2f}" for edge in edges)


def _from_sheet(cell: CamelotCell, sheet: Box) -> Box:
    return Box(cell.x1 + sheet.x0, sheet.bottom - cell.y2, cell.x2 + sheet.x0, sheet.bottom - cell.y1)
