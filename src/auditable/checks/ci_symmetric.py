"""ci.symmetric: a ratio is the geometric middle of its limits, a difference or coefficient the plain middle.

Comes in: a Study. Goes out: one outcome for each estimate whose scale is known. How far exact and profile limits may
lean is allowed for; less where the other estimates of the same column all lie in the middle of theirs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Study
from auditable.checks.ci_contains import is_above
from auditable.checks.estimates import Estimate, find_estimates
from auditable.checks.rule import Outcome, Rule
from auditable.checks.wald import Box, box_of
from auditable.rounding import Printed

SLACK = {"hr": 0.15, "rr": 0.3, "or": 0.3, "plain": 0.3, "log": 0.3}
"""How far an estimate may lie from the middle, as a share of half the width, before exact limits cannot explain it;
exact limits of odds ratios and relative risks lean far more than those of a Cox model."""
LEAST_SLACK, FULL_SLACK_WIDTH = 0.06, 0.4
"""A hazard ratio's likelihood leans in proportion to its standard error: half a width of 0.4 on the log scale (about a
hundred events) and more has the whole slack, narrower intervals their share of it, never less than the first number."""
FEW_EVENTS_WIDTH, FEW_EVENTS_SLACK = math.log(6), 0.5
"""An interval whose upper limit is six times its lower one or more rests on few events: profile and exact limits of
such a ratio lean by half their width without any misprint."""
PROVED_SLACK, MIN_PROVING = 0.1, 4
"""Slack where at least so many other estimates of the column all lie in the middle: then the method is symmetric."""
IN_THE_MIDDLE = 0.02
TELLING_DIGITS = {"plain": 4, "log": 6}
"""Figures that an estimate and one limit must have together before the same two elsewhere are the same result."""


def test_symmetry(study: Study) -> Iterator[Outcome]:
    """One outcome for each estimate on a known scale that lies inside its interval."""
    columns: dict[tuple[str, ...], list[tuple[Estimate, Box]]] = defaultdict(list)
    for found in find_estimates(study):
        box = box_of(found)
        e, low, high = found.numbers
        if box is not None and not is_above(low, e) and not is_above(e, high) and box.half_width > 0:
            columns[_column(found)].append((found, box))
    every = [pair for together in columns.values() for pair in together]
    for together in columns.values():
        for found, box in together:
            slack = _slack(found, box, [b for f, b in together if f is not found])
            is_told_otherwise = any(b.lean <= IN_THE_MIDDLE and _has_one_other_limit(found, f) for f, b in every)
            yield _judge(found, box, min(slack, PROVED_SLACK) if is_told_otherwise else slack)


def _has_one_other_limit(found: Estimate, other: Estimate) -> bool:
    """Whether another place prints the same estimate with one limit the same and one another: the same method gave
    both, so that only one can lie in the middle.
    """
    (e, *limits), (e2, *others) = found.numbers, other.numbers
    kept = [a for a, b in zip(limits, others, strict=True) if a.value == b.value and a.decimals == b.decimals]
    is_same = e.value == e2.value and e.decimals == e2.decimals and found.scale == other.scale
    return is_same and len(kept) == 1 and _figures(e) + _figures(kept[0]) >= TELLING_DIGITS[found.scale]


def _figures(n: Printed) -> int:
    return len(str(n).lstrip("-").replace(".", ""))


def _column(found: Estimate) -> tuple[str, ...]:
    o = found.estimate
    return (o.table_id, o.spanner_path, found.scale) if o.source == "table" else (o.source, o.statistic, found.scale)


def _slack(found: Estimate, box: Box, others: Sequence[Box]) -> float:
    is_marked = bool(found.estimate.marks.strip())
    if len(others) >= MIN_PROVING and not is_marked and all(b.lean <= IN_THE_MIDDLE for b in others):
        return PROVED_SLACK
    if found.scale == "log" and box.high[1] - box.low[0] > FEW_EVENTS_WIDTH:
        return FEW_EVENTS_SLACK
    if found.estimate.statistic == "hr":
        return max(LEAST_SLACK, SLACK["hr"] * min(1.0, box.half_width / FULL_SLACK_WIDTH))
    return SLACK.get(found.estimate.statistic, SLACK[found.scale])


def _judge(found: Estimate, box: Box, slack: float) -> Outcome:
    e, low, high = found.numbers
    middle0, middle1 = (math.exp(m) for m in box.middle) if found.scale == "log" else box.middle
    places = max(o.decimals for o in found.all)
    expected = f"{middle0:.{places + 1}f} to {middle1:.{places + 1}f}"
    sum_ = f"√({low} × {high})" if found.scale == "log" else f"({low} + {high}) / 2"
    arithmetic = f"{sum_} = {expected} within rounding; {e} is printed"
    if box.lean <= slack:
        message = f"The {found.name} lies in the middle of its interval, or near enough for an exact method."
        return Outcome("consistent", found.all, message, arithmetic, found.printed, expected)
    scale = " on the log scale" if found.scale == "log" else ""
    message = (
        f"The {found.name} {e} is far from the middle of its interval {low} to {high}{scale}, which is {expected}: "
        f"one of the three numbers is probably misprinted."
    )
    return Outcome("impossible", found.all, message, arithmetic, found.printed, expected)


RULES = (
    Rule(
        id="ci.symmetric",
        claim="A ratio is the geometric middle of its confidence limits, a difference or coefficient their plain "
        "middle, within rounding and the reach of exact methods.",
        severity="error",
        function=test_symmetry,
        assumptions="Limits were computed on the log scale (ratios), on the plain scale (differences, coefficients, "
        "means) or by an exact method: 6 to 15 % (hazard ratios, by the width of the interval) or 30 % (all others) of "
        "half the width are allowed beyond rounding, 10 % where four other estimates of the column or more all lie in "
        "the middle, or where the same estimate with one of the limits stands elsewhere, in the middle of both. Not "
        "for medians, percentages, rates, and what is called geometric, exact, bootstrapped or Bayesian.",
        literature="Cochrane Handbook 6.3; Altman & Bland 2011 (BMJ 343:d2090)",
        example="HR 0.78 (0.49 to 0.94): √(0.49 × 0.94) = 0.68, far from 0.78.",
    ),
)
