"""Which statistics a cell holds, by where its label, heads, caption and notes stand: one row per habit of a journal."""

import pytest
from tables_drawn import draw_table, observe_tables, spell

from auditable.model import Note
from auditable.settled import Place
from auditable.statistics_of import settle
from auditable.values import parse_cell
from auditable.wording import read_wordings

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
        ("OR for ≥ 50% (95% CI)", ARM, "", "1.78 (1.11–2.86)", ["or 1.78", "ci_low 1.11", "ci_high 2.86"]),
        ("GMT on day 31 (95% CI)", ARM, "", "1,044 (968–1,127)", ["value 1044", "ci_low 968", "ci_high 1127"]),
        ("Likelihood ratio (95% CI)", ARM, "", "8.25 (5.42–12.6)", ["value 8.25", "ci_low 5.42", "ci_high 12.6"]),
        ("Age", "Comparison (95% CI)", "", "Diff 0.14 (0.07–0.22)", ["value 0.14", "ci_low 0.07", "ci_high 0.22"]),
        ("Age", "Comparison (95% CI)", "", "Δ −6 (−7 to −5)", ["value -6", "ci_low -7", "ci_high -5"]),
        ("Cmax (ng/mL), geometric mean (CV%)", ARM, "", "534 (22.6)", ["value 534 ng/mL", "value 22.6 %"]),
        (
            "Age",
            "Median [first quartile, third quartile]",
            "",
            "17 [10, 27]",
            ["median 17", "q1 10", "q3 27"],
        ),
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


def _one(cell: str, row: str = "Row", head: str = ARM, caption: str = "", notes: tuple[Note, ...] = ()) -> list[str]:
    return [s for s, _ in spell(observe_tables(draw_table([["", head]], [(row, [cell])], caption, notes)))]


@pytest.mark.parametrize(
    ("row", "head", "caption", "cell", "expected"),
    [
        # events and the patients that had them
        ("Headache", "n (%) E", "", "12 (30.0) 15", ["n 12", "pct 30.0 %", "events 15"]),
        ("Headache", "n (%) [events]", "", "12 (30.0) [15]", ["n 12", "pct 30.0 %", "events 15"]),
        (
            "Headache",
            "No. of events (no. of patients, % patients)",
            "",
            "31 (29, 13.7%)",
            ["events 31", "n 29", "pct 13.7 %"],
        ),
        ("Headache", ARM, "", "3 events in 2 patients (5.0%)", ["events 3", "n 2", "pct 5.0 %"]),
        # a number of patients beside the statistic
        ("Weight (g), mean (SD)", ARM, "", "n=35, 3132.4 (581.7)", ["n 35", "mean 3132.4 g", "sd 581.7 g"]),
        (
            "No, median (IQR) minutes",
            ARM,
            "",
            "39, 210 (125–350)",
            ["n 39", "median 210 minutes", "q1 125 minutes", "q3 350 minutes"],
        ),
        ("Score", ARM, "Values are numbers, means (SDs)", "39, 7.7 (5.0)", ["n 39", "mean 7.7", "sd 5.0"]),
        # p values printed in the cell
        ("Weight", "OR (95% CI)", "", "1.31 (0.79–2.15) P=.29", ["or 1.31", "ci_low 0.79", "ci_high 2.15", "p .29"]),
        ("Week 8", "χ²(1)", "", "2.81, p = .09", ["value 2.81", "p .09"]),
        (
            "Weight, kg",
            "Odds ratio (95% CI)",
            "",
            "−1.2 (−2.3 to −0.1)",
            ["value -1.2 kg", "ci_low -2.3 kg", "ci_high -0.1 kg"],
        ),
        ("Weight, mean (SD)", "β (95% CI)", "", "−1.2 (−2.3 to −0.1)", ["value -1.2", "ci_low -2.3", "ci_high -0.1"]),
        # rates keep what they are counted by
        ("Bleeding", ARM, "", "0.5/1000 live births", ["rate 0.5 /1000 live births"]),
        (
            "Events/100 patient-yr (95% CI)",
            ARM,
            "",
            "0.62 (0.36–0.95)",
            ["rate 0.62 /100 patient-yr", "ci_low 0.36 /100 patient-yr", "ci_high 0.95 /100 patient-yr"],
        ),
        # parts named by the label, or in the cell
        ("Sex (M/F)", "Drug (n = 29)", "", "17 / 12", ["n 17", "n 12"]),
        ("Number of patients < 45 / ≥ 45 years", ARM, "", "11 / 18", ["n 11", "n 18"]),
        ("Stage (I/II/III)", "Drug (n = 29)", "", "10/13/6", ["n 10", "n 13", "n 6"]),
        ("Genotype", "Drug (n = 29)", "", "17 CC / 12 CT", ["n 17", "n 12"]),
        ("M:F ratio", ARM, "", "3.1 : 1", ["value 3.1", "value 1"]),
        # one label offers counts and means
        ("Women", ARM, "Values are mean ± SD or n (%)", "20 (83)", ["n 20", "pct 83 %"]),
        ("Weight (kg)", ARM, "Values are mean (SD) or n (%)", "20 (8)", ["mean 20 kg", "sd 8 kg"]),
        ("Women", ARM, "Values are mean (SD) or n (%)", "20 (83)", []),  # 20 of 24 with data, or a mean: open
        # captions
        ("Nausea", "Drug", "Adverse events in ≥ 10% of patients (%)", "24", ["pct 24 %"]),
        ("Nausea", "Drug", "Adverse events (number of patients)", "24", ["n 24"]),
        ("Nausea", "Drug", "Number of patients with events", "24", ["n 24"]),
        # columns of one statistic
        ("LVEF [%]", "Median", "", "55", ["median 55 %"]),
        ("Duration — min", "SE", "", "2.9", ["se 2.9 min"]),
        ("Heart rate, beats/min", "Mean", "", "79", ["mean 79 beats/min"]),
        ("Age, years", "SMD", "", "0.14", ["value 0.14"]),
        ("Geometric mean (CV%)", ARM, "", "12.3 (45)", ["value 12.3", "value 45 %"]),
        ("Genotype", ARM, "", "1a", ["text 1a"]),
    ],
)
def test_more_habits_of_journals(row: str, head: str, caption: str, cell: str, expected: list[str]) -> None:
    assert _one(cell, row, head, caption) == expected


