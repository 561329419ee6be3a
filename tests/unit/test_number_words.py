from decimal import Decimal

import pytest

from auditable.number_words import holds_number, read_cardinal, read_fraction, read_multiple, read_share, whole_of


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("zero", 0),
        ("one", 1),
        ("three", 3),
        ("nineteen", 19),
        ("twenty", 20),
        ("ninety", 90),
        ("twentyone", 21),
        ("thirtynine", 39),
        ("twentyten", None),
        ("nine hundred and ninety-nine", 999),
        ("three four", None),
        ("twenty-three third", None),
        (" Forty-Two ", 42),
        ("twenty-ten", None),
        ("twenty-zero", None),
        ("twenty one two", None),
        ("one two", None),
        ("two thousand", 2000),
        ("three million", 3_000_000),
        ("one billion", 1_000_000_000),
        ("two hundred and twenty-six", 226),
        ("two hundred nineteen", 219),
        ("two hundred patients", None),
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
    ("words", "percent"),
    [
        ("half", 50),
        ("one half", 50),
        ("Two thirds", 67),
        ("a third", 33),
        ("one third", 33),
        ("a quarter", 25),
        ("one quarter", 25),
        ("three-quarters", 75),
        ("a fifth", 20),
        ("one-fifth", 20),
        ("two fifths", 40),
        ("three fifths", 60),
        ("four fifths", 80),
        ("third", None),
    ],
)
def test_fraction(words: str, percent: int | None) -> None:
    assert read_fraction(words) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("twice", 2),
        ("thrice", 3),
        ("doubled", 2),
        ("tripled", 3),
        ("tenfold", 10),
        ("four-fold", 4),
        ("Twenty fold", 20),
        ("double", None),
    ],
)
def test_multiple(words: str, times: int | None) -> None:
    assert read_multiple(words) == (None if times is None else Decimal(times))


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("stage II", False),
        ("cycle two", True),
        ("cycle seventeen", True),
        ("cycles seventy", True),
        ("v5", True),
        ("someone", False),
        ("sevens", False),
    ],
)
def test_holds_number(text: str, holds: bool) -> None:
    assert holds_number(text) is holds


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("one in five", 20),
        ("One in every five", 20),
        ("two in three", 67),
        ("one in eight", 12),  # 12.5 by half even: marked as approximate
        ("three in 10", 30),
        ("one in hundred", 1),
        ("ninety-nine in hundred", 99),
        ("one in three", 33),
        ("one in fifty", 2),
        ("five in five", None),
        ("six in five", None),
        ("some in five", None),
    ],
)
def test_share(words: str, percent: int | None) -> None:
    assert read_share(words) == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("text", "whole"), [("12", 12), ("twelve", 12), ("two hundred", 200), ("zero", 0), ("some", 0), ("1.5", 0)]
)
def test_whole_of(text: str, whole: int) -> None:
    assert whole_of(text) == whole
