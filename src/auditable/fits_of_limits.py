"""Three and more numbers of a cell under one wording: "70.5 (51–84)", "12 (45) [30–60]", "12 (24.0) 15".

Comes in: the reading of a cell, a wording, the place that is asked. Goes out: the statistics when the wording fits,
with a reason for numbers that nothing names; None when it does not fit.
"""

from __future__ import annotations

from auditable.asked import Asked, centre_name, limits_told, single_name, with_limits_behind
from auditable.settled import NAMED_BY_SPREAD, PLAIN_VALUES, RATIOS, Settled, Statistic, is_percentage, named
from auditable.values import Printed
from auditable.wording import Wording, read_wordings

_CENTRES_WITH_LIMITS = ("median", "mean", "pct", "rate", *PLAIN_VALUES, *RATIOS)


def fit_limits_behind(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "70.5 (51–84)": the centre from this wording, the limits from it, from the cell's own words or from a later
    place.
    """
    if wording.centre not in _CENTRES_WITH_LIMITS or _speaks_of_others(wording, asked):
        return None
    if wording.spread in ("sd", "se", "pct", "n"):
        return None  # "−14.5 (−104 to 75)" in the row "Mean (SD) weight" is no mean: the column compares groups
    first, low, high = printed.amounts[:3]
    tail = _third(printed, asked)
    if tail is None:
        return None
    head = Statistic("missing" if first.missing else centre_name(wording), first, asked.place)
    names, where = NAMED_BY_SPREAD.get(wording.spread), asked.place
    if not names and wording.centre in RATIOS:
        names = NAMED_BY_SPREAD["ci"]  # limits behind a ratio are its confidence interval in every style
    if not names:
        names, where = limits_told(asked.places, wording.centre)
    if names:
        return Settled((head, Statistic(names[0], low, where), Statistic(names[1], high, where), *tail))
    open_text = f"{low.text}–{high.text} behind a {wording.centre}"
    return Settled((head, *tail), f"{open_text}: nothing says whether range, quartiles or confidence interval")


def _third(printed: Printed, asked: Asked) -> list[Statistic] | None:
    """A p value behind the limits: signed as one, or named by a place; None when it is neither."""
    if len(printed.amounts) < 4:
        return []
    amount = printed.amounts[3]
    if printed.form == "first (limits) p":
        return [Statistic("p", amount, "cell")]
    told = next((p.name for p in asked.places if any(w.centre == "p" for w in p.wordings)), "")
    return [Statistic("p", amount, told)] if told and single_name(amount, Wording("p")) else None


def _speaks_of_others(wording: Wording, asked: Asked) -> bool:
    """Whether only caption or notes speak of the ratio, while a label names another statistic for this cell."""
    named_nearer = any(w.centre in ("median", "mean", "pct", "rate") for p in asked.places for w in p.wordings)
    return wording.centre in RATIOS and asked.place in ("note", "caption") and named_nearer


def fit_two_limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12.3 (95% CI 8–15) [range 2–30]": each pair of limits named by the words before it, or by the label in the
    same order.
    """
    spreads = [w.spread for w in read_wordings(printed.words) if w.spread in NAMED_BY_SPREAD]
    own = [w.spread for p in asked.places if p.name == asked.place for w in p.wordings if w.spread in NAMED_BY_SPREAD]
    spreads = spreads if len(spreads) == 2 else list(dict.fromkeys((*own, *spreads)))
    if wording.centre not in ("median", "mean", "pct", *RATIOS) or len(spreads) != 2:
        return None
    names = (wording.centre, *NAMED_BY_SPREAD[spreads[0]], *NAMED_BY_SPREAD[spreads[1]])
    return named(names, printed.amounts, asked.place)


def fit_two_and_limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12 (45) [30–60]": a count, its percentage and the interval of the percentage; or mean, SD and a range."""
    first, second = printed.amounts[:2]
    if wording.centre in ("mean", "median") and wording.spread in ("sd", "se"):
        head = named((wording.centre, wording.spread), printed.amounts[:2], asked.place)
        return with_limits_behind(head.statistics, printed, asked.places)
    if wording.centre not in ("n", "pct", "events"):
        return None
    if first.is_whole and is_percentage(second):
        return named(("n", "pct", "ci_low", "ci_high"), printed.amounts, asked.place)
    if second.is_whole and is_percentage(first):
        return named(("pct", "n", "ci_low", "ci_high"), printed.amounts, asked.place)
    return None


def fit_three(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12 (24.0) 15" under "n (%) events", "31 (29, 13.7%)" under "Events (patients, %)"."""
    if (wording.centre, wording.spread) != ("n", "pct"):
        return None
    at, events = (0, 2) if printed.form == "first (second) third" else (1, 0)
    count, share, times = printed.amounts[at], printed.amounts[at + 1], printed.amounts[events]
    if not count.is_whole or not is_percentage(share) or not times.is_whole:
        return None
    told = next((p.name for p in asked.places if any(w.centre == "events" for w in p.wordings)), "")
    pair = named(("n", "pct"), (count, share), asked.place).statistics
    if not told:
        return Settled(pair, f"{times.text} beside a count and its percentage: nothing says whether events")
    number = Statistic("events", times, told)
    return Settled((*pair, number) if at == 0 else (number, *pair))


def fit_nested(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "NR [0.54 (0.38–0.76)]": a median, and the ratio against the other arm that a note or head names."""
    if wording.centre not in ("median", "mean", "pct", "rate"):
        return None
    first = Statistic("missing" if printed.amounts[0].missing else wording.centre, printed.amounts[0], asked.place)
    told = ((p.name, w.centre) for p in asked.places for w in p.wordings if w.centre in RATIOS)
    place, ratio = next(told, ("", ""))
    if not ratio:
        return Settled((first,), "an estimate with limits in brackets: nothing says which ratio it is")
    rest = zip((ratio, "ci_low", "ci_high"), printed.amounts[1:], strict=True)
    return Settled((first, *(Statistic(n, a, place) for n, a in rest)))
