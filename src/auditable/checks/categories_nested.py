"""categories.nested: a narrower row never holds more patients than the wider one that contains it.

Comes in: a Study. Goes out: one outcome for each row group with two or more one-sided cut-offs (≥ 12 weeks, ≥ 24
weeks), and what categories_both.py finds. Grades of adverse events are left to ae_logic.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from auditable.blocks import Cell, Observation, Study
from auditable.checks.categories_both import test_both_of_a_sentence, test_rows_of_both
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import Span, plain, read_span
from auditable.codebook import load_codebook
from auditable.denominators import whole_number

_REVERSED = re.compile(
    r"\b(?:specificity|negatives?|without|predictive|ppv|npv|accura\w+|likelihood|correct\w*)\b", re.IGNORECASE
)
"""Who is counted at a cut-off is not whoever reaches it: those correctly below it, or a share of those above it."""


def test_nested(study: Study) -> Iterator[Outcome]:
    """One outcome for each chain of one-sided cut-offs, and for each number of patients with both of two things."""
    for mentions in study.sentences:
        yield from test_both_of_a_sentence(mentions)
    for cells in study.blocks.values():
        if not cells[0].first.group or cells[0].first.table_type == "individual":
            continue
        if _REVERSED.search(f"{cells[0].first.spanner_path} {cells[0].first.group}"):
            continue
        if cells[0].first.table_type != "adverse events":
            yield from _test_levels(cells)
            yield from test_rows_of_both(cells)
        spans = [(s, c) for c in cells if (s := read_span(plain(c.first.label)))]
        if any(s.low is not None and s.high is not None for s, _ in spans):
            continue  # 12–24 among them: the rows part the scale, ≥ 24 is what is left
        for statistic in ("n", "pct"):
            yield from _test_chain([(s, c) for s, c in spans if s.high is None], statistic, is_rising=False)
            yield from _test_chain([(s, c) for s, c in spans if s.low is None], statistic, is_rising=True)


def _test_levels(cells: Sequence[Cell]) -> Iterator[Outcome]:
    """Rows the codebook calls nested: cycle 1, 2, 3 …; ACR20, 50, 70: those who reach one have reached all before."""
    first = cells[0].first
    known = load_codebook().variables.get(first.variable)
    if known is None or known.relation != "nested" or any(c.first.variable != first.variable for c in cells):
        return
    order = list(known.categories)
    levels: list[tuple[Span, Cell]] = []
    for cell in cells:
        label, category = plain(cell.first.label), cell.first.category
        place = order.index(category) if category in order else int(label) if label.isdecimal() else None
        if place is None:
            return
        levels.append((Span(Fraction(place), None, ""), cell))
    counts = [n.whole for c in cells if (n := c.only("n")) is not None]
    totals = {whole_number(n.denominator) for c in cells if (n := c.only("n")) is not None}
    total = totals.pop() if len(totals) == 1 else None
    if order or (total and sum(filter(None, counts)) > total):  # more than everyone: each row holds the next
        for statistic in ("n", "pct"):
            yield from _test_chain(levels, statistic, is_rising=False)


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
        claim="A part (≥ 24 weeks inside ≥ 12 weeks, both of two things) never holds more patients than the whole.",
        severity="error",
        function=test_nested,
        assumptions="All cut-offs of the row group point the same way, no row is a closed stretch (12–24), which would "
        "part the scale, and the column does not count those below a cut-off (specificity). Patients with both of two "
        "things are at most those with either, unless the three numbers may be of patients with one alone, the other "
        "alone and both.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="≥ 12 weeks: 12, ≥ 24 weeks: 18: the narrower row holds more.",
    ),
)
