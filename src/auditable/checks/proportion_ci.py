"""proportion.ci: the interval printed with x of N is that of a usual method for proportions.

Comes in: a Study. Goes out: one outcome for each percentage with an interval whose count and N are known; the method
that fits is named. Estimates over time, differences and weighted percentages have other intervals and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditable.blocks import Observation, Study, number_of
from auditable.checks.estimates import Estimate, find_estimates
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import ESTIMATE
from auditable.denominators import whole_number
from auditable.rounding import Printed, counts_for, percent_of

METHODS = {
    "beta": "Clopper–Pearson",
    "wilson": "Wilson",
    "normal": "Wald",
    "agresti_coull": "Agresti–Coull",
    "jeffreys": "Jeffreys",
}
LEVELS = (95, 90, 99, 98, 80)
FAR = 0.15
"""A limit so far from those of every method, as a share of half the width, is no matter of the method."""
HALF_FAR = 0.08
"""The same where the other limit is exactly that of a method: then its partner should be near."""
FEWEST_BESIDE, UNITS_OFF = 2, 2
"""Intervals of the same table that show its method, and last digits by which a limit must be off that method's."""
REACH = 60
_OTHER = re.compile(
    r"\b(?:differen\w*|adjusted|weighted|cluster\w*|credible|bayes\w*|posterior|bootstrap\w*|increas\w*"
    r"|reduc\w*|change\w*|decreas\w*|higher|lower|gain|mean|median|efficacy|survival|free(?:dom)?)\b",
    re.IGNORECASE,
)
Limits = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Proportion:
    """A percentage with its interval, of so many."""

    found: Estimate
    n: Observation | None
    counts: tuple[int, ...]
    total: int
    reason: str


def test_proportions(study: Study) -> Iterator[Outcome]:
    """One outcome for each percentage with an interval and a known N."""
    plain = [e for e in find_estimates(study) if e.estimate.statistic == "pct" and not e.scale and not _is_other(e)]
    read = [p for found in plain if (p := _read(found, study)) is not None]
    for proportion in read:
        yield _judge(proportion, _habit(proportion, read))


def _habit(p: Proportion, others: Sequence[Proportion]) -> str:
    """The one method by which the other intervals of the same table are printed, to a decimal; "" if there is none."""
    table = p.found.low.table_id
    beside = [o for o in others if table and o is not p and o.found.low.table_id == table]
    fitting = [set(_fitting(_every(o, o.found.confidence), *o.found.numbers[1:])) for o in beside]
    is_fine = all(n.decimals for o in (p, *beside) for n in o.found.numbers[1:])
    common = set.intersection(*fitting) if fitting and is_fine else set[str]()
    return common.pop() if len(common) == 1 and len(beside) >= FEWEST_BESIDE else ""


def _is_other(found: Estimate) -> bool:
    o = found.estimate
    words = f"{found.words} {o.subject} {o.timepoint}"
    return bool(_OTHER.search(words) or ESTIMATE.search(words)) or o.variable in ("pfs", "os")


def _read(found: Estimate, study: Study) -> Proportion | None:
    pct = found.estimate
    n = _count_beside(pct, found.low, study)
    total = whole_number(pct.denominator) or (whole_number(n.denominator) if n else None)
    share = number_of(pct)
    if not total or share.comparator:
        return None
    if n is not None and n.whole is not None and n.whole <= total and percent_of(n.whole, total) in share.loose:
        return Proportion(found, n, (n.whole,), total, f"{n.whole} of {total}")
    counts = tuple(counts_for(share, total))
    return Proportion(found, None, counts, total, f"{share} % of {total}") if counts else None


def _count_beside(pct: Observation, low: Observation, study: Study) -> Observation | None:
    """The count in the same cell, or right before the percentage in its sentence."""
    if pct.source == "table":
        cell = study.cell_of.get(pct.observation_id)
        return cell.only("n") if cell else None
    mentions = study.sentence_of.get(pct.observation_id, ())
    before = [o for o in mentions if o.statistic == "n" and 0 <= pct.start - o.end <= REACH]
    found = next((o for o in before if o.denominator), before[-1] if before else None)
    return found or _count_behind(pct, low, mentions)


def _count_behind(pct: Observation, low: Observation, mentions: tuple[Observation, ...]) -> Observation | None:
    """The count between the percentage and its limits: "61.2 % (74 of 121; 95 % CI …)"."""
    return next((o for o in mentions if o.statistic == "n" and o.denominator and pct.end <= o.start < low.start), None)


