"""Intervals, p values, tests, ratios and survival curves: what is accused, and what stays silent."""

import pytest
from hand_made import HandMadePaper


def told(paper: HandMadePaper, rule: str) -> list[tuple[str, str]]:
    """Verdict and severity of each finding of a rule."""
    found = paper.findings(rule)
    return list(zip(found["verdict"], found["severity"], strict=True))


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Death was rarer (HR 0.531, 95% CI 0.318–0.889; p = 0.0013).", ("impossible", "error")),  # fits 99 %
        ("Death was rarer (HR 0.531, 99% CI 0.318–0.889; p = 0.0013).", ("consistent", "note")),
        ("Death was rarer (HR 0.76, 95% CI 0.58–1.01; p = 0.027).", ("not testable", "definition")),  # one-sided
        ("Death was rarer (one-sided p = 0.028; HR 0.76, 95% CI 0.58–1.01).", ("consistent", "note")),
        ("Death was commoner (HR 9.6, 95% CI 2.4–38.3, p < 0.0001).", ("not testable", "error")),
        ("By the log-rank test death was commoner (HR 9.6, 95% CI 2.4–38.3, p < 0.0001).", ("consistent", "note")),
        ("Age was unrelated (HR 0.98, 95% CI 0.95–1.0, p = 0.2).", ("consistent", "note")),  # 1.0 may be 1.04
        ("Later use fared worse (HR 2, 95% CI 0.92–4.47, p = 0.078).", ("consistent", "note")),
    ],
)
def test_p_of_an_interval(paper: HandMadePaper, said: str, outcome: tuple[str, str]) -> None:
    assert told(paper.read(said), "ci.p") == [outcome]


@pytest.mark.parametrize(
    ("label", "value", "verdicts"),
    [
        ("Difference (95% CI)", "-6.0", ["consistent"]),
        ("Difference (95% CI)", "-9.0", ["impossible"]),
        ("Median difference (95% CI)", "-9.0", []),  # Hodges–Lehmann limits lean
        ("Change (95% CI)", "-9.0", []),
    ],
)
def test_a_difference_is_the_middle_of_its_limits(
    paper: HandMadePaper, label: str, value: str, verdicts: list[str]
) -> None:
    paper.row("Weight", column=label, value=value, ci_low="-10.8", ci_high="-1.2")
    assert paper.verdicts("ci.symmetric") == verdicts


