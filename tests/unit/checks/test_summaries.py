"""summary.order, summary.parity, ci.*, individual.recompute, agreement.text_table, percent.reachable, count.bounds."""

import pytest
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("statistics", "verdicts"),
    [
        ({"median": "70.5", "min": "51", "max": "84"}, ["consistent"]),
        ({"median": "70.5", "min": "71", "max": "84"}, ["consistent"]),  # 71 may be 70.5
        ({"median": "70.5", "min": "72", "max": "84"}, ["impossible"]),
        ({"median": "11.1", "q1": "9.8", "q3": "12.3"}, ["consistent"]),
        ({"median": "11.1", "q1": "12.3", "q3": "9.8"}, ["impossible"]),
        ({"mean": "90", "min": "51", "max": "84"}, ["consistent", "impossible"]),
        ({"median": "NR", "min": "5"}, []),
        ({"median": "7.1"}, []),
        ({"median": "7", "min": "<1", "max": "12"}, ["consistent"]),
    ],
)
def test_order(paper: HandMadePaper, statistics: dict[str, str], verdicts: list[str]) -> None:
    assert paper.row("Age (years)", **statistics).verdicts("summary.order") == verdicts


@pytest.mark.parametrize(
    ("median", "maximum", "verdict"),
    [
        ("14", "13", "impossible"),  # one habit of rounding keeps the order of values, however near they are
        ("13", "13", "consistent"),
        ("13.5", "13", "consistent"),  # with other decimals 13.5 may print as 13 by rounding half to even
        ("11.6", "11.5", "impossible"),
    ],
)
def test_values_next_to_each_other_keep_their_order(
    paper: HandMadePaper, median: str, maximum: str, verdict: str
) -> None:
    paper.row("Cycles, median (range)", median=median, min="1", max=maximum)
    assert paper.verdicts("summary.order") == [verdict]


def test_order_over_two_rows_of_a_group(paper: HandMadePaper) -> None:
    paper.row("Age > Median", median="49").row("Age > Range", min="51", max="84")
    assert paper.verdicts("summary.order") == ["consistent", "impossible"]


@pytest.mark.parametrize(
    ("label", "median", "verdicts"),
    [
        ("Prior lines of therapy", "3.5", ["consistent"]),
        ("Prior lines of therapy", "3.3", ["impossible"]),
        ("Number of cycles", "7.0", ["consistent"]),
        ("Prior lines of therapy", "3", []),
        ("Time since diagnosis (years)", "3.3", []),
        ("Age", "66.3", []),
    ],
)
def test_parity(paper: HandMadePaper, label: str, median: str, verdicts: list[str]) -> None:
    assert paper.row(label, median=median, min="2", max="11").verdicts("summary.parity") == verdicts


@pytest.mark.parametrize(
    ("hr", "low", "high", "contains", "symmetric"),
    [
        ("0.98", "0.95", "1.0", ["consistent"], ["consistent"]),
        ("0.98", "1.05", "1.20", ["impossible"], []),
        ("0.98", "1.20", "1.05", ["impossible"], []),
        ("1.21", "0.91", "1.20", ["rounding"], ["impossible"]),  # one last digit: no one rounding prints both
        ("2.795", "1.75", "4.56", ["consistent"], ["consistent"]),
        ("0.78", "0.46", "0.94", ["consistent"], ["impossible"]),
        ("0.5", "0.2", "0.9", ["consistent"], ["consistent"]),  # one decimal leaves much room
    ],
)
def test_intervals(
    paper: HandMadePaper, hr: str, low: str, high: str, contains: list[str], symmetric: list[str]
) -> None:
    paper.row("Risk", hr=hr, ci_low=low, ci_high=high)
    assert paper.verdicts("ci.contains") == contains
    assert paper.verdicts("ci.symmetric") == symmetric


def test_an_interval_far_from_its_estimate_is_not_joined_to_it(paper: HandMadePaper) -> None:
    quote = "Median PFS was 5.8 months; in those with a response to the first line (95% CI 13.9–17.7) it was longer."
    numbers = (("median", "5.8"), ("ci_level", "95"), ("ci_low", "13.9"), ("ci_high", "17.7"))
    assert paper.say(quote, *numbers, unit="months").verdicts("ci.contains") == []


