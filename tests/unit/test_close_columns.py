"""Columns set close are parted where both sides are whole statistics in every row, and only there."""

import pytest

from auditable.close_columns import find_cuts
from auditable.layout import make_line
from auditable.model import Box, Word

SIZE = 8.0


def lines_of(*rows: str, gap_em: float = 0.5):
    """Each row's words on a line, "|" for the white between two columns; blanks are a quarter em."""
    out = []
    for k, row in enumerate(rows):
        words = []
        for c, cell in enumerate(row.split("|")):
            x = 100.0 + c * (44.0 + gap_em * SIZE)
            texts = cell.split()
            # Cells end where the next begins, less the gap, so that the white is as wide as said.
            width = sum(4.0 * len(t) for t in texts) + 2.0 * (len(texts) - 1)
            x += 44.0 - width if c == 0 else 0.0
            for text in texts:
                words.append(Word(text, Box(x, 10.0 * k, x + 4.0 * len(text), 10.0 * k + SIZE), SIZE))
                x += 4.0 * len(text) + 2.0
        out.append(make_line(words))
    return out


@pytest.mark.parametrize(
    ("rows", "n"),
    [
        (("58 (95.1)|21 (34.4)", "19 (31.1)|12 (19.7)", "9 (14.8)|2 (3.3)"), 1),
        (("6.8 (2.1)|−0.3", "251 (71)|−7", "88 (19)|−2"), 1),
        (("199 (24.4)|0.70", "817|0.36", "27.5 ± 6.0|0.24", "566", "64", "148"), 1),
        (("58|(95.1)", "19|(31.1)", "9|(14.8)"), 0),
        (("67.2|± 10.8", "66.5|± 11.2", "27.7|± 6.0"), 0),
        (("0.75 (0.65|to 0.86)", "0.69 (0.59|to 0.81)", "0.92 (0.75|to 1.12)"), 0),
        (("144|765", "70|130", "107|960"), 0),
        (("White|race", "Black|race", "Asian|race"), 0),
        (("58 (95.1)|21 (34.4)", "19 (31.1)|12 (19.7)"), 0),
    ],
    ids=["n (%)", "negative", "sparse", "bracket", "±", "interval", "thousands", "words", "two rows"],
)
def test_white_parts_only_whole_statistics(rows, n):
    assert len(find_cuts(lines_of(*rows), 90, 220)) == n


def test_a_printed_blank_is_no_column():
    rows = ("58 (95.1)|21 (34.4)", "19 (31.1)|12 (19.7)", "9 (14.8)|2 (3.3)")
    assert find_cuts(lines_of(*rows, gap_em=0.3), 90, 220) == []
