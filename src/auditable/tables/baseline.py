"""A cohort described before or at the start of treatment: age, sex, stage, earlier therapies."""

from __future__ import annotations

from auditable.model import Table
from auditable.table_types import TableType, count_words, words_of

_CAPTION = (
    "baseline",
    "characteristic",
    "demographic",
    "at entry",
    "at study entry",
    "patients and disease",
)
_ROWS = (
    "age",
    "sex",
    "gender",
    "male",
    "female",
    "weight",
    "body mass index",
    "race",
    "ethnic",
    "performance status",
    "smok",
    "stage",
    "diabetes",
    "hypertension",
    "prior",
    "previous",
    "history",
    "education",
)


def _score(table: Table) -> int:
    caption = table.caption.casefold()
    return min(90, 35 * bool(count_words(caption, _CAPTION)) + 8 * count_words(words_of(table), _ROWS))


TABLE_TYPE = TableType("baseline", _score)
