"""ci.contains, ci.symmetric, ci.p: an estimate, its confidence interval and its p value.

Comes in: a Study. Goes out: one outcome for each estimate that is printed with both limits in one cell or one phrase.
Logarithms and the normal distribution come from the standard library's exact doubles and scipy; every verdict allows
for the rounding of each printed number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from scipy.stats import norm

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Printed

RATIOS = ("hr", "or", "rr")
ESTIMATES = (*RATIOS, "median", "mean", "rate", "pct", "value")
REACH = 45
"""Most characters of a sentence between an estimate and its lower limit."""
LEVELS = (95, 90, 99)
SYMMETRY_SLACK = {"hr": 0.15, "rr": 0.3, "or": 0.3}
"""How far the estimate may lie from the log middle, as a share of half the log width, before exact limits cannot
explain it; exact limits of odds ratios and relative risks lean far more than those of a Cox model."""
FEW_EVENTS_WIDTH, FEW_EVENTS_SLACK = math.log(6), 0.5
"""An interval whose upper limit is six times its lower one or more rests on few events: profile and exact limits of
such a ratio lean by half their width without any misprint."""
Z_SLACK_SHARE, Z_SLACK = 0.25, 0.3
"""How far a log-rank or likelihood-ratio z may lie from the Wald z of the same model."""
SPOKEN = {"hr": "hazard ratio", "or": "odds ratio", "rr": "relative risk", "pct": "percentage"}


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate with its limits, and p and level where printed."""

    estimate: Observation
    low: Observation
    high: Observation
    p: Observation | None
    level: Observation | None

    @property
    def all(self) -> tuple[Observation, ...]:
        """Estimate and limits."""
        return (self.estimate, self.low, self.high)

    @property
    def name(self) -> str:
        """What the estimate is called."""
        return SPOKEN.get(self.estimate.statistic, self.estimate.statistic)


def test_contains(study: Study) -> Iterator[Outcome]:
    """One outcome for each estimate with an interval: limits in order, estimate between them."""
    for found in find_estimates(study):
        e, low, high = (_number(o) for o in found.all)
        printed = f"{e} ({low} to {high})"
        shown = f"{low} ≤ {e} ≤ {high}"
        if _is_above(low, high):
            message = f"The lower limit {low} is above the upper limit {high}."
            yield Outcome("impossible", found.all, message, f"{low} > {high}", printed, "lower limit below upper limit")
        elif _is_unsigned(found):
            message = (
                f"The {found.name} {e} is printed without a sign; with a minus it lies inside its interval {low} to "
                f"{high}, so it is the size of a fall or of a difference the other way."
            )
            yield Outcome("not testable", found.all, message, f"{low} ≤ −{e} ≤ {high}", printed, "")
        elif _is_above(low, e) or _is_above(e, high):
            message = f"The {found.name} {e} lies outside its own interval {low} to {high}."
            yield Outcome("impossible", found.all, message, f"not {shown}", printed, f"between {low} and {high}")
        else:
            yield Outcome(
                "consistent", found.all, f"The {found.name} lies inside its interval.", shown, printed, printed
            )


def test_symmetry(study: Study) -> Iterator[Outcome]:
    """One outcome for each ratio with an interval: the ratio is the geometric middle of its limits."""
    for found in find_estimates(study):
        numbers = [_log_bounds(_number(o)) for o in found.all]
        if found.estimate.statistic not in RATIOS or any(n is None for n in numbers):
            continue
        (e0, e1), (l0, l1), (h0, h1) = (n for n in numbers if n is not None)
        e, low, high = (_number(o) for o in found.all)
        if _is_above(low, e) or _is_above(e, high):
            continue  # ci.contains speaks of it
        width = max(h1 - l0, 0)
        share = FEW_EVENTS_SLACK if width > FEW_EVENTS_WIDTH else SYMMETRY_SLACK[found.estimate.statistic]
        slack = share * width / 2
        middle0, middle1 = math.exp((l0 + h0) / 2), math.exp((l1 + h1) / 2)
        places = max(o.decimals for o in found.all)
        expected = f"{middle0:.{places + 1}f} to {middle1:.{places + 1}f}"
        arithmetic = f"√({low} × {high}) = {expected} within rounding; {e} is printed"
        printed = f"{e} ({low} to {high})"
        if e1 + slack < (l0 + h0) / 2 or e0 - slack > (l1 + h1) / 2:
            message = (
                f"The {found.name} {e} is far from the middle of its interval {low} to {high} on the log scale, "
                f"which is {expected}: "
                f"one of the three numbers is probably misprinted."
            )
            yield Outcome("impossible", found.all, message, arithmetic, printed, expected)
        else:
            message = (
                f"The {found.name} lies in the middle of its interval on the log scale, or near enough for an "
                f"exact method."
            )
            yield Outcome("consistent", found.all, message, arithmetic, printed, expected)