@pytest.mark.parametrize(
    ("note", "cell", "expected"),
    [
        ("Values in brackets refer to the percentage of participants.", "9 (3)", ["n 9", "pct 3 %"]),
        ("Values in parentheses are standard deviations.", "9.1 (3.2)", ["mean 9.1", "sd 3.2"]),
        ("Data are mean (SD) or no. (%).", "8 (20)", ["n 8", "pct 20 %"]),
        ("Values in bold mean they are statistically significant.", "27.4", ["value 27.4"]),
        ("Hazard ratios with 95% CI were estimated by a Cox model.", "0.6 (0.4–0.9)", []),
    ],
)
def test_a_note_tells_how_values_are_given_or_nothing(note: str, cell: str, expected: list[str]) -> None:
    assert _one(cell, notes=(Note("", note),)) == expected


def test_a_star_that_a_note_explains_is_a_p_value() -> None:
    notes = (Note("*", "p < 0.05, ** p < 0.01"),)
    table = draw_table(
        [["", "Mean"]], [("A", ["3.1"]), ("B", ["4.1"])], notes=notes, cell_marks={(0, 0): ("*",), (1, 0): ("**",)}
    )
    assert spell(observe_tables(table)) == [
        ("mean 3.1", "boxhead"),
        ("p <0.05", "note"),
        ("mean 4.1", "boxhead"),
        ("p <0.01", "note"),
    ]


def test_a_mark_inside_a_label_leads_to_its_note() -> None:
    table = draw_table(
        [["", "n", "Baseline"]], [("Volume,‡ mL", ["42", "80.8 (37.2)"])], notes=(Note("‡", "Mean (SD)."),)
    )
    told = [("n 42", "boxhead"), ("mean 80.8 mL", "note"), ("sd 37.2 mL", "note")]
    assert spell(observe_tables(table)) == told


