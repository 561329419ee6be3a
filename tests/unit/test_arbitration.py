"""Two texts for one cell: the picture decides, then arithmetic, else ours stays and says so; neither text is lost."""

from pathlib import Path

import pytest
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from auditable.arbitration import decide_cells
from auditable.engine import read_paper
from auditable.model import Box, Piece, Table, TableCell, TableRow
from tests.drawn_tables import PAGE, Drawn, Style, draw_page

CELL = Box(100, 40, 140, 48)


def table(*cells: TableCell, head: tuple[str, ...] = ("", "Arm A (N = 40)")) -> Table:
    row = TableRow(("Female",), cells, 2, Box(10, 40, 240, 48))
    piece = Piece(2, Box(5, 15, 250, 100), 90)
    return Table("T1", "Table 1", "", (piece,), 1, (head,), (tuple(() for _ in head),), (row,))


def differing(ours: str, theirs: str, marks: tuple[str, ...] = ()) -> TableCell:
    return TableCell(ours, marks, CELL, None, theirs, "differs")


def decided(cell: TableCell, picture: str, head: str = "Arm A (N = 40)") -> tuple[str, str | None, str]:
    found = decide_cells([table(cell, head=("", head))], lambda places: [picture for _ in places])[0].rows[0].cells[0]
    assert found.is_second == (found.text != cell.text)
    return found.text, found.second_text, found.decided_by


@pytest.mark.parametrize(
    ("ours", "theirs", "picture", "expected"),
    [
        ("0.03", "0.08", "0.03", ("0.03", "0.08", "picture")),
        ("0.03", "0.08", "0.08", ("0.08", "0.03", "picture")),
        ("0.03", "0.08", "0.09", ("0.03", "0.08", "undecided")),
        ("0.03", "0.08", "", ("0.03", "0.08", "undecided")),
        ("p = .20", "p .20", "p = .20", ("p = .20", "p .20", "picture")),
        ("1132 ((3320..50))", "13 (32.5) 12 (30.0)", "12 (30.0)", ("12 (30.0)", "1132 ((3320..50))", "picture")),
        ("1.054", "7 of 12 1.054", "1.054", ("1.054", "7 of 12 1.054", "picture")),
        ("9.99", "7 of 12 1.054", "1.054", ("9.99", "7 of 12 1.054", "undecided")),
    ],
    ids=["ours", "theirs", "neither", "nothing", "a sign", "text under text", "ours in a longer text", "words lost"],
)  # fmt: skip
def test_the_picture_decides(ours, theirs, picture, expected):
    assert decided(differing(ours, theirs), picture) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "head", "expected"),
    [
        ("18 (45.0)", "13 (45.0)", "Arm A (N = 40)", ("18 (45.0)", "13 (45.0)", "arithmetic")),
        ("13 (45.0)", "18 (45.0)", "Arm A (N = 40)", ("18 (45.0)", "13 (45.0)", "arithmetic")),
        ("1,204 (33%)", "1,024 (33%)", "All, n = 3,650", ("1,204 (33%)", "1,024 (33%)", "arithmetic")),
        ("18 (45.0)", "13 (45.0)", "Arm A", ("18 (45.0)", "13 (45.0)", "undecided")),
        ("18 (45.0)", "18 (45)", "Arm A (N = 40)", ("18 (45.0)", "18 (45)", "undecided")),
        ("14 (45.0)", "13 (45.0)", "Arm A (N = 40)", ("14 (45.0)", "13 (45.0)", "undecided")),
        ("18 (45.0)", "NR", "Arm A (N = 40)", ("18 (45.0)", "NR", "undecided")),
    ],
    ids=["ours", "theirs", "thousands", "no total", "both fit", "neither fits", "no share"],
)
def test_arithmetic_decides_where_the_picture_does_not(ours, theirs, head, expected):
    assert decided(differing(ours, theirs), "", head) == expected


def test_the_picture_comes_before_arithmetic():
    assert decided(differing("18 (45.0)", "13 (45.0)"), "13 (45.0)") == ("13 (45.0)", "18 (45.0)", "picture")


def test_a_text_whose_marks_have_no_known_place_is_not_exchanged():
    assert decided(differing("18", "13a", ("a",)), "13a") == ("18", "13a", "undecided")
    assert decided(differing("18", "13a", ("a",)), "18a") == ("18", "13a", "picture")


def test_only_cells_that_differ_are_looked_at_each_in_its_place():
    asked = []
    same = TableCell("5", (), Box(160, 40, 170, 48), None, "5", "same")
    made = table(same, differing("3", "8"), head=("", "A", "B"))
    found = decide_cells([made], lambda places: asked.extend(places) or ["8"])
    assert asked == [(2, 90, CELL)]
    assert [(c.text, c.decided_by) for c in found[0].rows[0].cells] == [("5", ""), ("8", "picture")]


def test_without_a_difference_no_picture_is_drawn():
    same = TableCell("5", (), CELL, None, "5", "same")
    assert decide_cells([table(same)], lambda places: pytest.fail(f"asked for {places}")) == (table(same),)


HEAD = [[("Characteristic", 0, 0), ("Arm A (N = 40)", 1, 1), ("Arm B (N = 38)", 2, 2)]]
ROWS = [
    (0, "Female, n (%)", ["18 (45.0)", "17 (44.7)"]),
    (0, "Male, n (%)", ["22 (55.0)", "21 (55.3)"]),
    (0, "Smoker, n (%)", ["5 (12.5)", "4 (10.5)"]),
    (0, "Other, n (%)", ["", "8 (21.1)"]),
]
X, Y = 60 + 190 + 55, PAGE[1] - (120 + 8 + 12 * 4 + 9)
"""Where the empty cell would be printed, its middle and base line."""


def invisible_text(canvas: Canvas) -> None:
    canvas.drawCentredString(X, Y, "12 (30.0)")
    text = canvas.beginText(X - 17, Y)
    text.setTextRenderMode(3)
    text.textOut("13 (32.5)")
    canvas.drawText(text)


def text_painted_over(canvas: Canvas) -> None:
    canvas.drawCentredString(X, Y, "13 (32.5)")
    canvas.setFillColor(white)
    canvas.rect(X - 30, Y - 2, 60, 9, stroke=0, fill=1)
    canvas.setFillColor(black)
    canvas.drawCentredString(X, Y, "12 (30.0)")


def fake_bold(canvas: Canvas) -> None:
    canvas.drawCentredString(X, Y, "12 (30.0)")
    canvas.drawCentredString(X + 0.9, Y + 0.3, "12 (30.0)")


@pytest.mark.parametrize("print_cell", [invisible_text, text_painted_over, fake_bold])
def test_a_cell_that_the_text_layer_holds_twice_is_read_as_printed(tmp_path: Path, print_cell) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=PAGE, invariant=1)
    draw_page(canvas, Drawn(HEAD, ROWS, Style()))
    canvas.setFont("Helvetica", 8)
    print_cell(canvas)
    canvas.showPage()
    canvas.save()
    found = read_paper(tmp_path / "a.pdf", "smith2021").tables[0]
    cell = found.rows[3].cells[0]
    assert (cell.text, cell.agreement, cell.decided_by, cell.is_second) == ("12 (30.0)", "differs", "picture", True)
    assert cell.second_text != cell.text
    assert {c.agreement for row in found.rows for c in row.cells if c is not cell} == {"same"}
