"""The lines of a caption: where it opens, how far it runs, its text without the label.

Comes in: a Page, a Caption, lines around it. Goes out: lines, boxes and text. The table is left to captioned.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.bounds import CELL_GAP_EM, is_row
from auditable.captions import Caption, goes_on
from auditable.layout import Line, find_lines, main_style, split_segments
from auditable.model import Box, Page, union_box
from auditable.region import SLACK_PT

MAX_CAPTION_LINES = 14
CAPTION_GAP_EM = 0.7
"""White between two lines of a caption that no rule closes, at most."""
LEAD = re.compile(r"^[\s.:|—–-]+")
TITLE_GAP_EM = 4.0
"""White between a label and a title in the same line, at most."""


def find_opening(page: Page, caption: Caption) -> Box:
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
        for line in find_lines(
            [w for w in page.words if start.bottom - 1 < w.box.y_mid < start.bottom + 2.5 * start.height]
        )
        for s in split_segments(line, CELL_GAP_EM)
    ]
    over = [s for s in under if s.box.x0 < start.x1 and s.box.x1 > start.x0]
    title = min(over or (under if len(under) == 1 else []), key=lambda s: s.box.top, default=None)
    is_row_of_cells = title is not None and sum(abs(s.box.y_mid - title.box.y_mid) < 2 for s in under) > 2
    return union_box([start, title.box]) if title is not None and not is_row_of_cells else start


def caption_text(caption: Caption, lines: Sequence[Line]) -> str:
    """The caption's lines as one text without the label."""
    text = " ".join(re.sub(r"(\w)[-\u00ad]$", r"\1-", line.text) for line in lines)
    label = r"\s?".join(map(re.escape, caption.label.replace(" ", "")))
    return LEAD.sub("", re.sub(r"^\W{0,2}" + label, "", text))


def lines_running_on(page: Page, first: Line, x0: float, x1: float) -> list[Line]:
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


def lines_under_caption(lines: Sequence[Line], opening: float, bar_y: float | None) -> list[Line]:
    """The caption's own lines: down to the first stroke, or to the first line that looks like a row.

    opening: the bottom of what is caption for sure.
    """
    out: list[Line] = []
    for line in lines:
        if out and (len(split_segments(line, 1.5)) > 1 or not goes_on(out, line)):
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
