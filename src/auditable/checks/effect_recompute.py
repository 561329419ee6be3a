"""effect.recompute: an odds ratio or relative risk beside the counts it compares is that of the counts.

Comes in: a Study. Goes out: one outcome for each odds ratio or relative risk in a row with the counts of two arms, and
for each that follows two percentages in one sentence. A ratio may also compare its row with the reference row of its
column or group (1.00, or no ratio at all), or stand beside the events and totals of a meta-analysis. Adjusted ratios
are never judged; a ratio that may be adjusted is accused only where the others of its column are crude.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study, number_of
from auditable.checks.compared import Compared, find_compared
from auditable.checks.compared_rows import find_ratios
from auditable.checks.proving import prove_crude
from auditable.checks.rule import Outcome, Rule

MIN_PROVING, PROVING_SHARE = 2, 0.85
MATERIAL = 0.02
"""A ratio so far from the crude one, on the log scale beyond rounding, is another number."""
FAR = 0.4
"""So far from the crude ratio, adjustment alone hardly explains it."""
REACH = 150
NAMES = {"or": "odds ratio", "rr": "relative risk"}
_ADJUSTED = re.compile(
    r"\badj|\ba[OR]R\b|\bmulti|\bmodel|\bstratif|\bmantel|\bregress|\bweighted|\bmatched|\bcontrolling|\bcorrected"
    r"|\bper \d|\bpropensity|\bconditional|[*†‡§]",
    re.IGNORECASE,
)
_CRUDE = re.compile(r"\b(?:crude|unadjusted|univaria\w+|raw)\b", re.IGNORECASE)
Span = tuple[float, float]
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A printed ratio and the range its numbers allow, on the log scale."""

    ratio: Observation
    observations: tuple[Observation, ...]
    implied: Span
    shown: str
    is_crude: bool
    column: tuple[str, str]

    @property
    def distance(self) -> float:
        """Log distance between the printed ratio and the implied one, beyond rounding; of the other way round too."""
        inside = number_of(self.ratio).ordinary
        if inside.low is None or inside.high is None or inside.low <= 0:
            return 0.0
        low, high = math.log(inside.low), math.log(inside.high)
        direct = max(low - self.implied[1], self.implied[0] - high, 0.0)
        inverse = max(low + self.implied[0], -self.implied[1] - high, 0.0)
        return min(direct, inverse)


def test_effects(study: Study) -> Iterator[Outcome]:
    """One outcome for each ratio with the counts or percentages it compares."""
    columns: dict[tuple[str, str], list[Case]] = defaultdict(list)
    read = list(_table_cases(study))
    known = {case.ratio.observation_id for case in read}
    for case in (*read, *(c for c in _row_cases(study) if c.ratio.observation_id not in known)):
        columns[case.column].append(case)
    for cases in columns.values():
        for case in cases:
            others = [c.distance <= 0 for c in cases if c is not case]
            yield _judge(case, case.is_crude or prove_crude(others))
    says_adjusted = any(_ADJUSTED.search(s.text) for s in study.text)
    for case in _sentence_cases(study):
        yield _judge(case, case.is_crude, may_ask=not says_adjusted)


def _judge(case: Case, is_proved: bool, may_ask: bool = False) -> Outcome:
    name, value = NAMES[case.ratio.statistic], case.ratio.value
    low, high = (math.exp(x) for x in case.implied)
    expected = f"{low:.3g}" if math.isclose(low, high, rel_tol=1e-6) else f"{low:.3g} to {high:.3g}"
    observations = (case.ratio, *case.observations)
    arithmetic = f"{case.shown} → {expected} (or {1 / high:.3g} the other way round); {value} is printed"
    if case.distance <= 0:
        message = f"The {name} {value} is that of {case.shown}."
        return Outcome("consistent", observations, message, arithmetic, value, expected)
    if is_proved and case.distance > MATERIAL:
        message = f"{case.shown} gives {name} {expected}, not {value}."
        return Outcome("impossible", observations, message, arithmetic, value, expected)
    message = f"{case.shown} gives {name} {expected}; {value} may be adjusted."
    if may_ask and case.distance > FAR:
        message = f"{case.shown} gives {name} {expected}, not {value}, and nothing says that it is adjusted."
        return Outcome("not testable", observations, message, arithmetic, value, expected, "error")
    return Outcome("not testable", observations, message, arithmetic, value, expected)


def _table_cases(study: Study) -> Iterator[Case]:
    rows = [row for row in find_compared(study) if len(row.counts) == 2]
    with_limits = {_place(o) for o in study.observations if o.statistic == "ci_low" and o.source == "table"}
    for row in rows:
        for ratio in row.ratios:
            labels = f"{ratio.stub_path} {ratio.spanner_path} {ratio.marks}"
            if _ADJUSTED.search(labels) or ratio.speaks_of == "another study" or _is_reference(ratio, with_limits):
                continue
            crude = bool(_CRUDE.search(labels))
            column = (ratio.table_id, ratio.spanner_path)
            compared = _compared_with(row, ratio, rows, with_limits)
            cases = [Case(ratio, seen, (x, x), shown, crude, column) for seen, x, shown in compared]
            if cases:
                yield min(cases, key=lambda c: c.distance)


