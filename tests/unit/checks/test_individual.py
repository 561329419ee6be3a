"""Rules on patients listed one by one: case series of several fields, in rows and in columns, right and wrong."""

from collections.abc import Sequence

import pytest
from cases_individual import list_patients
from hand_made import HandMadePaper

from auditable.blocks import Study, read_studies
from auditable.checks import RULES

OURS = [rule for name, rule in RULES.items() if name.startswith("individual.")]
NUMBERS = ("1", "2", "3", "4", "5", "6")


def study_of(paper: HandMadePaper) -> Study:
    return read_studies(paper.frame(), {"s": paper.sentences})[0]


def raised(paper: HandMadePaper) -> set[str]:
    """The rules that accuse or ask."""
    study = study_of(paper)
    return {
        rule.id
        for rule in OURS
        for outcome in rule.function(study)
        if outcome.verdict in ("impossible", "rounding") or (outcome.verdict == "not testable" and outcome.severity)
    }


def held(paper: HandMadePaper) -> set[str]:
    """The rules that found something consistent."""
    study = study_of(paper)
    return {rule.id for rule in OURS for outcome in rule.function(study) if outcome.verdict == "consistent"}


def surgical_series(paper: HandMadePaper, *, in_rows: bool = True, **changed: Sequence[str]) -> HandMadePaper:
    """Six patients after an operation, numbered; changed: other values of a row."""
    rows: dict[str, tuple[str, Sequence[str], str, str]] = {
        "age": ("Age (years)", ("41", "58", "66", "72", "35", "70"), "years", "age"),
        "sex": ("Sex", ("M", "F", "F", "M", "F", "F"), "", "sex"),
        "lactate": ("Lactate (mmol/L)", ("1.2", "4.6", "<1", "5.1", "NK", "2.0"), "mmol/L", "lactate"),
        "leak": ("Anastomotic leak", ("No", "Yes", "No", "Yes", "No", "No"), "", ""),
        "approach": ("Approach", ("Open", "Laparoscopic", "Laparoscopic", "Open", "Robotic", "Open"), "", ""),
        "stay": ("Length of stay (days)", ("9", "31", "8", "24", "7", "12"), "days", "length_of_stay"),
    }
    for key, (label, values, unit, variable) in rows.items():
        list_patients(
            paper,
            label,
            changed.get(key, values),
            names=NUMBERS,
            head="",
            unit=unit,
            variable=variable,
            in_rows=in_rows,
        )
    return paper


@pytest.mark.parametrize("in_rows", [True, False])
def test_a_right_series_is_silent_in_both_orientations(paper: HandMadePaper, in_rows: bool) -> None:
    surgical_series(paper, in_rows=in_rows).read(
        "Median age was 62 years (range 35–72).",
        "Four patients (67%) were women.",
        "Anastomotic leak occurred in two patients (33%).",
        "The approach was open in three, laparoscopic in two and robotic in one.",
        "Lactate was above 4 mmol/L in two patients.",
        "Median length of stay was 10.5 days (range 7–31).",
        "Patient 2 was a 58-year-old woman.",
        "Four of six patients were women.",
        "Of our cohort, 2 of 6 patients (33%) had an anastomotic leak.",
    )
    assert raised(paper) == set()
    assert held(paper) >= {"individual.count", "individual.recompute", "individual.value", "individual.limit"}


@pytest.mark.parametrize("in_rows", [True, False])
@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Median age was 64 years (range 35–72).", "individual.recompute"),
        ("Median age was 62 years (range 35–73).", "individual.recompute"),
        ("Median length of stay was 10.5 days (range 7–13).", "individual.recompute"),
        ("Five patients were women.", "individual.count"),
        ("5 of 6 patients were female.", "individual.count"),
        ("Anastomotic leak was seen in 3 of the 6 patients.", "individual.count"),
        ("Of our cohort, 3/6 patients were female.", "individual.count"),
        ("Anastomotic leak occurred in three patients.", "individual.count"),
        ("The approach was open in two, laparoscopic in two and robotic in one.", "individual.count"),
        ("The approach was open in three, laparoscopic in two and robotic in two.", "individual.count"),
        ("Lactate was above 4 mmol/L in four patients.", "individual.limit"),
        ("Two patients were older than 60 years.", "individual.limit"),
        ("Patient 2 was a 56-year-old woman.", "individual.value"),
        ("Patient 2 was a 58-year-old man.", "individual.value"),
    ],
)
def test_a_wrong_number_is_found(paper: HandMadePaper, sentence: str, rule: str, in_rows: bool) -> None:
    assert raised(surgical_series(paper, in_rows=in_rows).read(sentence)) == {rule}