@pytest.mark.parametrize(
    ("said", "outcomes"),
    [
        ("Relief came in 12 of 32 patients (37.5%; 95% CI 21.1–56.3).", [("consistent", "note")]),
        ("Relief came in 12 of 32 patients (37.5%; 95% CI 22.9–54.7).", [("consistent", "note")]),  # Wilson
        ("Relief came in 12 of 32 patients (37.5%; 95% CI 23.3–53.5).", [("not testable", "definition")]),  # 90 %
        ("Relief came in 12 of 32 patients (37.5%; 95% CI 31.1–56.3).", [("impossible", "error")]),
        ("Relief came in 37.5% (95% CI 31.1–56.3).", []),
    ],
)
def test_interval_of_a_proportion(paper: HandMadePaper, said: str, outcomes: list[tuple[str, str]]) -> None:
    assert told(paper.read(said), "proportion.ci") == outcomes


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Cough was significantly rarer (p = 0.32).", ["impossible"]),
        ("Cough was not significantly rarer (p = 0.002).", ["impossible"]),
        ("Cough was not significantly rarer (p = 0.32).", ["consistent"]),
        ("Cough was significantly rarer (p = 0.032), but fever was not (p = 0.32).", ["consistent"]),
        ("No significant difference was seen in cough (p = 0.32).", ["consistent"]),
        ("There was a trend to significantly less cough (p = 0.07).", []),
        ("Cough was clinically significant (p = 0.32).", []),
    ],
)
def test_words_of_significance(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("p.words") == verdicts


def test_a_corrected_level_may_be_stricter(paper: HandMadePaper) -> None:
    paper.read("Tests were corrected by Bonferroni.", section="Methods")
    assert told(paper.read("Cough was not significantly rarer (p = 0.02)."), "p.words") == [("not testable", "note")]


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Median PFS was 5.8 months, and the 12-month PFS rate was 30.6%.", ["consistent"]),
        ("Median PFS was 5.8 months, and the 12-month PFS rate was 60.3%.", ["impossible"]),
        ("Median PFS was 25.8 months, and the 12-month PFS rate was 30.6%.", ["impossible"]),
        ("Median OS was not reached, and the 12-month OS rate was 30.6%.", ["impossible"]),
        ("The 6-month PFS rate was 40.1%. ", []),
    ],
)
def test_landmarks_and_median(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("survival.landmark") == verdicts


def test_a_curve_never_rises_and_pfs_is_not_above_os(paper: HandMadePaper) -> None:
    for variable, name, share, at in (("pfs", "PFS", "40.1", "6 months"), ("pfs", "PFS", "50.2", "12 months")):
        paper.row(f"{at} {name}", table_type="outcome", variable=variable, pct=share, of={"timepoint": at})
    assert paper.verdicts("survival.landmark") == ["impossible"]
    paper.row("12-month OS", table_type="outcome", variable="os", pct="45.0", of={"timepoint": "12 months"})
    assert paper.verdicts("survival.landmark") == ["impossible", "impossible"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Groups were compared by the chi-square test or Fisher's exact test.", ("consistent", "note")),
        ("Groups were compared by Fisher's exact test.", ("impossible", "definition")),
        ("Fisher's exact test (2 × 2) and the chi-square test were used.", ("impossible", "definition")),
    ],
)
def test_the_declared_test_is_the_one_used(paper: HandMadePaper, text: str, outcome: tuple[str, str]) -> None:
    paper.read(text, section="Methods")
    paper.row("Relief", column="A (n = 24)", n="17", total="24").row("Relief", column="B (n = 27)", n="12", total="27")
    assert told(paper.row("Relief", column="P", p="0.058"), "test.recompute") == [outcome]


@pytest.mark.parametrize(("p", "verdict"), [("0.64", "consistent"), ("0.04", "not testable")])
def test_means_are_compared_by_a_t_test(paper: HandMadePaper, p: str, verdict: str) -> None:
    paper.row("Age", column="A (n = 26)", mean="70.2", sd="6.1").row("Age", column="B (n = 27)", mean="69.4", sd="6.2")
    assert paper.row("Age", column="P", p=p).verdicts("test.recompute") == [verdict]


@pytest.mark.parametrize(
    ("label", "verdicts"), [("Crude OR", ["impossible"]), ("Adjusted OR", []), ("OR", ["not testable"])]
)
def test_adjusted_ratios_are_not_judged(paper: HandMadePaper, label: str, verdicts: list[str]) -> None:
    paper.row("Relief", column="A (n = 24)", n="17", total="24").row("Relief", column="B (n = 27)", n="12", total="27")
    assert paper.row("Relief", column=label, **{"or": "5.04"}).verdicts("effect.recompute") == verdicts


@pytest.mark.parametrize(("heavy", "verdict"), [("4.00", "consistent"), ("3.05", "consistent"), ("3.40", "impossible")])
def test_an_odds_ratio_may_be_against_a_reference_row(paper: HandMadePaper, heavy: str, verdict: str) -> None:
    for stub, cases, controls in (("Never", 40, 80), ("Light", 30, 40), ("Some", 25, 25), ("Heavy", 40, 20)):
        paper.row(f"Smoking > {stub}", column="Cases (n = 135)", n=str(cases), total="135")
        paper.row(f"Smoking > {stub}", column="Controls (n = 165)", n=str(controls), total="165")
    paper.row("Smoking > Never", column="OR (95% CI)", **{"or": "1.00"})
    for stub, ratio in (("Light", "1.50"), ("Some", "2.00"), ("Heavy", heavy)):
        paper.row(f"Smoking > {stub}", column="OR (95% CI)", **{"or": ratio, "ci_low": "0.9", "ci_high": "9.9"})
    assert paper.verdicts("effect.recompute") == ["consistent", "consistent", verdict]


