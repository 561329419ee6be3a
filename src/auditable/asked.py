"""The place that is asked what a cell holds, and what other places around the cell tell of its later numbers.

Comes in: the wordings of the places around a cell, nearest first. Goes out: what the spread or the limits behind a
central number are, where a place says so, and the name of a number under a wording. Fitting a whole cell is left to
wording_fits.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditable.settled import NAMED_BY_SPREAD, PLAIN_VALUES, Place, Settled, Statistic
from auditable.values import Amount, Printed
from auditable.wording import Wording, read_wordings

_PERCENT_MEASURES = ("median", "mean", "min", "max", "q1", "q3", "pct", *PLAIN_VALUES)


@dataclass(frozen=True, slots=True)
class Asked:
    """The place that is asked, all places around the cell, the group sizes it may be a share of, and whether its row
    holds measurements and no counts.
    """

    place: str
    places: Sequence[Place] = ()
    totals: Sequence[int] = ()
    is_measured: bool = False


def second_told(places: Sequence[Place]) -> tuple[str, str]:
    """What a number behind a mean or median is, where a place names it: SD, SE or IQR, and the place; ("", "") when
    none does.
    """
    for place in places:
        for wording in place.wordings:
            if wording.spread in ("sd", "se", "iqr") and wording.centre in ("", "mean", "median"):
                return wording.spread, place.name
            if wording.centre in ("n", "pct") and place.name in ("row label", "sub-header"):
                return "", ""
    return "", ""


def limits_told(places: Sequence[Place], centre: str) -> tuple[tuple[str, str] | None, str]:
    """What two limits behind a centre are, where a place names them, and the place."""
    for place in places:
        for wording in place.wordings:
            names = NAMED_BY_SPREAD.get(wording.spread)
            of_difference = wording.spread == "ci" and centre in PLAIN_VALUES  # "OR or mean difference (95% CI)"
            if names and (wording.centre in ("", centre) or of_difference):
                return names, place.name
    return None, ""


def with_limits_behind(head: tuple[Statistic, ...], printed: Printed, places: Sequence[Place]) -> Settled:
    """A mean and its spread with the limits behind them: named by words in the cell or by a place, else open."""
    if len(printed.amounts) < 4:
        return Settled(head)
    own = next((NAMED_BY_SPREAD[w.spread] for w in read_wordings(printed.words) if w.spread in NAMED_BY_SPREAD), None)
    names, told = (own, "cell") if own else limits_told(places, "mean")
    if not names:
        return Settled(head, "nothing says what the limits behind the spread are")
    return Settled((*head, *(Statistic(n, a, told) for n, a in zip(names, printed.amounts[2:], strict=True))))


def single_name(amount: Amount, wording: Wording) -> str:
    """The statistic of a number that stands alone under a wording, "" when the wording does not fit it."""
    match wording.centre:
        case "n" | "events":
            whole = wording.centre if not amount.decimals and not amount.unit else ""
            return "pct" if amount.is_percent else whole
        case "":
            return wording.spread if wording.spread in ("sd", "se", "iqr") else ""
        case "p":
            return "p" if amount.number is not None and 0 <= amount.number <= 1 else ""
        case centre if amount.is_percent and centre not in _PERCENT_MEASURES:
            return ""
        case "difference" | "estimate" | "gmean":
            return "value"
        case centre:
            return centre


def centre_name(wording: Wording) -> str:
    """The statistic a wording's first number is; what has no name of its own is a value."""
    return "value" if wording.centre in PLAIN_VALUES else wording.centre
