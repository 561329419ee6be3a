"""A page → the regions where its tables stand: caption, head and body lines, notes.

Comes in: a Page and the style of the paper's running text. Goes out: Regions. Captions name a table, rules and
shading say how wide it
is, rules and the look of its lines say where it ends; a ruled block of aligned figures without a caption is a region
too. Rows and
columns are left to grid.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditable.bounds import CELL_GAP_EM, end_of_body, find_note_lines, holds_prose, is_row
from auditable.captions import CONTINUED, Caption, find_captions, goes_on
from auditable.layout import Line, Style, find_lines, main_style, split_segments
from auditable.model import Box, Page, union_box
from auditable.rules import Bar, find_bars

MAX_CAPTION_LINES = 8
SLACK_PT = 3.0

CONTINUED_LAST = re.compile(r"\(\s*cont(?:inued|['’]?d)?\.?\s*\)\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Region:
    """One table, or one piece of it, on one page. lines: head and body, top down; bars: those within the region.

    label is "" and number "" where no caption names the table; heading then holds the short line over it.
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


def find_regions(page: Page, body: Style, *, captions_below: bool = False) -> tuple[list[Region], list[str]]:
    """Tables of one page from the top down, and the labels of captions at which no table was found.

    Captioned tables are found first, then ruled blocks without a caption. captions_below: the journal prints a caption
    under its table; the other side is tried only where that one holds none.
    """
    if not page.words:
        return [], []
    captions, bars = _captions_and_bars(page, body)
    regions = []
    lost = []
    for caption in captions:
        if caption.kind == "table":
            below = _captioned(page, caption, captions, bars, body)
            above = _above_caption(page, caption, bars, body) if captions_below or below is None else None
            region = (above or below) if captions_below else (below or above)
            if region is None:
                lost.append(caption.label)
            else:
                regions.append(region)
    regions.extend(_uncaptioned(page, regions, captions, bars, body))
    return sorted(regions, key=lambda r: (r.box.top, r.box.x0)), lost


def vote_captions_below(page: Page, body: Style) -> int:
    """How many captions of a page can only belong to a table above them, less those with one only below."""
    if not page.words:
        return 0
    captions, bars = _captions_and_bars(page, body)
    votes = 0
    for caption in captions:
        if caption.kind == "table":
            below = _captioned(page, caption, captions, bars, body) is not None
            votes += (_above_caption(page, caption, bars, body) is not None) - below
    return votes


def _captions_and_bars(page: Page, body: Style) -> tuple[list[Caption], list[Bar]]:
    segments = [s for line in find_lines(page.words) for s in split_segments(line, CELL_GAP_EM)]
    return find_captions(segments, body), find_bars(page)


def _captioned(
    page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style
) -> Region | None:
    start = caption.line.box
    first = _first_bar(page, caption, bars)
    x0, x1 = _extent(page, caption, first, body)
    limit = min(
        (
            c.line.box.top - 1
            for c in captions
            if c is not caption and c.line.box.top > start.bottom and c.line.box.x0 < x1 and c.line.box.x1 > x0
        ),
        default=page.height_pt,
    )
    wide0, wide1 = min(x0, start.x0), max(x1, start.x1)
    cap_words = [
        w
        for w in page.words
        if wide0 - SLACK_PT <= w.box.x_mid <= wide1 + SLACK_PT and start.top - 2 <= w.box.y_mid <= limit
    ]
    cap_lines = _caption_lines(find_lines(cap_words), first.y if first else None)
    if not cap_lines:
        return None
    cap_box = union_box(line.box for line in cap_lines)
    words = [
        w
        for w in page.words
        if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and cap_box.bottom - 1 <= w.box.y_mid <= limit
    ]
    taken = {id(w) for line in cap_lines for w in line.words}
    lines = find_lines([w for w in words if id(w) not in taken])
    end = end_of_body(lines, [b for b in bars if cap_box.bottom - 4 <= b.y <= limit], x0, x1, body)
    inside = tuple(line for line in lines if line.box.y_mid < end)
    if sum(len(split_segments(line, CELL_GAP_EM)) > 1 for line in inside) < 2:
        return None
    text = " ".join(_clean_caption(line.text) for line in cap_lines)
    text = re.sub(r"^\W{0,2}" + r"\s?".join(map(re.escape, caption.label.replace(" ", ""))) + r"[\s.:|—–-]*", "", text)
    return _make_region(page, caption, text, (x0, x1), cap_box, inside, bars, end, lines, body)