@pytest.mark.parametrize(
    "sentence",
    [
        "Among women, anastomotic leak occurred in one.",  # a part of the patients
        "Of the two with a leak, one was female.",
        "In the older patients, leak occurred in one.",
        "Leak did not occur in one patient.",  # denied
        "Of those with a leak, 1 of 2 patients was female.",
        "One of the four women had a leak.",
        "Three other patients were male.",  # told apart
        "Fever and leak occurred in three patients.",  # another event besides
        "Early leak occurred in one patient.",  # a narrower event
        "Lactate was above 3.5 mmol/L before surgery in four patients.",  # another time
        "Median age of the women was 64 years.",
        "Two women had a leak within 14 days of a stay of 9–31 days.",
        "The approach was open in three series [4].",
    ],
)
def test_what_speaks_of_others_is_left_alone(paper: HandMadePaper, sentence: str) -> None:
    assert raised(surgical_series(paper).read(sentence)) == set()


def test_a_larger_study_is_not_its_listed_patients(paper: HandMadePaper) -> None:
    surgical_series(paper).read(
        "Of 80 patients, 31 of 80 (39%) were women.", "Anastomotic leak occurred in nine of 80 patients.",
        "Four patients died, three patients were women.",
    )  # fmt: skip
    assert raised(paper) == set()


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Two patients (II, IV) had PD.", set[str]()),
        ("Three patients (II, IV) had PD.", {"individual.who"}),
        ("Progressive disease was seen in II and IV.", set[str]()),
        ("Response was PR in III and CR in V.", set[str]()),
        ("Response was PR in II and CR in V.", {"individual.who"}),
        ("PR was reached in III.", set[str]()),
        ("Two patients (I–III) had PD.", {"individual.who"}),
    ],
)
def test_patients_named_by_roman_numbers(paper: HandMadePaper, sentence: str, rules: set[str]) -> None:
    list_patients(paper, "Best response", ("SD", "PD", "PR", "PD", "CR"), variable="best_response")
    paper.read("PD, progressive disease; SD, stable disease.", source="note").read(sentence)
    assert {r for r in raised(paper) if r == "individual.who"} == rules


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, set[str]()),
        ({"death": ("N", "Y", "N", "Y", "Y")}, {"individual.logic"}),  # a cause without a death
        ({"count": ("2", "0", "1", "1", "1")}, {"individual.logic"}),  # both kinds in one event
        ({"severe": ("3", "0", "2", "1", "0")}, {"individual.logic"}),
        ({"relapse": ("2.3", "0.9", "N/A", "4.6", "0.8")}, {"individual.logic"}),
        ({"relapse": ("9", "9", "N/A", "9", "9")}, set[str]()),  # fails for all: counted from elsewhere
        ({"death": ("N", "Y", "M", "Y", "Y")}, {"individual.code"}),
    ],
)
def test_cells_of_one_patient_agree(paper: HandMadePaper, change: dict[str, Sequence[str]], rules: set[str]) -> None:
    rows: dict[str, tuple[str, Sequence[str], str, str]] = {
        "relapse": ("Time to relapse (months)", ("2.3", "0.9", "N/A", "1.6", "0.8"), "months", "time_to_progression"),
        "follow": ("Follow-up (months)", ("3.4", "0.9", "1.6", "2.7", "1.1"), "months", "follow_up"),
        "death": ("Death (Y/N)", ("N", "Y", "Y", "Y", "Y"), "", "death"),
        "cause": ("Cause of death", ("N/A", "PD", "Sepsis", "PD", "PD"), "", "cause_of_death"),
        "count": ("Toxicity > Number of AEs", ("2", "0", "3", "1", "1"), "", "adverse_event_count"),
        "severe": ("Toxicity > Number of ≥ G3 AEs", ("1", "0", "2", "1", "0"), "", "adverse_event_count"),
        "haem": ("Toxicity > Haem AEs (Y/N)", ("N", "N", "Y", "Y", "N"), "", "adverse_event"),
        "other": ("Toxicity > Non-haem AEs (Y/N)", ("Y", "N", "Y", "N", "Y"), "", "adverse_event"),
    }
    for key, (label, values, unit, variable) in rows.items():
        list_patients(paper, label, change.get(key, values), unit=unit, variable=variable)
    assert raised(paper) == rules


