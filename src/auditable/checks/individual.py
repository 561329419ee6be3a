"""individual.recompute: summaries recomputed from a table of single patients, against what the paper prints
elsewhere.

Comes in: a Study. Goes out: one outcome for each printed median, minimum, maximum or quartile of a variable that a
table of single patients also lists. Bounded values (<10) and missing ones count where they decide. Counts of yes and
no are left to a later rule.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from auditable.blocks import Observation, Study
from auditable.checks.matching import are_related, is_same_quantity, words_of
from auditable.checks.rule import Outcome, Rule
from auditable.printed_sizes import size_in
from auditable.rounding import Interval, decimal_text, mildest

SUMMARIES = ("median", "min", "max", "q1", "q3", "mean")
MIN_PATIENTS = 3
REACH = 80
"""Characters around a summary in running text in which its variable is named."""
QUANTILE_METHODS = (
    "inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull",
    "linear", "median_unbiased", "normal_unbiased",
)  # fmt: skip
"""Every definition in use (Hyndman & Fan 1996): a printed quartile is right if any of them gives it."""
FLOAT_SLACK = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Series:
    """The printed values of one variable over the patients of one table, in printed order."""

    observations: tuple[Observation, ...]

    @property
    def first(self) -> Observation:
        """The first value: what the variable is called."""
        return self.observations[0]

    @property
    def bounds(self) -> list[Interval]:
        """What each printed value may be: itself, a side of a bound, or anything where it is missing."""
        return [_bound(o) for o in self.observations]


def test_recomputed(study: Study) -> Iterator[Outcome]:
    """One outcome for each number of a printed summary of a variable that is also listed patient by patient."""
    every = find_series(study)
    for cell in (*study.cells, *study.phrases) if every else ():
        first = cell.first
        summaries = [o for s in SUMMARIES if (o := cell.only(s)) is not None]
        if first.table_type != "individual" and first.speaks_of == "this study" and summaries:
            yield from _test_summary(summaries, every)


def _test_summary(summaries: Sequence[Observation], every: Sequence[Series]) -> Iterator[Outcome]:
    """Outcomes of the one series that the summary's numbers and words point to; nothing where none or several do."""
    candidates = []
    for series in every:
        if all(_same_unit(o, series.first) for o in summaries):
            outcomes = [_judge(o, series) for o in summaries]
            candidates.append((series, outcomes, sum(o.verdict == "consistent" for o in outcomes)))
    whole = [c for c in candidates if c[2] == len(summaries) and _is_known(summaries[0], c[0])]
    if whole:
        yield from whole[0][1]
        return
    candidates = [c for c in candidates if not _is_of_fewer(summaries[0], c[0])]
    # all numbers but one of a summary are those of a series with the same words: the odd one is wrong somewhere
    partly = [c for c in candidates if _is_known(summaries[0], c[0]) and 0 < c[2] == len(summaries) - 1]
    named = [c for c in candidates if is_same_quantity(c[0].first, summaries[0])]
    chosen = named if len(named) == 1 and not summaries[0].timepoint else partly
    if len(chosen) == 1:
        yield from chosen[0][1]


def _is_of_fewer(summary: Observation, series: Series) -> bool:
    """Whether the summary is of a part of the patients who are listed: it says so, or prints another N."""
    printed = size_in(summary.spanner_path) or size_in(summary.stub_path)
    return bool(summary.subgroup) or (printed > 0 and printed != len(series.observations))


def _is_known(summary: Observation, series: Series) -> bool:
    """Whether the summary names the series: the same variable, or a telling word of its label."""
    label = series.first
    if summary.variable and label.variable:
        return summary.variable == label.variable
    words = words_of(label.label) | words_of(label.group)
    context = summary.quote[max(0, summary.start - REACH) : summary.end + REACH] if summary.quote else summary.stub_path
    return are_related(words, words_of(f"{summary.subject} {context}".replace("(", " ").replace(")", " ")))


def _same_unit(summary: Observation, value: Observation) -> bool:
    return not value.unit or not summary.unit or summary.unit == value.unit or value.unit in summary.unit


def find_series(study: Study) -> list[Series]:
    """Variables listed patient by patient, patients in columns or in rows, with three numbers or more."""
    by_row: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    by_column: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if (
            o.source == "table"
            and o.table_type == "individual"
            and o.statistic in ("value", "bound", "text", "missing")
        ):
            by_row[(o.table_id, o.row)].append(o)
            by_column[(o.table_id, o.col)].append(o)
    found: list[Series] = []
    for table_id in dict.fromkeys(table for table, _ in by_row):
        rows = [Series(tuple(v)) for (t, _), v in by_row.items() if t == table_id]
        columns = [Series(tuple(v)) for (t, _), v in by_column.items() if t == table_id]
        found.extend(rows if _is_uniform(rows) >= _is_uniform(columns) else columns)
    return [s for s in found if sum(o.number is not None for o in s.observations) >= MIN_PATIENTS]