def test_a_row_without_label_that_names_statistics_is_a_subheader() -> None:
    rows = [("", ["M (SD)", "M (SD)"]), ("Age", ["48.5 (10.9)", "48.4 (10.0)"])]
    told = spell(observe_tables(draw_table([["", ARM, "Control (n = 35)"]], rows)))
    assert [s for s, _ in told] == ["mean 48.5", "sd 10.9", "mean 48.4", "sd 10.0"]
    assert {place for _, place in told} == {"sub-header"}


def test_a_subheader_centred_over_all_columns_speaks_for_each() -> None:
    rows = [("", ["number", "of patients"]), ("Stroke", ["1", "3"])]
    told = spell(observe_tables(draw_table([["", ARM, "Control (n = 35)"]], rows)))
    assert [s for s, _ in told] == ["n 1", "n 3"]


def test_neighbours_speak_where_labels_do_not() -> None:
    heads = [["", "Baseline, mean (SD)", "", "Week 4, mean (SD)"]]
    row = spell(observe_tables(draw_table(heads, [("Score", ["4.9 (1.7)", "5.2 (1.6)", "5.1 (1.7)"])])))
    assert row[2:4] == [("mean 5.2", "row"), ("sd 1.6", "row")]
    shares = spell(observe_tables(draw_table([["", "A", "Total"]], [("Aspirin", ["384 (78.7)", "488 (100)"])])))
    assert shares[:2] == [("n 384", "row"), ("pct 78.7 %", "row")]
    none = spell(observe_tables(draw_table([["", "A"]], [("Stroke", ["3 (1.4%)"]), ("Death", ["0"])])))
    assert none[-1] == ("n 0", "column")


@pytest.mark.parametrize(
    ("row", "cell", "note", "expected"),
    [
        ("Time (min) (95% CI)", "46.7 ± 20.0 (44, 49)", "Numbers are mean ± SD.", ["ci_low 44 min", "ci_high 49 min"]),
        ("Time (min), mean ± SD (range)", "46.7 ± 20.0 (4–99)", "", ["min 4 min", "max 99 min"]),
        ("Time (min)", "46.7 ± 20.0 (4–99)", "Numbers are mean ± SD.", []),  # range or interval: nothing says
    ],
)  # fmt: skip
def test_limits_behind_a_mean_and_its_sd_are_what_a_place_says(
    row: str, cell: str, note: str, expected: list[str]
) -> None:
    assert _one(cell, row, notes=(Note("", note),)) == ["mean 46.7 min", "sd 20.0 min", *expected]


def test_a_column_of_counts_beside_measurements_counts_in_a_row_in_percent_too() -> None:
    heads = [["", "Drug", "Drug", "Drug"], ["", "n", "Baseline", "Change"]]
    rows = [("Ejection fraction, %, mean (SD)", ["42", "31.7 (9.9)", "1.8 (5.7)"]), ("Volume, %", ["50", "3", "4"])]
    told = spell(observe_tables(draw_table(heads, rows)))
    assert told[0] == ("n 42", "boxhead")
    assert ("n 50", "boxhead") in told


@pytest.mark.parametrize(
    ("row", "cell", "expected"),
    [
        ("Number of women (men)", "28 (12)", ["n 28", "n 12"]),  # 28 + 12 of n = 40
        ("Number of women (men)", "28 (10)", []),
        ("Number of patients", "28 (10)", []),
        ("Number of tablets", "2.8 (1.1)", ["mean 2.8", "sd 1.1"]),
    ],
)
def test_a_count_is_no_mean_whatever_the_note_says_of_other_rows(row: str, cell: str, expected: list[str]) -> None:
    assert _one(cell, row, notes=(Note("", "Values are mean (SD)."),)) == expected


def test_halves_of_a_pair_are_the_categories_they_name() -> None:
    observed = observe_tables(draw_table([["", ARM]], [("Number of women (men)", ["28 (12)"])])).observations
    assert list(zip(observed["value"], observed["category"], strict=True)) == [("28", "female"), ("12", "male")]


