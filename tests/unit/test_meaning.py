"""Whose number a cell of a table holds, of what part of them, when, of which grade: from heads, rows and captions."""

from dataclasses import replace

import pytest
from tables_drawn import draw_table, observe_tables

from auditable.model import Table

ROW = ("Stable angina", ["12", "9", "7", "6", "5", "4"])
COLUMNS = ("arm", "subgroup", "timepoint", "grade", "event_kind", "population")


def told(table: Table, *columns: str) -> list[tuple[str, ...]]:
    """The named columns of the first observation of each cell, row by row."""
    frame = observe_tables(table).observations.drop_duplicates(["row", "col"])
    return [tuple(str(x) for x in row) for row in frame[list(columns)].to_numpy().tolist()]


def told_of(heads: list[list[str]], column: str, caption: str = "") -> list[str]:
    """One field of the cells of one row under the heads."""
    row = (ROW[0], ROW[1][: len(heads[-1]) - 1])
    return [x for (x,) in told(draw_table(heads, [row], caption), column)]


@pytest.mark.parametrize(
    ("heads", "arms"),
    [
        ([["", "Drug (n = 40)", "Placebo (n = 41)"]], ["Drug", "Placebo"]),
        ([["", "Drug A, n=40", "Drug B, n=41", "P value"]], ["Drug A", "Drug B", ""]),
        ([["", "Exercise N = 26", "Control N = 27", "p"]], ["Exercise", "Control", ""]),
        ([["", "All (n = 81)", "Early (n = 40)", "Late (n = 41)"]], ["", "Early", "Late"]),
        ([["", "Total", "Surgery", "No surgery"]], ["", "Surgery", "No surgery"]),
        ([["", "Overall population (N = 90)"]], [""]),
        ([["", "All patients (N = 1,204)"]], [""]),
        ([["", "Patients"]], [""]),
        ([["", "No. (%)"]], [""]),
        ([["", "Value"]], [""]),
        ([["", "Drug 10 mg/kg (N = 32)"]], ["Drug 10 mg/kg"]),
        (
            [["", "Drug, 50 mg (N=7415)", "Other drug (N=7395)", "Total (N=14,810)"]],
            ["Drug, 50 mg", "Other drug", ""],
        ),
        ([["", "Placebo", "5 mg", "10 mg"]], ["Placebo", "5 mg", "10 mg"]),
        ([["", "Placebo (n = 9)", "5 mg (n = 9)"]], ["Placebo", "5 mg"]),
        ([["", "Study group", "Control group", "Difference (95% CI)"]], ["Study group", "Control group", ""]),
        ([["", "Sertraline", "Placebo", "Odds ratio (95% CI)", "P"]], ["Sertraline", "Placebo", "", ""]),
        ([["", "Arm A", "Arm B", "HR (95% CI)"]], ["Arm A", "Arm B", ""]),
        ([["", "Cohort 1 (n = 12)", "Cohort 2 (n = 14)"]], ["Cohort 1", "Cohort 2"]),
        ([["", "Centre 1 (n = 12)", "Centre 2 (n = 14)"]], ["Centre 1", "Centre 2"]),
        ([["", "Survivors (n = 80)", "Non-survivors (n = 20)", "P"]], ["Survivors", "Non-survivors", ""]),
        ([["", "Cases (n = 80)", "Controls (n = 20)"]], ["Cases", "Controls"]),
        (
            [["", "Patients with gout Mean (SEM)", "Healthy controls Mean (SEM)"]],
            ["Patients with gout", "Healthy controls"],
        ),
        (
            [["", "Training group only (n = 108)", "Control group only (n = 106)"]],
            ["Training group only", "Control group only"],
        ),
        ([["", "Usual care", "Telephone support"]], ["Usual care", "Telephone support"]),
        ([["", "Vaccine", "Sham", "Effect size"]], ["Vaccine", "Sham", ""]),
        ([["", "Drug*", "Control†"]], ["Drug", "Control"]),
        ([["", "Drug [12] (n = 4)", "Control [12] (n = 5)"]], ["Drug", "Control"]),
        ([["", "Pd (n = 153)", "Other (n = 7)"]], ["Pd", "Other"]),
        ([["", "Interferon β-1a (n = 10)", "Glatiramer (n = 12)"]], ["Interferon β-1a", "Glatiramer"]),
        ([["", "Rituximab", "Cladribine", "χ² test"]], ["Rituximab", "Cladribine", ""]),
        (
            [
                ["", "Drug", "Drug", "Placebo", "Placebo"],
                ["", "n", "%", "n", "%"],
            ],
            ["Drug", "Drug", "Placebo", "Placebo"],
        ),
        (
            [
                ["", "Drug", "Drug", "Placebo", "Placebo"],
                ["", "No.", "Mean (SD)", "No.", "Mean (SD)"],
            ],
            ["Drug", "Drug", "Placebo", "Placebo"],
        ),
        ([["", "Group", "Group"], ["", "Drug (n = 4)", "Placebo (n = 5)"]], ["Drug", "Placebo"]),
        (
            [
                ["", "Treatment groups", "Treatment groups"],
                ["", "Drug (n = 4)", "Placebo (n = 5)"],
            ],
            ["Drug", "Placebo"],
        ),
        (
            [
                ["", "Part 1", "Part 1", "Part 2", "Part 2"],
                ["", "5 mg", "10 mg", "5 mg", "10 mg"],
            ],
            ["Part 1 > 5 mg", "Part 1 > 10 mg", "Part 2 > 5 mg", "Part 2 > 10 mg"],
        ),
        ([["", "Age, years", "Weight, kg", "BMI (kg/m²)"]], ["", "", ""]),
        ([["", "Median", "Range"]], ["", ""]),
        ([["", "HR", "95% CI", "p"]], ["", "", ""]),
        ([["", "b", "SE b", "Wald z", "p"]], ["", "", "", ""]),
        ([["", "Cmax, ng/mL", "Tmax, h", "Dose"]], ["", "", ""]),
    ],
)  # fmt: skip
def test_arm_of_a_column(heads: list[list[str]], arms: list[str]) -> None:
    assert told_of(heads, "arm") == arms


