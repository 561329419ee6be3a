"""summary.parity, summary.grim, summary.grimmer: medians, means and deviations of whole numbers.

Comes in: a Study. Goes out: one outcome for each median or mean of things that are counted in each patient. The number
of patients behind a mean is taken where it is printed with the summary, or where it explains the other means of its
column; where nothing proves it, nothing is accused.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from auditable.blocks import Cell, Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.summaries import counts_things, find_summaries, is_plain, name_of, printed_size
from auditable.rounding import Interval, Printed, decimal_text


def test_parity(study: Study) -> Iterator[Outcome]:
    """One outcome for each median of whole numbers that is printed with one decimal: whole or a half."""
    for cell in find_summaries(study):
        median = cell.only("median")
        if median is None or not is_plain(median) or median.number is None or not counts_things(median):
            continue
        limits = _whole_limits(cell)
        if median.decimals < 1 or not limits:
            continue
        yield _judge_median(median, limits, printed_size(cell, study))


def _whole_limits(cell: Cell) -> tuple[Observation, ...]:
    """Range or quartiles where both ends are printed whole."""
    for left, right in (("min", "max"), ("q1", "q3")):
        low, high = cell.only(left), cell.only(right)
        if low and high and is_plain(low) and is_plain(high):
            return () if low.decimals or high.decimals else (low, high)
    return ()


def _judge_median(median: Observation, limits: tuple[Observation, ...], n: int | None) -> Outcome:
    exact = median.number.value if median.number else Fraction(0)
    step = 1 if n is not None and n % 2 else 2
    of_n = f" of {n} patients" if n is not None else ""
    expected = "a whole number" if step == 1 else "a whole number or a half"
    if (exact * step).denominator == 1:
        message = f"The median is {expected}, as the median of whole numbers{of_n} is."
        return Outcome(
            "consistent", (median, *limits), message, f"{step} × {median.value} is whole", median.value, median.value
        )
    below = Fraction(floor(exact * step), step)
    near = f"{decimal_text(below, 1)} or {decimal_text(below + Fraction(1, step), 1)}"
    message = (
        f"{name_of(median)} counts whole things, so its median{of_n} is {expected}; {median.value} is printed "
        f"({near} would fit)."
    )
    return Outcome(
        "impossible", (median, *limits), message, f"{step} × {median.value} is not whole", median.value, expected
    )


def test_grim(study: Study) -> Iterator[Outcome]:
    """One outcome for each mean of whole numbers whose number of patients is printed with it."""
    for cell in find_summaries(study):
        mean, n = cell.only("mean"), printed_size(cell, study)
        if mean is None or n is None or not is_plain(mean) or mean.number is None or not counts_things(mean):
            continue
        if n >= 10**mean.decimals:
            continue  # every mean of so many patients can be printed
        yield _judge_mean(mean, mean.number, n)


def _judge_mean(mean: Observation, number: Printed, n: int) -> Outcome:
    sums = _whole_sums(number.ordinary, n)
    below, above = floor(number.value * n), floor(number.value * n) + 1
    near = " and ".join(decimal_text(Fraction(s, n), number.decimals) for s in (below, above))
    arithmetic = f"{mean.value} × {n} = {decimal_text(number.value * n, number.decimals)}"
    if sums:
        message = f"The mean is a sum of whole numbers over {n} patients."
        return Outcome("consistent", (mean,), message, arithmetic, mean.value, mean.value)
    verdict = "rounding" if _whole_sums(number.loose, n) else "impossible"
    message = (
        f"No {n} whole numbers have the mean {mean.value} ({name_of(mean)}); the nearest they can have are {near}."
    )
    return Outcome(verdict, (mean,), message, arithmetic, mean.value, near)


def _whole_sums(inside: Interval, n: int) -> range:
    if inside.low is None or inside.high is None:
        return range(1)
    low, high = ceil(inside.low * n), floor(inside.high * n)
    while low <= high and Fraction(low, n) not in inside:
        low += 1
    while high >= low and Fraction(high, n) not in inside:
        high -= 1
    return range(low, high + 1)


def test_grimmer(study: Study) -> Iterator[Outcome]:
    """One outcome for each standard deviation of whole numbers whose mean passes and whose number is printed."""
    for cell in find_summaries(study):
        mean, sd, n = cell.only("mean"), cell.only("sd"), printed_size(cell, study)
        if mean is None or sd is None or n is None or n < 2 or not counts_things(mean):
            continue
        if not is_plain(mean) or not is_plain(sd) or mean.number is None or sd.number is None:
            continue
        sums = _whole_sums(mean.number.ordinary, n)
        if n < 10**mean.decimals and sums:
            yield _judge_sd(mean, sd, sd.number, sums, n)


def _judge_sd(mean: Observation, sd: Observation, number: Printed, sums: range, n: int) -> Outcome:
    """Σx² is whole and as odd or even as Σx, so a deviation is possible only where such a sum of squares lies in its
    interval. Means and deviations by n and by n − 1 are both tried.
    """
    arithmetic = f"SD {sd.value} with mean {mean.value} of {n} whole numbers"
    inside, loose = number.ordinary, number.loose
    if any(_has_squares(s, inside, n, d) for s in sums for d in (n - 1, n)):
        message = f"The deviation is that of {n} whole numbers with this mean."
        return Outcome("consistent", (sd, mean), message, arithmetic, sd.value, sd.value)
    is_loose = any(_has_squares(s, loose, n, d) for s in sums for d in (n - 1, n))
    message = f"No {n} whole numbers with the mean {mean.value} have the standard deviation {sd.value}."
    verdict = "rounding" if is_loose else "impossible"
    return Outcome(verdict, (sd, mean), message, arithmetic, sd.value, "the deviation of whole numbers")


def _has_squares(total: int, inside: Interval, n: int, divisor: int) -> bool:
    """Whether a whole sum of squares of the parity of the sum gives a deviation in the interval."""
    low, high = inside.low, inside.high
    if low is None or high is None:
        return True
    base = Fraction(total * total, n)
    first = ceil(max(Fraction(0), low) ** 2 * divisor + base)
    last = floor(high**2 * divisor + base)
    first += (first - total) % 2
    return first <= last


RULES = (
    Rule(
        id="summary.parity",
        claim="The median of an odd number of whole numbers is whole; of an even number, whole or a half.",
        severity="error",
        function=test_parity,
        assumptions="The label says that whole things are counted in each patient (number of, lines, cycles), range or "
        "quartiles are printed whole, and the median has a decimal. Odd or even is asked only where the number of "
        "patients is printed with the summary: values may be missing.",
        literature="Brown & Heathers 2017 (GRIM)",
        example="Number of prior lines: median 3.5 (2–11) is a half; 3.3 (2–11) is not.",
    ),
    Rule(
        id="summary.grim",
        claim="The mean of n whole numbers is a whole sum divided by n.",
        severity="error",
        function=test_grim,
        assumptions="Whole things are counted in each patient, the number of patients is printed with the mean, and n "
        "is small enough for the printed decimals.",
        literature="Brown & Heathers 2017 (GRIM)",
        example="Number of children of 19 women: mean 2.37 is 45/19; 2.39 is no sum over 19.",
    ),
    Rule(
        id="summary.grimmer",
        claim="The standard deviation of n whole numbers comes from a whole sum of squares.",
        severity="error",
        function=test_grimmer,
        assumptions="As for summary.grim, and the mean passes there. Deviations by n and by n − 1 are both allowed.",
        literature="Anaya 2016 (GRIMMER); Allard 2018",
        example="Mean 3.44 of 18 whole numbers can have SD 2.48; 2.49 it cannot.",
    ),
)
