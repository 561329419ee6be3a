"""A page → ruled blocks of aligned figures that no caption names: text boxes with figures.

Comes in: a Page, its captions and bars, the regions found so far. Goes out: Regions without a label. What stands right
over or under the caption of a figure belongs to the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditable.bounds import CELL_GAP_EM, end_of_body, looks_like_table
from auditable.captions import Caption
from auditable.layout import Style, find_lines, main_style, split_segments
from auditable.line_numbers import HEAD_SHARE
from auditable.model import Page
from auditable.region import Region, make_region
from auditable.rules import Bar

MIN_RULES = 3
SAME_END_PT = 3.0
FIGURE_REACH_PT = 30.0
"""The caption of a figure stands within this distance from the picture."""
HEADING_PT, MAX_HEADING_WORDS = 24.0, 10


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
        if not looks_like_table(inside, body) or _is_captioned(top, end, captions):
            continue
        region = make_region(page, None, "", (top.x0, top.x1), None, inside, mates, end, lines, body)
        if any(r.box.contains(line.box) for r in regions for line in inside):
            continue
        used.update(b.y for b in mates if b.y <= end + 1)
        out.append(_with_heading(region, body))
    return out


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
    is_head = last.box.bottom < HEAD_SHARE * region.page.height_pt and not last.is_bold
    if not is_within or not is_own or is_head or len(last.words) > MAX_HEADING_WORDS:
        return region
    return replace(region, heading=last.text, claimed=(*region.claimed, last.box))
