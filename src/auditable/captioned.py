"""A caption → the Region of the table it names: under it, over it, or beside it.

Comes in: a Page, one of its Captions, its bars. Goes out: a Region or None. Rules and shading say how wide the table
is, bounds.py where it ends. Which side is tried first is left to regions.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditable.bounds import CELL_GAP_EM, WORDY, end_of_body, has_figures, holds_prose, is_frame, is_prose, is_row, looks_like_table
from auditable.captions import Caption
from auditable.layout import Line, Style, find_lines, main_style, split_segments
from auditable.margins import HEAD_SHARE
from auditable.model import Box, Page, union_box
from auditable.region import SLACK_PT, Region, make_region
from auditable.rules import Bar

MAX_CAPTION_LINES = 14
REACH_PT = 200.0
"""Where no rule says how wide a table is, its neighbours are looked for within this distance of its caption."""
BELOW_REACH_PT = 120.0
"""Notes at most stand between a table's last rule and a caption below it: so far up the rule is looked for."""
WIDE_WHITE_EM = 2.4
TITLE_GAP_EM = 4.0
"""White between a label and a title in the same line, at most."""
MIN_FRAME_PT = 60.0
CAPTION_GAP_EM = 0.7
"""White between two lines of a caption that no rule closes, at most."""
LEAD = re.compile(r"^[\s.:|—–-]+")


def find_below(page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style) -> Region | None:
    """The table under a caption."""
    start = _opening(page, caption)
    frame = _enclosure(page, start)
    first = _first_bar(page, start, [b for b in bars if b.y < frame.bottom - 2])
    x0, x1 = _extent(page, start, first, captions, body, frame, (start.top - 20, start.top + REACH_PT))
    later = [c.line.box for c in captions if c is not caption and c.line.box.top > start.bottom]
    limit = min([frame.bottom, *(b.top - 1 for b in later if b.x0 < x1 and b.x1 > x0)])
    wide0, wide1 = min(x0, start.x0), max(x1, start.x1)
    near = [
        w
        for w in page.words
        if wide0 - SLACK_PT <= w.box.x_mid <= wide1 + SLACK_PT and start.top - 2 <= w.box.y_mid <= limit
    ]
    caption_lines = _caption_lines(find_lines(near), start.bottom, first.y if first else None)
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
    if sum(is_row(line) for line in inside) < 2 or not (is_ruled or sum(has_figures(line) for line in inside) >= 2):
        return None
    return make_region(
        page, caption, _caption_text(caption, caption_lines), (x0, x1), caption_box, inside, bars, end, lines, body
    )


