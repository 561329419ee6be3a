"""Which places around a cell are asked what it holds, in which order, and what each of them says."""

import pytest
from tables_drawn import draw_table, observe_tables, spell

from auditable.cell_statistics import places_of, read_cell, table_context
from auditable.cells import place_cells
from auditable.model import Note, Table
from auditable.settled import Place
from auditable.table_types import UNKNOWN, TableType

ARM = "Drug (n = 40)"
FLOW = TableType("flow", lambda _table, _kinds: 0, numbers_are="n")
SINGLE_PATIENTS = TableType("individual", lambda _table, _kinds: 0, takes_labels=False)


def tell(table: Table, kind: TableType = UNKNOWN) -> list[str]:
    """Each filled cell in printed order: its statistics with the place that told, or the reason why there is none."""
    context = table_context(table, kind)
    settled = [read_cell(context, placed) for placed in place_cells(table) if placed.cell.text]
    return [
        " | ".join(
            f"{x.name} {x.amount.comparator}{x.amount.digits or x.amount.text} @{x.place}" for x in one.statistics
        )
        or one.reason
        for one in settled
    ]


def spell_places(places: tuple[Place, ...] | list[Place]) -> list[str]:
    """Each place with its wordings: "row label: median/iqr"."""
    return [f"{p.name}: " + " ".join(f"{w.centre}/{w.spread}" for w in p.wordings) for p in places]


OPEN = "form “first (second)”: no label, caption or note says which statistics these are"


@pytest.mark.parametrize(
    ("label", "own", "part", "expected"),
    [
        ("Age, median (IQR)", "19 (11–30)", "8 (21.0)", OPEN),  # in another form than its group's numbers: a count
        ("Age, median (IQR)", "19 (11)", "8 (21.0)", "median 8 @row group | iqr 21.0 @row group"),
        ("Age, median (IQR)", "19 (11)", "8 (20.0)", "n 8 @cell | pct 20.0 @cell"),  # of 40
        ("Age, median (IQR)", "19 (11)", "8 (20)", "median 8 @row group | iqr 20 @row group"),
        ("Age, median (IQR)", "", "8 (21.0)", "median 8 @row group | iqr 21.0 @row group"),
        ("Age, median (IQR)", "19 (11–30)", "8.5 (21.0)", "median 8.5 @row group | iqr 21.0 @row group"),
        ("Age, median (IQR)", "19 (11–30)", "8 (121)", "median 8 @row group | iqr 121 @row group"),
        ("Age, median (IQR)", "19 (11–30)", "8 (3–9)", "median 8 @row group | q1 3 @row group | q3 9 @row group"),
        ("Age, median (IQR)", "67 (151,184)", "8 (21.0)", "median 8 @row group | iqr 21.0 @row group"),
        ("Age, mean ± SD", "19 ± 11", "8 (21.0)", OPEN),
        ("Age, range", "11–30", "8 (21.0)", OPEN),
        ("Age, mean (SE)", "19 ± 2", "8 (21.0)", OPEN),
        ("Age, n (%)", "19 (11–30)", "8 (21.0)", "n 8 @row group | pct 21.0 @row group"),
    ],
)
def test_a_group_with_numbers_of_its_own_speaks_of_these(label: str, own: str, part: str, expected: str) -> None:
    rows = [(label, [own]), (f"{label} > Young", [part]), ("Zeta, n (%)", ["3 (5)"])]
    assert tell(draw_table([["", ARM]], rows))[1 if own else 0] == expected


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([["", "Drug", "Drug"], ["", "n", "Baseline"]], "n 42 @boxhead"),
        ([["", "Drug", "Drug"], ["", "n", "Mean (SD)"]], "n 42 @boxhead"),
        ([["", "Drug", "Drug"], ["", "n", "Median"]], "n 42 @boxhead"),
        ([["", "Drug", "Drug"], ["", "n", "Range"]], "n 42 @boxhead"),
        ([["", "Trial", "Trial"], ["", "Drug", "Drug"], ["", "n", "Baseline"]], "n 42 @boxhead"),
        ([["", "n", "Baseline"]], "pct 42 @row label"),
        ([["", "Drug", "Other"], ["", "n", "Baseline"]], "pct 42 @row label"),
        ([["", "Other", "Drug"], ["", "n", "Mean (SD)"]], "pct 42 @row label"),
        ([["", "Trial", "Other"], ["", "Drug", "Drug"], ["", "n", "Baseline"]], "pct 42 @row label"),
        ([["", "Drug", "Drug"], ["", "n", "%"]], "pct 42 @row label"),
    ],
)
def test_a_column_of_counts_beside_measures_of_the_same_group(heads: list[list[str]], expected: str) -> None:
    assert tell(draw_table(heads, [("Ejection fraction, %", ["42", "31.7"])]))[0] == expected


