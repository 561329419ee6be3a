"""The same table regions read a second time, by another program: camelot on playa, which shares no code with the first
reader.

Comes in: a PDF, and boxes of tables on its text pages. Goes out: for each region the rows of cells that camelot made of
it, in points from the top left; or the reason why there are none. A sideways table is read on a copy whose page is
turned. Scans are left out by the caller; comparing the two readings is left to agreement.py.
"""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from camelot.core import Cell as CamelotCell
from camelot.io import read_pdf
from playa.exceptions import PDFException

from auditable.model import Box
from auditable.readers.pdf_file import read_pdf_bytes
from auditable.readers.sheets import media_frames, turned_copy

FLAVOR = "stream"
"""Measured against hand-made truth beside network, hybrid and lattice: it puts most
texts into cells of their own."""
ROW_TOLERANCE_PT = 2
LEVEL_TEXT_ONLY = {"detect_vertical": False}
"""Else camelot turns a page by itself when most of its lines run upwards, such as the labels of a figure's axes."""
MAX_REGIONS = 10
"""Of one page: camelot parses the page anew for each."""
REGION_SLACK_PT = 2.0
"""Camelot keeps a text line whose middle lies in the region; boxes of ink end sharp at the outer letters."""
_FAILURES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, OSError, PDFException, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip
"""What camelot and playa are known to raise on a page they do not understand."""


@dataclass(frozen=True, slots=True)
class SecondRegion:
    """What is to be read: a box on a page, in points of the page turned clockwise by turn_degrees.

    separators: x of the borders between columns, left to right; without any, camelot finds the columns itself.
    """

    page: int
    box: Box
    turn_degrees: int = 0
    separators: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondCell:
    """One cell as the second reader saw it; its box is the tile between row and column boundaries, not the ink."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One region read a second time, rows top down; problem says in plain words why rows is empty, else ""."""

    rows: tuple[tuple[SecondCell, ...], ...]
    problem: str = ""


def read_regions(pdf_path: Path, regions: Sequence[SecondRegion]) -> list[SecondReading]:
    """One reading per region, in the order given.

    Raises AuditableError when the PDF itself cannot be opened; a region that fails gives an empty reading with its
    reason.
    """
    if not regions:
        return []
    sheets = {turn: media_frames(pdf_path, pages, turn) for turn, pages in _pages_by_turn(regions).items()}
    # Camelot wants a file on disk, and leaves temporary files behind when it is killed: give it a folder of ours.
    with tempfile.TemporaryDirectory(prefix="auditable-") as folder:
        copies = {}
        for turn, pages in _pages_by_turn(regions).items():
            copies[turn] = Path(folder) / f"paper-{turn}.pdf"
            copies[turn].write_bytes(turned_copy(pdf_path, pages, turn) if turn else read_pdf_bytes(pdf_path))
        readings = []
        for i, region in enumerate(regions):
            if sum(r.page == region.page for r in regions[:i]) >= MAX_REGIONS:
                readings.append(SecondReading((), f"more than {MAX_REGIONS} regions on page {region.page}"))
            else:
                place = region.turn_degrees
                readings.append(_read_region(copies[place], region, sheets[place][region.page]))
        return readings


def _pages_by_turn(regions: Sequence[SecondRegion]) -> dict[int, list[int]]:
    turns = sorted({r.turn_degrees for r in regions})
    return {turn: sorted({r.page for r in regions if r.turn_degrees == turn}) for turn in turns}


def _read_region(copy: Path, region: SecondRegion, sheet: Box) -> SecondReading:
    page, box, slack = region.page, region.box, REGION_SLACK_PT
    # Camelot's area is left, top, right, bottom, counted upward and rightward from the lower left corner of the sheet.
    area = ",".join(
        f"{edge:.2f}"
        for edge in (
            box.x0 - slack - sheet.x0,
            sheet.bottom - box.top + slack,
            box.x1 + slack - sheet.x0,
            sheet.bottom - box.bottom - slack,
        )
    )
    given = [",".join(f"{x - sheet.x0:.2f}" for x in region.separators)] if region.separators else None
    for name in ("camelot", "playa"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = read_pdf(
                str(copy), pages=str(page), flavor=FLAVOR, suppress_stdout=True, table_areas=[area],
                row_tol=ROW_TOLERANCE_PT, columns=given, split_text=given is not None, layout_kwargs=LEVEL_TEXT_ONLY,
            )  # fmt: skip
    except _FAILURES as error:
        return SecondReading((), f"camelot failed on page {page}: {type(error).__name__}: {error}")
    if not len(found):
        return SecondReading((), f"camelot found no text in the region on page {page}")
    rows = []
    for row in found[0].cells:
        cells = (SecondCell(" ".join(c.text.split()), _from_sheet(c, sheet)) for c in row)
        rows.append(tuple(cells))
    return SecondReading(tuple(rows))


def _from_sheet(cell: CamelotCell, sheet: Box) -> Box:
    return Box(cell.x1 + sheet.x0, sheet.bottom - cell.y2, cell.x2 + sheet.x0, sheet.bottom - cell.y1)
