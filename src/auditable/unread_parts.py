"""What of a read cell no value of it holds: "(1)" of "χ²(1) = 2.88", "3 vs 1" before a p value.

Comes in: a reading, its observations and what was rejected. Goes out: a Rejected row for each such number, with its
place in the cell and the reason. Cells that were left out as a whole have their row already; how numbers of a cell are
held against its values is accounting.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from auditable.accounting import explain_numbers, rows_by
from auditable.model import Reading, TableCell
from schemas.frames import Rejected, frame_of

DEGREES = "degrees of freedom of a test"
COMPARED = "numbers of the groups that are compared"
NO_VALUE = "printed in a cell whose values do not hold it"
_DEGREES = re.compile(
    r"(?:\b[tFrzQ]|[χΧX]\s?[²2])\s?\(\s?(?:\d+(?:[.,]\d+)?(?:\s?,\s?)?){1,2}(?:\s?,\s?[nN]\s?=\s?\d+)?\s?\)"
)
"""A letter of a test with its degrees of freedom: t(44), F(2, 45), χ²(1), χ²(1, N = 70)."""
_COMPARED = re.compile(r"\b\d{1,2}\s?(?:vs?\.?|versus|[<>=≠])\s?\d{1,2}(?=\s?[,;:(])", re.IGNORECASE)
"""Groups by their numbers, before what their comparison gave: "3 vs 1, P = 0.01", "1 > 2 (p < .05)"."""


def reject_unread_parts(reading: Reading, observations: pd.DataFrame, rejected: pd.DataFrame) -> pd.DataFrame:
    """The Rejected frame of numbers in read cells that are in no value; start is the place in the cell's text."""
    seen = rows_by(observations[observations["source"] == "table"], "table_id", "row", "col")
    left_out = set(rows_by(rejected[rejected["source"] == "table"], "table_id", "row", "col"))
    rows: list[dict[str, object]] = []
    for table_id, row, col, page, cell in _filled_cells(reading):
        values = seen.get((table_id, row, col), [])
        if not values or (table_id, row, col) in left_out:
            continue
        place = {"study_id": reading.study_id, "source": "table", "table_id": table_id, "row": row, "col": col}
        for found, holder in explain_numbers(cell.text, values):
            if holder is None:
                why = _reason(cell.text, found.start())
                rows.append({**place, "raw_text": found[0], "start": found.start(), "reason": why, "page": page})
    return frame_of(rows, Rejected)


def _filled_cells(reading: Reading) -> Iterator[tuple[str, int, int, int, TableCell]]:
    """Table, row, column, page and cell of every filled cell of a data row."""
    for table in reading.tables:
        for r, row in enumerate(table.rows):
            if row.kind == "data":
                yield from ((table.table_id, r, c, row.page, cell) for c, cell in enumerate(row.cells) if cell.text)


def _reason(text: str, start: int) -> str:
    for pattern, why in ((_DEGREES, DEGREES), (_COMPARED, COMPARED)):
        if any(m.start() <= start < m.end() for m in pattern.finditer(text)):
            return why
    return NO_VALUE
