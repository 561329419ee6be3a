"""A caption → the Region of the table it names: under it, over it, or beside it.

Comes in: a Page, one of its Captions, its bars. Goes out: a Region or None. Rules and shading say how wide the table
is, bounds.py where it ends. Which side is tried first is left to regions.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditable.bounds import (
    CELL_GAP_EM,
    end_of_body,
    has_cells,
    has_figures,
    holds_prose,
    is_frame,
    is_prose,
    is_row,
    looks_like_table,
)
from auditable.caption_lines import caption_text, find_opening, lines_running_on, lines_under_caption
from auditable.captions import Caption
from auditable.extent import find_extent, find_first_bar, find_frame, stretch_of
from auditable.layout import Line, Style, find_lines, main_style, split_segments
from auditable.line_numbers import HEAD_SHARE
from auditable.model import Page, union_box
from auditable.region import SLACK_PT, Region, make_region
from auditable.rules import Bar

REACH_PT = 200.0
"""Where no rule says how wide a table is, its neighbours are looked for within this distance of its caption."""
BELOW_REACH_PT = 120.0
"""Notes at most stand between a table's last rule and a caption below it: so far up the rule is looked for."""
WIDE_WHITE_EM = 2.4


def find_below(
    page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style
) -> Region | None:
    """The table under a caption."""
    start = find_opening(page, caption)
    frame = find_frame(page, start)
    first = find_first_bar(page, start, [b for b in bars if b.y < frame.bottom - 2])
    x0, x1 = find_extent(page, start, first, captions, body, frame, (start.top - 20, start.top + REACH_PT))
    wide0, wide1 = min(x0, start.x0), max(x1, start.x1)
    # A label alone on its line may stand left of all that the table above it covers.
    later = [find_opening(page, c) for c in captions if c is not caption and c.line.box.top > start.bottom]
    limit = min([frame.bottom, *(b.top - 1 for b in later if b.x0 < wide1 and b.x1 > wide0)])
    near = [
        w
        for w in page.words
        if wide0 - SLACK_PT <= w.box.x_mid <= wide1 + SLACK_PT and start.top - 2 <= w.box.y_mid <= limit
    ]
    caption_lines = lines_under_caption(find_lines(near), start.bottom, first.y if first else None)
    if not caption_lines:
        return None
    caption_box = union_box(line.box for line in caption_lines)
    words = [
        w
        for w in page.words
        if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and caption_box.bottom - 1 <= w.box.y_mid <= limit
    ]
    taken = {id(w) for line in caption_lines for w in line.words}
    lines = find_lines([w for w in words if id(w) not in taken])
    end = end_of_body(lines, [b for b in bars if caption_box.bottom - 4 <= b.y < limit - 2], x0, x1, body)
    inside = tuple(line for line in lines if line.box.y_mid < end)
    is_ruled = first is not None or any(b.is_full(x0, x1) for b in bars if caption_box.bottom - 4 <= b.y <= end + 1)
    if sum(is_row(line) for line in inside) < 2 or not (
        is_ruled or sum(has_figures(line) or has_cells(line) for line in inside) >= 2
    ):
        return None
    return make_region(
        page, caption, caption_text(caption, caption_lines), (x0, x1), caption_box, inside, bars, end, lines, body
    )


