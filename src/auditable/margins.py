"""Pages → the same Pages without what surrounds the text: line numbers of a manuscript, running heads and feet.

Comes in: Pages as read. Goes out: Pages with fewer words. Download notes that run up the margin are left to the
reader, which turns them out of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditable.layout import Line, find_lines
from auditable.model import Page, Word

MIN_NUMBERS = 8
MARGIN_SHARE = 0.15
"""Line numbers stand in so much of the page's width at its left or right."""
HEAD_SHARE = 0.09
"""Running heads and feet stand in so much of the page's height at its top and bottom."""
SAME_EDGE_PT = 2.0
SAME_PLACE_PT = 6.0
MIN_WHITE_EM = 0.9
"""White between a running head and the text, at least."""


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


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without the lines that stand in the same place at the head or foot of more than one of them, figures
    aside: running heads, page numbers, feet. Such a line has white between it and the text."""
    found = [_margin_lines(page) for page in pages]
    counts = Counter(key for lines in found for key in {_place(line) for line in lines})
    out = []
    for page, lines in zip(pages, found, strict=True):
        taken = {id(w) for line in lines if counts[_place(line)] > 1 for w in line.words}
        out.append(replace(page, words=tuple(w for w in page.words if id(w) not in taken)) if taken else page)
    return out


def _margin_lines(page: Page) -> list[Line]:
    """Lines at the head and foot of a page that white parts from what stands further in."""
    lines = find_lines(page.words) if page.words else []
    head, foot = HEAD_SHARE * page.height_pt, (1 - HEAD_SHARE) * page.height_pt
    out = []
    for k, line in enumerate(lines):
        inner = (
            lines[k + 1 : k + 2] if line.box.bottom < head else lines[k - 1 : k] if line.box.top > foot and k else []
        )
        if any(_white(line, other) > MIN_WHITE_EM * line.size_pt or _is_marginal(other, head, foot) for other in inner):
            out.append(line)
    return out


def _white(a: Line, b: Line) -> float:
    return max(a.box.top - b.box.bottom, b.box.top - a.box.bottom)


def _is_marginal(line: Line, head: float, foot: float) -> bool:
    return line.box.bottom < head or line.box.top > foot


def _place(line: Line) -> tuple[str, int]:
    """What a line says, figures aside, and roughly where."""
    return re.sub(r"[\d\s]+", "", line.text), int(line.box.y_mid / SAME_PLACE_PT)
