"""A Page → the same Page without the line numbers of a manuscript, which would stand before every label of a table.

Comes in: a Page as read. Goes out: a Page, with fewer words where its lines are numbered in the margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditable.model import Page, Word

MIN_NUMBERS = 8
MARGIN_SHARE = 0.15
"""Line numbers stand in so much of the page's width at its left or right."""
HEAD_SHARE = 0.09
"""Running heads and feet stand in so much of the page's height at its top and bottom."""
SAME_EDGE_PT = 2.0


def without_line_numbers(page: Page) -> Page:
    """The page without a column of numbers that counts its lines, outside of everything else that is printed.

    A table whose first column counts patients has its caption, head or notes at the same edge; line numbers have
    nothing beside them in their strip of page.
    """
    low, high = MARGIN_SHARE * page.width_pt, (1 - MARGIN_SHARE) * page.width_pt
    figures = [w for w in page.words if w.text.isdigit() and (w.box.x1 < low or w.box.x0 > high)]
    for anchor in figures[:MIN_NUMBERS]:
        column = [
            w
            for w in figures
            if abs(w.box.x1 - anchor.box.x1) < SAME_EDGE_PT or abs(w.box.x0 - anchor.box.x0) < SAME_EDGE_PT
        ]
        if _counts(column) and _stands_alone(column, page):
            taken = {id(w) for w in column}
            return replace(page, words=tuple(w for w in page.words if id(w) not in taken))
    return page


def _counts(column: Sequence[Word]) -> bool:
    """Whether the numbers go up by one and the same step from line to line."""
    values = [int(w.text) for w in sorted(column, key=lambda w: w.box.y_mid)]
    steps = {b - a for a, b in pairwise(values)}
    return len(values) >= MIN_NUMBERS and steps in ({1}, {5}, {10})


def _stands_alone(column: Sequence[Word], page: Page) -> bool:
    """Whether no other word of the page, running heads aside, reaches into the strip of the column."""
    x0, x1 = min(w.box.x0 for w in column) - SAME_EDGE_PT, max(w.box.x1 for w in column) + SAME_EDGE_PT
    head, foot = HEAD_SHARE * page.height_pt, (1 - HEAD_SHARE) * page.height_pt
    taken = {id(w) for w in column}
    return not any(
        w.box.x0 < x1 and w.box.x1 > x0 and head < w.box.y_mid < foot for w in page.words if id(w) not in taken
    )