def test_a_note_on_a_p_value_may_say_what_it_compares(paper: HandMadePaper) -> None:
    paper.row("Cough", column="A (n = 36)", n="1", total="36").row("Cough", column="B (n = 38)", n="0", total="38")
    assert told(paper.row("Cough", column="P", p="<0.001", marks="*"), "test.recompute") == [("not testable", "note")]


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("The drug brought a 47% cut in the risk of death (HR 0.531, 95% CI 0.318–0.889).", ["consistent"]),
        ("The drug brought a 57% cut in the risk of death (HR 0.531, 95% CI 0.318–0.889).", ["impossible"]),
        ("The drug reduced the risk of death by 40% (HR 1.67 for placebo).", ["consistent"]),  # the other group
        ("The drug reduced the risk of death by 40% (HR 1.40).", ["impossible"]),
        ("The drug reduced the risk of death by about 45% (HR 0.531).", ["consistent"]),
        ("Frail patients had a roughly tenfold risk of death (HR 9.6).", ["consistent"]),
        ("Frail patients had a threefold risk of death (HR 9.6).", ["impossible"]),
        ("Frail patients were 3.5 times more likely to fall (OR 2.5).", ["impossible"]),
        ("Frail patients were 3.5 times more likely to fall (OR 4.5).", ["consistent"]),  # three and a half more
        ("Smoking doubled the risk of death (HR 2.31).", ["consistent"]),
        ("A 10% increase in weight raised the risk of death (HR 1.05).", []),
        ("The absolute risk of death fell by 5% (HR 0.70).", []),
        ("Risk of death was 40% lower (20% vs 33%; HR 0.55).", []),
        ("The trial had 90% power to detect a 30% reduction in the hazard (HR 0.60).", []),
        ("More than a 30% reduction in the risk of death was seen (HR 0.60).", []),
    ],
)
def test_words_of_effects(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("effect.words") == verdicts


def beside_and_below(paper: HandMadePaper, low: str, p: str) -> HandMadePaper:
    """An endpoint whose ratio, limits and p value have a row each, and a share with its limits in the next column."""
    where = {"table": "T9", "table_type": "outcome"}
    paper.row("Stroke > Hazard ratio", **where, column="Drug", hr="0.53")
    paper.row("Stroke > 95% CI", **where, column="Drug", ci_low=low, ci_high="0.89")
    paper.row("Stroke > p value", **where, column="Drug", p=p)
    paper.row("Fall", **where, column="Drug > n (%)", n="12", pct="37.5", total="32")
    return paper.row("Fall", **where, column="Drug > 95% CI", ci_low="21.1", ci_high="56.3")


@pytest.mark.parametrize(
    ("low", "p", "symmetric", "fits"),
    [
        ("0.32", "0.016", "consistent", ["consistent"]),
        ("0.32", "0.41", "consistent", ["impossible"]),
        ("0.50", "0.016", "impossible", []),
    ],
)
def test_limits_and_p_in_rows_of_their_own(
    paper: HandMadePaper, low: str, p: str, symmetric: str, fits: list[str]
) -> None:
    beside_and_below(paper, low, p)
    assert paper.verdicts("ci.symmetric") == [symmetric]
    assert paper.verdicts("ci.p") == fits
    assert paper.verdicts("proportion.ci") == ["consistent"]


@pytest.mark.parametrize(
    ("beside", "low", "verdict"),
    [
        (("21.9", "40.7"), "30.4", "impossible"),
        (("21.9", "40.7"), "28.6", "consistent"),
        (("22.5", "40.3"), "30.4", "not testable"),  # the others are by several methods
    ],
)
def test_intervals_of_one_table_are_by_one_method(
    paper: HandMadePaper, beside: tuple[str, str], low: str, verdict: str
) -> None:
    where = {"table": "T31", "table_type": "outcome"}
    for arm, n, pct, total, limits in (
        ("A", "31", "31", "101", beside),
        ("B", "28", "29", "96", ("20.3", "39.3")),
        ("C", "25", "41", "61", (low, "54.3")),
    ):
        about = where | {"column": f"{arm} (n = {total})", "arm": arm}
        paper.row("Remission", **about, n=n, pct=pct, total=total)
        paper.row("Remission > 95% CI, %", **about, ci_low=limits[0], ci_high=limits[1])
    assert paper.verdicts("proportion.ci")[-1] == verdict


def test_limits_below_another_row_are_not_those_of_the_row(paper: HandMadePaper) -> None:
    paper.row("Stroke > Patients", n="12", pct="37.5", total="32").row("Falls > 95% CI", ci_low="1.1", ci_high="2.3")
    assert paper.verdicts("ci.contains") == []


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Pain relief with the new drug was seen in 37.5% (12 of 32; 95% CI 21.1–56.3).", ["consistent"]),
        ("Pain relief with the drug came in 37.5% of patients (12/32 patients; 95% CI 12.1–56.3).", ["impossible"]),
    ],
)
def test_a_count_may_stand_between_a_share_and_its_limits(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("proportion.ci") == verdicts


@pytest.mark.parametrize(("p", "verdicts"), [("0.089", ["consistent"]), ("0.71", ["impossible"])])
def test_a_p_value_that_names_its_test_is_that_of_the_rows_above(
    paper: HandMadePaper, p: str, verdicts: list[str]
) -> None:
    paper.row("Relief", column="A (n = 24)", n="17", total="24").row("Relief", column="B (n = 27)", n="12", total="27")
    assert (
        paper.row("Relief > p (Fisher's exact test)", column="A (n = 24)", p=p).verdicts("test.recompute") == verdicts
    )


def test_a_p_value_below_several_rows_may_be_that_of_any(paper: HandMadePaper) -> None:
    paper.row("Relief", column="A (n = 24)", n="17", total="24").row("Relief", column="B (n = 27)", n="12", total="27")
    paper.row("Control", column="A (n = 24)", n="20", total="24").row(
        "Control", column="B (n = 27)", n="22", total="27"
    )
    paper.row("Control > p (Fisher's exact test)", column="A (n = 24)", p="0.089")
    assert paper.verdicts("test.recompute") == ["consistent"]


@pytest.mark.parametrize(("ratio", "verdicts"), [("hr", []), ("or", ["not testable"])])
def test_the_p_value_of_a_hazard_ratio_is_not_that_of_the_counts(
    paper: HandMadePaper, ratio: str, verdicts: list[str]
) -> None:
    paper.row("Death", column="A (n = 24)", n="17", total="24").row("Death", column="B (n = 27)", n="12", total="27")
    paper.row("Death", column="Ratio (95% CI)", **{ratio: "1.90"}).row("Death", column="P", p="0.001")
    assert paper.verdicts("test.recompute") == verdicts


SYMMETRIC = "The risk difference was 0.1 percentage points (95% CI −3.1 to 3.4)."


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Failures were as many (risk difference, 0.1 percentage points; 95% CI, −3.1 to 3.4).", "consistent"),
        ("Failures were as many (risk difference, 0.1 percentage points; 95% CI, −3.1 to 5.4).", "impossible"),
        ("Relapses leaned (risk difference, 0.2 percentage points; 95% CI, −3.1 to 5.4).", "consistent"),
        ("Controls changed by −7.0 mm Hg (difference −7.3 mm Hg, 95% CI −8.8 to −1.8).", "impossible"),
    ],
)
def test_one_result_has_one_interval(paper: HandMadePaper, said: str, verdict: str) -> None:
    assert paper.read(SYMMETRIC, said).verdicts("ci.symmetric") == ["consistent", verdict]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("The adjusted difference of −2.8 points (−3.6 to −2.0) was important.", "consistent"),
        ("The adjusted difference of 2.8 points (−3.6 to −2.0) was important.", "impossible"),
        ("The adjusted difference of 2.8 points (−3.6 to −2.0) favoured exercise.", "not testable"),
        ("The adjusted difference of 2.6 points (−3.6 to −2.0) was important.", "not testable"),
    ],
)
def test_a_lost_minus_is_told_by_the_same_result_elsewhere(paper: HandMadePaper, said: str, verdict: str) -> None:
    paper.read("The adjusted mean difference was −2.8 (95% confidence interval −3.6 to −2.0).", said)
    assert paper.verdicts("ci.contains") == ["consistent", verdict]
