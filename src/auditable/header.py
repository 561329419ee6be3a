"""Region → which lines are the boxhead, and the boxhead itself: levels of labels, spanners repeated over their columns.

Comes in: the lines, bars and shading of a Region, and its columns. Goes out: the number of head lines and the
levels. The body is
left to rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from auditable.columns import GAP_EM, Column, column_of
from auditable.layout import Line, join_words, make_line, split_segments
from auditable.marks import split_marks
from auditable.model import Page, Word
from auditable.region import Region
from auditable.rules import Bar, cell_walls

VALUE_LIKE = re.compile(
    r"^[<>≤≥~±–−-]?\s?\(?[.·]?\d[\d.,·%()\[\]/\s±–−:<>≤≥to*-]*[a-z%*†‡§]{0,3}$|^(?:NR|NE|NA|N/A|NK|ND|[-–—−])$"
)

ONLY_N = re.compile(r"^[(\[]?\s*[nN]\s*=\s*[\d, ]+[)\]]?\S{0,2}$")
"""A number of patients is no label of its own: it belongs to the label above it."""


@dataclass(frozen=True)
class HeadCell:
    """One label of the boxhead over columns first..last."""

    first: int
    last: int
    words: tuple[Word, ...]
    top: float
    bottom: float


def count_head_lines(region: Region) -> int:
    """How many of the region's lines are boxhead: by its rules, else by shading, else by where figures begin."""
    lines = region.lines
    x0, x1 = region.box.x0, region.box.x1
    full = [b.y for b in region.bars if b.is_full(x0, x1, 0.85)]
    cuts = [n for n in (sum(line.box.y_mid < y for line in lines) for y in full) if n > 0]
    limit = max(1, int(0.6 * len(lines)))
    by_text = _head_by_text(lines)
    if not cuts or cuts[0] > limit or cuts[0] >= len(lines):
        return by_text
    count = cuts[0]
    head_fill = _fill_of(region, lines[0])
    for cut in cuts[1:]:
        band = lines[count:cut]
        if cut > limit or not band or not all(_is_head_like(region, line, head_fill) for line in band):
            break
        count = cut
    if _is_data(lines[0], region) and by_text == 0:
        return 0
    return next((k for k in range(1, count) if _is_data(lines[k], region)), count)


def _fill_of(region: Region, line: Line) -> str:
    inside = [f for f in region.page.fills if f.box.contains(line.box) and f.box.height < 0.7 * region.box.height]
    return min(inside, key=lambda f: f.box.height).colour if inside else ""


def _is_head_like(region: Region, line: Line, head_fill: str) -> bool:
    """Whether a line under the first full rule still belongs to the boxhead: same shading, or no stub label and no
    figures."""
    if head_fill and _fill_of(region, line) == head_fill and not _is_zebra(region, head_fill):
        return True
    parts = split_segments(line, GAP_EM)
    stub_is_empty = parts[0].box.x0 > region.box.x0 + 0.12 * region.box.width
    return stub_is_empty and len(parts) > 1 and not any(VALUE_LIKE.match(p.text) for p in parts)


def _is_zebra(region: Region, colour: str) -> bool:
    bands = {int(f.box.top) for f in region.page.fills if f.colour == colour and region.box.contains(f.box)}
    return len(bands) > 3


def _is_data(line: Line, region: Region) -> bool:
    parts = split_segments(line, GAP_EM)
    values = [p for p in parts[1:] if VALUE_LIKE.match(p.text)]
    return (
        len(parts) > 1 and parts[0].box.x0 < region.box.x0 + 0.12 * region.box.width and len(values) == len(parts) - 1
    )


def _head_by_text(lines: Sequence[Line]) -> int:
    """Lines before the first with figures behind a label; a heading line without values just before it belongs to
    the body."""
    left = min((line.box.x0 for line in lines), default=0.0)
    for k, line in enumerate(lines):
        parts = split_segments(line, GAP_EM)
        values = sum(bool(VALUE_LIKE.match(p.text)) for p in parts[1:])
        if len(parts) > 1 and values >= 0.5 * (len(parts) - 1) and parts[0].box.x0 < left + 60:
            return _before_headings(lines, k, left)
    return 1 if lines else 0


def _before_headings(lines: Sequence[Line], k: int, left: float) -> int:
    """The line where the body begins: the first row, or the row group headings right above it."""
    while k > 1 and len(split_segments(lines[k - 1], GAP_EM)) == 1 and lines[k - 1].box.x0 < left + 30:
        k -= 1
    return k


def read_boxhead(
    lines: Sequence[Line], columns: Sequence[Column], bars: Sequence[Bar], page: Page
) -> list[list[HeadCell | None]]:
    """Levels of the boxhead, top down; each as long as the columns, a spanner repeated, None where nothing stands.

    The lowest label of each column stands in the last level. Wrapped labels (same columns, no rule between) are joined.
    """
    inked = [b for b in bars if not b.is_shade]
    cells = _joined_cells([c for line in lines for c in _cells_of(line, columns, inked, page)], inked)
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


def _heights(cells: Sequence[HeadCell]) -> dict[int, int]:
    """Level of each cell, 0 at the top: one more than that of any cell that ends above where it begins."""
    heights: dict[int, int] = {}
    for cell in sorted(cells, key=lambda c: (c.top, c.bottom)):
        above = [
            heights[id(c)] for c in cells if id(c) in heights and c.bottom <= cell.top + 0.25 * (cell.bottom - cell.top)
        ]
        heights[id(cell)] = max(above, default=-1) + 1
    return heights