@pytest.mark.parametrize(
    ("heads", "label", "expected"),
    [
        ([["", ARM]], "Age, median (range)", ["row label: median/range"]),
        (
            [["", "P value"]],
            "Age, median (range)",
            ["boxhead: p/", "boxhead: p/", "row label: median/range", "boxhead: p/"],
        ),
        ([["", "HR (95% CI)"]], "Age, n", ["boxhead: hr/ci", "row label: n/", "boxhead: hr/ci"]),
        ([["", "Mean"]], "Age, n", ["boxhead: mean/", "row label: n/", "boxhead: mean/"]),
        ([["", "SD"]], "Age, n", ["boxhead: /sd", "row label: n/", "boxhead: /sd"]),
        ([["", "n"]], "Age, mean", ["row label: mean/", "boxhead: n/", "boxhead: n/"]),
        ([["", "n (%)"]], "Age, mean", ["row label: mean/", "boxhead: n/pct"]),
        ([["", "Drug mean"]], "Age, n", ["row label: n/", "boxhead: mean/"]),
        ([["", "Median (range)"], ["", "n (%)"]], "Age", ["boxhead: n/pct", "boxhead: median/range"]),
        ([["", ARM]], "Size, n (%) > Tumour, mean (SD) > Left", ["row group: mean/sd", "row group: n/pct"]),
    ],
)
def test_places_are_asked_from_the_nearest_on(heads: list[list[str]], label: str, expected: list[str]) -> None:
    table = draw_table(heads, [(label, ["1.2"])])
    placed = next(place_cells(table))
    assert spell_places(places_of(table_context(table, UNKNOWN), placed)) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Adverse events (%)", "pct/"),
        ("Adverse events in ≥ 10% of patients (%)", "pct/"),
        ("Number of patients with events (%)", "n/pct"),
        ("Number of patients with events", "n/"),
        ("Characteristics, no. (%)", "n/pct"),
        ("Characteristics: mean (SD)", "mean/sd"),
        ("Mean (SD) of all scores", "mean/sd"),
        ("Values are means (SD)", "mean/sd"),
        ("Values are numbers, means (SD)", "n/ mean/sd"),
        ("Results for villages are means", ""),
        ("Results for villages are means (SD)", "mean/sd"),
        ("Hazard ratios (95% CI) for death", "hr/ci"),
        ("Hazard ratios for death", ""),
        ("Means (95% CI) of scores", ""),
        ("Patients at baseline", ""),
        ("", ""),
    ],
)
def test_a_caption_says_how_values_are_given_or_nothing(caption: str, expected: str) -> None:
    general = table_context(draw_table([["", ARM]], [("Age", ["1"])], caption), UNKNOWN).general
    assert spell_places(general) == ([f"caption: {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("stub_head", "expected"),
    [
        ("Variable, mean (SD)", ["boxhead: mean/sd"]),
        ("Patients", []),
        ("Variable", []),
        ("Variable, n (%)", ["boxhead: n/pct"]),
    ],
)
def test_the_head_of_the_stub_speaks_for_all_rows(stub_head: str, expected: list[str]) -> None:
    general = table_context(draw_table([[stub_head, ARM]], [("Age", ["1"])]), UNKNOWN).general
    assert spell_places(general) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Values are mean (SD). Weight was rounded.", ["note: mean/sd"]),
        ("Data are medians unless stated", ["note: median/"]),
        ("Data are n unless stated", []),
        ("Values of women are medians", []),
        ("Values of women are medians (IQR)", ["note: median/iqr"]),
        ("Values are mean (SD); others are median (IQR)", ["note: mean/sd", "note: median/iqr"]),
        ("CI confidence interval, SD standard deviation", []),
    ],
)
def test_a_note_speaks_for_the_table_sentence_by_sentence(text: str, expected: list[str]) -> None:
    table = draw_table([["", ARM]], [("Age", ["1"])], notes=(Note("", text),))
    assert spell_places(table_context(table, UNKNOWN).general) == expected


