"""Intervals of exact values, and what a printed number may have been."""

from fractions import Fraction

import pytest

from auditable.rounding import (
    Interval,
    Printed,
    Verdict,
    allowed_prints,
    counts_for,
    exact_text,
    mildest,
    nearest_counts,
    print_rounded,
    read_printed,
    totals_for,
)


def printed(text: str) -> Printed:
    number = read_printed(text)
    assert number is not None
    return number


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
        ("1.3", "1.4", "impossible"),
        ("0.7", "0.75", "rounding"),
        ("7", "6.5", "consistent"),
        ("7", "7.5", "rounding"),
        ("<1", "1", "impossible"),
        ("<1", "0.99", "consistent"),
        ("≤1", "1", "consistent"),
        ("<=1", "1.01", "impossible"),
        (">1", "1", "impossible"),
        (">1", "1.01", "consistent"),
        ("≥1", "1", "consistent"),
        (">=1", "0.99", "impossible"),
        ("~61", "57.95", "consistent"),  # a twentieth of 61 is 3.05
        ("~61", "57.94", "impossible"),
        ("~61", "64.05", "consistent"),
        ("≈61", "64.06", "impossible"),
        ("~60", "50", "consistent"),  # 60 may be rounded to tens
        ("~60", "49", "impossible"),
        ("~-61", "-64.05", "consistent"),
        ("~-61", "-64.06", "impossible"),
    ],
)
def test_the_upper_half_of_an_odd_digit_is_open_where_software_can_hold_it(text: str, exact: str, verdict: str) -> None:
    assert printed(text).judge(Fraction(exact)) == verdict


@pytest.mark.parametrize(
    ("text", "decimals", "expected"),
    [
        ("7.0", None, (7, 1, "")),
        ("7", 1, (7, 1, "")),
        ("7.25", 1, (Fraction(29, 4), 2, "")),
        ("−0.5", None, (Fraction(-1, 2), 1, "")),
        ("2e1", None, (20, 0, "")),
        (" < 5", None, (5, 0, "<")),
        ("≈ 5", None, (5, 0, "~")),
        ("<~5", None, None),
        ("-inf", None, None),
    ],
)
def test_the_number_a_text_is(
    text: str, decimals: int | None, expected: tuple[Fraction | int, int, str] | None
) -> None:
    number = read_printed(text, decimals)
    assert (number and (number.value, number.decimals, number.comparator)) == expected


def test_a_comparator_known_apart_from_the_text_stands_before_the_one_in_it() -> None:
    assert str(read_printed("5.0", comparator="<")) == "<5.0"
    assert str(read_printed("≥5.0", comparator="<")) == "<5.0"
    assert str(read_printed("≥5.0")) == ">=5.0"


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], "not testable"),
        (["impossible", "not testable"], "impossible"),
        (["impossible", "rounding"], "rounding"),
        (["rounding", "consistent"], "consistent"),
    ],
)
def test_of_several_verdicts_the_mildest_counts(verdicts: list[Verdict], expected: str) -> None:
    assert mildest(verdicts) == expected


@pytest.mark.parametrize(
    ("text", "total", "expected"),
    [
        ("50", 10, [5]),
        ("12", 8, [1]),  # 12.5, which half even prints as 12
        ("13", 8, [1]),
        ("43.7", 32, []),  # 43.75 is never printed so
        ("43.8", 32, [14]),
        ("50", 100, [50]),
        ("50", 200, [99, 100, 101]),  # 49.5 half up, 50.5 half even
        ("51", 200, [101, 102]),  # 50.5 half up; 51.5 goes up either way
        ("0", 200, [0, 1]),
        ("0", 100, [0]),
        ("100", 200, [199, 200]),
        ("<5", 100, [0, 1, 2, 3, 4]),
        ("<=5", 100, [0, 1, 2, 3, 4, 5]),
        (">95", 100, [96, 97, 98, 99, 100]),
        (">=95", 100, [95, 96, 97, 98, 99, 100]),
        (">0", 3, [1, 2, 3]),
        ("<0", 3, []),
        (">100", 3, []),
        ("104", 10, []),
    ],
)
def test_the_counts_whose_share_prints_as_a_percentage(text: str, total: int, expected: list[int]) -> None:
    assert list(counts_for(printed(text), total)) == expected


