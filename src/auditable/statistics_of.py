"""Which statistic each amount of a cell is: the form of the cell held against what labels, caption and notes say.

Comes in: the readings of one cell (values.py) and the wordings around it (wording.py), nearest place first. Goes out:
its statistics, each with the place that settled it, or the reason why nothing settles them. Order: what the form alone
tells ("P = 0.03", "12/34 (35 %)"); words in the cell; the places as given; arithmetic with a printed N; a sign in the
cell; the habit of the column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from auditable.settled import BOUNDS, Place, Settled, Statistic, is_count_of, is_percentage, named, shares
from auditable.values import Printed
from auditable.wording import read_wordings
from auditable.wording_fits import Asked, fit, limits_told, second_told

_ALONE = {"p": ("p",), "n =": ("n",), "missing": ("missing",)}
"""Forms that name their statistic themselves."""
_OUT_OF = {
    "n/N (pct)": (("n", "total", "pct"), 0),
    "n/N in brackets": (("pct", "n", "total"), 1),
    "n/N (pct) (limits)": (("n", "total", "pct", "ci_low", "ci_high"), 0),
}
"""Forms with a count out of a total: their statistics, and where the count stands."""


def settle(
    readings: Sequence[Printed],
    places: Sequence[Place],
    totals: Sequence[int] = (),
    habit: tuple[str, str] | None = None,
) -> Settled:
    """The statistics of one cell.

    places: nearest first (row label, row group, sub-header, boxhead, caption, note). totals: group sizes the cell may
    be a share of; a count and a percentage that agree with one of them are settled by their arithmetic. habit: the
    statistics that labels gave to most cells of this form in the same column ("column").
    """
    own = next((read_wordings(r.words) for r in readings if r.words and r.form != "test p"), ())
    around = [Place("cell", own), *places] if own else list(places)
    alone = next(filter(None, map(_by_form, readings)), None)
    if alone:
        return alone
    partly: Settled | None = None
    for place in around:
        asked = Asked(place.name, around, totals)
        for settled in (s for w in place.wordings for r in readings if (s := fit(r, w, asked))):
            if not settled.reason:
                return settled
            partly = partly or settled
    rest = chain.from_iterable((_by_arithmetic(r, totals), _by_sign(r, around), _by_habit(r, habit)) for r in readings)
    return next(filter(None, rest), None) or partly or _unsettled(readings)


def _by_form(printed: Printed) -> Settled | None:
    """Statistics that the form alone tells: a named p value, a word for a missing value, a count out of a total with
    its share.
    """
    amounts = printed.amounts
    if printed.form in _ALONE:
        return named(_ALONE[printed.form], amounts, "cell")
    if printed.form == "test p":
        test = tuple(Statistic("value", a, "cell", printed.words) for a in amounts[:-1])
        return Settled((*test, Statistic("p", amounts[-1], "cell")))
    if printed.form in _OUT_OF:
        names, at = _OUT_OF[printed.form]
        return named(names, amounts, "cell") if is_count_of(amounts[at], amounts[at + 1]) else None
    if printed.form == "first (second)" and amounts[0].is_whole and amounts[1].is_percent:
        return named(("n", "pct"), amounts, "cell")
    if printed.form == "first (second)" and amounts[0].is_percent and amounts[1].is_whole:
        return named(("pct", "n"), amounts, "cell")
    return None


def _by_arithmetic(printed: Printed, totals: Sequence[int]) -> Settled | None:
    """A count and the percentage it gives of a group size printed for this column."""
    if printed.form != "first (second)":
        return None
    first, second = printed.amounts
    fits = first.is_whole and is_percentage(second) and shares(first, second, totals)
    return named(("n", "pct"), printed.amounts, "cell") if fits else None


def _by_sign(printed: Printed, places: Sequence[Place]) -> Settled | None:
    """What a sign in the cell tells when no label does: "%" a percentage, "±" a mean, "<" a bound."""
    amounts = printed.amounts
    match printed.form:
        case "single" if amounts[0].is_percent:
            return named(("pct",), amounts, "cell")
        case "single" if amounts[0].comparator in BOUNDS:
            return named(("bound",), amounts, "cell")
        case "first ± spread":
            name, told = second_told(places)
            return Settled((Statistic("mean", amounts[0], "cell"), Statistic(name or "sd", amounts[1], told or "cell")))
        case "first (limits)" if amounts[0].is_percent:
            names, told = limits_told(places, "pct")
            return named(("pct", *names), amounts, told) if names else None
    return None


def _by_habit(printed: Printed, habit: tuple[str, str] | None) -> Settled | None:
    """What the labels of most other cells of the column say, where this cell fits it; only for counts and
    percentages.
    """
    if habit is None or printed.form != "first (second)" or set(habit) != {"n", "pct"}:
        return None
    count, share = printed.amounts if habit == ("n", "pct") else reversed(printed.amounts)
    return named(habit, printed.amounts, "column") if count.is_whole and is_percentage(share) else None


def _unsettled(readings: Sequence[Printed]) -> Settled:
    """A number alone stays a value; anything with several numbers is left out with the reason."""
    if not readings:
        return Settled((), "no form of the grammar fits")
    printed = readings[0]
    if printed.form == "single":
        return Settled((Statistic("value", printed.amounts[0], ""),))
    return Settled((), f"form “{printed.form}”: no label, caption or note says which statistics these are")
