"""Ruling lines and shading → the bars a table hangs on: full rules, spanner rules, shaded bands, column rules.

Comes in: the rules and fills of a Page. Goes out: Bars (horizontal strokes on one height, abutting pieces joined).
Which bars make a table is left to regions.py, what they part to columns.py and spans.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from auditable.adding import add_in_order
from auditable.model import Box, Fill, Page

SAME_HEIGHT_PT = 1.6
MIN_FRAME_PT = 40.0
ABUTTING_PT = 2.5
"""Pieces of a rule nearer than this are one stroke: HTML and Word draw a rule cell by cell."""


@dataclass(frozen=True)
class Bar:
    """Horizontal strokes on one height: their outer edges and each unbroken piece. is_shade: only edges of shading,
    no ink."""

    y: float
    pieces: tuple[tuple[float, float], ...]
    is_shade: bool = False

    @property
    def x0(self) -> float:
        """Left end."""
        return self.pieces[0][0]

    @property
    def x1(self) -> float:
        """Right end."""
        return self.pieces[-1][1]

    def covers(self, x0: float, x1: float) -> float:
        """Share of x0..x1 under ink."""
        ink = add_in_order(max(0.0, min(b, x1) - max(a, x0)) for a, b in self.pieces)
        return ink / (x1 - x0) if x1 > x0 else 0.0

    def is_full(self, x0: float, x1: float, share: float = 0.9) -> bool:
        """Whether one unbroken piece runs over nearly all of x0..x1."""
        return any(min(b, x1) - max(a, x0) >= share * (x1 - x0) for a, b in self.pieces)


def find_bars(page: Page) -> list[Bar]:
    """Bars of a page from the top down, of its rules and of the edges of its shading."""
    strokes = [(r.box, False) for r in page.rules if r.is_horizontal] + [(b, True) for b in _shade_edges(page)]
    heights: list[list[tuple[Box, bool]]] = []
    for stroke in sorted(strokes, key=lambda s: (s[0].y_mid, s[0].x0)):
        if heights and stroke[0].y_mid - heights[-1][0][0].y_mid <= SAME_HEIGHT_PT:
            heights[-1].append(stroke)
        else:
            heights.append([stroke])
    return [_make_bar(group) for group in heights]


def _make_bar(strokes: Sequence[tuple[Box, bool]]) -> Bar:
    """One bar of the strokes on a height; where ink lies, shading edges there say nothing more."""
    ink = [box for box, is_shade in strokes if not is_shade]
    pieces: list[list[float]] = []
    for box in sorted(ink or [b for b, _ in strokes], key=lambda b: b.x0):
        if pieces and box.x0 - pieces[-1][1] <= ABUTTING_PT:
            pieces[-1][1] = max(pieces[-1][1], box.x1)
        else:
            pieces.append([box.x0, box.x1])
    if ink:
        for box, is_shade in strokes:
            if is_shade and not any(p[0] < box.x1 and p[1] > box.x0 for p in pieces):
                pieces.append([box.x0, box.x1])
        pieces.sort()
    y = add_in_order(b.y_mid for b, _ in strokes) / len(strokes)
    return Bar(y, tuple((a, b) for a, b in pieces), is_shade=not ink)


def _shade_edges(page: Page) -> list[Box]:
    """Upper and lower edges of shaded bands where the colour changes; frames of pictures and page tints left out."""
    fills = [f for f in _held_fills(page) if not is_page_tint(f, page)]
    tops, bottoms = _by_height(fills, "top"), _by_height(fills, "bottom")
    out = []
    for fill in fills:
        box = fill.box
        for y, others, below in ((box.top, bottoms, False), (box.bottom, tops, True)):
            near = (other for k in (-1, 0, 1) for other in others.get((fill.colour, _tile(y) + k), ()))
            if not any(_abuts(fill, other, y, below=below) for other in near if other is not fill):
                out.append(Box(box.x0, y, box.x1, y))
    return out


def _by_height(fills: Sequence[Fill], edge: str) -> dict[tuple[str, int], list[Fill]]:
    """The fills by colour and by the height of one edge, in steps of SAME_HEIGHT_PT."""
    out: dict[tuple[str, int], list[Fill]] = {}
    for fill in fills:
        out.setdefault((fill.colour, _tile(getattr(fill.box, edge))), []).append(fill)
    return out


def _tile(y: float) -> int:
    return int(y // SAME_HEIGHT_PT)


def _abuts(fill: Fill, other: Fill, y: float, *, below: bool) -> bool:
    """Whether a neighbour of the same colour goes on at this edge."""
    edge = other.box.top if below else other.box.bottom
    overlap = min(fill.box.x1, other.box.x1) - max(fill.box.x0, other.box.x0)
    return other.colour == fill.colour and abs(edge - y) < SAME_HEIGHT_PT and overlap > 0.5 * fill.box.width


def is_page_tint(fill: Fill, page: Page) -> bool:
    """Whether the shading is a background of the page and says nothing of a table."""
    return fill.box.width * fill.box.height > 0.8 * page.width_pt * page.height_pt


def _held_fills(page: Page) -> list[Fill]:
    """The fills without large ones that hold no word: a picture's place, not a table's band."""
    x = np.array([w.box.x_mid for w in page.words])
    y = np.array([w.box.y_mid for w in page.words])

    def holds_word(box: Box) -> bool:
        return bool(np.any((box.x0 <= x) & (x <= box.x1) & (box.top <= y) & (y <= box.bottom)))

    return [f for f in page.fills if f.box.height <= MIN_FRAME_PT or holds_word(f.box)]


def column_rules(page: Page, region: Box) -> list[float]:
    """x of vertical rules that run through at least a third of the region's height, from left to right."""
    runs: dict[int, float] = {}
    for rule in page.rules:
        box = rule.box
        if rule.is_horizontal or not region.x0 - 2 <= box.x_mid <= region.x1 + 2:
            continue
        overlap = min(box.bottom, region.bottom) - max(box.top, region.top)
        if overlap > 0:
            key = next((k for k in runs if abs(k - box.x_mid) < 2.5), int(box.x_mid))
            runs[key] = runs.get(key, 0.0) + overlap
    return sorted(float(x) for x, length in runs.items() if length > region.height / 3)


def cell_walls(page: Page, y: float, x0: float, x1: float) -> tuple[float, float] | None:
    """The vertical rules left and right of x0..x1 at a height: the walls of a merged cell; None where either is
    missing."""
    at = [r.box.x_mid for r in page.rules if not r.is_horizontal and r.box.top - 1 <= y <= r.box.bottom + 1]
    left = max((x for x in at if x <= x0 + 1), default=None)
    right = min((x for x in at if x >= x1 - 1), default=None)
    return (left, right) if left is not None and right is not None else None
