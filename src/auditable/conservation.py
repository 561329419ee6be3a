"""Tables and the words of their pages → what is printed inside a table's box and held by no part of any table.

Comes in: the finished tables and the pages they were read from. Goes out: the same tables, left_over filled in, and a
sentence for each table that has any. Every word whose middle lies in a table's box must find its characters in the
cell, label, note or caption that stands in its place; each character of a part explains one printed character, save
that a note mark is kept once however often it is printed. Nothing here knows how a table was made: lines, columns and
rows may err, this is what tells.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from auditable.layout import find_lines, join_words
from auditable.marks import SYMBOLS
from auditable.model import Box, LeftOver, Page, Piece, Table, TableRow, Word, union_box

ONE_SIGN = str.maketrans("‐‑‒–—―−﹣－∗", "---------*")
"""Kinds of dash and star that parts write as one."""
EDGE_SLACK_PT = 1.0
BAND_PT = 12
"""Parts are looked up by bands of the page so high, that a word is held against its neighbours only."""
MAX_QUOTED_CHARACTERS = 120
LABEL_SIGNS = ".:|-"
"""What may be printed between a table's label and its caption, and is part of neither."""

_Place = tuple[int, int]
"""Page and clockwise turn: one system of coordinates."""


@dataclass(frozen=True)
class _Part:
    """What one part of a table may explain: where it stands, its characters not yet spent, its marks."""

    boxes: tuple[Box, ...]
    rest: Counter[str]
    marks: str

    def explains(self, word: Word) -> bool:
        """Whether the word stands here and its characters were not spent yet; spends them."""
        if not any(box.contains(word.box, EDGE_SLACK_PT) for box in self.boxes):
            return False
        for text in _forms(word):
            needed = Counter(text)
            for sign in self.marks:
                if word.is_raised or sign in SYMBOLS:
                    del needed[sign]
            if needed <= self.rest:
                self.rest.subtract(needed)
                return True
        return False


def find_left_over(tables: Sequence[Table], pages: Sequence[Page]) -> list[Table]:
    """The tables, each with the texts inside its pieces' boxes that no part of any table explains.

    pages: all pages of the tables, each with its turn; words that run askew to a page count too.
    """
    pieces = [(k, piece) for k, table in enumerate(tables) for piece in table.pieces]
    places = {(piece.page, piece.turn_degrees) for _, piece in pieces}
    bands = _in_bands(tables)
    found: dict[int, list[LeftOver]] = defaultdict(list)
    for page in pages:
        place = (page.number, page.turn_degrees)
        if place in places:
            here = [(k, piece) for k, piece in pieces if (piece.page, piece.turn_degrees) == place]
            for k, left in _of_page(page, here, bands[place]):
                found[k].append(left)
    return [replace(table, left_over=tuple(found[k])) for k, table in enumerate(tables)]


def leftover_problems(tables: Sequence[Table]) -> list[str]:
    """One plain sentence for each table with texts that no part explains."""
    out = []
    for table in tables:
        if table.left_over:
            texts = " · ".join(left.text for left in table.left_over)
            shown = texts if len(texts) <= MAX_QUOTED_CHARACTERS else texts[:MAX_QUOTED_CHARACTERS] + "…"
            out.append(
                f"Page {table.left_over[0].page}: printed inside {table.label or table.table_id}, but part of no cell, "
                f"label, note or caption: {shown}"
            )
    return out


def _in_bands(tables: Sequence[Table]) -> dict[_Place, dict[int, list[_Part]]]:
    """All parts of all tables by their place and by each band of the page that they reach into."""
    out: dict[_Place, dict[int, list[_Part]]] = defaultdict(lambda: defaultdict(list))
    for table in tables:
        for place, part in _parts_of(table):
            reached = {n for box in part.boxes for n in range(_band(box.top) - 1, _band(box.bottom) + 2)}
            for band in sorted(reached):
                out[place][band].append(part)
    return out


