"""What a paper prints of each survival curve: shares surviving at times, and the median.

Comes in: a Study. Goes out: one Curve for each time-to-event variable in one arm, subgroup and population. A curve with
two medians, or two shares at one time, is read from its table alone, or left out: it mixes analyses or groups that the
labels do not tell apart.
What must hold on a curve is left to survival_landmark.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of

SURVIVAL = ("os", "pfs", "event_free_survival", "disease_free_survival", "pfs2", "cancer_specific_survival")
OF_ALL = ("", "rate")
"""Categories of a survival variable that say how it is told, not of whom."""
MONTHS = {
    "month": Fraction(1),
    "year": Fraction(12),
    "week": Fraction(7 * 48, 1461),
    "day": Fraction(48, 1461),
}
"""Months in a unit: a month is 365.25 / 12 days."""
_TIME = re.compile(r"(?:at\s)?(\d+(?:\.\d+)?)\s*[-‑]?\s*(day|week|month|year)s?", re.IGNORECASE)
_OF_EVENTS = re.compile(
    r"\b(?:progressed|died|dead|deaths?|mortality|incidence|relapsed?|recurrences?|failures?|events?|risk|hazard"
    r"|censor\w*|lost|differen\w*|improv\w*|longer|shorter|gain|reduc\w*|cut)\b",
    re.IGNORECASE,
)
"""Words of numbers that are no share surviving and no median of the curve."""
_FOLLOWED = re.compile(r"\bfollow", re.IGNORECASE)
_SURVIVING = re.compile(r"\b(?:surviv\w*|alive|free(?:dom)?|[PEDR]?FS|OS|EFS|DFS|RFS)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """The share surviving at a time in months."""

    months: Fraction
    share: Observation


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: its points in order of time, and its median, a number or "not reached"."""

    variable: str
    group: tuple[str, ...]
    points: tuple[Point, ...]
    median: Observation | None

    @property
    def name(self) -> str:
        """The variable and whom it speaks of, for messages."""
        whom = ", ".join(dict.fromkeys(g for g in self.group if g))
        spoken = self.variable.upper() if len(self.variable) <= 4 else self.variable.replace("_", " ")
        return f"{spoken} ({whom})" if whom else spoken


def read_curves(study: Study) -> list[Curve]:
    """The curves of a study that are printed without contradicting values."""
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in study.observations:
        is_own = o.speaks_of == "this study" and not (o.patient or o.reference)
        if o.variable in SURVIVAL and is_own and o.category in OF_ALL:
            groups[(o.variable, o.arm, o.subgroup, o.population)].append(o)
    armed = {key[0] for key in groups if key[1]}
    curves = [_read_best(key[0], key[1:], found) for key, found in groups.items() if key[1] or key[0] not in armed]
    return [c for c in curves if c is not None]


def months_of(timepoint: str) -> Fraction | None:
    """The time in months that a timepoint names, or None."""
    match = _TIME.fullmatch(timepoint.strip())
    return Fraction(match.group(1)) * MONTHS[match.group(2).lower()] if match else None


def length_in_months(o: Observation) -> tuple[Fraction, Fraction] | None:
    """The shortest and longest time a printed duration may be, in months; None without a unit of time."""
    factor = MONTHS.get(o.unit.lower().rstrip("s"))
    inside = number_of(o).ordinary
    if factor is None or inside.low is None or inside.high is None:
        return None
    return inside.low * factor, inside.high * factor


def _read_best(variable: str, group: tuple[str, ...], found: list[Observation]) -> Curve | None:
    """The curve of all places; where they contradict each other, that of the one table that prints it."""
    curve = _read(variable, group, found)
    printed = [o for o in found if o.source == "table"]
    if curve is not None or len({o.table_id for o in printed}) != 1:
        return curve
    return _read(variable, group, printed)


def _read(variable: str, group: tuple[str, ...], found: list[Observation]) -> Curve | None:
    points: dict[Fraction, Observation] = {}
    medians: list[Observation] = []
    for o in found:
        months = months_of(o.timepoint)
        if o.statistic == "pct" and o.number and not o.number.comparator and months and _is_surviving(o):
            if months in points and not _same([points[months], o]):
                return None
            points.setdefault(months, o)
        elif _is_median(o):
            medians.append(o)
    if medians and not _same(medians):
        return None
    ordered = tuple(Point(m, points[m]) for m in sorted(points))
    median = max(medians, key=lambda o: o.decimals) if medians else None
    return Curve(variable, group, ordered, median) if ordered or medians else None


def _same(found: Sequence[Observation]) -> bool:
    """Whether all say the same, the coarser ones within their rounding."""
    finest = max(found, key=lambda o: o.decimals)
    return all(
        o.missing == finest.missing and (bool(o.missing) or (o.unit == finest.unit and _agree(o, finest)))
        for o in found
    )


def _agree(o: Observation, finest: Observation) -> bool:
    return number_of(finest).value in number_of(o).ordinary


def _is_median(o: Observation) -> bool:
    is_known = o.statistic == "median" and o.number is not None and not o.number.comparator
    is_unreached = o.statistic == "missing" and o.missing == "NR" and "median" in _words(o).lower()
    return (is_known or is_unreached) and not o.timepoint and not _is_of_others(_words(o))


def _is_of_others(words: str) -> bool:
    return bool(_OF_EVENTS.search(words) or _FOLLOWED.search(words))


def _is_surviving(o: Observation) -> bool:
    words = _words(o)
    return bool(_SURVIVING.search(words)) and not _OF_EVENTS.search(words)


def _words(o: Observation) -> str:
    """The labels of a cell; of a sentence the words of the clause before the number."""
    if o.source == "table":
        return f"{o.stub_path} {o.spanner_path}"
    clause = re.split(r"[;.]\s", o.quote[: o.start])[-1]
    return clause if o.statistic != "missing" else clause + o.quote[o.start : o.end]
