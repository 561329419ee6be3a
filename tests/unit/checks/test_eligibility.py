"""eligibility.vs_baseline: conditions of entry against what is printed of the patients."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper, sentence_of

from auditable.checks.criteria import find_criteria

RULE = "eligibility.vs_baseline"
ECOG = "An ECOG status of 0–1 made patients eligible."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patients aged 18–75 years were eligible.", ("age", "18–75")),
        ("Eligible patients were 18 to 75 years of age.", ("age", "18–75")),
        ("Patients were eligible if they were 18 years of age or older.", ("age", "at least 18")),
        ("Adults aged ≥ 65 years were enrolled.", ("age", "at least 65")),
        ("We enrolled adults after 1–3 lines of therapy.", ("prior_lines", "1–3")),
        ("We enrolled adults who had received at least two prior lines.", ("prior_lines", "at least 2")),
        ("Eligible patients had an ECOG performance status of 0 or 1.", ("ecog", "0–1")),
        ("Eligible patients had an ECOG performance status ≤ 2.", ("ecog", "at most 2")),
    ],
)
def test_conditions_are_read(text: str, found: tuple[str, str]) -> None:
    assert [(c.quantity, c.limits) for c in find_criteria([sentence_of(text)])] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Patients aged 18–75 years were excluded.",
        "Patients aged 70 years or older had the same survival.",
        "Of 40 patients aged 18–75 years, 20% were enrolled elsewhere.",
        "The median age of 61 years was low.",
    ],
)
def test_other_sentences_are_no_conditions(text: str) -> None:
    assert find_criteria([sentence_of(text)]) == []


@pytest.mark.parametrize(
    ("text", "row", "verdicts"),
    [
        ("Patients aged 18–75 years were eligible.", {"variable": "age", "max": "78"}, ["not testable"]),
        ("Patients aged 18–75 years were eligible.", {"variable": "age", "max": "75"}, ["consistent"]),
        ("Patients aged 18–75 years were eligible.", {"variable": "age", "q3": "78"}, []),
        ("Patients aged 18–75 years were eligible.", {"variable": "age_at_diagnosis", "max": "78"}, []),
        ("We enrolled adults after 1–3 lines.", {"variable": "prior_lines", "max": "4"}, ["not testable"]),
        (ECOG, {"variable": "ecog", "category": "2", "n": "3"}, ["not testable"]),
        (ECOG, {"variable": "ecog", "category": "2", "n": "0"}, []),
    ],
)
def test_patients_meet_the_limits(text: str, row: dict[str, str], verdicts: list[str]) -> None:
    paper = HandMadePaper().read(text, section="Methods").row("Row", **row)  # type: ignore[arg-type]
    assert paper.verdicts(RULE) == verdicts


def test_two_conditions_on_one_quantity_are_held_apart() -> None:
    paper = HandMadePaper().read("The first trial enrolled adults aged 18–75 years.", section="First")
    paper.read("The second trial enrolled adults aged 18–85 years.", section="Second")
    assert paper.row("Age", variable="age", max="83").verdicts(RULE) == []


@pytest.mark.parametrize(("pct", "verdict"), [("96.9", "not testable"), ("100", "consistent")])
def test_everyone_had_what_entry_asked_for(pct: str, verdict: str) -> None:
    paper = HandMadePaper().read("Participants had relapsed after a taxane and a platinum.", section="Methods")
    paper.row("Prior therapy > Taxane agent", variable="prior_therapy", category="taxane", pct=pct)
    paper.row("Prior therapy > Anthracycline", variable="prior_therapy", category="anthracycline", pct="40")
    assert paper.verdicts(RULE) == [verdict]


def test_of_two_trials_under_one_heading_each_keeps_its_condition(paper: HandMadePaper) -> None:
    paper.read(
        "The first trial enrolled adults after at least 2 lines, including warfarin and aspirin.",
        "The second trial enrolled adults after 1–3 lines.",
        "Patients had a median of 2 lines (range 1–3).",
        section="Trials",
    )
    found = paper.findings(RULE)
    assert found["expected"].unique().tolist() == ["1–3"]
    assert set(found["verdict"]) == {"consistent"}