def _row_cases(study: Study) -> Iterator[Case]:
    """Ratios of rows against the reference row of their group, and of events and totals in four columns."""
    for found in find_ratios(study):
        ratio, own, against = found.ratio, found.own, found.against
        labels = f"{ratio.stub_path} {ratio.spanner_path} {ratio.marks}"
        implied = _of_counts(ratio.statistic, own.count, own.total, against.count, against.total)
        if implied is not None and not _ADJUSTED.search(labels):
            shown = f"{own.count}/{own.total} against {against.count}/{against.total}"
            column = (ratio.table_id, ratio.spanner_path)
            is_crude = bool(_CRUDE.search(labels))
            yield Case(ratio, (own.n, against.n), (implied, implied), shown, is_crude, column)


def _compared_with(
    row: Compared, ratio: Observation, rows: Sequence[Compared], with_limits: set[Place]
) -> Iterator[tuple[tuple[Observation, ...], float, str]]:
    """What a row's ratio may compare: its two arms, then the odds in its row with those in a reference row."""
    a, b = row.counts
    if (implied := _of_counts(ratio.statistic, a.count, a.total, b.count, b.total)) is not None:
        yield row.observations, implied, f"{a.count}/{a.total} against {b.count}/{b.total}"
    for other in rows:
        if ratio.statistic != "or" or not _may_be_reference(other, row, ratio, with_limits):
            continue
        a0, b0 = other.counts
        if min(a.count, b.count, a0.count, b0.count) > 0:
            implied = math.log(a.count) - math.log(b.count) - math.log(a0.count) + math.log(b0.count)
            shown = f"{a.count} and {b.count} against {a0.count} and {b0.count} in {other.label}"
            yield (*row.observations, *other.observations), implied, shown


def _may_be_reference(other: Compared, row: Compared, ratio: Observation, with_limits: set[Place]) -> bool:
    """Whether the ratio of a row may be against another: one at 1 without limits, or one of its group without ratio."""
    if other.table_id != row.table_id or other.row == row.row or _columns(other) != _columns(row):
        return False
    own = [r for r in other.ratios if r.spanner_path == ratio.spanner_path]
    return all(_is_reference(r, with_limits) for r in own) if own else other.group == row.group


def _is_reference(ratio: Observation, with_limits: set[Place]) -> bool:
    return ratio.number is not None and ratio.number.value == 1 and _place(ratio) not in with_limits


def _place(o: Observation) -> Place:
    return o.table_id, o.row, o.spanner_path


def _columns(row: Compared) -> tuple[str, ...]:
    return tuple(c.n.spanner_path for c in row.counts)


def _of_counts(statistic: str, a: int, n1: int, b: int, n2: int) -> float | None:
    """Log of the ratio, or None where a count is zero or all."""
    if min(a, b) <= 0 or (statistic == "or" and (a == n1 or b == n2)):
        return None
    if statistic == "rr":
        return math.log(a / n1) - math.log(b / n2)
    return math.log(a / (n1 - a)) - math.log(b / (n2 - b))


def _sentence_cases(study: Study) -> Iterator[Case]:
    """A ratio behind exactly two percentages of its sentence."""
    for mentions in study.sentences:
        ratios = [o for o in mentions if o.statistic in ("or", "rr", "hr")]
        if len(ratios) != 1 or ratios[0].statistic == "hr" or ratios[0].speaks_of == "another study":
            continue
        ratio = ratios[0]
        shares = [o for o in mentions if o.statistic == "pct" and o.number]
        if len(shares) != 2 or not 0 < ratio.start - shares[1].end <= REACH or _ADJUSTED.search(ratio.quote):
            continue
        implied = _of_shares(ratio.statistic, shares)
        if implied is not None and shares[0].unit == shares[1].unit:
            shown = f"{shares[0].value} % against {shares[1].value} %"
            yield Case(ratio, tuple(shares), implied, shown, bool(_CRUDE.search(ratio.quote)), ("", ""))


def _of_shares(statistic: str, shares: Sequence[Observation]) -> Span | None:
    """Range of the log ratio that two rounded percentages allow."""
    ends: list[Span] = []
    for o in shares:
        inside = number_of(o).ordinary
        if inside.low is None or inside.high is None or inside.low <= 0 or inside.high >= 100:
            return None
        low, high = float(inside.low) / 100, float(inside.high) / 100
        ends.append((_log(statistic, low), _log(statistic, high)))
    (a0, a1), (b0, b1) = ends
    return a0 - b1, a1 - b0


def _log(statistic: str, share: float) -> float:
    return math.log(share) if statistic == "rr" else math.log(share / (1 - share))


RULES = (
    Rule(
        id="effect.recompute",
        claim="A crude odds ratio or relative risk is that of the counts or percentages beside it.",
        severity="error",
        function=test_effects,
        assumptions="Counts of two arms of known size in the same row, or two percentages before the ratio in one "
        "sentence; either arm may come first; a ratio may be that of its row "
        "against a reference row. Ratios that are called adjusted, modelled, matched, or bear a mark are not judged; "
        "those that are not called crude are accused only where two others of their column fit.",
        literature="Altman 1991 (Practical Statistics for Medical Research, ch. 10); Cochrane Handbook 6.4",
        example="26/36 against 4/38: relative risk 6.86; 8.66 is printed.",
    ),
)
