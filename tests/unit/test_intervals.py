"""Intervals of exact values, and what a printed number may have been."""

from fractions import Fraction

import pytest

from auditable.rounding import Interval, exact_text, nearest_counts, print_rounded, read_printed, totals_for


def interval(low: int | None, high: int | None, **ends: bool) -> Interval:
    return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high), **ends)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (interval(1, 3), interval(2, 4), True),
        (interval(1, 2), interval(2, 4), True),
        (interval(1, 2), interval(3, 4), False),
        (interval(None, 2), interval(3, None), False),
        (interval(None, 2), interval(1, None), True),
        (interval(1, None), interval(None, None), True),
        (interval(1, None), interval(2, 4), True),
        (interval(5, None), interval(2, 4), False),
    ],
)
def test_intervals_overlap_where_they_share_a_value(one: Interval, other: Interval, expected: bool) -> None:
    assert one.overlaps(other) is expected
    assert other.overlaps(one) is expected


@pytest.mark.parametrize(
    ("exact", "ends", "expected"),
    [
        (0, {}, False),
        (1, {}, True),
        (1, {"is_open_low": True}, False),
        (2, {}, True),
        (3, {}, True),
        (3, {"is_open_high": True}, False),
        (4, {}, False),
    ],
)
def test_an_open_end_is_outside(exact: int, ends: dict[str, bool], expected: bool) -> None:
    assert (Fraction(exact) in interval(1, 3, **ends)) is expected


@pytest.mark.parametrize(
    ("text", "unit"), [("60", 10), ("1200", 100), ("61", 1), ("0", 1), ("60.0", Fraction(1, 10)), ("-60", 10)]
)
def test_zeros_at_the_end_of_a_whole_number_may_be_no_digits(text: str, unit: Fraction | int) -> None:
    number = read_printed(text)
    assert number is not None
    assert number.significant_unit == unit


@pytest.mark.parametrize(
    ("text", "exact", "verdict"),
    [
        ("56.9", "56.95", "consistent"),  # no binary number is 56.95: software may fall to either side
        ("43.7", "43.75", "rounding"),  # 43.75 is one, and half even goes up
        ("43.8", "43.85", "consistent"),
        ("-1.3", "-1.25", "consistent"),
        ("1.3", "1.24", "rounding"),
        ("1.3", "1.2", "impossible"),
    ],
)
def test_the_upper_half_of_an_odd_digit_is_open_where_software_can_hold_it(text: str, exact: str, verdict: str) -> None:
    number = read_printed(text)
    assert number is not None
    assert number.judge(Fraction(exact)) == verdict


@pytest.mark.parametrize(
    ("text", "total", "expected"),
    [("5.0", 10, (0, 1)), ("0.0", 10, (0, 1)), ("31.2", 32, (9, 10)), ("100", 10, (10, 10)), ("120", 10, (10, 10))],
)
def test_the_counts_around_a_percentage(text: str, total: int, expected: tuple[int, int]) -> None:
    number = read_printed(text)
    assert number is not None
    assert nearest_counts(number, total) == expected


@pytest.mark.parametrize(
    ("n", "text", "expected"),
    [
        (14, "43.75", range(32, 33)),
        (1, "33.3", range(3, 4)),
        (10, "31", range(32, 33)),
        (7, "50", range(14, 15)),
        (3, "7", range(41, 47)),  # 3 of 40 is 7.5, which half even prints as 8
        (1, "43.8", range(0)),
        (0, "10.0", None),
        (1, "0", None),
        (1, "<5", None),
    ],
)
def test_the_denominators_that_make_a_count_this_percentage(n: int, text: str, expected: range | None) -> None:
    number = read_printed(text)
    assert number is not None
    found = totals_for(n, number)
    assert (found is None) is (expected is None)
    assert list(found or ()) == list(expected or ())


@pytest.mark.parametrize(
    ("exact", "decimals", "rounded", "shown"),
    [
        (Fraction(10, 32) * 100, 1, "31.3", "31.250"),
        (Fraction(5, 4), 1, "1.3", "1.250"),
        (Fraction(-5, 4), 1, "-1.3", "-1.250"),
        (Fraction(2, 3), 2, "0.67", "0.6667"),
        (Fraction(36496, 1000), 0, "36", "36.496"),
        (Fraction(1, 3), 0, "0", "0.33"),
    ],
)
def test_an_exact_value_is_rounded_half_away_and_shown_with_more_digits(
    exact: Fraction, decimals: int, rounded: str, shown: str
) -> None:
    assert print_rounded(exact, decimals) == rounded
    assert exact_text(exact, decimals) == shown
