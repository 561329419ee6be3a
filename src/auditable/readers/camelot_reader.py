"""The same table regions read a second time, by another program: camelot on playa, which shares no code with the first
reader.

Comes in: a PDF, and boxes of tables on upright text pages. Goes out: for each region the rows of cells that camelot
made of it, in points from the top left; or the reason why there are none. Scans and sideways tables are left out by the
caller; comparing the two readings is left to agreement.py.
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
from auditable.readers.pdfium_reader import media_frames

FLAVOR = "stream"
"""Measured against hand-made truth beside network, hybrid and lattice: it puts most
texts into cells of their own."""
ROW_TOLERANCE_PT = 2
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
class SecondCell:
    """One cell as the second reader saw it; its box is the tile between row and column boundaries, not the ink."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class SecondReading:
    """One region read a second time, rows top down; problem says in plain words why rows is empty, else ""."""

    rows: tuple[tuple[SecondCell, ...], ...]
    problem: str = ""


def read_regions(pdf_path: Path, regions: Sequence[tuple[int, Box]]) -> list[SecondReading]:
    """One reading per (page, box), in the order given; boxes are those of the page as viewed.

    Raises AuditableError when the PDF itself cannot be opened; a region that fails gives an empty reading with its
    reason.
    """
    if not regions:
        return []
    data = read_pdf_bytes(pdf_path)
    sheets = media_frames(pdf_path, [page for page, _ in regions])
    # Camelot wants a file on disk, and leaves temporary files behind when it is killed: give it a folder of ours.
    with tempfile.TemporaryDirectory(prefix="auditable-") as folder:
        copy = Path(folder) / "paper.pdf"
        copy.write_bytes(data)
        readings = []
        for i, (page, box) in enumerate(regions):
            n_before = sum(p == page for p, _ in regions[:i])
            too_many = SecondReading((), f"more than {MAX_REGIONS} regions on page {page}")
            readings.append(_read_region(copy, page, box, sheets[page]) if n_before < MAX_REGIONS else too_many)
        return readings


def _read_region(copy: Path, page: int, box: Box, sheet: Box) -> SecondReading:
    slack = REGION_SLACK_PT
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
    for name in ("camelot", "playa"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = read_pdf(
                str(copy), pages=str(page), flavor=FLAVOR, suppress_stdout=True, table_areas=[area],
                row_tol=ROW_TOLERANCE_PT,
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
