"""Habits of print that only the whole table explains: each is one hand-made table, printed and read back."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from auditable.engine import read_tables
from auditable.readers.pdfplumber_reader import read_pages
from tests.printed.content import PrintedCell, PrintedHead, PrintedRow, PrintedTable
from tests.printed.differences import differences
from tests.printed.printing import print_tables
from tests.printed.style import InkStyle


def row(label, cells, *, depth=0, path=(), kind="data", group=None):
    """One row; group: the label of a first stub column, "" where it is not printed again."""
    labels = (PrintedCell(label),) if group is None else (PrintedCell(group), PrintedCell(label))
    return PrintedRow(depth, labels, tuple(PrintedCell(c) for c in cells), (*path, label), kind)


def read_back(tmp_path, table, style, width=400.0):
    """What the reading differs in from the print; empty when it is whole."""
    path = print_tables(tmp_path / "a.pdf", [(table, style, width)])
    tables, *_ = read_tables(read_pages(path, [1]))
    assert len(tables) == 1
    return differences(table, tables[0])


def heads(*texts, first=1):
    return tuple(PrintedHead(t, first + k, first + k) for k, t in enumerate(texts))


def table_of(head, rows, n_stub=1):
    return PrintedTable("Table 1", "Findings", head, tuple(rows), (), n_stub)


STUB = PrintedHead("Measure", 0, 0)
LONG = "Time from symptom onset to admission to the hospital"


def test_a_spanner_without_a_rule_stands_over_the_columns_it_is_centred_on(tmp_path):
    head = (
        (PrintedHead("Placebo", 1, 2), PrintedHead("Warfarin", 3, 4)),
        (STUB, *heads("Baseline", "Week 12", "Baseline", "Week 12")),
    )
    rows = [row(f"Marker {k}", [f"{k}.1", f"{k}.2", f"{k}.3", f"{k}.4"]) for k in range(1, 6)]
    assert read_back(tmp_path, table_of(head, rows), InkStyle(spanner_rules=False)) == []


def test_a_spanner_over_the_arms_leaves_out_the_column_of_p_values(tmp_path):
    head = ((PrintedHead("Study arm", 1, 2),), (STUB, *heads("Placebo", "Warfarin", "p value")))
    rows = [row(f"Marker {k}", [f"{k} (5.1)", f"{k} (7.3)", "0.03"]) for k in range(1, 6)]
    assert read_back(tmp_path, table_of(head, rows), InkStyle(spanner_rules=False)) == []


def test_values_between_two_lines_of_their_label_are_one_row(tmp_path):
    rows = [row("Age, years", ["61", "64"]), row(LONG, ["3.5", "4.1"]), row("Weight, kg", ["70", "72"])]
    head = ((STUB, *heads("Placebo", "Warfarin")),)
    style = InkStyle(valign="middle", stub_share=0.3)
    assert read_back(tmp_path, table_of(head, rows), style, width=220.0) == []


def test_rows_wider_apart_than_lines_tell_a_wrapped_label_from_a_heading(tmp_path):
    rows = [row("Age", ["61", "64"]), row("Received Rituximab Before Any Second Admission", ["3", "4"])]
    rows += [row("Weight", ["70", "72"]), row("Height", ["170", "171"])]
    head = ((STUB, *heads("Placebo", "Warfarin")),)
    style = InkStyle(valign="bottom", stub_share=0.3, row_gap=0.3)
    assert read_back(tmp_path, table_of(head, rows), style, width=220.0) == []


def test_a_group_name_amid_its_rows_heads_all_of_them(tmp_path):
    pairs = [("Sex", ["Female", "Male"]), ("Smoker", ["Never", "Former", "Current", "Unknown"])]
    rows = [
        row(child, ["5 (20)", "7 (31)"], path=(group,), group=group if k == 0 else "")
        for group, children in pairs
        for k, child in enumerate(children)
    ]
    head = ((PrintedHead("Domain", 0, 0), PrintedHead("Level", 1, 1), *heads("Placebo", "Warfarin", first=2)),)
    for style in (InkStyle(merge_stub=True, rules="grid"), InkStyle(merge_stub=True, rules="none"), InkStyle()):
        assert read_back(tmp_path, table_of(head, rows, n_stub=2), style) == []


def test_a_column_without_a_cell_keeps_its_place(tmp_path):
    rows = [row(f"Event {k}", [str(k), "", str(k + 3)]) for k in range(1, 6)]
    head = ((STUB, *heads("Any grade", "Grade 3", "Grade 5")),)
    assert read_back(tmp_path, table_of(head, rows), InkStyle()) == []


def test_italic_groups_stand_under_bold_ones_where_nothing_is_set_in(tmp_path):
    rows = [row("Age", ["61"])]
    for outer in ("Infections", "Cancers"):
        rows.append(row(outer, [""], kind="group"))
        for inner in ("First year", "Second year"):
            rows.append(row(inner, [""], depth=1, path=(outer,), kind="group"))
            rows += [row(leaf, ["7"], depth=2, path=(outer, inner)) for leaf in ("Mild", "Severe")]
    style = InkStyle(cue="bold, italic")
    assert read_back(tmp_path, table_of(((STUB, *heads("All")),), rows), style) == []


def test_labels_centred_in_the_stub_are_not_set_in(tmp_path):
    labels = ["Haemoglobin (g/L)", "Platelets", "Creatinine (µmol/L)", "ALT", "C-reactive protein"]
    path = tmp_path / "centred.pdf"
    canvas = Canvas(str(path), pagesize=(500, 300), invariant=1)
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(40, 260, "Table 1. Laboratory values.")
    for x0, x1, y in ((40, 340, 250), (40, 340, 234), (40, 340, 154)):
        canvas.line(x0, y, x1, y)
    canvas.drawCentredString(100, 239, "Variable")
    canvas.drawCentredString(260, 239, "Before")
    canvas.setFont("Helvetica", 9)
    for k, label in enumerate(labels):
        canvas.drawCentredString(100, 223 - 15 * k, label)
        canvas.drawCentredString(260, 223 - 15 * k, f"{12 + k}.4 (2.{k})")
    canvas.save()
    table = read_tables(read_pages(path, [1]))[0][0]
    assert [row.path for row in table.rows] == [(label,) for label in labels]


def test_labels_of_many_lines_beside_one_column_do_not_end_the_table(tmp_path):
    path = tmp_path / "long.pdf"
    canvas = Canvas(str(path), pagesize=(500, 300), invariant=1)
    canvas.setFont("Helvetica-Bold", 8)
    canvas.drawString(40, 270, "Table 1. Adverse events in the safety population")
    canvas.drawString(40, 250, "Preferred term")
    canvas.drawString(240, 250, "Exercise (N = 262)")
    canvas.setFont("Helvetica", 8)
    rows = [
        (230, "Asthma", 230, "378"), (214, "Obesity", 214, "97"),
        (198, "Number of relapses in the", 193, "41.7 ± 14.3"), (188, "   previous two years", None, ""),
        (172, "Bone mineral density at", 167, "36.7 (6.9, 86.1)"), (162, "   the femoral neck", None, ""),
        (146, "Fever", 146, "12"), (130, "Total", 130, "381"),
    ]  # fmt: skip
    for y_label, label, y_cell, cell in rows:
        canvas.drawString(40, y_label, label)
        if y_cell is not None:
            canvas.drawString(260, y_cell, cell)
    canvas.save()
    table = read_tables(read_pages(path, [1]))[0][0]
    assert [(row.path[-1], row.cells[0].text) for row in table.rows] == [
        ("Asthma", "378"), ("Obesity", "97"), ("Number of relapses in the previous two years", "41.7 ± 14.3"),
        ("Bone mineral density at the femoral neck", "36.7 (6.9, 86.1)"), ("Fever", "12"), ("Total", "381"),
    ]  # fmt: skip