def find_above(
    page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style
) -> Region | None:
    """The table over a caption that stands below it: inside the same box, hung on the rules right above, or only
    aligned."""
    start = caption.line.box
    frame = find_frame(page, start)
    over = [b for b in bars if frame.top - 2 <= b.y < start.top]
    near = [(b, stretch_of(b, start.x0, start.x1)) for b in over if start.top - b.y < BELOW_REACH_PT]
    runs = [run for _, run in near if run is not None]
    if frame.height < page.height_pt and frame.width < page.width_pt:
        x0, x1 = frame.x0, frame.x1
    else:
        x0, x1 = (
            runs[-1]
            if runs
            else find_extent(page, start, None, captions, body, frame, (start.top - REACH_PT, start.bottom + 5))
        )
    earlier = [c for c in captions if c.line.box.bottom < start.top and c.line.box.x0 < x1 and c.line.box.x1 > x0]
    last = max(earlier, key=lambda c: c.line.box.top, default=None)
    floor = max(line.box.bottom for line in lines_running_on(page, last.line, x0, x1)) if last else frame.top - 1
    strip = find_lines(
        [
            w
            for w in page.words
            if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and floor <= w.box.y_mid < start.top - 1
        ]
    )
    top = _top_of_table(strip, [b for b in over if b.is_full(x0, x1) and not is_frame(b, x0, x1)], page, body)
    lines = [line for line in strip if line.box.y_mid > top - 1]
    inner = [b for b in over if b.y >= top - 2]
    end = end_of_body(lines, inner, x0, x1, body)
    inside = tuple(line for line in lines if line.box.y_mid < end)
    is_ruled = any(b.is_full(x0, x1) for b in inner)
    if sum(is_row(line) for line in inside) < 2 or not (is_ruled or looks_like_table(inside, body)):
        return None
    if holds_prose(inside, body, main_style(w for i in inside for w in i.words)):
        return None
    caption_lines = lines_running_on(page, caption.line, x0, x1)
    box = union_box(line.box for line in caption_lines)
    return make_region(
        page, caption, caption_text(caption, caption_lines), (x0, x1), box, inside, inner, end, lines, body
    )


def _top_of_table(lines: Sequence[Line], bars: Sequence[Bar], page: Page, body: Style) -> float:
    """Where a table that ends above a caption begins: notes and rows are walked up to running text or wide white; of
    rules on the way the highest is its first."""
    top = lines[-1].box.top if lines else 0.0
    previous: Line | None = None
    has_rows, most = False, 1
    for line in reversed(lines):
        is_ruled = any(line.box.bottom - 1 < b.y < top + 1 for b in bars)
        in_head = line.box.bottom < HEAD_SHARE * page.height_pt and _n_parts(line) != most
        limit = 1.2 if in_head else WIDE_WHITE_EM
        if (
            previous is not None
            and not is_ruled
            and top - line.box.bottom > limit * max(line.size_pt, previous.size_pt)
        ):
            break
        if is_prose(line, body) and (has_rows or line.size_pt > min(x.size_pt for x in lines) + 0.4):
            break
        has_rows |= is_row(line)
        most = max(most, _n_parts(line))
        top, previous = line.box.top, line
    return min((b.y for b in bars if b.y > top - 8), default=top)


def _n_parts(line: Line) -> int:
    return len(split_segments(line, CELL_GAP_EM))


def find_beside(
    page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style
) -> Region | None:
    """The table at the right of a caption that stands in the margin: its first rule is level with the caption's top."""
    start = caption.line.box
    level = [
        (x0, x1, b.y)
        for b in bars
        for x0, x1 in b.pieces
        if x0 > start.x1 - SLACK_PT and -1.0 <= (start.top - b.y) / start.height + 0.5 <= 1.5 and x1 - x0 > 60
    ]
    if not level:
        return None
    x0, x1, top = min(level)
    mates = [b for b in bars if b.y >= top and b.is_full(x0, x1) and not is_frame(b, x0, x1)]
    others = [c.line.box for c in captions if c is not caption and c.line.box.x1 > x0 and c.line.box.x0 < x1]
    above = find_lines(
        [w for w in page.words if x0 <= w.box.x_mid <= x1 and top - 2.5 * start.height < w.box.y_mid < top]
    )
    is_inner = any(is_row(line) for line in above)
    if len(mates) < 3 or is_inner or any(-4 * c.height < top - c.bottom < 12 * c.height for c in others):
        return None
    later = [c.line.box for c in captions if c.line.box.top > start.bottom and c.line.box.x0 < x1]
    limit = min((b.top - 3 for b in later if b.x1 > start.x0), default=page.height_pt)
    lines = find_lines(
        [w for w in page.words if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and top - 1 <= w.box.y_mid <= limit]
    )
    end = end_of_body(lines, [b for b in bars if top - 1 <= b.y <= limit], x0, x1, body)
    inside = tuple(line for line in lines if line.box.y_mid < end)
    if sum(is_row(line) for line in inside) < 2:
        return None
    caption_lines = lines_running_on(page, caption.line, start.x0, x0 - SLACK_PT)
    box = union_box(line.box for line in caption_lines)
    return make_region(
        page, caption, caption_text(caption, caption_lines), (x0, x1), box, inside, bars, end, lines, body
    )
