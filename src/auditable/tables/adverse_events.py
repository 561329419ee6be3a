"""Adverse events: one event per row, grades, seriousness or arms as columns."""

from __future__ import annotations

import re

from auditable.events import SPEAKS_OF_EVENTS
from auditable.model import Table
from auditable.printed_text import tidy
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType

_NO_EVENTS = re.compile(r"\bhistory\b|\bcomorbid|\bco-morbid|\bbaseline\b|\bcharacteristics\b", re.IGNORECASE)


def _score(table: Table, kinds: RowKinds) -> int:
    """Some words must speak of adverse events: rows of illnesses alone may be comorbidities."""
    caption = tidy(table.caption)
    heads = tidy(" ".join((table.stub_head, *(x for level in table.boxhead for x in level))))
    named = bool(SPEAKS_OF_EVENTS.search(caption)) and not _NO_EVENTS.search(caption)
    said = 50 * named + 30 * bool(SPEAKS_OF_EVENTS.search(heads)) + 10 * min(kinds.any_event, 4)
    if not said:
        return 0
    return min(94, said + 15 * bool(kinds.grades) + int(45 * kinds.event) - int(30 * (kinds.baseline > kinds.event)))


TABLE_TYPE = TableType("adverse events", _score, variable="adverse_event")
