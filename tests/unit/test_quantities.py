import pytest

from auditable.quantities import find_quantities


def read(text: str) -> list[tuple[str, str, str, str]]:
    """(printed stretch, value or why missing, comparator, unit or noun) of each quantity."""
    return [
        (text[q.start : q.end], q.value or q.missing, q.comparator, q.unit or q.counted)
        for q in find_quantities(text, text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.7 months", ("10.7", "10.7", "", "months")),
        ("56.9 %", ("56.9 %", "56.9", "", "%")),
        ("12 per cent", ("12 per cent", "12", "", "%")),
        ("5·8 months", ("5·8", "5.8", "", "months")),
        ("37,5 %", ("37,5 %", "37.5", "", "%")),
        ("0,05", ("0,05", "0.05", "", "")),
        (".003", (".003", "0.003", "", "")),
        ("a cohort of 9 124 runners", ("9 124", "9124", "", "")),
        ("9738 ng·h/mL", ("9738", "9738", "", "ng·h/mL")),
        ("338 second fractures", ("338", "338", "", "")),
        ("1 second", ("1", "1", "", "second")),
        ("1.50", ("1.50", "1.50", "", "")),
        ("150,000/cell", ("150,000", "150000", "", "/cell")),
        ("≥150,000/cell", ("≥150,000", "150000", ">=", "/cell")),
        ("< 0.0001", ("< 0.0001", "0.0001", "<", "")),
        ("~60%", ("~60%", "60", "~", "%")),
        ("nearly 60%", ("nearly 60%", "60", "~", "%")),
        ("more than 3 lines", ("more than 3", "3", ">", "lines")),
        ("no more than 60 days", ("no more than 60", "60", "<=", "days")),
        ("at least two cycles", ("at least two", "2", ">=", "cycles")),
        ("70 years or older", ("70", "70", ">=", "years")),
        ("over 4 weeks", ("4", "4", "", "weeks")),
        ("over 50%", ("over 50%", "50", ">", "%")),
        ("twenty-one patients", ("twenty-one", "21", "", "patients")),
        ("nine previously treated patients", ("nine", "9", "", "patients")),
        ("7 (range, low) lines", ("7", "7", "", "lines")),
        ("two thirds of patients", ("two thirds", "67", "~", "%")),
        ("tenfold", ("tenfold", "10", "", "times")),
        ("60 mL/min", ("60", "60", "", "mL/min")),
        ("two treatment arms", ("two", "2", "", "arms")),
        ("difference −2.9 points", ("−2.9", "-2.9", "", "points")),
        ("(difference −2.9 points", ("−2.9", "-2.9", "", "points")),
        ("3.2 per 100 patient-years", ("3.2", "3.2", "", "per 100 patient-years")),
        ("1.5 million adults", ("1.5 million", "1500000", "", "adults")),
        ("1.2 billion people", ("1.2 billion", "1200000000", "", "people")),
        ("at least ~60%", ("~60%", "60", "~", "%")),
        ("2 to 3 million adults", ("2", "2000000", "", "")),
        ("more than two thirds of patients", ("more than two thirds", "67", ">", "%")),
    ],
)
def test_printed_form(text: str, expected: tuple[str, str, str, str]) -> None:
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.0– 6.3", ["3.0", "6.3"]),
        ("−8.2 to 2.2", ["-8.2", "2.2"]),
        ("(−6.1 to −1.3)", ["-6.1", "-1.3"]),
        ("0.95-1.05", ["0.95", "1.05"]),
        ("95 per cent c.i. −9.8 to 10.1", ["95", "-9.8", "10.1"]),
        ("mean difference (95% CI) −0.4", ["95", "-0.4"]),
    ],
)
def test_a_dash_between_numbers_is_no_minus(text: str, values: list[str]) -> None:
    assert [q.value for q in find_quantities(text, text)] == values


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("31 and 23%", ["%", "%"]),
        ("41.4 versus 22.9%", ["%", "%"]),
        ("19, 20 and 30%", ["%", "%", "%"]),
        ("7 or 8 months", ["months", "months"]),
        ("younger than 70 and 56.9% were women", ["", "%"]),
        ("HR 2, 95% CI 0.9–4.5", ["", "%", "", ""]),
        ("three to 33.3%", ["", "%"]),
        ("assigned to placebo, 187 to 25 mg", ["", "mg"]),
        ("assigned 50 versus 25 mg", ["mg", "mg"]),
        ("5% or 8 months", ["%", "months"]),
        ("7 to 8 months", ["months", "months"]),
        (">7 and 8%", ["", "%"]),
        ("101 versus 76.0%", ["", "%"]),
        ("3/21 versus 76.0%", ["", "", "%"]),
        ("63/212 versus 76.0%", ["", "", "%"]),
        ("3 men: 19, 20%", ["", "", "%"]),
        ("102 (84–131) to 148 (119–190) kg", ["kg", "", "", "kg", "", ""]),
    ],
)
def test_a_unit_is_shared_along_a_list_only(text: str, units: list[str]) -> None:
    assert [q.unit for q in find_quantities(text, text)] == units


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [("32 patients", True), ("1.5 million adults", True), ("2.0 cycles", False), ("a median of 0.5 years", False)],
)
def test_a_number_without_decimals_is_whole(text: str, is_whole: bool) -> None:
    assert [q.is_whole for q in find_quantities(text, text)] == [is_whole]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Median survival was not reached.", ["NR"]),
        ("median 21.3 months (95% CI 18.2–NR)", ["", "", "", "NR"]),
        ("Neither median had been reached.", ["NR"]),
        ("NR not reached, OS overall survival", []),
        ("The goal was not reached by anyone.", []),
    ],
)
def test_a_value_that_is_said_to_be_missing(text: str, missing: list[str]) -> None:
    assert [q.missing for q in find_quantities(text, text)] == missing
