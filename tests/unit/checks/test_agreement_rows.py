"""Lists of numbers against rows: what must be told, and the traps that must stay silent."""

import pytest
from cases_rows import write_row
from hand_made import HandMadePaper


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Durable response occurred in 30, 62 and 74 patients on placebo, 100 mg and 200 mg.", []),
        ("Durable response occurred in 30, 62 and 47 patients on placebo, 100 mg and 200 mg.", ["30, 62, 47"]),
        # exchanged, but only where the sentence names the columns in their order
        ("Durable response occurred in 74 and 62 patients given 100 mg and 200 mg.", ["74, 62"]),
        ("Durable response occurred in 74 and 62 patients given 200 mg and 100 mg.", []),
        # nothing says that the sentence is of this row
        ("Rash occurred in 30, 62 and 47 patients on placebo, 100 mg and 200 mg.", []),
        # another row of that name prints the odd number
        ("Early durable response occurred in 30, 62 and 51 patients on placebo, 100 mg and 200 mg.", []),
        # another study
        ("Durable response occurred in 30, 62 and 47 patients in the trial by Ito et al [7].", []),
    ],
)
def test_a_list_against_its_row(paper: HandMadePaper, sentence: str, expected: list[str]) -> None:
    write_row(paper, "Durable response", ("30", "15.0"), ("62", "31.0"), ("74", "37.0"))
    write_row(paper, "Early durable response", ("21", "10.5"), ("44", "22.0"), ("51", "25.5"))
    paper.read(sentence)
    assert paper.accused_numbers("agreement.row") == expected


def test_a_sentence_printed_twice_on_a_page_is_no_longer_list(paper: HandMadePaper) -> None:
    write_row(paper, "Durable response", ("30", "15.0"), ("62", "31.0"), ("74", "37.0"))
    sentence = "Durable response occurred in 62 patients versus 74 patients."
    paper.read(sentence, sentence)
    assert paper.accused_numbers("agreement.row") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The pain score fell by a mean of 1.2, 7.2 and 8.2 points on placebo, 100 mg and 200 mg.", []),
        (
            "The pain score fell by a mean of 1.2, 7.2 and 5.2 points on placebo, 100 mg and 200 mg.",
            ["1.2, 7.2, 5.2"],
        ),
    ],
)
def test_a_fall_is_told_without_its_sign(paper: HandMadePaper, sentence: str, expected: list[str]) -> None:
    for arm, mean in (("Placebo", "-1.2"), ("Orlimab 100 mg", "-7.2"), ("Orlimab 200 mg", "-8.2")):
        paper.row("Pain score", column=arm, arm=arm, mean=mean)
    paper.read(sentence)
    assert paper.accused_numbers("agreement.row") == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In total there were 166 durable responses.", []),
        ("In total there were 169 durable responses.", ["169"]),
        ("Durable response was seen in 169 patients (27.7%).", ["169"]),
        ("Durable response was seen in 166 patients (27.7%).", []),
        # a part of them, one arm, another time or something else
        ("There were 169 durable responses.", []),
        ("Among women 169 durable responses were seen in all.", []),
        ("Durable response was seen in 74 patients (37.0%) in all.", []),
        ("In total 31 durable responses were lost later.", []),
        # of the 611 who were randomised
        ("Of 611 patients randomised, some had no visit. Durable response was seen in 169 patients (27.7%).", []),
    ],
)
def test_a_count_of_all_against_the_sum_of_a_row(paper: HandMadePaper, sentence: str, expected: list[str]) -> None:
    write_row(paper, "Durable response", ("30", "15.0"), ("62", "31.0"), ("74", "37.0"))
    paper.read(sentence)
    assert paper.accused_numbers("agreement.row_sum") == expected


@pytest.mark.parametrize(("name", "expected"), [("hyperglycaemia", []), ("hypertensive crisis", ["169"])])
def test_words_that_begin_alike_are_not_one(paper: HandMadePaper, name: str, expected: list[str]) -> None:
    write_row(paper, "Hypertension", ("30", "15.0"), ("62", "31.0"), ("74", "37.0"))
    paper.read(f"In total there were 169 cases of {name}.")
    assert paper.accused_numbers("agreement.row_sum") == expected
