"""ci.p: an estimate with its interval implies the p value printed with it.

Comes in: a Study. Goes out: one outcome for each ratio, difference or coefficient with an interval and a p value. Other
levels and one-sided tests are tried before accusing, and the one that fits is named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditable.blocks import Observation, Study, number_of
from auditable.checks.estimates import Estimate, find_estimates
from auditable.checks.rule import Outcome, Rule
from auditable.checks.wald import ALPHA, Range, box_of, ends_of_p, p_range, quantile, z_of_p
from auditable.checks.words import ONE_SIDED
from auditable.rounding import Printed, Verdict

LEVELS = (95, 99, 90, 97.5, 98, 99.5)
SLACK_SHARE = {"hr": 0.12, "or": 0.25, "rr": 0.25, "plain": 0.25, "log": 0.25}
SLACK = {"hr": 0.15, "or": 0.3, "rr": 0.3, "plain": 0.25, "log": 0.3}
"""How far the z of another test of the same data (log-rank, likelihood ratio, Fisher, t) may lie from Wald's: a share
of it and a constant. Fisher's test and Yates's correction move odds ratios more than any test moves a hazard ratio."""
TIGHT = 0.03
"""How near z must be for another level or a one-sided test to be named as the one that fits."""
FAR = 10
"""A p value so many times smaller than the interval implies is told even where the score test might give it."""
_SCORE_TEST = re.compile(r"\blog-?\s?rank|\bscore test|\bgehan|\bbreslow|\bwilcoxon", re.IGNORECASE)


Told = tuple[Verdict, str, str]
"""Verdict, severity and sentence."""


@dataclass(frozen=True, slots=True)
class Case:
    """An estimate with its p value, and the z the interval gives at the declared level."""

    found: Estimate
    p: Observation
    z: Range
    by_level: dict[float, Range]
    is_one_sided: bool

    @property
    def printed_p(self) -> Printed:
        """The printed p value."""
        return number_of(self.p)

    @property
    def sides(self) -> int:
        """1 where a one-sided test is declared, else 2."""
        return 1 if self.is_one_sided else 2


def test_p(study: Study) -> Iterator[Outcome]:
    """One outcome for each estimate on a known scale with an interval and a p value."""
    for found in find_estimates(study):
        box = box_of(found)
        if found.p is None or found.p.number is None or box is None or box.lean > SLACK["hr"]:
            continue  # an estimate far from the middle is told by ci.symmetric
        declared = found.confidence
        zs = {level: z for level in (declared, *LEVELS) if (z := box.z(level)) is not None}
        if declared in zs:
            yield _judge(Case(found, found.p, zs[declared], zs, _says_one_sided(found)))


def _says_one_sided(found: Estimate) -> bool:
    o = found.estimate
    return bool(ONE_SIDED.search(o.quote if o.source != "table" else found.words))


def _judge(case: Case) -> Outcome:
    level, printed = case.found.confidence, case.printed_p
    e, low, high = case.found.numbers
    implied = " to ".join(dict.fromkeys(f"{p:.2g}" for p in p_range(case.z, case.sides)))
    log = "ln " if case.found.scale == "log" else ""
    arithmetic = f"z = {log}{e} / (({log}{high} − {log}{low}) / {2 * quantile(level):.2f}) → p {implied}"
    shown = f"{case.found.printed}, p {printed.comparator or '='} {case.p.value}"
    verdict, severity, message = _verdict(case, level, implied)
    return Outcome(verdict, (case.p, *case.found.all), message, arithmetic, shown, implied, severity)


def _verdict(case: Case, level: float, implied: str) -> Told:
    printed = case.printed_p
    says = f"p {printed.comparator or '='} {case.p.value}"
    if _fits(printed, case.z, case.sides, TIGHT) or _fits(printed, case.z, 2, TIGHT):
        return "consistent", "", f"The p value fits the {level:g} % interval."
    if _is_near(case) and not (_crosses(case) and _is_half(case)):
        return "consistent", "", f"The p value is near enough to that of the {level:g} % interval for another test."
    if _is_near(case):
        return _one_sided(says, implied)
    other = next((x for x, z in case.by_level.items() if _fits(printed, z, case.sides, TIGHT)), None)
    if other is not None and not printed.comparator:
        return (
            "impossible",
            "",
            (
                f"A {level:g} % interval implies p {implied}, but {says} is printed; it would fit "
                f"a {other:g} % interval."
            ),
        )
    if _is_half(case):
        return _one_sided(says, implied)
    if _is_near(case, is_score=True):
        return _of_a_score_test(case, says, implied)
    if _is_material(case):
        return (
            "impossible",
            "",
            f"The interval implies p {implied}, not {says}: no usual test of the data is so far off.",
        )
    return "not testable", "", f"The interval implies p {implied}; {says} may come from another test."


def _is_half(case: Case) -> bool:
    """Whether the p value is the one-sided one, which the sentence does not say."""
    return not case.is_one_sided and not case.printed_p.comparator and _fits(case.printed_p, case.z, 1, TIGHT)


def _one_sided(says: str, implied: str) -> Told:
    message = f"{says} fits the interval only if it is one-sided, which is not said; two-sided it implies p {implied}."
    return "not testable", "definition", message


def _of_a_score_test(case: Case, says: str, implied: str) -> Told:
    """A p value that Wald's test does not give, and the log-rank test of so large a ratio might."""
    if _SCORE_TEST.search(case.found.estimate.quote) or not _is_far(case):
        return "consistent", "", "The p value may be that of a log-rank test, which such a large ratio moves far."
    return (
        "not testable",
        "error",
        (
            f"The interval implies p {implied}, but {says} is printed, more than {FAR} times less. Only a log-rank "
            f"test of so large a ratio might give it; the sentence names none."
        ),
    )


