"""Every body cell learns what the second reader saw in its place."""

from dataclasses import replace

import pytest

from auditable.agreement import (
    compare_tables,
    is_same_text,
    regions_to_ask_again,
    regions_to_read_twice,
    stands_at,
)
from auditable.model import Box, Piece, Table, TableCell, TableRow
from auditable.readers.second_regions import SecondCell, SecondReading, SecondRegion

COLUMN_PT, ROW_PT, STUB_PT = 60, 12, 100


def ink(row: int, col: int) -> Box:
    left = STUB_PT + COLUMN_PT * col
    return Box(left + 10, 50 + ROW_PT * row, left + 50, 60 + ROW_PT * row)


def tile(row: int, col: int, wide: int = 1) -> Box:
    left = STUB_PT + COLUMN_PT * col if col >= 0 else 0
    return Box(left, 49 + ROW_PT * row, STUB_PT + COLUMN_PT * (col + wide), 49 + ROW_PT * (row + 1))


def table(*rows: tuple[str, ...], marks: tuple[str, ...] = (), reader: str = "pdfplumber", turn: int = 0) -> Table:
    made = []
    for i, (label, *texts) in enumerate(rows):
        cells = tuple(TableCell(t, marks if t else (), ink(i, j) if t else None) for j, t in enumerate(texts))
        stub = Box(0, 50 + ROW_PT * i, 90, 60 + ROW_PT * i)
        made.append(TableRow((label,), cells, 3, replace(stub, x1=300), label_box=stub))
    piece = Piece(3, Box(0, 20, 300, 50 + ROW_PT * len(rows)), turn)
    n = len(rows[0]) - 1
    return Table("T1", "Table 1", "", (piece,), 1, (("",) * (n + 1),), (((),) * (n + 1),), tuple(made), reader=reader)


def second(*rows: tuple[tuple[int, int, str], ...]) -> SecondReading:
    """Tiles as (first column, columns, text); column -1 is the stub."""
    return SecondReading(
        tuple(tuple(SecondCell(text, tile(i, col, wide)) for col, wide, text in row) for i, row in enumerate(rows))
    )


def verdicts(ours: Table, theirs: SecondReading) -> list[tuple[str, str | None]]:
    return [(c.agreement, c.second_text) for row in compare_tables([ours], [theirs])[0].rows for c in row.cells]


def test_same_cells_are_the_same():
    ours = table(("Age", "70.5 (51–84)", "69"), ("Sex", "", "1"))
    theirs = second(((-1, 1, "Age"), (0, 1, "70.5 (51-84)"), (1, 1, "69")), ((-1, 1, "Sex"), (0, 1, ""), (1, 1, "1")))
    assert verdicts(ours, theirs) == [("same", "70.5 (51-84)"), ("same", "69"), ("same", ""), ("same", "1")]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("8 (25.0)", "8 (25.0)", ("same", "8 (25.0)")),
        ("8 (25.0)", "8 (26.0)", ("differs", "8 (26.0)")),
        ("12", "21", ("differs", "21")),
        ("3", "3 (16.7)", ("differs", "3 (16.7)")),
        ("0.5", "10.5", ("differs", "10.5")),
        ("8 (25.0)", "(25.0)", ("not found", None)),
        ("8 (25.0)", "", ("not found", None)),
    ],
)
def test_one_cell_against_one(ours, theirs, expected):
    assert verdicts(table(("A", ours)), second(((0, 1, theirs),))) == [expected]


def test_neighbours_run_together_are_not_found():
    ours = table(("IgG", "8 (25.0)", "14 (43.8)"))
    assert verdicts(ours, second(((0, 2, "8 (25.0) 14 (43.8)"),))) == [("not found", None)] * 2
    assert verdicts(ours, second(((-1, 3, "IgG 8 (25.0) 14 (43.8)"),))) == [("not found", None)] * 2


def test_a_neighbour_in_our_place_is_not_our_text():
    ours = table(("IgG", "(cid:2)", "14"))
    assert verdicts(ours, second(((-1, 2, "IgG"), (1, 1, "14")))) == [("not found", None), ("same", "14")]


def test_foreign_characters_in_a_joined_cell_differ():
    ours = table(("IgG", "8 (25.0)", "14 (43.8)"))
    assert verdicts(ours, second(((0, 2, "8 (25.0) 14 (48.8)"),))) == [
        ("differs", "8 (25.0) 14 (48.8)"),
        ("differs", "8 (25.0) 14 (48.8)"),
    ]


