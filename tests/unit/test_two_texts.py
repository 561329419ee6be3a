"""Where pdfium and pdfminer read different figures from a page, its numbers are doubted in words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from auditable.engine import read_paper

SIZE = 300
LINES = ("The dose was 12 mg once a day in 310 patients.", "It was 15 mg in all of the others.")


def pdf_of(path: Path, lines: Sequence[str], *, glyph_name: bytes = b"") -> Path:
    """One page; glyph_name: what the font calls the glyph of code 49, the figure 1."""
    out = io.BytesIO()
    page = Canvas(out, pagesize=(SIZE, SIZE), invariant=1, pageCompression=0)
    for row, line in enumerate(lines):
        page.drawString(30, 200 - 14 * row, line)
    page.saveState()
    page.rotate(90)
    page.drawString(40, -SIZE + 8, "Downloaded on 17 May 2024")
    page.restoreState()
    page.drawString(30, -40, "Proof 98765 of the printer")
    page.drawString(SIZE + 40, 100, "43210")
    page.showPage()
    page.save()
    data = out.getvalue()
    if glyph_name:
        plain = b"/Encoding /WinAnsiEncoding"
        assert plain in data
        data = data.replace(plain, b"/Encoding << /Differences [49 /" + glyph_name + b"] >>")
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("glyph_name", [b"", b"one", b"seven", b"uni0037"])
def test_a_page_that_both_read_alike_is_not_doubted(tmp_path: Path, glyph_name: bytes) -> None:
    """Print in the margin counts, print beyond the sheet does not."""
    assert read_paper(pdf_of(tmp_path / "sound.pdf", LINES, glyph_name=glyph_name), "s").problems == ()


@pytest.mark.parametrize("glyph_name", [b"g55", b"a49", b"SEVEN"])
def test_a_figure_that_only_one_of_them_can_name_is_told(tmp_path: Path, glyph_name: bytes) -> None:
    """pdfminer takes the code for the figure where the name says nothing: g55 may be a seven."""
    problems = read_paper(pdf_of(tmp_path / "names.pdf", LINES, glyph_name=glyph_name), "s").problems
    assert [p for p in problems if "two PDF libraries" in p] == [
        "Page 1: two PDF libraries read different figures from its text layer (4 only by pdfminer); compare its "
        "numbers with the picture."
    ]
