"""What is drawn is what is read: one printed habit a case, the table in and the paths and cells out."""

from dataclasses import replace

import pytest

from auditable.engine import read_tables
from auditable.model import Box
from auditable.readers.pdfplumber_reader import read_pages
from tests.drawn_tables import Drawn, Style, draw

HEAD = [[("Characteristic", 0, 0), ("Arm A (n = 40)", 1, 1), ("Arm B (n = 38)", 2, 2)]]
ROWS = [
    (0, "Age, median (range), years", ["64 (41–83)", "66 (39–80)"]),
    (0, "Sex, n (%)", ["", ""]),
    (1, "Female", ["18 (45.0)", "17 (44.7)"]),
    (1, "Male", ["22 (55.0)", "21 (55.3)"]),
    (0, "Smoker, n (%)", ["5 (12.5)", "–"]),
]
PATHS = [
    ("Age, median (range), years",),
    ("Sex, n (%)",),
    ("Sex, n (%)", "Female"),
    ("Sex, n (%)", "Male"),
    ("Smoker, n (%)",),
]


def read_one(path):
    tables, *_ = read_tables(read_pages(path, [1]))
    assert len(tables) == 1
    return tables[0]


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(rules="rows"),
        Style(rules="grid"),
        Style(rules="none"),
        Style(zebra=True),
        Style(zebra=True, rules="none"),
        Style(bold_groups=True),
        Style(caption="TABLE 1 | Baseline characteristics"),
        Style(caption="Table 1  Baseline characteristics"),
        Style(left=40.0, widths=(150.0, 60.0, 60.0)),
    ],
    ids=[
        "booktabs",
        "rule per row",
        "grid",
        "no rule",
        "zebra",
        "zebra alone",
        "bold",
        "bar label",
        "no stop",
        "narrow",
    ],
)
def test_a_table_is_read_cell_for_cell_whatever_its_lines(tmp_path, style):
    table = read_one(draw(tmp_path / "a.pdf", Drawn(HEAD, ROWS, style)))
    assert table.table_id == "T1"
    assert [r.path for r in table.rows] == PATHS
    assert [[c.text for c in r.cells] for r in table.rows] == [cells for _, _, cells in ROWS]
    assert table.boxhead[-1] == ("Characteristic", "Arm A (n = 40)", "Arm B (n = 38)")


def test_spanners_stand_over_each_of_their_columns(tmp_path):
    head = [
        [("Grade", 1, 2), ("Serious", 3, 4)],
        [("Event", 0, 0), ("Any", 1, 1), ("3 or more", 2, 2), ("Any", 3, 3), ("Related", 4, 4)],
    ]
    rows = [(0, "Anaemia", ["4", "1", "2", "0"]), (0, "Fever", ["7", "2", "1", "1"]), (0, "Pain", ["3", "0", "0", "0"])]
    style = Style(widths=(120.0, 80.0, 80.0, 80.0, 80.0))
    table = read_one(draw(tmp_path / "a.pdf", Drawn(head, rows, style)))
    assert [table.column_path(c) for c in range(4)] == [
        ("Grade", "Any"), ("Grade", "3 or more"), ("Serious", "Any"), ("Serious", "Related"),
    ]  # fmt: skip


def test_a_heading_rules_rows_that_are_not_set_in_until_the_next_heading(tmp_path):
    rows = [
        (0, "Stage", ["", ""]), (0, "I", ["9", "8"]), (0, "II", ["31", "30"]),
        (0, "Response", ["", ""]), (0, "Complete", ["4", "3"]), (0, "Partial", ["12", "11"]),
    ]  # fmt: skip
    table = read_one(draw(tmp_path / "a.pdf", Drawn(HEAD, rows, Style(indent=0.0, bold_groups=True))))
    assert [r.path for r in table.rows][1:3] == [("Stage", "I"), ("Stage", "II")]
    assert table.rows[-1].path == ("Response", "Partial")
    assert [r.kind for r in table.rows].count("group") == 2


def test_a_sub_header_in_the_body_is_told_from_data(tmp_path):
    rows = [
        (0, "Female", ["18 (45.0)", "17 (44.7)"]),
        (0, "Measurements", ["Median (Min, Max)", "Median (Min, Max)"]),
        (1, "Weight (kg)", ["71 (50, 98)", "73 (49, 99)"]),
    ]
    table = read_one(draw(tmp_path / "a.pdf", Drawn(HEAD, rows)))
    assert [r.kind for r in table.rows] == ["data", "subheader", "data"]
    assert table.rows[2].path == ("Measurements", "Weight (kg)")


