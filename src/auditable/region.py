"""Where one table, or one piece of it, stands on a page: the Region and how one is made of lines, bars and notes.

Comes in: the lines of a strip of page and the height where the body ends. Goes out: a Region. Finding the strip is
left to captioned.py, uncaptioned.py and continued.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.bounds import CELL_GAP_EM, find_note_lines
from auditable.captions import CONTINUED, Caption
from auditable.layout import Line, Style, make_line
from auditable.model import Box, Page, union_box
from auditable.rules import Bar

SLACK_PT = 3.0
"""A word may stand out of its table by so much, a frame by more."""
CONTINUED_LAST = re.compile(r"\(\s*cont(?:inued|['’]?d)?\.?\s*\)\W*$|\bcontinued\W*$", re.IGNORECASE)
CONTINUED_ALONE = re.compile(
    r"^\W*(?:(?:table\s+)?cont(?:inued|inues|['’]d|d)\b\.?(?:\s+(?:on|from|overleaf)(?:\s+\w+){0,3})?)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Region:
    """One table, or one piece of it, on one page. lines: head and body, top down; bars: those within the region.

    label is "" and number "" where no caption names the table; heading then holds the short line over it. claimed: the
    boxes of all that belongs to it, the table's own first.
    """

    page: Page
    label: str
    number: str
    caption: str
    is_continued: bool
    box: Box
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    note_lines: tuple[Line, ...] = ()
    heading: str = ""
    claimed: tuple[Box, ...] = ()
    caption_box: Box | None = None


def make_region(
    page: Page,
    caption: Caption | None,
    text: str,
    extent: tuple[float, float],
    caption_box: Box | None,
    inside: Sequence[Line],
    bars: Sequence[Bar],
    end: float,
    lines: Sequence[Line],
    body: Style,
) -> Region:
    """A Region of the lines inside it. text: the caption without its label; lines: all of the strip, notes among them.

    A line that only says "(Continued)" is no row: it is claimed, but neither head, body nor note.
    """
    said = [line for line in lines if CONTINUED_ALONE.match(line.text)]
    rows = [line for line in inside if not any(line is other for other in said)] or list(inside)
    box = union_box([line.box for line in rows])
    within = tuple(b for b in bars if box.top - 8 <= b.y <= max(end, box.bottom) + 3 and b.covers(*extent) > 0.02)
    is_ruled = any(b.is_full(*extent) for b in within)
    box = Box(
        min(extent[0], box.x0) if is_ruled else box.x0,
        min([box.top, *(b.y for b in within)]),
        max(extent[1], box.x1) if is_ruled else box.x1,
        max([box.bottom, *(b.y for b in within)]),
    )
    plain = [line for line in lines if not any(line is other for other in said)]
    notes = [_run_out(n, page) for n in find_note_lines(plain, max(end, box.bottom - 1), rows, body)]
    near = [s.box for s in said if s.box.top < max([box.bottom, *(n.box.bottom for n in notes)]) + 3 * s.box.height]
    return Region(
        page,
        caption.label if caption else "",
        caption.number if caption else "",
        text,
        bool(caption and (caption.is_continued or CONTINUED_LAST.search(text))),
        box,
        tuple(rows),
        within,
        tuple(n for n in notes if not CONTINUED.match(n.text)),
        claimed=(box, *(n.box for n in notes), *near, *([caption_box] if caption_box else [])),
        caption_box=caption_box,
    )


def _run_out(line: Line, page: Page) -> Line:
    """The line with the words that follow it beyond the table's right edge: notes may be wider than their table."""
    taken = {id(w) for w in line.words}
    words, right = list(line.words), line.box.x1
    after = [w for w in page.words if abs(w.box.y_mid - line.box.y_mid) < 0.5 * line.box.height and id(w) not in taken]
    for word in sorted(after, key=lambda w: w.box.x0):
        if right - 1 <= word.box.x0 <= right + CELL_GAP_EM * line.size_pt:
            words.append(word)
            right = word.box.x1
    return make_line(words) if len(words) > len(line.words) else line
