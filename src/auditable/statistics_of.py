"""Which statistic each amount of a cell is: the form of the cell held against what labels, caption and notes say.

Comes in: the readings of one cell (values.py) and the wordings around it (wording.py), nearest place first. Goes out:
its statistics, each with the place that settled it, or the reason why nothing settles them. Order: what the form alone
tells ("P = 0.03", "12/34 (35 %)"); words in the cell; the places as given; arithmetic with a printed N; a sign in the
cell; the habit of the column.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from auditable.asked import Asked, limits_told, second_told
from auditable.settled import BOUNDS, Place, Settled, Statistic, is_count_of, is_percentage, named, shares
from auditable.values import Amount, Printed
from auditable.wording import read_wordings
from auditable.wording_fits import fit

_ALONE = {
    "p": ("p",),
    "p missing": ("p",),
    "n =": ("n",),
    "missing": ("missing",),
    "missing missing": ("missing", "missing"),
    "people": ("n",),
    "people (pct)": ("n", "pct"),
    "events in people": ("events", "n"),
    "events in people (pct)": ("events", "n", "pct"),
}
"""Forms that name their statistics themselves."""
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
    habit: Sequence[str] | None = None,
    is_measured: bool = False,
) -> Settled:
    """The statistics of one cell.

    places: nearest first (row label, row group, sub-header, boxhead, caption, note). totals: group sizes the cell may
    be a share of; a count and a percentage that agree with one of them are settled by their arithmetic. habit: the
    statistics that labels gave to most cells of this form in the same column ("column"). is_measured: the row prints a
    unit or other cells with decimals where a count would stand, so that it holds no counts.
    """
    own = next((read_wordings(r.words) for r in readings if r.words and not r.form.startswith("test")), ())
    around = [Place("cell", own), *places] if own else list(places)
    readings = [r for r in readings if _may_be_added(r, around)]
    alone = next(filter(None, (with_added(r, _by_form(r, places)) for r in readings)), None)
    if alone:
        return alone
    partly: Settled | None = None
    for place in around:
        asked = Asked(place.name, around, totals, is_measured)
        fits = (with_added(r, fit(r, w, asked)) for w in place.wordings for r in readings)
        for settled in filter(None, fits):
            if not settled.reason:
                return settled
            partly = partly or settled
    rest = chain.from_iterable(
        (with_added(r, s) for s in (_by_arithmetic(r, totals), _by_sign(r, around), _by_habit(r, habit)))
        for r in readings
    )
    return next(filter(None, rest), None) or partly or _unsettled(readings)


def _may_be_added(printed: Printed, places: Sequence[Place]) -> bool:
    """Whether a bare count before a statistic is one that a place names first: "No, median (IQR)"."""
    if not any(a.name == "count" for a in printed.added):
        return True
    for wordings in (p.wordings for p in places):
        centres = [w.centre for w in wordings]
        if "n" in centres[:-1] and any(c in ("mean", "median") for c in centres[centres.index("n") + 1 :]):
            return True
    return False


def _by_form(printed: Printed, places: Sequence[Place]) -> Settled | None:
    """Statistics that the form alone tells: a named p value, a word for a missing value, a count out of a total with
    its share. "n = 66" among counts with percentages is how many were asked, not one of those counts.
    """
    amounts = printed.amounts
    if printed.form == "n =" and any(w.spread == "pct" for p in places[:1] for w in p.wordings):
        return named(("total",), amounts, "cell")
    if printed.form in _ALONE:
        return named(_ALONE[printed.form], amounts, "cell")
    if printed.form in ("test", "test p"):
        names = ("value",) * (len(amounts) - 1) + ("p",) if printed.form == "test p" else ("value",)
        pairs = zip(names, amounts, strict=True)
        compared = printed.words if re.search(r"\d v", printed.words) else ""  # "3 vs 1, P = 0.001"
        return Settled(tuple(Statistic(n, a, "cell", compared if n == "p" else printed.words) for n, a in pairs))
    if printed.form == "single" and not printed.added and _COUNTED_BY.match(amounts[0].unit):
        return named(("rate",), amounts, "cell")
    if printed.form in _OUT_OF:
        names, at = _OUT_OF[printed.form]
        return named(names, amounts, "cell") if is_count_of(amounts[at], amounts[at + 1]) else None
    if printed.form == "first (second)" and amounts[0].is_whole and amounts[1].is_percent:
        return named(("n", "pct"), amounts, "cell")
    if printed.form == "first (second)" and amounts[0].is_percent and amounts[1].is_whole:
        return named(("pct", "n"), amounts, "cell")
    return None


def with_added(printed: Printed, settled: Settled | None) -> Settled | None:
    """The statistics with what was printed beside them: a number of patients, a p value, a time, a unit."""
    if settled is None:
        return None
    core = tuple(
        replace(s, part=s.part or printed.prefix, amount=_with_unit(s.amount, printed.unit)) for s in settled.statistics
    )
    first = tuple(Statistic(ADDED[a.name], a.amount, "cell") for a in printed.added if a.is_first)
    behind = tuple(Statistic(ADDED[a.name], a.amount, "cell") for a in printed.added if not a.is_first)
    return replace(settled, statistics=(*first, *core, *behind))


def _with_unit(amount: Amount, unit: str) -> Amount:
    return amount if not unit or amount.unit or amount.is_percent or amount.missing else replace(amount, unit=unit)


ADDED = {"n": "n", "count": "n", "p": "p"}
"""What an addition to a statistic is called."""
_COUNTED_BY = re.compile(r"(?:/|per )\s?1[0, ]*0 ", re.IGNORECASE)


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


def _by_habit(printed: Printed, habit: Sequence[str] | None) -> Settled | None:
    """What the labels of most other cells of the column say, where this cell fits it; only for counts and
    percentages.
    """
    if habit is None or printed.form != "first (second)" or set(habit) != {"n", "pct"}:
        return None
    count, share = printed.amounts if tuple(habit) == ("n", "pct") else reversed(printed.amounts)
    return named(habit, printed.amounts, "column") if count.is_whole and is_percentage(share) else None


def _unsettled(readings: Sequence[Printed]) -> Settled:
    """A number alone stays a value; anything with several numbers is left out with the reason."""
    if not readings:
        return Settled((), "no form of the grammar fits")
    printed = readings[0]
    if printed.form == "single":
        value = Settled((Statistic("value", printed.amounts[0], ""),))
        return with_added(printed, value) or value
    return Settled((), f"form “{printed.form}”: no label, caption or note says which statistics these are")