def _cells_of(line: Line, columns: Sequence[Column], bars: Sequence[Bar], page: Page) -> list[HeadCell]:
    parts = split_segments(line, GAP_EM)
    spans = [_span(p, columns, bars, line, page) for p in parts]
    out: list[HeadCell] = []
    for part, (first, last) in zip(parts, spans, strict=True):
        if out and out[-1].last >= first:  # two parts over one column are one label with a wide blank
            before = out.pop()
            joined = make_line([*before.words, *part.words])
            out.append(HeadCell(before.first, max(last, before.last), joined.words, joined.box.top, joined.box.bottom))
        else:
            out.append(HeadCell(first, last, part.words, part.box.top, part.box.bottom))
    return out


def _span(part: Line, columns: Sequence[Column], bars: Sequence[Bar], line: Line, page: Page) -> tuple[int, int]:
    """Columns a head label stands over: those of the spanner rule under it, else those whose ink it overlaps."""
    walls = cell_walls(page, part.box.y_mid, part.box.x0, part.box.x1)
    if walls is not None:
        inside = [k for k, c in enumerate(columns) if walls[0] < c.middle < walls[1]]
        if inside and len(inside) < len(columns):
            return inside[0], inside[-1]
    for bar in bars:
        if not -1.0 <= bar.y - part.box.bottom <= 1.3 * line.box.height or len(bar.pieces) > len(columns):
            continue
        for a, b in bar.pieces:
            alone = sum(a - 3 <= p.box.x_mid <= b + 3 for p in split_segments(line, GAP_EM)) == 1
            if alone and a - 3 <= part.box.x0 and part.box.x1 <= b + 3:
                under = [k for k, c in enumerate(columns) if a - 2 <= c.middle <= b + 2]
                whole = len(under) == len(columns) and len(bar.pieces) == 1
                if under and not whole:
                    return under[0], under[-1]
    inside = [k for k, c in enumerate(columns) if part.box.x0 <= c.middle <= part.box.x1]
    touched = [
        k
        for k, c in enumerate(columns)
        if min(part.box.x1, c.core1) - max(part.box.x0, c.core0) > 0.5 * min(part.box.width, c.core1 - c.core0)
    ]
    hits = sorted({*inside, *touched})
    if hits:
        return hits[0], hits[-1]
    k = column_of(part.box.x_mid, columns)
    return k, k


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
    if between and (cell.first > 0 or any(b.covers(x0, x1) > 0.5 for b in between)):
        # A spanner rule anywhere at this height parts two levels, also over a column that has none of its own.
        return False
    if (above.first, above.last) == (cell.first, cell.last):
        return True
    siblings = [
        c
        for c in cells
        if c is not cell and c.first >= above.first and c.last <= above.last and abs(c.top - cell.top) < 2
    ]
    return above.first <= cell.first and cell.last <= above.last and not siblings and above.last > above.first


def spread_spanners(
    levels: list[list[HeadCell | None]], columns: Sequence[Column], n_stub: int
) -> list[list[HeadCell | None]]:
    """The levels with each centred spanner widened over the unlabelled columns it is centred on, where no rule said so.

    A spanner that stands alone in its level spans every column that has a label below.
    """
    for upper, lower in pairwise(levels):
        spanners = {id(c): c for c in upper[n_stub:] if c is not None}
        for cell in spanners.values():
            if cell.first < n_stub:
                continue
            free = [
                k for k in range(n_stub, len(upper)) if (upper[k] is None and lower[k] is not None) or upper[k] is cell
            ]
            if len(spanners) == 1 and free == list(range(n_stub, len(upper))):
                first, last = n_stub, len(upper) - 1
            else:
                first, last = _widened(cell, columns, set(free))
            wide = HeadCell(first, last, cell.words, cell.top, cell.bottom)
            for j in range(first, last + 1):
                upper[j] = wide
    return levels


def _widened(cell: HeadCell, columns: Sequence[Column], free: set[int]) -> tuple[int, int]:
    """The run of free columns around the cell whose middle lies nearest to the label's own; the widest of equal
    ones."""
    middle = (min(w.box.x0 for w in cell.words) + max(w.box.x1 for w in cell.words)) / 2
    runs = [(cell.first, cell.last)]
    for first in range(cell.first, -1, -1):
        if first not in free and first < cell.first:
            break
        for last in range(cell.last, len(columns)):
            if last not in free and last > cell.last:
                break
            runs.append((first, last))
    size = max(w.size_pt for w in cell.words)

    def off(run: tuple[int, int]) -> tuple[int, int]:
        distance = abs((columns[run[0]].core0 + columns[run[1]].core1) / 2 - middle)
        return int(distance / size), run[0] - run[1]

    return min(runs, key=off)


def head_text(cell: HeadCell | None) -> tuple[str, tuple[str, ...]]:
    """Text and marks of a head cell, hyphenation at line ends undone; ("", ()) for none."""
    if cell is None:
        return "", ()
    return split_marks(unhyphenated(cell.words))


def unhyphenated(words: Sequence[Word]) -> list[Word]:
    """The words in reading order, a word broken by a hyphen at a line's end made whole where the rest is lower case."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        starts_line = (
            last is not None and word.box.top > last.box.bottom - 0.3 * last.box.height and word.box.x0 < last.box.x1
        )
        if last is not None and starts_line and re.search(r"[a-z]-$", last.text) and word.text[:1].islower():
            out[-1] = Word(last.text[:-1] + word.text, last.box, last.size_pt, last.font, last.is_bold, last.is_italic)
            continue
        # A line that ends with a slash goes on without a blank: "QW/" and "Q2W".
        out.append(replace(word, joins_previous=last.text.endswith("/")) if last is not None and starts_line else word)
    return out


def plain_text(words: Sequence[Word]) -> str:
    """The words as one text, broken words made whole."""
    return join_words(unhyphenated(words))
