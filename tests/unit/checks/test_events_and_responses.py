"""ae.logic, response.sum, glyph.integrity: pass, fail with exactly these cells, do not apply."""

import pytest
from hand_made import HandMadePaper

ANY, SEVERE = "AEs > Any grade", "AEs > Grade ≥ 3"
SERIOUS, RELATED = "Serious AEs > All grades", "Related AEs > Any grade"


@pytest.mark.parametrize(
    ("numbers", "verdicts"),
    [
        ({ANY: "5", SEVERE: "2"}, ["consistent"]),
        ({ANY: "2", SEVERE: "5"}, ["impossible"]),
        ({ANY: "5", SERIOUS: "6"}, ["impossible"]),
        ({ANY: "5", RELATED: "6"}, ["impossible"]),
        ({SERIOUS: "5", RELATED: "6"}, []),  # neither contains the other
        ({ANY: "5"}, []),
    ],
)
def test_columns_of_adverse_events(paper: HandMadePaper, numbers: dict[str, str], verdicts: list[str]) -> None:
    for column, n in numbers.items():
        paper.row("Anaemia", table_type="adverse events", column=column, n=n)
    assert paper.verdicts("ae.logic") == verdicts


def test_events_are_not_compared_with_patients(paper: HandMadePaper) -> None:
    paper.row("Any AE", table_type="adverse events", column=ANY, n="5")
    paper.row("Any AE", table_type="adverse events", column=SEVERE, n="8", pct="44.4", total="18")
    assert paper.verdicts("ae.logic") == []


def test_a_term_is_at_most_its_class(paper: HandMadePaper) -> None:
    for path, n in (("Blood", "4"), ("Blood > Anaemia", "5"), ("Blood > Neutropenia", "4")):
        paper.row(path, table_type="adverse events", n=n)
    assert paper.verdicts("ae.logic") == ["impossible", "consistent"]
    assert paper.accused("ae.logic") == ["Blood > Anaemia"]


@pytest.mark.parametrize("label", ["Serious TEAEs", "Grade ≥3 TEAEs", "Number of ≥ G3 AEs", "Treatment-related AEs"])
@pytest.mark.parametrize(("n", "verdict"), [("16", "consistent"), ("29", "impossible")])
def test_rows_of_adverse_events(paper: HandMadePaper, label: str, n: str, verdict: str) -> None:
    whole = "Number of AEs" if label.startswith("Number") else "Any TEAE" if "TEAE" in label else "Any AE"
    paper.row(f"Safety > {whole}", n="28").row(f"Safety > {label}", n=n)
    assert paper.verdicts("ae.logic") == [verdict]


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ({"ORR": "60", "sCR": "0", "CR": "5", "VGPR": "27", "PR": "29", "≥ VGPR": "32"}, ["consistent", "consistent"]),
        ({"ORR": "70", "sCR": "0", "CR": "5", "VGPR": "27", "PR": "29"}, ["impossible"]),
        ({"ORR": "61", "sCR": "2", "CR": "5", "VGPR": "27", "PR": "29"}, ["consistent"]),  # CR counts sCR
        ({"ORR": "35", "sCR": "<1", "CR": "1", "VGPR": "7", "PR": "27"}, ["consistent"]),
        ({"Overall response rate (ORR)": "30", "Complete response": "10", "Partial response": "20"}, ["consistent"]),
        ({"Objective response rate": "35", "Complete response": "10", "Partial response": "20"}, ["impossible"]),
        ({"ORR": "60", "CR": "5", "PR": "29"}, ["impossible"]),
        ({"ORR": "60", "VGPR": "5", "PR": "29"}, []),  # a part is missing
        ({"ORR": "60", "CR": "5", "PR": "29", "VGPR": "NR"}, []),
        ({"ORR": "60"}, []),
    ],
)
def test_responses(paper: HandMadePaper, rows: dict[str, str], verdicts: list[str]) -> None:
    for label, pct in rows.items():
        paper.row(label, table_type="outcome", pct=pct)
    assert paper.verdicts("response.sum") == verdicts


def test_a_note_may_define_the_parts(paper: HandMadePaper) -> None:
    for label, pct in (("ORR", "60"), ("CR", "5"), ("VGPR", "20"), ("PR", "29")):
        paper.row(label, table_type="outcome", pct=pct, marks="a b" if label == "CR" else "a")
    assert paper.verdicts("response.sum") == ["not testable"]


@pytest.mark.parametrize(
    ("label", "verdicts"),
    [
        ("Platelets < 50", ["consistent"]),
        ("Platelets \ufffd 50", ["impossible"]),
        ("Platelets (cid:3)50", ["impossible"]),
        ("Platelets \ue012 50", ["impossible"]),
        ("β2-microglobulin ≥ 5.5 µg/mL", ["consistent"]),
    ],
)
def test_glyphs(paper: HandMadePaper, label: str, verdicts: list[str]) -> None:
    assert paper.row(label, n="4").verdicts("glyph.integrity") == verdicts
