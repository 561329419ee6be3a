"""Does a wording fit the form of a cell? "n (%)" fits "8 (25.0)"; "median (range)" does not, and the next place is
asked.

Comes in: one reading of a cell, one wording, and what else is said around the cell. Goes out: the statistics when the
wording fits; with a reason when it tells the first number only; None when it does not fit. In which order places are
asked is left to statistics_of.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditable.settled import (
    NAMED_BY_SPREAD,
    RATIOS,
    Place,
    Settled,
    Statistic,
    is_count_of,
    is_percentage,
    named,
    shares,
)
from auditable.values import Amount, Printed
from auditable.wording import Wording, read_wordings

_CENTRES_WITH_LIMITS = ("median", "mean", "pct", "rate", "difference", *RATIOS)
_SPREADS = ("range", "iqr", "sd", "se", "ci")
_PERCENT_MEASURES = ("median", "mean", "min", "max", "q1", "q3", "pct")


@dataclass(frozen=True, slots=True)
class Asked:
    """The place that is asked, all places around the cell, and the group sizes it may be a share of."""

    place: str
    places: Sequence[Place] = ()
    totals: Sequence[int] = ()


def fit(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """The statistics of one reading of a cell under one wording, None when the wording does not fit."""
    try_form = _FITS.get(printed.form)
    return try_form(printed, wording, asked) if try_form else None


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
            if names and wording.centre in ("", centre):
                return names, place.name
    return None, ""


def _single(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    if asked.place == "row group" and wording.spread in _SPREADS and _says_count(asked.places):
        return (
            None  # "31" in the row "< 70" of the group "Age, median (range)": a count of that part, as the boxhead says
        )
    amount, name = printed.amounts[0], _single_name(printed.amounts[0], wording)
    return named((name,), (amount,), asked.place) if name else None


def _says_count(places: Sequence[Place]) -> bool:
    return any(w.centre == "n" for p in places for w in p.wordings)


def _single_name(amount: Amount, wording: Wording) -> str:
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
        case "difference":
            return "value"
        case centre:
            return centre


def _word(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12 (–)", "1.00 (reference)": the first number as if alone, the word as what is missing behind it."""
    name = _single_name(printed.amounts[0], wording)
    if not name:
        return None
    first = named((name,), printed.amounts[:1], asked.place)
    return Settled((*first.statistics, Statistic("missing", printed.amounts[1], asked.place)))


