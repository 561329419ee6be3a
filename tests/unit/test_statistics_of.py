"""Which statistics a cell holds, by where its label, heads, caption and notes stand: one row per habit of a journal."""

import pytest
from tables_drawn import draw_table, observe_tables, spell

from auditable.model import Note

ARM = "Drug (n = 40)"


@pytest.mark.parametrize(
    ("row", "head", "caption", "cell", "expected"),
    [
        # the row label
        ("Age (years), median (range)", ARM, "", "70.5 (51–84)", ["median 70.5 years", "min 51 years", "max 84 years"]),
        ("Hb gr/L, median (IQR)", ARM, "", "11.1 (9.8–12.3)", ["median 11.1 gr/L", "q1 9.8 gr/L", "q3 12.3 gr/L"]),
        ("BMI (kg/m2), median (IQR)", ARM, "", "27.1 (3.7)", ["median 27.1 kg/m2", "iqr 3.7 kg/m2"]),
        ("Age, mean (SD), y", ARM, "", "68.7 (11.1)", ["mean 68.7 y", "sd 11.1 y"]),
        ("Age, mean ± SEM, y", ARM, "", "68.7 ± 1.1", ["mean 68.7 y", "se 1.1 y"]),
        ("Male — no. (%)", ARM, "", "10 (25)", ["n 10", "pct 25 %"]),
        ("ORR (%)", ARM, "", "60", ["pct 60 %"]),
        ("ORR (%)", ARM, "", "< 1", ["bound <1 %"]),
        ("ORR, % (95% CI)", ARM, "", "60 (45–74)", ["pct 60 %", "ci_low 45 %", "ci_high 74 %"]),
        ("ORR, n/N (%)", ARM, "", "12/34 (35.3)", ["n 12", "total 34", "pct 35.3 %"]),
        ("Female (%)", ARM, "", "22 (55.0)", ["n 22", "pct 55.0 %"]),
        ("Median PFS (months)", ARM, "", "11.5", ["median 11.5 months"]),
        ("Median PFS (months)", ARM, "", "NR", ["missing NR months"]),
        (
            "Median PFS, months (95% CI)",
            ARM,
            "",
            "NR (12.3–NE)",
            ["missing NR months", "ci_low 12.3 months", "ci_high NE months"],
        ),
        ("Hazard ratio (95% CI)", ARM, "", "0.62 (0.45–0.86)", ["hr 0.62", "ci_low 0.45", "ci_high 0.86"]),
        (
            "Age, median (IQR) [range]",
            ARM,
            "",
            "67 (60–73) [35–88]",
            ["median 67", "q1 60", "q3 73", "min 35", "max 88"],
        ),
        ("Lines, median (IQR; range)", ARM, "", "3 (2–4; 1–9)", ["median 3", "q1 2", "q3 4", "min 1", "max 9"]),
        (
            "Weight, kg",
            "Mean difference (95% CI)",
            "",
            "−1.2 (−2.3 to −0.1)",
            ["value -1.2 kg", "ci_low -2.3 kg", "ci_high -0.1 kg"],
        ),
        ("Blood pressure, mm Hg, systolic/diastolic", "Mean", "", "120/80", ["mean 120 mm Hg", "mean 80 mm Hg"]),
        ("Haemoglobin", "g/dL, mean (SD)", "", "11.2 (1.9)", ["mean 11.2 g/dL", "sd 1.9 g/dL"]),
        # the boxhead
        ("Female", "n (%)", "", "22 (55.0)", ["n 22", "pct 55.0 %"]),
        ("Deaths", "n (%)", "", "28", ["n 28"]),
        ("Age (years)", "Median (Q1, Q3)", "", "67 (47, 78)", ["median 67 years", "q1 47 years", "q3 78 years"]),
        ("Age, median (range)", "P value", "", "0.387", ["p 0.387"]),
        ("Age, n (%)", "P value", "", "<0.001", ["p <0.001"]),
        ("Age ≥ 65, n (%)", "HR (95% CI)", "", "0.62 (0.45–0.86)", ["hr 0.62", "ci_low 0.45", "ci_high 0.86"]),
        ("Age > 65, median (range)", "OR (95% CI)", "", "1.6 [1.1; 2.4]", ["or 1.6", "ci_low 1.1", "ci_high 2.4"]),
        ("Smoker", "Mean (SD) or n (%), Drug (n = 40)", "", "10 (25.0)", ["n 10", "pct 25.0 %"]),
        ("Score", "Mean (SD) or n (%), Drug (n = 40)", "", "10 (3)", ["mean 10", "sd 3"]),
        # the caption
        ("White", ARM, "Values are numbers (percentages) unless stated otherwise", "30 (79)", ["n 30", "pct 79 %"]),
        # the cell alone
        ("White", ARM, "", "30 (75%)", ["n 30", "pct 75 %"]),
        ("White", ARM, "", "75% (30)", ["pct 75 %", "n 30"]),
        ("White", ARM, "", "30 (75)", ["n 30", "pct 75 %"]),  # 30 of the 40 in the boxhead: arithmetic
        ("Age (years)", ARM, "", "67.8±8.3", ["mean 67.8 years", "sd 8.3 years"]),
        ("Response", ARM, "", "P = 0.03", ["p 0.03"]),
        ("Response", ARM, "", "45%", ["pct 45 %"]),
        ("Dose", ARM, "", "12 mg", ["value 12 mg"]),
        (
            "Change (kg), difference (95% CI)",
            ARM,
            "",
            "−1.2 (−2.3, −0.1)",
            ["value -1.2 kg", "ci_low -2.3 kg", "ci_high -0.1 kg"],
        ),
        ("Regimen", ARM, "", "VRd", ["text VRd"]),
        ("Deaths, n (%)", ARM, "", "–", ["missing -"]),
    ],
)
def test_statistics_of_a_cell(row: str, head: str, caption: str, cell: str, expected: list[str]) -> None:
    table = draw_table([["", head]], [(row, [cell])], caption)
    assert [s for s, _ in spell(observe_tables(table))] == expected