def find_above(page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style) -> Region | None:
    """The table over a caption that stands below it: inside the same box, hung on the rules right above, or only
    aligned."""
    start = caption.line.box
    frame = _enclosure(page, start)
    over = [b for b in bars if frame.top - 2 <= b.y < start.top]
    near = [(b, _stretch(b, start.x0, start.x1)) for b in over if start.top - b.y < BELOW_REACH_PT]
    runs = [run for _, run in near if run is not None]
    if frame.height < page.height_pt and frame.width < page.width_pt:
        x0, x1 = frame.x0, frame.x1
    else:
        x0, x1 = (
            runs[-1]
            if runs
            else _extent(page, start, None, captions, body, frame, (start.top - REACH_PT, start.bottom + 5))
        )
    earlier = [c for c in captions if c.line.box.bottom < start.top and c.line.box.x0 < x1 and c.line.box.x1 > x0]
    last = max(earlier, key=lambda c: c.line.box.top, default=None)
    floor = max(line.box.bottom for line in _lines_below(page, last.line, x0, x1)) if last else frame.top - 1
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
    caption_lines = _lines_below(page, caption.line, x0, x1)
    box = union_box(line.box for line in caption_lines)
    return make_region(
        page, caption, _caption_text(caption, caption_lines), (x0, x1), box, inside, inner, end, lines, body
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
        if previous is not None and not is_ruled and top - line.box.bottom > limit * max(line.size_pt, previous.size_pt):
            break
        if is_prose(line, body) and (has_rows or line.size_pt > min(x.size_pt for x in lines) + 0.4):
            break
        has_rows |= is_row(line)
        most = max(most, _n_parts(line))
        top, previous = line.box.top, line
    return min((b.y for b in bars if b.y > top - 8), default=top)


def _n_parts(line: Line) -> int:
    return len(split_segments(line, CELL_GAP_EM))


def find_beside(page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style) -> Region | None:
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
    caption_lines = _lines_below(page, caption.line, start.x0, x0 - SLACK_PT)
    box = union_box(line.box for line in caption_lines)
    return make_region(
        page, caption, _caption_text(caption, caption_lines), (x0, x1), box, inside, bars, end, lines, body
    )


def _opening(page: Page, caption: Caption) -> Box:
    """The caption's first line; where it holds the label alone, the title in the line under it too."""
    start = caption.line.box
    goes_on = any(
        abs(w.box.y_mid - start.y_mid) < 0.5 * start.height and 0 < w.box.x0 - start.x1 < TITLE_GAP_EM * start.height
        for w in page.words
    )
    if caption.rest.strip(" .:|") or goes_on:
        return start
    under = [
        s
        for line in find_lines([w for w in page.words if start.bottom - 1 < w.box.y_mid < start.bottom + 2.5 * start.height])
        for s in split_segments(line, CELL_GAP_EM)
    ]
    over = [s for s in under if s.box.x0 < start.x1 and s.box.x1 > start.x0]
    title = min(over or (under if len(under) == 1 else []), key=lambda s: s.box.top, default=None)
    is_row_of_cells = title is not None and sum(abs(s.box.y_mid - title.box.y_mid) < 2 for s in under) > 2
    return union_box([start, title.box]) if title is not None and not is_row_of_cells else start


def _caption_text(caption: Caption, lines: Sequence[Line]) -> str:
    """The caption's lines as one text without the label."""
    text = " ".join(re.sub(r"(\w)[-\u00ad]$", r"\1-", line.text) for line in lines)
    label = r"\s?".join(map(re.escape, caption.label.replace(" ", "")))
    return LEAD.sub("", re.sub(r"^\W{0,2}" + label, "", text))


def _lines_below(page: Page, first: Line, x0: float, x1: float) -> list[Line]:
    """The first line of a caption and those that run on under it in its style, within x0..x1."""
    words = [
        w
        for w in page.words
        if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and w.box.y_mid > first.box.bottom and w not in first.words
    ]
    out = [first]
    for line in find_lines(words):
        gap = line.box.top - out[-1].box.bottom
        if gap > CAPTION_GAP_EM * line.size_pt or main_style(line.words)[1] != main_style(out[-1].words)[1]:
            break
        if is_row(line):
            break
        out.append(line)
    return out


def _first_bar(page: Page, start: Box, bars: Sequence[Bar]) -> Bar | None:
    """The first stroke or shaded edge under the caption that overlaps it, if at most a caption's lines lie between."""
    for bar in bars:
        if bar.y < start.bottom - 2:
            continue
        pieces = _stretch(bar, start.x0, start.x1)
        if pieces is None:
            continue
        between = find_lines(
            [
                w
                for w in page.words
                if start.bottom <= w.box.y_mid < bar.y and pieces[0] - 2 <= w.box.x_mid <= pieces[1] + 2
            ]
        )
        parted = any(b.box.top - a.box.bottom > 1.6 * a.size_pt for a, b in pairwise(between))
        is_head = sum(has_figures(line) for line in between) < 2  # rows over a bar: it closes the table or the page
        if is_head and len(between) < MAX_CAPTION_LINES and not parted and bar.y - start.bottom < 20 * start.height:
            return replace(bar, pieces=(pieces,)) if len(bar.pieces) == 1 else bar
        return None
    return None


def _stretch(bar: Bar, x0: float, x1: float) -> tuple[float, float] | None:
    """The stretch of a bar's pieces, small gaps bridged, that overlaps x0..x1."""
    runs: list[list[float]] = []
    for a, b in bar.pieces:
        if runs and a - runs[-1][1] < 10:
            runs[-1][1] = b
        else:
            runs.append([a, b])
    hits = [r for r in runs if r[0] < x1 and r[1] > x0 and r[1] - r[0] > 20]
    return (min(r[0] for r in hits), max(r[1] for r in hits)) if hits else None


def _enclosure(page: Page, start: Box) -> Box:
    """The frame or the tinted box that a caption stands in; the page where there is none."""
    whole = Box(0.0, 0.0, page.width_pt, page.height_pt)
    tints = [
        f.box
        for f in page.fills
        if f.box.contains(start) and MIN_FRAME_PT < f.box.height < 0.9 * page.height_pt and f.box.width > start.width
    ]
    walls = [r.box for r in page.rules if not r.is_horizontal and r.box.top - 2 <= start.top and r.box.bottom > start.bottom]
    walls = [w for w in walls if MIN_FRAME_PT < w.height < 0.9 * page.height_pt]
    left = max((w for w in walls if w.x_mid <= start.x0 + 2), key=lambda w: w.x_mid, default=None)
    right = min((w for w in walls if w.x_mid >= start.x1 - 2), key=lambda w: w.x_mid, default=None)
    if left is not None and right is not None and abs(left.bottom - right.bottom) < SLACK_PT:
        tints.append(Box(left.x_mid, left.top, right.x_mid, left.bottom))
    return min(tints, key=lambda b: b.width * b.height, default=whole)


def _extent(
    page: Page,
    start: Box,
    first: Bar | None,
    captions: Sequence[Caption],
    body: Style,
    frame: Box,
    reach: tuple[float, float],
) -> tuple[float, float]:
    """From where to where the table runs: as its first bar, else up to the running text and captions on both sides.

    reach: the heights between which the table may stand.
    """
    if first is not None:
        run = _stretch(first, start.x0, start.x1)
        if run is not None:
            return run
    left = max(frame.x0, min(w.box.x0 for w in page.words))
    right = min(frame.x1, max(w.box.x1 for w in page.words))
    low, high = reach
    prose = [
        s.box
        for line in find_lines([w for w in page.words if low <= w.box.y_mid <= high])
        for s in split_segments(line, CELL_GAP_EM)
        if len(s.words) >= WORDY and main_style(s.words) == body
    ]
    named = [c.line.box for c in captions if c.line.box != start and low <= c.line.box.y_mid <= high]
    own = [b for b in prose if b.x0 < start.x1 and b.x1 > start.x0]
    high = min([high, *(b.top - 1 for b in own if b.top > start.bottom + 60)])  # text under the table is not beside it
    low = max([low, *(b.bottom + 1 for b in own if b.bottom < start.top - 60)])
    for box in [*named, *(b for b in prose if low < b.bottom and b.top < high)]:
        if box.x0 > start.x0 + 60 and box.x0 > start.x1 - 5:
            right = min(right, box.x0 - SLACK_PT - 1)
        if box.x1 < start.x0:
            left = max(left, box.x1 + SLACK_PT + 1)
    return left, right


def _caption_lines(lines: Sequence[Line], opening: float, bar_y: float | None) -> list[Line]:
    """The caption's own lines: down to the first stroke, or to the first line that looks like a row.

    opening: the bottom of what is caption for sure.
    """
    out: list[Line] = []
    for line in lines:
        if out and len(split_segments(line, 1.5)) > 1:
            break
        if bar_y is not None:
            if line.box.y_mid > bar_y:
                break
        elif out and line.box.y_mid > opening:
            gap = line.box.top - out[-1].box.bottom
            if gap > CAPTION_GAP_EM * line.size_pt or len(out) >= MAX_CAPTION_LINES:
                break
        out.append(line)
    return out
