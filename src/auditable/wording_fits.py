"""Does a wording fit the form of a cell? "n (%)" fits "8 (25.0)"; "median (range)" does not, and the next place is
asked.

Comes in: one reading of a cell, one wording, and what else is said around the cell. Goes out: the statistics when the
wording fits; with a reason when it tells the first number only; None when it does not fit. In which order places are
asked is left to statistics_of.py, cells of several numbers to fits_of_two.py and fits_of_limits.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from auditable.asked import Asked, single_name
from auditable.fits_of_limits import fit_limits_behind, fit_nested, fit_three, fit_two_and_limits, fit_two_limits
from auditable.fits_of_two import fit_mean_and_spread, fit_two
from auditable.settled import NAMED_BY_SPREAD, RATIOS, Place, Settled, Statistic, is_count_of, named
from auditable.values import Amount, Printed
from auditable.wording import Wording

_SPREADS = ("range", "iqr", "sd", "se", "ci")


def fit(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """The statistics of one reading of a cell under one wording, None when the wording does not fit.

    A ratio is never negative: what its column prints with a minus is a difference ("OR or mean difference (95% CI)").
    """
    if wording.centre in RATIOS and any(a.digits.startswith("-") for a in printed.amounts):
        wording = replace(wording, centre="difference")
    try_form = _FITS.get(printed.form)
    return try_form(printed, wording, asked) if try_form else None


def _single(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    if asked.place == "row group" and wording.spread in _SPREADS and _says_count(asked.places):
        return (
            None  # "31" in the row "< 70" of the group "Age, median (range)": a count of that part, as the boxhead says
        )
    if asked.place in ("note", "caption") and wording.spread in _SPREADS:
        return None  # "Values are median (IQR)" speaks of pairs: a number alone may be anything, such as a p value
    if asked.place in ("note", "caption") and wording.centre in RATIOS and printed.amounts[0].is_whole:
        return None  # a note on hazard ratios tells nothing of "1 462 055" person-years
    amount, name = printed.amounts[0], single_name(printed.amounts[0], wording)
    return named((name,), (amount,), asked.place) if name else None


def _says_count(places: Sequence[Place]) -> bool:
    return any(w.centre == "n" for p in places for w in p.wordings)


def _word(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12 (–)", "1.00 (reference)": the first number as if alone, the word as what is missing behind it."""
    name = single_name(printed.amounts[0], wording)
    if not name:
        return None
    first = named((name,), printed.amounts[:1], asked.place)
    return Settled((*first.statistics, Statistic("missing", printed.amounts[1], asked.place)))


def _limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "51–84" alone."""
    names = NAMED_BY_SPREAD.get(wording.spread)
    return named(names, printed.amounts, asked.place) if names else None


def _out_of(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12/34" under "n/N", "156/191.0" under "events / patient-years"."""
    if wording.centre == "rate":
        return _events_and_time(printed.amounts, asked.place)
    if wording != Wording("n", "total") or not is_count_of(*printed.amounts):
        return None
    return named(("n", "total"), printed.amounts, asked.place)


def _rate_of(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "0.80 (96/120.5)" under "rate (events / patient-years)"."""
    rate, *counted = printed.amounts
    behind = _events_and_time(counted, asked.place) if wording.centre == "rate" and rate.decimals else None
    return Settled((Statistic("rate", rate, asked.place), *behind.statistics)) if behind else None


def _events_and_time(amounts: Sequence[Amount], place: str) -> Settled | None:
    """A number of events over the time at risk, which is the longer where both are whole."""
    events, time = amounts
    if not events.is_whole or time.number is None or time.is_percent:
        return None
    if not time.decimals and not is_count_of(events, time):
        return None
    return Settled((Statistic("events", events, place), Statistic("value", time, place, "person-time")))


_FITS: dict[str, Callable[[Printed, Wording, Asked], Settled | None]] = {
    "single": _single,
    "first (word)": _word,
    "first (second)": fit_two,
    "first ± spread": fit_mean_and_spread,
    "first ± spread (limits)": fit_mean_and_spread,
    "limits": _limits,
    "first (limits)": fit_limits_behind,
    "first (limits) p": fit_limits_behind,
    "first (limits) third": fit_limits_behind,
    "first (second) third": fit_three,
    "first (second, third)": fit_three,
    "first [second (third)]": fit_three,
    "first (limits) (limits)": fit_two_limits,
    "first (second) (limits)": fit_two_and_limits,
    "first [estimate (limits)]": fit_nested,
    "n/N": _out_of,
    "n/N in brackets": _rate_of,
}
