from auditable.model import Box, Piece, Table, TableCell, TableRow
from auditable.review.cell_states import CellState
from auditable.review.table_view import view_table

BOX = Box(0, 0, 10, 10)


def row(*path: str, kind: str = "data", cells: tuple[str, ...] = ("1", "2", "3")) -> TableRow:
    return TableRow(path, tuple(TableCell(c) for c in cells), 1, BOX, kind)


def table(boxhead: tuple[tuple[str, ...], ...], *rows: TableRow) -> Table:
    marks = tuple(tuple(() for _ in level) for level in boxhead)
    return Table("T1", "Table 1", "Caption", (Piece(1, BOX), Piece(2, BOX)), 1, boxhead, marks, rows)


def spans(boxhead: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, int]]]:
    view = view_table(table(boxhead, row("A")), {}, {})
    return [[(h.text, h.span) for h in level] for level in view.head]


def test_a_spanner_is_one_cell_and_last_labels_stay_apart() -> None:
    head = (("", "Trial A", "Trial A", "Trial B"), ("Item", "n (%)", "n (%)", "n (%)"))
    assert spans(head) == [[("Trial A", 2), ("Trial B", 1)], [("n (%)", 1)] * 3]


def test_equal_labels_under_other_spanners_are_not_joined() -> None:
    head = (("", "A", "B", "B"), ("", "Grade", "Grade", "Grade"), ("", "x", "y", "z"))
    assert spans(head)[1] == [("Grade", 1), ("Grade", 2)]


def test_blanks_are_never_joined() -> None:
    assert spans((("", "", "", "A"), ("", "x", "y", "z")))[0] == [("", 1), ("", 1), ("A", 1)]


def test_rows_are_indented_below_the_headings_that_are_shown() -> None:
    rows = (row("Age", kind="group"), row("Age", "Median"), row("Sex", "Female"), row("Sex", "Female", "Old"))
    view = view_table(table((("", "A", "B", "C"),), *rows), {}, {})
    assert [(r.label, r.depth) for r in view.rows] == [
        ("Age", 0), ("Median", 1), ("Sex > Female", 0), ("Old", 2),
    ]  # fmt: skip


def test_a_cell_gets_its_state_and_the_card_that_speaks_of_it() -> None:
    made = table((("", "A", "B", "C"),), row("Age", "Median"))
    view = view_table(made, {("T1", 0, 1): CellState("differs")}, {("T1", "Age > Median", "B"): "D-1"})
    assert [(c.state.gold, c.card) for c in view.rows[0].cells] == [("", ""), ("differs", "D-1"), ("", "")]
    assert (view.pages, view.n_columns) == ((1, 2), 3)


def test_the_text_not_chosen_is_shown_with_what_chose():
    cells = (
        TableCell("12", second_text="13", agreement="differs", decided_by="picture", is_second=True),
        TableCell("5", second_text="6", agreement="differs", decided_by="undecided"),
        TableCell("7", second_text="7", agreement="same"),
    )
    made = TableRow(("Age",), cells, 1, BOX)
    seen = view_table(table((("", "A", "B", "C"),), made), {}, {}).rows[0].cells
    assert [c.other_reading for c in seen] == [
        "first reader: 13, the picture decided", "second reader: 6, undecided", "",
    ]  # fmt: skip