def _above_caption(page: Page, caption: Caption, bars: Sequence[Bar], body: Style) -> Region | None:
    """The table over a caption that stands below it: inside the same tinted box, or hung on the rules right above."""
    start = caption.line.box
    holders = [f.box for f in page.fills if f.box.contains(start) and 80 < f.box.height < 0.9 * page.height_pt]
    if holders:
        box = min(holders, key=lambda b: b.height)
        x0, x1, top = box.x0, box.x1, box.top
    else:
        over = [(b, _joined(b, start.x0, start.x1)) for b in bars if b.y < start.top]
        runs = [(b.y, run) for b, run in over if run is not None and start.top - b.y < 120]
        if not runs:
            return None
        x0, x1 = runs[-1][1]
        top = min(b.y for b in [b for b, _ in over] if b.is_full(x0, x1))
    lines = find_lines(
        [w for w in page.words if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and top - 1 <= w.box.y_mid < start.top]
    )
    inner = [b for b in bars if top - 2 <= b.y < start.top]
    end = end_of_body(lines, inner, x0, x1, body)
    inside = tuple(line for line in lines if line.box.y_mid < end)
    if sum(is_row(line) for line in inside) < 2 or holds_prose(
        inside, body, main_style(w for i in inside for w in i.words)
    ):
        return None
    text = re.sub(r"^[\s.:|—–-]+", "", caption.rest)
    return _make_region(page, caption, text, (x0, x1), start, inside, inner, end, lines, body)


def _make_region(
    page: Page,
    caption: Caption | None,
    text: str,
    extent: tuple[float, float],
    cap_box: Box | None,
    inside: Sequence[Line],
    bars: Sequence[Bar],
    end: float,
    lines: Sequence[Line],
    body: Style,
) -> Region:
    box = union_box([line.box for line in inside])
    within = tuple(b for b in bars if box.top - 8 <= b.y <= max(end, box.bottom) + 3 and b.covers(*extent) > 0.02)
    box = Box(
        min(extent[0], box.x0),
        min([box.top, *(b.y for b in within)]),
        max(extent[1], box.x1),
        max([box.bottom, *(b.y for b in within)]),
    )
    notes = find_note_lines(lines, max(end, box.bottom - 1), inside, body)
    claimed = [box, *(n.box for n in notes), *([cap_box] if cap_box else [])]
    return Region(
        page,
        caption.label if caption else "",
        caption.number if caption else "",
        text,
        bool(caption and (caption.is_continued or CONTINUED_LAST.search(text))),
        box,
        tuple(inside),
        within,
        tuple(n for n in notes if not CONTINUED.match(n.text)),
        claimed=tuple(claimed),
        caption_box=cap_box,
    )


def _clean_caption(text: str) -> str:
    return re.sub(r"(\w)[-\u00ad]$", r"\1-", text)


def _first_bar(page: Page, caption: Caption, bars: Sequence[Bar]) -> Bar | None:
    """The first stroke or shaded edge under the caption that overlaps it, if at most a caption's lines lie between."""
    start = caption.line.box
    for bar in bars:
        if bar.y < start.bottom - 2:
            continue
        pieces = _joined(bar, start.x0, start.x1)
        if pieces is None:
            continue
        between = [
            w
            for w in page.words
            if start.bottom <= w.box.y_mid < bar.y and pieces[0] - 2 <= w.box.x_mid <= pieces[1] + 2
        ]
        if len(find_lines(between)) <= MAX_CAPTION_LINES and bar.y - start.bottom < 12 * start.height:
            return replace(bar, pieces=(pieces,)) if len(bar.pieces) == 1 else bar
        return None
    return None


