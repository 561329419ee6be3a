"""Exhaustive: n (p%) for all n ≤ N ≤ 300 at 0, 1 and 2 decimals; the allowed prints are computed here by whole numbers.

A print of 100·n/N by half up, half even or half away from zero is never accused; a count off by one is impossible
exactly where no print of it is allowed, cut off or raised.
"""

import numpy as np
import pytest

from auditable.rounding import percent_of, read_printed

LARGEST_N = 300


def scaled(total: int, decimals: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, and 100·n/N in units of the last digit as whole and remainder."""
    n = np.arange(total + 1)
    whole, rest = np.divmod(n * 100 * 10**decimals, total)
    return n, whole, rest


def as_text(units: int, decimals: int) -> str:
    digits = str(units).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_every_ordinary_print_is_consistent_and_every_neighbour_judged_as_arithmetic_says(decimals: int) -> None:
    for total in range(1, LARGEST_N + 1):
        counts, whole, rest = scaled(total, decimals)
        half_up = whole + (2 * rest >= total)
        half_even = whole + ((2 * rest > total) | ((2 * rest == total) & (whole % 2 == 1)))
        for n in counts.tolist():
            for units in {int(half_up[n]), int(half_even[n])}:
                number = read_printed(as_text(units, decimals))
                assert number is not None
                assert number.judge(percent_of(n, total)) == "consistent", (n, total, units)
                for other in (n - 1, n + 1):
                    if 0 <= other <= total:
                        # the count reaches this print, ordinarily or cut off or raised, or it does not at all
                        low = units in (half_up[other], half_even[other])
                        near = abs(int(whole[other]) * total + int(rest[other]) - units * total) < total
                        verdict = number.judge(percent_of(other, total))
                        assert (verdict != "impossible") == (low or near), (other, total, units)