def _is_near(case: Case, is_score: bool = False) -> bool:
    """Whether another test of the same data could give the p value."""
    statistic = case.found.estimate.statistic
    key = statistic if statistic in SLACK else case.found.scale
    share, more = SLACK_SHARE[key], SLACK[key]
    low = max(0.0, case.z[0] * (1 - share) - more)
    high = case.z[1] * (1 + share) * (_score_factor(case) if is_score else 1.0) + more
    z_low, z_high = z_of_p(case.printed_p, case.sides)
    return z_low <= high and z_high >= low


def _score_factor(case: Case) -> float:
    """How far the z of the score (log-rank) test exceeds Wald's: sinh(β/2) / (β/2) for two groups, whatever their
    sizes."""
    if case.found.scale != "log":
        return 1.0
    half = max(abs(math.log(float(case.found.numbers[0].value))) / 2, 1e-6)
    return math.sinh(half) / half


def _fits(p: Printed, z: Range, sides: int, slack: float) -> bool:
    z_low, z_high = z_of_p(p, sides)
    return z_low <= z[1] * (1 + slack) and z_high >= z[0] * (1 - slack)


def _is_material(case: Case) -> bool:
    """Whether significance differs, or p by a factor of three and more."""
    low, high = p_range(case.z, case.sides)
    p_low, p_high = ends_of_p(case.printed_p)
    return _crosses(case) or p_high * 3 < low or high * 3 < p_low


def _crosses(case: Case) -> bool:
    """Whether the printed p value and the interval stand on different sides of 0.05."""
    low, high = p_range(case.z, case.sides)
    p_low, p_high = ends_of_p(case.printed_p)
    return (p_high < ALPHA <= low) or (high < ALPHA <= p_low)


def _is_far(case: Case) -> bool:
    inside = case.printed_p.ordinary
    return inside.high is not None and float(inside.high) * FAR <= p_range(case.z, case.sides)[0]


RULES = (
    Rule(
        id="ci.p",
        claim="An estimate with its confidence interval implies the printed p value, as near as tests differ.",
        severity="error",
        function=test_p,
        assumptions="Ratios, differences and coefficients whose p value stands in the same cell or phrase, in the next "
        "column, or right before the estimate. The z of another test of the same data may differ by 12 % (hazard "
        "ratios) or 25 %, and more for the log-rank test of a large ratio; other levels and a one-sided test are tried "
        "before accusing. Not for p values of interaction, trend or non-inferiority.",
        literature="Altman & Bland 2011 (BMJ 343:d2304); Nuijten et al. 2016 (statcheck)",
        example="HR 0.53 (95 % CI 0.32 to 0.89), p = 0.0013: the interval implies p = 0.016; 0.0013 fits 99 %.",
    ),
)
