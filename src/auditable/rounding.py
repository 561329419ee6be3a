"""Exact arithmetic on printed numbers: what a printed number may have been before it was rounded.

Comes in: a number as printed ("56.9", "<1"). Goes out: the interval of exact values that print like this, and one of
four verdicts on an exact value. Fractions only: a binary float cannot hold 56.9. Which numbers belong together is
left to the checks.

Source: Brown & Heathers 2017 (GRIM); R package scrutiny (rounding procedures).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal

Verdict = Literal["consistent", "rounding", "impossible", "not testable"]

LENIENT: tuple[Verdict, ...] = ("consistent", "rounding", "impossible", "not testable")
"""Verdicts from the mildest on: where several readings are open, the mildest counts."""
APPROXIMATE_SHARE = Fraction(1, 20)
"""How far "about 60" may be from the exact value at least, as a share of it."""
COMPARATORS = ("<=", ">=", "<", ">", "~", "≤", "≥", "≈")


@dataclass(frozen=True, slots=True)
class Interval:
    """Exact values from low to high; None is unbounded. Ends belong to it unless is_open_low or is_open_high."""

    low: Fraction | None
    high: Fraction | None
    is_open_low: bool = False
    is_open_high: bool = False

    def __contains__(self, exact: Fraction) -> bool:
        """Whether the exact value lies inside."""
        above = self.low is None or exact > self.low or (exact == self.low and not self.is_open_low)
        below = self.high is None or exact < self.high or (exact == self.high and not self.is_open_high)
        return above and below

    def overlaps(self, other: Interval) -> bool:
        """Whether some exact value may lie in both; touching ends count."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed: its exact face value, its printed decimals and its comparator."""

    value: Fraction
    decimals: int
    comparator: str = ""

    @property
    def unit(self) -> Fraction:
        """One unit of the last printed digit."""
        return _unit(self.decimals)

    @property
    def ordinary(self) -> Interval:
        """Exact values that print like this by half up, half even or half away from zero.

        The lower half (56.85 for 56.9) always may; the upper one (56.95) only where half even keeps it (an even last
        digit), or where software cannot hold it exactly as a binary number and may fall to either side.
        """
        return _ordinary(self)

    @property
    def loose(self) -> Interval:
        """Exact values that print like this if truncated or always rounded up as well."""
        if self.comparator:
            return self.ordinary
        return Interval(self.value - self.unit, self.value + self.unit, is_open_low=True, is_open_high=True)

    @property
    def significant_unit(self) -> Fraction:
        """One unit of the last digit that is not a trailing zero of a whole number: 10 for "about 60"."""
        unit = self.unit
        while self.decimals == 0 and self.value and self.value % (unit * 10) == 0:
            unit *= 10
        return unit

    def judge(self, exact: Fraction) -> Verdict:
        """Verdict on an exact value that should print like this."""
        if exact in self.ordinary:
            return "consistent"
        return "rounding" if exact in self.loose else "impossible"

    def __str__(self) -> str:
        """The number as printed, comparator first."""
        return f"{self.comparator}{decimal_text(self.value, self.decimals)}"


def mildest(verdicts: Iterable[Verdict]) -> Verdict:
    """The mildest of several verdicts on one number; "not testable" where there is none."""
    found = set(verdicts)
    for verdict in LENIENT:
        if verdict in found:
            return verdict
    return "not testable"


def read_printed(text: str, decimals: int | None = None, comparator: str = "") -> Printed | None:
    """The printed number, or None where the text is not one number.

    decimals: printed decimals where they are known apart from the text ("7.0" may arrive as "7" with 1).
    """
    text = text.strip().replace("−", "-")
    for sign in COMPARATORS:
        if text.startswith(sign):
            comparator = comparator or {"≤": "<=", "≥": ">=", "≈": "~"}.get(sign, sign)
            text = text[len(sign) :].strip()
            break
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    own = -int(number.as_tuple().exponent)
    return Printed(Fraction(number), max(own, decimals or 0), comparator)


@lru_cache(maxsize=64)
def _unit(decimals: int) -> Fraction:
    return Fraction(1, 10**decimals)


