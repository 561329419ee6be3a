"""Survival of simulated patients: Kaplan–Meier with limits, median with limits, hazard ratio with limits and p."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from tests.articles.patients import Flags, Ints


@dataclass(frozen=True)
class Curve:
    """Survival of one group: median in tenths of months (None where not reached), its limits, and the curve."""

    median: int | None
    low: int | None
    high: int | None
    times: tuple[int, ...]
    shares: tuple[float, ...]
    errors: tuple[float, ...]

    def at(self, time: int) -> tuple[float, float, float]:
        """Share that survives a time, with log-log limits."""
        k = sum(t <= time for t in self.times) - 1
        if k < 0:
            return 1.0, 1.0, 1.0
        s, se = self.shares[k], self.errors[k]
        if not 0 < s < 1:
            return s, s, s
        half = 1.959964 * se / abs(s * np.log(s))
        return s, float(s ** np.exp(half)), float(s ** np.exp(-half))


def curve_of(times: Ints, happened: Flags) -> Curve:
    """The Kaplan–Meier curve of a group."""
    from statsmodels.duration.survfunc import SurvfuncRight

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = SurvfuncRight(times.astype(float), happened.astype(int))
        median = found.quantile(0.5)
        low, high = found.quantile_ci(0.5, method="cloglog")

    def whole(x: float) -> int | None:
        return None if not np.isfinite(x) else int(x)

    errors = tuple(float(x) if np.isfinite(x) else 0.0 for x in found.surv_prob_se)
    return Curve(
        whole(median), whole(low), whole(high), tuple(int(t) for t in found.surv_times),
        tuple(float(s) for s in found.surv_prob), errors,
    )  # fmt: skip


@dataclass(frozen=True)
class Hazard:
    """Hazard ratio of the first group against the second, its 95 % limits, p by the Wald test."""

    ratio: float
    low: float
    high: float
    p: float


def hazard_of(times: Ints, happened: Flags, treated: Flags) -> Hazard:
    """Cox's proportional hazards with one covariate (Breslow)."""
    from statsmodels.duration.hazard_regression import PHReg

    fit = PHReg(times.astype(float), treated.astype(float)[:, None], status=happened.astype(int)).fit(disp=0)
    b, se, p = float(fit.params[0]), float(fit.bse[0]), float(fit.pvalues[0])
    return Hazard(float(np.exp(b)), float(np.exp(b - 1.959964 * se)), float(np.exp(b + 1.959964 * se)), p)
