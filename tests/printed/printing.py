"""Random printed tables on pages of their own, with running text above and below: the fixture of the printed tests."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from tests.printed.content import PrintedTable, random_table
from tests.printed.ink import draw_caption, draw_notes, draw_table
from tests.printed.setting import TooWideError, set_table
from tests.printed.style import InkStyle, random_style

PAGE_WIDTH_PT, PAGE_HEIGHT_PT, SCRATCH_HEIGHT_PT = 595.0, 790.0, 6000.0
MARGIN_PT, FOOT_PT = 55.0, 40.0
WIDTHS_PT = (485.0, 485.0, 420.0, 330.0, 240.0)
PROSE = "Patients of every centre were followed for as long as they came to the clinic, and no longer."


def random_print(seed: int) -> tuple[PrintedTable, InkStyle, float]:
    """Table, style and width of one seed: the first of its random draws that fits the page."""
    rng = Random(seed)
    while True:
        table = random_table(rng)
        style, width = random_style(rng, table), rng.choice(WIDTHS_PT)
        try:
            set_table(table, style, width - style.size_pt)
        except TooWideError:
            continue
        return table, style, width


def print_tables(path: Path, prints: Sequence[tuple[PrintedTable, InkStyle, float]]) -> Path:
    """A PDF with one table a page; a page is as high as its table needs."""
    scratch = Canvas(BytesIO(), pagesize=(PAGE_WIDTH_PT, SCRATCH_HEIGHT_PT))
    canvas = Canvas(str(path), pagesize=(PAGE_WIDTH_PT, PAGE_HEIGHT_PT), invariant=1)
    for drawn in prints:
        bottom = _draw_page(scratch, *drawn)
        canvas.setPageSize((PAGE_WIDTH_PT, max(PAGE_HEIGHT_PT, bottom + FOOT_PT)))
        _draw_page(canvas, *drawn)
        canvas.showPage()
    canvas.save()
    return path


def _draw_page(canvas: Canvas, table: PrintedTable, style: InkStyle, width: float) -> float:
    y = _prose(canvas, 40.0, 4) + 16
    y = draw_caption(canvas, table, style, MARGIN_PT, y, width) + 4
    y = draw_table(canvas, table, style, MARGIN_PT, y, width)
    y = draw_notes(canvas, table, style, MARGIN_PT, y, width)
    return _prose(canvas, y + 30, 5)


def _prose(canvas: Canvas, top: float, n_lines: int) -> float:
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Times-Roman", 10.5)
    for k in range(n_lines):
        canvas.drawString(MARGIN_PT, float(canvas._pagesize[1]) - top - 12.6 * (k + 1), PROSE)
    return top + 12.6 * n_lines
