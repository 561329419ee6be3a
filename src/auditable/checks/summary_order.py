"""summary.order: min ≤ Q1 ≤ median ≤ Q3 ≤ max, the mean inside the range, and a standard deviation that such a range
and mean allow.

Comes in: a Study. Goes out: one outcome for each cell, phrase or row group that prints two or more of them, and one
for each pair of places that print the range and the quartiles of one variable with the same median. Intervals of
confidence are left to ci_contains.py, whole numbers to summary_parity.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from auditable.blocks import Cell, Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.summaries import (
    CENTRES,
    CHAIN,
    LIMITS,
    SPOKEN,
    column_size,
    find_summaries,
    is_plain,
    printed_size,
    stands_beside,
)
from auditable.rounding import Interval, decimal_text

SCALES: dict[str, tuple[int, int]] = {
    "karnofsky": (0, 100), "gcs": (3, 15), "nihss": (0, 42), "barthel": (0, 100), "mmse": (0, 30), "moca": (0, 30),
    "apgar": (0, 10), "edss": (0, 10), "phq9": (0, 27), "bdi": (0, 63), "audit_score": (0, 40), "haq": (0, 3),
    "pasi": (0, 72), "oxygen_saturation": (0, 100), "body_surface_involved": (0, 100),
    "transferrin_saturation": (0, 100),
}  # fmt: skip
"""Ends of scales that no patient can pass, by their definition."""
SMALLEST_SHARE = Fraction(1, 2)
"""At least this share of a column's patients is taken to be measured where a deviation is judged by their number."""


def test_order(study: Study) -> Iterator[Outcome]:
    """One outcome for each summary that can be out of order, or whose deviation can be too large."""
    found = list(find_summaries(study))
    for cell in found:
        yield from _test_cell(cell, study)
    yield from _test_across(found)


def _test_cell(cell: Cell, study: Study) -> Iterator[Outcome]:
    chain = [o for s in CHAIN if (o := cell.only(s)) is not None and is_plain(o)]
    median = cell.only("median")
    if median is not None:
        chain = [o for o in chain if o is median or stands_beside_chain(median, o, chain)]
    if len(chain) >= 2:
        yield _test_chain(chain)
    mean, low, high = cell.only("mean"), cell.only("min"), cell.only("max")
    if mean and low and high and all(is_plain(o) for o in (mean, low, high)) and stands_beside_chain(mean, low, [low]):
        yield _test_chain([low, mean, high])
    yield from _test_deviation(cell, study)


def stands_beside_chain(centre: Observation, limit: Observation, chain: list[Observation]) -> bool:
    """Whether a limit belongs to a centre: the nearest limit of the chain stands beside it."""
    if centre.source == "table":
        return True
    limits = [o for o in chain if o.statistic in LIMITS]
    nearest = min(limits, key=lambda o: abs(o.start - centre.start), default=limit)
    return stands_beside(centre, nearest)


def _test_deviation(cell: Cell, study: Study) -> Iterator[Outcome]:
    """The standard deviation against the range, the mean inside it, and the distance of mean and median."""
    sd, mean, median = cell.only("sd"), cell.only("mean"), cell.only("median")
    if sd is None or sd.number is None or not is_plain(sd):
        return
    ends = _ends(cell)
    n = printed_size(cell, study)
    if n is None and (head := column_size(cell, study)):
        n = int(head * SMALLEST_SHARE)
    spread = Fraction(max(n or 2, 2), max(n or 2, 2) - 1)
    if ends is not None:
        low, high, observations = ends
        largest = (high - low) ** 2 / 4 * spread
        if mean is not None and is_plain(mean) and mean.number and mean.number.ordinary.low is not None:
            observations = (mean, *observations)
            largest = min(largest, _bhatia_davis(mean.number.ordinary, low, high) * spread)
        yield _judge_deviation(sd, observations, largest, "values between these ends")
    if mean is not None and median is not None and is_plain(mean) and is_plain(median) and sd.source == "table":
        yield _judge_distance(sd, mean, median)


def _ends(cell: Cell) -> tuple[Fraction, Fraction, tuple[Observation, ...]] | None:
    """The lowest and highest value a patient can have: as printed, else the ends of a scale."""
    low, high = cell.only("min"), cell.only("max")
    if low and high and is_plain(low) and is_plain(high) and low.number and high.number:
        bottom, top = low.number.ordinary.low, high.number.ordinary.high
        return (bottom, top, (low, high)) if bottom is not None and top is not None and bottom <= top else None
    scale = SCALES.get(cell.first.variable)
    return (Fraction(scale[0]), Fraction(scale[1]), ()) if scale else None


def _bhatia_davis(mean: Interval, low: Fraction, high: Fraction) -> Fraction:
    """The largest variance (without the factor n/(n − 1)) that a mean in this interval leaves."""
    middle = (low + high) / 2
    ends = [m for m in (mean.low, mean.high) if m is not None]
    nearest = middle if mean.low is not None and mean.high is not None and mean.low <= middle <= mean.high else None
    chosen = nearest if nearest is not None else min(ends, key=lambda m: abs(m - middle))
    return max(Fraction(0), (high - chosen) * (chosen - low))


def _judge_deviation(sd: Observation, others: tuple[Observation, ...], largest: Fraction, what: str) -> Outcome:
    smallest = sd.number.ordinary.low if sd.number else None
    is_too_large = smallest is not None and smallest > 0 and smallest**2 > largest
    limit = decimal_text(_square_root(largest), sd.decimals + 1)
    shown = ", ".join(f"{SPOKEN[o.statistic]} {o.value}" for o in others)
    arithmetic = f"SD {sd.value}; at most {limit}" + (f" with {shown}" if shown else "")
    observations = (sd, *others)
    if is_too_large:
        message = f"A standard deviation of {sd.value} is too large for {what}: {limit} is the most they allow."
        return Outcome("impossible", observations, message, arithmetic, sd.value, f"at most {limit}")
    message = "The standard deviation is possible for these values."
    return Outcome("consistent", observations, message, arithmetic, sd.value, f"at most {limit}")


