"""A caption → how far its table may reach: its frame, its first bar, its left and right edges.

Comes in: a Page, the box of a caption's opening, bars. Goes out: boxes and edges in points. Where the rows end is left
to bounds.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditable.bounds import CELL_GAP_EM, WORDY, has_figures
from auditable.caption_lines import MAX_CAPTION_LINES
from auditable.captions import Caption
from auditable.layout import Style, find_lines, main_style, split_segments
from auditable.model import Box, Page
from auditable.region import SLACK_PT
from auditable.rules import Bar

MIN_FRAME_PT = 60.0


def find_frame(page: Page, start: Box) -> Box:
    """The frame or the tinted box that a caption stands in; the page where there is none."""
    whole = Box(0.0, 0.0, page.width_pt, page.height_pt)
    tints = [
        f.box
        for f in page.fills
        if f.box.contains(start) and MIN_FRAME_PT < f.box.height < 0.9 * page.height_pt and f.box.width > start.width
    ]
    walls = [
        r.box for r in page.rules if not r.is_horizontal and r.box.top - 2 <= start.top and r.box.bottom > start.bottom
    ]
    walls = [w for w in walls if MIN_FRAME_PT < w.height < 0.9 * page.height_pt]
    left = max((w for w in walls if w.x_mid <= start.x0 + 2), key=lambda w: w.x_mid, default=None)
    right = min((w for w in walls if w.x_mid >= start.x1 - 2), key=lambda w: w.x_mid, default=None)
    if left is not None and right is not None and abs(left.bottom - right.bottom) < SLACK_PT:
        tints.append(Box(left.x_mid, left.top, right.x_mid, left.bottom))
    return min(tints, key=lambda b: b.width * b.height, default=whole)


def find_first_bar(page: Page, start: Box, bars: Sequence[Bar]) -> Bar | None:
    """The first stroke or shaded edge under the caption that overlaps it, if at most a caption's lines lie between."""
    for bar in bars:
        if bar.y < start.bottom - 2:
            continue
        pieces = stretch_of(bar, start.x0, start.x1)
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


def find_extent(
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
        run = stretch_of(first, start.x0, start.x1)
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


def stretch_of(bar: Bar, x0: float, x1: float) -> tuple[float, float] | None:
    """The stretch of a bar's pieces, small gaps bridged, that overlaps x0..x1."""
    runs: list[list[float]] = []
    for a, b in bar.pieces:
        if runs and a - runs[-1][1] < 10:
            runs[-1][1] = b
        else:
            runs.append([a, b])
    hits = [r for r in runs if r[0] < x1 and r[1] > x0 and r[1] - r[0] > 20]
    return (min(r[0] for r in hits), max(r[1] for r in hits)) if hits else None
