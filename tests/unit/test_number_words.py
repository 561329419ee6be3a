from decimal import Decimal

import pytest

from auditable.number_words import holds_number, read_cardinal, read_fraction, read_multiple


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("three", 3),
        ("Eleven", 11),
        ("twenty-one", 21),
        ("ninety nine", 99),
        ("two hundred", 200),
        ("three hundred and six", 306),
        ("one thousand forty", 1040),
        ("third", None),
        ("twenty-third", None),
        ("patients", None),
    ],
)
def test_cardinal(words: str, number: int | None) -> None:
    assert read_cardinal(words) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("words", "percent"), [("half", 50), ("Two thirds", 67), ("three-quarters", 75), ("one third", 33), ("third", None)]
)
def test_fraction(words: str, percent: int | None) -> None:
    assert read_fraction(words) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(("words", "times"), [("twice", 2), ("tenfold", 10), ("four-fold", 4), ("double", None)])
def test_multiple(words: str, times: int | None) -> None:
    assert read_multiple(words) == (None if times is None else Decimal(times))


@pytest.mark.parametrize(
    ("text", "holds"), [("stage II", False), ("cycle two", True), ("v5", True), ("someone", False)]
)
def test_holds_number(text: str, holds: bool) -> None:
    assert holds_number(text) is holds
