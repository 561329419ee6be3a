"""p values of the usual tests, from counts or from means and standard deviations: by scipy and statsmodels.

Comes in: counts of arms, or means with their spread. Goes out: name and p of each test; of means a range of p, since
they are rounded. Which of them a paper may have used is left to recomputed_tests.py.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from auditable.blocks import number_of
from auditable.checks.compared import ArmMean

Span = tuple[float, float]
LARGEST_EXACT = 5000
"""Above this many patients an exact test equals the χ² test to any printed digit."""


@cache
def tests_of_counts(rows: tuple[tuple[int, ...], ...]) -> dict[str, float]:
    """p by test of a table of counts: one tuple for each category, one number for each arm."""
    from scipy import stats

    kept = [r for r in rows if sum(r)]
    table = [list(column) for column in zip(*kept, strict=True)] if kept else []
    if len(kept) < 2 or any(not sum(arm) for arm in table):
        return {}
    found = {"χ²": _p(stats.chi2_contingency(table, correction=False))}
    found["likelihood ratio"] = _p(stats.chi2_contingency(table, correction=False, lambda_="log-likelihood"))
    if len(kept) == 2 and len(table) == 2:
        found["χ² with Yates's correction"] = _p(stats.chi2_contingency(table, correction=True))
        found |= _exact(table)
        found["z with unpooled variance"] = _unpooled(table)
    return found


def _exact(table: Sequence[Sequence[int]]) -> dict[str, float]:
    from scipy import stats

    if sum(map(sum, table)) > LARGEST_EXACT:
        return {}
    p = _p(stats.fisher_exact(table))
    mid = p - _own_probability(table) / 2
    less, more = (_p(stats.fisher_exact(table, alternative=side)) for side in ("less", "greater"))
    return {"Fisher": p, "Fisher mid-p": mid, "Fisher, doubled one-sided": min(1.0, 2 * min(less, more))}


def _p(result: Any) -> float:
    """The p value of a result of scipy, whose types are not declared."""
    return float(result.pvalue)


def _own_probability(table: Sequence[Sequence[int]]) -> float:
    from scipy import stats

    (a, b), (c, d) = table
    return float(stats.hypergeom.pmf(a, a + b + c + d, a + b, a + c))


def _unpooled(table: Sequence[Sequence[int]]) -> float:
    from scipy.special import ndtr

    (a, b), (c, d) = table
    p1, p2 = a / (a + b), c / (c + d)
    variance = p1 * (1 - p1) / (a + b) + p2 * (1 - p2) / (c + d)
    return 2 * float(ndtr(-abs(p1 - p2) / math.sqrt(variance))) if variance > 0 else (1.0 if p1 == p2 else 0.0)


def tests_of_means(arms: Sequence[ArmMean]) -> dict[str, Span]:
    """Range of p by test that the rounded means and spreads allow."""
    if len(arms) == 2:
        return {
            "t test": _span(_t(arms, m, s, equal=True) for m, s in _corners(arms)),
            "Welch's t test": _span(_t(arms, m, s, equal=False) for m, s in _corners(arms)),
        }
    return {"analysis of variance": _span(_anova(arms, m, s) for m, s in _corners(arms[:6]) if len(arms) <= 6)}


def _span(values: Iterator[float]) -> Span:
    found = [v for v in values if not math.isnan(v)]
    return (min(found), max(found)) if found else (0.0, 1.0)


def _corners(arms: Sequence[ArmMean]) -> Iterator[tuple[list[float], list[float]]]:
    """Means and spreads at the ends of their rounding: all means apart or together, all spreads small or large."""
    ranges = [number_of(a.mean).ordinary for a in arms]
    ends = [(float(r.low or 0), float(r.high or 0)) for r in ranges]
    spreads = [number_of(a.spread).ordinary for a in arms]
    for side in (0, 1):
        sizes = [max(float((s.low if side == 0 else s.high) or 0), 1e-9) for s in spreads]
        for means in itertools.product(*ends):
            yield list(means), sizes
        centre = [float(number_of(a.mean).value) for a in arms]
        yield centre, sizes
        overlap = max(e[0] for e in ends), min(e[1] for e in ends)
        if overlap[0] <= overlap[1]:
            yield [sum(overlap) / 2] * len(arms), sizes


def _sds(arms: Sequence[ArmMean], spreads: Sequence[float]) -> list[float]:
    return [s * math.sqrt(a.total) if a.is_se else s for a, s in zip(arms, spreads, strict=True)]


def _t(arms: Sequence[ArmMean], means: Sequence[float], spreads: Sequence[float], *, equal: bool) -> float:
    from scipy import stats

    sd = _sds(arms, spreads)
    return float(
        stats.ttest_ind_from_stats(
            means[0], sd[0], arms[0].total, means[1], sd[1], arms[1].total, equal_var=equal
        ).pvalue
    )


def _anova(arms: Sequence[ArmMean], means: Sequence[float], spreads: Sequence[float]) -> float:
    import numpy as np
    from statsmodels.stats.oneway import anova_generic

    variances = np.square(_sds(arms, spreads))
    sizes = np.array([a.total for a in arms])
    return float(anova_generic(np.array(means), variances, sizes, use_var="equal", welch_correction=False).pvalue)
