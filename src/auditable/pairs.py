"""Numbers under one label that names them all: "62.9/43.8" in the row "≥ 6 vs. < 6", "12/13" in the row "Male/female".

Comes in: the readings of a cell and the labels around it. Goes out: its statistics, each with the name of its
part, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.cells import PlacedCell
from auditable.printed_text import tidy
from auditable.settled import Place, Settled, Statistic
from auditable.statistics_of import settle
from auditable.units import is_unit
from auditable.values import Amount, Printed
from auditable.wording import read_wordings, strip_wording

_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_NAME = r"(?:[^\W\d_]|[<>≤≥]\s?\d|\d+[^\W\d_])[\w .<>≤≥-]*?"
_SLASH = re.compile(rf"^{_NAME}(?:\s?[/:]\s?{_NAME})+$")
_IN_BRACKETS = re.compile(rf"[(\[](?P<names>{_NAME}(?:\s?[/:]\s?{_NAME})+)[)\]]")
_PARTED = re.compile(r"\s?[/:]\s?")
_FORMS = ("n/N", "ratio", "parts")


def settle_pair(
    readings: Sequence[Printed], placed: PlacedCell, places: Sequence[Place], totals: Sequence[int] = ()
) -> Settled | None:
    """The parts of a cell with their names; None when the cell has no parts or no label names so many.

    totals: group sizes; counts that no label names but that add up to one of them are counts ("17/12" of n = 29).
    """
    printed = next((r for r in readings if r.form in _FORMS), None)
    if printed is None:
        return _two_counts(readings, placed, totals)
    names = next((n for label in _labels(placed) if len(n := split_label(label)) == len(printed.amounts)), None)
    if names is None:
        return None
    if printed.form == "n/N" and any(w.spread == "total" for p in places for w in p.wordings):
        return None
    if printed.form == "ratio" and not _add_up(printed, totals):
        pairs = zip(printed.amounts, names, strict=True)  # "3.1 : 1": no half of it is a statistic of its own
        return Settled(tuple(Statistic("value", a, "cell", part) for a, part in pairs))
    parts: list[Statistic] = []
    for amount, part in zip(printed.amounts, names, strict=True):
        one = settle((Printed("single", (amount,)),), places)
        parts += [Statistic(s.name, s.amount, s.place, part) for s in one.statistics]
    if all(s.name == "value" and not s.place for s in parts) and _add_up(printed, totals):
        parts = [Statistic("n", s.amount, "cell", s.part) for s in parts]
    return Settled(tuple(parts))


def _two_counts(readings: Sequence[Printed], placed: PlacedCell, totals: Sequence[int]) -> Settled | None:
    """ "213 (123)" in the row "Number of women (men)": both are counts where they add up to a group size."""
    printed = next((r for r in readings if r.form == "first (second)" and not r.added), None)
    match = _ONE_AND_OTHER.search(tidy(placed.row.path[-1])) if printed and placed.row.path else None
    if not printed or not match or any(a.is_percent for a in printed.amounts) or not _add_up(printed, totals):
        return None
    if is_unit(match["other"]) or any(w for w in read_wordings(f"({match['other']})")):
        return None
    names = (match["one"], match["other"])
    return Settled(tuple(Statistic("n", a, "cell", part) for a, part in zip(printed.amounts, names, strict=True)))


_ONE_AND_OTHER = re.compile(r"(?P<one>[^\W\d_]+)\s?\((?P<other>[^\W\d_]+)\)$")


def settle_named_parts(text: str, totals: Sequence[int]) -> Settled | None:
    """ "12 M / 17 F", "16 CC / 13 CT / 0 TT": counts with their names in the cell, when they add up to a group size."""
    if not _NAMED.fullmatch(tidy(text)):
        return None
    found = [(m["count"], m["name"]) for m in _ONE_NAMED.finditer(tidy(text))]
    if sum(int(count) for count, _ in found) not in totals or any(is_unit(name) for _, name in found):
        return None
    return Settled(tuple(Statistic("n", Amount(count, count), "cell", name) for count, name in found))


_ONE_NAMED = re.compile(r"(?P<count>\d{1,6}) ?(?P<name>[^\W\d_][\w+-]{0,11})")
_NAMED = re.compile(r"\d{1,6} ?[^\W\d_][\w+-]{0,11}(?:(?: ?[/,;&] ?| and )\d{1,6} ?[^\W\d_][\w+-]{0,11})+")


def _add_up(printed: Printed, totals: Sequence[int]) -> bool:
    return all(a.is_whole for a in printed.amounts) and sum(int(a.digits) for a in printed.amounts) in totals


def split_label(label: str) -> tuple[str, ...]:
    """The names a label holds: "≥ 6 vs. < 6", "Male/female", "Sex (M/F)", "Stage (I/II/III)"; none when one."""
    text = " ".join(label.split())
    versus = _VERSUS.split(text)
    if len(versus) == 2 and all(versus):
        return versus[0].strip(), versus[1].strip()
    inside = _IN_BRACKETS.search(tidy(text))
    if inside and not is_unit(inside["names"]):
        return tuple(_PARTED.split(inside["names"].strip()))
    parts = [p for p in re.split(r",\s+", strip_wording(text)) if not is_unit(p)]
    match = next((m for p in reversed(parts) if (m := _SLASH.match(p))), None)
    return tuple(p.strip() for p in _PARTED.split(match[0])) if match else ()


def _labels(placed: PlacedCell) -> tuple[str, ...]:
    return (*placed.row.path[-1:], placed.subheader, *reversed(placed.boxhead))
