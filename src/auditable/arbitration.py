"""Cells that two readers read differently → one text for each, chosen by a stated rule, the other kept beside it.

Comes in: tables read twice, and what the pictures of the differing cells show. Goes out: the tables with decided_by,
and where the second reader was right its text in the cell and ours in second_text. No text is averaged or made up:
the chosen one is always a reader's own.

The rule, first step that settles it:
1. the rules of the grid, before this module: a neighbour's or a label's characters make no difference (agreement.py);
2. the picture agrees with one reader and not with the other;
3. arithmetic: "n (p%)" is right of the column's N with one reader's figures and not with the other's;
4. ours stays, and the cell is marked undecided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from auditable.agreement import is_same_text, plain
from auditable.model import Box, Piece, Table, TableCell, TableRow

PictureReader = Callable[[Sequence[tuple[int, int, Box]]], Sequence[str]]
"""The text that the picture of each (page, turn_degrees, box) shows, in the order given."""

SHARE = re.compile(r"^(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s*\(\s*(?P<pct>\d{1,3}(?:[.·]\d+)?)\s*%?\s*\)$")
"""A count with its share: 8 (25.0), 1,204 (33%)."""
TOTAL = re.compile(r"\bn\s*=\s*(?P<total>\d{1,3}(?:,\d{3})+|\d+)", re.IGNORECASE)


def decide_cells(tables: Sequence[Table], read_pictures: PictureReader) -> tuple[Table, ...]:
    """The tables with each cell that differs decided; read_pictures is called once, with those cells only."""
    places = [place for table in tables for place in _differing(table)]
    pictures = iter(read_pictures(places) if places else ())
    return tuple(_decide_table(table, iter([next(pictures) for _ in _differing(table)])) for table in tables)


def _differing(table: Table) -> list[tuple[int, int, Box]]:
    """Page, turn and box of each cell that differs, row by row."""
    return [
        (row.page, _turn_of(row, table.pieces), cell.box)
        for row in table.rows
        for cell in row.cells
        if cell.agreement == "differs" and cell.box is not None
    ]


def _turn_of(row: TableRow, pieces: Sequence[Piece]) -> int:
    return next((p.turn_degrees for p in pieces if p.page == row.page and p.box.contains(row.box, 1.0)), 0)


def _decide_table(table: Table, pictures: Iterator[str]) -> Table:
    rows = []
    for row in table.rows:
        cells = tuple(
            _decide(cell, next(pictures), _total(table, col))
            if cell.agreement == "differs" and cell.box is not None
            else cell
            for col, cell in enumerate(row.cells)
        )
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows))


def _decide(cell: TableCell, picture: str, total: int | None) -> TableCell:
    theirs = cell.second_text or ""
    shown = _shown_part(theirs, picture, cell)
    is_ours = is_same_text(cell.text, picture, cell.marks)
    if is_ours != bool(shown):
        return replace(cell, decided_by="picture") if is_ours else _choose_second(cell, shown, "picture")
    ours_fits, second_fits = _fits(cell.text, total), _fits(theirs, total)
    if ours_fits is not None and second_fits is not None and ours_fits != second_fits:
        return replace(cell, decided_by="arithmetic") if ours_fits else _choose_second(cell, theirs, "arithmetic")
    return replace(cell, decided_by="undecided")


def _choose_second(cell: TableCell, text: str, reason: str) -> TableCell:
    """The cell with the second reader's text; undecided where ours has marks, whose place in that text is unknown."""
    if cell.marks:
        return replace(cell, decided_by="undecided")
    return replace(cell, text=text, second_text=cell.text, decided_by=reason, is_second=True)


def _shown_part(theirs: str, picture: str, cell: TableCell) -> str:
    """The run of the second reader's words that the picture shows, or "".

    What stands beside that run was printed under it or not at all; it must be in our text, which is kept, so that no
    character is lost.
    """
    words = theirs.split()
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            run = " ".join(words[first:last])
            if is_same_text(run, picture):
                beside = Counter(plain("".join([*words[:first], *words[last:]])))
                return run if beside <= Counter(plain(cell.text)) else ""
    return ""


def _total(table: Table, col: int) -> int | None:
    """The number of patients that the column's innermost label with one gives."""
    found = [int(m["total"].replace(",", "")) for label in table.column_path(col) for m in TOTAL.finditer(label)]
    return found[-1] if found else None


def _fits(text: str, total: int | None) -> bool | None:
    """Whether a count and its share belong together, to the last printed digit; None where the text is none or there is
    no total."""
    match = SHARE.match(text)
    if match is None or not total:
        return None
    share = Decimal(match["pct"].replace("·", "."))
    half = Decimal(1).scaleb(int(share.as_tuple().exponent)) / 2
    return abs(Decimal(100 * int(match["n"].replace(",", ""))) / total - share) <= half
