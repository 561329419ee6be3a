"""summary.pooled: the summary of all patients is one that the arms together can have.

Comes in: a Study. Goes out: one outcome for each row of a table that prints a summary for each arm and for all, where
the counts of the same table show that the arms make up all patients. Counts themselves are left to arm_sum.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study
from auditable.checks.arm_label import row_of
from auditable.checks.arm_sum import MIN_ROWS_THAT_ADD_UP, is_for_all, rows_with_total
from auditable.checks.rule import Outcome, Rule
from auditable.checks.summaries import SPOKEN, is_plain
from auditable.checks.table_heads import head_size
from auditable.checks.words import ESTIMATE
from auditable.codebook import load_codebook
from auditable.denominators import EXPLAINED_SHARE
from auditable.rounding import Interval, exact_text

BETWEEN = ("mean", "median")
"""Statistics of all patients that lie between those of the arms, however large the arms are."""
WITH_VALUES = Fraction(1, 2)
"""Least share of an arm's patients that are taken to have a value."""
ENDS = {"min": "max", "max": "min"}
NOT_OF_VALUES = ("time to event", "rate", "event")
"""Kinds of variables whose medians and rates are estimates: those of all need not lie between those of the arms."""


def test_pooled(study: Study) -> Iterator[Outcome]:
    """One outcome for each statistic of all patients that the arms' own decide."""
    arms_of = dict(_arms_that_add_up(study))
    rows: dict[object, list[Cell]] = defaultdict(list)
    for cell in study.cells:
        if cell.first.table_id in arms_of and not _is_estimate(cell.first):
            rows[row_of(cell.first)].append(cell)
    for cells in rows.values():
        whole = [c for c in cells if is_for_all(c.first)]
        parts = [c for c in cells if c.first.arm]
        arms = arms_of[cells[0].first.table_id]
        if len(whole) == 1 and len(parts) == len(arms) and {c.first.arm for c in parts} == arms:
            yield from _test_row(whole[0], parts)


def _arms_that_add_up(study: Study) -> Iterator[tuple[str, set[str]]]:
    """The tables whose arms make up all patients, each with its arms: nearly all their counts add up."""
    for table, rows in rows_with_total(study).items():
        adding = [parts for parts, total in rows if sum(p.whole or 0 for p in parts) == total.whole]
        names = {frozenset(p.arm for p in parts) for parts in adding}
        if len(names) == 1 and len(adding) >= MIN_ROWS_THAT_ADD_UP and len(adding) >= EXPLAINED_SHARE * len(rows):
            yield table, set(names.pop())


def _is_estimate(o: Observation) -> bool:
    known = load_codebook().variables.get(o.variable)
    return bool(ESTIMATE.search(o.stub_path)) or (known is not None and known.kind in NOT_OF_VALUES)


def _test_row(whole: Cell, parts: Sequence[Cell]) -> Iterator[Outcome]:
    for statistic in (*BETWEEN, *ENDS):
        total, found = whole.only(statistic), [o for c in parts if (o := c.only(statistic)) is not None]
        if total is None or len(found) != len(parts) or not all(is_plain(o) for o in (total, *found)):
            continue
        if len({o.unit for o in (total, *found) if o.unit}) > 1:
            continue
        if statistic in BETWEEN or _agrees_at(ENDS[statistic], whole, parts):
            yield _judge(total, found)
        if statistic == "mean" and (weighted := _weighted(found)) is not None:
            yield from _judge_weighted(total, found, weighted)


def _agrees_at(end: str, whole: Cell, parts: Sequence[Cell]) -> bool:
    """Whether the other end of the range is the arms' own: then these are ranges, and no quartiles."""
    total, found = whole.only(end), [o for c in parts if (o := c.only(end)) is not None]
    is_told = total is not None and len(found) == len(parts) and all(is_plain(o) for o in (total, *found))
    return is_told and total is not None and _admissible(total.statistic, found).overlaps(_interval(total))


def _admissible(statistic: str, parts: Sequence[Observation]) -> Interval:
    """Where the statistic of all lies: at the outermost end of the arms, or between their centres."""
    lows = [low for o in parts if (low := _interval(o).low) is not None]
    highs = [high for o in parts if (high := _interval(o).high) is not None]
    if not lows or not highs:
        return Interval(None, None)
    outermost = {"min": (min(lows), min(highs)), "max": (max(lows), max(highs))}
    return Interval(*outermost.get(statistic, (min(lows), max(highs))))


