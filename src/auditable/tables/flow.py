"""A flow of records or patients: identified, duplicates removed, excluded, included, randomised."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType, count_words, words_of
from auditable.values import parse_cell

_WORDS = (
    "records", "duplicates", "screen", "excluded", "identified", "included", "eligib", "articles", "randomi",
    "assessed for", "allocated", "search", "lost to follow", "completed the study", "received allocated", "declined",
    "withdrew consent", "enrol", "full-text", "analysed", "analyzed", "did not meet", "did not receive", "discontinued",
)  # fmt: skip
_CAPTION = re.compile(
    r"\bflow\b|\bdisposition\b|\bscreening\b|\brecruitment\b|\bconsort\b|\bprisma\b|\bselection\sof\b", re.IGNORECASE
)
MOST_COLUMNS = 4
"""A flow has a column of numbers, or one per arm."""


def _score(table: Table, kinds: RowKinds) -> int:
    del kinds
    """Counts under words of a flow, more than one of them; with percentages only where the caption names a flow."""
    cells = [c.text for r in table.rows if r.kind == "data" for c in r.cells if c.text]
    named = bool(_CAPTION.search(table.caption))
    forms = ("single", "n =", "first (second)") if named else ("single", "n =")
    counts = [p[0] for t in cells if (p := parse_cell(t)) and p[0].form in forms and p[0].amounts[0].is_whole]
    if not cells or len(counts) * 5 < len(cells) * 4 or table.n_columns > MOST_COLUMNS:
        return 0
    words = count_words(words_of(table), _WORDS)
    return min(93, 22 * words + 20 * named) if words > 1 else 0


TABLE_TYPE = TableType("flow", _score, numbers_are="n", statistics=("n", "pct", "total", "text", "missing", "bound"))
