"""flow.reasons: reasons for stopping against those who stopped, and against what the text says."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

RULE = "flow.reasons"


def _stops(paper: HandMadePaper, column: str, stopped: str, reasons: dict[str, str], *, other: str = "Other") -> None:
    of = {"table": "T2", "table_type": "exposure", "column": column}
    paper.row("Stopped early", variable="discontinuation", n=stopped, **of)
    for label, n in reasons.items():
        category = label.lower() if label != other else "Other"
        paper.row(f"Reason > {label}", variable="discontinuation_reason", category=category, n=n, **of)


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ({"Adverse event": "4", "Death": "1", "Other": "2"}, "consistent"),
        ({"Adverse event": "4", "Death": "2", "Other": "2"}, "impossible"),
        ({"Adverse event": "4", "Death": "1", "Other": "1"}, "impossible"),
        ({"Adverse event": "4", "Death": "1"}, "not testable"),  # no row takes up the others
    ],
)
def test_reasons_explain_those_who_stopped(second: dict[str, str], verdict: str) -> None:
    paper = HandMadePaper()
    _stops(paper, "A", "5", {"Adverse event": "3", "Death": "1", "Other": "1"})
    _stops(paper, "B", "7", second)
    assert paper.verdicts(RULE) == ["consistent", verdict]


def test_reasons_that_nowhere_add_up_prove_nothing() -> None:
    paper = HandMadePaper()
    _stops(paper, "A", "5", {"Adverse event": "3", "Death": "3", "Other": "1"})
    assert paper.verdicts(RULE) == ["not testable"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Six patients stopped treatment because of adverse events (Table 2).", ["consistent", "not testable"]),
        ("Six patients discontinued the drug due to toxicity.", ["consistent", "not testable"]),
        ("One patient stopped treatment because of adverse events (Table 2).", ["consistent", "consistent"]),
        ("Four patients stopped a second drug because of adverse events.", ["consistent"]),
        ("Six patients would have stopped because of adverse events.", ["consistent"]),
        ("Elsewhere six patients stopped because of adverse events [4].", ["consistent"]),
        ("Six patients stopped treatment because of progression (Table 2).", ["consistent"]),
    ],
)
def test_a_sentence_on_events_is_held_against_the_table(text: str, verdicts: list[str]) -> None:
    paper = HandMadePaper()
    _stops(paper, "All", "6", {"Disease progression": "3", "Death": "2", "Other": "1"})
    section = "Discussion" if "[4]" in text else "Results"
    found = paper.read(text, section=section).findings(RULE)
    assert sorted(found["verdict"]) == verdicts
    assert set(found[found["verdict"] == "not testable"]["severity"]) <= {"definition"}
