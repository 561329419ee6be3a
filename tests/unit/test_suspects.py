"""Which glyphs are looked at: those without meaning, those of sign fonts, and letters where only a sign can stand."""

import pytest

from auditable.model import Box, Page, Word
from auditable.suspects import characters, find_mute_fonts, find_suspects

PROSE = ["The", "quick", "brown", "fox", "jumps", "over", "lazy", "dogs", "and", "1234567890", "vexed", "zebras"]


def page_of(*words: tuple[str, str]) -> Page:
    """A page of prose in the font Text, and the given (text, font) words."""
    named = [*((text, "Text") for text in PROSE), *words]
    return Page(1, 600, 800, tuple(Word(t, Box(0, 12 * i, 40, 12 * i + 10), 9.0, f) for i, (t, f) in enumerate(named)))


def seen(page: Page) -> list[tuple[str, str, int]]:
    return [(s.font, s.text, len(s.places)) for s in find_suspects([page])]


def test_prose_has_no_suspects():
    assert seen(page_of()) == []


def test_a_lone_letter_of_a_font_of_few_is_looked_at_with_all_its_places():
    found = find_suspects([page_of(("b", "Sign"), ("b", "Sign"), ("73", "Text"))])
    assert [(s.font, s.text, s.is_unknown) for s in found] == [("Sign", "b", False)]
    assert [(p.word, p.at, p.n_characters) for p in found[0].places] == [(len(PROSE), 0, 1), (len(PROSE) + 1, 0, 1)]


def test_words_in_a_font_of_few_are_words():
    assert seen(page_of(("OPEN", "Head"), ("ACCESS", "Head"), ("12", "Head"))) == []


@pytest.mark.parametrize("text", ["\ufffd", "(cid:3)", "\uf0b3", "\x01", "\x81"])
def test_a_glyph_without_meaning_is_looked_at_in_any_font(text):
    assert seen(page_of((f"a{text}4", "Text"))) == [("Text", text, 1)]


@pytest.mark.parametrize(("word", "sign"), [("f0.001", "f"), (",0.01", ","), ("¼216", "¼")])
def test_a_letter_that_stands_but_before_figures_is_looked_at_in_a_text_font(word, sign):
    lean = tuple(text.replace("f", "") for text in PROSE)
    page = page_of((word, "Text"), (word, "Text"))
    words = tuple(Word(t, w.box, w.size_pt, w.font) for t, w in zip((*lean, word, word), page.words, strict=True))
    assert [(s.text, len(s.places)) for s in find_suspects([Page(1, 600, 800, words)])] == [(sign, 2)]


def test_a_letter_of_many_words_may_stand_before_a_figure():
    assert seen(page_of(("p0.05", "Text"), ("n216", "Text"))) == []


def test_the_name_of_a_sign_font_is_enough():
    many = [(char, "MathematicalPi-One") for char in "abcdefghijklmnopqrstuvwxyz0123456789"]
    assert len(seen(page_of(*many))) == len(many)


def test_a_font_with_many_unknown_letters_is_mute():
    codes = "".join(f"(cid:{n})" for n in range(8))
    assert find_mute_fonts([page_of((codes, "Mute"), ("(cid:1)(cid:2)", "Sign"))]) == {"Mute"}


def test_a_code_is_one_character():
    assert characters("4(cid:12)5") == ["4", "(cid:12)", "5"]
