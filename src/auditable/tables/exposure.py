"""Exposure to treatment and disposition: cycles received, dose intensity, reasons for stopping."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType, count_words, words_of

_CAPTION = re.compile(
    r"\bexposure\sto\b|\b(?:treatment|drug|dose|study)\sexposure\b|\bexposure\b|\bdisposition\b"
    r"|\bdiscontinu|\btreatment\sduration\b|\bduration\sof\s(?:treatment|therapy)\b"
    r"|\bdos(?:e|ing)\s(?:intensity|modification|reduction)|\bcompliance\b|\badherence\b"
    r"|\btreatment\s(?:delivered|received|administ)",
    re.IGNORECASE,
)
_ROWS = (
    "premature discontinuation", "reason for", "discontinued", "number of cycles", "cycles received", "dose intensity",
    "dose reduction", "dose delay", "ongoing", "treatment duration", "duration of treatment", "duration of exposure",
    "withdrew", "lost to follow",
)  # fmt: skip


def _score(table: Table, kinds: RowKinds) -> int:
    named = 50 * bool(_CAPTION.search(table.caption))
    return min(91, named + int(50 * kinds.exposure) + 8 * count_words(words_of(table), _ROWS))


TABLE_TYPE = TableType("exposure", _score)
