"""effect.reference: differences from one arm, in rows and in columns, and what must stay silent."""

import pytest
from cases_reference import CHANGES, doses
from hand_made import HandMadePaper

RULE = "effect.reference"


@pytest.mark.parametrize(
    ("last", "difference", "accused"),
    [
        ("-11.9", "-11.2", 0),
        ("-11.9", "11.2", 0),
        ("-11.9", "-11.4", 0),  # two last digits off: rounded before
        ("-14.9", "-11.2", 1),
        ("-11.9", "-12.1", 1),
    ],
)
def test_differences_in_a_row(paper: HandMadePaper, last: str, difference: str, accused: int) -> None:
    doses(paper, last, difference)
    assert len(paper.accused(RULE)) == accused


@pytest.mark.parametrize(("last", "accused"), [("-11.2", []), ("-14.2", ["Trial 1 > 60 mg"])])
def test_differences_in_a_column(paper: HandMadePaper, last: str, accused: list[str]) -> None:
    for arm, change, difference in (*CHANGES, ("60 mg", "-11.9", last)):
        paper.row(f"Trial 1 > {arm}", table_type="outcome", column="Baseline", mean="148.2")
        paper.row(f"Trial 1 > {arm}", table_type="outcome", column="Change", mean=change)
        if difference:
            paper.row(f"Trial 1 > {arm}", table_type="outcome", column="Difference vs placebo", value=difference)
    assert paper.accused(RULE) == accused


def test_differences_of_a_model_are_not_judged(paper: HandMadePaper) -> None:
    for (arm, change, _), modelled in zip(CHANGES, ("", "-6.4", "-7.5", "-12.2"), strict=True):
        paper.row("Change", table_type="outcome", column=arm, arm=arm, mean=change)
        if modelled:
            paper.row("Difference from placebo", table_type="outcome", column=arm, arm=arm, value=modelled)
    assert paper.verdicts(RULE) == []
