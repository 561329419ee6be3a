"""A sign is replaced when likeness and reading agree against the text layer, and never when they do not."""

from dataclasses import replace

import pytest

from auditable.glyph_verdicts import Verdict, claim_fits, judge_glyph
from auditable.readers.glyph_shapes import draw_character


def shape(char: str):
    """The character in the last face that has it."""
    return draw_character(char)[-1]


def test_two_witnesses_against_the_text_layer_win():
    assert judge_glyph("b", [shape("<")], [("<", 0.9), ("<", 0.8)]) == Verdict("<", refutes_claim=True)


@pytest.mark.parametrize(
    ("claim", "printed", "readings"),
    [
        ("b", "≤", [("c", 0.9), ("e", 0.9)]),
        ("q", "ü", []),
        ("z", "≥", [("<", 0.9)]),
        ("a", "e", [("e", 0.5)]),
        ("e", "☃", [("8", 0.95)]),
    ],
    ids=["reader sees letters", "no reading of a letter", "opposite sign", "unsure letter", "no such shape"],
)
def test_one_witness_or_two_that_differ_settle_nothing(claim, printed, readings):
    assert judge_glyph(claim, [shape(printed)], readings).text == ""


def test_a_plain_sign_needs_no_reading_unless_its_shapes_vary():
    assert judge_glyph("F", [shape("±")], []).text == "±"
    assert judge_glyph("F", [shape("±")], [("+", 0.9)]).text == "±"
    assert judge_glyph("F", [shape("±")], [], is_only_shape=False).text == ""


@pytest.mark.parametrize(
    ("claim", "read"), [("b", "b"), ("a", "A"), ("O", "0"), ("l", "1"), ("–", "-"), ("µ", "μ"), ("x", "×")]
)
def test_a_reading_that_may_be_the_claim_confirms_it(claim, read):
    assert judge_glyph(claim, [shape("☃")], [(read, 0.9)]) == Verdict(claim, is_claim=True)


def test_readings_that_disagree_name_nothing():
    assert judge_glyph("", [shape("ü")], [("ü", 0.9), ("u", 0.9)]).text == ""
    assert judge_glyph("", [shape("ü")], [("ü", 0.9), ("ü", 0.9), ("u", 0.9)]).text == "ü"


@pytest.mark.parametrize(("width", "text"), [(0.3, "-"), (0.6, "−")])
def test_a_hyphen_is_shorter_than_a_minus(width, text):
    bar = replace(shape("−"), width_em=width)
    assert judge_glyph("b", [bar], [("-", 0.9)]).text == text


@pytest.mark.parametrize("char", "bFNz5,.pnαχ±≤§")
def test_every_face_fits_its_own_claim(char):
    assert all(claim_fits(char, [drawn]) for drawn in draw_character(char))


@pytest.mark.parametrize(
    ("claim", "printed"),
    [("o", "<"), ("b", "<"), (",", "<"), ("¼", "="), ("5", "="), ("V", "≤"), ("N", ">"), ("F", "±"), ("6", "±"),
     ("z", "≥"), ("A", "μ"), ("{", "†"), ("2", "−"), ("3", "×"), ("þ", "+"), ("T", "*"), ("D", "©"),
     ("l", "λ"), ("b", "β")],
)  # fmt: skip
def test_no_face_of_the_printed_sign_fits_a_lie(claim, printed):
    assert not any(claim_fits(claim, [drawn]) for drawn in draw_character(printed))


def test_what_cannot_be_checked_is_believed():
    assert claim_fits("\ue000", [shape("<")])
    assert claim_fits("b", [])
