"""Characters become what they are read as: accents on their letters, fixed spaces inside their numbers."""

import pytest

from auditable.readers.composed import HELD_SPACE, clean_text, compose_characters


def chars_of(*placed: tuple[str, float, float]) -> list[dict]:
    """Characters of one line, 10 points large: text, x0, x1."""
    return [{"text": t, "x0": x0, "x1": x1, "top": 50.0, "size": 10.0} for t, x0, x1 in placed]


def texts(chars: list[dict]) -> list[str]:
    return [c["text"] for c in compose_characters(chars)]


@pytest.mark.parametrize(
    ("placed", "read"),
    [
        ([("¨", 1, 4), ("o", 0, 5), ("m", 5, 12)], ["ö", "m"]),
        ([("o", 0, 5), ("¨", 1, 4), ("m", 5, 12)], ["ö", "m"]),
        ([("n", 0, 5), ("ˆ", 5.5, 7.5), ("ı", 5, 8)], ["n", "î"]),
        ([("c", 0, 4), ("¸", 1, 3)], ["ç"]),
        ([("a", 0, 5), ("´", 5.5, 8), ("b", 9, 14)], ["a", "´", "b"]),
        ([("4", 0, 5), ("¨", 1, 4)], ["4", "¨"]),
        ([("q", 0, 5), ("¨", 1, 4)], ["q", "¨"]),
        ([("¨", 0, 3)], ["¨"]),
    ],
    ids=["before", "behind", "dotless", "below", "beside", "on a figure", "no such letter", "alone"],
)  # fmt: skip
def test_an_accent_joins_the_letter_it_is_printed_over(placed, read):
    assert texts(chars_of(*placed)) == read


def test_an_accent_of_another_line_stays_away():
    chars = chars_of(("o", 0, 5), ("¨", 1, 4))
    chars[1]["top"] = 62.0
    assert texts(chars) == ["o", "¨"]


def line(text: str) -> list[dict]:
    return chars_of(*((char, 5.0 * i, 5.0 * i + 5) for i, char in enumerate(text)))


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u2009", "\u202f"])
def test_a_fixed_space_before_a_group_of_three_is_part_of_the_number(space):
    assert texts(line(f"1{space}234{space}567")) == list(f"1{HELD_SPACE}234{HELD_SPACE}567")


@pytest.mark.parametrize(
    "text", ["12\u20093456", "12\u200934", "5\u2009±\u20092", "a\u2009123", "12\u2009.345", "1\u2009"]
)
def test_a_fixed_space_elsewhere_parts_words(text):
    assert texts(line(text)) == list(text)


def test_figures_of_the_next_column_are_another_number():
    chars = line("12\u2009345")
    for char in chars[3:]:
        char["x0"], char["x1"] = char["x0"] + 20, char["x1"] + 20
    assert HELD_SPACE not in texts(chars)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Mu\u0308ller", "Müller"),
        ("co\u00adhort", "cohort"),
        ("co\u00ad", "co-"),
        ("3\u200b4", "34"),
        (f"1{HELD_SPACE}234", "1 234"),
    ],
)
def test_the_text_of_a_word_is_what_is_read(raw, read):
    assert clean_text(raw) == read
