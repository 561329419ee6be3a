"""Where the rows of a table end: what stands under it is no row."""

import pytest

from auditable.bounds import end_of_body
from auditable.layout import find_lines
from auditable.model import Box, Word

STEP_PT, WORD_PT = 12.0, 4.0
TABLE_SIZE_PT = 7.0
BODY = ("Times", 9.0)


def _words(text: str, x0: float, top: float) -> list[Word]:
    out = []
    for word in text.split():
        x1 = x0 + WORD_PT * len(word)
        out.append(Word(word, Box(x0, top, x1, top + TABLE_SIZE_PT), TABLE_SIZE_PT, "Times"))
        x0 = x1 + 2
    return out


def _page(*rows: tuple[str, str]) -> float:
    """The end of the body of rows of two columns, in lines from the top."""
    words = [w for k, (a, b) in enumerate(rows) for w in (*_words(a, 50, k * STEP_PT), *_words(b, 320, k * STEP_PT))]
    return end_of_body(find_lines(words), [], 50, 550, BODY) / STEP_PT


ROWS = (("Nausea", "12 (30%)"), ("Fatigue", "9 (22%)"), ("Pyrexia", "4 (10%)"), ("Rash", "2 (5%)"))


@pytest.mark.parametrize(
    "left",
    ["7. Ardent QR, Lindqvist E. Care. Medic J.", "7. Ardent QR, et al. Care.", "[7] Ardent QR. Care."],
)
def test_columns_of_references_under_a_table_are_no_rows(left: str) -> None:
    assert _page(*ROWS, (left, "8. Norrby T, Falk U. Trials.")) < len(ROWS)


def test_a_numbered_label_is_a_row() -> None:
    end = _page(*ROWS, ("7. Chills", "1 (2%)"))
    assert end > len(ROWS)
