"""test.reported and test.effect_size: every printed form of a test statistic, and what must stay silent."""

import pytest
from hand_made import HandMadePaper

CONSISTENT, IMPOSSIBLE, OPEN = ["consistent"], ["impossible"], ["not testable"]


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Mood differed, t(58) = 2.45, p = .017.", CONSISTENT),
        ("Mood differed, t(58) = −2.45, p = .017.", CONSISTENT),
        ("Mood differed (t = 2.45, df = 58, p = 0.017).", CONSISTENT),
        ("Mood differed, t(58) = 2.45, p < .001.", IMPOSSIBLE),
        ("Mood differed, t(58) = 2.45, p < .05.", CONSISTENT),
        ("Mood differed, t(58) = 2.45, p = .01.", CONSISTENT),  # cut off
        ("Groups differed, F(1, 58) = 6.38, [2] p = .014.", CONSISTENT),
        ("Groups differed (F = 6.38; df = 1.58; p = 0.014).", CONSISTENT),
        ("Groups differed (F = 6.38; df = 1,58; p = 0.41).", IMPOSSIBLE),
        ("Mood changed over time (F = 4.50; df = 1.87; p = .020).", OPEN),  # one corrected number, or two
        ("Sex differed, χ²(1, N = 214) = 4.28, p = .04.", CONSISTENT),
        ("Sex differed (χ² = 4.28, df = 1, p = .04).", CONSISTENT),
        ("Sex differed, χ²(7) = 2.95, p = .08.", IMPOSSIBLE),
        ("Age went with pain, r(48) = .45, p = .001.", CONSISTENT),
        ("Age went with pain, r(48) = .45, p = .01.", IMPOSSIBLE),
        ("Ranks differed, Z = −1.44, p = 0·15.", CONSISTENT),
        ("Ranks differed, Z = −1.44, p = .51.", IMPOSSIBLE),
        ("Mood differed, t(58) = 1.80, p = .039.", OPEN),
        ("Six carried t(11) = 2 copies.", []),
        ("Mood differed, t(58) = 2.45, and anxiety did not (p = .6).", []),
        ("A cut-off of F = 1.4 was used, p = .05.", []),
    ],
)
def test_statistic_and_p_value(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("test.reported") == verdicts


def test_the_degrees_of_freedom_that_would_fit_are_named(paper: HandMadePaper) -> None:
    found = paper.read("Sex differed, χ²(7) = 2.95, p = .08.").findings("test.reported")
    assert found["message"].tolist() == [
        "χ²(7) = 2.95 has p = 0.889 to 0.89, not 0.08; it would fit 1 degree of freedom."
    ]


def test_a_one_sided_test_that_is_declared_is_no_question(paper: HandMadePaper) -> None:
    paper.read("All tests were one-tailed.", "Mood differed, t(58) = 1.80, p = .039.")
    assert paper.verdicts("test.reported") == CONSISTENT


def test_a_corrected_p_value_is_not_judged(paper: HandMadePaper) -> None:
    paper.read("We used Bonferroni correction.", "Mood differed, t(58) = 2.45, p = .051.")
    assert paper.verdicts("test.reported") == OPEN
    assert set(paper.findings("test.reported")["severity"]) == {"note"}


@pytest.mark.parametrize(
    ("size", "verdicts"),
    [("partial η² = .10", CONSISTENT), ("ηp [2] = .099", CONSISTENT), ("η²p = .01", IMPOSSIBLE), ("η² = .01", [])],
)
def test_partial_eta_squared(paper: HandMadePaper, size: str, verdicts: list[str]) -> None:
    paper.read(f"Groups differed, F(1, 58) = 6.38, p = .014, {size}.")
    assert paper.verdicts("test.effect_size") == verdicts