def test_number_asked_among_counts_with_percentages_is_a_total() -> None:
    assert _one("n = 38", "Symptoms, n (%) > Fatigue") == ["total 38"]
    assert _one("n = 38", "Age, mean (SD)") == ["n 38"]


def test_a_note_on_ratios_tells_nothing_of_a_whole_number() -> None:
    notes = (Note("", "Hazard ratios (HR) with 95% CI are given, adjusted for age."),)
    assert _one("593 913", "No. of person-years", notes=notes) == ["value 593913 person-years"]


def test_neither_standardised_differences_nor_errors_of_coefficients_are_in_the_unit_of_the_row() -> None:
    heads = [["", "SMD (95% CI)", "Mean difference", "SE b"]]
    told = spell(observe_tables(draw_table(heads, [("Weight, kg", ["0.2 (0.1–0.3)", "1.2", "0.018"])])))
    assert [s for s, _ in told] == ["value 0.2", "ci_low 0.1", "ci_high 0.3", "value 1.2 kg", "se 0.018"]


def test_an_open_number_under_no_head_has_no_unit_of_the_row() -> None:
    table = draw_table([["", ARM, ""]], [("Weight, kg, mean (SD)", ["71 (9)", "12"]), ("Height, cm", ["171", "0.26"])])
    assert [s for s, _ in spell(observe_tables(table))][-2:] == ["value 171 cm", "value 0.26"]


def _settle(
    cell: str, labels: str = "", totals: tuple[int, ...] = (), habit: tuple[str, ...] | None = None
) -> tuple[list[str], str]:
    """Each statistic as "name value unit @place #part", and the reason. labels: "row label=n (%)|caption=…"."""
    parted = [label.split("=", 1) for label in labels.split("|") if label]
    settled = settle(parse_cell(cell), [Place(name, read_wordings(text)) for name, text in parted], totals, habit)
    told = [
        " ".join(
            [s.name, s.amount.comparator + (s.amount.digits or s.amount.text), *([s.amount.unit] * bool(s.amount.unit))]
        )
        + f" @{s.place}"
        + f" #{s.part}" * bool(s.part)
        for s in settled.statistics
    ]
    return told, settled.reason


