"""flow.sum of parts told in passing: groups in brackets, causes of death, reasons; not what may overlap."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("A total of 80 patients (42 in the drug group and {} in the placebo group) completed it.", "38", "40"),
        ("Twenty patients died: 12 of progression, 5 of infection and {} of other causes.", "3", "4"),
        ("Twenty deaths occurred (12 from progression, 5 from infection and {} from other causes).", "3", "4"),
        ("Twelve patients discontinued due to events (n = 6), relapse (n = 4) or refusal (n = {}).", "2", "3"),
        ("After 50 duplicates were removed from 400 records, {} records were screened.", "350", "340"),
        ("Of 300 records, 280 were excluded, leaving {} for review.", "20", "25"),
        ("Of the 166 patients screened, 105 were randomised and {} were excluded.", "61", "71"),
        ("Of the 166 patients screened, 61 were excluded and {} were included.", "105", "125"),
        ("Of the 24 responses, 6 were complete and {} were partial.", "18", "19"),
        ("We studied 137 eyes of 94 patients: 43 patients had both eyes operated and {} had one.", "51", "53"),
        (
            "Of all, 393 patients underwent randomization; 183 and 181 of them completed it, so that {} withdrew.",
            "29",
            "33",
        ),
        ("Of the 318 patients, 106 did not reach randomisation: no effect, 57, events, {}, lost, 26.", "23", "32"),
    ],
)
def test_parts_told_in_passing(text: str, right: str, wrong: str) -> None:
    assert HandMadePaper().read(text.format(right)).verdicts("flow.sum") == ["consistent"]
    assert HandMadePaper().read(text.format(wrong)).verdicts("flow.sum") == ["impossible"]


@pytest.mark.parametrize(
    "text",
    [
        "Twenty patients died: 12 of progression and 5 of infection.",  # the others of something else
        "Twenty patients died, 12 of them in hospital and 15 within a year.",
        "Of 100 patients, 60 received aspirin and 55 received placebo.",  # one after the other
        "Of 40 patients, 30 discontinued, most because of nausea (n = 20) or rash (n = 15).",
        "A total of 80 patients (including 42 in the drug group and 30 in the placebo group) came.",
        "Of the 24 responses, 6 were complete and 10 were partial.",  # the others are better than partial
        "Of 210 patients, 12 were lost to follow-up and 205 were analysed.",  # the lost may be analysed too
    ],
)
def test_what_may_overlap_is_not_summed(text: str) -> None:
    assert "impossible" not in HandMadePaper().read(text).verdicts("flow.sum")


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Lack of effect was the reason in 13 (9 on placebo, 3 on Orlimab and 1 on Berlizumab).", ["consistent"]),
        ("Lack of effect was the reason in 15 (9 on placebo, 3 on Orlimab and 1 on Berlizumab).", ["impossible"]),
        # one arm is not told of, or the count is of one arm
        ("Lack of effect was the reason in 15 (9 on placebo and 3 on Orlimab).", []),
        ("Lack of effect was the reason in 15, including some (9 on placebo, 3 on Orlimab and 1 on Berlizumab).", []),
    ],
)
def test_one_count_for_each_arm(paper: HandMadePaper, text: str, verdicts: list[str]) -> None:
    for arm in ("Placebo", "Orlimab", "Berlizumab"):
        paper.row("Nausea", column=arm, arm=arm, n="4")
    paper.read(text)
    assert paper.verdicts("flow.sum") == verdicts


BEST = (
    "Of 50 evaluable patients, 5 had a complete response, 10 a partial response, 20 stable disease and {} progressive "
    "disease."
)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (BEST.format(15), ["consistent"]),
        (BEST.format(16), ["impossible"]),
        (BEST.format(12), []),  # the others were not evaluable
        ("Of 50 patients, 30 had a partial response or better and 40 stable disease.", []),
        (
            "There were 50 women (62.5%), and 20 (25.0%) had stable disease, 60 (75.0%) progressive disease.",
            ["consistent"] * 2,
        ),
    ],
)
def test_categories_hold_no_more_than_all(text: str, verdicts: list[str]) -> None:
    assert HandMadePaper().read(text).verdicts("categories.sum") == verdicts