@pytest.mark.parametrize(
    ("heads", "times"),
    [
        ([["", "Baseline", "Week 12"]], ["baseline", "week 12"]),
        ([["", "Baseline (N = 70)", "8 weeks (n = 50)"]], ["baseline", "8 weeks"]),
        ([["", "3 months", "6 mo", "1 yr"]], ["3 months", "6 months", "1 year"]),
        ([["", "At 6 months", "At 12 months"]], ["6 months", "12 months"]),
        ([["", "Day 1", "Day 28", "Month 6"]], ["day 1", "day 28", "month 6"]),
        ([["", "Pre", "Post"]], ["pre", "post"]),
        ([["", "Admission", "Discharge"]], ["admission", "discharge"]),
        ([["", "Cycle 1", "Cycle 2 day 8"]], ["cycle 1", "cycle 2 day 8"]),
        ([["", "First visit", "End of treatment"]], ["first visit", "end of treatment"]),
        ([["", "12-week visit", "52-week follow-up, mean (SD)"]], ["12 weeks", "52 weeks"]),
        (
            [
                ["", "Drug", "Drug", "Placebo", "Placebo"],
                ["", "Baseline", "Final", "Baseline", "Final"],
            ],
            ["baseline", "final"] * 2,
        ),
        (
            [
                ["", "Week 36", "Week 36"],
                ["", "Value", "Change from baseline"],
            ],
            ["week 36", "change from baseline to week 36"],
        ),
        ([["", "Baseline", "Change"]], ["baseline", "change"]),
        ([["", "<1 year", "1–10 years", "≥10 years"]], ["", "", ""]),
        ([["", "Age at diagnosis", "24-h urine"]], ["", ""]),
        ([["", "Drug (n = 12)", "P"]], ["", ""]),
    ],
)  # fmt: skip
def test_time_of_a_column(heads: list[list[str]], times: list[str]) -> None:
    assert told_of(heads, "timepoint") == times


