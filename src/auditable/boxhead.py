"""Head lines → the boxhead: levels of labels, a spanner repeated over its columns.

Comes in: the head lines of a Region, its columns, bars and page. Goes out: levels of HeadCells, top down. Over which
columns a label stands is told by spans.py; how many lines are head, by header.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditable.cell_forms import GOES_ON, ONLY_N
from auditable.columns import Column
from auditable.layout import Line, join_words, make_line
from auditable.line_ends import unhyphenated
from auditable.marks import split_marks
from auditable.model import Page, Word
from auditable.rules import Bar
from auditable.spans import find_spans

LINE_GAP_EM = 0.45
"""White between two lines of one label, at most, where a rule runs at their height beside them."""


@dataclass(frozen=True)
class HeadCell:
    """One label of the boxhead over columns first..last."""

    first: int
    last: int
    words: tuple[Word, ...]
    top: float
    bottom: float


def read_boxhead(
    lines: Sequence[Line], columns: Sequence[Column], bars: Sequence[Bar], page: Page
) -> list[list[HeadCell | None]]:
    """Levels of the boxhead, top down; each as long as the columns, a spanner repeated, None where nothing stands.

    The lowest label of each column stands in the last level. Wrapped labels (same columns, no rule between) are joined.
    """
    inked = [b for b in bars if not b.is_shade]
    spans = find_spans(lines, columns, inked, page)
    cells = _joined_cells([c for line_spans in spans for c in _cells_of(line_spans)], inked)
    if len(cells) == 1 and len(cells[0].words) >= 3 and cells[0].first == 0:
        cells = [replace(cells[0], last=len(columns) - 1)]  # the only head label is a title over the whole table
    heights = _heights(cells)
    levels: list[list[HeadCell | None]] = [[None] * len(columns) for _ in range(max(heights.values(), default=0) + 1)]
    lowest = {
        k: max((c for c in cells if c.first <= k <= c.last), key=lambda c: c.top, default=None)
        for k in range(len(columns))
    }
    for cell in cells:
        for k in range(cell.first, cell.last + 1):
            is_leaf = lowest[k] is cell and cell.first == cell.last
            levels[-1 if is_leaf else heights[id(cell)]][k] = cell
    return levels


def head_text(cell: HeadCell | None) -> tuple[str, tuple[str, ...]]:
    """Text and marks of a head cell, hyphenation at line ends undone; ("", ()) for none."""
    if cell is None:
        return "", ()
    return split_marks(unhyphenated(cell.words))


def _cells_of(spans: Sequence[tuple[Line, int, int]]) -> list[HeadCell]:
    """The labels of one line; two parts over one column are one label with a wide blank."""
    out: list[HeadCell] = []
    for part, first, last in spans:
        if out and out[-1].last >= first:
            before = out.pop()
            joined = make_line([*before.words, *part.words])
            out.append(HeadCell(before.first, max(last, before.last), joined.words, joined.box.top, joined.box.bottom))
        else:
            out.append(HeadCell(first, last, part.words, part.box.top, part.box.bottom))
    return out


def _heights(cells: Sequence[HeadCell]) -> dict[int, int]:
    """Level of each cell, 0 at the top: one more than that of any cell that ends above where it begins."""
    heights: dict[int, int] = {}
    for cell in sorted(cells, key=lambda c: (c.top, c.bottom)):
        above = [
            heights[id(c)]
            for c in cells
            if id(c) in heights
            and c.bottom <= cell.top + 0.25 * (cell.bottom - cell.top)
            and c.first <= cell.last
            and cell.first <= c.last
        ]
        heights[id(cell)] = max(above, default=-1) + 1
    return heights


def _joined_cells(cells: Sequence[HeadCell], bars: Sequence[Bar]) -> list[HeadCell]:
    """Cells from the top down, wrapped ones joined: the same or a narrower span right under, with no rule between."""
    out: list[HeadCell] = []
    for cell in sorted(cells, key=lambda c: (c.top, c.first)):
        above = next(
            (k for k in range(len(out) - 1, -1, -1) if out[k].first <= cell.last and out[k].last >= cell.first), None
        )
        if above is not None and _continues(out[above], cell, bars, cells):
            both = out[above]
            out[above] = HeadCell(
                min(both.first, cell.first),
                max(both.last, cell.last),
                (*both.words, *cell.words),
                both.top,
                cell.bottom,
            )
        else:
            out.append(cell)
    return out


def _continues(above: HeadCell, cell: HeadCell, bars: Sequence[Bar], cells: Sequence[HeadCell]) -> bool:
    size = max(w.size_pt for w in cell.words)
    gap = cell.top - above.bottom
    if (above.first, above.last) == (cell.first, cell.last) and ONLY_N.match(join_words(cell.words)):
        return gap < 2 * size
    if gap > 0.9 * size:
        return False
    x0, x1 = min(w.box.x0 for w in cell.words), max(w.box.x1 for w in cell.words)
    between = [b for b in bars if above.bottom - 2 <= b.y <= cell.top + 2]
    if any(b.covers(x0, x1) > 0.5 for b in between):
        return False
    if between and cell.first > 0 and not (gap < LINE_GAP_EM * size and GOES_ON.match(cell.words[0].text)):
        # A spanner rule at this height parts two levels also over a column without one, unless the words go on.
        return False
    if (above.first, above.last) == (cell.first, cell.last):
        return True
    labelled = {k for c in cells if c.top > above.bottom - 1 for k in range(c.first, c.last + 1)}
    others = labelled & set(range(above.first, above.last + 1)) - set(range(cell.first, cell.last + 1))
    return above.first <= cell.first and cell.last <= above.last and not others and above.last > above.first
