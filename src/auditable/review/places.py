"""Where the things of a study stand on its pages: observations and cells by id and label, and the strip to picture.

Comes in: the frames of one study, its tables and page sizes. Goes out: Places. Cards are left to cards.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from auditable.matching import PROSE
from auditable.model import Box, PageSize, Table
from auditable.reconcile import table_name
from auditable.review.cell_states import cells_by_place
from auditable.review.pictures import Place, strip_around
from auditable.sameness import label_key
from auditable.store import StudyFrames
from schemas.frames import BOX_COLUMNS

SENTENCE_SHARE = 0.35
"""Share of the page's width that a picture of a sentence shows on each side of the number."""

Row = dict[Hashable, object]


class Atlas:
    """Where things stand: observations and cells by id and place, table pieces and page sizes."""

    def __init__(self, frames: StudyFrames, tables: Sequence[Table], pages: Sequence[PageSize]) -> None:
        self.observations: dict[str, Row] = {
            str(r["observation_id"]): r for r in frames.observations.to_dict("records")
        }
        self.cells: dict[tuple[str, int, int], Row] = {
            (str(r["table_id"]), whole(r["row"]), whole(r["col"])): r for r in frames.cells.to_dict("records")
        }
        self.by_place = cells_by_place(frames.cells)
        self.tables = {t.table_id: t for t in tables}
        self.pages = {p.number: p for p in pages}

    def cell(self, table_id: str, stub: str, spanner: str) -> Row | None:
        """The cell at these labels, or None."""
        key = self.by_place.get((table_id, label_key(stub), label_key(spanner)))
        return self.cells.get(key) if key else None

    def name(self, table_id: str) -> str:
        """What the article calls the table, or that it is text."""
        if table_id in ("", PROSE):
            return "Text"
        table = self.tables.get(table_id)
        return table.label if table and table.label else table_name(table_id)

    def place(self, row: Row) -> Place | None:
        """The strip around an observation or cell; None when it has no ink."""
        edges = [row[c] for c in BOX_COLUMNS]
        if any(not isinstance(e, float) or pd.isna(e) for e in edges):
            box = self._empty_cell(row)
            if box is None:
                return None
        else:
            box = Box(*(float(str(e)) for e in edges))
        page = whole(row["page"])
        size = self.pages.get(page)
        if size is None or box.width <= 0 or box.height <= 0:
            return None
        table = self.tables.get(str(row["table_id"]))
        piece = next((p for p in table.pieces if p.page == page and p.box.contains(box, 5)), None) if table else None
        turn = piece.turn_degrees if piece else 0
        width, height = size.width_pt, size.height_pt
        left, right = (
            (piece.box.x0, piece.box.x1)
            if piece
            else (box.x0 - width * SENTENCE_SHARE, box.x1 + width * SENTENCE_SHARE)
        )
        return Place(page, strip_around(box, left, right, width, height), box, turn)

    def _empty_cell(self, row: Row) -> Box | None:
        """Where a cell without ink would stand: at the height of its row, as wide as the ink of its column."""
        table = self.tables.get(str(row["table_id"]))
        if table is None or "text" not in row or not 0 <= whole(row["row"]) < len(table.rows):
            return None
        col = whole(row["col"])
        inked = [r.cells[col].box for r in table.rows if col < len(r.cells) and r.page == whole(row["page"])]
        boxes = [b for b in inked if b is not None]
        if not boxes:
            return None
        height = table.rows[whole(row["row"])].box
        return Box(min(b.x0 for b in boxes), height.top, max(b.x1 for b in boxes), height.bottom)


def whole(number: object) -> int:
    """A whole number of a frame's row."""
    return int(str(number))