@pytest.mark.parametrize(
    ("label", "time"),
    [
        ("12-month PFS, %", "12 months"),
        ("Overall survival at 5 years", "5 years"),
        ("Pain score at week 4", "week 4"),
        ("Within 30 days > Death", "30 days"),
        ("Pain score > 6 months", "6 months"),
        ("Walking > Baseline", "baseline"),
        ("Change from baseline in weight, kg", "change from baseline"),
        ("Duration of disease > 6 months", ""),
        ("Interval between therapies > ≥ 6 months", ""),
        ("Attempts in the past 12 months", ""),
        ("6-minute walk, m", ""),
        ("Follow-up, months", ""),
        ("Events per 100 patient-years", ""),
    ],
)
def test_time_of_a_row(label: str, time: str) -> None:
    assert told(draw_table([["", "Drug (n = 40)"]], [(label, ["12"])]), "timepoint") == [(time,)]


@pytest.mark.parametrize(
    ("heads", "grades", "kinds"),
    [
        ([["", "Any grade", "Grade ≥ 3"]], ["any", ">=3"], ["", ""]),
        ([["", "All grades", "Grade 3–4", "Grade 5"]], ["any", "3-4", "5"], ["", "", ""]),
        ([["", "Grade 1/2", "Grade III or IV"]], ["1-2", "3-4"], ["", ""]),
        ([["", "Drug", "Drug"], ["", "Any", "Grade 3 or higher"]], ["any", ">=3"], ["", ""]),
        ([["", "CTCAE grade", "CTCAE grade"], ["", "1–2", "≥3"]], ["1-2", ">=3"], ["", ""]),
        ([["", "Mild", "Moderate", "Severe"]], ["mild", "moderate", "severe"], ["", "", ""]),
        ([["", "All AEs", "Serious AEs"]], ["", ""], ["", "serious"]),
        ([["", "TEAEs", "Treatment-related TEAEs"]], ["", ""], ["", "related"]),
        ([["", "AEs related to metformin"]], [""], ["related to metformin"]),
        ([["", "AEs leading to discontinuation", "Fatal AEs"]], ["", ""], ["leading to discontinuation", "fatal"]),
        ([["", "Drug (n = 4)", "Placebo (n = 5)"]], ["", ""], ["", ""]),
    ],
)  # fmt: skip
def test_grade_and_kind_of_events(heads: list[list[str]], grades: list[str], kinds: list[str]) -> None:
    table = draw_table(heads, [("Nausea", ["12", "9", "7"][: len(heads[-1]) - 1])], "Adverse events, no. of patients")
    assert told(table, "variable", "category") == [("adverse_event", "Nausea")] * len(grades)
    assert told(table, "grade", "event_kind") == list(zip(grades, kinds, strict=True))


@pytest.mark.parametrize(
    ("label", "category", "grade", "kind"),
    [
        ("Any adverse event", "any", "", ""),
        ("Patients with ≥1 TEAE", "any", "", ""),
        ("Serious adverse events", "any", "", "serious"),
        ("Grade ≥3 adverse events", "any", ">=3", ""),
        ("Drug-related serious adverse events", "any", "", "serious; related"),
        ("AEs leading to dose reduction", "any", "", "leading to dose reduction"),
        ("Withdrawals for adverse events", "any", "", "leading to discontinuation"),
        ("AEs leading to death", "any", "", "fatal"),
        ("Neutropenia > Grade 3–4", "Neutropenia", "3-4", ""),
        ("Neutropenia, grade 3 or 4", "Neutropenia", "3-4", ""),
        ("Gastrointestinal disorders > Nausea", "Nausea", "", ""),
    ],
)
def test_event_of_a_row(label: str, category: str, grade: str, kind: str) -> None:
    table = draw_table([["", "Drug (n = 40)"]], [(label, ["12 (30)"])], "Adverse events, n (%)")
    assert told(table, "category", "grade", "event_kind") == [(category, grade, kind)]


def test_kind_that_the_caption_names_holds_for_every_row() -> None:
    table = draw_table([["", "Drug (n = 40)"]], [("Any SAE", ["9"]), ("Nausea", ["2"])], "Serious adverse events")
    assert told(table, "event_kind") == [("serious",), ("serious",)]