def _second(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "8 (25.0)", "12.3 (4.5)", "13.3 (< 1)": two numbers, by the two statistics the wording names."""
    match wording.centre, wording.spread:
        case ("n" | "events", "pct") | ("events", ""):
            return _count_and_percentage(printed.amounts, wording.centre, asked)
        case ("n", "total"):
            return named(("n", "pct"), printed.amounts, asked.place) if _percent_sign_behind(printed.amounts) else None
        case ("pct", "n") if is_percentage(printed.amounts[0]) and printed.amounts[1].is_whole:
            return named(("pct", "n"), printed.amounts, asked.place)
        case ("pct" | "n", ""):
            return _count_or_percentage_first(printed.amounts, asked)
        case ("median" | "mean" | "difference", "sd" | "se" | "iqr"):
            return _centre_and_spread(printed.amounts, wording, asked)
        case ("median" | "mean", _):
            return _centre_alone(printed.amounts, wording, asked)
    return None


def _percent_sign_behind(amounts: Sequence[Amount]) -> bool:
    return amounts[0].is_whole and amounts[1].is_percent


def _count_and_percentage(amounts: Sequence[Amount], centre: str, asked: Asked) -> Settled | None:
    first, second = amounts
    if not first.is_whole or not is_percentage(second):
        return None
    if _offers_both(asked) and not shares(first, second, asked.totals):
        return None
    return named((centre, "pct"), amounts, asked.place)


def _count_or_percentage_first(amounts: Sequence[Amount], asked: Asked) -> Settled | None:
    """A label with only "%" or only "n" over "29 (56.9)": count and percentage, told apart by arithmetic or by
    decimals.
    """
    first, second = amounts
    if first.is_whole and is_percentage(second) and (shares(first, second, asked.totals) or second.decimals):
        return named(("n", "pct"), amounts, asked.place)
    if second.is_whole and is_percentage(first) and (shares(second, first, asked.totals) or first.decimals):
        return named(("pct", "n"), amounts, asked.place)
    return None


def _centre_and_spread(amounts: Sequence[Amount], wording: Wording, asked: Asked) -> Settled | None:
    first, second = amounts
    if first.is_percent or second.is_percent or second.comparator:
        return None
    could_be_count = first.is_whole and is_percentage(second) and _offers_both(asked)
    if could_be_count and (not asked.totals or shares(first, second, asked.totals)):
        return None
    return named((_centre_name(wording), wording.spread), amounts, asked.place)


def _centre_alone(amounts: Sequence[Amount], wording: Wording, asked: Asked) -> Settled | None:
    """A mean or median whose second number the wording does not name: a bound, or told by another place, or open."""
    first, second = amounts
    if first.is_percent or second.is_percent:
        return None
    head = Statistic(wording.centre, first, asked.place)
    if second.comparator:
        return Settled((head, Statistic("bound", second, "cell")))
    if wording.spread:
        return None
    name, told = second_told(asked.places)
    if name:
        return Settled((head, Statistic(name, second, told)))
    if asked.place != "row label":
        return None
    return Settled((head,), f"{second.text} behind a {wording.centre}: nothing says whether SD, SE or another spread")


def _offers_both(asked: Asked) -> bool:
    """Whether one label offers "n (%)" and "mean (SD)" alike, so that arithmetic must tell which of them a cell
    holds.
    """
    for own in (p for p in asked.places if p.name == asked.place):
        centres = {w.centre for w in own.wordings if w.spread}
        if "n" in centres and centres & {"mean", "median"}:
            return True
    return False


def _plus_minus(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12.3 ± 4.5", with or without a range behind it."""
    if wording.centre not in ("mean", "median", "", "difference") or wording.spread not in ("sd", "se", ""):
        return None
    if not wording.spread and wording.centre != "mean":
        return None
    name, told = (wording.spread, asked.place) if wording.spread else second_told(asked.places)
    out = [
        Statistic(_centre_name(wording) or "mean", printed.amounts[0], asked.place),
        Statistic(name or "sd", printed.amounts[1], told or asked.place),
    ]
    if len(printed.amounts) == 4:
        own = [w.spread for w in read_wordings(printed.words)]
        spread = next((s for s in own if s in NAMED_BY_SPREAD), "range")  # limits behind mean ± SD are the range
        out += [Statistic(n, a, "cell") for n, a in zip(NAMED_BY_SPREAD[spread], printed.amounts[2:], strict=True)]
    return Settled(tuple(out))


def _limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "51–84" alone."""
    names = NAMED_BY_SPREAD.get(wording.spread)
    return named(names, printed.amounts, asked.place) if names else None


def _first_limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "70.5 (51–84)": the centre from this wording, the limits from it, from the cell's own words or from a later
    place.
    """
    if wording.centre not in _CENTRES_WITH_LIMITS or _speaks_of_others(wording, asked):
        return None
    first, low, high = printed.amounts[:3]
    tail = [Statistic("p", printed.amounts[3], "cell")] if printed.form.endswith(" p") else []
    head = Statistic("missing" if first.missing else _centre_name(wording), first, asked.place)
    names, where = NAMED_BY_SPREAD.get(wording.spread), asked.place
    if not names and wording.centre in RATIOS:
        names = NAMED_BY_SPREAD["ci"]  # limits behind a ratio are its confidence interval in every style
    if not names:
        names, where = limits_told(asked.places, wording.centre)
    if names:
        return Settled((head, Statistic(names[0], low, where), Statistic(names[1], high, where), *tail))
    open_text = f"{low.text}–{high.text} behind a {wording.centre}"
    return Settled((head, *tail), f"{open_text}: nothing says whether range, quartiles or confidence interval")


def _speaks_of_others(wording: Wording, asked: Asked) -> bool:
    """Whether only caption or notes speak of the ratio, while a label names another statistic for this cell."""
    named_nearer = any(w.centre in ("median", "mean", "pct", "rate") for p in asked.places for w in p.wordings)
    return wording.centre in RATIOS and asked.place in ("note", "caption") and named_nearer


def _two_limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
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


def _count_with_limits(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12 (45) [30–60]": a count, its percentage and the interval of the percentage."""
    first, second = printed.amounts[:2]
    if wording.centre not in ("n", "pct", "events"):
        return None
    if first.is_whole and is_percentage(second):
        return named(("n", "pct", "ci_low", "ci_high"), printed.amounts, asked.place)
    if second.is_whole and is_percentage(first):
        return named(("pct", "n", "ci_low", "ci_high"), printed.amounts, asked.place)
    return None


def _nested(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
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


def _out_of(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12/34" under "n/N"."""
    if wording != Wording("n", "total") or not is_count_of(*printed.amounts):
        return None
    return named(("n", "total"), printed.amounts, asked.place)


def _centre_name(wording: Wording) -> str:
    return "value" if wording.centre == "difference" else wording.centre


_FITS: dict[str, Callable[[Printed, Wording, Asked], Settled | None]] = {
    "single": _single,
    "first (word)": _word,
    "first (second)": _second,
    "first ± spread": _plus_minus,
    "first ± spread (limits)": _plus_minus,
    "limits": _limits,
    "first (limits)": _first_limits,
    "first (limits) p": _first_limits,
    "first (limits) (limits)": _two_limits,
    "first (second) (limits)": _count_with_limits,
    "first [estimate (limits)]": _nested,
    "n/N": _out_of,
}