def _band(y: float) -> int:
    return int(y // BAND_PT)


def _of_page(
    page: Page, pieces: Sequence[tuple[int, Piece]], bands: Mapping[int, Sequence[_Part]]
) -> Iterable[tuple[int, LeftOver]]:
    lost: dict[int, list[Word]] = defaultdict(list)
    for word in page.words:
        home = _home(word, pieces)
        near = bands.get(_band(word.box.y_mid), ())
        if home is not None and not any(part.explains(word) for part in near):
            lost[home].append(word)
    for k, words in lost.items():
        for line in find_lines(words):
            yield k, LeftOver(line.text, page.number, line.box)
    askew: dict[int, list[Word]] = defaultdict(list)
    for word in page.askew:
        home = _home(word, pieces)
        if home is not None:
            askew[home].append(word)
    for k, words in askew.items():
        yield k, LeftOver(join_words(words), page.number, union_box(w.box for w in words))


def _home(word: Word, pieces: Sequence[tuple[int, Piece]]) -> int | None:
    return next((k for k, piece in pieces if piece.box.contains(word.box)), None)


def _parts_of(table: Table) -> Iterable[tuple[_Place, _Part]]:
    """The cells and labels of the table's rows, its boxheads, captions and notes; narrow parts first."""
    for row in table.rows:
        piece = _piece_of(row, table)
        if piece is None:
            continue
        place = (piece.page, piece.turn_degrees)
        for cell in row.cells:
            if cell.box is not None:
                yield place, _part([cell.box], [cell.text, *cell.marks], cell.marks)
        if row.label_box is not None:
            own = row.path[-table.stub_columns :]
            yield place, _part([row.label_box], [*own, *row.label_marks], row.label_marks)
    labels, marks = _head_labels(table)
    notes = [text for note in table.notes for text in (note.mark, note.text)]
    signs = [note.mark for note in table.notes]
    for k, piece in enumerate(table.pieces):
        place = (piece.page, piece.turn_degrees)
        if k == 0:
            for box, text in labels:
                yield place, _part([box], [text, *marks], marks)
        else:
            again = [box for level in piece.boxhead_boxes for box in level if box]
            yield place, _part(again, [*(text for _, text in labels), *marks], marks)
        if piece.caption_box is not None:
            yield place, _part([piece.caption_box], [table.label, LABEL_SIGNS, table.caption], ())
        on_page = [box for note in table.notes if note.page == piece.page for box in note.boxes]
        yield place, _part(on_page, notes, signs)


def _piece_of(row: TableRow, table: Table) -> Piece | None:
    return next((p for p in table.pieces if p.page == row.page and p.box.contains(row.box, EDGE_SLACK_PT)), None)


def _head_labels(table: Table) -> tuple[list[tuple[Box, str]], list[str]]:
    """The labels of the boxhead on the first piece, each once though it may span columns, and all marks on them."""
    texts = {
        (box, text)
        for level, boxes in zip(table.boxhead, table.pieces[0].boxhead_boxes, strict=True)
        for text, box in zip(level, boxes, strict=True)
        if box is not None
    }
    return sorted(texts), [m for level in table.boxhead_marks for marks in level for m in marks]


def _part(boxes: Iterable[Box], texts: Iterable[str], marks: Iterable[str]) -> _Part:
    return _Part(tuple(boxes), Counter(_fold("".join(texts))), _fold("".join(marks)))


def _forms(word: Word) -> list[str]:
    """The characters of a word, as a part may hold them: also without a hyphen at its end, which a line's end undoes,
    and a note mark without its brackets and commas."""
    text = _fold(word.text)
    # Without the hyphen first: else it would use up one that another label of the same part prints within a line.
    forms = [text.removesuffix("-"), text] if len(text) > 1 else [text]
    bare = re.sub(r"[(),;]", "", text)
    return [*forms, bare] if word.is_raised or re.match(r"^\(?\w{1,2}\)$", text) else forms


def _fold(text: str) -> str:
    """The text without white space and soft hyphens, raised figures as figures, one kind of dash."""
    text = unicodedata.normalize("NFKC", text).translate(ONE_SIGN).replace("\u00ad", "")
    return "".join(text.split())