def test_grade_of_a_tumour_is_no_grade_of_an_event() -> None:
    table = draw_table(
        [["", "All (n = 40)"]], [("Tumour grade > Grade 3", ["9"]), ("Age, years", ["60"])], "Baseline characteristics"
    )
    assert told(table, "grade") == [("",), ("",)]


def test_rows_are_arms_where_columns_are_measures() -> None:
    heads = [["Group", "Weight, kg", "Change from baseline (kg)"]]
    rows = [("Mean > Metformin", ["80.1", "–2.1"]), ("Mean > Placebo", ["81.0", "–0.3"])]
    table = draw_table(heads, [*rows, ("Difference > Metformin vs placebo", ["0.9", "1.8"])])
    assert [a for a, _ in told(table, "arm", "arm_from")] == ["Metformin", "Metformin", "Placebo", "Placebo", "", ""]
    assert told(table, "arm_from")[0] == ("row label",)


def test_names_that_come_again_under_every_heading_are_arms() -> None:
    rows = [
        (f"{score} > {arm}", ["60", "12"]) for score in ("Pain", "Sleep", "Mood") for arm in ("No drug", "Any drug")
    ]
    table = draw_table([["Score", "Mean score", "SD"]], rows)
    assert told(table, "arm")[::2] == [("No drug",), ("Any drug",)] * 3


def test_rows_of_earlier_medicines_are_no_arms() -> None:
    rows = [("Prior therapy > Bortezomib", ["30 (60)"]), ("Prior therapy > Placebo", ["2 (4)"])]
    assert told(draw_table([["", "N (%)"]], rows, "Baseline characteristics"), "arm") == [("",), ("",)]


def test_row_group_names_the_arm() -> None:
    rows = [("Placebo > Pain, median", ["4"]), ("Sertraline 50 mg > Pain, median", ["3"])]
    table = draw_table([["", "Week 4"]], rows)
    assert told(table, "arm", "arm_from") == [("Placebo", "row group"), ("Sertraline 50 mg", "row group")]


def test_heads_within_the_body_name_the_arms_below() -> None:
    rows = [("Nausea", ["1", "2"]), ("Part 2", ["Placebo (n = 9)", "40 mg (n = 9)"]), ("Headache", ["3", "4"])]
    table = draw_table([["", "Placebo (n = 16)", "5 mg (n = 6)"]], rows)
    cells = told(table, "raw_text", "arm", "arm_from")
    assert cells[:2] == [("1", "Placebo", "boxhead"), ("2", "5 mg", "boxhead")]
    assert cells[-2:] == [("3", "Placebo", "sub-header"), ("4", "40 mg", "sub-header")]


def test_arm_of_one_table_is_known_in_the_next() -> None:
    first = draw_table([["", "Stretching (n = 20)", "Walking (n = 21)"]], [("Age, years", ["60", "61"])])
    second = draw_table([["", "Week 4", "Week 8"]], [("Pain > Stretching", ["4", "3"]), ("Pain > Walking", ["2", "1"])])
    frame = observe_tables(first, replace(second, table_id="T2")).observations
    assert frame["arm"].tolist()[-4:] == ["Stretching", "Stretching", "Walking", "Walking"]


def test_caption_names_the_arm_of_a_table_that_prints_none() -> None:
    first = draw_table([["", "Stretching (n = 20)", "Walking (n = 21)"]], [("Age, years", ["60", "61"])])
    second = draw_table([["", "Mean"]], [("Pain", ["4"])], "Symptoms in the walking group")
    frame = observe_tables(first, replace(second, table_id="T2")).observations
    assert frame[["arm", "arm_from"]].to_numpy().tolist()[-1] == ["walking", "caption"]