@pytest.mark.parametrize(
    ("notes", "marks", "expected"),
    [
        ([("*", "Mean (SD), † median (IQR), ‡ median (range)")], "*", "mean 9.1 @note | sd 3.2 @note"),
        ([("*", "Mean (SD), † median (IQR), ‡ median (range)")], "†", "median 9.1 @note | iqr 3.2 @note"),
        ([("*", "Mean (SD)"), ("§", "Median (IQR)")], "§", "median 9.1 @note | iqr 3.2 @note"),
        ([("*", "Mean (SD)"), ("§", "Weighed twice")], "§*", "mean 9.1 @note | sd 3.2 @note"),
        ([("*", "Mean (SD)")], "§", OPEN),
    ],
)
def test_notes_on_one_line_and_marks_printed_together(notes: list[tuple[str, str]], marks: str, expected: str) -> None:
    table = draw_table(
        [["", "Drug"]],
        [("Score", ["9.1 (3.2)"]), ("Weight", ["1.1 (3.2)"])],
        notes=tuple(Note(mark, text) for mark, text in notes),
        cell_marks={(0, 0): (marks,), (1, 0): ("*",)},
    )
    assert tell(table)[0] == expected


def test_three_notes_on_one_line_are_three() -> None:
    notes = (Note("*", "Mean (SD), † median (IQR), ‡ n (%)"),)
    rows = [("Score", ["9 (3)"]), ("Weight", ["1.1 (3.2)"]), ("Height", ["1.1 (3.2)"])]
    marks = {(0, 0): ("‡",), (1, 0): ("*",)}
    told = ["n 9 @note | pct 3 @note", "mean 1.1 @note | sd 3.2 @note", OPEN]
    assert tell(draw_table([["", "Drug"]], rows, notes=notes, cell_marks=marks)) == told


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        ([["", "A"]], [("Score", ["9.1 (3.2)"])], "mean 9.1 @note | sd 3.2 @note"),  # a mark of the title, say
        ([["", "A", "B*"]], [("Score", ["9.1 (3.2)", "9.2"])], OPEN),
        ([["", "A"]], [("Score", ["9.1 (3.2)"]), ("Height*", ["9.2"])], OPEN),
    ],
)
def test_a_note_to_a_mark_speaks_where_the_mark_stands(
    heads: list[list[str]], rows: list[tuple[str, list[str]]], expected: str
) -> None:
    assert tell(draw_table(heads, rows, notes=(Note("*", "Mean (SD)"),)))[0] == expected


@pytest.mark.parametrize(
    ("label", "cell", "expected"),
    [
        ("Screened", "12", "n 12 @caption"),
        ("Screened", "12.5", "value 12.5 @"),
        ("Screened", "45%", "pct 45 @cell"),
        ("Median age", "12", "median 12 @row label"),
        ("Screened", "12, p = 0.3", "value 12 @ | p 0.3 @cell"),
        ("Screened", "none", "text none @cell"),
    ],
)
def test_a_whole_number_without_words_is_what_the_type_of_the_table_says(label: str, cell: str, expected: str) -> None:
    assert tell(draw_table([["", "Records"]], [(label, [cell])]), FLOW) == [expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", "value 12 @cell"),
        ("<5", "bound <5 @cell"),
        ("≥5", "bound >=5 @cell"),
        ("~5", "value ~5 @cell"),
        ("p = 0.03", "value 0.03 @cell"),
        ("n = 3", "value 3 @cell"),
        ("12 (3)", "text 12 (3) @cell"),
        ("NR", "text NR @cell"),
        ("VRd  twice", "text VRd twice @cell"),
    ],
)
def test_a_cell_of_one_patient_is_a_value_whatever_its_labels_say(cell: str, expected: str) -> None:
    assert tell(draw_table([["", "n (%)"]], [("Mean (SD)", [cell])]), SINGLE_PATIENTS) == [expected]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("VRd", "text VRd @cell"),
        ("1.2.3", "no form of the grammar fits"),
        ("12 (3) of [4", "no form of the grammar fits"),
        ("12 ±", "no form of the grammar fits"),
        ("not given", "text not given @cell"),
    ],
)
def test_words_are_a_text_and_numbers_that_nothing_reads_are_none(cell: str, expected: str) -> None:
    assert tell(draw_table([["", ARM]], [("Age", [cell])])) == [expected]


