"""ae.total: the row of all adverse events is the sum of the events below it, where the table counts events.

Comes in: a Study. Goes out: one outcome for each column of a table of adverse events whose first row is a count
without a percentage, where the other columns show what such a row counts. Counts of patients are never summed: one
patient may have several events.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from auditable.blocks import Cell, Observation, Study, count_of
from auditable.checks.event_parts import counts_all_events, is_part
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import TOTAL, plain
from auditable.model import PATH_SEPARATOR

MIN_AGREEING = 2
"""Other columns whose sums must equal their totals before one that does not is accused."""
TELLING_TOTAL = 5
"""At least one of them is this large: small sums agree by chance."""


@dataclass(frozen=True, slots=True)
class Column:
    """The total of one column and the rows below it."""

    total: Observation
    terms: tuple[Observation, ...]

    @property
    def sum(self) -> int:
        """What the rows add up to."""
        return sum(map(count_of, self.terms))

    @property
    def agrees(self) -> bool:
        """Whether the rows add up to the total."""
        return self.sum == count_of(self.total)


def test_totals(study: Study) -> Iterator[Outcome]:
    """One outcome for each column with a total of events."""
    tables: dict[str, list[Cell]] = defaultdict(list)
    for cell in study.cells:
        if cell.first.table_type == "adverse events":
            tables[cell.first.table_id].append(cell)
    for cells in tables.values():
        columns = list(_read_columns(cells))
        for column in columns:
            yield from _judge(column, [c for c in columns if c is not column and c.agrees])


def _read_columns(cells: list[Cell]) -> Iterator[Column]:
    by_column: dict[tuple[int, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_column[(cell.first.col, cell.first.spanner_path, cell.first.arm)].append(cell)
    parents = {p for c in cells for p in _parents(c.first.stub_path)}
    for column in by_column.values():
        totals = [c for c in column if _is_total(c.first)]
        if len(totals) != 1 or totals[0].only("pct") is not None:
            continue
        total = totals[0].only("events") or totals[0].only("n")
        statistic = "events" if totals[0].only("events") else "n"
        terms = tuple(
            o
            for c in column
            if c is not totals[0] and c.first.stub_path not in parents and (o := c.only(statistic)) is not None
        )
        are_whole = total is not None and all(o.whole is not None for o in (total, *terms))
        if total is not None and are_whole and len(terms) >= MIN_AGREEING:
            yield Column(total, terms)


def _is_total(o: Observation) -> bool:
    return not o.group and (counts_all_events(o.label) or bool(TOTAL.match(plain(o.label))))


def _parents(path: str) -> list[str]:
    parts = path.split(PATH_SEPARATOR)
    return [PATH_SEPARATOR.join(parts[:i]) for i in range(1, len(parts))]


def _judge(column: Column, agreeing: list[Column]) -> Iterator[Outcome]:
    total, found = column.total, column.sum
    shown = " + ".join(o.value for o in column.terms if o.whole)
    arithmetic = f"{shown} = {found}; total {total.value}"
    observations = (total, *column.terms)
    if column.agrees:
        yield Outcome(
            "consistent", observations, "The events add up to their total.", arithmetic, total.value, str(found)
        )
        return
    is_shown = len(agreeing) >= MIN_AGREEING and max(count_of(c.total) for c in agreeing) >= TELLING_TOTAL
    holders = [c for c in agreeing if c.total.arm == total.arm and is_part(total, c.total, blank_is_any=True)]
    sums = ", ".join(c.total.value for c in agreeing)
    if is_shown and (holders or found > count_of(total)):
        message = (
            f'"{total.label}" prints {total.value}, but the events listed below it add up to {found}; in the other '
            f"columns they add up to the total ({sums})."
        )
        yield Outcome("impossible", observations, message, arithmetic, total.value, str(found))
        return
    message = "The events below do not add up to this total; it may count otherwise, or not all events are listed."
    yield Outcome("not testable", observations, message, arithmetic, total.value, str(found))


RULES = (
    Rule(
        id="ae.total",
        claim="A total of adverse events is the sum of the events listed below it.",
        severity="error",
        function=test_totals,
        assumptions="The total has no percentage, so it counts events; the listed rows add up to their totals in at "
        "least two other columns. Then no event of those columns is missing or counted twice, so neither is one of a "
        "column that holds a part of them (serious, related, grade ≥ 3).",
        literature="CONSORT Harms 2022; INSPECT-SR check 4 (internal consistency)",
        example="Any AE: 28, related 10, serious 11; the rows add up to 28, 10 and 10.",
    ),
)
