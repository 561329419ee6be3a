"""A page → ruled blocks of aligned figures that no caption names: text boxes with figures.

Comes in: a Page, its captions and bars, the regions found so far. Goes out: Regions without a label. What stands right
over or under the caption of a figure belongs to the figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditable.bounds import CELL_GAP_EM, WORDY, end_of_body, holds_prose, is_row
from auditable.captions import Caption
from auditable.layout import Line, Style, find_lines, main_style, split_segments
from auditable.margins import HEAD_SHARE
from auditable.model import Page
from auditable.region import Region, make_region
from auditable.rules import Bar

MIN_RULES, MIN_ROWS, MIN_ROW_SHARE = 3, 3, 0.3
SAME_END_PT = 3.0
FIGURE_REACH_PT = 30.0
"""The caption of a figure stands within this distance from the picture."""
HEADING_PT, MAX_HEADING_WORDS = 24.0, 10
FIGURE = re.compile(r"^[(\[<>≤≥~±+–−-]*\s?\d|^(?:NR|NE|NA|N/A|ND|[-–—−])$")


def find_uncaptioned(
    page: Page, regions: Sequence[Region], captions: Sequence[Caption], bars: Sequence[Bar], body: Style
) -> list[Region]:
    """Ruled blocks of at least three rows with figures that no caption claims."""
    free = [
        Bar(bar.y, (piece,))
        for bar in bars
        for piece in bar.pieces
        if not any(
            r.box.x0 - 5 <= (piece[0] + piece[1]) / 2 <= r.box.x1 + 5 and r.box.top - 5 <= bar.y <= r.box.bottom + 5
            for r in regions
        )
    ]
    out: list[Region] = []
    used: set[float] = set()
    for k, top in enumerate(free):
        if top.y in used:
            continue
        mates = [b for b in free[k:] if abs(b.x0 - top.x0) < SAME_END_PT and abs(b.x1 - top.x1) < SAME_END_PT]
        if len(mates) < MIN_RULES:
            continue
        lines = find_lines([w for w in page.words if top.x0 - 1 <= w.box.x_mid <= top.x1 + 1 and w.box.y_mid > top.y])
        end = end_of_body(lines, mates, top.x0, top.x1, body)
        inside = [line for line in lines if line.box.y_mid < end]
        if not _looks_like_table(inside, body) or _is_captioned(top, end, captions):
            continue
        region = make_region(page, None, "", (top.x0, top.x1), None, inside, mates, end, lines, body)
        if any(r.box.contains(line.box) for r in regions for line in inside):
            continue
        used.update(b.y for b in mates if b.y <= end + 1)
        out.append(_with_heading(region, body))
    return out


def _looks_like_table(lines: Sequence[Line], body: Style) -> bool:
    """Whether enough of the lines are rows with figures behind a label, and none of them running text or a list."""
    rows = [line for line in lines if _has_figures(line)]
    if len(rows) < MIN_ROWS or len(rows) < MIN_ROW_SHARE * len(lines):
        return False
    return not holds_prose(lines, body, main_style(w for line in lines for w in line.words))


def _has_figures(line: Line) -> bool:
    """Whether a label is followed by cells, most of which are figures; columns of text side by side are not."""
    parts = split_segments(line, CELL_GAP_EM)
    if not is_row(line) or not re.search(r"[^\W\d]", parts[0].text):
        return False
    cells = [p for p in parts[1:] if len(p.words) <= WORDY and FIGURE.match(p.text)]
    return len(cells) >= 0.5 * (len(parts) - 1)


def _is_captioned(top: Bar, end: float, captions: Sequence[Caption]) -> bool:
    """Whether a caption stands in the block, or the caption of a figure right over or under it."""
    near = [c for c in captions if c.line.box.x0 < top.x1 and c.line.box.x1 > top.x0]
    return any(
        top.y < c.line.box.top < end
        or (c.kind == "figure" and -FIGURE_REACH_PT < c.line.box.top - end < FIGURE_REACH_PT)
        or (c.kind == "figure" and 0 < top.y - c.line.box.bottom < FIGURE_REACH_PT)
        for c in near
    )


def _with_heading(region: Region, body: Style) -> Region:
    """The region with the short line right over it as its heading: one of its own style, no end of a paragraph."""
    box = region.box
    above = [w for w in region.page.words if box.top - HEADING_PT < w.box.y_mid < box.top]
    lines = [s for line in find_lines(above) for s in split_segments(line, CELL_GAP_EM)] if above else []
    over = [s for s in lines if s.box.x0 < box.x1 and s.box.x1 > box.x0]
    if not over:
        return region
    last = max(over, key=lambda s: s.box.bottom)
    is_within = box.x0 - SAME_END_PT <= last.box.x0 and last.box.x1 <= box.x1 + SAME_END_PT
    is_own = last.is_bold or main_style(last.words) != body
    is_head = last.box.bottom < HEAD_SHARE * region.page.height_pt and len(lines) > len(over)
    if not is_within or not is_own or is_head or len(last.words) > MAX_HEADING_WORDS:
        return region
    return replace(region, heading=last.text, claimed=(*region.claimed, last.box))
