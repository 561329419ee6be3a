"""Efficacy by arm or cohort: response, survival, times to event."""

from __future__ import annotations

from auditable.model import Table
from auditable.table_types import TableType, count_words, words_of

_CAPTION = (
    "efficacy",
    "outcome",
    "response",
    "survival",
    "endpoint",
    "end point",
    "results",
)
_ROWS = (
    "orr",
    "overall response",
    "complete response",
    "partial response",
    "pfs",
    "progression-free",
    "overall survival",
    "hazard ratio",
    "duration of response",
    "time to",
    "mortality",
    "primary outcome",
    "primary end",
    "change from baseline",
    "mean difference",
    "odds ratio",
    "relapse",
    "remission",
    "event-free",
)


def _score(table: Table) -> int:
    return min(
        90, 30 * bool(count_words(table.caption.casefold(), _CAPTION)) + 10 * count_words(words_of(table), _ROWS)
    )


TABLE_TYPE = TableType("outcome", _score)
