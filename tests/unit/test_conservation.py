"""Nothing printed in a table's box is lost quietly: what no part explains is listed with its place."""

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from auditable.conservation import find_left_over, leftover_problems
from auditable.engine import read_tables
from auditable.model import Box, Note, Page, Piece, Table, TableCell, TableRow, Word
from auditable.readers.pdfplumber_reader import read_pages
from tests.drawn_tables import PAGE, Drawn, Style, draw, draw_page

HEAD = [[("Characteristic", 0, 0), ("Arm A", 1, 1), ("Arm B", 2, 2)]]
ROWS = [(0, "Age, years", ["64", "66"]), (0, "Female", ["18 (45.0)", "17 (44.7)"]), (0, "Male", ["22", "21"])]


def word(text: str, x0: float, top: float, **more: bool) -> Word:
    return Word(text, Box(x0, top, x0 + 5 * len(text), top + 8), 8.0, **more)


def row(top: float, label: str, *texts: str, marks: tuple[str, ...] = (), own: tuple[str, ...] = ()) -> TableRow:
    boxes = [Box(100 + 60 * k, top, 140 + 60 * k, top + 8) for k in range(len(texts))]
    cells = tuple(TableCell(t, marks, b if t else None) for t, b in zip(texts, boxes, strict=True))
    label_box = Box(10, top, 90, top + 8) if label else None
    return TableRow((label,), cells, 1, Box(10, top, 240, top + 8), "data", own, label_box)


def table(*rows: TableRow, notes: tuple[Note, ...] = ()) -> Table:
    heads = (Box(10, 20, 60, 28), Box(100, 20, 200, 28), Box(100, 20, 200, 28))
    piece = Piece(1, Box(5, 15, 250, 100), 0, (heads,), Box(5, 2, 250, 12))
    marks = (((), ("a",), ("a",)),)
    return Table("T1", "Table 1", "Patients", (piece,), 1, (("Item", "Both arms", "Both arms"),), marks, rows, notes)


def left(made: Table, *words: Word, askew: tuple[Word, ...] = ()) -> list[str]:
    page = Page(1, 300, 300, words, askew=askew)
    return [o.text for o in find_left_over([made], [page])[0].left_over]


SEX = row(40, "Sex", "18", "17")
MARK, LAST_MARK = word("a", 106, 38, is_raised=True), word("a", 130, 38, is_raised=True)
POWER = [word("10", 10, 40), word("9", 20, 38, is_raised=True), word("/L", 25, 40)]


@pytest.mark.parametrize(
    ("rows", "words", "expected"),
    [
        ([SEX], [word("Sex", 10, 40), word("18", 100, 40), word("17", 160, 40)], []),
        ([SEX], [word("Sex", 10, 40), word("18", 100, 40), word("(45)", 115, 40)], ["(45)"]),
        ([SEX], [word("18", 100, 40), word("18", 110, 40)], ["18"]),
        ([SEX], [word("stray", 100, 60), word("text", 130, 60), word("elsewhere", 100, 200)], ["stray text"]),
        ([SEX], [word("Both", 100, 20), word("arms", 125, 20), word("a", 148, 19, is_raised=True)], []),
        ([SEX], [word("Both", 100, 20), word("arms", 125, 20), word("Both", 160, 20)], ["Both"]),
        ([row(40, "Haemato-logy", "1")], [word("Haemato-", 10, 40), word("logy", 52, 40)], []),
        ([row(40, "Haematology", "1")], [word("Haemato-", 10, 40), word("logy", 52, 40)], []),
        ([row(40, "Cells, 10⁹/L", "1")], POWER, []),
        ([row(40, "A", "5 (6)", marks=("a",))], [word("5", 100, 40), MARK, word("(6)", 112, 40), LAST_MARK], []),
        ([row(40, "A", "5", marks=("a",))], [word("5", 100, 40), word("a", 110, 40)], []),
        ([row(40, "A", "5", marks=("a",))], [word("5", 100, 40), word("a", 110, 40), word("a", 118, 40)], ["a"]),
        ([row(40, "", "5")], [word("5", 100, 40), word("unread", 10, 40)], ["unread"]),
    ],
    ids=["all placed", "beside a figure", "printed twice", "between rows", "a spanner with its mark",
         "a spanner's twin", "hyphen kept", "hyphen undone", "exponent", "one mark printed twice", "mark on the line",
         "letter that is no mark", "label not read"],
)  # fmt: skip
def test_what_no_part_explains_is_left_over(rows, words, expected):
    assert left(table(*rows), *words) == expected