def test_cell_of_two_lines_is_put_together():
    cell = TableCell("NR (12.1 to NE)", (), Box(110, 50, 150, 72))
    ours = table(("A", "x"), ("B", "y"))
    row = TableRow(("PFS",), (cell,), 3, Box(0, 50, 300, 72))
    ours = Table(**{name: getattr(ours, name) for name in Table.__slots__ if name != "rows"}, rows=(row,))
    assert verdicts(ours, second(((0, 1, "NR (12.1"),), ((0, 1, "to NE)"),))) == [("same", "NR (12.1 to NE)")]


def test_scans_are_not_read_twice():
    ours = table(("A", "1"), reader="ocr")
    assert regions_to_read_twice([ours]) == []
    assert [c.agreement for row in compare_tables([ours], [])[0].rows for c in row.cells] == ["not read twice"]


def test_sideways_tables_are_read_on_their_turned_page():
    assert regions_to_read_twice([table(("A", "1"), turn=90)]) == [SecondRegion(3, Box(0, 50, 300, 60), 90)]


def test_cells_run_together_are_asked_for_again_with_our_borders():
    ours = table(("IgG", "8 (25.0)", "14 (43.8)"), ("IgA", "5", "6"))
    first = second(((-1, 1, "IgG"), (0, 2, "8 (25.0) 14 (43.8)")), ((-1, 1, "IgA"), (0, 1, "5"), (1, 1, "6")))
    once = compare_tables([ours], [first])
    assert regions_to_ask_again(once) == [SecondRegion(3, Box(0, 50, 300, 72), 0, (100, 160))]
    answer = second(((-1, 1, "IgG"), (0, 1, "8 (25.0)"), (1, 1, "14 (48.8)")), ((0, 1, "9"), (1, 1, "9")))
    twice = compare_tables(once, [answer], judged=("not found",))
    assert [[(c.agreement, c.second_text) for c in row.cells] for row in twice[0].rows] == [
        [("same", "8 (25.0)"), ("differs", "14 (48.8)")],
        [("same", "5"), ("same", "6")],
    ]


def test_nothing_is_asked_again_where_every_cell_was_found_or_columns_overlap():
    found = compare_tables([table(("A", "1"))], [second(((0, 1, "1"),))])
    assert regions_to_ask_again(found) == [None]
    wide = table(("A", "1"), ("B", "2"))
    rows = (wide.rows[0], replace(wide.rows[1], label_box=Box(0, 62, 120, 72)))
    lacking = compare_tables([replace(wide, rows=rows)], [second(((0, 1, ""),))])
    assert regions_to_ask_again(lacking) == [None]


@pytest.mark.parametrize("theirs", ["365", "≥65"])
def test_a_sign_put_right_from_its_picture_agrees_with_either_reading(theirs):
    ours = table(("Age", "≥65"))
    cell = replace(ours.rows[0].cells[0], layer_text="365")
    ours = replace(ours, rows=(replace(ours.rows[0], cells=(cell,)),))
    assert verdicts(ours, second(((0, 1, theirs),))) == [("same", theirs)]


def test_two_rows_run_together_with_their_labels_are_not_found():
    ours = table(("IgG", "8"), ("IgA", "5"))
    both = SecondCell("IgG 8 IgA 5", Box(0, 49, 160, 73))
    assert verdicts(ours, SecondReading(((both,),))) == [("not found", None)] * 2


def test_region_where_the_second_reader_gave_up_is_not_read_twice():
    assert verdicts(table(("A", "1")), SecondReading((), "camelot failed")) == [("not read twice", None)]


def test_region_is_the_body_without_its_boxhead():
    assert regions_to_read_twice([table(("A", "1"), ("B", "2"))]) == [SecondRegion(3, Box(0, 50, 300, 72))]


def test_a_row_that_stands_out_of_its_piece_by_a_hair_is_of_it():
    ours = table(("A", "1"))
    narrow = replace(ours, pieces=(replace(ours.pieces[0], box=Box(0.5, 20, 299.5, 61.5)),))
    assert verdicts(narrow, second(((0, 1, "2"),))) == [("differs", "2")]


@pytest.mark.parametrize(("bottom", "expected"), [(54.0, "differs"), (53.9, "not read twice")])
def test_a_row_whose_middle_lies_a_point_below_its_piece_is_still_of_it(bottom, expected):
    ours = table(("A", "1"))
    narrow = replace(ours, pieces=(replace(ours.pieces[0], box=Box(0, 20, 300, bottom)),))
    assert verdicts(narrow, second(((0, 1, "2"),)))[0][0] == expected