@lru_cache(maxsize=8192)
def _ordinary(number: Printed) -> Interval:
    """What Printed.ordinary says, found once for each print."""
    match number.comparator:
        case "<":
            return Interval(None, number.value, is_open_high=True)
        case "<=":
            return Interval(None, number.value)
        case ">":
            return Interval(number.value, None, is_open_low=True)
        case ">=":
            return Interval(number.value, None)
        case "~":
            slack = max(number.significant_unit, abs(number.value) * APPROXIMATE_SHARE)
            return Interval(number.value - slack, number.value + slack)
        case _:
            high = number.value + number.unit / 2
            is_even = (number.value / number.unit) % 2 == 0
            is_binary = high.denominator & (high.denominator - 1) == 0
            return Interval(
                number.value - number.unit / 2, high, is_open_high=number.value >= 0 and not is_even and is_binary
            )


def percent_of(n: Fraction | int, total: Fraction | int) -> Fraction:
    """100·n/N, exact; N must not be 0."""
    return Fraction(100 * n, total)


def counts_for(pct: Printed, total: int) -> range:
    """Whole counts n, 0 ≤ n ≤ N, whose share of N prints as this percentage by an ordinary rounding."""
    inside = pct.ordinary
    low = 0 if inside.low is None else max(0, _least_whole(inside.low * total / 100, is_open=inside.is_open_low))
    high = total
    if inside.high is not None:
        high = min(total, _most_whole(inside.high * total / 100, is_open=inside.is_open_high))
    return range(low, high + 1)


@lru_cache(maxsize=8192)
def totals_for(n: int, pct: Printed, is_loose: bool = False) -> range | None:
    """Whole denominators N ≥ n that turn this count into this percentage; None where the percentage bounds none."""
    inside = pct.loose if is_loose else pct.ordinary
    if n <= 0 or inside.low is None or inside.high is None or inside.low <= 0:
        return None
    low = max(n, _least_whole(100 * n / inside.high, is_open=inside.is_open_high))
    return range(low, _most_whole(100 * n / inside.low, is_open=inside.is_open_low) + 1)


def _least_whole(low: Fraction, *, is_open: bool) -> int:
    """The least whole number from a lower end on, or above it where the end does not belong to it."""
    return floor(low) + 1 if is_open else ceil(low)


def _most_whole(high: Fraction, *, is_open: bool) -> int:
    return ceil(high) - 1 if is_open else floor(high)


def nearest_counts(pct: Printed, total: int) -> tuple[int, int]:
    """The two whole counts around this percentage of N."""
    exact = pct.value * total / 100
    below = max(0, min(total, floor(exact)))
    return below, min(total, below + 1)


def print_rounded(exact: Fraction, decimals: int) -> str:
    """The exact value as an ordinary (half up) rounding prints it."""
    scaled = exact * 10**decimals
    whole = floor(scaled + Fraction(1, 2)) if scaled >= 0 else -floor(-scaled + Fraction(1, 2))
    # read from text a Decimal keeps every digit, and so written it has no exponent: 0.0000001, not 1E-7
    return f"{Decimal(f'{whole}E-{decimals}'):f}"


def decimal_text(value: Fraction, decimals: int) -> str:
    """A face value with its printed decimals."""
    return print_rounded(value, decimals)


def exact_text(exact: Fraction, decimals: int) -> str:
    """The exact value with two digits more than are printed, for the arithmetic line.

    With as many more as it needs not to look like a half that it is not: 36.496 and not 36.50 beside a printed 37.
    """
    digits = decimals + 2
    while _is_half(shown := Fraction(print_rounded(exact, digits)), decimals) and shown != exact:
        digits += 1
    return print_rounded(exact, digits)


def _is_half(value: Fraction, decimals: int) -> bool:
    return value * 10**decimals % 1 == Fraction(1, 2)


def allowed_prints(exact: Fraction, decimals: int) -> tuple[str, ...]:
    """All texts an ordinary rounding may print: two of them for an exact half that half even prints lower, else one."""
    unit = _unit(decimals)
    up = Fraction(print_rounded(exact, decimals))
    found = (p for p in (up - unit, up) if exact in Printed(p, decimals).ordinary)
    return tuple(decimal_text(p, decimals) for p in found)
