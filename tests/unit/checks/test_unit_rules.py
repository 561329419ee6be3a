"""unit.*: impossible sizes, mixed and missing units, conversions; what a correct paper prints stays silent."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper


def failing(paper: HandMadePaper, rule: str) -> list[str]:
    """The values printed of each failure of a rule."""
    found = paper.findings(rule)
    return found[found["verdict"] != "consistent"]["printed"].tolist()


def verdicts_on(rule: str, *sentences: str) -> list[str]:
    return HandMadePaper().read(*sentences).verdicts(rule)


@pytest.mark.parametrize(
    ("changes", "values", "is_odd"),
    [
        ({"variable": "age", "unit": "years"}, {"median": "61"}, False),
        ({"variable": "age", "unit": "years"}, {"median": "610"}, True),
        ({"variable": "age", "unit": "years"}, {"sd": "610"}, False),
        ({"variable": "age", "unit": "furlongs"}, {"median": "610"}, False),
        ({"variable": "age", "unit": ""}, {"median": "610"}, False),
        ({"variable": "height", "unit": "m"}, {"median": "1.62"}, False),
        ({"variable": "height", "unit": "cm"}, {"median": "1.62"}, True),
        ({"variable": "hemoglobin", "unit": "g/L"}, {"min": "9.8"}, True),
        ({"variable": "hemoglobin", "unit": "g/L"}, {"min": "98"}, False),
        ({"variable": "age", "unit": "years", "category": "< 65"}, {"mean": "610"}, False),
        ({"variable": "age", "unit": "years"}, {"median": ">610"}, False),
        ({"variable": "weight", "unit": "kg", "column": "Change at week 4"}, {"mean": "0.2"}, False),
        ({"variable": "weight", "unit": "kg"}, {"mean": "0.2", "min": "-1.2"}, False),
    ],
)
def test_values_lie_in_the_plausible_of_their_variable(
    changes: dict[str, str], values: dict[str, str], is_odd: bool
) -> None:
    paper = HandMadePaper().row("Row", **changes, **values)  # type: ignore[arg-type]
    assert failing(paper, "unit.plausible") == (list(values.values()) if is_odd else [])


@pytest.mark.parametrize(("row", "column", "is_odd"), [("Allergy to cats", "All", True), ("Fever", "Cats", False)])
def test_what_animals_weigh_is_not_asked_about(row: str, column: str, is_odd: bool) -> None:
    paper = HandMadePaper().row(row, n="3", column=column)
    paper = paper.row("Height (cm)", variable="height", unit="cm", median="1.62")
    assert bool(failing(paper, "unit.plausible")) == is_odd


def test_a_range_names_the_unit_that_would_fit(paper: HandMadePaper) -> None:
    paper.row("Height (cm)", variable="height", unit="cm", median="1.62", min="1.5", max="1.9")
    (message,) = paper.findings("unit.plausible")["message"]
    assert message.startswith("1.62, 1.5, 1.9 cm is no plausible value of height")
    assert "In m it would be." in message


@pytest.mark.parametrize(
    ("sentence", "is_odd"),
    [
        ("Hb < 11.8 g/L was a risk.", True),
        ("Hb < 118 g/L was a risk.", False),
        ("Hb < 11.8 g/dL was a risk.", False),
        ("A rise of Hb by ≥ 1 g/dL was seen in half of them.", False),
        ("Patients aged ≥ 65 years gained.", False),
        ("The mean albumin was 3 g/L.", True),
        ("The assay overestimates albumin by 3 to 5 g/L.", False),
    ],
)
def test_a_cut_off_lies_where_patients_are(sentence: str, is_odd: bool) -> None:
    assert bool(failing(HandMadePaper().read(sentence), "unit.plausible")) == is_odd


@pytest.mark.parametrize(
    ("sentences", "verdicts"),
    [
        (("Hb < 11.8 g/dL was a risk.", "Hb ≥ 11.8 g/L was none."), ["impossible"]),
        (("Hb < 11.8 g/dL was a risk.", "Median Hb was 118 g/L."), ["consistent"]),
        (("Hb < 11.8 g/dL was a risk.", "Median Hb was 10.9 g/L."), ["not testable"]),
        (("Hb < 11.8 g/dL was a risk.", "Median Hb was 10.9 g/dL."), ["consistent"]),
        (("Follow-up was 12 months.", "The median follow-up was 12 weeks."), []),
    ],
)
def test_one_variable_has_one_unit(sentences: tuple[str, ...], verdicts: list[str]) -> None:
    assert verdicts_on("unit.mixed", *sentences) == verdicts


@pytest.mark.parametrize(
    ("row", "is_asked"),
    [
        ({"stub": "Creatinine", "variable": "creatinine", "median": "1.2"}, True),
        ({"stub": "Creatinine (mg/dL)", "variable": "creatinine", "median": "1.2", "unit": "mg/dL"}, False),
        ({"stub": "Creatinine", "column": "Median, mg/dL", "variable": "creatinine", "median": "1.2"}, False),
        ({"stub": "Age", "variable": "age", "median": "61"}, False),
        ({"stub": "Body mass index", "variable": "bmi", "median": "24.1"}, False),
        ({"stub": "Creatinine", "variable": "creatinine", "n": "4"}, False),
        ({"stub": "ECOG", "variable": "ecog", "median": "1"}, False),
        # the raised 2 of "m²" was lost on the way
        ({"stub": "Filtration rate, mL/min/1.73 m mean ± SD", "variable": "egfr", "mean": "66.4"}, False),
        ({"stub": "Filtration rate, mean ± SD", "variable": "egfr", "mean": "66.4"}, True),
    ],
)
def test_a_measured_quantity_has_a_unit(row: dict[str, str], is_asked: bool) -> None:
    paper = HandMadePaper().row(**row)  # type: ignore[arg-type]
    assert bool(failing(paper, "unit.missing")) == is_asked


def test_a_note_may_name_the_unit_and_another_time_does_not() -> None:
    noted = HandMadePaper().row("Creatinine", table="T1", variable="creatinine", median="1.2")
    noted.read("Creatinine in mg/dL.", section="Table 1", source="note")
    assert not failing(noted, "unit.missing")
    times = HandMadePaper().row("Age (years)", variable="age", median="61", unit="years")
    assert failing(times.row("Overall follow-up", variable="follow_up", median="9.1"), "unit.missing") == ["9.1"]


@pytest.mark.parametrize(
    ("pair", "verdict"),
    [
        ("26 weeks (6 months)", "consistent"),
        ("26 weeks (5.98 months)", "consistent"),
        ("48 weeks (12 months)", "consistent"),
        ("90 weeks (22.5 months)", "not testable"),
        ("90 weeks (25.2 months)", "impossible"),
        ("180 days (6 months)", "consistent"),
        ("30 months (2 years)", "consistent"),
        ("36 months (2 years)", "impossible"),
        ("5.2 years (62 months)", "consistent"),
        ("1 year (52 weeks)", "consistent"),
        ("about 200 days (7 months)", "consistent"),
        ("160 °F (71 °C)", "consistent"),
        ("160 °F (81 °C)", "impossible"),
        ("2.2 lb (1 kg)", "consistent"),
        ("9.55 mL/h (0.229 L/day)", "consistent"),
        ("9.55 mL/h (0.292 L/day)", "impossible"),
    ],
)
def test_two_units_say_the_same(pair: str, verdict: str) -> None:
    assert verdicts_on("unit.convert", f"It was {pair}.") == [verdict]


@pytest.mark.parametrize(
    "sentence",
    [
        "Patients took 10 mg (2 mL) of it.",
        "The median was 12 weeks (range 2–14 months).",
        "Cycles of 12 weeks (4 patients) were short.",
        "Twelve received 5 mg (10 mg in men).",
        "It took 8.1 months (5.2–9.9 months).",
    ],
)
def test_what_is_no_conversion_is_not_judged(sentence: str) -> None:
    assert verdicts_on("unit.convert", sentence) == []


def test_a_laboratory_value_is_converted_by_its_own_factor() -> None:
    right = "The limit of fasting glucose was 126 mg/dL (7.0 mmol/L)."
    wrong = "Serum creatinine of 2.0 mg/dL (77 µmol/L) was a reason for exclusion."
    assert verdicts_on("unit.convert", right, wrong) == ["consistent", "not testable"]


@pytest.mark.parametrize(
    ("variable", "unit", "value", "is_odd"),
    [
        ("bmi", "cm", "27.4", True),
        ("bmi", "kg/m²", "27.4", False),
        ("systolic_bp", "mmol/L", "134", True),
        ("systolic_bp", "mm", "134", False),  # short for mm Hg
        ("hba1c", "mg/dL", "8.2", True),
        ("hba1c", "mmol/mol", "58", False),
        ("lvef", "mL", "34", True),
        ("crp", "g/L", "34.3", True),
        ("crp", "µg/dL", "3430", False),
        ("neutrophils", "G/L", "4.1", False),  # giga per litre
        ("blood_loss", "g", "350", False),
        ("tumour_size", "mL", "3.1", False),
        ("weight", "%", "12", False),  # a share of something else
    ],
)
def test_a_unit_can_measure_its_quantity(variable: str, unit: str, value: str, is_odd: bool) -> None:
    paper = HandMadePaper().row("Row", variable=variable, unit=unit, mean=value)
    assert bool(failing(paper, "unit.dimension")) is is_odd
