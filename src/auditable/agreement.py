"""Two readings of the same tables side by side: each body cell learns what the second reader saw in its place.

Comes in: our tables and, for each of their upright text pieces, the second reader's cells. Goes out: the same tables,
second_text and agreement filled in. Whether a difference is an error of ours, of the second reader or of the print is
left to the curator.

"same": one cell of the second reader stands here and holds the same characters, white space, kinds of dash,
compatibility forms and note marks aside; where a sign was put right from its picture, those of the text layer, which
the second reader sees. "differs": other characters stand here. "not found": the second reader has no
cell of its own here; it saw nothing, or ran our cell together with its neighbours, or cut it up, with no character that
we lack. "not read twice": scans, and regions where the second reader gave up.

The second reader reads each piece knowing its body's box only. Where that leaves cells "not found", it is asked once
more for these alone, with the borders between our columns: its characters are still its own.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditable.model import AGREEMENTS, Box, Piece, Table, TableCell, TableRow
from auditable.readers.second_regions import SecondCell, SecondReading, SecondRegion

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
DOTS = {ord("⋅"): "·", ord("∙"): "·"}
SYMBOL_MARKS = dict.fromkeys(map(ord, "*†‡§¶‖#\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
"""Note marks that are no letters, the soft hyphen, signs of no width: one reader shows them, the other keeps them
apart."""
MIN_OVERLAP = 0.5
"""Share of the narrower one's width by which a cell and a tile must overlap to stand in one place."""
EDGE_SLACK_PT = 1.0


def regions_to_read_twice(tables: Sequence[Table]) -> list[SecondRegion]:
    """Every piece that the second reader can read, in the order in which compare_tables wants them.

    Only the body: a spanner over two columns would let the second reader take them for one.
    """
    return [
        SecondRegion(piece.page, _body_box(table, piece), piece.turn_degrees)
        for table in tables
        for piece in text_pieces(table)
    ]


def regions_to_ask_again(tables: Sequence[Table]) -> list[SecondRegion | None]:
    """As regions_to_read_twice, with the borders between our columns; None where no cell is "not found" or there are no
    such borders."""
    out: list[SecondRegion | None] = []
    for table in tables:
        for piece in text_pieces(table):
            rows = [row for row in table.rows if is_on(row, piece)]
            is_lacking = any(cell.agreement == "not found" for row in rows for cell in row.cells)
            borders = _separators(rows) if is_lacking else ()
            box = _body_box(table, piece)
            out.append(SecondRegion(piece.page, box, piece.turn_degrees, borders) if borders else None)
    return out


def _separators(rows: Sequence[TableRow]) -> tuple[float, ...]:
    """The middle of the white between neighbouring columns, the stub being the first; none where their ink overlaps."""
    data = [row for row in rows if row.kind == "data"]
    columns = [[row.label_box for row in data], *zip(*([c.box for c in row.cells] for row in data), strict=True)]
    inks = [[box for box in column if box is not None] for column in columns]
    borders = []
    for left, right in pairwise(ink for ink in inks if ink):
        edge, start = max(b.x1 for b in left), min(b.x0 for b in right)
        if edge < start:
            borders.append((edge + start) / 2)
    return tuple(borders)


def _body_box(table: Table, piece: Piece) -> Box:
    rows = [row.box for row in table.rows if is_on(row, piece)]
    if not rows:
        return piece.box
    return Box(piece.box.x0, min(b.top for b in rows), piece.box.x1, max(b.bottom for b in rows))


def is_on(row: TableRow, piece: Piece) -> bool:
    """Whether the row stands on the piece."""
    return row.page == piece.page and piece.box.contains(row.box, EDGE_SLACK_PT)


def compare_tables(
    tables: Sequence[Table], second: Sequence[SecondReading], *, judged: Sequence[str] = AGREEMENTS
) -> tuple[Table, ...]:
    """The tables with second_text and agreement in every body cell whose agreement so far is one of judged.

    second: one reading per region of regions_to_read_twice(tables). Raises ValueError when their numbers differ.
    """
    regions = regions_to_read_twice(tables)
    if len(second) != len(regions):
        raise ValueError(f"{len(regions)} regions were to be read twice, {len(second)} readings came")
    readings = iter(second)
    compared = []
    for table in tables:
        pieces = [(piece, next(readings)) for piece in text_pieces(table)]
        compared.append(_compare(table, pieces, judged))
    return tuple(compared)


def text_pieces(table: Table) -> list[Piece]:
    """The pieces that the second reader can read, in order: none of a scan."""
    return [] if table.reader == "ocr" else list(table.pieces)