def _weighted(parts: Sequence[Observation]) -> Interval | None:
    """Where the mean of all lies by the N of the arms' heads, of which some patients may have no value."""
    sizes = [head_size(o.spanner_path) for o in parts]
    known = [(_interval(o), n) for o, n in zip(parts, sizes, strict=True) if n]
    lows = [(i.low, n) for i, n in known if i.low is not None]
    highs = [(i.high, n) for i, n in known if i.high is not None]
    if len(lows) < len(parts) or len(highs) < len(parts):
        return None
    return Interval(-_heaviest([(-v, n) for v, n in lows]), _heaviest(highs))


def _heaviest(means: Sequence[tuple[Fraction, int]]) -> Fraction:
    """The largest mean of all where each arm may miss the values of some of its patients: the low arms miss most."""
    ordered = sorted(means)
    found = []
    for cut in range(len(ordered) + 1):
        weights = [n * (WITH_VALUES if i < cut else 1) for i, (_, n) in enumerate(ordered)]
        found.append(sum((v * w for (v, _), w in zip(ordered, weights, strict=True)), Fraction(0)) / sum(weights))
    return max(found)


def _judge_weighted(total: Observation, parts: Sequence[Observation], weighted: Interval) -> Iterator[Outcome]:
    """The mean of all against the mean of the arms by their N; silent where it is not even between theirs."""
    if not _admissible("mean", parts).overlaps(_interval(total)) or weighted.low is None or weighted.high is None:
        return
    expected = f"{exact_text(weighted.low, total.decimals)} to {exact_text(weighted.high, total.decimals)}"
    shown = ", ".join(f"{o.value} of {head_size(o.spanner_path)}" for o in parts)
    arithmetic = f"means of the arms: {shown}; of all: {total.value}"
    if weighted.overlaps(_interval(total)):
        message = "The mean of all patients is that of the arms together."
        yield Outcome("consistent", (total, *parts), message, arithmetic, total.value, expected)
        return
    message = (
        f"The means of the arms ({shown}) make a mean of {expected} in all patients, but {total.value} is printed."
    )
    yield Outcome("impossible", (total, *parts), message, arithmetic, total.value, expected)


def _interval(o: Observation) -> Interval:
    return o.number.ordinary if o.number else Interval(None, None)


def _judge(total: Observation, parts: Sequence[Observation]) -> Outcome:
    spoken, shown = SPOKEN[total.statistic], ", ".join(o.value for o in parts)
    is_between = total.statistic in BETWEEN
    ends = sorted(parts, key=lambda o: o.number.value if o.number else 0)
    low, high = ends[0].value, ends[-1].value
    expected = f"{low} to {high}" if is_between else (low if total.statistic == "min" else high)
    arithmetic = f"{spoken} of the arms: {shown}; of all: {total.value}"
    observations = (total, *parts)
    if _admissible(total.statistic, parts).overlaps(_interval(total)):
        message = f"The {spoken} of all patients fits those of the arms."
        return Outcome("consistent", observations, message, arithmetic, total.value, total.value)
    what = f"lie between those of the arms ({expected})" if is_between else f"be the outermost of the arms ({expected})"
    message = f"The {spoken} of all patients must {what}, but {total.value} is printed."
    return Outcome("impossible", observations, message, arithmetic, total.value, expected)


RULES = (
    Rule(
        id="summary.pooled",
        claim="The mean and median of all patients lie between those of the arms, the mean where the N of the arms "
        "puts it; their range is the outermost of the arms' ranges.",
        severity="error",
        function=test_pooled,
        assumptions="The counts of the same table show that the arms make up all patients. Values are measured, not "
        "estimated over time. A limit is judged only where the other end of the range is that of the arms, so that "
        "quartiles are never taken for a range. Up to half of each arm may have no value for the mean.",
        literature="INSPECT-SR check 4 (internal consistency); Cochrane Handbook 6.5.2.10 (combining groups)",
        example="Median age 64 in A and 67 in B: 72 in all patients cannot be.",
    ),
)
