"""Every body cell of a table, empty ones too, with its paths."""

from dataclasses import replace

from tables_drawn import BOX, draw_table, observe_tables

from auditable.model import TableCell, TableRow


def test_one_row_per_cell_with_both_paths() -> None:
    table = draw_table(
        [["", "Trial", "Trial"], ["", "A (n = 4)", "B (n = 5)"]], [("Sex", ["", ""]), ("Sex > Male", ["2", ""])]
    )
    cells = observe_tables(table).cells
    assert cells[["row", "col", "row_kind", "stub_path", "spanner_path", "text"]].values.tolist() == [
        [0, 0, "group", "Sex", "Trial > A (n = 4)", ""],
        [0, 1, "group", "Sex", "Trial > B (n = 5)", ""],
        [1, 0, "data", "Sex > Male", "Trial > A (n = 4)", "2"],
        [1, 1, "data", "Sex > Male", "Trial > B (n = 5)", ""],
    ]
    assert cells["x0_pt"].isna().tolist() == [True, True, False, True]


def test_table_without_boxhead_and_with_a_row_too_long_is_still_read() -> None:
    table = replace(draw_table([["", "A"]], [("Age (years)", ["61"])]), boxhead=(), boxhead_marks=())
    longer = replace(table, rows=(*table.rows, TableRow(("More",), (TableCell("1"), TableCell("2")), 1, BOX)))
    observed = observe_tables(longer)
    assert observed.cells["spanner_path"].tolist() == ["", "", ""]
    assert observed.observations["value"].tolist() == ["61", "1", "2"]


def test_marks_of_cell_row_and_column_are_joined() -> None:
    table = draw_table([["", "A"]], [("Age (years)", ["61"])], cell_marks={(0, 0): ("*",)})
    marked = replace(table, rows=(replace(table.rows[0], label_marks=("a",)),), boxhead_marks=(((), ("b",)),))
    assert observe_tables(marked).cells["marks"].tolist() == ["* a b"]
