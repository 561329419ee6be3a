"""Simulated patients: the truth from which every number of an article is derived.

Comes in: a disease, a number of patients of each arm, a numpy Generator. Goes out: arrays, one entry per patient, in
whole units (tenths of months, tenths of laboratory units), so that every sum and share is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tests.articles.diseases import Disease

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
RESPONSES = ("Complete response", "Partial response", "Stable disease", "Progressive disease", "Not evaluable")


@dataclass(frozen=True)
class Patients:
    """All patients of a study; arm: number of the arm of each. Times in tenths of months."""

    arm: Ints
    age: Ints
    male: Flags
    groupings: tuple[Ints, ...]
    conditions: tuple[Flags, ...]
    earlier: tuple[Flags, ...]
    lines: Ints
    measures: tuple[NDArray[np.float64], ...]
    response: Ints
    early_time: Ints
    had_early: Flags
    death_time: Ints
    died: Flags
    grades: dict[str, Ints]
    serious: Flags
    related: Flags
    cycles: Ints
    reduced: Flags
    stop: Ints

    @property
    def n(self) -> int:
        return len(self.arm)


def simulate(rng: np.random.Generator, disease: Disease, sizes: tuple[int, ...], effect: float) -> Patients:
    """Patients in arms of these sizes; effect: how much better the first arm does (1 = alike)."""
    arm = np.repeat(np.arange(len(sizes)), sizes)
    n = len(arm)
    mean, sd, least, most = disease.age
    age = np.clip(np.rint(rng.normal(mean, sd, n)), least, most).astype(np.int64)
    better = np.where(arm == 0, effect, 1.0)
    success = np.clip(0.3 + 0.12 * (better - 1) / 0.5, 0.05, 0.9)
    response = _responses(rng, success)
    early, had_early, death, died = _times(rng, better, response)
    grades = {
        name: np.where(
            rng.random(n) < share,
            np.where(rng.random(n) < severe, rng.choice([3, 3, 3, 4], n), rng.choice([1, 1, 2], n)),
            0,
        )
        for _, terms in disease.events
        for name, share, severe in terms
    }
    worst = np.max(np.stack(list(grades.values())), axis=0)
    cycles = np.clip(1 + rng.poisson(6, n), 1, 18)
    return Patients(
        arm=arm,
        age=age,
        male=rng.random(n) < disease.male,
        groupings=tuple(rng.choice(len(g.categories), n, p=g.shares) for g in disease.groupings),
        conditions=tuple(rng.random(n) < share for _, _, share in disease.conditions),
        earlier=tuple(rng.random(n) < share for _, share in disease.earlier),
        lines=np.clip(1 + rng.poisson(1.4, n), 1, 8),
        measures=tuple(_measured(rng, m, n) for m in disease.measures),
        response=response,
        early_time=early,
        had_early=had_early,
        death_time=death,
        died=died,
        grades=grades,
        serious=(worst >= 3) & (rng.random(n) < 0.5),
        related=(worst >= 1) & (rng.random(n) < 0.75),
        cycles=cycles,
        reduced=rng.random(n) < 0.24,
        stop=rng.choice(5, n, p=[0.3, 0.36, 0.14, 0.12, 0.08]),
    )


def _responses(rng: np.random.Generator, success: NDArray[np.float64]) -> Ints:
    draw, third = rng.random(len(success)), rng.random(len(success))
    good = np.where(third < 0.3, 0, 1)
    bad = np.where(third < 0.52, 2, np.where(third < 0.92, 3, 4))
    return np.where(draw < success, good, bad).astype(np.int64)


def _times(rng: np.random.Generator, better: NDArray[np.float64], response: Ints) -> tuple[Ints, Flags, Ints, Flags]:
    n = len(better)
    slow = better * np.array([2.2, 1.6, 1.0, 0.45, 0.6])[response]
    early = 3 + np.floor(rng.exponential(85.0, n) * slow).astype(np.int64)
    death = early + 2 + np.floor(rng.exponential(90.0, n) * better).astype(np.int64)
    dies_at_once = rng.random(n) < 0.12
    death = np.where(dies_at_once, early, death)
    end = rng.integers(90, 300, n)
    return np.minimum(early, end), early <= end, np.minimum(death, end), death <= end


def _measured(rng: np.random.Generator, measure: object, n: int) -> NDArray[np.float64]:
    m = measure
    scale = 10**m.decimals  # type: ignore[attr-defined]
    drawn = np.clip(rng.normal(m.mean, m.sd, n), m.least, m.greatest)  # type: ignore[attr-defined]
    values = np.rint(drawn * scale)
    return np.where(rng.random(n) < 0.04, np.nan, values)


def quantile(values: Ints, share: Fraction) -> Fraction:
    """The quantile of whole numbers by linear interpolation (the usual definition of R and numpy)."""
    ordered = sorted(int(v) for v in values)
    at = share * (len(ordered) - 1)
    low = at.numerator // at.denominator
    rest = at - low
    above = ordered[min(low + 1, len(ordered) - 1)]
    return Fraction(ordered[low]) + rest * (above - ordered[low])


def mean_and_sd(values: Ints) -> tuple[Fraction, float]:
    """Mean (exact) and standard deviation (n − 1)."""
    whole = [int(v) for v in values]
    n = len(whole)
    mean = Fraction(sum(whole), n)
    variance = sum((Fraction(v) - mean) ** 2 for v in whole) / (n - 1)
    return mean, float(variance) ** 0.5
