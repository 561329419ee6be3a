"""agreement.definition: contradictions between explanations are found; what authors vary freely is not."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper, sentence_of

from auditable.checks.long_forms import are_alike, differing_parts, differing_words
from auditable.checks.short_forms import find_definitions, spells

RULE = "agreement.definition"
MPT = "They took melphalan, prednisone and thalidomide (MPT)."
TWO = {"PD": "progressive disease", "SD": "stable disease"}


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("prose", "Some had progressive disease (PD).", {"PD": "progressive disease"}),
        ("prose", "We saw event-free survival (EFS) rise.", {"EFS": "event-free survival"}),
        ("prose", MPT, {"MPT": "melphalan, prednisone and thalidomide"}),
        ("prose", "All had CT (computed tomography).", {"CT": "computed tomography"}),
        ("prose", "We used the mean (SD).", {}),
        ("prose", "One patient (ID) left.", {}),
        ("prose", "Most were women (Table 1).", {}),
        ("note", "PD, progressive disease; SD, stable disease.", TWO),
        ("note", "PD progressive disease, SD stable disease", TWO),
        ("note", "PD: progressive disease; SD = stable disease;", TWO),
        ("note", "PD is progressive disease, SD stable disease.", TWO),
        ("note", "FDA approved drugs only.", {}),
        ("prose", "Abbreviations: VAS, visual analogue scale; QoL, quality of life.",
         {"VAS": "visual analogue scale", "QoL": "quality of life"}),
    ],
)  # fmt: skip
def test_definitions_are_found(source: str, text: str, found: dict[str, str]) -> None:
    read = find_definitions([sentence_of(text, source=source)])
    assert {d.key: d.long for d in read} == found


@pytest.mark.parametrize(
    ("short", "long", "is_spelt"),
    [
        ("LVEF", "left ventricular ejection fraction", True),
        ("QoL", "quality of life", True),
        ("R/R", "relapsed refractory", True),
        ("FDA", "approved drugs", False),
        ("SD", "median", False),
        ("PFS", "post-operative time", False),
    ],
)
def test_letters_spell_the_long_form(short: str, long: str, is_spelt: bool) -> None:
    assert spells(short, long.replace("-", " ").split()) == is_spelt


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("progression-free survival", "progression free survival"),
        ("Charlson comorbidity index", "Charlson co-morbidity index"),
        ("haemoglobin", "hemoglobin"),
        ("visual analogue scale", "visual analog score"),
        ("overall response rate", "objective response rate"),
        ("adverse events", "adverse event"),
        ("relapsed/refractory MM", "relapsed and refractory multiple myeloma"),
        ("immunomodulatory drug", "immunomodulatory agents"),
        ("randomised controlled trial", "randomized clinical trial"),
        ("quality of life", "health-related quality of life"),
        ("international prognostic index", "International Pronostic Index"),
    ],
)
def test_authors_vary_their_words(left: str, right: str) -> None:
    assert differing_words(left, right, {"MM": "multiple myeloma"}) == ((), ())


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("protease inhibitor", "proteasome inhibitor"),
        ("heart rate", "hazard ratio"),
        ("minor response", "minimal response"),
        ("resistance or relapse", "relapsed/refractory"),
        ("progression-free survival", "post-fracture survival"),
    ],
)
def test_other_words_are_told(left: str, right: str) -> None:
    mine, theirs = differing_words(left, right, {})
    assert mine
    assert theirs


def test_combinations_differ_by_their_parts() -> None:
    one, other = "melphalan, prednisone and thalidomide", "melphalan with prednisone and bortezomib"
    assert differing_parts(one, other) == (("thalidomide",), ("bortezomib",))
    assert differing_parts(one, "thalidomide–prednisone–melphalan") == ((), ())
    assert differing_parts(one, "melphalan and prednisone") == ((), ())
    assert are_alike("prednisone", "prednisolone")


@pytest.mark.parametrize(
    ("text", "note", "verdict"),
    [
        (MPT, "MPT, melphalan with prednisone and bortezomib;", "impossible"),
        (MPT, "MPT, melphalan with prednisone;", "consistent"),
        ("Many had used protease inhibitors (PIs).", "PI, proteasome inhibitor; QoL, quality of life;", "not testable"),
        ("We read the hazard ratio (HR).", "HR heart rate, BMI body mass index", "not testable"),
        (
            "One had MR-SD (minor response-stable disease).",
            "MR, minimal response; PD, progression of disease;",
            "not testable",
        ),
        ("We read the hazard ratio (HR).", "HR hazard ratio, BMI body mass index", "consistent"),
    ],
)
def test_one_short_form_has_one_meaning(text: str, note: str, verdict: str) -> None:
    paper = HandMadePaper().read(text).read(note, section="Table 1", source="note")
    assert paper.verdicts(RULE) == [verdict]


def test_single_letters_are_free() -> None:
    paper = HandMadePaper().read("R lenalidomide, d dexamethasone, V bortezomib.", source="note", section="Table 1")
    paper.read("R rituximab, d days.", source="note", section="Table 2")
    assert paper.verdicts(RULE) == []


def test_two_hyphenated_long_forms_are_no_combinations_of_drugs(paper: HandMadePaper) -> None:
    paper.read("The main outcome was relapse-free survival (RFS).", section="Methods")
    paper.read("Patients filled in the recurrence-failure score (RFS).", section="Methods")
    assert paper.verdicts("agreement.definition") == ["not testable"]
