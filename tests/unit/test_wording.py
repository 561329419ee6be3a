"""What labels say about statistics: one row per way of printing it."""

import pytest

from auditable.wording import Wording, read_wordings, strip_wording


@pytest.mark.parametrize(
    ("label", "wordings"),
    [
        ("Median (range)", [("median", "range")]),
        ("Median (Min, Max)", [("median", "range")]),
        ("Median time from diagnosis, years (range)", [("median", "range")]),
        ("Age, (years) median (range)", [("median", "range")]),
        ("Hb gr/L, median (IQR)", [("median", "iqr")]),
        ("Median (Q1, Q3)", [("median", "iqr")]),
        ("Median [interquartile range]", [("median", "iqr")]),
        ("Mean (SD) age (years)", [("mean", "sd")]),
        ("Mean ± SD", [("mean", "sd")]),
        ("Mean ± SEM", [("mean", "se")]),
        ("M (SD)", [("mean", "sd")]),
        ("n (%)", [("n", "pct")]),
        ("No. of patients (%)", [("n", "pct")]),
        ("Male sex — no. (%)", [("n", "pct")]),
        ("Patients ≤65 years—no. (%)", [("n", "pct")]),
        ("Values are numbers (percentages) unless stated otherwise", [("n", "pct")]),
        ("% (n)", [("pct", "n")]),
        ("n/N (%)", [("n", "total"), ("pct", "")]),
        ("mean (SD) or n (%)", [("mean", "sd"), ("n", "pct")]),
        ("Data are n (%), mean (SD) or median (IQR).", [("n", "pct"), ("mean", "sd"), ("median", "iqr")]),
        ("Glycohemoglobin, mean (SD), %", [("mean", "sd"), ("pct", "")]),
        ("ORR (% pts)", [("pct", "")]),
        ("HR (95% CI)", [("hr", "ci")]),
        ("Odds ratio (95% confidence interval)", [("or", "ci")]),
        ("p-Value", [("p", "")]),
        ("Total, No.", [("n", "")]),
        ("Events, n", [("events", ""), ("n", "")]),
        ("Rate per 100 person-years", [("rate", "")]),
        # words that look like statistics and are none
        ("Number of prior lines of therapy", []),
        ("Age (years)", []),
        ("LV-EF 35–49%", []),
        ("Any adverse event", []),
        ("Treatment-emergent adverse events", []),
        ("Pd (n = 153)", []),
        ("No", []),
        ("White", []),
        ("Cytogenetic risk", []),
    ],
)
def test_wordings_of_a_label(label: str, wordings: list[tuple[str, str]]) -> None:
    assert [(w.centre, w.spread) for w in read_wordings(label)] == wordings


def test_level_of_an_interval_is_kept() -> None:
    assert read_wordings("Difference (90% CI)") == (Wording("difference", "ci", "90"),)


@pytest.mark.parametrize(
    ("label", "bare"),
    [
        ("Sex, No. (%)", "Sex"),
        ("ISA-Pd (n = 154)", "ISA-Pd"),
        ("<65 years, n (%)", "<65 years"),
        ("Median (range)", ""),
        ("No", "No"),
    ],
)
def test_label_without_wording(label: str, bare: str) -> None:
    assert strip_wording(label) == bare
