"""percent.of_n of running text: the N is proved by words or by the pairs beside it, or nothing is judged."""

from __future__ import annotations

import pytest
from hand_made import HandMadePaper

RULE = "percent.of_n"


def two_arms(paper: HandMadePaper) -> HandMadePaper:
    """A table whose heads give 200 patients to a drug and 190 to placebo."""
    for label, share in (("Nausea", 10), ("Rash", 20), ("Pain", 30)):
        for arm, total in (("Drug", 200), ("Placebo", 190)):
            n, head = str(total * share // 100), f"{arm} (N = {total})"
            paper.row(label, column=head, arm=arm, n=n, pct=f"{share}.0", total=str(total))
    return paper


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        (
            "Of the 166 participants offered sessions, 130 (78%) attended six and 74 (45%) all eight.",
            ["consistent"] * 2,
        ),
        (
            "Of the 166 participants offered sessions, 130 (78%) attended six and 74 (55%) all eight.",
            ["not testable", "impossible"],
        ),
        (  # of the 130
            "Of the 166 participants offered sessions, 130 (78%) attended six and 74 (57%) all eight.",
            ["not testable", "not testable"],
        ),
        (
            "Of the 166 participants, 20 were excluded, and of these 5 (25%) were old and 10 (40%) were ill.",
            ["not testable", "not testable"],
        ),
        ("In all, 1,303 people were enrolled, and 1,183 (90.8%) were followed up.", ["consistent"]),
        ("In all, 1,303 people were enrolled, and 1,213 (90.8%) were followed up.", ["impossible"]),
        ("In all, 1,534 people were screened, 820 were enrolled, and 803 (97.9%) were followed up.", ["not testable"]),
        ("Among the 1,778 nurses reached, 973 answered, for a response rate of 54.7%.", ["consistent"]),
        ("Among the 1,778 nurses reached, 973 answered, for a response rate of 51.3%.", ["impossible"]),
    ],
)
def test_an_n_that_the_words_give(said: str, verdicts: list[str]) -> None:
    found = HandMadePaper().read(said).verdicts(RULE)
    assert ["impossible" if v == "impossible" else "fine" for v in found] == [
        "impossible" if v == "impossible" else "fine" for v in verdicts
    ]


@pytest.mark.parametrize(
    ("shares", "accused"),
    [
        (("12 (6.0%)", "8 (4.2%)"), 0),
        (("12 (7.4%)", "8 (4.2%)"), 1),
        (("12 (7.4%)", "8 (5.2%)"), 0),  # neither fits: another N
    ],
)
def test_an_n_that_the_other_arm_proves(shares: tuple[str, str], accused: int) -> None:
    paper = two_arms(HandMadePaper())
    first, second = shares
    paper.read(f"Falls were seen in {first} patients in the drug group and in {second} in the placebo group.")
    assert len(paper.accused(RULE)) == accused


@pytest.mark.parametrize(
    ("shares", "accused"),
    [
        ("39 (10.0%) were single, 78 (20.0%) widowed and 117 (30.0%) had children", 0),
        ("39 (10.0%) were single, 78 (20.0%) widowed and 117 (33.0%) had children", 1),
        ("38 (10.0%) were single, 76 (20.0%) widowed and 114 (30.0%) had children", 0),  # of 380: ten are missing
    ],
)
def test_an_n_that_the_list_proves(shares: str, accused: int) -> None:
    paper = two_arms(HandMadePaper())
    paper.read(f"At entry {shares}.")
    assert len(paper.accused(RULE)) == accused
