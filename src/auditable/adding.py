"""Sums of floats that are the same on every Python: from 3.12 on, the built-in sum corrects its rounding as it goes.

Comes in: floats. Goes out: their sum, added from the first to the last. Whole numbers, fractions and decimals need no
such care.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add


def add_in_order(numbers: Iterable[float]) -> float:
    """The sum, rounded after each step; 0.0 of none."""
    return reduce(add, numbers, 0.0)
