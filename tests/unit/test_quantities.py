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
        ("one in five patients died", ("one in five", "20", "~", "%")),
        ("half of the patients", ("half", "50", "~", "%")),
        ("exactly two thirds of men", ("two thirds", "67", "~", "%")),
        ("ten percent of women", ("ten percent", "10", "", "%")),
        ("twice as often", ("twice", "2", "", "times")),
        ("two million people", ("two million", "2000000", "", "people")),
        ("1.20 million", ("1.20 million", "1200000", "", "")),
        ("2.5–3.5 thousand", ("2.5", "2500", "", "")),
        ("27 (11–55) % of men", ("27", "27", "", "%")),
        ("7 (low) (high) months", ("7", "7", "", "")),
        ("430 977 participants", ("430 977", "430977", "", "participants")),
        ("(n = 25 511)", ("25 511", "25511", "", "")),
        ("5 men or fewer", ("5", "5", "<=", "men")),
        ("about twelve men", ("about twelve", "12", "~", "men")),
        ("a T-score ≤ −2.5", ("≤ −2.5", "-2.5", "<=", "")),
        ("a change of ~ −6 kg", ("~ −6", "-6", "~", "kg")),
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
        ("3.0 – 6.3", ["3.0", "6.3"]),
        ("12 −6", ["12", "6"]),
        ("a−6", ["6"]),
        ("−6", ["-6"]),
        ("  −6", ["-6"]),
        ("x=−6", ["-6"]),
        ("changes:−6, −7; −8", ["-6", "-7", "-8"]),
        ("changes of 4,−6", ["4", "6"]),
        ("[−6", ["-6"]),
        ("a T-score ≤ −2.5", ["-2.5"]),
        ("a change <−6", ["-6"]),
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
        ("100 versus 76.0%", ["%", "%"]),
        ("101 versus 76.0%", ["", "%"]),
        ("5/10%", ["", "%"]),
        ("6/12 months", ["months", "months"]),
        ("2.5 and 7%", ["", "%"]),
        ("2.5 to 7%", ["%", "%"]),
        ("5 and <7%", ["", "%"]),
        ("three and 7%", ["", "%"]),
        ("12 patients and 13%", ["", "%"]),
        ("3, 4 months", ["", "months"]),
        ("3, 4 and 5 months", ["months", "months", "months"]),
        ("2, 95% confidence", ["", "%"]),
        ("2 to 5% CI", ["", "%"]),
        ("randomised 5 to 10 mg", ["", "mg"]),
        ("randomised from 5 to 10 mg", ["mg", "mg"]),
        ("10 (5–15) to 20 (10–30)%", ["", "", "", "%", "", ""]),
        ("10 (5–15) vs. 20 (10–30) mg", ["mg", "", "", "mg", "", ""]),
        ("10 mg (5–15) to 20 (10–30) kg", ["mg", "", "", "kg", "", ""]),
        ("10% (5–15) to 20 (10–30) kg", ["%", "", "", "kg", "", ""]),
        ("median NR (5–15) to 20 (10–30) kg", ["", "", "", "kg", "", ""]),
        ("median NR to 20 months", ["", "months"]),
        ("10 men (5–15) to 20 (10–30) kg", ["", "", "", "kg", "", ""]),
        ("ten (5–15) to 20 (10–30) kg", ["", "", "", "kg", "", ""]),
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
        ("Survival was not estimable.", ["NE"]),
        ("OS was NE", ["NE"]),
        ("OS was NR", ["NR"]),
        ("NE, not estimable", []),
        ("median OS was NR (95% CI NE–NE)", ["NR", "", "NE", "NE"]),
        ("median OS 12 (NR to NR)", ["", "NR", "NR"]),
        ("median OS: NR (not reached)", ["NR"]),
        ("median time not reached (NR)", []),
        ("median " + "x" * 112 + " not reached", ["NR"]),
        ("median " + "x" * 114 + " not reached", []),  # too far behind to speak of it
    ],
)
def test_a_value_that_is_said_to_be_missing(text: str, missing: list[str]) -> None:
    assert [q.missing for q in find_quantities(text, text)] == missing


@pytest.mark.parametrize(
    ("text", "decimals", "unit_behind", "is_word"),
    [
        ("twelve patients", 0, " patients", True),
        ("one in five patients", 0, "", True),
        ("ten percent of women", 0, "", True),
        ("threefold", 0, "", True),
        ("12.50 mg/kg", 2, " mg/kg", False),
        ("12.5% of men", 1, "", False),
        ("1.25 million adults", 0, " adults", False),
        ("0,125", 3, "", False),
        ("12,345.6", 1, "", False),
        ("12,345", 0, "", False),
        ("0 serious adverse events", 0, " serious adverse events", False),
        ("1 prior line", 0, " prior line", False),
        ("2 prior line", 0, "", False),
        ("two treatment arms", 0, " treatment arms", True),
        ("65 of the patients", 0, " of the patients", False),
        ("45-year-old", 0, "-year", False),
        ("7 [low] months", 0, "", False),
        ("27 [11–55]%", 0, "", False),
        ("not reached: survival", 0, "", False),
    ],
)
def test_where_the_unit_of_a_number_ends(text: str, decimals: int, unit_behind: str, is_word: bool) -> None:
    found = find_quantities(f"median {text}", f"median {text}")[0]
    assert (found.decimals, f"median {text}"[found.end : found.unit_end], found.is_word) == (
        decimals,
        unit_behind,
        is_word,
    )


def test_a_number_inside_a_unit_is_taken_from_the_printed_sentence() -> None:
    found = find_quantities("60 mL/min/x.xx m2 or more; 5 kg", "60 mL/min/1.73 m2 or more; 5 kg")
    assert [q.unit for q in found if q.unit] == ["mL/min/1.73 m2", "kg"]


@pytest.mark.parametrize(
    ("text", "is_percent", "is_whole"),
    [
        ("12%", True, True),
        ("12 mg", False, True),
        ("12.0%", True, False),
        ("median survival not reached", False, False),
    ],
)
def test_what_kind_of_number_it_is(text: str, is_percent: bool, is_whole: bool) -> None:
    assert [(q.is_percent, q.is_whole) for q in find_quantities(text, text)] == [(is_percent, is_whole)]