def _is_uniform(series: Sequence[Series]) -> Fraction:
    """Share of series that run over patients: another patient each, or where none is named one variable and unit."""
    names = [[o.patient for o in s.observations] for s in series]
    if any(any(patients) for patients in names):
        uniform = sum(len(set(patients)) == len(patients) for patients in names)
    else:
        uniform = sum(len({(o.variable, o.unit) for o in s.observations if o.number}) == 1 for s in series)
    return Fraction(uniform, max(1, len(series)))


def _bound(o: Observation) -> Interval:
    if o.number is None:
        return Interval(None, None)
    return o.number.ordinary


def _judge(summary: Observation, series: Series) -> Outcome:
    printed = summary.number
    if printed is None:
        raise ValueError(f"{summary.observation_id} holds no number")
    known = [o.number for o in series.observations if o.number is not None]
    missing = len(series.observations) - len(known)
    values = [o.value if o.number is None else str(o.number) for o in series.observations]
    listed = f"{series.first.label}: {', '.join(v or '–' for v in values)}"
    observations = (summary, *series.observations)
    possible = _possible([_bound(o) for o in series.observations if o.number is not None], summary.statistic)
    verdict = mildest(printed.judge_interval(i) for i in possible)
    expected = " or ".join(dict.fromkeys(_show(i, max(p.decimals for p in (printed, *known))) for i in possible))
    arithmetic = f"{summary.statistic} of {listed} = {expected}"
    if verdict == "consistent":
        message = (
            f"The {summary.statistic} {printed} is that of the {len(known)} patients listed in {series.first.table_id}."
        )
    elif missing and _fits_with_missing(series, summary):
        message = (
            f"{missing} of {len(series.observations)} patients have no value in {series.first.table_id}; "
            f"theirs may explain {printed}."
        )
        return Outcome("not testable", observations, message, arithmetic, str(printed), expected)
    else:
        message = (
            f"The patients listed in {series.first.table_id} have a {summary.statistic} of {expected}, but "
            f"{printed} is printed "
            f"({summary.place})."
        )
    return Outcome(verdict, observations, message, arithmetic, str(printed), expected)


def _possible(bounds: Sequence[Interval], statistic: str) -> list[Interval]:
    """What the exact summary may be, one interval for each definition of it."""
    lows = [b.low for b in bounds]
    highs = [b.high for b in bounds]
    if statistic in ("q1", "q3"):
        return _quartiles(lows, highs, 0.25 if statistic == "q1" else 0.75)
    return [Interval(_summary(lows, statistic, is_low=True), _summary(highs, statistic, is_low=False))]


def _summary(ends: Sequence[Fraction | None], statistic: str, is_low: bool) -> Fraction | None:
    infinite = Fraction(-(10**12) if is_low else 10**12)
    numbers = sorted(infinite if e is None else e for e in ends)
    result = {"min": numbers[0], "max": numbers[-1], "median": statistics.median(numbers)}.get(statistic)
    if result is None:
        result = sum(numbers, Fraction(0)) / len(numbers)
    return None if abs(result) >= 10**9 else result


def _quartiles(lows: Sequence[Fraction | None], highs: Sequence[Fraction | None], share: float) -> list[Interval]:
    if any(e is None for e in (*lows, *highs)):
        return [Interval(None, None)]
    out: list[Interval] = []
    for method in QUANTILE_METHODS:
        low = np.quantile([float(e) for e in lows if e is not None], share, method=method)
        high = np.quantile([float(e) for e in highs if e is not None], share, method=method)
        out.append(Interval(Fraction(float(low)) - FLOAT_SLACK, Fraction(float(high)) + FLOAT_SLACK))
    return out


def _fits_with_missing(series: Series, summary: Observation) -> bool:
    if summary.number is None:
        return False
    return any(i.overlaps(summary.number.ordinary) for i in _possible(series.bounds, summary.statistic))


def _show(inside: Interval, decimals: int) -> str:
    if inside.low is None or inside.high is None:
        return "not fixed by the listed values"
    if inside.high - inside.low <= Fraction(1, 10**decimals):
        return decimal_text((inside.low + inside.high) / 2, decimals)
    return f"{decimal_text(inside.low, decimals)} to {decimal_text(inside.high, decimals)}"


RULES = (
    Rule(
        id="individual.recompute",
        claim="A printed median, minimum, maximum, mean or quartile is that of the patients the paper lists one by "
        "one.",
        severity="error",
        function=test_recomputed,
        assumptions="The summary speaks of the same variable, in the same unit, of the same patients as exactly "
        "one row (or column) of a "
        "table of single patients; missing values are allowed to be anything; every definition of a quartile in "
        "use may fit.",
        literature="Hyndman & Fan 1996 (definitions of quantiles); INSPECT-SR check 4",
        example="Ages 73, 62, 77, 52, 51 have a median of 62; the text prints 64.",
    ),
)
