"""summary.order and summary.parity: min ≤ Q1 ≤ median ≤ Q3 ≤ max, mean inside the range, SD possible, medians of
whole numbers.

Comes in: a Study. Goes out: one outcome for each cell, phrase or row group that prints two or more of them. Intervals
of confidence are left to intervals.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Cell, Observation, Study
from auditable.checks.rule import Outcome, Rule

CHAIN = ("min", "q1", "median", "q3", "max")
COUNTED = re.compile(r"\b(number of|no\. of|lines?|cycles?|regimens?|therapies|infusions?|relapses)\b", re.IGNORECASE)
MEASURED = re.compile(
    r"\b(time|duration|months?|weeks?|days?|years?|per|dose|mean|score|rate|interval)\b", re.IGNORECASE
)
SPOKEN = {
    "min": "minimum",
    "q1": "lower quartile",
    "median": "median",
    "q3": "upper quartile",
    "max": "maximum",
    "mean": "mean",
}


def test_order(study: Study) -> Iterator[Outcome]:
    """One outcome for each summary that can be out of order."""
    for cell in _summaries(study):
        found = [o for s in CHAIN if (o := cell.only(s)) is not None and _is_plain(o)]
        if len(found) >= 2:
            yield _test_chain(found)
        mean, low, high = cell.only("mean"), cell.only("min"), cell.only("max")
        if mean and low and high and all(_is_plain(o) for o in (mean, low, high)):
            yield _test_chain([low, mean, high])


def test_parity(study: Study) -> Iterator[Outcome]:
    """One outcome for each median of whole numbers that is printed with one decimal: whole or a half."""
    for cell in _summaries(study):
        median, low, high = cell.only("median"), cell.only("min"), cell.only("max")
        if not (median and low and high) or not all(_is_plain(o) for o in (median, low, high)):
            continue
        if low.decimals or high.decimals or median.decimals != 1 or median.number is None:
            continue
        if not _counts_things(median):
            continue
        if (median.number.value * 2).denominator == 1:
            verdict, sign, message = (
                "consistent",
                "",
                "The median is whole or a half, as the median of whole numbers is.",
            )
        else:
            verdict, sign = "impossible", "not "
            message = (
                f"{median.label} counts whole things, so its median is whole or a half; {median.value} is printed."
            )
        arithmetic = f"2 × {median.value} is {sign}whole"
        yield Outcome(verdict, (median, low, high), message, arithmetic, median.value, "a whole number or a half")


def _counts_things(o: Observation) -> bool:
    label = f"{o.group} {o.label} {o.unit}" if o.source == "table" else f"{o.subject} {o.unit}"
    return bool(COUNTED.search(label)) and not MEASURED.search(label)


def _summaries(study: Study) -> Iterator[Cell]:
    for cell in (*study.cells, *study.phrases):
        if cell.first.table_type != "individual":
            yield cell
    for cells in study.blocks.values():
        if cells[0].first.group and cells[0].first.table_type != "individual" and len(cells) > 1:
            joined = _join_rows(cells)
            if joined:
                yield joined


def _join_rows(cells: list[Cell]) -> Cell | None:
    """ "Median" and "Range" printed as two rows of one group, as one; None where a statistic comes twice."""
    parts = [o for c in cells for o in c.observations if o.statistic in (*CHAIN, "mean")]
    rows = {(o.row, o.col) for o in parts}
    units = {o.unit for o in parts if o.unit}
    statistics = [o.statistic for o in parts]
    if len(rows) < 2 or len(set(statistics)) != len(statistics) or len(units) > 1:
        return None
    return Cell(tuple(parts)) if {"median", "mean"} & set(statistics) else None


def _is_plain(o: Observation) -> bool:
    return o.number is not None and not o.number.comparator


def _test_chain(found: list[Observation]) -> Outcome:
    observations = tuple(found)
    shown = " ≤ ".join(str(o.number) for o in found)
    for i, left in enumerate(found):
        for right in found[i + 1 :]:
            if _is_above(left, right):
                message = (
                    f"The {SPOKEN[left.statistic]} ({left.value}) is above the {SPOKEN[right.statistic]} "
                    f"({right.value}): "
                    f"one of them, or their order, is wrong."
                )
                arithmetic = f"{left.value} > {right.value}"
                return Outcome(
                    "impossible", observations, message, arithmetic, shown.replace(" ≤ ", ", "), "in rising order"
                )
    message = f"{', '.join(SPOKEN[o.statistic] for o in found).capitalize()} are in order."
    return Outcome("consistent", observations, message, shown, shown.replace(" ≤ ", ", "), shown.replace(" ≤ ", ", "))


def _is_above(left: Observation, right: Observation) -> bool:
    low = left.number.ordinary.low if left.number else None
    high = right.number.ordinary.high if right.number else None
    return low is not None and high is not None and low > high


RULES = (
    Rule(
        id="summary.order",
        claim="Minimum ≤ lower quartile ≤ median ≤ upper quartile ≤ maximum, and the mean lies between minimum and "
        "maximum.",
        severity="error",
        function=test_order,
        assumptions="The numbers stand in one cell or phrase, or are the only ones of their kind in one row group.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Median 70.5 (71–84): the minimum is above the median.",
    ),
    Rule(
        id="summary.parity",
        claim="The median of whole numbers is whole or a half.",
        severity="error",
        function=test_parity,
        assumptions="The label says that whole things are counted (number of, lines, cycles), the range is whole, and "
        "the median is printed with one decimal.",
        literature="Brown & Heathers 2017 (GRIM)",
        example="Number of prior lines: median 3.5 (2–11) is a half; 3.3 (2–11) is not.",
    ),
)
