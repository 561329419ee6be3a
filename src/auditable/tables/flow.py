"""A flow of records or patients: identified, duplicates removed, excluded, included, randomised."""

from __future__ import annotations

from auditable.model import Table
from auditable.table_types import TableType, count_words, words_of
from auditable.values import parse_cell

_WORDS = (
    "records",
    "duplicates",
    "screen",
    "excluded",
    "identified",
    "included",
    "eligib",
    "articles",
    "randomi",
    "assessed for",
    "allocated",
    "search",
    "lost to follow",
)


def _score(table: Table) -> int:
    cells = [c.text for r in table.rows if r.kind == "data" for c in r.cells if c.text]
    counts = [
        p[0] for t in cells if (p := parse_cell(t)) and p[0].form in ("single", "n =") and p[0].amounts[0].is_whole
    ]
    mostly_counts = bool(cells) and len(counts) * 5 >= len(cells) * 4
    return min(93, 22 * count_words(words_of(table), _WORDS)) if mostly_counts and table.n_columns <= 2 else 0


TABLE_TYPE = TableType("flow", _score, numbers_are="n")
