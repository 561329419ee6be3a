"""The second reader sees two figures side by side where one column was read: said once for each column."""

import pytest

from auditable.model import Box, Piece, Table, TableCell, TableRow
from auditable.readers.camelot_reader import SecondCell, SecondReading
from auditable.second_columns import find_parted_columns


def table(*texts: str, reader: str = "pdfplumber") -> Table:
    rows = tuple(
        TableRow((f"Row {i}",), (TableCell(text, (), Box(100, 50 + 12 * i, 200, 60 + 12 * i)),), 3, line(i))
        for i, text in enumerate(texts)
    )
    piece = Piece(3, Box(0, 20, 300, 50 + 12 * len(texts)))
    return Table("T2", "Table 2", "", (piece,), 1, (("", "Both"),), (((), ()),), rows, reader=reader)


def line(i: int) -> Box:
    return Box(0, 50 + 12 * i, 300, 60 + 12 * i)


def second(*rows: tuple[str, ...]) -> SecondReading:
    made = []
    for i, texts in enumerate(rows):
        wide = 100 / len(texts)
        boxes = [Box(100 + wide * k, 49 + 12 * i, 100 + wide * (k + 1), 61 + 12 * i) for k in range(len(texts))]
        made.append(tuple(SecondCell(text, box) for text, box in zip(texts, boxes, strict=True)))
    return SecondReading(tuple(made))


@pytest.mark.parametrize(
    ("ours", "theirs", "is_told"),
    [
        (["1.2 (3) −4.0", "5.1 <0.1"], [("1.2 (3)", "−4.0"), ("5.1", "<0.1")], True),
        (["8 (25.0)", "9 (28.1)"], [("8", "(25.0)"), ("9", "(28.1)")], False),
        (["Z = 1.0", "Z = 1.1"], [("Z =", "1.0"), ("Z =", "1.1")], False),
        (["1 2", "3"], [("1", "2"), ("3",)], False),
        (["1 2", "3 4", "5", "6", "7"], [("1", "2"), ("3", "4"), ("5",), ("6",), ("7",)], False),
        (["1 2", "3 4"], [("1", "9"), ("3", "8")], False),
        (["1 2", "3 4"], [("1 2",), ("3 4",)], False),
    ],
    ids=["two figures", "share in brackets", "statistic", "one row", "few rows", "other figures", "one column"],
)
def test_a_column_is_parted_where_most_rows_hold_two_figures(ours, theirs, is_told):
    assert bool(find_parted_columns([table(*ours)], [second(*theirs)])) is is_told


def test_the_sentence_names_place_and_example():
    assert find_parted_columns([table("1 2", "3 4")], [second(("1", "2"), ("3", "4"))]) == [
        "Page 3, Table 2: the second reader sees 2 columns where column 1 was read, in 2 of 2 rows: 1 | 2"
    ]


def test_a_scan_is_passed_over():
    both = [table("1 2", "3 4", reader="ocr"), table("1 2", "3 4")]
    assert len(find_parted_columns(both, [second(("1", "2"), ("3", "4"))])) == 1
