"""Results by subgroup: rows that part the patients ("≥ 6 vs. < 6", "Male"), columns of results, often with p or a
ratio."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.printed_text import tidy
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType, words_of

_VERSUS = re.compile(r"\bvs\.?\b|\bversus\b", re.IGNORECASE)
_PAIR = re.compile(r"^[<>≤≥~]?\s?\d+(?:\.\d+)?\s?%?\s?/\s?[<>≤≥~]?\d+(?:\.\d+)?\s?%?$")
_CAPTION = re.compile(
    r"\bsub-?groups?\b|\bmoderat(?:or|ion)\b|\bstratified\s(?:by|according)\b|\bheterogeneity\b", re.IGNORECASE
)
_INTERACTION = re.compile(r"\binteraction\b|\bheterogeneity\b", re.IGNORECASE)
_REGRESSION = re.compile(
    r"\bregression\b|\b(?:multi|uni)vari(?:able|ate)\b|\bpredict|\bassociat|\brisk\sfactors?\b|\bprognostic\b",
    re.IGNORECASE,
)
MOSTLY = 0.5


def _score(table: Table, kinds: RowKinds) -> int:
    """Pairs under "A vs. B"; the word itself; or rows that part the patients beside ratios or columns of outcomes."""
    rows = [r for r in table.rows if r.kind == "data" and r.path]
    versus = sum(bool(_VERSUS.search(r.path[-1])) for r in rows)
    pairs = sum(bool(_PAIR.match(tidy(c.text))) for r in rows for c in r.cells)
    if rows and versus * 2 >= len(rows) and pairs:
        return 92
    words = words_of(table)
    heads = " ".join(label for level in table.boxhead for label in level)
    if _CAPTION.search(table.caption) or _INTERACTION.search(heads):
        return 91
    if "subgroup" in words:
        return 70
    if _REGRESSION.search(table.caption):
        return 0  # rows are what the model holds, not parts of the patients
    parts = kinds.part > MOSTLY and (bool(kinds.ratios) or bool(kinds.measures)) and kinds.outcome < MOSTLY
    return 75 if parts else 0


TABLE_TYPE = TableType("subgroup", _score, columns_measure=True)
