"""Efficacy by arm or cohort: response, survival, times to event; measures followed in time, effects of treatments."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType

_CAPTION = re.compile(
    r"\befficacy\b|\boutcomes?\b|\bresponses?\b|\bsurvival\b|\bend\s?-?points?\b|\bresults?\b"
    r"|\beffects?\b|\bmortality\b|\brates?\b|\bchanges?\b|\bassociations?\b"
    r"|\bregression\b|\bpredictors?\b|\brisk\sfactors?\b|\bfactors\sassociated\b|\bover\stime\b"
    r"|\bcomparisons?\b|\bremission\b|\brelapse\b",
    re.IGNORECASE,
)


def _score(table: Table, kinds: RowKinds) -> int:
    followed = kinds.times > 1 or kinds.row_times > 1
    compared = bool(kinds.ratios) or bool(kinds.effects)
    return min(90, 30 * bool(_CAPTION.search(table.caption)) + int(60 * kinds.outcome) + 30 * compared + 30 * followed)


TABLE_TYPE = TableType("outcome", _score)
