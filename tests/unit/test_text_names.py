"""Variables and categories named in running text: which words, where, and which are left alone."""

import pytest

from auditable.codebook import load_codebook


def names(text: str) -> list[tuple[str, str, str]]:
    return [(text[h.start : h.end], h.variable, h.category) for h in load_codebook().find_in_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The median age was 61 years.", [("age", "age", "")]),
        (
            "Median progression-free survival and OS were 4 and 11 months.",
            [("progression-free survival", "pfs", ""), ("OS", "os", "")],
        ),
        ("Two patients had a PR and one a CR.", [("PR", "best_response", "PR"), ("CR", "best_response", "CR")]),
        (
            "Twelve women and 9 men had very good partial responses.",
            [
                ("women", "sex", "female"),
                ("men", "sex", "male"),
                ("very good partial responses", "best_response", "VGPR"),
            ],
        ),
        # the longest form wins; spelling and plural do not matter
        ("Glycated haemoglobin fell.", [("Glycated haemoglobin", "hba1c", "")]),
        ("Hemoglobin and platelet counts", [("Hemoglobin", "hemoglobin", ""), ("platelet counts", "platelets", "")]),
        # a category beside its variable
        ("ISS stage III disease", [("ISS stage III", "iss_stage", "III")]),
        ("an ECOG performance status of 2", [("ECOG performance status of 2", "ecog", "2")]),
        ("High-risk cytogenetics were seen.", [("High-risk cytogenetics", "cytogenetic_risk", "high")]),
        # two categories of one variable: neither is meant alone
        ("an ECOG performance status of 0 or 1", [("ECOG performance status", "ecog", "")]),
        ("ISS stage I or III", [("ISS stage", "iss_stage", "")]),
        ("ISS stage II–III", [("ISS stage II–III", "iss_stage", "II-III")]),  # listed as a category of its own
        # abbreviations need their capitals; one letter is no name
        ("The os calcis and a pr note", []),
        ("the ORRs of both arms", [("ORRs", "orr", "")]),
        ("F was 3.1", []),
        # labels that say too little in a sentence
        ("The response of patients at our center", []),
        # a word that says it is something else, in the same clause only
        ("serum creatinine clearance", [("creatinine clearance", "creatinine_clearance", "")]),
        ("EGFR mutation", [("EGFR mutation", "gene_mutation", "")]),
        (
            "event-free survival and survival of 2 years, OS",
            [("event-free survival", "event_free_survival", ""), ("OS", "os", "")],
        ),
        # a change of a variable
        ("a change in haemoglobin of 2 g/dL", [("change in haemoglobin", "change_from_baseline", "hemoglobin")]),
        (
            "The change from baseline in mean HbA1c",
            [("change from baseline in mean HbA1c", "change_from_baseline", "hba1c")],
        ),
        # terms are adverse events where the sentence speaks of such
        (
            "Grade 3 neutropenia and hypertension occurred.",
            [("neutropenia", "adverse_event", "neutropenia"), ("hypertension", "adverse_event", "hypertension")],
        ),
        ("Nausea and hypertension were listed.", [("hypertension", "hypertension", "")]),
        ("Serious adverse events were rare.", [("Serious adverse events", "adverse_event", "any")]),
        ("He had a cold", []),  # no HADS-A
        # SD of a mean is no stable disease
        ("The mean (SD) age was 61 (9); SD was seen in none.", [("age", "age", "")]),
        ("", []),
    ],
)
def test_names_in_a_sentence(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert names(text) == expected


def test_what_leads_to_a_sentence_is_context() -> None:
    found = load_codebook().find_in_text("Nausea was rare.", leading="Safety")
    assert [(h.variable, h.category) for h in found] == [("adverse_event", "nausea")]