def _compare(table: Table, pieces: Sequence[tuple[Piece, SecondReading]], judged: Sequence[str]) -> Table:
    rows = list(table.rows)
    for piece, reading in pieces:
        if not reading.rows:
            continue
        mine = [i for i, row in enumerate(rows) if is_on(row, piece)]
        place = _Place.of([rows[i] for i in mine], reading)
        for i in mine:
            cells = (_judge(cell, place) if cell.agreement in judged else cell for cell in rows[i].cells)
            rows[i] = replace(rows[i], cells=tuple(cells))
    return replace(table, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class _Place:
    """One piece in both readings: the second reader's cells with text, our texts with boxes, our labels."""

    tiles: tuple[SecondCell, ...]
    ours: tuple[tuple[Box, str], ...]
    labels: tuple[tuple[TableRow, str], ...]
    body_x0: float

    @classmethod
    def of(cls, rows: Sequence[TableRow], reading: SecondReading) -> _Place:
        cells = [cell for row in rows for cell in row.cells if cell.box is not None and cell.text]
        return cls(
            tiles=tuple(tile for line in reading.rows for tile in line if tile.text),
            ours=tuple((c.box, plain(_layer(c) + "".join(c.marks))) for c in cells if c.box is not None),
            labels=tuple((row, plain("".join(row.path[-1:]) + "".join(row.label_marks))) for row in rows),
            body_x0=min((c.box.x0 for c in cells if c.box is not None), default=0.0),
        )


def _judge(cell: TableCell, place: _Place) -> TableCell:
    if not cell.text:
        # Nothing is printed here for us: ink that we missed shows up as a foreign character beside its neighbour.
        return replace(cell, agreement="same", second_text="")
    if cell.box is None:
        return replace(cell, agreement="not found", second_text=None)
    box = cell.box
    tiles = [tile for tile in place.tiles if stands_at(tile.box, box)]
    if not tiles:
        return replace(cell, agreement="not found", second_text=None)
    text = " ".join(tile.text for tile in sorted(tiles, key=lambda t: (t.box.top, t.box.x0)))
    if is_same_text(cell.text, text, cell.marks) or is_same_text(_layer(cell), text, cell.marks):
        return replace(cell, agreement="same", second_text=text)
    if _is_run_together(cell, text, tiles, place):
        return replace(cell, agreement="not found", second_text=None)
    return replace(cell, agreement="differs", second_text=text)


def _layer(cell: TableCell) -> str:
    """The cell as the text layer has it: the second reader knows nothing of what the picture put right."""
    return cell.text if cell.layer_text is None else cell.layer_text


def stands_at(tile: Box, ink: Box) -> bool:
    """Whether a tile lies where the ink is: they share a line, and half the width of the narrower one."""
    if not (tile.top <= ink.y_mid <= tile.bottom or ink.top <= tile.y_mid <= ink.bottom):
        return False
    shared = min(tile.x1, ink.x1) - max(tile.x0, ink.x0)
    return shared >= MIN_OVERLAP * min(tile.width, ink.width)


def _is_run_together(cell: TableCell, text: str, tiles: Sequence[SecondCell], place: _Place) -> bool:
    """Whether the second reader's text here is our neighbours', with or without ours, or ours in pieces: no foreign
    character."""
    seen, own = plain(text), plain(_layer(cell))
    if seen in own:
        return True
    known = Counter(plain("".join(cell.marks)))
    if own in seen:
        known.update(own)
    for box, other in place.ours:
        if box != cell.box and any(stands_at(tile.box, box) for tile in tiles):
            known.update(other)
    for row, label in place.labels:
        if any(tile.box.x0 < place.body_x0 and _shares_line(tile.box, row.box) for tile in tiles):
            known.update(label)
    return not Counter(seen) - known


def _shares_line(tile: Box, row: Box) -> bool:
    return tile.top <= row.y_mid <= tile.bottom or row.top <= tile.y_mid <= row.bottom


def plain(text: str) -> str:
    """Text without what two readers may show differently: white space, kinds of dash, compatibility forms, symbol
    marks."""
    text = unicodedata.normalize("NFKC", text).translate(DASHES).translate(DOTS).translate(SYMBOL_MARKS)
    return "".join(text.split())


def is_same_text(ours: str, theirs: str, marks: Sequence[str] = ()) -> bool:
    """Whether two readings show the same characters; theirs may hold our note marks wherever they are printed, and
    signs without figures out of their place, as a sign of another font's height is put at the end of its line."""
    words, seen = ours.split(), theirs.split()
    if words and seen == words * 2:  # printed twice in one place, a way to fake bold
        return True
    return _is_same_run(plain(ours), plain(theirs), marks) or _is_same_run(_figures_first(ours), _figures_first(theirs))


def _figures_first(text: str) -> str:
    """The words that hold figures as printed, then the others in one order."""
    words = [plain(word) for word in text.split()]
    return "".join([*(w for w in words if _has_figure(w)), *sorted(w for w in words if not _has_figure(w))])


def _has_figure(word: str) -> bool:
    return any(char.isdigit() for char in word)


def _is_same_run(left: str, right: str, marks: Sequence[str] = ()) -> bool:
    if left == right:
        return True
    extra = Counter(plain("".join(marks)))
    i = 0
    for char in right:
        if i < len(left) and char == left[i]:
            i += 1
        elif extra[char] > 0:
            extra[char] -= 1
        else:
            return False
    return i == len(left)
