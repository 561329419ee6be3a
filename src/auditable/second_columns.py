"""Two readings of a table → the columns that the second reader parts in two: a hint that two columns were read as one.

Comes in: our tables and the second reading of each piece, made without knowing our columns. Goes out: one sentence for
each such column. Only figures side by side count: a reader that cuts "8 (25.0)" or "p = .20" in two says nothing about
the columns, and how many columns it saw in all is not to be relied on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.agreement import is_on, is_same_text, stands_at, text_pieces
from auditable.model import Piece, Table, TableCell
from auditable.readers.second_regions import SecondReading

FIGURE = re.compile(r"^(?:[<>≤≥]\s?)?[+−–-]?[.·]?\d")
MIN_ROWS = 2
MIN_SHARE = 0.5
"""In so many rows, and so large a share of the column's rows with text, the second reader must see two figures."""


def find_parted_columns(tables: Sequence[Table], readings: Sequence[SecondReading]) -> list[str]:
    """One sentence for each column of which the second reader makes two.

    readings: one for each of agreement.regions_to_read_twice(tables), in its order.
    """
    remaining = iter(readings)
    return [
        sentence
        for table in tables
        for piece in text_pieces(table)
        for sentence in _of_piece(table, piece, next(remaining))
    ]


def _of_piece(table: Table, piece: Piece, reading: SecondReading) -> Iterator[str]:
    rows = [row for row in table.rows if is_on(row, piece)]
    for col in range(max((len(row.cells) for row in rows), default=0)):
        cells = [row.cells[col] for row in rows if col < len(row.cells) and row.cells[col].text]
        parted = [parts for parts in (_parts(cell, reading) for cell in cells) if parts]
        if len(parted) >= max(MIN_ROWS, MIN_SHARE * len(cells)):
            shown = " | ".join(parted[0])
            yield (
                f"Page {piece.page}, {table.label or table.table_id}: the second reader sees {len(parted[0])} columns "
                f"where column {col + 1} was read, in {len(parted)} of {len(cells)} rows: {shown}"
            )


def _parts(cell: TableCell, reading: SecondReading) -> list[str]:
    """The figures in which the second reader parts the cell, side by side in one of its rows; none otherwise."""
    for row in reading.rows:
        texts = [tile.text for tile in row if tile.text and cell.box and stands_at(tile.box, cell.box)]
        are_figures = len(texts) > 1 and all(FIGURE.match(text) for text in texts)
        if are_figures and is_same_text(cell.text, " ".join(texts), cell.marks):
            return texts
    return []