@pytest.mark.parametrize(
    ("bmi", "total", "rules"),
    [
        (("24.5", "29.4", "22.8", "26.0", "31.1"), ("7", "5", "9", "4", "6"), set[str]()),
        (("24.5", "24.9", "22.8", "26.0", "31.1"), ("7", "5", "9", "4", "6"), {"individual.derived"}),
        (("24.5", "29.4", "22.8", "26.0", "31.1"), ("7", "5", "8", "4", "6"), {"individual.derived"}),
        (("24.5", "29.4", "22.8", "26.0", "31.1"), ("3", "9", "8", "1", "6"), set[str]()),  # the total of other things
    ],
)
def test_computed_rows(paper: HandMadePaper, bmi: Sequence[str], total: Sequence[str], rules: set[str]) -> None:
    list_patients(paper, "Weight (kg)", ("75", "85", "62", "80", "90"), unit="kg", variable="weight")
    list_patients(paper, "Height (cm)", ("175", "170", "165", "175.5", "170"), unit="cm", variable="height")
    list_patients(paper, "BMI (kg/m2)", bmi, unit="kg/m2", variable="bmi")
    list_patients(paper, "Lesions > Right", ("3", "1", "5", "2", "2"))
    list_patients(paper, "Lesions > Left", ("4", "4", "4", "2", "4"))
    list_patients(paper, "Lesions > Total", total)
    assert raised(paper) == rules


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("2 of 6 patients responded.", set[str]()),
        ("3 of 6 patients responded.", {"individual.responders"}),
        ("An objective response was seen in two patients (33%).", set[str]()),
        ("An objective response was seen in four patients.", {"individual.responders"}),
        ("The objective response rate was 40%.", set[str]()),  # of those who could be evaluated
        ("The objective response rate was 67%.", {"individual.responders"}),
        ("Three patients responded to antibiotics for pneumonia.", set[str]()),
    ],
)
def test_responders_of_solid_tumours(paper: HandMadePaper, sentence: str, rules: set[str]) -> None:
    answers = ("CR", "PD", "PR", "SD", "PD", "NE")
    list_patients(paper, "Best response", answers, names=NUMBERS, head="", variable="best_response", in_rows=True)
    list_patients(
        paper,
        "Cycles",
        ("4", "2", "9", "5", "2", "1"),
        names=NUMBERS,
        head="",
        variable="cycles_received",
        in_rows=True,
    )
    assert raised(paper.read(sentence)) == rules


@pytest.mark.parametrize(
    ("median", "rules"),
    [("3", {"individual.recompute"}), ("4", set[str]()), ("3.5", set[str]()), ("3.2", {"individual.recompute"})],
)
def test_what_is_counted_has_no_decimals(paper: HandMadePaper, median: str, rules: set[str]) -> None:
    list_patients(paper, "Number of cycles", ("4", "2", "9", "5", "3", "1"), names=NUMBERS, head="", in_rows=True)
    quote = f"The number of cycles was {median} in the median (range 1–9)."
    paper.say(quote, ("median", median), ("min", "1"), ("max", "9"), subject="number of cycles")
    assert raised(paper) == rules
