"""Exposure to treatment and disposition: cycles received, dose intensity, reasons for stopping."""

from __future__ import annotations

from auditable.model import Table
from auditable.table_types import TableType, count_words, words_of

_CAPTION = (
    "exposure",
    "disposition",
    "discontinu",
    "treatment duration",
    "dose intensity",
    "compliance",
    "adherence",
)
_ROWS = (
    "premature discontinuation",
    "reason for",
    "discontinued",
    "number of cycles",
    "cycles received",
    "dose intensity",
    "dose reduction",
    "dose delay",
    "ongoing",
    "treatment duration",
    "duration of treatment",
    "duration of exposure",
    "withdrew",
    "lost to follow",
)


def _score(table: Table) -> int:
    return min(
        91, 50 * bool(count_words(table.caption.casefold(), _CAPTION)) + 12 * count_words(words_of(table), _ROWS)
    )


TABLE_TYPE = TableType("exposure", _score)
