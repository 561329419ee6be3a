"""rate.person_time and effect.change: rates over time at risk, and changes "from A to B"."""

import pytest
from hand_made import HandMadePaper

CONSISTENT, IMPOSSIBLE, OPEN = ["consistent"], ["impossible"], ["not testable"]


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Stroke came at 4.19 per 100 person-years (34 events in 812 person-years).", CONSISTENT),
        ("There were 34 events over 812 patient-years (4.2 per 100 patient-years; 95% CI 2.9–5.9).", CONSISTENT),
        ("There were 34 events over 812 patient-years (4.1 per 100 patient-years).", CONSISTENT),  # cut off
        ("There were 34 events over 812 patient-years (2.4 per 100 patient-years).", IMPOSSIBLE),
        ("There were 34 deaths in 812 person-years (41.9 per 1,000 person-years).", CONSISTENT),
        ("There were 34 deaths in 812 person-years (4.19 per 1,000 person-years).", IMPOSSIBLE),
        ("There were 34 deaths in 812 person-years (an adjusted rate of 3.1 per 100 person-years).", []),
        ("Deaths came at 3.1 per 100 person-years, and 34 patients left.", []),
        ("There were 34 strokes in 812 person-years; bleeding came at 1.2 per 100 person-years.", []),
        ("Stroke occurred in 34 patients over 812 person-years (4.2 per 100 person-years).", CONSISTENT),
        ("We saw 34 patients who died over 812 person-years (2.4 per 100 person-years).", IMPOSSIBLE),
        ("The 120 patients were followed over 812 person-years, and stroke came at 4.2 per 100 person-years.", []),
        ("In 3104 women observed over 12417 person-years stroke came at 0.27 per 100 person-years.", []),
        (
            "Stroke came at 3.1 per 1000 patient-years with the drug (25 events in 8064 patient-years) and 4.5 per "
            "1000 patient-years with placebo (36 events in 8001 patient-years).",
            ["consistent", "consistent"],
        ),
    ],
)
def test_rates_of_sentences(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    assert paper.read(said).verdicts("rate.person_time") == verdicts


def tabulate(paper: HandMadePaper, *rates: str, head: str = "Rate per 1000 PY") -> HandMadePaper:
    """Rows of events and person-years with their rate."""
    for i, (events, time, rate) in enumerate(
        zip(("25", "36", "12", "8"), ("8064", "8001", "2950", "911"), rates, strict=True)
    ):
        where = {"table": "T1", "table_type": "outcome"}
        paper.row(f"Sign {i}", **where, column="Events", n=events)
        paper.row(f"Sign {i}", **where, column="Person-years", value=time)
        paper.row(f"Sign {i}", **where, column=head, rate=rate)
    return paper


def test_rates_of_tables(paper: HandMadePaper) -> None:
    tabulate(paper, "3.1", "4.5", "4.1", "8.8")
    assert paper.verdicts("rate.person_time") == ["consistent"] * 4


def test_a_rate_that_does_not_fit_among_others_that_do(paper: HandMadePaper) -> None:
    tabulate(paper, "3.1", "5.4", "4.1", "8.8")
    assert paper.accused("rate.person_time") == ["Sign 1"]


def test_standardised_rates_are_not_judged(paper: HandMadePaper) -> None:
    tabulate(paper, "2.9", "4.1", "4.4", "7.7")
    assert set(paper.findings("rate.person_time")["severity"]) == {"note"}
    tabulate(HandMadePaper(), "2.9", "4.1", "4.4", "1.7", head="Age-standardised rate per 1000 PY")
    assert paper.accused("rate.person_time") == []


@pytest.mark.parametrize(
    ("said", "verdicts", "severity"),
    [
        ("Attacks fell from 82 to 61 (a 26% reduction).", CONSISTENT, "note"),
        ("Attacks fell from 82 to 61 (a reduction of 25%).", CONSISTENT, "note"),
        ("The number of attacks fell from 82 to 61 (a 36% reduction).", IMPOSSIBLE, "error"),
        (
            "Mean weight fell from 82.3 kg at baseline to 78.1 kg at 12 weeks (mean change, −4.2 kg).",
            CONSISTENT,
            "note",
        ),
        ("Mean weight fell from 82.3 kg at baseline to 78.1 kg at 12 weeks (mean change, −4.9 kg).", OPEN, "note"),
        ("Mean weight fell from 82.3 kg at baseline to 78.1 kg at 12 weeks (mean change, −9.2 kg).", OPEN, "error"),
        ("Mortality fell from 12.0% to 9.0% (a 25% reduction).", CONSISTENT, "note"),
        ("Mortality rose from 12.0% to 19.0%, an increase of 7.0 percentage points.", CONSISTENT, "note"),
        ("Mortality rose from 12.0% to 19.0%, an increase of 17.0 percentage points.", IMPOSSIBLE, "error"),
        ("HbA1c decreased by 0.9 percentage points, from 8.1% to 7.2%.", CONSISTENT, "note"),
        ("The number of attacks fell from 82 to 61 (a 36% reduction in attacks).", IMPOSSIBLE, "error"),
        ("Mortality rose from 12.0% to 20.0% (an increase of 2.0% per year).", OPEN, "note"),
        ("Mortality rose from 12.0% to 20.0% (an increase of 2.0 percentage points annually).", OPEN, "note"),
        ("Mortality rose from 10.0% to 25.0% (an increase of 2.5-fold).", OPEN, "note"),
        ("Mortality rose from 10.0% to 25.0% (an increase of 10.0%–20.0%).", OPEN, "note"),
        ("Adherence rose from 62.0% to 71.0%, a gain of 4.0% over controls.", OPEN, "note"),
        ("Cases fell from 82 to 61, a drop of 11 in the first year and 10 in the second.", OPEN, "note"),
        ("The sample shrank from 520 to 480 (lost 12, excluded 28).", [], ""),
        ("Attacks rose from 0 to 6 (a 10% increase).", [], ""),
        ("The median score fell from 82 to 61 (a 36% reduction).", [], ""),
        ("Attacks fell from 82 to 61 (a reduction of about 30%).", [], ""),
        ("Ages ranged from 18 to 61, 36% were women.", [], ""),
    ],
)
def test_changes_of_sentences(paper: HandMadePaper, said: str, verdicts: list[str], severity: str) -> None:
    found = paper.read(said).findings("effect.change")
    assert found["verdict"].tolist() == verdicts
    assert found["severity"].tolist() == [severity] * len(verdicts)