def test_a_sub_header_without_a_label_is_not_the_rest_of_the_row_above(tmp_path):
    rows = [
        (0, "Active", ["3/40 (7.5)", "6/38 (15.8)"]),
        (0, "", ["M (SD)", "M (SD)"]),
        (0, "Weight (kg)", ["71 (12)", "73 (11)"]),
    ]
    table = read_one(draw(tmp_path / "a.pdf", Drawn(HEAD, rows)))
    assert [r.kind for r in table.rows] == ["data", "subheader", "data"]
    assert [c.text for c in table.rows[0].cells] == ["3/40 (7.5)", "6/38 (15.8)"]


def test_rows_set_in_under_no_heading_hang_on_the_stub_head(tmp_path):
    head = [[("Sex", 0, 0), ("N (%)", 1, 1)]]
    rows = [(1, "Female", ["10 (55.6)"]), (1, "Male", ["8 (44.4)"]), (0, "ECOG", ["N (%)"]), (1, "0", ["5 (27.8)"])]
    table = read_one(draw(tmp_path / "a.pdf", Drawn(head, rows, Style(widths=(200.0, 100.0)))))
    assert [r.path for r in table.rows] == [("Sex", "Female"), ("Sex", "Male"), ("ECOG",), ("ECOG", "0")]


def test_notes_stay_outside_the_body(tmp_path):
    style = Style(note="* Two patients were not assessed.")
    table = read_one(draw(tmp_path / "a.pdf", Drawn(HEAD, [*ROWS, (0, "LDH raised*", ["3 (7.5)", "4 (10.5)"])], style)))
    assert table.rows[-1].path == ("LDH raised",)
    assert table.rows[-1].label_marks == ("*",)
    assert [(n.mark, n.text) for n in table.notes] == [("*", "Two patients were not assessed.")]


def test_a_caption_below_belongs_to_the_table_over_it(tmp_path):
    below = Style(caption="Table 1: Baseline characteristics", caption_below=True)
    other = Style(caption="Table 2: Outcomes", caption_below=True)
    path = draw(tmp_path / "a.pdf", Drawn(HEAD, ROWS, below), Drawn(HEAD, ROWS[1:4], other))
    tables, *_ = read_tables(read_pages(path, [1, 2]))
    assert [(t.table_id, len(t.rows)) for t in tables] == [("T1", 5), ("T2", 3)]


def test_a_continued_table_is_one_table_with_or_without_its_head(tmp_path):
    again = Style(caption="Table 1 (Continued)")
    path = draw(
        tmp_path / "a.pdf", Drawn(HEAD, ROWS[:3], Style()), Drawn(HEAD, ROWS[3:4], again), Drawn([], ROWS[1:], again)
    )
    tables, *_ = read_tables(read_pages(path, [1, 2, 3]))
    assert [t.table_id for t in tables] == ["T1"]
    assert [p.page for p in tables[0].pieces] == [1, 2, 3]
    assert [r.path[-1] for r in tables[0].rows] == [
        "Age, median (range), years", "Sex, n (%)", "Female", "Male", "Sex, n (%)", "Female", "Male", "Smoker, n (%)",
    ]  # fmt: skip
    assert tables[0].rows[3].path == ("Sex, n (%)", "Male")


def test_a_caption_without_a_table_is_told(tmp_path):
    path = draw(tmp_path / "a.pdf", Drawn([], [], Style(caption="Table 7. Not printed here.", rules="none")))
    *_, problems = read_tables(read_pages(path, [1]))
    assert problems == ["Page 1: no table could be read at the caption of Table 7."]


def test_running_text_that_names_a_table_is_no_table(tmp_path):
    style = Style(caption="Figure 1. A picture.", rules="none")
    tables, *_ = read_tables(read_pages(draw(tmp_path / "a.pdf", Drawn([], [], style)), [1]))
    assert tables == []


def test_ink_that_stays_unread_inside_a_table_is_told(tmp_path):
    page = read_pages(draw(tmp_path / "a.pdf", Drawn(HEAD, ROWS)), [1])[0]
    inside, outside = Box(300, 160, 305, 166), Box(300, 500, 305, 506)
    *_, problems = read_tables([replace(page, unread=(inside, outside))])
    assert problems == [
        "Page 1: 1 printed signs in Table 1 could not be read, the first 300 points from the left and 160 from the top."
    ]