def _judge_distance(sd: Observation, mean: Observation, median: Observation) -> Outcome:
    """Mean and median are never further apart than one standard deviation (Hotelling & Solomons 1932)."""
    apart = _distance(mean, median)
    widest = sd.number.ordinary.high if sd.number else None
    arithmetic = f"|{mean.value} − {median.value}| against SD {sd.value}"
    if widest is not None and apart > widest:
        message = (
            f"The mean ({mean.value}) and the median ({median.value}) are further apart than one standard deviation "
            f"({sd.value}), which no set of values allows."
        )
        return Outcome("impossible", (mean, median, sd), message, arithmetic, mean.value, f"within {sd.value} of it")
    message = "Mean and median are within one standard deviation of each other."
    return Outcome("consistent", (mean, median, sd), message, arithmetic, mean.value, mean.value)


def _distance(left: Observation, right: Observation) -> Fraction:
    """The smallest distance of two exact values that print like these."""
    a, b = (o.number.ordinary if o.number else Interval(None, None) for o in (left, right))
    if a.overlaps(b) or a.low is None or b.low is None or a.high is None or b.high is None:
        return Fraction(0)
    return max(b.low - a.high, a.low - b.high)


def _square_root(value: Fraction) -> Fraction:
    """The square root to six digits, for messages only."""
    scale = 10**12
    return Fraction(isqrt(max(0, int(value * scale))), 10**6)


def _test_across(summaries: list[Cell]) -> Iterator[Outcome]:
    """The range printed in one place holds the quartiles printed in another, where both print one median."""
    by_variable: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in summaries:
        o = cell.first
        median = cell.only("median")
        if median is None or not o.variable or o.patient or o.speaks_of != "this study" or o.reference:
            continue
        by_variable[(o.variable, o.category, o.arm, o.subgroup, o.timepoint)].append(cell)
    for cells in by_variable.values():
        for ranges in cells:
            for quartiles in cells:
                yield from _compare_places(ranges, quartiles)


def _compare_places(ranges: Cell, quartiles: Cell) -> Iterator[Outcome]:
    parts = [ranges.only("min"), quartiles.only("q1"), quartiles.only("q3"), ranges.only("max")]
    if ranges.only("q1") or quartiles.only("min") or not all(is_plain(o) for o in parts):
        return
    medians = [ranges.only("median"), quartiles.only("median")]
    found = [o for o in (*parts, *medians) if o is not None]
    units = {o.unit for o in found if o.unit}
    numbers = [o.number for o in medians if o is not None and o.number is not None]
    if len(units) > 1 or len(numbers) != 2 or not numbers[0].ordinary.overlaps(numbers[1].ordinary):
        return
    low, q1, q3, high = (o for o in parts if o is not None)
    yield _test_chain([low, q1, q3, high])


def _test_chain(found: list[Observation]) -> Outcome:
    observations = tuple(found)
    shown = " ≤ ".join(str(o.number) for o in found)
    printed = ", ".join(str(o.number) for o in found)
    for i, left in enumerate(found):
        for right in found[i + 1 :]:
            if _is_above(left, right):
                message = (
                    f"The {SPOKEN[left.statistic]} ({left.value}) is above the {SPOKEN[right.statistic]} "
                    f"({right.value}): one of them, or their order, is wrong."
                )
                accused = tuple(sorted(observations, key=lambda o: (o is not left and o is not right, _rank(o))))
                arithmetic = f"{left.value} > {right.value}"
                return Outcome("impossible", accused, message, arithmetic, printed, "in rising order")
    message = f"{', '.join(SPOKEN[o.statistic] for o in found).capitalize()} are in order."
    return Outcome("consistent", observations, message, shown, printed, printed)


def _rank(o: Observation) -> bool:
    return o.statistic not in CENTRES


def _is_above(left: Observation, right: Observation) -> bool:
    """Whether no two values in order print like these. In one place one habit of rounding holds, which keeps the order
    of values: printed with the same decimals, the numbers themselves must be in order.
    """
    a, b = left.number, right.number
    is_one_place = left.table_id == right.table_id and left.quote == right.quote
    if a and b and a.decimals == b.decimals and is_one_place:
        return a.value > b.value
    low = left.number.ordinary.low if left.number else None
    high = right.number.ordinary.high if right.number else None
    return low is not None and high is not None and low > high


RULES = (
    Rule(
        id="summary.order",
        claim="Minimum ≤ lower quartile ≤ median ≤ upper quartile ≤ maximum, the mean lies between minimum and "
        "maximum, "
        "and the standard deviation is one that such a range, mean and median allow.",
        severity="error",
        function=test_order,
        assumptions="The numbers stand in one cell or phrase, or are the only ones of their kind in one row group; in "
        "two places only where both print the same median of one variable. A standard deviation is judged by the "
        "printed range, or by a scale whose ends are fixed, with at least half of the column measured.",
        literature="INSPECT-SR check 4 (internal consistency); Popoviciu 1935; Bhatia & Davis 2000; Hotelling & "
        "Solomons "
        "1932; Heathers & Brown 2019 (DEBIT)",
        example="Median 70.5 (71–84): the minimum is above the median. Mean 62 (SD 31), range 50–80: the SD is at "
        "most 15.",
    ),
)