@pytest.mark.parametrize("cell", ["1.2 (0.4)", "39.8 (14.8)", "30 (7)", "51–84", "12 (3–20)"])
def test_numbers_that_nothing_names_are_left_out_with_a_reason(cell: str) -> None:
    observed = observe_tables(draw_table([["", ARM]], [("Score", [cell])]))
    assert observed.observations.empty
    assert observed.rejected["raw_text"].tolist() == [cell]
    assert "no label, caption or note" in observed.rejected["reason"][0]


def test_a_median_with_unnamed_limits_keeps_the_median_and_says_what_is_open() -> None:
    observed = observe_tables(draw_table([["", ARM]], [("Median age (years)", ["67 (48–81)"])]))
    assert [s for s, _ in spell(observed)] == ["median 67 years"]
    assert "48–81 behind a median" in observed.rejected["reason"][0]


def test_nearest_place_that_fits_decides() -> None:
    rows = [("Age, (years) median (range)", ["67 (48–81)"]), ("Age, (years) median (range) > < 70", ["31 (60.8)"])]
    told = spell(observe_tables(draw_table([["", "No. of patients (%)"]], rows)))
    assert told == [
        ("median 67 years", "row label"),
        ("min 48 years", "row label"),
        ("max 81 years", "row label"),
        ("n 31", "boxhead"),
        ("pct 60.8 %", "boxhead"),
    ]


def test_bare_count_under_a_group_that_speaks_of_a_median() -> None:
    rows = [("Age, median (range) > < 70", ["31"])]
    assert spell(observe_tables(draw_table([["", "No. of patients"]], rows))) == [("n 31", "boxhead")]


def test_note_of_a_mark_names_the_ratio_in_brackets() -> None:
    table = draw_table(
        [["", ARM]],
        [("Median DOR (months)", ["NR [0.425 (0.269−0.672)]"])],
        notes=(Note("g", "Hazard ratio with 95% CI"),),
        cell_marks={(0, 0): ("g",)},
    )
    assert spell(observe_tables(table)) == [
        ("missing NR months", "row label"),
        ("hr 0.425", "note"),
        ("ci_low 0.269", "note"),
        ("ci_high 0.672", "note"),
    ]


def test_list_of_abbreviations_names_no_statistic() -> None:
    notes = (Note("", "CI confidence interval, IQR interquartile range, SD standard deviation, HR hazard ratio"),)
    observed = observe_tables(draw_table([["", ARM]], [("Median age", ["67 (48–81)"])], notes=notes))
    assert [s for s, _ in spell(observed)] == ["median 67"]


def test_most_other_cells_of_a_column_name_a_count_and_its_percentage() -> None:
    rows = [(f"Item {i}, n (%)", [f"{i} (5)"]) for i in range(1, 4)] + [("Item without words", ["4 (7)"])]
    assert spell(observe_tables(draw_table([["", "Drug"]], rows)))[-2:] == [("n 4", "column"), ("pct 7 %", "column")]


def test_decimal_commas_are_settled_over_the_table() -> None:
    rows = [("Age, mean (SD)", ["67,5 (8,3)"]), ("Cells, n (%)", ["1.234 (45,6)"])]
    told = [s for s, _ in spell(observe_tables(draw_table([["", "Drug"]], rows)))]
    assert told == ["mean 67.5", "sd 8.3", "n 1234", "pct 45.6 %"]
