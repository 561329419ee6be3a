"""meta.weights: the weights of the studies in a meta-analysis add up to 100 %.

Comes in: a Study. Goes out: one outcome for each column of weights beside ratios or differences with their limits.
Subtotals and totals are left out of the sum; a column that holds several analyses is not judged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditable.blocks import Observation, Study, number_of
from auditable.checks.compared_rows import POOLED
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import decimal_text

HUNDRED = Fraction(100)
FEWEST = 3
FARTHEST = Fraction(40)
"""A sum so far from 100 is of several analyses, or of a part of one."""
_HEAD = re.compile(r"\bweights?\b(?!\s*\(?(?:kg|lb|g)\b)", re.IGNORECASE)


def test_weights(study: Study) -> Iterator[Outcome]:
    """One outcome for each column of weights."""
    with_limits: dict[str, set[int]] = defaultdict(set)
    columns: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source != "table":
            continue
        if o.statistic == "ci_low" and not POOLED.search(o.label):
            with_limits[o.table_id].add(o.row)
        if o.statistic in ("pct", "value") and o.number and _HEAD.search(o.spanner_path):
            columns[o.table_id, o.spanner_path].append(o)
    for (table, _), found in columns.items():
        parts = [o for o in found if not POOLED.search(o.label)]
        totals = [o for o in found if POOLED.search(o.label)]
        rows, limits = {o.row for o in parts}, with_limits[table]
        if len(rows & limits) >= FEWEST and all(not number_of(o).comparator for o in found):
            yield from _judge(parts, totals, has_all=rows == limits)


def _judge(parts: Sequence[Observation], totals: Sequence[Observation], *, has_all: bool) -> Iterator[Outcome]:
    """The sum of the weights against 100; accused only where the column prints one total of 100 %, asked else.

    has_all: the rows with a weight are those with limits, so that none was lost or stands for something else.
    """
    total = sum((number_of(o).value for o in parts), Fraction(0))
    slack = sum((number_of(o).unit for o in parts), Fraction(0)) / 2
    shown = decimal_text(total, max(o.decimals for o in parts))
    arithmetic = f"{' + '.join(o.value for o in parts)} = {shown}"
    observations = (*parts, *totals)
    if abs(total - HUNDRED) <= slack:
        yield Outcome("consistent", observations, "The weights add up to 100 %.", arithmetic, shown, "100")
    elif (
        has_all and abs(total - HUNDRED) < FARTHEST and any(abs(number_of(o).value - HUNDRED) <= slack for o in totals)
    ):
        message = f"The weights of {parts[0].table_id} add up to {shown} %, not to the 100 % that it prints below them."
        yield Outcome("impossible", observations, message, arithmetic, shown, "100")
    else:
        message = (
            f"The weights of {parts[0].table_id} add up to {shown} %: some may be missing, or of another analysis."
        )
        yield Outcome("not testable", observations, message, arithmetic, shown, "100")


RULES = (
    Rule(
        id="meta.weights",
        claim="The weights of the studies in a meta-analysis add up to 100 %.",
        severity="error",
        function=test_weights,
        assumptions="Three weights or more in one column, all rows with limits and no others, and one total of 100 % "
        "in the column. Half a unit of the last digit is allowed for each.",
        literature="Cochrane Handbook 10.3",
        example="Weights of 29.3, 40.1 and 39.6 %, total 100 %: they add up to 109.0.",
    ),
)
