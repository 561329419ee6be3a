"""Print → parse → value for what journals put around a number: signs, thousands and decimal marks, bounds, words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditable.printed_text import COMMA, MISSING_WORDS, POINT, NumberMarks
from auditable.values import parse_cell

PLENTY = settings(max_examples=80, deadline=None, derandomize=True)
SIGNS = {"": 1, "-": -1, "−": -1, "–": -1, "+": 1}
THOUSANDS = {POINT: ("", ",", " ", "\u2009", "\u00a0", "'"), COMMA: ("", ".", " ", "\u2009", "'")}
DECIMAL_SIGNS = {POINT: (".", "·", "∙"), COMMA: (",",)}
BOUNDS = {"<": "<", "≤": "<=", "<=": "<=", "⩽": "<=", ">": ">", "≥": ">=", ">=": ">=", "~": "~", "≈": "~"}
NUMBERS = st.decimals(0, 9_999_999, places=3).flatmap(lambda d: st.integers(0, 3).map(lambda places: f"{d:.{places}f}"))
MARKS = st.sampled_from([POINT, COMMA])


def _print(number: str, marks: NumberMarks, thousands: str, point: str) -> str:
    """The number with other marks: thousands parted, and another decimal sign."""
    whole, _, decimals = number.partition(".")
    parted = f"{int(whole):,}".replace(",", thousands)
    return parted + (point + decimals if decimals else "")


@st.composite
def printed_numbers(draw: st.DrawFn, marks: NumberMarks) -> tuple[str, Decimal]:
    """A number as a journal prints it, and its value; the middle dot is printed with plain thousands."""
    number = draw(NUMBERS)
    point = draw(st.sampled_from(DECIMAL_SIGNS[marks]))
    thousands = draw(st.sampled_from(THOUSANDS[marks]))
    return _print(number, marks, thousands, point), Decimal(number)


@PLENTY
@given(st.data(), MARKS, st.sampled_from(list(SIGNS)))
def test_signs_and_marks_of_every_locale_come_back(data: st.DataObject, marks: NumberMarks, sign: str) -> None:
    text, value = data.draw(printed_numbers(marks))
    amount = parse_cell(sign + text, marks)[0].amounts[0]
    assert amount.number == SIGNS[sign] * value
    assert amount.decimals == -int(value.as_tuple().exponent)


@PLENTY
@given(st.data(), MARKS, st.sampled_from(list(BOUNDS)), st.sampled_from(["", " "]), st.sampled_from(["", "%", " %"]))
def test_bounds_and_percent_signs_come_back(
    data: st.DataObject, marks: NumberMarks, bound: str, blank: str, percent: str
) -> None:
    text, value = data.draw(printed_numbers(marks))
    amount = parse_cell(f"{bound}{blank}{text}{percent}", marks)[0].amounts[0]
    assert (amount.number, amount.comparator, amount.is_percent) == (value, BOUNDS[bound], bool(percent))


@PLENTY
@given(
    st.decimals(0, 1, places=4),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from(["=", *BOUNDS]),
    st.sampled_from(["p{}{}", "P {} {}", "p-value {} {}", "p value{}{}", "(P {} {})", "P for trend {} {}"]),
)
def test_p_values_come_back_with_their_bounds(p: Decimal, places: int, has_zero: bool, bound: str, style: str) -> None:
    number = f"{p:.{places}f}"
    shown = number if has_zero else number.removeprefix("0")
    printed = parse_cell(style.format(bound, shown))[0]
    assert printed.form == "p"
    assert printed.amounts[0].number == Decimal(number)
    assert printed.amounts[0].comparator == BOUNDS.get(bound, "")


LIMITS = {
    POINT: [
        "{} ({} to {})",
        "{} [{}; {}]",
        "{} ({}, {})",
        "{} (95% CI, {} to {})",
        "{} (range {}–{})",
        "{}; IQR {} to {}",
    ],
    COMMA: ["{} ({} to {})", "{} [{}; {}]", "{} ({}–{})", "{} (95% CI {} to {})", "{} (IQR {}; {})"],
}


@PLENTY
@given(st.data(), MARKS, st.sampled_from(["", "-", "−"]))
def test_limits_with_signs_and_marks_come_back(data: st.DataObject, marks: NumberMarks, sign: str) -> None:
    style = data.draw(st.sampled_from(LIMITS[marks]))
    sign = "" if "–" in style else sign  # a dash between limits and one before them are one sign in print
    numbers = [data.draw(printed_numbers(marks)) for _ in range(3)]
    readings = parse_cell(style.format(*(sign + text for text, _ in numbers)), marks)
    wanted = [SIGNS[sign] * value for _, value in numbers]
    assert wanted in [[a.number for a in r.amounts] for r in readings if r.form == "first (limits)"]


@pytest.mark.parametrize(("word", "kind"), [(w, kind) for kind, words in MISSING_WORDS.items() for w in words])
def test_every_word_for_a_missing_value_comes_back(word: str, kind: str) -> None:
    assert [a.missing for a in parse_cell(word)[0].amounts] == [kind]


@pytest.mark.parametrize(("word", "kind"), [(w, k) for k in ("NR", "NE", "NA", "NK") for w in MISSING_WORDS[k]])
def test_a_word_in_place_of_an_estimate_keeps_its_limits(word: str, kind: str) -> None:
    readings = [r for r in parse_cell(f"{word} (3.1–7.9)") if r.form == "first (limits)"]
    assert [(a.missing, a.digits) for a in readings[0].amounts] == [(kind, ""), ("", "3.1"), ("", "7.9")]
