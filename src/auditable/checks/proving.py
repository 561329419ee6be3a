"""What the other numbers of a column prove: that the column prints crude numbers, not adjusted or standardised ones.

Comes in: for each other number of the column whether it is that of its row's counts. Goes out: whether one that is not
may be accused. What fits is left to the rules.
"""

from __future__ import annotations

from collections.abc import Sequence

MIN_PROVING, PROVING_SHARE = 2, 0.85
"""Fewest others, and the share of them that must fit."""


def prove_crude(fitting: Sequence[bool]) -> bool:
    """Whether enough others of the column fit to prove that all of it is crude."""
    return len(fitting) >= MIN_PROVING and sum(fitting) >= PROVING_SHARE * len(fitting)