def test_each_region_needs_its_reading():
    with pytest.raises(ValueError, match="1 regions were to be read twice, 0 readings came"):
        compare_tables([table(("A", "1"))], [])


@pytest.mark.parametrize(
    ("ours", "theirs", "marks", "same"),
    [
        ("1 (5.6)", "1(5.6)", (), True),
        ("51–84", "51-84", (), True),
        ("−0.3", "-0.3", (), True),
        ("ﬁrst", "first", (), True),
        ("0.03", "0.03*", (), True),
        ("5 (15.6)", "5a (15.6)", ("a",), True),
        ("5 (15.6)", "5b (15.6)", ("a",), False),
        ("5 (15.6)", "5aa (15.6)", ("a",), False),
        ("≥65", ">65", (), False),
        ("Z = 1.02, p = .20", "= = Z 1.02, p .20", (), True),
        ("p = .20", "p .20", (), False),
        ("p = .20", "p .02 =", (), False),
        ("8 25", "25 8", (), False),
        ("0.03", "0.08", (), False),
        ("", "1", (), False),
    ],
)
def test_same_text(ours, theirs, marks, same):
    assert is_same_text(ours, theirs, marks) is same


@pytest.mark.parametrize(
    ("seen", "printed", "expected"),
    [
        (Box(0, 0, 20, 10), Box(10, 0, 30, 10), True),  # half of the width
        (Box(0, 0, 20, 10), Box(10.1, 0, 30.1, 10), False),
        (Box(0, 0, 100, 10), Box(95, 0, 105, 10), True),  # half of the narrower one
        (Box(95, 0, 105, 10), Box(0, 0, 100, 10), True),
        (Box(0, 0, 20, 10), Box(25, 0, 45, 10), False),
        (Box(0, 20, 20, 30), Box(0, 0, 20, 10), False),
        (Box(0, 5, 20, 50), Box(0, 0, 20, 10), True),  # the middle of the ink is on its edge
        (Box(0, 5.1, 20, 50), Box(0, 0, 20, 10), False),
        (Box(0, -40, 20, 5), Box(0, 0, 20, 10), True),
        (Box(0, -40, 20, 4.9), Box(0, 0, 20, 10), False),
        (Box(0, 8, 20, 12), Box(0, 0, 20, 10), True),  # the middle of the tile is on the edge of the ink
        (Box(0, 8.1, 20, 12), Box(0, 0, 20, 10), False),
        (Box(0, -2, 20, 2), Box(0, 0, 20, 10), True),
        (Box(0, -2.1, 20, 2), Box(0, 0, 20, 10), False),
    ],
)
def test_a_cell_stands_where_the_ink_is(seen, printed, expected):
    assert stands_at(seen, printed) is expected


def test_a_text_printed_twice_in_one_place_is_the_same_once():
    assert is_same_text("12 (3)", "12 (3) 12 (3)")
    assert not is_same_text("12 (3)", "12 (3) 12 (3) 12 (3)")
    assert not is_same_text("12 (3)", "12 12 (3) (3)")
    assert is_same_text("", "")


def test_columns_whose_ink_touches_have_no_border():
    ours = table(("A", "1", "2"))
    cells = ours.rows[0].cells
    touching = replace(ours.rows[0], cells=(cells[0], replace(cells[1], box=Box(150, 50, 210, 60))))
    lacking = compare_tables([replace(ours, rows=(touching,))], [second(((0, 1, ""), (1, 1, "")))])
    assert regions_to_ask_again(lacking) == [SecondRegion(3, Box(0, 50, 300, 60), 0, (100,))]


def test_rows_of_another_page_are_not_read_on_this_one():
    ours = table(("A", "1"), ("B", "2"))
    ours = replace(ours, rows=(ours.rows[0], replace(ours.rows[1], page=4)))
    assert regions_to_read_twice([ours]) == [SecondRegion(3, Box(0, 50, 300, 60))]
    assert verdicts(ours, second(((0, 1, "1"),))) == [("same", "1"), ("not read twice", None)]


def test_a_label_beside_a_foreign_row_explains_nothing():
    ours = table(("IgG", "8"), ("IgA", "5"))
    assert verdicts(ours, second(((-1, 2, "IgG 8"),), ((-1, 2, "IgG 5"),))) == [
        ("not found", None),
        ("differs", "IgG 5"),
    ]
