"""categories.nested: a narrower row never holds more patients than the wider one that contains it.

Comes in: a Study. Goes out: one outcome for each row group with two or more one-sided cut-offs (≥ 12 weeks, ≥ 24
weeks). Grades of adverse events are left to ae_logic.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditable.blocks import Cell, Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import Span, plain, read_span


def test_nested(study: Study) -> Iterator[Outcome]:
    """One outcome for each chain of one-sided cut-offs."""
    for cells in study.blocks.values():
        if not cells[0].first.group or cells[0].first.table_type == "individual":
            continue
        spans = [(s, c) for c in cells if (s := read_span(plain(c.first.label)))]
        if any(s.low is not None and s.high is not None for s, _ in spans):
            continue  # 12–24 among them: the rows part the scale, ≥ 24 is what is left
        for statistic in ("n", "pct"):
            yield from _test_chain([(s, c) for s, c in spans if s.high is None], statistic, is_rising=False)
            yield from _test_chain([(s, c) for s, c in spans if s.low is None], statistic, is_rising=True)


def _test_chain(spans: Sequence[tuple[Span, Cell]], statistic: str, is_rising: bool) -> Iterator[Outcome]:
    chain = [(s, o) for s, c in spans if (o := c.only(statistic)) is not None and o.number and not o.number.comparator]
    if len(chain) < 2 or len({s.unit for s, _ in chain if s.unit}) > 1:
        return
    chain.sort(key=lambda item: (item[0].low or item[0].high or 0, item[0].is_strict != is_rising))
    if len({(s.low, s.high, s.is_strict) for s, _ in chain}) != len(chain):
        return
    observations = tuple(o for _, o in chain)
    breach = next((pair for pair in pairwise(observations) if _breaks(*pair, is_rising)), None)
    shown = (" ≤ " if is_rising else " ≥ ").join(f"{o.value} ({o.label})" for o in observations)
    values = ", ".join(o.value for o in observations)
    if breach is None:
        yield Outcome(
            "consistent", observations, "Each row contains the next, and none holds more.", shown, values, values
        )
        return
    wide, narrow = (breach[1], breach[0]) if is_rising else breach
    message = f'"{narrow.label}" lies inside "{wide.label}" but holds more: {narrow.value} against {wide.value}.'
    yield Outcome(
        "impossible", (narrow, wide), message, f"{narrow.value} > {wide.value}", narrow.value, f"at most {wide.value}"
    )


def _breaks(first: Observation, second: Observation, is_rising: bool) -> bool:
    if first.number is None or second.number is None:
        return False
    wide, narrow = (second.number, first.number) if is_rising else (first.number, second.number)
    if first.statistic == "n":
        return narrow.value > wide.value
    low, high = narrow.ordinary.low, wide.ordinary.high
    return low is not None and high is not None and low > high


RULES = (
    Rule(
        id="categories.nested",
        claim="A row inside a wider one (≥ 24 weeks inside ≥ 12 weeks) never holds more patients.",
        severity="error",
        function=test_nested,
        assumptions="All cut-offs of the row group point the same way and no row is a closed stretch (12–24), "
        "which would part the scale.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="≥ 12 weeks: 12, ≥ 24 weeks: 18: the narrower row holds more.",
    ),
)
