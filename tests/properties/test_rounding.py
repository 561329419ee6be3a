"""Exhaustive: a rounded percentage is never accused, and every count off by one is seen where arithmetic allows."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditable.rounding import counts_for, percent_of, print_rounded, read_printed, totals_for

LARGEST_N = 120
ORDINARY = (ROUND_HALF_UP, ROUND_HALF_EVEN)


def printed(n: int, total: int, decimals: int, rounding: str) -> str:
    # 28 digits of Decimal division are enough: a half with three decimals is exact in far fewer
    return str((Decimal(100) * n / total).quantize(Decimal(1).scaleb(-decimals), rounding=rounding))


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_rounded_percentage_is_always_consistent(decimals: int) -> None:
    for total in range(1, LARGEST_N + 1):
        for n in range(total + 1):
            exact = percent_of(n, total)
            for text in {printed(n, total, decimals, way) for way in ORDINARY}:
                number = read_printed(text)
                assert number is not None
                assert number.judge(exact) == "consistent", (n, total, text)
                assert n in counts_for(number, total)
                found = totals_for(n, number)
                assert found is None or total in found


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_truncated_and_raised_percentages_are_never_impossible(decimals: int) -> None:
    for total in range(1, LARGEST_N + 1):
        for n in range(total + 1):
            for way in (ROUND_DOWN, ROUND_UP):
                number = read_printed(printed(n, total, decimals, way))
                assert number is not None
                assert number.judge(percent_of(n, total)) in ("consistent", "rounding")


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_a_count_off_by_one_is_impossible_where_one_patient_weighs_more_than_the_last_digit(decimals: int) -> None:
    for total in range(1, LARGEST_N + 1):
        weight = Fraction(100, total)
        for n in range(total + 1):
            number = read_printed(printed(n, total, decimals, ROUND_HALF_UP))
            assert number is not None
            for wrong in (n - 1, n + 1):
                verdict = number.judge(percent_of(wrong, total))
                if weight > Fraction(3, 2) * number.unit:
                    assert verdict == "impossible", (wrong, total, number)
                elif weight > number.unit:
                    assert verdict != "consistent", (wrong, total, number)


@pytest.mark.parametrize(
    ("text", "n", "total", "verdict"),
    [
        ("43.8", 14, 32, "consistent"),  # 43.75 by half up
        ("43.7", 14, 32, "rounding"),  # 43.75 cut off
        ("31.2", 10, 32, "consistent"),  # 31.25 by half even
        ("31.3", 10, 32, "consistent"),  # 31.25 by half up
        ("31.4", 10, 32, "impossible"),
        ("12", 1, 8, "consistent"),  # 12.5 by half even
        ("88", 7, 8, "consistent"),  # 87.5 by half up and half even
        ("87", 7, 8, "rounding"),
        ("0", 1, 200, "consistent"),  # 0.5 by half even
        ("100", 199, 200, "consistent"),
        ("~60", 14, 25, "consistent"),  # about 60: 56
        ("~60", 12, 25, "impossible"),  # 48 is not about 60
        ("<1", 1, 153, "consistent"),
        ("<1", 2, 153, "impossible"),
        ("≥50", 10, 20, "consistent"),
        (">50", 10, 20, "impossible"),
    ],
)
def test_verdicts_at_the_edges(text: str, n: int, total: int, verdict: str) -> None:
    number = read_printed(text)
    assert number is not None
    assert number.judge(percent_of(n, total)) == verdict


@pytest.mark.parametrize("text", ["", "NR", "1,5", "8 (25)", "nan", "inf"])
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert read_printed(text) is None


@given(st.fractions(min_value=0, max_value=1000), st.integers(0, 6))
def test_print_then_read_holds_the_exact_value(exact: Fraction, decimals: int) -> None:
    number = read_printed(print_rounded(exact, decimals))
    assert number is not None
    assert number.decimals == decimals
    assert exact in number.ordinary
