"""Meta-analyses and rows set against a reference row: weights, ratios of their counts, and what must stay silent."""

import pytest
from cases_meta import pool
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("last", "total", "verdict"),
    [
        ("20.3", "100", "consistent"),
        ("20.4", "100.0", "consistent"),  # within rounding of three
        ("29.3", "100", "impossible"),
        ("29.3", "58.4", "not testable"),  # no total of 100
        ("98.3", "100", "not testable"),  # of two analyses
    ],
)
def test_weights(paper: HandMadePaper, last: str, total: str, verdict: str) -> None:
    pool(paper, last, total=total)
    assert paper.verdicts("meta.weights") == [verdict]


def test_a_row_that_lost_its_weight_leaves_the_sum_open(paper: HandMadePaper) -> None:
    pool(paper, "10.3")
    paper.row("Davis 2012", table_type="outcome", column="Risk ratio", rr="0.80", ci_low="0.40", ci_high="1.60")
    assert paper.verdicts("meta.weights") == ["not testable"]


def test_a_row_that_lost_its_limits_leaves_the_sum_open(paper: HandMadePaper) -> None:
    pool(paper, "10.3")
    paper.row("Davis 2012", table_type="outcome", column="Weight", pct="5.0")
    assert paper.verdicts("meta.weights") == ["not testable"]


def test_body_weight_is_no_weight_of_a_study(paper: HandMadePaper) -> None:
    for i, kg in enumerate(("71.2", "68.4", "70.1")):
        paper.row(f"Group {i}", column="Weight (kg)", value=kg)
        paper.row(f"Group {i}", column="Odds ratio", **{"or": "1.2"}, of={}, ci_low="0.8", ci_high="1.8")
    assert paper.verdicts("meta.weights") == []


@pytest.mark.parametrize(("ratio", "accused"), [("0.59", []), ("0.79", ["Brown 2005"])])
def test_relative_risks_of_events_and_totals(paper: HandMadePaper, ratio: str, accused: list[str]) -> None:
    pool(paper, second_ratio=ratio)
    assert paper.accused("effect.recompute") == accused


DOSES = (("Placebo", "10", "100", ""), ("5 mg", "20", "100", "2.25"), ("10 mg", "30", "100", "3.86"))
"""Odds of 20/80 and 30/70 against those of 10/90."""


@pytest.mark.parametrize(("last", "accused"), [("6.00", []), ("8.00", ["20 mg"])])
def test_odds_ratios_against_the_row_without_one(paper: HandMadePaper, last: str, accused: list[str]) -> None:
    for dose, n, total, ratio in (*DOSES, ("20 mg", "40", "100", last)):
        paper.row(dose, table_type="outcome", column="Responders, n (%)", total=total, n=n, pct=f"{n}.0")
        if ratio:
            paper.row(dose, table_type="outcome", column="Odds ratio", of={}, **{"or": ratio})
    assert paper.accused("effect.recompute") == accused


def test_two_rows_without_a_ratio_leave_the_reference_open(paper: HandMadePaper) -> None:
    for dose, n, total, ratio in (*DOSES, ("20 mg", "40", "100", "8.00"), ("Unknown", "5", "50", "")):
        share = f"{100 * int(n) / int(total):.1f}"
        paper.row(dose, table_type="outcome", column="Responders, n (%)", total=total, n=n, pct=share)
        if ratio:
            paper.row(dose, table_type="outcome", column="Odds ratio", of={}, **{"or": ratio})
    assert paper.verdicts("effect.recompute") == []


@pytest.mark.parametrize(("high", "verdicts"), [("122.4", ["consistent"]), ("116.9", ["impossible"])])
def test_a_ratio_of_geometric_means_in_per_cent(paper: HandMadePaper, high: str, verdicts: list[str]) -> None:
    paper.row("AUC, ng·h/mL", table_type="outcome", column="Geometric mean ratio, % (90% CI)", pct="115.9",
              ci_low="109.8", ci_high=high)  # fmt: skip
    assert paper.verdicts("ci.symmetric") == verdicts


@pytest.mark.parametrize(
    ("stub", "column", "numbers", "verdicts"),
    [
        ("Positive LR (95% CI)", "Ultrasound", ("value", "8.25", "5.42", "12.56"), ["consistent"]),
        ("Positive LR (95% CI)", "Ultrasound", ("value", "6.25", "5.42", "12.56"), ["impossible"]),
        ("Geometric mean fold rise (95% CI)", "Vaccine", ("value", "10.96", "10.29", "11.67"), ["consistent"]),
        ("Geometric mean fold rise (95% CI)", "Vaccine", ("value", "10.69", "10.29", "11.67"), ["impossible"]),
        ("Area", "Moderate / normal", ("pct", "206.9", "174.0", "245.9"), ["consistent"]),
        ("Area", "Moderate / normal", ("pct", "206.9", "174.0", "225.9"), ["impossible"]),
        ("Area", "n / N", ("pct", "46.9", "44.0", "65.9"), []),  # a share of patients
    ],
)
def test_ratios_known_by_their_head(
    paper: HandMadePaper, stub: str, column: str, numbers: tuple[str, str, str, str], verdicts: list[str]
) -> None:
    statistic, estimate, low, high = numbers
    paper.row(stub, table_type="outcome", column=column, ci_low=low, ci_high=high, of=None, **{statistic: estimate})
    assert paper.verdicts("ci.symmetric") == verdicts
