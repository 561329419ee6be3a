"""Cells whose statistics the table around them tells: rows of parts, notes to marks and to some rows, columns that
prove themselves. Each test prints its own table.
"""

import pytest
from tables_drawn import draw_table, observe_tables, spell

from auditable.model import Note, Table

HEADS = [["", "Drug (N = 412)"]]


def _said(table: Table) -> list[str]:
    return [text for text, _ in spell(observe_tables(table))]


@pytest.mark.parametrize(
    ("label", "own", "parts", "expected"),
    [
        # the row's own numbers stand in another form than those of its parts
        ("Age, median [IQR]", "19 [11 to 30]", "109 (26.5)", ["n 109", "pct 26.5 %"]),
        # the form is the same: a printed N proves the percentage
        ("Age, mean (SD)", "45.1 (12.3)", "109 (26.5)", ["n 109", "pct 26.5 %"]),
        ("Age, mean (SD)", "45.1 (12.3)", "44.0 (11.9)", ["mean 44.0", "sd 11.9"]),
        ("Weight, median [IQR]", "19 [11 to 30]", "12 [10 to 13]", ["median 12", "q1 10", "q3 13"]),
    ],
)
def test_parts_of_a_row_with_numbers_of_its_own_are_counted(
    label: str, own: str, parts: str, expected: list[str]
) -> None:
    rows = [(label, [own]), (f"{label} > 2-11 months", [parts])]
    notes = (Note("", "Values are numbers (%) unless another format is given."),)
    assert _said(draw_table(HEADS, rows, notes=notes))[-len(expected) :] == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Results for villages are unweighted means of 14 cluster values.", "value 654"),
        ("Values are means.", "mean 654"),
        ("Data for continuous variables are means.", "mean 654"),
    ],
)
def test_a_note_on_some_rows_makes_no_mean_of_the_others(note: str, expected: str) -> None:
    assert _said(draw_table(HEADS, [("Enrolled", ["654"])], notes=(Note("", note),))) == [expected]


def test_notes_to_two_marks_on_one_line_are_two() -> None:
    table = draw_table(
        HEADS,
        [("Operating time (min)", ["193 (40)"]), ("Blood loss (ml)", ["50 [30–75]"])],
        notes=(Note("*", "mean (s.d.), †median [i.q.r.]."),),
        cell_marks={(0, 0): ("*",), (1, 0): ("†",)},
    )
    assert _said(table) == ["mean 193 min", "sd 40 min", "median 50 ml", "q1 30 ml", "q3 75 ml"]


def test_counts_and_percentages_of_one_n_prove_themselves() -> None:
    pairs = [("Never", "458 (76)"), ("Ever", "146 (24)"), ("1 to 10", "63 (10)"), ("11 to 30", "43 (7)")]
    assert _said(draw_table([["", "Cases"]], [(a, [b]) for a, b in pairs]))[:4] == [
        "n 458",
        "pct 76 %",
        "n 146",
        "pct 24 %",
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ["45 (12)", "46 (13)", "44 (12)", "50 (14)"],  # means and SDs that grow alike
        ["458 (76)", "146 (34)", "63 (10)", "43 (7)"],  # one percentage is of another N
        ["458 (76)", "63 (10)", "43 (7)", "40 (7)"],  # no two rows are everybody
        ["458 (76)", "146 (24)", "0 (10)", "43 (7)"],  # nobody is ten per cent
        ["458 (76)", "146 (24)"],
    ],
)
def test_pairs_that_prove_nothing_stay_open(cells: list[str]) -> None:
    table = draw_table([["", "Cases"]], [(f"Row {i}", [c]) for i, c in enumerate(cells)])
    assert _said(table) == []
    assert len(observe_tables(table).rejected) == len(cells)


def test_a_count_out_of_a_total_speaks_for_its_row() -> None:
    heads = [["", "Drug no. of patients/total no.", "Placebo"]]
    assert _said(draw_table(heads, [("Male", ["99/410", "153/425"])])) == ["n 99", "total 410", "n 153", "total 425"]
    assert _said(draw_table([["", "Drug", "Placebo"]], [("Male", ["99/410", "153/425"])])) == []


@pytest.mark.parametrize(
    ("label", "cell", "expected"),
    [
        ("Exacerbations / patient-years", "156 / 191.0", ["events 156", "value 191.0"]),
        ("Rate (events / patient-years)", "0.80 (96 / 120.5)", ["rate 0.80", "events 96", "value 120.5"]),
        ("Events / patient-years", "96 / 1205", ["events 96", "value 1205"]),
        ("Events / patients", "96 / 1205", ["n 96", "total 1205"]),
        ("Exacerbations / patient-years", "156.2 / 191.0", []),
    ],
)
def test_events_over_a_time_at_risk(label: str, cell: str, expected: list[str]) -> None:
    observed = observe_tables(draw_table(HEADS, [(label, [cell])])).observations
    found = zip(observed["statistic"], observed["value"], strict=True)
    assert [f"{name} {value}" for name, value in found] == expected
    assert set(observed.loc[observed["statistic"] == "value", "unit"]) <= {"person-years"}


def test_a_head_wrapped_within_its_bracket_is_one_label_and_no_arm() -> None:
    heads = [["", "Drug", "Placebo", "Efficacy (95%"], ["End point", "Cases", "Cases", "CI)"]]
    observed = observe_tables(draw_table(heads, [("Infection", ["23", "76", "69.9 (51.4 to 82.0)"])])).observations
    last = observed.tail(3)
    assert list(last["statistic"]) == ["value", "ci_low", "ci_high"]
    assert set(last["spanner_path"]) == {"Efficacy (95% CI)"}
    assert set(last["arm"]) == {""}


def test_quantities_that_repeat_under_each_arm_are_no_arms() -> None:
    inner = ["Cases", "Person-yr", "Per 1000 person-yr"]
    heads = [["", *["Drug"] * 3, *["Placebo"] * 3], ["", *inner, *inner]]
    observed = observe_tables(draw_table(heads, [("Infection", ["23", "5,464.0", "4.2", "76", "5,441.3", "14.0"])]))
    assert list(observed.observations["arm"]) == ["Drug"] * 3 + ["Placebo"] * 3


def test_limits_in_the_rows_are_no_arms() -> None:
    heads = [["Cut-off", "Sensitivity, n/N (%)"]]
    rows = [("CRP", [""]), ("CRP > ≥20 mg/L", ["102/106 (96.2)"]), ("CRP > ≥50 mg/L", ["76/106 (71.7)"])]
    assert set(observe_tables(draw_table(heads, rows)).observations["arm"]) == {""}