@pytest.mark.parametrize(
    ("exact", "decimals", "expected"),
    [
        (Fraction(3125, 100), 1, ("31.2", "31.3")),
        (Fraction(4375, 100), 1, ("43.8",)),  # half even goes up too
        (Fraction(4385, 100), 1, ("43.8", "43.9")),  # half even says 43.8
        (Fraction(3126, 100), 1, ("31.3",)),
        (Fraction(25, 2), 0, ("12", "13")),
        (Fraction(1, 3), 2, ("0.33",)),
    ],
)
def test_an_exact_half_may_print_two_ways(exact: Fraction, decimals: int, expected: tuple[str, ...]) -> None:
    assert allowed_prints(exact, decimals) == expected


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
        (1, ">5", None),
        (-1, "10.0", None),
        (1, "50", range(2, 3)),
        (1, "100", range(1, 2)),
        (1, "0.5", range(182, 223)),  # 0.55 at 181.8, 0.45 at 222.2
        (1, "0.8", range(118, 134)),  # 0.85 at 117.6, 0.75 at 133.3
        (7, "87", range(0)),  # 87.5 cut off
        (7, "88", range(8, 9)),
        (5, "12", range(40, 44)),  # 12.5 at 40 by half even, 11.5 at 43.5
        (5, "13", range(38, 41)),  # 13.5 at 37.04, 12.5 at 40
    ],
)
def test_the_denominators_that_make_a_count_this_percentage(n: int, text: str, expected: range | None) -> None:
    found = totals_for(n, printed(text))
    assert (found is None) is (expected is None)
    assert list(found or ()) == list(expected or ())


@pytest.mark.parametrize(
    ("n", "text", "expected"),
    [
        (7, "87", [8]),  # 87.5 cut off; 7 of 8
        (1, "50", [2]),
        (1, "33", [3]),
        (1, "10", [10, 11]),  # 9.09 raised; 11.1 of 9 is never 10
        (2, "3", [*range(51, 100)]),
        (2, "1", []),  # nothing above 0 is too little
        (0, "3", []),
    ],
)
def test_the_denominators_of_a_percentage_that_may_be_cut_off_or_raised(n: int, text: str, expected: list[int]) -> None:
    assert list(totals_for(n, printed(text), is_loose=True) or ()) == expected


@pytest.mark.parametrize(
    ("exact", "decimals", "rounded", "shown"),
    [
        (Fraction(10, 32) * 100, 1, "31.3", "31.250"),
        (Fraction(5, 4), 1, "1.3", "1.250"),
        (Fraction(-5, 4), 1, "-1.3", "-1.250"),
        (Fraction(2, 3), 2, "0.67", "0.6667"),
        (Fraction(36496, 1000), 0, "36", "36.496"),
        (Fraction(1, 3), 0, "0", "0.33"),
        (Fraction(-1, 2), 0, "-1", "-0.50"),
        (Fraction(-1, 5), 0, "0", "-0.20"),
        (Fraction(36496, 100000), 2, "0.36", "0.36496"),
        (Fraction(1, 10**7), 7, "0.0000001", "0.000000100"),
        (Fraction(10**30), 0, "1" + "0" * 30, "1" + "0" * 30 + ".00"),
    ],
)
def test_an_exact_value_is_rounded_half_away_and_shown_with_more_digits(
    exact: Fraction, decimals: int, rounded: str, shown: str
) -> None:
    assert print_rounded(exact, decimals) == rounded
    assert exact_text(exact, decimals) == shown
