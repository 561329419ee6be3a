"""arm.heads: an N over one arm that differs between tables; true accusations and the traps that stay silent."""

import pytest
from hand_made import HandMadePaper

Heads = dict[str, dict[str, int]]
ARMS = {"A": "Ozanib", "B": "Placebo", "T": ""}


def tables(paper: HandMadePaper, heads: Heads) -> HandMadePaper:
    """One row of medians in each table, under heads with an N for each arm, and T for all."""
    for table, sizes in heads.items():
        for key, size in sizes.items():
            arm = ARMS[key]
            column = f"{arm or 'Total'} (N = {size})"
            paper.row("Weight, median", table=table, column=column, arm=arm, median="70", unit="kg")
    return paper


USUAL = {"A": 45, "B": 47}


@pytest.mark.parametrize(
    ("odd", "verdict"),
    [
        ({"A": 45, "B": 47}, "consistent"),
        ({"A": 45, "B": 49}, "not testable"),  # more than were ever there, told nowhere
        ({"A": 45, "B": 44}, ""),  # values may be missing
        ({"A": 44, "B": 49}, ""),  # other patients: both differ
        ({"A": 45, "B": 94}, ""),  # so many more are no slip
    ],
)
def test_a_head_against_those_of_other_tables(paper: HandMadePaper, odd: dict[str, int], verdict: str) -> None:
    found = tables(paper, {"T1": USUAL, "T2": USUAL, "T3": odd}).findings("arm.heads")
    own = found[(found["table_id"] == "T3") & (found["spanner_path"].str.startswith("Placebo"))]
    assert own["verdict"].tolist() == ([verdict] if verdict else [])


def test_an_n_that_the_text_tells_is_no_question(paper: HandMadePaper) -> None:
    tables(paper, {"T1": USUAL, "T2": USUAL, "T3": {"A": 45, "B": 49}})
    paper.read("Safety was assessed in 49 patients who received placebo.")
    assert "not testable" not in paper.verdicts("arm.heads")


@pytest.mark.parametrize(("whole", "accused"), [(92, 0), (94, 1), (91, 1)])
def test_heads_that_add_up_with_the_other_n_alone(paper: HandMadePaper, whole: int, accused: int) -> None:
    found = tables(paper, {"T1": {**USUAL, "T": 92}, "T2": {**USUAL, "T": whole}}).findings("arm.heads")
    odd = found[(found["table_id"] == "T2") & (found["verdict"] == "impossible")]
    assert len(odd) == accused


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((("12", "25.5"), ("31", "66.0")), "impossible"),  # of 47, not of 44
        ((("12", "27.3"), ("31", "70.5")), ""),  # of the 44 it prints
    ],
)
def test_the_counts_below_say_which_n_is_right(
    paper: HandMadePaper, counts: tuple[tuple[str, str], ...], verdict: str
) -> None:
    tables(paper, {"T1": USUAL, "T2": USUAL, "T3": {"A": 45}})
    for i, (n, pct) in enumerate(counts):
        paper.row(f"Symptom {i}", table="T3", column="Placebo (N = 44)", arm="Placebo", total="44", n=n, pct=pct)
    found = paper.findings("arm.heads")
    own = found[(found["table_id"] == "T3") & (found["spanner_path"].str.startswith("Placebo"))]
    assert own["verdict"].tolist() == ([verdict] if verdict else [])


@pytest.mark.parametrize(("beside", "accused"), [("47", 1), ("49", 0)])
def test_cells_that_count_from_the_other_n(paper: HandMadePaper, beside: str, accused: int) -> None:
    tables(paper, {"T1": USUAL, "T2": USUAL})
    for arm, n, size, own in (("Ozanib", "9", "45", "45"), ("Placebo", "12", "49", beside)):
        column = f"{arm} (N = {size})"
        paper.row("Response", table="T3", column=column, arm=arm, total=own, n=n, beside=own)
    found = paper.findings("arm.heads")
    assert len(found[(found["table_id"] == "T3") & (found["verdict"] == "impossible")]) == accused
