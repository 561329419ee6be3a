"""effect.difference: differences of two arms in tables and sentences, and what must stay silent."""

import pytest
from hand_made import HandMadePaper

CONSISTENT, IMPOSSIBLE, OPEN = ["consistent"], ["impossible"], ["not testable"]
OF_TWO = "Relief was reported by 45.2% with the drug and 32.1% with placebo"


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (f"{OF_TWO} (difference, 13.1 percentage points).", CONSISTENT),
        (f"{OF_TWO} (difference, −13.1 percentage points; 95% CI −18.2 to −8.0).", CONSISTENT),
        (f"{OF_TWO}, an absolute difference of 13 percentage points.", CONSISTENT),
        (f"{OF_TWO} (absolute risk difference 18.1%).", IMPOSSIBLE),
        (f"{OF_TWO} (difference, 13.2 percentage points).", CONSISTENT),  # within the rounding of both
        (f"{OF_TWO} (difference, 13.3 percentage points).", OPEN),
        (f"{OF_TWO} (adjusted difference, 18.1 percentage points).", []),
        (f"{OF_TWO} (relative difference, 41%).", []),
        (f"{OF_TWO} (difference in proportions, 18.1 percentage points).", IMPOSSIBLE),
        (f"{OF_TWO} at week 12 (difference, 18.1 percentage points).", IMPOSSIBLE),
        (f"{OF_TWO}, and the difference in remission was 8.1 percentage points.", []),
        (f"{OF_TWO}; at 12 weeks the difference was 8.1 percentage points.", []),
        (f"{OF_TWO} at week 4, and at week 12 the absolute difference was 8.1 percentage points.", []),
        ("Relief rose from 32.1% to 45.2% with the drug (between-group difference, 8.1 percentage points).", []),
        ("Of 120 men, 45.2% smoked; 32.1% of smokers slept (difference, 8.1 percentage points).", []),
        (f"{OF_TWO} (difference, 18.1 months).", []),
        ("The drug helped 45.2%, placebo 32.1% and no drug 12.0% (difference, 18.1 percentage points).", []),
        ("A difference of 15% was expected, 45.2% against 30.2%.", []),
        (
            "Relief came in 20 of 45 (44%) with the drug and 14 of 44 (32%) with placebo (difference, 12.6 percentage "
            "points).",
            CONSISTENT,
        ),
    ],
)
def test_differences_of_sentences(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("effect.difference") == verdicts


def test_a_difference_that_may_be_adjusted_is_asked_about_only_far_off(paper: HandMadePaper) -> None:
    paper.read("Differences were adjusted for age.", section="Methods")
    paper.read(f"{OF_TWO} (difference, 14.0 percentage points; 95% CI 9.0 to 19.0).")
    paper.read("Pain was reported by 45.2% with the drug and 32.1% with placebo (difference, 18.1 percentage points; "
               "95% CI 13.1 to 23.1).")  # fmt: skip
    found = paper.findings("effect.difference")
    assert found["verdict"].tolist() == ["not testable", "not testable"]
    assert found["severity"].tolist() == ["note", "error"]


def compare(paper: HandMadePaper, *differences: str) -> HandMadePaper:
    """Rows of counts in two arms of 50 and 40, with their difference."""
    for i, (drug, control, printed) in enumerate(zip((20, 25, 10, 5), (10, 12, 12, 6), differences, strict=True)):
        where = {"table": "T1", "table_type": "outcome"}
        for arm, n, total in (("Drug", drug, 50), ("Placebo", control, 40)):
            share = {"n": str(n), "pct": f"{100 * n / total:.1f}"}
            paper.row(f"Sign {i}", **where, column=f"{arm} (N={total})", arm=arm, total=str(total), **share)
        paper.row(f"Sign {i}", **where, column="Difference, % points", value=printed)
    return paper


def test_differences_of_tables(paper: HandMadePaper) -> None:
    compare(paper, "15.0", "20.0", "-10.0", "-5.0")
    assert paper.verdicts("effect.difference") == ["consistent"] * 4


def test_a_difference_that_does_not_fit_among_others_that_do(paper: HandMadePaper) -> None:
    paper.read("Estimates were adjusted for age.", section="Methods")
    compare(paper, "15.0", "24.0", "-10.0", "-5.0")
    assert paper.accused("effect.difference") == ["Sign 1"]


def test_a_lost_sign_is_told_by_the_other_rows(paper: HandMadePaper) -> None:
    compare(paper, "15.0", "20.0", "10.0", "-5.0")
    assert paper.accused("effect.difference") == ["Sign 2"]


def test_an_adjusted_column_is_not_judged(paper: HandMadePaper) -> None:
    paper.read("Differences are adjusted for age.", source="note")
    compare(paper, "12.1", "18.3", "-9.0", "-3.9")
    assert paper.accused("effect.difference") == []
    assert set(paper.findings("effect.difference")["severity"]) == {"note"}
