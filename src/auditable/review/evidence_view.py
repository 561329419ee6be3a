"""The evidence table as the report shows it: one line per printed result of an arm, and intervals that can be drawn.

Comes in: the frame of the Evidence model. Goes out: lines with their result in words, and groups of intervals on one
measure. Nothing is computed or pooled; an interval whose estimate is not sure is told, not drawn. Drawing is left to
charts.py.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from auditable.listing import SIGNS
from auditable.reconcile import STATISTIC_WORDS
from auditable.settled import RATIOS
from schemas.frames import NUMBER

ESTIMATES = (*RATIOS, "median", "mean", "pct", "rate")
"""Statistics that a printed interval may belong to."""
PAIRS = (("ci_low", "ci_high", "interval"), ("min", "max", "range"), ("q1", "q3", "quartiles"))
"""Statistics that are told together, and the word before them."""
SINGLE = ("n", "events", "total", "pct", *RATIOS, "median", "mean", "sd", "rate", "value", "p")
Row = Mapping[Hashable, object]


@dataclass(frozen=True)
class Interval:
    """One printed estimate with the interval printed in the same cell."""

    label: str
    estimate: Decimal
    low: Decimal
    high: Decimal

    @property
    def said(self) -> str:
        """The three numbers as printed."""
        return f"{self.estimate} ({self.low} to {self.high})"


@dataclass(frozen=True)
class ForestGroup:
    """Intervals of one measure, such as hazard ratio or median in months, in the order of the evidence table."""

    measure: str
    is_ratio: bool
    intervals: tuple[Interval, ...]


@dataclass(frozen=True)
class EvidenceLine:
    """One line of the evidence table in words."""

    study_id: str
    arm: str
    population: str
    timepoint: str
    outcome: str
    result: str
    denominator: str
    table_id: str
    label: str
    page: str


@dataclass(frozen=True)
class EvidenceView:
    """The evidence table, its intervals by measure, and how many lines print an interval that is not drawn."""

    lines: tuple[EvidenceLine, ...] = ()
    groups: tuple[ForestGroup, ...] = ()
    n_not_drawn: int = 0


def view_evidence(evidence: pd.DataFrame) -> EvidenceView:
    """The lines in the order of the table; groups in the order of RATIOS and ESTIMATES, then of their units."""
    rows = evidence.to_dict("records")
    by_measure: dict[tuple[int, str, str], list[Interval]] = {}
    n_not_drawn = 0
    for row in rows:
        if not (row["ci_low"] or row["ci_high"]):
            continue
        found = _interval(row)
        if found is None:
            n_not_drawn += 1
            continue
        statistic, interval = found
        unit = "" if statistic in RATIOS else "%" if statistic == "pct" else str(row["unit"])
        by_measure.setdefault((ESTIMATES.index(statistic), statistic, unit), []).append(interval)
    groups = [
        ForestGroup(_measure(statistic, unit), statistic in RATIOS, tuple(found))
        for (_, statistic, unit), found in sorted(by_measure.items())
    ]
    return EvidenceView(tuple(_line(row) for row in rows), tuple(groups), n_not_drawn)


def _measure(statistic: str, unit: str) -> str:
    word = STATISTIC_WORDS.get(statistic, statistic)
    return f"{word} ({unit})" if unit else word


def _interval(row: Row) -> tuple[str, Interval] | None:
    """The estimate that the interval belongs to: the only one of its cell that lies within it; None where that is not
    sure.
    """
    edges = [str(row[edge]) for edge in ("ci_low", "ci_high")]
    if not all(re.fullmatch(NUMBER, edge) for edge in edges):
        return None
    low, high = (Decimal(edge) for edge in edges)
    printed = {name: str(row[name]) for name in ESTIMATES if re.fullmatch(NUMBER, str(row[name]))}
    inside = [name for name, value in printed.items() if low <= Decimal(value) <= high]
    if len(inside) != 1 or (inside[0] in RATIOS and low <= 0):
        return None
    parts = (row["study_id"], row["arm"], _plain(row["variable"]), row["timepoint"])
    label = " · ".join(str(part) for part in parts if part)
    return inside[0], Interval(label, Decimal(printed[inside[0]]), low, high)


def _line(row: Row) -> EvidenceLine:
    names = ("study_id", "arm", "population", "timepoint", "denominator", "table_id", "page")
    return EvidenceLine(
        **{name: str(row[name]) for name in names},
        outcome=_plain(row["variable"]),
        result=say_result(row),
        label=str(row["stub_path"]),
    )


def say_result(row: Row) -> str:
    """All that a line of the evidence table prints: "median 13.3 months, interval 9.4 to 18.2"."""
    unit = str(row["unit"])
    parts = [_single(name, str(row[name]), unit) for name in SINGLE if row[name]]
    for low, high, word in PAIRS:
        if row[low] or row[high]:
            parts.append(f"{word} {_signed(row[low] or '?')} to {_signed(row[high] or '?')}")
    if row["missing"]:
        parts.append(f"{'one value missing' if parts else 'no value'} ({row['missing']})")
    return ", ".join(parts)


def _single(statistic: str, value: str, unit: str) -> str:
    value = _signed(value)
    if statistic == "p":
        return f"p {value}" if value[:1] in "<>≤≥~" else f"p = {value}"
    word = STATISTIC_WORDS.get(statistic, statistic)
    own = "%" if statistic == "pct" else f" {unit}" if unit and statistic in ("median", "mean", "sd", "value") else ""
    return f"{word} {value}{own}"


def _signed(value: object) -> str:
    return str(value).replace("<=", SIGNS["<="]).replace(">=", SIGNS[">="])


def _plain(name: object) -> str:
    return str(name).replace("_", " ")
