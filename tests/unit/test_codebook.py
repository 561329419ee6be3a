"""Labels → variables and categories; a codebook of another shape is refused with a clear message."""

from pathlib import Path

import pytest

from auditable.codebook import load_codebook
from auditable.model import AuditableError
from auditable.units import normal_unit


@pytest.mark.parametrize(
    ("path", "variable", "category"),
    [
        (("Age (years)", "Median (range)"), "age", ""),
        (("Age, (years) median (range)", "< 70"), "age", "< 70"),
        (("Age (years)", "65–74 years, n (%)"), "age", "65-74 years"),
        (("Sex", "Female"), "sex", "female"),
        (("Male sex — no. (%)",), "sex", "male"),
        (("Female, No. (%)",), "sex", "female"),
        (("Sex, male",), "sex", "male"),
        (("Haemoglobin, g/dL — median (IQR)",), "hemoglobin", ""),
        (("Hb gr/L, median (IQR)",), "hemoglobin", ""),
        (("Glycated haemoglobin (%)",), "hba1c", ""),
        (("ISS stage, n (%)", "Stage II"), "iss_stage", "II"),
        (("ECOG", "0"), "ecog", "0"),
        (("LDH", "Elevated"), "ldh", "elevated"),
        (("Previous lines of therapy", "≥ 4"), "prior_lines", "≥ 4"),
        (("Lenalidomide refractory", "No"), "lenalidomide_refractory", "No"),
        (("Medical history — no. (%)", "Hypertension"), "hypertension", ""),
        (("Family medical history", "Stroke"), "family_history", "Stroke"),
        (("Reason for discontinuation", "Death"), "discontinuation_reason", "death"),
        (("Discontinued treatment, n (%)", "Death"), "discontinuation_reason", "death"),
        (("Discontinued treatment, n (%)", "Adverse event"), "discontinuation_reason", "adverse event"),
        (("ORR (% pts)", "≥ VGPR (% pts)"), "vgpr_or_better", ""),
        (("ORR (% pts)", "PR (% pts)"), "best_response", "PR"),
        (("12-month PFS probability (%)",), "pfs", ""),
        (("Median PFS (months)",), "pfs", ""),
        (("Blood pressure (mmHg)", "systolic—median (range)"), "systolic_bp", ""),
        (("Concomitent medication",), "concomitant_medication", ""),  # a misprint of one letter
        (("Hypotension",), "", ""),  # no misprint of hypertension
        # labels nobody listed, and labels that only look like a variable
        (("Shoe size",), "", ""),
        (("Age of the mother's car",), "", ""),
        (("Lenalidomide",), "", ""),  # taken or refractory: nothing says which
        ((), "", ""),
    ],
)
def test_variable_of_a_row(path: tuple[str, ...], variable: str, category: str) -> None:
    assert load_codebook().name_row(path) == (variable, category)


def test_codebook_called_with_a_label_gives_its_variable() -> None:
    assert load_codebook()("overall survival") == "os"
    assert load_codebook()("shoe size") == ""


def test_unknown_label_gets_the_nearest_names() -> None:
    nearest = load_codebook().suggest("Haemoglobine")
    assert nearest[0].variable == "hemoglobin"
    assert nearest[0].likeness > 80


def test_units_of_the_codebook_are_in_the_lexicon() -> None:
    for variable in load_codebook().variables.values():
        for unit in filter(None, (variable.unit, *variable.accepted_units)):
            assert normal_unit(unit) == unit, variable.name


def test_codebook_is_wide_enough() -> None:
    assert len(load_codebook().variables) >= 60


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("{meaning: x, kind: continuous}", "lacking: labels"),
        ("{meaning: x, kind: continuous, labels: [a], colour: red}", "unknown: colour"),
        ("{meaning: x, kind: length, labels: [a]}", "unknown kind"),
        ("{meaning: x, kind: category, labels: [a], categories: {b: [c]}}", "unknown relation"),
        ("{meaning: x, kind: continuous, labels: [a], range: [3, 1]}", "upside down"),
        ("{meaning: x, kind: continuous, labels: [a], accepted_units: [m]}", "no factor"),
        ("{meaning: x, kind: continuous, labels: [a], accepted_units: {m: about ten}}", "conversion is no number"),
        ("{meaning: x, kind: continuous, labels: [a], accepted_units: {m: -1}}", "another shape"),
        ("{meaning: x, kind: continuous, labels: a}", "labels is no list"),
        ("[a, b]", "no mapping"),
    ],
)
def test_wrong_entry_is_refused(tmp_path: Path, entry: str, complaint: str) -> None:
    path = tmp_path / "variables.yaml"
    path.write_text(f"variables:\n  thing: {entry}\n", encoding="utf-8")
    with pytest.raises(AuditableError, match=complaint) as error:
        load_codebook(path)
    assert "thing" in str(error.value)


def test_label_of_two_variables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "variables.yaml"
    entry = "{meaning: x, kind: continuous, labels: [size]}"
    path.write_text(f"variables:\n  one: {entry}\n  two: {entry}\n", encoding="utf-8")
    with pytest.raises(AuditableError, match="one and two"):
        load_codebook(path)


@pytest.mark.parametrize(
    ("path", "kind", "variable"),
    [
        (("Prior rituximab", "Number of cycles received"), "individual", "prior_therapy_cycles"),
        (("Prior rituximab", "Number of cycles received"), "outcome", "cycles_received"),
        (("Best response with bortezomib, n (%)", "Partial response"), "baseline", "prior_therapy_response"),
        (("Best response with bortezomib, n (%)", "Partial response"), "outcome", "best_response"),
        (("Best response, n (%)", "Partial response"), "baseline", "best_response"),
        (("Duration of bortezomib treatment, months",), "baseline", "prior_therapy_duration"),
    ],
)
def test_what_an_earlier_therapy_did_is_not_what_this_one_does(path: tuple[str, ...], kind: str, variable: str) -> None:
    assert load_codebook().name_row(path, kind)[0] == variable


@pytest.mark.parametrize(
    ("label", "category"),
    [
        ("Elevated LDH (Y/N)", "elevated"),
        ("LDH, U/L", ""),
        ("Primary refractory to VRd (Y/N)", "Primary refractory to VRd"),
        ("Dex dose reduction (Y/N)", "dexamethasone"),
        ("Dose reduction (Y/N)", ""),
    ],
)
def test_the_other_words_of_a_label_are_its_category(label: str, category: str) -> None:
    assert load_codebook().name_row([label])[1] == category
