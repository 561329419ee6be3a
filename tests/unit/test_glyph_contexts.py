"""A glyph is read among its neighbours, and only where these are read as the text layer has them."""

import pytest

from auditable.glyph_contexts import ANY, Context, context_of, glyph_in
from auditable.model import Box, Page, Word
from auditable.readers.picture_reader import PictureText
from auditable.suspects import Place

X0 = {"73": 100, "F": 112, "12": 120, "far": 160, "2": 131}


def page_of(**raised: bool) -> Page:
    words = [Word(t, Box(x, 50, x + 5 * len(t), 60), 10.0, "Sign" if t == "F" else "Text") for t, x in X0.items()]
    return Page(1, 600, 800, (*words, Word("73", Box(100, 62, 110, 72), 10.0, "Text")))


def test_neighbours_are_those_of_the_same_line_without_a_column_gap():
    context = context_of(page_of(), Place(0, 1, 0, 1), lambda font, _: font == "Sign")
    assert (context.before, context.after) == ("73", "122")
    assert context.box == Box(100, 50, 136, 60)


def test_another_glyph_in_doubt_may_be_read_as_anything():
    context = context_of(page_of(), Place(0, 0, 1, 2), lambda font, _: font == "Sign")
    assert (context.before, context.after) == ("7", f"{ANY}122")


@pytest.mark.parametrize(
    ("before", "after", "read", "glyph"),
    [
        ("73", "12", "73±12", "±"),
        ("73", "12", "73 ± 12", "±"),
        ("p", "0.001", "p<0.001", "<"),
        ("30-", "60", "30-<60", "<"),
        ("it", "s", "it's", "'"),
        ("", "", "±", "±"),
        ("a7", f"3{ANY}2", "a7<3=2", "<"),
        ("xyz", "12abc", "xy2z±12abo", None),
        ("wxyz", "12abc", "wxyz±12abo", "±"),
        ("73", "12", "7312", None),
        ("73", "12", "78±12", None),
        ("", "", "+-", None),
    ],
)  # fmt: skip
def test_the_glyph_is_what_stands_between_its_neighbours(before, after, read, glyph):
    context = Context(1, 0, Box(0, 0, 9, 9), before, after)
    found = glyph_in(context, PictureText(read, tuple(0.9 for _ in read)))
    assert (found and found[0]) == glyph


def test_the_confidence_is_that_of_the_glyph():
    context = Context(1, 0, Box(0, 0, 9, 9), "7", "2")
    assert glyph_in(context, PictureText("7 < 2", (0.9, 1.0, 0.5, 1.0, 0.8))) == ("<", 0.5)
