"""However a journal sets its numbers and signs, a cell holds them as they are printed, in one column."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from auditable.engine import read_paper
from tests.lying_fonts import register_honest

FORMS = [
    ("hyphen as minus", "-0.5", "-0.5"),
    ("minus", "\u22120.5 (\u22121.2 to \u22120.1)", "−0.5 (−1.2 to −0.1)"),
    ("hyphen", "\u20100.5", "‐0.5"),
    ("hyphen that does not break", "\u20110.5", "‑0.5"),
    ("en dash", "12\u201318", "12–18"),
    ("middle dot", "1\u00b725 (0\u00b79\u20131\u00b76)", "1·25 (0·9–1·6)"),
    ("dot operator", "1\u22c525", "1⋅25"),
    ("bullet operator", "1\u221925", "1∙25"),
    ("thousands by thin space", "12\u2009345", "12 345"),
    ("thousands by figure space", "12\u2007345", "12 345"),
    ("thousands by fixed space", "1\u00a0234\u00a0567", "1 234 567"),
    ("thousands by narrow fixed space", "12\u202f345", "12 345"),
    ("thousands by space", "12 345", "12 345"),
    ("thousands by comma", "12,345.6", "12,345.6"),
    ("thin spaces round a sign", "5\u2009±\u20092", "5 ± 2"),
    ("thin space behind a sign", "≥\u20093", "≥ 3"),
    ("en space before a unit", "10\u2002mg", "10 mg"),
    ("ligature of two", "modi\ufb01ed e\ufb00ect", "modified effect"),
    ("ligature of three", "o\ufb03ce", "office"),
    ("combining accent", "Mu\u0308ller", "Müller"),
    ("soft hyphen", "co\u00adhort", "cohort"),
    ("sign of no width", "3\u200b4", "34"),
    ("micro and mu", "5 \u00b5g 5 \u03bcg", "5 µg 5 μg"),
]
"""How it is called, what the PDF holds, what the cell must hold."""


@pytest.mark.parametrize(("printed", "cell"), [(p, c) for _, p, c in FORMS], ids=[name for name, _, _ in FORMS])
def test_a_printed_form_fills_one_cell(tmp_path: Path, printed: str, cell: str) -> None:
    """The whole column is set so: white in one place of every row must not make two columns of it."""
    font = register_honest("DejaVuSans")
    page = Canvas(str(tmp_path / "form.pdf"), pagesize=(420, 400), invariant=1)
    page.setFont(font, 8)
    page.drawString(40, 370, "Table 1. Patients at baseline.")
    for y in (364, 348, 268):
        page.line(40, y, 380, y)
    for x, label in ((180, "Arm A"), (300, "Arm B")):
        page.drawString(x, 352, label)
    for row in range(4):
        y = 334 - 20 * row
        page.drawString(40, y, f"Row of {'abcd'[row]}")
        page.drawString(180, y, printed)
        page.drawString(300, y, f"7 (5.{row})")
    page.showPage()
    page.save()
    table = read_paper(tmp_path / "form.pdf", "smith2021").tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [[cell, f"7 (5.{row})"] for row in range(4)]
    assert {c.agreement for row in table.rows for c in row.cells} == {"same"}