@pytest.mark.parametrize(
    ("cell", "labels", "expected"),
    [
        # the form alone
        ("12 (45%)", "", "n 12 @cell|pct 45 @cell"),
        ("45% (12)", "", "pct 45 @cell|n 12 @cell"),
        ("45% (1.5)", "", ""),
        ("1.5 (45%)", "", ""),
        ("12/34 (35.3%)", "", "n 12 @cell|total 34 @cell|pct 35.3 @cell"),
        ("35/34 (35)", "", ""),
        ("33.3% (12/36)", "", "pct 33.3 @cell|n 12 @cell|total 36 @cell"),
        ("33.3% (36/12)", "", ""),
        ("12/34 (35; 20–53)", "", "n 12 @cell|total 34 @cell|pct 35 @cell|ci_low 20 @cell|ci_high 53 @cell"),
        ("n = 38", "", "n 38 @cell"),
        ("n = 38", "row label=n (%)", "total 38 @cell"),
        ("n = 38", "row label=mean (SD)|boxhead=n (%)", "n 38 @cell"),
        ("χ2(1) = 2.88, p = .09", "", "value 2.88 @cell #χ2(1)|p .09 @cell"),
        ("Fisher, p = .61", "", "p .61 @cell"),
        ("3 vs 1, P = 0.001", "", "p 0.001 @cell #3 vs 1"),
        ("t(1267) 20·1", "", "value 20.1 @cell #t(1267)"),
        ("12.3 per 100 patient-years", "", "rate 12.3 per 100 patient-years @cell"),
        ("0.5 mg", "", "value 0.5 mg @"),
        ("p = NS", "", "p NS @cell"),
        ("– (–)", "", "missing - @cell|missing - @cell"),
        # words in the cell speak before any label
        ("HR 0.62 (95% CI 0.45–0.86)", "row label=OR", "hr 0.62 @cell|ci_low 0.45 @cell|ci_high 0.86 @cell"),
        ("median 12 (range 5–20)", "row label=mean (SD)", "median 12 @cell|min 5 @cell|max 20 @cell"),
        # what stands beside a statistic, before it or behind it
        ("39, 7.7 (5.0)", "row label=n, mean (SD)", "n 39 @cell|mean 7.7 @row label|sd 5.0 @row label"),
        ("39, 7.7 (5.0)", "row label=mean (SD)", ""),
        ("39, 7.7 (5.0)", "row label=mean, n (SD)", ""),
        ("39, 7.7 (5.0)", "boxhead=n|row label=mean (SD)", ""),
        ("54.3 (12.1), n=45", "row label=mean (SD)", "mean 54.3 @row label|sd 12.1 @row label|n 45 @cell"),
        ("n=45, 54.3 (12.1)", "row label=mean (SD)", "n 45 @cell|mean 54.3 @row label|sd 12.1 @row label"),
        (
            "NR (29.1–39.3) months",
            "row label=median (95% CI)",
            "missing NR @row label|ci_low 29.1 months @row label|ci_high 39.3 months @row label",
        ),
        (
            "5-year 34.2% (29.1–39.3)",
            "row label=95% CI",
            "pct 34.2 @row label #5-year|ci_low 29.1 @row label #5-year|ci_high 39.3 @row label #5-year",
        ),
        # the nearest place that fits
        ("4 (7–9)", "row label=median|boxhead=median (range)", "median 4 @row label|min 7 @boxhead|max 9 @boxhead"),
        ("12.3 ± 4.5", "caption=mean ± SEM", "mean 12.3 @caption|se 4.5 @caption"),
        # a sign
        ("45%", "", "pct 45 @cell"),
        ("<5", "", "bound <5 @cell"),
        ("≥5", "", "bound >=5 @cell"),
        ("~5", "", "value ~5 @"),
        ("5", "", "value 5 @"),
        ("12.3 ± 4.5", "", "mean 12.3 @cell|sd 4.5 @cell"),
        ("45% (40–50)", "caption=95% CI", "pct 45 @caption|ci_low 40 @caption|ci_high 50 @caption"),
        ("45 (40–50)", "caption=95% CI", ""),
        ("45% (40–50)", "", ""),
    ],
)  # fmt: skip
def test_what_settles_a_cell(cell: str, labels: str, expected: str) -> None:
    told, reason = _settle(cell, labels)
    assert "|".join(told) == expected
    assert bool(reason) is (not expected)


@pytest.mark.parametrize(
    ("cell", "totals", "expected"),
    [
        ("8 (25)", (32,), ["n 8 @cell", "pct 25 @cell"]),
        ("8 (25)", (40, 32), ["n 8 @cell", "pct 25 @cell"]),
        ("8 (26)", (32,), []),
        ("8.5 (25)", (34,), []),
        ("32 (100.1)", (32,), []),
        ("8", (32,), ["value 8 @"]),
    ],
)
def test_a_count_and_its_share_of_a_printed_number_of_patients(
    cell: str, totals: tuple[int, ...], expected: list[str]
) -> None:
    assert _settle(cell, totals=totals)[0] == expected


@pytest.mark.parametrize(
    ("cell", "habit", "expected"),
    [
        ("4 (7)", ("n", "pct"), ["n 4 @column", "pct 7 @column"]),
        ("7 (4)", ("pct", "n"), ["pct 7 @column", "n 4 @column"]),
        ("4.5 (7)", ("n", "pct"), []),
        ("7 (4.5)", ("pct", "n"), []),
        ("4 (700)", ("n", "pct"), []),
        ("4 (7)", ("mean", "sd"), []),
        ("4", ("n", "pct"), ["value 4 @"]),
    ],
)
def test_the_habit_of_a_column_speaks_for_counts_and_percentages_only(
    cell: str, habit: tuple[str, ...], expected: list[str]
) -> None:
    assert _settle(cell, habit=habit)[0] == expected


def test_without_a_reading_no_form_fits() -> None:
    assert settle((), []).reason == "no form of the grammar fits"
    assert "form “n/N”" in _settle("4/7")[1]
