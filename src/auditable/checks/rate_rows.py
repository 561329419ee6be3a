"""Rates that run along the rows of a table: the row of events above each, and the row of time at risk.

Comes in: a Study and the patterns that tell such rows. Goes out: for each table the numbers of each rate, its events
and its time, column by column. Whether they agree is left to rate_person_time.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.checks.table_lines import Line, tables_of


@dataclass(frozen=True, slots=True)
class RateWords:
    """Patterns of labels: a rate per time at risk, time at risk, events, and what is no crude rate."""

    per: re.Pattern[str]
    time: re.Pattern[str]
    events: re.Pattern[str]
    not_crude: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RateOfColumn:
    """A rate, its events and its time in one column; per: the match that says of how much time it is told."""

    rate: Observation
    events: Observation
    time: Observation
    per: re.Match[str]


def find_rate_rows(study: Study, words: RateWords) -> Iterator[list[RateOfColumn]]:
    """The rates of each table that print events and time in rows of their own, each table apart."""
    for table in tables_of(study):
        found = [rate for i in range(len(table.rows)) for rate in _rates(table.rows, i, words)]
        if found:
            yield found


def _rates(rows: Sequence[Line], i: int, words: RateWords) -> Iterator[RateOfColumn]:
    first = rows[i].first
    per = words.per.search(f"{first.label} ")
    if per is None or words.not_crude.search(first.stub_path):
        return
    times = [row for row in rows if _is_time(row.first.label, words)]
    near = [row for row in times if row.first.group == first.group] if len(times) > 1 else times
    events = [row for row in rows[:i] if row.first.group == first.group and _is_count(row, words)]
    if not events and first.group == "":
        events = [row for row in rows[:i] if _is_count(row, words)]
    if len(near) == 1 and events:
        for column, rate in rows[i].numbers.items():
            n, time = events[-1].numbers.get(column), near[0].numbers.get(column)
            if n is not None and time is not None:
                yield RateOfColumn(rate, n, time, per)


def _is_time(label: str, words: RateWords) -> bool:
    return bool(words.time.search(label)) and not words.per.search(f"{label} ")


def _is_count(row: Line, words: RateWords) -> bool:
    label = row.first.label
    return bool(words.events.search(label)) and not words.time.search(label)