def test_p(study: Study) -> Iterator[Outcome]:
    """One outcome for each ratio with an interval and a p value: the interval implies a p value."""
    for found in find_estimates(study):
        if found.p is None or found.p.number is None or found.estimate.statistic not in RATIOS:
            continue
        z = {level: _z_bounds(found, level) for level in LEVELS}
        declared = int(found.level.number.value) if found.level is not None and found.level.number else 95
        if z.get(declared) is None:
            continue
        everything = (*found.all, found.p)
        numbers = [_number(o) for o in found.all]
        printed = f"{numbers[0]} ({numbers[1]} to {numbers[2]}), p {found.p.number.comparator or '='} {found.p.value}"
        fits = [level for level in LEVELS if (bounds := z[level]) and _p_fits(found.p.number, bounds, sides=2)]
        bounds = z[declared] or (0.0, 0.0)
        p_low, p_high = 2 * norm.sf(bounds[1]), 2 * norm.sf(bounds[0])
        implied = f"{p_low:.2g} to {p_high:.2g}"
        widths = f"{2 * norm.ppf(0.5 + declared / 200):.2f}"
        arithmetic = f"z = ln({numbers[0]}) / ((ln {numbers[2]} − ln {numbers[1]}) / {widths}) → p {implied}"
        if declared in fits:
            yield Outcome(
                "consistent", everything, f"The p value fits the {declared} % interval.", arithmetic, printed, implied
            )
        elif fits:
            message = f"The p value does not fit a {declared} % interval; it would fit a {fits[0]} % interval."
            yield Outcome("not testable", everything, message, arithmetic, printed, implied)
        elif _p_fits(found.p.number, bounds, sides=1):
            message = "The p value does not fit the interval if it is two-sided; it would fit if it is one-sided."
            yield Outcome("not testable", everything, message, arithmetic, printed, implied)
        else:
            message = (
                f"The interval implies p between {implied}, not {found.p.number.comparator}{found.p.value}; "
                f"the p value may come from another test."
            )
            yield Outcome(
                "impossible",
                everything,
                message,
                arithmetic,
                printed,
                implied,
                severity=_severity(found.p.number, bounds),
            )


def find_estimates(study: Study) -> list[Estimate]:
    """Estimates with both limits, of table cells and of running text."""
    found: list[Estimate] = []
    for cell in study.cells:
        low, high = cell.only("ci_low"), cell.only("ci_high")
        estimates = [o for s in ESTIMATES if (o := cell.only(s)) is not None]
        ratios = [o for o in estimates if o.statistic in RATIOS]
        chosen = ratios or estimates
        if low and high and len(chosen) == 1:
            found.append(Estimate(chosen[0], low, high, cell.only("p"), cell.only("ci_level")))
    for mentions in study.sentences:
        found.extend(_find_in_sentence(mentions))
    return [f for f in found if not any(_number(o).comparator for o in f.all)]


def _find_in_sentence(mentions: tuple[Observation, ...]) -> Iterator[Estimate]:
    for i, low in enumerate(mentions[:-1]):
        high = mentions[i + 1]
        if low.statistic != "ci_low" or high.statistic != "ci_high" or not (low.number and high.number) or not i:
            continue
        level = mentions[i - 1] if mentions[i - 1].statistic == "ci_level" else None
        before = i - 2 if level else i - 1
        if before < 0:
            continue
        e = mentions[before]
        gap = low.quote[e.end : low.start]
        same_unit = e.unit == low.unit or not e.unit or not low.unit
        if e.statistic in ESTIMATES and e.number and same_unit and len(gap) <= REACH and not set(gap) & set(");"):
            behind = mentions[i + 2] if i + 2 < len(mentions) else None
            close = behind is not None and behind.statistic == "p" and behind.start - high.end <= REACH // 2
            yield Estimate(e, low, high, behind if close else None, level)


def _number(o: Observation) -> Printed:
    if o.number is None:
        raise ValueError(f"{o.observation_id} holds no number")
    return o.number


