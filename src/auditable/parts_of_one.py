"""Do the numbers of an unlabelled column prove themselves to be counts and percentages of one group?

Comes in: the pairs of a column, "458 (76)", "146 (24)", "63 (10)" …, that no label, caption or note explains. Goes
out: whether arithmetic alone says what they are. Settling the cells is left to neighbours.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from auditable.rounding import Printed, percent_of
from auditable.settled import is_percentage
from auditable.values import Amount

FEWEST = 4
"""So few pairs may agree by chance."""
WIDEST = 3
"""The largest count is at least so many times the smallest, as the means of one quantity are not."""

Pair = tuple[Amount, Amount]


def are_parts_of_one(pairs: Sequence[Pair]) -> bool:
    """Whether all pairs are counts with percentages of one N, and two neighbours add up to it.

    "458 (76)" and "146 (24)" are 604, of which "63 (10)" and "43 (7)" are the percentages printed. Exact.
    """
    if len(pairs) < FEWEST or not all(c.is_whole and is_percentage(s) and not s.comparator for c, s in pairs):
        return False
    counts = [int(c.digits) for c, _ in pairs]
    if max(counts) < WIDEST * min(counts) or len(set(counts)) < FEWEST - 1:
        return False
    prints = [Printed(Fraction(s.digits), s.decimals).ordinary for _, s in pairs]
    return any(
        all(percent_of(n, a + b) in may_be for n, may_be in zip(counts, prints, strict=True))
        for a, b in pairwise(counts)
        if a and b
    )
