"""Numbers at risk: what is accused, and what stays silent."""

import pytest
from cases_at_risk import block
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("said", "rows", "verdicts"),
    [
        ("Number at risk", ("Month 0 6 12 18", "Active 241 143 59 26"), ["consistent"]),
        ("No. at risk", ("Month 0 6 12 18", "Active 241 143 153 26"), ["impossible"]),
        ("No. at risk", ("Month 0 6 12 18", "A 1,041 943 953 26", "B 90 80 70 70"), ["impossible", "consistent"]),
        ("Number at risk", ("Month 0 6 12 18", "Events 0 6 14 19"), []),
        ("Number at risk", ("Month 0 6 12 18", "Odd 90 40 50 60"), []),
        ("Number at risk", ("Month 0 6 12 18", "Odd 90 40 50"), []),
        ("Number at risk", ("Visit 1 6 12 18", "Active 241 143 153 26"), []),
        ("Cumulative events", ("Month 0 6 12 18", "Active 241 143 153 26"), []),
        ("Patients at risk were older with late entry allowed.", ("Month 0 6 12 18", "Active 241 143 153 26"), []),
    ],
)  # fmt: skip
def test_numbers_at_risk(paper: HandMadePaper, said: str, rows: tuple[str, ...], verdicts: list[str]) -> None:
    paper.read(said, source="caption")
    paper.sentences.append(block(*rows))
    assert paper.verdicts("survival.at_risk") == verdicts