def test_a_hyphen_within_a_label_is_not_used_up_by_one_that_was_undone():
    boxes = ((Box(10, 20, 60, 36), Box(100, 20, 140, 36), Box(150, 20, 200, 28)),)
    heads = (("Item", "Treatment", "Follow-up"),)
    made = table(SEX)
    pieces = (replace(made.pieces[0], boxhead_boxes=boxes), replace(made.pieces[0], page=2, boxhead_boxes=boxes))
    made = replace(made, pieces=pieces, boxhead=heads, boxhead_marks=(((), (), ()),))
    words = (word("Treat-", 100, 20), word("ment", 100, 28), word("Follow-up", 150, 20))
    found = find_left_over([made], [Page(1, 300, 300, words), Page(2, 300, 300, words)])
    assert found[0].left_over == ()


def test_words_that_run_askew_are_left_over_where_they_cross_the_table():
    askew = (word("Downloaded", 100, 40), word("on", 100, 60), word("Monday", 100, 200))
    assert left(table(SEX), askew=askew) == ["Downloaded on"]


def test_a_note_inside_the_frame_explains_its_words_and_no_others():
    note = Note("a", "On day 1.", 1, (Box(10, 80, 100, 88),))
    words = [word("a", 10, 79, is_raised=True), word("On", 16, 80), word("day", 30, 80), word("1.", 50, 80)]
    assert left(table(SEX, notes=(note,)), *words) == []
    assert left(table(SEX, notes=(note,)), *words, word("Adapted", 60, 80)) == ["Adapted"]


def test_a_word_of_a_neighbour_table_is_explained_by_it():
    both = [table(SEX), replace(table(row(60, "Age", "70")), table_id="T2")]
    page = Page(1, 300, 300, (word("Age", 10, 60), word("70", 100, 60), word("71", 110, 60)))
    assert [[o.text for o in t.left_over] for t in find_left_over(both, [page])] == [["71"], []]


def test_a_left_over_text_has_its_place_and_one_sentence():
    found = find_left_over([table(SEX)], [Page(1, 300, 300, (word("stray", 100, 60),))])
    assert found[0].left_over[0].box == Box(100, 60, 125, 68)
    assert leftover_problems(found) == [
        "Page 1: printed inside Table 1, but part of no cell, label, note or caption: stray"
    ]
    assert leftover_problems([table(SEX)]) == []


def test_sideways_words_in_a_drawn_table_are_reported(tmp_path: Path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=PAGE, invariant=1)
    draw_page(canvas, Drawn(HEAD, ROWS, Style()))
    canvas.rotate(90)
    canvas.drawString(PAGE[1] - 165, -245, "PROOF")
    canvas.showPage()
    canvas.save()
    tables, _, problems = read_tables(read_pages(tmp_path / "a.pdf", [1]))
    assert [o.text for o in tables[0].left_over] == ["PROOF"]
    assert problems == ["Page 1: printed inside Table 1, but part of no cell, label, note or caption: PROOF"]


def test_a_table_read_whole_leaves_nothing_over(tmp_path: Path):
    tables, _, problems = read_tables(read_pages(draw(tmp_path / "a.pdf", Drawn(HEAD, ROWS, Style())), [1]))
    assert (tables[0].left_over, problems) == ((), [])