@pytest.mark.parametrize(
    ("row", "cells", "expected"),
    [
        ("Weight (kg)", ["20 (8)", "21 (9)"], "mean 20 @note | sd 8 @note"),
        ("Weight", ["20 (8)", "21.5 (9)"], "mean 20 @note | sd 8 @note"),  # a count has no decimals
        ("Weight", ["20 (8)", "21.5% (9)"], OPEN),
        ("Weight, %", ["20 (8)", "21 (9)"], OPEN),
        ("Weight", ["20 (8)", "21 (9)"], OPEN),
    ],
)
def test_a_row_with_a_unit_or_decimals_holds_measurements(row: str, cells: list[str], expected: str) -> None:
    table = draw_table([["", "A", "B"]], [(row, cells)], notes=(Note("", "Values are mean (SD) or n (%)"),))
    assert tell(table)[0] == expected


def test_what_no_label_says_neighbours_say() -> None:
    rows = [(f"Item {i}, n (%)", [f"{i} (5)"]) for i in range(1, 4)] + [("Item", ["4 (7)"]), ("Other", ["0"])]
    assert tell(draw_table([["", "Drug"]], rows))[3:] == ["n 4 @column | pct 7 @column", "n 0 @column"]
    named = [("Item, n/N", ["4/7", "3/7"]), ("Other", ["4/7", "3/7"])]
    assert tell(draw_table([["", "A", "B"]], named))[0] == "n 4 @row label | total 7 @row label"
    in_all = tell(draw_table([["", "A", "Total"]], [("Aspirin", ["384 (78.7)", "488 (100)"])]))
    assert in_all == ["n 384 @row | pct 78.7 @row", "n 488 @row | pct 100 @row"]


def test_the_printed_number_of_patients_of_a_column_proves_a_share() -> None:
    table = draw_table([["", ARM, "Placebo"]], [("White", ["30 (75)", "30 (75)"])])
    assert tell(table)[0] == "n 30 @cell | pct 75 @cell"


@pytest.mark.parametrize(
    ("cell", "missing"), [("NR", "NR"), ("ND", "other"), ("–", "dash"), ("VRd", ""), ("not given", "")]
)
def test_a_word_of_one_patient_may_stand_for_a_missing_value(cell: str, missing: str) -> None:
    table = draw_table([["", "Dose"]], [("I", [cell])])
    settled = read_cell(table_context(table, SINGLE_PATIENTS), next(place_cells(table)))
    assert [s.amount.missing for s in settled.statistics] == [missing]


def test_a_line_of_heads_inside_a_group_holds_no_numbers_of_the_group() -> None:
    label = "Age, median (IQR)"
    rows = [(label, ["19 (11–30)"]), (f"={label}", ["n = 40"]), (f"{label} > Young", ["8 (21.0)"])]
    assert tell(draw_table([["", ARM]], rows))[-1] == OPEN


@pytest.mark.parametrize(
    ("marks", "other", "expected"),
    [
        ({(0, 0): ("†",)}, "3 (2–6)", "median 3 @note | q1 2 @note | q3 6 @note"),
        ({}, "3 (2–6)", "form “first (limits)”: no label, caption or note says which statistics these are"),
        ({(0, 0): ("†",)}, "3 (7)", OPEN),
        ({(0, 0): ("†",)}, "3", "value 3 @"),
    ],
)
def test_a_mark_of_a_cell_speaks_for_its_row_where_it_is_printed_alike(
    marks: dict[tuple[int, int], tuple[str, ...]], other: str, expected: str
) -> None:
    notes = (Note("†", "Median (interquartile range)."),)
    rows = [("Sessions attended", ["4 (2–8)", other]), ("Items > Other†", ["9 (3–12)", ""])]
    table = draw_table([["", "Drug", "Placebo"]], rows, notes=notes, cell_marks=marks)
    assert tell(table)[1] == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Age (years) > 20–34", "value 58.4"),
        ("Age (years) > ≥ 65", "value 58.4"),
        ("Age (years) > 65 or older", "value 58.4"),
        ("Age (years) > 65+", "value 58.4"),
        ("Age (years) > Men", "value 58.4 years"),
        ("Weight (kg) > Week 12", "value 58.4 kg"),
        ("Age (years)", "value 58.4 years"),
    ],
)
def test_a_class_of_a_measure_holds_no_amount_of_it(label: str, expected: str) -> None:
    """ "14.0" in the row "20–34" of "Age (years)" is a share of the patients, and no age."""
    observed = observe_tables(draw_table([["", "Drug", "Placebo"]], [(label, ["58.4", "65.3"])]))
    assert spell(observed)[0][0] == expected
