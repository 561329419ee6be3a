"""survival.landmark: a survival curve never rises, its median parts the times at 50 %, and PFS is never above OS.

Comes in: a Study. Goes out: one outcome for each pair of numbers of one curve, and for PFS or EFS against OS of one
group. The rounding of every printed number is allowed for.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from auditable.blocks import Observation, Study, number_of
from auditable.checks.curves import Curve, Point, length_in_months, read_curves
from auditable.checks.rule import Outcome, Rule

HALF = Fraction(50)
TIME_SLACK = Fraction(1, 25)
"""A time this near to the median, as a share of it, is taken as the median: units convert in several ways."""
SHORTER = ("pfs", "event_free_survival")
"""Ends that count death as an event: never above overall survival."""


def test_landmarks(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of numbers that bound each other."""
    curves = read_curves(study)
    for curve in curves:
        for early, late in pairwise(curve.points):
            yield _never_rises(curve, early, late)
        if curve.median is not None:
            for point in curve.points:
                yield from _fits_median(curve, curve.median, point)
    overall = {c.group: c for c in curves if c.variable == "os"}
    for curve in curves:
        if curve.variable in SHORTER and curve.group in overall:
            yield from _is_below(curve, overall[curve.group])


def _never_rises(curve: Curve, early: Point, late: Point) -> Outcome:
    a, b = number_of(early.share), number_of(late.share)
    shown = f"{curve.name}: {a} % at {_months(early)}, {b} % at {_months(late)}"
    observations = (late.share, early.share)
    if b.ordinary.low is not None and a.ordinary.high is not None and b.ordinary.low > a.ordinary.high:
        message = f"A survival curve never rises, but {shown}."
        return Outcome("impossible", observations, message, f"{b} > {a}", f"{a}, {b}", f"at most {a} %")
    return Outcome("consistent", observations, f"The curve does not rise ({shown}).", f"{b} ≤ {a}", f"{a}, {b}", "")


def _fits_median(curve: Curve, median: Observation, point: Point) -> Iterator[Outcome]:
    share = number_of(point.share)
    low, high = share.ordinary.low, share.ordinary.high
    if low is None or high is None:
        return
    observations = (point.share, median)
    at = f"{share} % at {_months(point)}"
    if median.missing:
        yield _told(
            high < HALF, observations, f"{curve.name}: the median was not reached, but {at}", at, "50 % or more"
        )
        return
    length = length_in_months(median)
    if length is None:
        return
    printed = f"a median of {median.value} {median.unit}"
    if point.months > length[1] * (1 + TIME_SLACK):
        told = f"{curve.name}: {printed} means 50 % or less at {_months(point)}; {share} % is printed"
        yield _told(low > HALF, observations, told, at, "50 % or less")
    elif point.months < length[0] * (1 - TIME_SLACK):
        told = f"{curve.name}: {printed} means 50 % or more at {_months(point)}; {share} % is printed"
        yield _told(high < HALF, observations, told, at, "50 % or more")


def _is_below(curve: Curve, overall: Curve) -> Iterator[Outcome]:
    """PFS against OS at the same times, and median against median."""
    at = {p.months: p for p in overall.points}
    for point in curve.points:
        if (other := at.get(point.months)) is not None:
            a, b = number_of(point.share), number_of(other.share)
            breaks = a.ordinary.low is not None and b.ordinary.high is not None and a.ordinary.low > b.ordinary.high
            told = f"At {_months(point)} {curve.name} is {a} % and overall survival {b} %"
            yield _told(breaks, (point.share, other.share), told, f"{a} ≤ {b}", f"at most {b} %")
    if curve.median is None or overall.median is None or curve.median.missing or overall.median.missing:
        return
    a, b = length_in_months(curve.median), length_in_months(overall.median)
    if a is not None and b is not None:
        told = (
            f"The median of {curve.name} is {curve.median.value} {curve.median.unit}, that of overall survival "
            f"{overall.median.value} {overall.median.unit}: progression-free survival ends with death at the latest"
        )
        shown = f"{curve.median.value} ≤ {overall.median.value}"
        breaks = a[0] > b[1] * (1 + TIME_SLACK)
        yield _told(breaks, (curve.median, overall.median), told, shown, f"at most {overall.median.value}")


def _told(breaks: bool, observations: tuple[Observation, ...], told: str, printed: str, expected: str) -> Outcome:
    if breaks:
        return Outcome("impossible", observations, f"{told}.", f"{printed}: not {expected}", printed, expected)
    return Outcome("consistent", observations, f"{told}; they agree.", printed, printed, expected)


def _months(point: Point) -> str:
    return point.share.timepoint


RULES = (
    Rule(
        id="survival.landmark",
        claim="A survival curve never rises; before its median at least half survive, after it at most half; "
        "progression-free survival is never above overall survival.",
        severity="error",
        function=test_landmarks,
        assumptions="The numbers speak of one variable in one arm, subgroup and population, with one median and one "
        "share at each time; where arms are named, numbers without an arm are not judged. Shares of events, and what "
        "other studies report, are left out.",
        literature="Kaplan & Meier 1958; INSPECT-SR check 4 (internal consistency)",
        example="Median PFS 5.8 months, but 12-month PFS 60.3 %: after the median at most 50 % can be left.",
    ),
)
