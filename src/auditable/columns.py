"""Lines of a table → its columns: where white runs down between the cells.

Comes in: body lines and the region's rules. Goes out: Columns, left to right, each with the span its ink covers.
Heads and rows are
left to header.py and rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditable.close_columns import find_cuts
from auditable.layout import Line, split_segments

GAP_EM = 0.62
"""White between two cells of a row, in ems: a printed space is a quarter to a third, a column gap more."""
STRAY_SHARE = 0.04
"""So many lines may reach over a column gap (a long label, a merged cell) without closing it."""
BIN_PT = 0.5
OPENERS = re.compile(r"[(\[±%/].|[+–−-]\s")
"""So begins the rest of a cell; a sign that stands at its figure is the figure's own."""


@dataclass(frozen=True)
class Column:
    """x0..x1: the column's territory up to the middle of the white on both sides; core: what its ink covers."""

    x0: float
    x1: float
    core0: float
    core1: float

    @property
    def middle(self) -> float:
        """Middle of its ink."""
        return (self.core0 + self.core1) / 2


def find_columns(lines: Sequence[Line], x0: float, x1: float, vertical: Sequence[float]) -> list[Column]:
    """Columns of the lines, left to right; at least one. vertical: x of column rules, which part columns whatever
    the white."""
    rows = [parts for parts in (split_segments(line, GAP_EM) for line in lines) if len(parts) > 1]
    if not rows:
        return [Column(x0, x1, x0, x1)]
    gaps = [g for gap in _white_gaps(rows, x0, x1, int(STRAY_SHARE * len(rows))) for g in _around_ink(gap, rows)]
    inner = [x for x in vertical if x0 + 4 < x < x1 - 4]
    splits = sorted({*((a + b) / 2 for a, b in gaps if not any(a - 2 <= v <= b + 2 for v in inner)), *inner})
    columns = _make_columns(rows, [x0, *splits, x1])
    return _with_names(_part_close(_merge_brackets(columns, rows), lines), lines)


def _part_close(columns: Sequence[Column], lines: Sequence[Line]) -> list[Column]:
    """The columns behind the first, each cut where two stand close."""
    out = list(columns[:1])
    for column in columns[1:]:
        edges = [column.x0, *find_cuts(lines, column.x0, column.x1), column.x1]
        for left, right in pairwise(edges):
            inside = [w.box for line in lines for w in line.words if left <= w.box.x_mid < right]
            out.append(Column(left, right, min(b.x0 for b in inside), max(b.x1 for b in inside)) if inside else column)
    return out


def _white_gaps(rows: Sequence[Sequence[Line]], x0: float, x1: float, strays: int) -> list[tuple[float, float]]:
    n_bins = max(1, int((x1 - x0) / BIN_PT) + 2)
    cover = [0] * n_bins
    for parts in rows:
        for part in parts:
            first = max(0, int((part.box.x0 - x0) / BIN_PT))
            last = min(n_bins - 1, int((part.box.x1 - x0) / BIN_PT))
            for k in range(first, last + 1):
                cover[k] += 1
    gaps: list[tuple[float, float]] = []
    start: int | None = None
    seen_ink = False
    for k, count in enumerate(cover):
        if count > strays:
            if start is not None and seen_ink and (k - start) * BIN_PT >= 2.0:
                gaps.append((x0 + start * BIN_PT, x0 + k * BIN_PT))
            start, seen_ink = None, True
        elif start is None:
            start = k
    return gaps


def _around_ink(gap: tuple[float, float], rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """The gap, or the gaps on both sides of what stands within it: the few cells of a column that is nearly empty."""
    least = GAP_EM * rows[0][0].size_pt
    inside = [p.box for parts in rows for p in parts if p.box.x0 > gap[0] + least and p.box.x1 < gap[1] - least]
    if not inside:
        return [gap]
    return [(gap[0], min(b.x0 for b in inside)), (max(b.x1 for b in inside), gap[1])]


def _make_columns(rows: Sequence[Sequence[Line]], edges: Sequence[float]) -> list[Column]:
    columns = []
    for left, right in pairwise(edges):
        inside = [p.box for parts in rows for p in parts if left <= p.box.x_mid <= right]
        if not inside:
            continue
        core0 = max(left, min(b.x0 for b in inside))
        core1 = min(right, max(b.x1 for b in inside))
        columns.append(Column(left, right, core0, core1))
    return _close_up(columns) if columns else [Column(edges[0], edges[-1], edges[0], edges[-1])]


def _close_up(columns: Sequence[Column]) -> list[Column]:
    """The columns with territories that touch, so that no word falls between two."""
    out = list(columns)
    for k in range(1, len(out)):
        a, b = out[k - 1], out[k]
        middle = a.x1 if a.x1 == b.x0 else (a.core1 + b.core0) / 2
        out[k - 1] = Column(a.x0, middle, a.core0, a.core1)
        out[k] = Column(middle, b.x1, b.core0, b.core1)
    return out


def _merge_brackets(columns: list[Column], rows: Sequence[Sequence[Line]]) -> list[Column]:
    """Columns joined where the right one only ever opens with a bracket or sign: "8" and "(25.0)" are one cell."""
    out = [columns[0]]
    for column in columns[1:]:
        texts = [p.text for parts in rows for p in parts if column.x0 <= p.box.x_mid < column.x1]
        opens = sum(bool(OPENERS.match(t)) for t in texts)
        left = out[-1]
        if len(out) > 1 and texts and opens >= 0.85 * len(texts) and column.core0 - left.core1 < 14:
            out[-1] = Column(left.x0, column.x1, left.core0, column.core1)
        else:
            out.append(column)
    return out


def _with_names(columns: list[Column], lines: Sequence[Line]) -> list[Column]:
    """The columns with one more at the left where labels stand alone on their lines, left of all else: names of groups
    set beside the middle of their rows."""
    first = columns[0]
    alone = [line.box for line in lines if line.box.x1 < first.core0 - GAP_EM * line.size_pt]
    if len(alone) < 2:
        return columns
    core1 = max(b.x1 for b in alone)
    middle = (core1 + first.core0) / 2
    return [
        Column(first.x0, middle, min(b.x0 for b in alone), core1),
        Column(middle, first.x1, first.core0, first.core1),
        *columns[1:],
    ]


def add_empty_columns(columns: Sequence[Column], head: Sequence[Line]) -> list[Column]:
    """The columns with those added that hold no cell: where a line of the head has more labels than columns beside the
    stub, each label that stands over no ink heads one of its own."""
    out = list(columns)
    for line in head:
        parts = [p for p in split_segments(line, GAP_EM) if p.box.x0 > out[0].core1]
        bare = [p for p in parts if not any(p.box.x0 < c.core1 and p.box.x1 > c.core0 for c in out)]
        if len(parts) - len(out) + 1 == len(bare) > 0:
            added = [Column(p.box.x0, p.box.x1, p.box.x0, p.box.x1) for p in bare]
            out = sorted([*out, *added], key=lambda c: c.core0)
            out = _close_up([Column(c.core0, c.core1, c.core0, c.core1) for c in out])
            out[0] = Column(columns[0].x0, out[0].x1, out[0].core0, out[0].core1)
            out[-1] = Column(out[-1].x0, max(columns[-1].x1, out[-1].core1), out[-1].core0, out[-1].core1)
    return out


def column_of(x: float, columns: Sequence[Column]) -> int:
    """Index of the column whose territory holds x; the nearest one outside the table."""
    for k, column in enumerate(columns):
        if x < column.x1:
            return k
    return len(columns) - 1
