"""summary.vs_categories: a median falls in the category that holds the 50th percentile, a range reaches the
categories that hold patients.

Comes in: a Study. Goes out: one outcome for each printed median, quartile or limit beside each cut-off of the same
variable in the same arm. Which rows part a scale is read by scale_parts.py; a cut-off that leaves the middle
patients on both sides says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study
from auditable.checks.categories_sum import NOT_CATEGORIES
from auditable.checks.rule import Outcome, Rule
from auditable.checks.scale_parts import Cut, find_cuts
from auditable.checks.summaries import CHAIN, SPOKEN, arm_of, find_summaries, is_plain, lone_arm
from auditable.checks.words import without_counts
from auditable.codebook import load_codebook
from auditable.rounding import Interval, Printed
from auditable.units import find_unit, normal_unit


def test_categories(study: Study) -> Iterator[Outcome]:
    """One outcome for each summary and each cut-off that decides on which side it must lie."""
    summaries = [c for c in find_summaries(study) if any(c.only(s) for s in CHAIN)]
    seen: set[tuple[str, str, str]] = set()
    lone = lone_arm(study)
    for cells in study.blocks.values():
        first = cells[0].first
        if not first.group or first.table_type in NOT_CATEGORIES or first.subgroup:
            continue
        for cut in find_cuts(cells):
            for summary in summaries:
                if not _is_of(summary, cut, lone):
                    continue
                for statistic in CHAIN:
                    o = summary.only(statistic)
                    if o is None or not is_plain(o) or (key := (o.observation_id, *_key(cut))) in seen:
                        continue
                    seen.add(key)
                    yield from _judge(o, o.number, cut)


def _key(cut: Cut) -> tuple[str, str]:
    return cut.rows[0].observation_id, cut.name


def _is_of(summary: Cell, cut: Cut, lone: str) -> bool:
    """Whether a summary and the rows of a cut-off describe one variable of the same patients."""
    o, row = summary.first, cut.rows[0]
    same_place = o.source == "table" and o.table_id == row.table_id and row.group in (o.stub_path, o.group)
    mine, yours = ((arm_of(x, lone), x.subgroup, x.timepoint, x.patient) for x in (o, row))
    same_patients = mine == yours
    if o.speaks_of != "this study" or o.reference != row.reference or not same_patients:
        return False
    if same_place:
        return _unit_fits(o, row, cut, strictly=False)
    return bool(row.variable) and (o.variable, o.category) == (row.variable, "") and _unit_fits(o, row, cut)


def _unit_fits(o: Observation, row: Observation, cut: Cut, *, strictly: bool = True) -> bool:
    """Whether both are printed in one unit; where neither place names one, only the same row group is sure."""
    mine = normal_unit(o.unit) or o.unit
    labels = (without_counts(row.label), without_counts(row.group))
    printed = normal_unit(cut.unit) or next((u for label in labels if (u := normal_unit(find_unit(label)))), "")
    if mine and printed:
        return mine == printed
    if not strictly:
        return True
    known = load_codebook().variables.get(row.variable)
    usual = known.unit if known else ""
    return (mine or printed) == usual or (not mine and not printed and not usual)


def _judge(o: Observation, number: Printed | None, cut: Cut) -> Iterator[Outcome]:
    if number is None:
        return
    side = _side(o.statistic, cut)
    if side == "":
        return
    inside = number.ordinary
    is_wrong = _is_right(inside, cut) if side == "left" else _is_left(inside, cut)
    counts = f"{cut.below} of {cut.total} are {cut.name}"
    where = cut.name if side == "left" else f"not {cut.name}"
    spoken = SPOKEN[o.statistic]
    arithmetic = f"{counts}, {cut.total - cut.below} are not; {spoken} {o.value}"
    if not is_wrong:
        message = f"The {spoken} lies on the side of the cut-off where {counts} put it."
        yield Outcome("consistent", (o, *cut.rows), message, arithmetic, o.value, where)
        return
    why = f"the {spoken} must be {where}" if o.statistic not in ("min", "max") else f"the range must reach {where}"
    message = f"{counts[0].upper()}{counts[1:]}, so {why}, but {o.value} is printed."
    yield Outcome("impossible", (o, *cut.rows), message, arithmetic, o.value, where)


def _side(statistic: str, cut: Cut) -> str:
    """The side of the cut-off on which the statistic lies for sure: "left", "right", or "" where it may be either."""
    k, below = cut.total, cut.below
    if k < 1:
        return ""
    if statistic == "min":
        return "left" if below > 0 else "right"
    if statistic == "max":
        return "right" if below < k else "left"
    share = {"q1": Fraction(1, 4), "median": Fraction(1, 2), "q3": Fraction(3, 4)}[statistic]
    first, last = _places(share, k, is_median=statistic == "median")
    if below >= last:
        return "left"
    return "right" if below < first else ""


def _places(share: Fraction, k: int, *, is_median: bool) -> tuple[int, int]:
    """The first and last patient in rising order between whom the statistic lies, by every usual definition."""
    if is_median:
        return (k + 1) // 2, k // 2 + 1
    exact = share * k
    floor_ = exact.numerator // exact.denominator
    ceil_ = -(-exact.numerator // exact.denominator)
    return max(1, floor_), min(k, ceil_ + 1)


def _is_right(inside: Interval, cut: Cut) -> bool:
    """Whether a printed number can only be at or above the cut-off."""
    if inside.low is None:
        return False
    return inside.low > cut.right_end or (inside.low == cut.right_end and not cut.is_closed_left)


def _is_left(inside: Interval, cut: Cut) -> bool:
    """Whether a printed number can only be below the cut-off."""
    middle = (cut.left_end + cut.right_end) / 2
    if inside.high is None:
        return False
    return inside.high < cut.left_end or (cut.left_end < cut.right_end and inside.high <= middle)


RULES = (
    Rule(
        id="summary.vs_categories",
        claim="The median lies in the category that holds the 50th percentile, quartiles in those of the 25th and "
        "75th, and "
        "the range reaches every category that holds patients.",
        severity="error",
        function=test_categories,
        assumptions="The rows part the scale (<65, 65–74, ≥75), the summary is of the same variable, arm and time in "
        "the "
        "same unit. Only patients in a row are counted, so missing values do not matter; where the middle patients "
        "lie on both sides of a cut-off, or definitions of a quartile differ, nothing is said.",
        literature="INSPECT-SR check 4 (internal consistency); Hyndman & Fan 1996 (definitions of quantiles)",
        example="31 of 51 are younger than 70, so a median age of 72 cannot be.",
    ),
)
