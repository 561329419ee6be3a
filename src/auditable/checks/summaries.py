"""The summaries of a paper: medians, quartiles, limits, means and deviations that describe one variable in one group.

Comes in: a Study. Goes out: cells, one for each summary: a body cell, a phrase, or the rows of one row group joined
("Median" above "Range"). What must hold in them is left to the rules named summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditable.blocks import Cell, Observation, Study
from auditable.checks.words import plain
from auditable.denominators import whole_number

CHAIN = ("min", "q1", "median", "q3", "max")
LIMITS = ("min", "max", "q1", "q3")
JOINED = (*CHAIN, "mean", "sd")
CENTRES = ("median", "mean")
SPOKEN = {
    "min": "minimum",
    "q1": "lower quartile",
    "median": "median",
    "q3": "upper quartile",
    "max": "maximum",
    "mean": "mean",
    "sd": "standard deviation",
}
LONGEST_GAP = 40
"""Most characters between a centre and its limits in running text: "67 years (interquartile range, 60 to 74)"."""
COUNTED = re.compile(
    r"\b(number of|no\. of|numbers of|lines?|cycles?|regimens?|therapies|infusions?|relapses)\b", re.IGNORECASE
)
MEASURED = re.compile(
    r"\b(time|duration|months?|weeks?|days?|years?|per|dose|mean|score|rate|interval|change|ratio|adjusted|percentage)\b",
    re.IGNORECASE,
)
WHOLE_VARIABLES = frozenset({
    "apgar", "gcs", "nihss", "charlson", "cha2ds2_vasc", "has_bled", "prior_lines", "prior_therapy_lines",
    "lines_between_therapies", "gravidity", "hla_mismatch", "medication_count", "number_of_lesions", "tooth_count",
})  # fmt: skip
"""Variables of the codebook that are whole numbers in each patient by their definition."""
STATISTIC_ROW = re.compile(
    r"^(?:(?:median|mean|average|sd|standard "
    r"deviation|range|iqr|inter-?quartile|min|max|minimum|maximum|q1|q3|first|third|"
    r"lower|upper|quartiles?|percentiles?|25th|75th|25%|75%|and|to|of|years?|months?|weeks?|days?|yrs?|mo)|[^\w%])+$"
)
"""A row that names nothing but its statistic, and perhaps a unit of time."""
STATISTIC_WORD = re.compile(r"(?:^|[,;(–-]\s*)(?:mean|median|average)\b", re.IGNORECASE)
"""A statistic at the start of a label or behind a comma: "Mean number of cycles", "Visits, mean"."""
ROW_OF_N = re.compile(r"^(?:n|no\.?|number(?: of (?:patients|subjects|participants))?|n evaluable|evaluable)$")


def find_summaries(study: Study) -> Iterator[Cell]:
    """Cells that may hold a summary, then row groups joined; patients' own columns are no summary."""
    for cell in (*study.cells, *study.phrases):
        if cell.first.table_type != "individual":
            yield cell
    for cells in study.blocks.values():
        if cells[0].first.group and cells[0].first.table_type != "individual" and len(cells) > 1:
            joined = _join_rows(cells)
            if joined:
                yield joined


def is_plain(o: Observation | None) -> bool:
    """Whether a number is printed without "<", ">" or "about"."""
    return o is not None and o.number is not None and not o.number.comparator


def stands_beside(centre: Observation, limit: Observation) -> bool:
    """Whether nothing but a unit and words parts a limit from its centre in running text: no other number does."""
    if centre.source == "table":
        return True
    first, last = sorted((centre, limit), key=lambda o: o.start)
    between = centre.quote[first.end : last.start]
    return len(between) <= LONGEST_GAP and not re.search(r"\d|\bvs\b|\bversus\b", between)


def counts_things(o: Observation) -> bool:
    """Whether each patient's value is a whole number: lines, cycles, a number of something, or a score of points."""
    label = f"{name_of(o)} {o.unit}" if o.source == "table" else f"{o.subject} {o.unit}"
    if o.variable in WHOLE_VARIABLES:
        return not re.search(r"\b(adjusted|change|difference|least)\b", label, re.IGNORECASE)
    return bool(COUNTED.search(label)) and not MEASURED.search(STATISTIC_WORD.sub(" ", label))


def name_of(o: Observation) -> str:
    """What a summary is of, as printed: its labels without a row that only names the statistic."""
    if o.source != "table":
        return o.subject
    return o.group if o.group and STATISTIC_ROW.match(plain(o.label)) else f"{o.group} {o.label}".strip()


def printed_size(cell: Cell, study: Study) -> int | None:
    """The number of patients a summary speaks of where it is printed with it: in its cell, or in a row "n" of its
    group; None where only a column head names one, since values may be missing.
    """
    for statistic in ("total", "n"):
        o = cell.only(statistic)
        if o is not None and o.whole and (statistic == "total" or (o.source == "table" and not cell.only("pct"))):
            return o.whole
    beside = [
        n.whole
        for c in study.blocks.get(cell.block, [])
        if ROW_OF_N.match(plain(c.first.label)) and (n := c.only("n") or c.only("total")) and n.whole
    ]
    return beside[0] if len(set(beside)) == 1 else None


def column_size(cell: Cell, study: Study) -> int | None:
    """The largest number of patients that the cells of its column are shares of; fewer may have been measured."""
    if cell.first.source != "table":
        return None
    column = study.columns.get(cell.column, [])
    return max((n for c in column for o in c.observations if (n := whole_number(o.denominator))), default=None)


def lone_arm(study: Study) -> str:
    """The arm of a study of one arm: its text does not name the arm that the heads of its tables do. "" where there are
    several.
    """
    arms = {o.arm for o in study.observations if o.arm and o.speaks_of == "this study" and not o.reference}
    return arms.pop() if len(arms) == 1 else ""


def arm_of(o: Observation, lone: str) -> str:
    """The arm of a number, "" for the only arm of a study."""
    return "" if o.arm == lone else o.arm


def _join_rows(cells: list[Cell]) -> Cell | None:
    """ "Median" and "Range" printed as two rows of one group, as one; None where a statistic comes twice, or where a
    row names more than its statistic and so may be another variable.
    """
    parts = [o for c in cells if STATISTIC_ROW.match(plain(c.first.label)) for o in c.observations]
    parts = [o for o in parts if o.statistic in JOINED]
    rows = {(o.row, o.col) for o in parts}
    units = {o.unit for o in parts if o.unit}
    statistics = [o.statistic for o in parts]
    if len(rows) < 2 or len(set(statistics)) != len(statistics) or len(units) > 1:
        return None
    return Cell(tuple(parts)) if {"median", "mean"} & set(statistics) else None