def _judge(p: Proportion, habit: str) -> Outcome:
    low, high = number_of(p.found.low), number_of(p.found.high)
    observations = (*p.found.all, *((p.n,) if p.n else ()))
    level = p.found.confidence
    limits = _every(p, level)
    shown = "; ".join(f"{name} {a:.2f} to {b:.2f}" for name, (a, b) in limits)
    arithmetic = f"{p.reason}, {level:g} %: {shown}"
    printed = f"{low} to {high}"
    fitting = _fitting(limits, low, high)
    if fitting:
        message = f"{printed} is the {level:g} % interval of {p.reason} ({fitting[0]})."
        return Outcome("consistent", observations, message, arithmetic, printed, shown)
    other = next((f"{x} % ({name})" for x in LEVELS if x != level for name in _fitting(_every(p, x), low, high)), "")
    if other:
        message = f"{printed} is no {level:g} % interval of {p.reason}; it is the one of {other}."
        return Outcome("not testable", observations, message, arithmetic, printed, shown, "definition")
    if p.n is not None and (own := dict(limits).get(habit)) and _is_half(own, low, high):
        wanted = f"{own[0]:.{low.decimals}f} to {own[1]:.{high.decimals}f}"
        message = (
            f"{printed} is no usual {level:g} % interval of {p.reason}; by the method of the others in this table "
            f"({habit}) it is {wanted}, and one of its limits is."
        )
        return Outcome("impossible", observations, message, arithmetic, printed, wanted)
    share = HALF_FAR if any(_prints(low, x[0]) or _prints(high, x[1]) for _, x in limits) else FAR
    if not _is_far(low, high, [x for _, x in limits], share):
        message = f"{printed} is near the usual {level:g} % intervals of {p.reason}, but none of them."
        return Outcome("not testable", observations, message, arithmetic, printed, shown)
    message = f"{printed} is far from every usual {level:g} % interval of {p.reason}: {shown}."
    return Outcome("impossible", observations, message, arithmetic, printed, shown)


def _every(p: Proportion, level: float) -> list[tuple[str, Limits]]:
    """Limits by each method for each count that the percentage allows."""
    found = [(name, _limits(k, p.total, level, method)) for k in p.counts for method, name in METHODS.items()]
    return found + [("Wilson with correction", _corrected(k, p.total, level)) for k in p.counts]


def _fitting(limits: list[tuple[str, Limits]], low: Printed, high: Printed) -> list[str]:
    return [name for name, found in limits if _prints(low, found[0]) and _prints(high, found[1])]


def _is_half(own: Limits, low: Printed, high: Printed) -> bool:
    """Whether one limit is that of the method, and the other off by more than two last digits."""
    prints = [_prints(low, own[0]), _prints(high, own[1])]
    off = [abs(float(p.value) - x) > UNITS_OFF * float(p.unit) for p, x in zip((low, high), own, strict=True)]
    return sum(prints) == 1 and any(off)


def _is_far(low: Printed, high: Printed, limits: list[Limits], share: float) -> bool:
    """Whether a limit lies outside those of all methods by more than a share of half the width."""
    half = (float(high.value) - float(low.value)) / 2
    return any(
        _distance(p, [x[i] for x in limits]) > share * max(half, 0.0) + float(p.unit) for i, p in enumerate((low, high))
    )


def _distance(p: Printed, found: list[float]) -> float:
    return max(min(found) - float(p.value), float(p.value) - max(found), 0.0)


def _prints(p: Printed, exact: float) -> bool:
    inside = p.loose if not p.comparator else p.ordinary
    return (inside.low is None or float(inside.low) <= exact) and (inside.high is None or exact <= float(inside.high))


@cache
def _limits(count: int, total: int, level: float, method: str) -> Limits:
    from statsmodels.stats.proportion import proportion_confint

    found: Any = proportion_confint(count, total, alpha=1 - level / 100, method=method)
    return 100 * max(0.0, float(found[0])), 100 * min(1.0, float(found[1]))


@cache
def _corrected(count: int, total: int, level: float) -> Limits:
    from scipy.stats import binomtest

    found = binomtest(count, total).proportion_ci(level / 100, method="wilsoncc")
    return 100 * float(found.low), 100 * float(found.high)


RULES = (
    Rule(
        id="proportion.ci",
        claim="The interval printed with x of N is that of a usual method for proportions.",
        severity="error",
        function=test_proportions,
        assumptions="Count and N are printed with the percentage, or N is and gives the count. Clopper–Pearson, Wilson "
        "(with and without correction), Wald, Agresti–Coull and Jeffreys are tried, and other levels; an interval is "
        "accused only where a limit lies outside those of all by 15 % of half the width, 8 % where its partner is "
        "exactly that of one of them. Not for estimates over time, differences, and what is weighted, adjusted or "
        "Bayesian.",
        literature="Brown, Cai & DasGupta 2001 (Stat Sci 16:101); Newcombe 1998 (Stat Med 17:857)",
        example="12 of 32 (37.5 %; 95 % CI 12.1 to 56.3): Clopper–Pearson gives 21.1 to 56.3.",
    ),
)