def _joined(bar: Bar, x0: float, x1: float) -> tuple[float, float] | None:
    """The stretch of a bar's pieces, small gaps bridged, that overlaps x0..x1."""
    runs: list[list[float]] = []
    for a, b in bar.pieces:
        if runs and a - runs[-1][1] < 10:
            runs[-1][1] = b
        else:
            runs.append([a, b])
    hits = [r for r in runs if r[0] < x1 and r[1] > x0 and r[1] - r[0] > 20]
    return (min(r[0] for r in hits), max(r[1] for r in hits)) if hits else None


def _extent(page: Page, caption: Caption, first: Bar | None, body: Style) -> tuple[float, float]:
    start = caption.line.box
    if first is not None:
        run = _joined(first, start.x0, start.x1)
        if run is not None:
            return run
    left = min(w.box.x0 for w in page.words)
    right = max(w.box.x1 for w in page.words)
    for line in find_lines([w for w in page.words if start.top - 20 <= w.box.y_mid <= start.top + 200]):
        for segment in split_segments(line, CELL_GAP_EM):
            if len(segment.words) < 5 or main_style(segment.words) != body:
                continue
            if segment.box.x0 > start.x0 + 60 and segment.box.x0 > start.x1 - 5:
                right = min(right, segment.box.x0 - SLACK_PT - 1)
            if segment.box.x1 < start.x0:
                left = max(left, segment.box.x1 + SLACK_PT + 1)
    return left, right


def _caption_lines(lines: Sequence[Line], bar_y: float | None) -> list[Line]:
    """The caption's own lines: down to the first stroke, or to the first line that looks like a row."""
    out: list[Line] = []
    for line in lines:
        if out and (len(split_segments(line, 1.5)) > 1 or not goes_on(out, line)):
            break
        if bar_y is not None:
            if line.box.y_mid > bar_y:
                break
        elif out:
            gap = line.box.top - out[-1].box.bottom
            if gap > 0.7 * line.size_pt or len(out) >= MAX_CAPTION_LINES:
                break
        out.append(line)
    return out


def _uncaptioned(
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
        mates = [b for b in free[k:] if abs(b.x0 - top.x0) < 3 and abs(b.x1 - top.x1) < 3]
        if len(mates) < 3:
            continue
        lines = find_lines([w for w in page.words if top.x0 - 1 <= w.box.x_mid <= top.x1 + 1 and w.box.y_mid > top.y])
        end = end_of_body(lines, mates, top.x0, top.x1, body)
        inside = [line for line in lines if line.box.y_mid < end]
        rows = [line for line in inside if is_row(line) and re.search(r"\d\W*$", line.text)]
        if (
            len(rows) < 3
            or len(rows) < 0.3 * len(inside)
            or holds_prose(inside, body, main_style(w for i in inside for w in i.words))
        ):
            continue
        if any(top.y < c.line.box.top < end and c.line.box.x0 < top.x1 and c.line.box.x1 > top.x0 for c in captions):
            continue
        region = _make_region(page, None, "", (top.x0, top.x1), None, inside, mates, end, lines, body)
        if any(r.box.contains(line.box) for r in regions for line in inside):
            continue
        used.update(b.y for b in mates if b.y <= end + 1)
        out.append(_with_heading(region))
    return out


def _with_heading(region: Region) -> Region:
    above = [
        w
        for w in region.page.words
        if region.box.top - 24 < w.box.y_mid < region.box.top and region.box.x0 - 2 <= w.box.x_mid <= region.box.x1 + 2
    ]
    lines = find_lines(above)
    if not lines or len(lines[-1].words) > 10:
        return region
    box = lines[-1].box
    return replace(region, heading=lines[-1].text, claimed=(*region.claimed, box), caption_box=box)
