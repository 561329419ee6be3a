"""Words that say something of a number: what is plainly wrong is told, what may be meant otherwise is not."""

import pytest
from hand_made import HandMadePaper

HOT = {"impossible", "rounding"}


def asks(paper: HandMadePaper, rule: str) -> int:
    """How many accusations and questions a rule has."""
    found = paper.findings(rule)
    return int((found["verdict"].isin(HOT) | (found["severity"] != "note")).sum())


@pytest.mark.parametrize(
    ("sentence", "n"),
    [
        ("Early surgery prolonged overall survival (HR 1.72; 95% CI 1.22–2.43).", 1),
        ("The vaccine lowered the risk of infection (OR 2.10, 95% CI 1.40–3.20).", 1),
        ("Frailty was associated with increased mortality (HR 0.60, 95% CI 0.41–0.88).", 1),
        ("Early surgery prolonged overall survival (HR 0.58; 95% CI 0.41–0.82).", 0),
        ("Early surgery did not prolong overall survival (HR 1.12; 95% CI 0.81–1.55).", 0),
        ("Low albumin and shorter survival went together, and age raised it (HR 1.12; 95% CI 1.01–1.25).", 0),
        ("With surgery as the reference, casting lowered the risk of relapse (OR 2.10, 95% CI 1.40–3.20).", 0),
        ("Each year improved survival (HR 1.12; 95% CI 1.01–1.25).", 0),
        ("The dose lowered the risk; relapse was commoner in men (OR 2.10, 95% CI 1.40–3.20).", 0),
    ],
)
def test_direction_of_a_ratio(paper: HandMadePaper, sentence: str, n: int) -> None:
    assert asks(paper.read(sentence), "effect.direction") == n


@pytest.mark.parametrize(
    ("other", "n"),
    [
        ("Smith et al. followed 56 children with the syndrome [9].", 1),
        ("Smith et al. followed 56 children with asthma [9].", 0),
        ("Smith et al. followed 44 children with the syndrome [9].", 0),
        ("Our registry holds 56 children with the syndrome.", 0),
    ],
)
def test_the_largest_series(paper: HandMadePaper, other: str, n: int) -> None:
    paper.row("Women", n="31", total="51").row("Smokers", n="20", total="51")
    paper.read(
        "To our knowledge this is the largest series of children with the syndrome.", other, section="Discussion"
    )
    assert asks(paper, "words.largest") == n


@pytest.mark.parametrize(
    ("sentence", "n"),
    [
        ("Infection occurred in 2.6% on N-Ab (vs 5.4% on Cd).", 1),
        ("Infection occurred in 2.6% on N-Ab (vs 5.4% on cilastatin–doripenem).", 1),
        ("Infection occurred in 2.6% on N-Ab (vs 5.4% on Ab).", 0),
        ("In an indirect comparison infection occurred in 2.6% on N-Ab (vs 5.4% on Cd).", 0),
    ],
)
def test_control_of_a_trial(paper: HandMadePaper, sentence: str, n: int) -> None:
    for trial, arms in (("ALPHA", ("N-Ab", "Ab")), ("BETA", ("N-Cd", "Cd"))):
        for arm in arms:
            paper.row("Relief (%)", table="T32", column=f"{trial} > {arm}", arm=arm, pct="40.0")
    paper.read("Ab ampicillin and bacitracin, Cd cilastatin and doripenem.", section="T32", source="note")
    assert asks(paper.read(sentence), "arm.control") == n


def test_heads_that_are_no_trials_part_no_arms(paper: HandMadePaper) -> None:
    for head, arms in (("Active", ("N-Ab", "Ab")), ("Control", ("N-Cd", "Cd"))):
        for arm in arms:
            paper.row("Relief (%)", table="T32", column=f"{head} > {arm}", arm=arm, pct="40.0")
    assert asks(paper.read("Infection occurred in 2.6% on N-Ab (vs 5.4% on Cd)."), "arm.control") == 0


@pytest.mark.parametrize(
    ("sentence", "p", "n"),
    [
        ("Nausea was significantly more frequent with surgery (Table 4).", "0.32", 1),
        ("Nausea did not differ significantly between the groups (Table 4).", "0.003", 1),
        ("Nausea was significantly more frequent with surgery (Table 4).", "0.003", 0),
        ("Nausea was significantly more frequent with surgery (Table 4; p = 0.01).", "0.32", 0),
        ("Severe nausea was significantly more frequent with surgery (Table 4).", "0.32", 0),
        ("Nausea tended to be significantly more frequent with surgery (Table 4).", "0.32", 0),
        ("Nausea was significantly more frequent with surgery (Table 5).", "0.32", 0),
    ],
)
def test_significance_in_the_row_a_clause_names(paper: HandMadePaper, sentence: str, p: str, n: int) -> None:
    paper.row("Nausea", table="T4", column="Surgery", arm="Surgery", n="12")
    paper.row("Nausea", table="T4", column="Casting", arm="Casting", n="9")
    paper.row("Nausea", table="T4", column="P", p=p)
    assert asks(paper.read(sentence), "p.table") == n


@pytest.mark.parametrize(("note", "n"), [("fp is descriptive only.", 1), ("fp was two-sided.", 0)])
def test_what_a_note_calls_descriptive_is_not_significant(paper: HandMadePaper, note: str, n: int) -> None:
    paper.row("Nausea", table="T4", column="Surgery", arm="Surgery", marks="f", n="12")
    paper.read(note, section="Table 4", source="note")
    assert asks(paper.read("Nausea was significantly more frequent with surgery (Table 4)."), "p.table") == n


@pytest.mark.parametrize(
    ("sentence", "n"),
    [
        ("Two thirds of the patients (45.0%) were women.", 1),
        ("The majority of patients (34.0%) were women.", 1),
        ("Over half (38.0%) had smoked.", 1),
        ("Almost all children (61.0%) recovered.", 1),
        ("Two thirds of the patients (64.9%) were women.", 0),
        ("Over half (1209, 53.8%) had a normal weight.", 0),
        ("Most (32.3%) were in their forties, followed by 26.6% in their fifties.", 0),
        ("Most patients had one further disease, asthma (12.0%) or gout (9.0%).", 0),
        ("Less than a third of the patients (12.0%) had smoked.", 0),
        ("Half of the dose (20%) was given.", 0),
        ("The score was 1 in five (27.8%) and 2 in three (16.7%).", 0),
    ],
)
def test_share_in_words_with_its_own_percentage(paper: HandMadePaper, sentence: str, n: int) -> None:
    assert asks(paper.read(sentence), "agreement.words") == n
