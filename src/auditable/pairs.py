"""Two numbers under one label that names both: "62.9/43.8" in the row "≥ 6 vs. < 6", "12/13" in the row "Male/female".

Comes in: the readings of a cell and the labels around it. Goes out: its two statistics, each with the name of its
half, or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.cells import PlacedCell
from auditable.printed_text import tidy
from auditable.settled import Place, Settled, Statistic
from auditable.statistics_of import settle
from auditable.units import is_unit
from auditable.values import Printed
from auditable.wording import strip_wording

_VERSUS = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)
_SLASH = re.compile(r"^(?P<a>[^\W\d_][\w .-]*?)\s?[/:]\s?(?P<b>[^\W\d_][\w .-]*)$")
_IN_BRACKETS = re.compile(r"[(\[](?P<a>[^\W\d_][\w ]*)\s?[/:]\s?(?P<b>[^\W\d_][\w ]*)[)\]]")


def settle_pair(readings: Sequence[Printed], placed: PlacedCell, places: Sequence[Place]) -> Settled | None:
    """The two halves of a pair with their names; None when the cell is no pair or no label names its halves."""
    printed = next((r for r in readings if r.form in ("n/N", "ratio")), None)
    if printed is None:
        return None
    names = next((n for label in _labels(placed) if (n := split_label(label))), None)
    if names is None:
        return None
    halves: list[Statistic] = []
    for amount, part in zip(printed.amounts, names, strict=True):
        one = settle((Printed("single", (amount,)),), places)
        halves += [Statistic(s.name, s.amount, s.place, part) for s in one.statistics]
    return Settled(tuple(halves))


def split_label(label: str) -> tuple[str, str] | None:
    """The two names a label holds: "≥ 6 vs. < 6", "Male/female", "Sex (M/F)"; None when it names no two."""
    text = " ".join(label.split())
    versus = _VERSUS.split(text)
    if len(versus) == 2 and all(versus):
        return versus[0].strip(), versus[1].strip()
    inside = _IN_BRACKETS.search(tidy(text))
    parts = [p for p in re.split(r",\s+", strip_wording(text)) if not is_unit(p)]
    match = inside or next((m for p in reversed(parts) if (m := _SLASH.match(p))), None)
    return (match["a"].strip(), match["b"].strip()) if match else None


def _labels(placed: PlacedCell) -> tuple[str, ...]:
    return (*placed.row.path[-1:], placed.subheader, *reversed(placed.boxhead))
