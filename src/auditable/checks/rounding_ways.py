"""How a percentage that no ordinary rounding gives came to be printed: cut off, rounded up or twice, or by custom.

Comes in: the exact percentage and the printed one, one unit or less apart; for a list of categories all its pairs. Goes
out: the way in words, and whether it is a custom of printing instead of a slip: an exact half broken downwards, a few
patients kept from printing as 0.0. Also whether it makes its list total exactly 100, which may have been meant but
is no rounding. Whether N is right is left to percent_of_n.py.

Source: R package scrutiny (rounding procedures, "round half down" among them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.denominators import Pair
from auditable.rounding import Printed, decimal_text, percent_of, print_rounded

FEWEST_IN_A_LIST = 3
"""Two shares that part a group add up to 100 by any rounding; only longer lists need a hand."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a percentage was printed, as half a sentence; is_custom: many print so on purpose."""

    words: str
    is_custom: bool = False


def way_of(exact: Fraction, share: Printed) -> Way:
    """The way from an exact percentage to a printed one that is less than one unit of its last digit away."""
    if exact - share.value == share.unit / 2:
        return Way("which is an exact half rounded down", is_custom=True)
    if 0 < exact < share.unit / 2 and share.value == share.unit:
        return Way(f"the smallest share that is not {decimal_text(Fraction(0), share.decimals)}", is_custom=True)
    between = print_rounded(exact, share.decimals + 1)
    if Fraction(print_rounded(Fraction(between), share.decimals)) == share.value:
        return Way(f"which is rounded twice (by way of {between}) instead of once")
    return Way("which is cut off instead of rounded" if share.value < exact else "which is rounded up instead of down")


def is_made_to_total_100(pair: Pair, total: int, block: Sequence[Pair]) -> bool:
    """Whether a pair's last digit makes the percentages of its list total exactly 100.

    block: the pairs that stand under one heading with it. They are a list if their counts add up to N; all others of it
    must be rounded in the ordinary way, else nothing says that a hand saw to the total.
    """
    others = [p for p in block if p is not pair]
    return (
        len(block) >= FEWEST_IN_A_LIST
        and sum(p.count for p in block) == total
        and sum((p.share.value for p in block), Fraction(0)) == 100
        and all(percent_of(p.count, total) in p.share.ordinary for p in others)
    )