@pytest.mark.parametrize(
    ("heads", "parts"),
    [
        ([["", "Male (n = 30)", "Female (n = 40)"]], ["Male", "Female"]),
        ([["", "< 65 years (n = 30)", "≥ 65 years (n = 40)"]], ["< 65 years", "≥ 65 years"]),
        (
            [
                ["", "Heart disease", "Heart disease", ""],
                ["", "Yes", "No", "p"],
            ],
            ["Heart disease: Yes", "Heart disease: No", ""],
        ),
        (
            [
                ["", "Low income (n = 9)", "Low income (n = 9)", "High income (n = 8)"],
                ["", "Drug (n = 4)", "Control (n = 5)", "Drug (n = 8)"],
            ],
            ["Low income", "Low income", "High income"],
        ),
    ],
)  # fmt: skip
def test_part_of_the_patients_in_a_column(heads: list[list[str]], parts: list[str]) -> None:
    assert told_of(heads, "subgroup") == parts


@pytest.mark.parametrize(
    ("heads", "arms"),
    [
        (["Warfarin", "Aspirin"], ["Warfarin", "Aspirin"]),
        (["PCI (n = 40)", "CABG (n = 41)"], ["PCI", "CABG"]),
        (["Statin", "Placebo"], ["Statin", "Placebo"]),
        (["Vitamin D", "Placebo"], ["Vitamin D", "Placebo"]),
        (["Vitamin D, n (%)", "Tocilizumab, n (%)"], ["Vitamin D", "Tocilizumab"]),
        (["Exercise", "Diet"], ["Exercise", "Diet"]),
        (["Low-fat diet", "Low-carb diet"], ["Low-fat diet", "Low-carb diet"]),
        (["High-flow", "CPAP"], ["High-flow", "CPAP"]),
        (["Vitamin D", "Creatinine"], ["", ""]),
        (["Vitamin D, ng/mL", "Calcium, mmol/L"], ["", ""]),
    ],
)
def test_what_is_given_heads_an_arm_unless_it_stands_beside_a_quantity(heads: list[str], arms: list[str]) -> None:
    rows = [("Age, mean (SD), years", ["61 (9)", "62 (8)"]), ("Weight, mean (SD), kg", ["74 (2)", "25 (3)"])]
    cells = told(draw_table([["", *heads]], rows, "Baseline characteristics"), "arm", "variable")
    assert [arm for arm, _ in cells[:2]] == arms
    assert not any(arms) or [variable for _, variable in cells] == ["age", "age", "weight", "weight"]


@pytest.mark.parametrize(
    ("caption", "arm"),
    [
        ("Symptoms in patients treated with walking", "walking"),
        ("Symptoms of the walking group", "walking"),
        ("A programme for walking: baseline data", ""),
    ],
)
def test_caption_names_an_arm_only_where_it_speaks_of_its_patients(caption: str, arm: str) -> None:
    first = draw_table([["", "Walking (n = 9)", "Running (n = 8)"]], [("Relapse", ["3", "4"])])
    second = replace(draw_table([["", "n"]], [("Relapse", ["3"])], caption), table_id="T2")
    assert observe_tables(first, second).observations["arm"].tolist()[-1] == arm


def test_rows_of_a_table_of_subgroups_are_parts_and_the_caption_names_the_measure() -> None:
    heads = [["", "Drug, n/N", "Placebo, n/N", "HR (95% CI)", "P for interaction"]]
    rows = [
        ("All patients", ["40/90", "60/91", "0.6 (0.4–0.9)", ""]),
        ("Sex > Male", ["20/40", "30/41", "0.7 (0.4–1.1)", "0.4"]),
        ("ECOG > 0", ["20/50", "30/50", "0.5 (0.3–0.9)", ""]),
    ]
    table = draw_table(heads, rows, "Subgroup analysis of overall survival")
    cells = told(table, "table_type", "variable", "category", "arm", "subgroup")
    assert {c[:3] for c in cells} == {("subgroup", "os", "")}
    assert [c[3] for c in cells[:3]] == ["Drug", "Placebo", ""]
    assert [c[4] for c in cells] == [""] * 3 + ["Male"] * 4 + ["ECOG: 0"] * 3


def test_halves_of_a_pair_are_parts_and_the_column_is_the_measure() -> None:
    rows = [("Interval between therapies (months) > ≥ 6 vs. < 6", ["62.9/43.8", "0.2"])]
    frame = observe_tables(draw_table([["", "ORR (%)", "p"]], rows)).observations
    assert frame["variable"].tolist() == ["orr"] * 3
    assert frame["subgroup"].tolist()[:2] == [
        "Interval between therapies (months): ≥ 6",
        "Interval between therapies (months): < 6",
    ]
    assert set(frame["category"]) == {""}