@pytest.mark.parametrize(
    ("said", "value", "low", "high", "verdict"),
    [
        ("Weight fell by {} kg (95% CI {} to {}).", "6.0", "-10.8", "-1.2", "not testable"),
        ("Weight fell by {} kg (95% CI {} to {}).", "0.5", "-1.1", "0.1", "not testable"),
        ("Weight fell by {} kg (95% CI {} to {}).", "0.1", "-0.3", "0.0", "consistent"),
        ("Weight fell by {} kg (95% CI {} to {}).", "12.0", "-10.8", "-1.2", "impossible"),
        ("Weight rose by {} kg (95% CI {} to {}).", "6.0", "6.8", "9.2", "impossible"),
    ],
)
def test_a_sentence_may_print_a_fall_without_its_sign(
    paper: HandMadePaper, said: str, value: str, low: str, high: str, verdict: str
) -> None:
    numbers = (("value", value), ("ci_low", low), ("ci_high", high))
    assert paper.say(said.format(value, low, high), *numbers, unit="kg").verdicts("ci.contains") == [verdict]


def test_a_table_carries_its_signs(paper: HandMadePaper) -> None:
    paper.row("Difference", value="6.0", ci_low="-10.8", ci_high="-1.2")
    assert paper.verdicts("ci.contains") == ["impossible"]


def test_limits_in_brackets_belong_to_what_stands_before_them(paper: HandMadePaper) -> None:
    quote = "Early birth was rarer, 0.82 (0.70 to 0.96), and mean weight was 41 g higher."
    paper.say(quote, ("value", "0.82"), ("min", "0.70"), ("max", "0.96"), ("mean", "41"))
    assert paper.verdicts("summary.order") == ["consistent"]
    paper.say("With a range from 72 to 84 the median age was 70.", ("min", "72"), ("max", "84"), ("median", "70"))
    assert paper.verdicts("summary.order") == ["consistent", "impossible"]


@pytest.mark.parametrize(
    ("p", "verdict", "severity"),
    [
        ("0.02", "consistent", "note"),
        ("0.9", "impossible", "error"),
        ("<0.0000001", "impossible", "error"),  # as significant, but no test of the same data is so far off
    ],
)
def test_p_of_an_interval(paper: HandMadePaper, p: str, verdict: str, severity: str) -> None:
    found = paper.row("Risk", hr="0.68", ci_low="0.49", ci_high="0.94", p=p).findings("ci.p")
    assert found["verdict"].tolist() == [verdict]
    assert found["severity"].tolist() == [severity]


def patients(paper: HandMadePaper, label: str, values: tuple[str, ...], unit: str = "months") -> HandMadePaper:
    for number, value in enumerate(values):
        statistic = "missing" if value == "NR" else "value"
        paper.row(
            label, table="T2", table_type="individual", column=f"P{number}", unit=unit if value != "NR" else "",
            **{statistic: value},
        )  # fmt: skip
    return paper


@pytest.mark.parametrize(
    ("values", "summary", "verdicts"),
    [
        (("8.3", "2", "5.3", "4.5", "10"), ("5.3", "2", "10"), ["consistent"] * 3),
        (("8.3", "2", "5.3", "4.5", "10"), ("5.8", "2", "10"), ["impossible", "consistent", "consistent"]),
        (("8.3", "2", "5.3", "4.5", "10"), ("5.3", "2", "12"), ["consistent", "consistent", "impossible"]),
        (("8.3", "2", "5.3", "4.5"), ("4.9", "2", "8.3"), ["consistent"] * 3),  # between the two middle ones
        (("8.3", "2", "5.3", "4.5"), ("4.7", "2", "8.3"), ["impossible", "consistent", "consistent"]),
        (("8.3", "<2", "5.3", "4.5", "10"), ("5.3", "1", "10"), ["consistent"] * 3),
        (("8.3", "<2", "5.3", "4.5", "10"), ("5.3", "4", "10"), ["consistent", "impossible", "consistent"]),
        (("8.3", "2", "5.3", "NR", "10"), ("5.3", "2", "10"), ["not testable", "consistent", "consistent"]),
        (("8.3", "2", "5.3", "4.5", "10"), ("15.3", "12", "20"), []),  # of others: nothing in common
    ],
)
def test_recomputed_from_patients(
    paper: HandMadePaper, values: tuple[str, ...], summary: tuple[str, ...], verdicts: list[str]
) -> None:
    patients(paper, "Time since daratumumab", values)
    patients(paper, "Time to relapse", ("1", "2", "3", "4", "5"))
    numbers = tuple(zip(("median", "min", "max"), summary, strict=True))
    quote = "Isatuximab started a median of {} months ({}–{}) after daratumumab.".format(*summary)
    paper.say(quote, *numbers, subject="isatuximab started", unit="months")
    assert paper.verdicts("individual.recompute") == verdicts


