"""Sentences that compare arms as authors write them: whose each number is, of what, and which grade or kind."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from auditable.model import Paper
from auditable.observations import observe
from auditable.prose import find_mentions
from tests.printed.meaning_sentences import readings

PAPER = Paper("made2020", Path("x"), Path("x.pdf"), "", "")
DRUGS = "Novarel|Placebo"
DOSES = "Novarel 20 mg (N=60)|Novarel 40 mg (N=62)"
PER_KG = "Drug X 5 mg/kg every 2 weeks|Drug X 10 mg/kg every 2 weeks|Placebo"
Read = Sequence[Mapping[str, str]]


def read(sentence: str, arms: str, section: str = "Results") -> Read:
    """The observations of one sentence of a paper with these arms, in printed order."""
    row = {"sentence": sentence, "section": section, "arms": arms}
    reading = [r for r, of in readings([[row]]) if of][-1]
    frame = find_mentions(reading, tables=observe(reading, PAPER).observations)[0].sort_values("start")
    return [{str(k): str(v) for k, v in record.items()} for record in frame.to_dict("records")]


def tell(found: Read, *fields: str) -> list[tuple[str, ...]]:
    """These fields of each number."""
    return [tuple(o[f] for f in fields) for o in found]


@pytest.mark.parametrize(
    ("sentence", "arms", "expected"),
    [
        (
            "Response rates were 31% in the 20 mg group and 40% in the 40 mg group.",
            DOSES,
            [("31", "Novarel 20 mg"), ("40", "Novarel 40 mg")],
        ),
        (
            "Median PFS was 8.2 months with 20 mg and 10.1 months with 40 mg.",
            DOSES,
            [("8.2", "Novarel 20 mg"), ("10.1", "Novarel 40 mg")],
        ),
        (
            "Nausea occurred in 21% of patients receiving 5 mg/kg and 33% of those receiving 10 mg/kg.",
            PER_KG,
            [("21", "Drug X 5 mg/kg every 2 weeks"), ("33", "Drug X 10 mg/kg every 2 weeks")],
        ),
        (
            "Bleeding occurred in 8% of the low-dose group and 17% of the high-dose group.",
            "Low-dose warfarin|High-dose warfarin",
            [("8", "Low-dose warfarin"), ("17", "High-dose warfarin")],
        ),
        (
            "Hypertension was present in 45% of patients given novarel and 41% among controls.",
            DRUGS,
            [("45", "Novarel"), ("41", "Placebo")],
        ),
        (
            "Diabetes was present in 34 (24.3%) cases and 41 (14.6%) controls.",
            "Cases|Controls",
            [("34", "Cases"), ("24.3", "Cases"), ("41", "Controls"), ("14.6", "Controls")],
        ),
        (
            "Complications occurred in 6.9% of patients after surgery and in 3.0% after physiotherapy.",
            "Surgery|Physiotherapy",
            [("6.9", "Surgery"), ("3.0", "Physiotherapy")],
        ),
        ("After novarel, 12% relapsed.", DRUGS, [("12", "")]),
        ("Relapse was seen in 31% of those given 20 mg of prednisone.", DOSES, [("31", "")]),
    ],
)
def test_arm(sentence: str, arms: str, expected: list[tuple[str, str]]) -> None:
    assert tell(read(sentence, arms), "value", "arm") == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The mean (SD) age was 61.2 (9.4) years in the novarel group and 60.8 (9.9) years in the placebo group.",
        "The mean age was 61.2 (9.4) years with novarel versus 60.8 (9.9) years with placebo.",
    ],
)
def test_mean_and_deviation_with_the_unit_behind_brackets(sentence: str) -> None:
    assert tell(read(sentence, DRUGS), "statistic", "value", "variable", "arm") == [
        ("mean", "61.2", "age", "Novarel"),
        ("sd", "9.4", "age", "Novarel"),
        ("mean", "60.8", "age", "Placebo"),
        ("sd", "9.9", "age", "Placebo"),
    ]


def test_interval_of_the_second_side_needs_no_label() -> None:
    sentence = "Median PFS was 11.2 months (95% CI 9.1–13.0) vs 7.4 months (6.0–8.8) with novarel and placebo."
    placebo = [o["statistic"] for o in read(sentence, DRUGS) if o["arm"] == "Placebo"]
    assert placebo == ["median", "ci_low", "ci_high"]


@pytest.mark.parametrize("verb", ["decreased", "was brought", "came down"])
def test_a_change_is_no_range(verb: str) -> None:
    found = read(f"HbA1c {verb} from 8.4% to 7.1% with novarel.", DRUGS)
    assert tell(found, "statistic", "value") == [("pct", "8.4"), ("pct", "7.1")]


def test_a_range_that_falls_is_still_a_range() -> None:
    found = read("HbA1c ranged from 8.4% to 7.1% with novarel.", DRUGS)
    assert tell(found, "statistic", "value") == [("min", "8.4"), ("max", "7.1")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Fatigue was the most common adverse event (38% with novarel and 21% with placebo).",
            [("fatigue", "", ""), ("fatigue", "", "")],
        ),
        (
            "Any-grade neutropenia was seen in 61% and grade 3-4 neutropenia in 33% of patients.",
            [("neutropenia", "any", ""), ("neutropenia", "3-4", "")],
        ),
        (
            "Grade 3 or higher neutropenia occurred in 14% vs. 6% of patients.",
            [("neutropenia", ">=3", ""), ("neutropenia", ">=3", "")],
        ),
        (
            "Discontinuation due to adverse events was rare (novarel, 4.5%; placebo, 2.6%).",
            [("any", "", "leading to discontinuation")] * 2,
        ),
        (
            "There were 9 treatment-related deaths with novarel and 4 with placebo.",
            [("any", "", "related")] * 2,
        ),
    ],
)
def test_event(sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert tell(read(sentence, DRUGS, "Safety"), "category", "grade", "event_kind") == expected


def test_population_and_its_arms_are_counts_of_patients() -> None:
    sentence = "The per-protocol set comprised 210 patients: 104 in the novarel group and 106 in the placebo group."
    assert tell(read(sentence, DRUGS), "variable", "population", "arm") == [
        ("n_patients", "per protocol", ""),
        ("n_patients", "per protocol", "Novarel"),
        ("n_patients", "per protocol", "Placebo"),
    ]


def test_categories_told_by_their_label_alone() -> None:
    found = read("ECOG performance status was 0 in 41%, 1 in 48% and 2 in 11% of patients.", "")
    assert tell(found, "variable", "category") == [("ecog", "0"), ("ecog", "1"), ("ecog", "2")]


def test_a_dose_parts_no_words_of_a_subject() -> None:
    found = read("The proportion of patients who walked independently in the Novarel 20 mg arm was 41%.", DOSES)
    assert "walked independently" in found[0]["subject"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The placebo group had a stiff elbow in 12 patients.",
        "The placebo group had 12 patients with stiff elbows.",
    ],
)
def test_patients_a_group_had_with_something_are_not_its_size(sentence: str) -> None:
    assert "n_patients" not in [o["variable"] for o in read(sentence, DRUGS)]


def test_a_dose_that_is_raised_names_no_arm() -> None:
    sentence = "When the dose was raised to 40 mg, 12% of patients had nausea."
    assert tell(read(sentence, DOSES), "value", "arm")[-1:] == [("12", "")]