@pytest.mark.parametrize("label", ["Patient 3", "P-07", "UPN 12", "R4"])
def test_patient_of_a_row(label: str) -> None:
    rows = [("Patient 1" if label.startswith("Pat") else "R1", ["61", "F"]), (label, ["70", "M"])]
    assert told(draw_table([["Patient no.", "Age, years", "Sex"]], rows), "patient", "arm")[-1] == (label, "")


def test_time_within_a_cell_is_its_time_point() -> None:
    cells = told(draw_table([["", "Drug (n = 40)"]], [("Overall survival", ["5-year 62%"])]), "timepoint", "subgroup")
    assert cells == [("5 years", "")]


def test_quantity_under_an_unknown_heading_is_no_category_of_it() -> None:
    rows = [("Zorblat findings > Grobulin", ["1.0 ± 0.2"]), ("Zorblat findings > Red", ["4 (10%)"])]
    assert told(draw_table([["", "Drug (n = 40)"]], rows), "variable", "category") == [("", ""), ("", "Red")]


def test_columns_that_add_up_to_100_in_each_row_are_categories_and_rows_the_parts() -> None:
    heads = [["", "ECOG performance status", "ECOG performance status", "ECOG performance status"]]
    heads += [["", "0, n (%)", "1, n (%)", "2, n (%)"]]
    rows = [
        ("Use of opioids > Yes", ["30 (60)", "15 (30)", "5 (10)"]),
        ("Use of opioids > No", ["5 (50)", "4 (40)", "1 (10)"]),
    ]
    cells = told(draw_table(heads, rows), "variable", "category", "subgroup", "arm")
    assert cells[:3] == [("ecog", c, "Use of opioids: Yes", "") for c in ("0", "1", "2")]
    assert cells[3:] == [("ecog", c, "Use of opioids: No", "") for c in ("0", "1", "2")]


@pytest.mark.parametrize(
    ("label", "variable", "category"),
    [
        ("Diabetes (Y/N)", "diabetes", ""),
        ("Diabetes (yes/no)", "diabetes", ""),
        ("Elevated creatinine (Y/N)", "creatinine", "elevated"),
        ("Methotrexate dose reduction (Y/N)", "dose_reduction", "methotrexate"),
        ("Toxicity > Skin AEs (Y/N)", "adverse_event", "Skin AEs"),
        ("Number of AEs", "adverse_event_count", ""),
        ("No. of grade ≥ 3 AEs", "adverse_event_count", ""),
    ],
)
def test_question_put_to_every_patient(label: str, variable: str, category: str) -> None:
    rows = [("Age, years", ["61", "70"]), (label, ["Y", "N"] if label.endswith(")") else ["2", "0"])]
    cells = told(draw_table([["", "Patient 1", "Patient 2"]], rows), "variable", "category")
    assert cells[2:] == [(variable, category)] * 2


@pytest.mark.parametrize(
    ("caption", "population"),
    [
        ("Efficacy (intention-to-treat population)", "intention to treat"),
        ("Efficacy, modified ITT", "intention to treat"),
        ("Response in the mITT set", "modified intention to treat"),
        ("Adverse events (safety analysis set)", "safety"),
        ("Outcomes, per-protocol and ITT populations", ""),
        ("Outcomes", ""),
    ],
)
def test_population_of_a_caption(caption: str, population: str) -> None:
    assert told(draw_table([["", "Drug (n = 40)"]], [("Relapse", ["9"])], caption), "population") == [(population,)]


def test_trial_over_arms_is_the_reference() -> None:
    heads = [["", "ALPHA-1 [4]", "ALPHA-1 [4]", "BETA-2 [5]"], ["", "Drug (n = 4)", "Control (n = 5)", "Drug (n = 6)"]]
    table = draw_table(heads, [("Relapse", ["1", "2", "3"])])
    assert told(table, "arm", "reference") == [("Drug", "ALPHA-1"), ("Control", "ALPHA-1"), ("Drug", "BETA-2")]
