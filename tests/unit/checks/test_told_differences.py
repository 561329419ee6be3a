"""effect.told: differences told without their two numbers, and what must stay silent."""

import pytest
from hand_made import HandMadePaper

RULE = "effect.told"
CONSISTENT, IMPOSSIBLE = ["consistent"], ["impossible"]


def stay(paper: HandMadePaper, statistic: str, *values: str) -> HandMadePaper:
    """One row with a number in each arm."""
    for arm, value in zip(("Drug", "Placebo", "Sham", "Nothing"), values, strict=False):
        kind, number = "outcome", {statistic: value}
        paper.row("Stay in hospital", table="T2", table_type=kind, column=arm, arm=arm, unit="days", of={}, **number)
    return paper


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("The drug shortened the median stay in hospital by 4.4 days.", CONSISTENT),
        ("The drug shortened the median stay in hospital by about 4 days.", []),
        ("The drug shortened the median stay in hospital by 5.4 days.", IMPOSSIBLE),
        ("The difference in median stay in hospital of 5.4 days was welcome.", IMPOSSIBLE),
        ("The median stay in hospital was 5.4 days longer with the drug than with placebo.", IMPOSSIBLE),
        ("The median stay in hospital was 3.5 days with placebo.", []),
        ("The drug shortened the median stay in hospital by 6.1 days.", []),  # no slip of the pen: of something else
        ("The drug shortened the median stay by 5.4 days.", []),  # names no row
        ("The drug shortened the median stay in hospital by 5.4 hours.", []),
        ("The adjusted difference in median stay in hospital was 5.4 days.", []),
        ("A difference in median stay in hospital of 5.4 days was expected.", []),
        ("Other trials shortened the median stay in hospital by 5.4 days.", []),
        ("After 9.1 days the drug had shortened the median stay in hospital by 5.4 days.", []),
    ],
)
def test_a_median(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    stay(paper, "median", "7.9", "3.5").read(said, section="Discussion")
    assert paper.verdicts(RULE) == verdicts


def test_more_arms_than_a_slip_can_prove(paper: HandMadePaper) -> None:
    stay(paper, "median", "7.9", "3.5", "6.2", "9.8")
    paper.read("The drug shortened the median stay in hospital by 5.4 days.")
    assert paper.verdicts(RULE) == []


@pytest.mark.parametrize(("methods", "verdicts"), [("", IMPOSSIBLE), ("Differences were adjusted for age.", [])])
def test_means_may_be_adjusted(paper: HandMadePaper, methods: str, verdicts: list[str]) -> None:
    stay(paper, "mean", "7.9", "3.5").read(methods or "Age was noted.", section="Methods")
    paper.read("The mean stay in hospital was 5.4 days longer with the drug than with placebo.")
    assert paper.verdicts(RULE) == verdicts


def test_a_difference_that_the_row_prints_itself(paper: HandMadePaper) -> None:
    stay(paper, "median", "7.9", "3.5")
    paper.row("Stay in hospital", table="T2", table_type="outcome", column="Difference", unit="days", median="5.4")
    paper.read("The drug shortened the median stay in hospital by 5.4 days.")
    assert paper.verdicts(RULE) == CONSISTENT


def test_points_of_percentage(paper: HandMadePaper) -> None:
    for era, share in (("2010", "48.2"), ("2020", "35.0")):
        paper.row("Death within a year", column=era, arm=era, pct=share)
    paper.read("Death within a year fell by 31.2 percentage points between the first era and the last.")
    assert paper.verdicts(RULE) == IMPOSSIBLE
