"""A mark never becomes a digit, an exponent never a mark."""

import pytest

from auditable.marks import split_marks
from auditable.model import Box, Word


def words(*parts):
    """Words in a row: a text preceded by ^ is raised, one preceded by _ has no blank before it."""
    out, x = [], 0.0
    for part in parts:
        raised, joined = part.startswith("^"), part[0] in "^_"
        text = part.lstrip("^_")
        out.append(Word(text, Box(x, 0, x + 5, 8), 5 if raised else 8, is_raised=raised, joins_previous=joined))
        x += 6
    return out


@pytest.mark.parametrize(
    ("printed", "text", "marks"),
    [
        (("Other", "^a"), "Other", ("a",)),
        (("ISS", "stage", "^a", "_,", "n", "(%)"), "ISS stage, n (%)", ("a",)),
        (("12.5", "^c,d"), "12.5", ("c", "d")),
        (("17", "^2"), "17", ("2",)),
        (("60**",), "60", ("**",)),
        (("72.6", "^f", "_*"), "72.6", ("f", "*")),
        (("kg/m", "^2"), "kg/m²", ()),
        (("kg/m", "^2b"), "kg/m²", ("b",)),
        (("kg/m", "^2,a,b"), "kg/m²", ("a", "b")),
        (("×", "10", "^9", "_/L"), "× 10⁹/L", ()),
        (("CD4", "^+"), "CD4⁺", ()),
        (("χ", "^2", "_(1)"), "χ²(1)", ()),
        (("†",), "", ("†",)),
        (("p", "<", "0.05"), "p < 0.05", ()),
    ],
)
def test_marks_are_parted_from_text(printed, text, marks):
    assert split_marks(words(*printed)) == (text, marks)
