"""What an estimate and its limits say of its standard error: how far it leans, which z and which p follow.

Comes in: an Estimate on a known scale. Goes out: ranges that allow for the rounding of all three numbers. Distances are
doubles: logarithms have no exact value. Verdicts are left to ci_symmetric.py and ci_p.py.

Source: Altman & Bland 2011 (BMJ 343:d2090 and d2304).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from auditable.checks.estimates import Estimate
from auditable.rounding import Printed

Range = tuple[float, float]
TINY = 1e-9
ALPHA = 0.05
"""The usual level of significance."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where estimate, lower and upper limit may lie before rounding, on the scale where they are symmetric."""

    e: Range
    low: Range
    high: Range

    @property
    def middle(self) -> Range:
        """Where the middle of the limits may lie."""
        return (self.low[0] + self.high[0]) / 2, (self.low[1] + self.high[1]) / 2

    @property
    def half_width(self) -> float:
        """The largest half width."""
        return max(self.high[1] - self.low[0], 0.0) / 2

    @property
    def lean(self) -> float:
        """How far the estimate lies from the middle at least, as a share of the half width; 0 inside rounding."""
        gap = max(self.middle[0] - self.e[1], self.e[0] - self.middle[1], 0.0)
        return gap / self.half_width if self.half_width > 0 else 0.0

    def z(self, level: float) -> Range | None:
        """Smallest and largest |z| that the printed numbers allow, if the limits are of this level in per cent.

        A symmetric interval ties the three numbers to each other: only values that fit together count, where any do.
        """
        q = quantile(level)
        ratios = [abs(e) / w for e, w in self._corners()]
        if ratios:
            smallest = 0.0 if self._holds_null() else min(ratios)
            return smallest * q, max(ratios) * q
        narrow, wide = (self.high[0] - self.low[1]) / 2, self.half_width
        if narrow <= 0:
            return None
        nearest = 0.0 if self.e[0] <= 0 <= self.e[1] else min(abs(self.e[0]), abs(self.e[1]))
        return nearest / wide * q, max(abs(self.e[0]), abs(self.e[1])) / narrow * q

    def _corners(self) -> list[tuple[float, float]]:
        """Corners of all (estimate, half width) that print as these three numbers."""
        corners = [(e, e - x) for e in self.e for x in self.low]
        corners += [(e, x - e) for e in self.e for x in self.high]
        corners += [((a + b) / 2, (b - a) / 2) for a in self.low for b in self.high]
        return [(e, w) for e, w in corners if w > TINY and self._fits(e, w)]

    def _fits(self, e: float, w: float) -> bool:
        return _inside(e, self.e) and _inside(e - w, self.low) and _inside(e + w, self.high)

    def _holds_null(self) -> bool:
        low = max(self.e[0], self.middle[0])
        return low <= 0 <= min(self.e[1], self.middle[1])


def box_of(found: Estimate) -> Box | None:
    """The box of an estimate whose scale is known; None without a scale, or where a ratio reaches zero."""
    if not found.scale:
        return None
    ranges = [_log_range(n) if found.scale == "log" else _range(n) for n in found.numbers]
    if any(r is None for r in ranges):
        return None
    e, low, high = (r for r in ranges if r is not None)
    return Box(e, low, high)


def quantile(level: float) -> float:
    """The normal quantile of a two-sided level in per cent: 1.96 for 95."""
    return float(ndtri(0.5 + level / 200))


def p_range(z: Range, sides: int) -> Range:
    """Smallest and largest p of a range of |z|."""
    return sides * float(ndtr(-z[1])), sides * float(ndtr(-z[0]))


def ends_of_p(p: Printed, *, is_loose: bool = False) -> Range:
    """Smallest and largest p that print as this one; also by cutting off or rounding up if is_loose."""
    inside = p.loose if is_loose and not p.comparator else p.ordinary
    return float(inside.low or 0), float(1 if inside.high is None else inside.high)


def z_of_p(p: Printed, sides: int) -> Range:
    """Smallest and largest |z| that print as this p."""
    low, high = p.ordinary.low, p.ordinary.high
    smallest = 0.0 if high is None else _z(float(high), sides)
    return smallest, math.inf if low is None or low <= 0 else _z(float(low), sides)


def _z(p: float, sides: int) -> float:
    return max(0.0, -float(ndtri(min(p / sides, 0.5)))) if p > 0 else math.inf


def _inside(x: float, allowed: Range) -> bool:
    return allowed[0] - TINY <= x <= allowed[1] + TINY


def _range(n: Printed) -> Range | None:
    low, high = n.ordinary.low, n.ordinary.high
    return (float(low), float(high)) if low is not None and high is not None else None


def _log_range(n: Printed) -> Range | None:
    low, high = n.ordinary.low, n.ordinary.high
    return (math.log(low), math.log(high)) if low is not None and high is not None and low > 0 else None
