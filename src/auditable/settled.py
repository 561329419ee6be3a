"""What it means that the statistics of a cell are settled: shapes and small tests shared by statistics_of.py and
the modules that fit wordings to cells.

Comes in: amounts of a cell. Goes out: named statistics, and exact answers to "is this a percentage", "is this a share
of N".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditable.values import Amount
from auditable.wording import Wording

NAMED_BY_SPREAD = {"range": ("min", "max"), "iqr": ("q1", "q3"), "ci": ("ci_low", "ci_high")}
"""The two limits that a word behind a central statistic names."""
RATIOS = ("hr", "or", "rr")
PLAIN_VALUES = ("difference", "estimate", "gmean")
"""What has no name of its own among the statistics and is called a value."""
BOUNDS = ("<", "<=", ">", ">=")
_MAY_BE_MISSING = ("median", "mean", "pct", "n", "value")
_KEEP_COMPARATOR = ("p", "ci_low", "ci_high")


@dataclass(frozen=True, slots=True)
class Place:
    """Where wordings stand: its name for statistic_from, and the wordings in printed order."""

    name: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Statistic:
    """One amount with its statistic, and the place that told. part: the label of this amount, where a pair names its
    halves.
    """

    name: str
    amount: Amount
    place: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The statistics of a cell in printed order; reason says what stays open, "" when nothing does."""

    statistics: tuple[Statistic, ...]
    reason: str = ""


def named(names: Sequence[str], amounts: Sequence[Amount], place: str) -> Settled:
    """Statistics in order; a word in place of a number becomes missing, a number with a bound that is no p value a
    bound.
    """
    out: list[Statistic] = []
    for name, amount in zip(names, amounts, strict=True):
        if amount.missing and name in _MAY_BE_MISSING:
            out.append(Statistic("missing", amount, place))
        elif amount.comparator in BOUNDS and name not in _KEEP_COMPARATOR:
            out.append(Statistic("bound", amount, place))
        else:
            out.append(Statistic(name, amount, place))
    return Settled(tuple(out))


def is_percentage(amount: Amount) -> bool:
    """Whether a number may be a percentage: from 0 to 100, without a unit."""
    number = amount.number
    return number is not None and 0 <= number <= 100 and not amount.unit


def is_count_of(part: Amount, whole: Amount) -> bool:
    """Whether the first is a count out of the second."""
    if part.number is None or whole.number is None:
        return False
    return part.is_whole and whole.is_whole and part.number <= whole.number


def may_be_share(count: Amount, share: Amount, totals: Sequence[int]) -> bool:
    """Whether the count may be the share of a part of one of the totals, such as those with data. Exact."""
    if count.number is None or share.number is None or share.comparator:
        return False
    unit = 10**share.decimals
    printed = int(share.number * unit)
    return any(int(count.number) * 100 * unit < (printed + 1) * total for total in totals)


def shares(count: Amount, share: Amount, totals: Sequence[int]) -> bool:
    """Whether the count gives the share of one of the totals, rounded any way to its printed decimals. Exact."""
    if count.number is None or share.number is None or share.comparator:
        return False
    unit = 10**share.decimals
    printed = int(share.number * unit)
    return any(abs(int(count.number) * 100 * unit - printed * total) < total for total in totals)
