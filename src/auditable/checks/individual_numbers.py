"""Summaries of numbers known one by one, each only as far as its print tells: median, mean, SD, extremes, quartiles.

Comes in: what each number may be (an Interval), and the name of a statistic. Goes out: what the summary may be, one
interval for each definition in use. Which numbers belong to which summary is left to individual.py.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from auditable.rounding import Interval, decimal_text

QUANTILE_METHODS = (
    "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull",
    "linear", "median_unbiased", "normal_unbiased",
)  # fmt: skip
"""Every definition in use (Hyndman & Fan 1996): a printed quartile is right if any of them gives it."""
FLOAT_SLACK = Fraction(1, 10**9)
INFINITE = Fraction(10**12)
"""Stands for an end that no print bounds."""
UNBOUNDED = Fraction(10**9)
SHARES = {"q1": 0.25, "q3": 0.75}


def possible_summaries(numbers: Sequence[Interval], statistic: str) -> list[Interval]:
    """What the exact summary may be, one interval for each definition of it."""
    lows = [_end(b.low, -INFINITE) for b in numbers]
    highs = [_end(b.high, INFINITE) for b in numbers]
    if statistic == "sd":
        return _deviations(numbers)
    if statistic == "iqr":
        return _widths(lows, highs)
    if statistic in SHARES:
        return _quartiles(lows, highs, SHARES[statistic])
    summary = _SUMMARIES[statistic]
    return [_interval(summary(lows), summary(highs))]


def show_interval(inside: Interval, decimals: int) -> str:
    """The summary as it would print, or the two ends it lies between."""
    if inside.low is None or inside.high is None:
        return "not fixed by the listed values"
    if inside.high - inside.low <= Fraction(1, 10**decimals):
        return decimal_text((inside.low + inside.high) / 2, decimals)
    return f"{decimal_text(inside.low, decimals)} to {decimal_text(inside.high, decimals)}"


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


_SUMMARIES: dict[str, Callable[[Sequence[Fraction]], Fraction]] = {
    "median": statistics.median, "mean": _mean, "min": min, "max": max,
}  # fmt: skip


def _end(end: Fraction | None, instead: Fraction) -> Fraction:
    return instead if end is None else end


def _interval(low: Fraction, high: Fraction) -> Interval:
    """From low to high, open where an unbounded number takes part."""
    return Interval(None if abs(low) >= UNBOUNDED else low, None if abs(high) >= UNBOUNDED else high)


def _quantiles(numbers: Sequence[Fraction], share: float) -> list[Fraction]:
    floats = [float(n) for n in numbers]
    return [Fraction(float(np.quantile(floats, share, method=m))) for m in QUANTILE_METHODS]


def _tukey(numbers: Sequence[Fraction], share: float) -> list[Fraction]:
    """The median of each half, the middle one of an odd number in both halves or in none (Tukey; Moore & McCabe)."""
    ordered, half = sorted(numbers), len(numbers) // 2
    halves = [ordered[: half or 1], ordered[: len(ordered) - half]]
    if share > 0.5:
        halves = [ordered[-(half or 1) :], ordered[half:]]
    return [statistics.median(h) for h in halves]


def _every_quantile(numbers: Sequence[Fraction], share: float) -> list[Fraction]:
    return _quantiles(numbers, share) + _tukey(numbers, share)


def _quartiles(lows: Sequence[Fraction], highs: Sequence[Fraction], share: float) -> list[Interval]:
    pairs = zip(_every_quantile(lows, share), _every_quantile(highs, share), strict=True)
    return [_interval(low - FLOAT_SLACK, high + FLOAT_SLACK) for low, high in pairs]


def _widths(lows: Sequence[Fraction], highs: Sequence[Fraction]) -> list[Interval]:
    """Q3 − Q1 by every definition."""
    first, third = _quartiles(lows, highs, 0.25), _quartiles(lows, highs, 0.75)
    out: list[Interval] = []
    for q1, q3 in zip(first, third, strict=True):
        if q1.low is None or q1.high is None or q3.low is None or q3.high is None:
            return [Interval(None, None)]
        out.append(Interval(q3.low - q1.high, q3.high - q1.low))
    return out


def _deviations(numbers: Sequence[Interval]) -> list[Interval]:
    """The standard deviation, of a sample and of a population, from the middle of each number.

    It moves by at most the largest half width of a number, times √(n/(n−1)); twice that is allowed.
    """
    ends = [(b.low, b.high) for b in numbers]
    if len(numbers) < 2 or any(low is None or high is None for low, high in ends):
        return [Interval(None, None)]
    pairs = [(low, high) for low, high in ends if low is not None and high is not None]
    middles = [(low + high) / 2 for low, high in pairs]
    slack = max(high - low for low, high in pairs) + FLOAT_SLACK
    found = (Fraction(statistics.stdev(middles)), Fraction(statistics.pstdev(middles)))
    return [Interval(sd - slack, sd + slack) for sd in found]
