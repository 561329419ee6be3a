"""Results by subgroup: rows that part the patients ("≥ 6 vs. < 6"), columns of results, often with p or a ratio."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.printed_text import tidy
from auditable.table_types import TableType, words_of

_VERSUS = re.compile(r"\bvs\.?\b|\bversus\b", re.IGNORECASE)
_PAIR = re.compile(r"^[<>≤≥~]?\s?\d+(?:\.\d+)?\s?%?\s?/\s?[<>≤≥~]?\d+(?:\.\d+)?\s?%?$")


def _score(table: Table) -> int:
    rows = [r for r in table.rows if r.kind == "data" and r.path]
    versus = sum(bool(_VERSUS.search(r.path[-1])) for r in rows)
    pairs = sum(bool(_PAIR.match(tidy(c.text))) for r in rows for c in r.cells)
    if rows and versus * 2 >= len(rows) and pairs:
        return 92
    return 70 if "subgroup" in words_of(table) else 0


TABLE_TYPE = TableType("subgroup", _score, columns_measure=True)
