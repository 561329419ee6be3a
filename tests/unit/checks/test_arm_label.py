"""arm.label and arm.sum: values under the wrong arm, heads turned round, arms that do not add up to all."""

import re

import pytest
from hand_made import HandMadePaper

ROWS = (("Women", ("24", "50.0"), ("21", "42.0")), ("Smokers", ("9", "18.8"), ("11", "22.0")),
        ("Asthma", ("5", "10.4"), ("8", "16.0")), ("Gout", ("3", "6.3"), ("4", "8.0")),
        ("Ulcer", ("7", "14.6"), ("9", "18.0")))  # fmt: skip
"""Five rows of 48 and 50 patients."""


def two_arms(paper: HandMadePaper, sizes: tuple[str, str] = ("48", "50"), total: str = "") -> HandMadePaper:
    for label, left, right in ROWS:
        add_row(paper, label, left, right, sizes)
        if total:
            n = str(int(left[0]) + int(right[0]))
            paper.row(label, column=f"Total (N={total})", total=total, n=n)
    return paper


def add_row(
    paper: HandMadePaper,
    label: str,
    left: tuple[str, str],
    right: tuple[str, str],
    sizes: tuple[str, str] = ("48", "50"),
) -> HandMadePaper:
    for arm, (n, pct), size in (("Ozanib", left, sizes[0]), ("Placebo", right, sizes[1])):
        paper.row(label, column=f"{arm} (N={size})", arm=arm, total=size, n=n, pct=pct)
    return paper


def test_each_arm_fits_its_own_n(paper: HandMadePaper) -> None:
    assert set(two_arms(paper).verdicts("arm.label")) == {"consistent"}


def test_a_row_with_its_arms_swapped_is_named(paper: HandMadePaper) -> None:
    found = add_row(two_arms(paper), "Diabetes", ("15", "30.0"), ("12", "25.0")).findings("arm.label")
    accused = found[found["verdict"] == "impossible"]
    assert accused["stub_path"].tolist() == ["Diabetes"]
    assert "swapped" in accused["message"].iloc[0]


def test_one_wrong_value_is_no_swap(paper: HandMadePaper) -> None:
    assert add_row(two_arms(paper), "Diabetes", ("15", "30.0"), ("12", "24.0")).accused("arm.label") == []


def test_heads_that_are_swapped_are_named(paper: HandMadePaper) -> None:
    found = two_arms(paper, ("50", "48")).findings("arm.label")
    assert found["verdict"].tolist() == ["impossible"]
    assert "heads" in found["message"][0]


@pytest.mark.parametrize(("n", "expected"), [("27", []), ("28", ["Diabetes"])])
def test_the_arms_add_up_to_all(paper: HandMadePaper, n: str, expected: list[str]) -> None:
    add_row(two_arms(paper, total="98"), "Diabetes", ("12", "25.0"), ("15", "30.0"))
    paper.row("Diabetes", column="Total (N=98)", total="98", n=n)
    assert paper.accused("arm.sum") == expected


def test_heads_that_do_not_add_up_are_accused(paper: HandMadePaper) -> None:
    assert two_arms(paper, total="99").accused_numbers("arm.sum") == ["99"]


def test_a_table_whose_rows_do_not_add_up_is_left_alone(paper: HandMadePaper) -> None:
    for label, left, right in ROWS:
        add_row(paper, label, left, right)
        paper.row(label, column="All (N=120)", total="120", n=str(int(left[0]) + int(right[0]) + 3))
    assert paper.verdicts("arm.sum") == []


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        ("Responses were seen in 45.8% of patients on ozanib and 30.0% on placebo.", ["consistent"]),
        ("Responses were seen in 30.0% of patients on ozanib and 45.8% on placebo.", ["impossible"]),
        ("Compared with placebo, ozanib gave more responses (45.8% and 30.0%).", []),  # the arms are turned round
        ("Responses were seen in 30.0% of patients on ozanib and 45.7% on placebo.", []),  # another value
    ],
)
def test_a_sentence_and_the_table_name_the_same_arms(paper: HandMadePaper, said: str, verdicts: list[str]) -> None:
    add_row(paper, "Responses", ("22", "45.8"), ("15", "30.0"))
    first, second = re.findall(r"\d+\.\d", said)
    paper.say(said, ("pct", first), ("pct", second))
    for row, arm in zip(paper.rows[-2:], ("Ozanib", "Placebo"), strict=True):
        row["arm"] = arm
    found = paper.findings("arm.label")
    assert found[found["page"] == 2]["verdict"].tolist() == verdicts


def test_arms_that_differ_by_their_dose_alone_are_told_apart(paper: HandMadePaper) -> None:
    for dose, n, pct in (("5 mg", "22", "45.8"), ("20 mg", "15", "30.0")):
        column = f"Ozanib {dose} (N = {48 if dose == '5 mg' else 50})"
        paper.row("Responses", column=column, arm=f"Ozanib {dose}", n=n, pct=pct)
    said = "Responses were seen in 45.8% of patients with ozanib 20 mg and 30.0% with ozanib 5 mg."
    paper.say(said, ("pct", "45.8"), ("pct", "30.0"))
    paper.rows[-2]["arm"], paper.rows[-1]["arm"] = "Ozanib 20 mg", "Ozanib 5 mg"
    assert "impossible" in paper.verdicts("arm.label")
