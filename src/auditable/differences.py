"""How two texts of one number differ: the class that tells a curator at a glance what went wrong.

Comes in: the value in gold and the value that was read in its place, as printed. Goes out: one of VALUE_KINDS. Only
the two texts are judged, exactly; differences that one cause brings to many cells are left to causes.py, labels and
units to matching.py.
"""

from __future__ import annotations

from fractions import Fraction

from auditable.rounding import Printed, read_printed
from auditable.sameness import value_key

COUNTS = ("n", "events", "total")
"""Statistics that are counted: one more or less is another patient, never a rounding."""
VALUE_KINDS = ("coarser precision", "rounding", "sign or comparator", "transposed digits", "decimal point", "value")


def name_value_difference(gold: str, read: str, statistic: str) -> str:
    """The class of a difference between two texts that are not equal; "value" where no closer name fits.

    coarser precision: one prints fewer decimals and is the other, ordinarily rounded. rounding: they are one step of
    the coarser last digit apart (cut off, rounded up). sign or comparator: the same digits under another sign.
    transposed digits: two neighbouring digits exchanged. decimal point: the same digits with another point.
    """
    a, b = read_printed(value_key(gold)), read_printed(value_key(read))
    if a is None or b is None:
        return "value"
    if abs(a.value) == abs(b.value):
        is_same_sign = a.comparator == b.comparator and a.value == b.value
        return "coarser precision" if is_same_sign else "sign or comparator"
    if a.comparator != b.comparator:
        return "value"
    if _has_moved_point(a, b):
        return "decimal point"
    if statistic not in COUNTS and (near := _name_near(a, b)):
        return near
    return "transposed digits" if _are_transposed(value_key(gold), value_key(read)) else "value"


def _name_near(a: Printed, b: Printed) -> str:
    """Whether one is the other rounded, or one step away from it; "" for neither."""
    coarse, fine = sorted((a, b), key=lambda p: p.decimals)
    if coarse.decimals < fine.decimals and fine.value in Printed(coarse.value, coarse.decimals).ordinary:
        return "coarser precision"
    is_fraction = coarse.decimals > 0 or coarse.decimals < fine.decimals
    return "rounding" if is_fraction and abs(a.value - b.value) <= coarse.unit else ""


def _has_moved_point(a: Printed, b: Printed) -> bool:
    """Whether one is the other times a power of ten, which only a lost or misplaced point brings about."""
    if not a.value or not b.value or a.decimals == b.decimals:
        return False
    times = a.value / b.value
    return times in {Fraction(10) ** power for power in (-3, -2, -1, 1, 2, 3)}


def _are_transposed(first: str, second: str) -> bool:
    """Whether exchanging two neighbouring digits, over a point or not, turns one into the other."""
    a, b = ([c for c in text if c.isdigit()] for text in (first, second))
    if len(a) != len(b) or first.find(".") - len(first) != second.find(".") - len(second):
        return False
    places = [i for i in range(len(a)) if a[i] != b[i]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )
