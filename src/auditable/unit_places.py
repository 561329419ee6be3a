"""The unit of a statistic, as printed: from the cell, its row label, row groups, sub-header or boxhead.

Comes in: a placed cell and one of its statistics. Goes out: the unit as printed, "" where none is printed or the
statistic has none. The lexicon is units.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.cells import PlacedCell
from auditable.printed_forms import RATE_UNIT
from auditable.printed_text import tidy
from auditable.settled import Statistic
from auditable.units import find_unit
from auditable.wording import read_wordings

_WITHOUT = ("n", "events", "total", "hr", "or", "rr", "p", "ci_level", "text")
_COUNT_WORDS = re.compile(
    r"\b(?:n|no\.?|number|numbers|patients|pts)\s*[,(\[]\s*(?:%|percentages?|percent)\s*[)\]]?", re.IGNORECASE
)
_LEVEL = re.compile(r"\b\d+(?:\.\d+)?\s?%\s*(?:CI|confidence)", re.IGNORECASE)


UNIT_OF_PART = {"CV": "%", "person-time": "person-years"}
"""A part of a cell that is in a unit of its own, whatever its row is measured in."""


def unit_of(placed: PlacedCell, statistic: Statistic, siblings: Sequence[Statistic]) -> str:
    """The unit of one statistic of a cell; a count, a ratio, a p value, a test's own number and words have none."""
    name = statistic.name
    if statistic.part in UNIT_OF_PART:
        return UNIT_OF_PART[statistic.part]
    of_test = name == "value" and statistic.part != "" and statistic.place == "cell"
    if name in _WITHOUT or of_test or (name in ("value", "ci_low", "ci_high") and _is_estimate(placed)):
        return ""
    if name in ("value", "se", "sd", "ci_low", "ci_high") and _is_without_unit(placed):
        return ""
    if name == "value" and not statistic.place and placed.col and not any(placed.boxhead) and not placed.subheader:
        return statistic.amount.unit  # "0.267" in a last column without a head may be a p value: not the row's unit
    if name == "value" and _is_class(placed):
        return statistic.amount.unit
    if name == "pct":
        return "%"
    if name == "rate" and not statistic.amount.unit:
        return _rate_unit(placed)
    centre = siblings[0].name if siblings else ""
    if name in ("ci_low", "ci_high"):
        return _unit_of_interval(placed, statistic, siblings)
    if name == "bound" and statistic is not siblings[0]:
        return "%" if centre in ("n", "events") else ""  # "13.3 (< 1)": what the bound measures is not told
    if name in ("missing", "bound") and _asks_percent(placed):
        return "%"
    if name == "missing" and (statistic.place == "cell" or centre in ("n", "text")) and _asks_count(placed):
        return ""
    return statistic.amount.unit or _printed_unit(placed)


def _unit_of_interval(placed: PlacedCell, statistic: Statistic, siblings: Sequence[Statistic]) -> str:
    before = siblings[: siblings.index(statistic)]
    owner = next((s.name for s in reversed(before) if s.name not in ("ci_low", "ci_high")), "")
    if owner in ("hr", "or", "rr", "n"):
        return ""
    if owner == "rate":
        return _rate_unit(placed) or _printed_unit(placed)
    return "%" if owner == "pct" else statistic.amount.unit or _printed_unit(placed)


def _rate_unit(placed: PlacedCell) -> str:
    """What a rate is counted by, as its label prints it: "/100 patient-yr", "per 1000 person-years"; "%" of a rate
    in percent.
    """
    found = (m for label in _labels(placed) if (m := _PER.search(tidy(label))))
    match = next(found, None)
    return match[0].strip() if match else _printed_unit(placed)


_PER = re.compile(RATE_UNIT, re.IGNORECASE | re.VERBOSE)


def _labels(placed: PlacedCell) -> tuple[str, ...]:
    """Labels that may name the unit, nearest first."""
    return (*reversed(placed.row.path), placed.subheader, *reversed(placed.boxhead))


_NAMED_DOSE = re.compile(r"(?<=[^\W\d_]\s)\d+(?:[.,]\d+)?\s?(?:mg|g|µg|μg|mcg|kg|IU|U)(?:/\w+)*\b(?!\s*\))")
"""The dose in a drug's name at the head of a column ("Drug 10 mg (N = 45)") measures nothing under it."""


def _printed_unit(placed: PlacedCell) -> str:
    heads = [_NAMED_DOSE.sub(" ", label) for label in reversed(placed.boxhead)]
    for label in (*reversed(placed.row.path), placed.subheader, *heads):
        unit = find_unit(_LEVEL.sub(" ", _COUNT_WORDS.sub(" ", tidy(label))))
        if unit:
            return unit
    return ""


def _wordings(placed: PlacedCell) -> list[str]:
    """Centres named by the nearest label that names one."""
    for label in _labels(placed):
        centres = [w.centre for w in read_wordings(label) if w.centre]
        if centres:
            return centres
    return []


_CLASS = re.compile(
    r"(?:[<>≤≥=]+\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:[-–—]|to)\s?\d+(?:\.\d+)?|\d+(?:\.\d+)?\s?(?:\+|(?:or|and)\s\w+))(?:\s?[^\W\d_]+)?",
    re.IGNORECASE,
)


def _is_class(placed: PlacedCell) -> bool:
    """Whether the row is one class of what its group measures ("Age (years) > 20–34"): its number counts members or is
    their share, and is in no case so many years.
    """
    path = placed.row.path
    return len(path) > 1 and bool(_CLASS.fullmatch(tidy(path[-1]))) and bool(find_unit(path[-2]))


def _is_estimate(placed: PlacedCell) -> bool:
    """Whether the column holds a coefficient, a test's number or a ratio without name: its unit is not the row's."""
    centres = [w.centre for label in reversed(placed.boxhead) for w in read_wordings(label) if w.centre]
    return centres[:1] == ["estimate"] and "difference" not in centres


def _is_without_unit(placed: PlacedCell) -> bool:
    """Whether the column holds standardised differences or the errors of coefficients: neither is in the row's unit."""
    return any(_STANDARDISED.search(label) or _OF_COEFFICIENT.match(tidy(label)) for label in placed.boxhead)


_STANDARDISED = re.compile(
    r"\bSMDs?\b|\bstandardi[sz]ed\s(?:mean\s)?(?:differences?|effects?)|\b(?:Cohen|Hedges)\W", re.IGNORECASE
)
_OF_COEFFICIENT = re.compile(
    r"(?:SE|S\.E\.|standard error)\W{0,2}\s?(?:of\s)?(?:the\s)?\W?(?:b|β|beta|coefficient|estimate)\W?$", re.IGNORECASE
)


def _asks_percent(placed: PlacedCell) -> bool:
    return _wordings(placed)[:1] == ["pct"]


def _asks_count(placed: PlacedCell) -> bool:
    return _wordings(placed)[:1] in (["n"], ["events"], ["p"], ["hr"], ["or"], ["rr"])