def _is_unsigned(found: Estimate) -> bool:
    """Whether a sentence prints the size of a difference and the limits of the difference: "fell by 6.0 (−10.8 to
    −1.2)". Words carry the sign there; in a table nothing does.
    """
    e, low, high = (_number(o).value for o in found.all)
    return found.estimate.source != "table" and e > 0 > low and e > high and low <= -e <= high


def _is_above(left: Printed, right: Printed) -> bool:
    low, high = left.ordinary.low, right.ordinary.high
    return low is not None and high is not None and low > high


def _log_bounds(p: Printed) -> tuple[float, float] | None:
    low, high = p.ordinary.low, p.ordinary.high
    return (math.log(low), math.log(high)) if low is not None and high is not None and low > 0 else None


def _z_bounds(found: Estimate, level: int) -> tuple[float, float] | None:
    """Smallest and largest |z| the printed numbers allow."""
    numbers = [_log_bounds(_number(o)) for o in found.all]
    if any(n is None for n in numbers):
        return None
    (e0, e1), (l0, l1), (h0, h1) = (n for n in numbers if n is not None)
    width = 2 * float(norm.ppf(0.5 + level / 200))
    se_small, se_large = (h0 - l1) / width, (h1 - l0) / width
    if se_small <= 0:
        return None
    nearest = 0.0 if e0 <= 0 <= e1 else min(abs(e0), abs(e1))
    z_low, z_high = nearest / se_large, max(abs(e0), abs(e1)) / se_small
    return z_low, z_high


def _p_fits(p: Printed, z: tuple[float, float], sides: int) -> bool:
    """Whether p is near enough for another test than Wald's of the same model."""
    z_low, z_high = max(0.0, z[0] * (1 - Z_SLACK_SHARE) - Z_SLACK), z[1] * (1 + Z_SLACK_SHARE) + Z_SLACK
    low, high = sides * float(norm.sf(z_high)), sides * float(norm.sf(z_low))
    inside = p.ordinary
    return (inside.high is None or low <= float(inside.high)) and (inside.low is None or float(inside.low) <= high)


def _severity(p: Printed, z: tuple[float, float]) -> str:
    """ "error" where interval and p value disagree about 0.05, else "note": p may come from a stronger test."""
    implied_low, implied_high = 2 * norm.sf(z[1]), 2 * norm.sf(z[0])
    inside = p.ordinary
    is_low = inside.high is not None and inside.high < 1 / 20
    is_high = inside.low is not None and inside.low > 1 / 20
    return "error" if (is_low and implied_low > 0.05) or (is_high and implied_high < 0.05) else "note"


RULES = (
    Rule(
        id="ci.contains",
        claim="The lower limit is below the upper limit, and the estimate lies between them.",
        severity="error",
        function=test_contains,
        assumptions="Estimate and limits stand in one cell, or follow each other in one phrase with one unit. A "
        "sentence may print a fall without its minus sign: then nothing is judged.",
        literature="INSPECT-SR check 4 (internal consistency); Cochrane Handbook 6.3",
        example="HR 0.98 (95 % CI 1.05 to 1.20): the estimate is below its interval.",
    ),
    Rule(
        id="ci.symmetric",
        claim="A ratio is the geometric middle of its confidence limits, within rounding and the reach of exact "
        "methods.",
        severity="error",
        function=test_symmetry,
        assumptions="Limits were computed on the log scale or by an exact method: 15 % (hazard ratios) or 30 % "
        "(odds ratios, relative risks) "
        "of half the log width are allowed beyond rounding.",
        literature="Cochrane Handbook 6.3; Altman & Bland 2011 (BMJ 343:d2090)",
        example="HR 0.78 (0.49 to 0.94): √(0.49 × 0.94) = 0.68, far from 0.78.",
    ),
    Rule(
        id="ci.p",
        claim="A ratio with its confidence interval implies the printed p value, roughly.",
        severity="error",
        function=test_p,
        assumptions="Two-sided test near Wald's; 90 % and 99 % intervals and a one-sided p value are tried before "
        "accusing. A breach that "
        "does not change significance at 0.05 is a note.",
        literature="Altman & Bland 2011 (BMJ 343:d2304); Nuijten et al. 2016 (statcheck)",
        example="HR 0.98 (0.95 to 1.00), p = 0.9: the interval implies p between 0.02 and 0.5.",
    ),
)