@pytest.mark.parametrize(("column", "verdicts"), [("All (n = 5)", ["impossible"]), ("Responders (n = 3)", [])])
def test_a_part_of_the_patients_has_its_own_summary(paper: HandMadePaper, column: str, verdicts: list[str]) -> None:
    patients(paper, "Age at start", ("61", "62", "63", "64", "65"), unit="years")
    paper.row("Age at start", column=column, unit="years", median="66")
    assert paper.verdicts("individual.recompute") == verdicts


@pytest.mark.parametrize(
    ("label", "subject", "said", "verdicts"),
    [
        ("Haemoglobin", "haemoglobin", "11.1", ["consistent"]),
        ("Haemoglobin", "haemoglobin", "11", ["consistent"]),
        ("Haemoglobin", "haemoglobin", "12.1", ["impossible"]),
        ("Haemoglobin", "haemoglobin of women", "12", []),
        ("Disease > Haemoglobin", "haemoglobin", "12", []),  # the sentence does not name the group
        ("Other", "other", "12", []),
    ],
)
def test_text_and_table(paper: HandMadePaper, label: str, subject: str, said: str, verdicts: list[str]) -> None:
    paper.row(label, median="11.1", unit="g/dL")
    paper.say(f"The {subject} was {said} g/dL.", ("median", said), subject=subject, unit="g/dL")
    assert paper.verdicts("agreement.text_table") == verdicts


def test_two_rows_that_could_be_meant_are_not_compared(paper: HandMadePaper) -> None:
    paper.row("Haemoglobin", median="11.1", column="A").row("Haemoglobin", median="12.1", column="B")
    assert (
        paper.say("Haemoglobin was 13.", ("median", "13"), subject="Haemoglobin").verdicts("agreement.text_table") == []
    )


@pytest.mark.parametrize(
    ("label", "pct", "verdict"),
    [
        ("Refractory", "43.8", "consistent"),
        ("Refractory", "44.8", "impossible"),
        ("Refractory", "43.7", "rounding"),
        ("12-month PFS probability", "44.8", None),
        ("Mean dose intensity", "44.8", None),
        ("Response of evaluable patients", "44.8", "not testable"),
    ],
)
def test_reachable_percentages(paper: HandMadePaper, label: str, pct: str, verdict: str | None) -> None:
    for other, share in (("A", "31.3"), ("B", "46.9"), ("C", "9.4")):
        paper.row(other, pct=share, total="32")
    found = paper.row(label, pct=pct, total="32").verdicts("percent.reachable")
    assert found == ["consistent"] * 3 + ([verdict] if verdict else [])


def test_percentages_without_decimals_of_a_large_n_say_nothing(paper: HandMadePaper) -> None:
    assert paper.row("ORR", pct="60", total="154").verdicts("percent.reachable") == ["not testable"]


@pytest.mark.parametrize(
    ("n", "table_type", "verdict"),
    [
        ("3", "baseline", "consistent"),
        ("28", "adverse events", "not testable"),
        ("28", "baseline", "not testable"),
        ("-2", "baseline", "impossible"),
    ],
)
def test_bounds_of_counts(paper: HandMadePaper, n: str, table_type: str, verdict: str) -> None:
    assert paper.row("Any AE", n=n, total="18", table_type=table_type).verdicts("count.bounds") == [verdict]


@pytest.mark.parametrize(("label", "verdict"), [("Table 1", "not testable"), ("Table 2", "impossible")])
def test_a_negative_count_may_be_a_change_of_its_own_table(paper: HandMadePaper, label: str, verdict: str) -> None:
    paper.row("Eyes", n="-2", total="18", table_type="baseline")
    caption = "Changes of the lens."
    assert paper.read(caption, section=label, source="caption").verdicts("count.bounds") == [verdict]
