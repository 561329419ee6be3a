"""Letters that look like figures are settled for two reasons alone, and never quietly."""

import pytest

from auditable.model import Box, Page, Word
from auditable.readers.lookalikes import settle_lookalikes, settle_number


@pytest.mark.parametrize(
    ("text", "before", "settled"),
    [
        ("1O", "", "10"),
        ("(27.O)", "", "(27.0)"),
        ("(o)", "0", "(0)"),
        ("(o)", "option", "(o)"),
        ("l0", "", "10"),
        ("(I.2–l9.4)", "", "(1.2–19.4)"),
        ("<O.00l)", "", "<0.001)"),
        ("I0", "", "10"),
        ("3l", "", "3l"),
        ("1I", "", "1I"),
        ("II", "", "II"),
        ("IO", "", "IO"),
        ("CD38", "", "CD38"),
        ("t(4;14)", "", "t(4;14)"),
        ("15.6%", "", "15.6%"),
        ("Oslo", "3", "Oslo"),
    ],
)
def test_number_holds_figures_only(text, before, settled):
    assert settle_number(text, before) == settled


def page(*words: tuple[str, float]) -> Page:
    box = Box(0, 0, 10, 10)
    return Page(1, 100, 100, tuple(Word(text, box, 8.0, confidence=c) for text, c in words), reader="ocr", is_scan=True)


def texts(*words: tuple[str, float]) -> list[str]:
    return [word.text for word in settle_lookalikes([page(*words)])[0].words]


def test_word_is_spelt_as_it_was_read_most_surely():
    assert texts(("PI", 0.99), ("PI", 0.98), ("Pl", 0.9)) == ["PI", "PI", "PI"]


def test_spelling_counts_over_all_pages():
    first, second = settle_lookalikes([page(("PI,", 0.9), ("PI", 0.9)), page(("Pl", 0.8))])
    assert [w.text for w in (*first.words, *second.words)] == ["PI,", "PI", "PI"]


@pytest.mark.parametrize("words", [(("ill", 0.9), ("I", 0.9)), (("1l", 0.9), ("II", 0.9)), (("B1", 0.9), ("BI", 0.8))])
def test_different_words_stay_apart(words):
    assert texts(*words) == [text for text, _ in words]


def test_changed_word_is_less_sure():
    words = settle_lookalikes([page(("1O", 0.9), ("10", 0.9))])[0].words
    assert words[0].confidence == pytest.approx(0.72)
    assert words[1].confidence == 0.9
