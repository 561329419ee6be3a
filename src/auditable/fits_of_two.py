"""Two numbers of a cell under one wording: "8 (25.0)", "12.3 (4.5)", "12.3 ± 4.5".

Comes in: the reading of a cell, a wording, the place that is asked. Goes out: the statistics when the wording fits,
with a reason when it tells the first number only; None when it does not fit. Where a label offers counts and means
alike, arithmetic tells them apart, else both stay open.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditable.asked import Asked, centre_name, second_told, with_limits_behind
from auditable.settled import PLAIN_VALUES, Settled, Statistic, is_percentage, may_be_share, named, shares
from auditable.values import Amount, Printed
from auditable.wording import Wording


def fit_two(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
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
        case ("median" | "mean" | "difference" | "estimate" | "gmean", "sd" | "se" | "iqr"):
            return _centre_and_spread(printed.amounts, wording, asked)
        case ("mean" | "gmean", "cv"):
            head, tail = printed.amounts
            return Settled(
                (Statistic(centre_name(wording), head, asked.place), Statistic("value", tail, asked.place, "CV"))
            )
        case ("median" | "mean", _):
            return _centre_alone(printed.amounts, wording, asked)
    return None


def _percent_sign_behind(amounts: Sequence[Amount]) -> bool:
    return amounts[0].is_whole and amounts[1].is_percent


def _count_and_percentage(amounts: Sequence[Amount], centre: str, asked: Asked) -> Settled | None:
    first, second = amounts
    if not first.is_whole or not is_percentage(second):
        return None
    if _offers_both(asked):
        told = _signs_means(asked) or shares(first, second, asked.totals)
        if asked.is_measured or not told:
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
    if first.is_whole and second.is_whole and _counts_people(asked):
        return None  # "Number of women (men)": no mean, whatever a note says of most rows
    could_be_count = first.is_whole and is_percentage(second) and _offers_both(asked) and not asked.is_measured
    if could_be_count and (_signs_means(asked) or not asked.totals or may_be_share(first, second, asked.totals)):
        return None
    return named((centre_name(wording), wording.spread), amounts, asked.place)


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


def _counts_people(asked: Asked) -> bool:
    """Whether the row's own label names a count and nothing else, while another place is asked."""
    own = next((p.wordings for p in asked.places if p.name == "row label"), ())
    return asked.place != "row label" and own == (Wording("n"),)


def _offers_both(asked: Asked) -> bool:
    """Whether one label offers "n (%)" and "mean (SD)" alike, so that arithmetic must tell which of them a cell
    holds.
    """
    for own in (p for p in asked.places if p.name == asked.place):
        centres = {w.centre for w in own.wordings if w.spread}
        if "n" in centres and centres & {"mean", "median"}:
            return True
    return False


def _signs_means(asked: Asked) -> bool:
    """Whether a label prints its means with "±" ("mean ± SD or n (%)"), so that brackets hold percentages."""
    spreads = [w for p in asked.places if p.name == asked.place for w in p.wordings if w.spread in ("sd", "se")]
    return bool(spreads) and all(w.sign for w in spreads)


def fit_mean_and_spread(printed: Printed, wording: Wording, asked: Asked) -> Settled | None:
    """ "12.3 ± 4.5", with or without a range behind it."""
    if wording.centre not in ("mean", "median", "", *PLAIN_VALUES) or wording.spread not in ("sd", "se", ""):
        return None
    if not wording.spread and wording.centre != "mean":
        return None
    name, told = (wording.spread, asked.place) if wording.spread else second_told(asked.places)
    head = (
        Statistic(centre_name(wording) or "mean", printed.amounts[0], asked.place),
        Statistic(name or "sd", printed.amounts[1], told or asked.place),
    )
    return with_limits_behind(head, printed, asked.places)
