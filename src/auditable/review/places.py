"""Where the things of a study stand on its pages: observations and cells by id and label, and the strip to picture.

Comes in: the frames of one study, its tables and page sizes. Goes out: Places. Cards are left to cards.py.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import pandas as pd

from auditable.matching import PROSE
from auditable.model import Box, PageSize, Table, union_box
from auditable.reconcile import table_name
from auditable.review.cell_states import cells_by_place
from auditable.review.pictures import Place, strip_around
from auditable.sameness import label_key
from auditable.store import StudyFrames
from schemas.frames import BOX_COLUMNS

SENTENCE_SHARE = 0.35
"""Share of the page's width that a picture of a sentence shows on each side of the number."""
MAX_STRIP_PT = 190.0
"""Tallest picture that is made to show several numbers at once; numbers farther apart have pictures of their own."""
MAX_STRIPS = 4
"""Pictures of one card: the number in question and up to three places it is compared with."""

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

    def further(self, places: str) -> list[Place]:
        """The strips around the further words of a finding, as its column places holds them."""
        rows = (dict(zip(("page", *BOX_COLUMNS), place.split(":"), strict=True)) for place in places.split())
        made = [{"page": row["page"], "table_id": "", **{c: float(row[c]) for c in BOX_COLUMNS}} for row in rows]
        return [place for row in made if (place := self.place({str(k): v for k, v in row.items()})) is not None]

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


def merge_places(places: Sequence[Place]) -> list[Place]:
    """The places in as few pictures as show them, at most MAX_STRIPS: each takes in the later ones that stand near.

    The first place is the number in question, all others are partners; a place that is there twice is shown once.
    """
    merged: list[Place] = []
    for place in places:
        near = next((i for i, m in enumerate(merged) if _fit_together(m, place)), None)
        if near is None:
            merged.append(place)
        else:
            merged[near] = _join(merged[near], place)
    return [*merged[:1], *(replace(place, is_beside=True) for place in merged[1:MAX_STRIPS])]


def _fit_together(one: Place, other: Place) -> bool:
    """Whether one picture shows both: the same page and turn, strips that overlap from side to side, not too tall."""
    a, b = one.strip, other.strip
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return (
        (one.page, one.turn_degrees) == (other.page, other.turn_degrees)
        and shared > min(a.width, b.width) / 2
        and max(a.bottom, b.bottom) - min(a.top, b.top) <= MAX_STRIP_PT
    )


def _join(one: Place, other: Place) -> Place:
    boxes = dict.fromkeys((*one.partners, other.outline, *other.partners))
    partners = tuple(b for b in boxes if b != one.outline)
    return replace(one, strip=union_box((one.strip, other.strip)), partners=partners)


def whole(number: object) -> int:
    """A whole number of a frame's row."""
    return int(str(number))
