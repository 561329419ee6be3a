"""Regions of all pages → the pieces of tables that go on in the next column or page without their label.

Comes in: the pages and the Regions found at captions and rules. Goes out: the Regions with such pieces named after the
table they continue, those added that no rule or caption had shown. Joining rows is left to engine.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditable.bounds import CELL_GAP_EM, NOTE_START, WORDY, end_of_body, holds_prose, is_row
from auditable.captions import Caption
from auditable.columns import Column, find_columns
from auditable.layout import Line, Style, find_lines, main_style, split_segments
from auditable.line_numbers import HEAD_SHARE
from auditable.model import Page, union_box
from auditable.region import SLACK_PT, Region, make_region
from auditable.rules import column_rules, find_bars

MAX_RUNNING_HEAD_LINES = 3
MIN_ROWS = 2
SAME_WIDTH_PT = 6.0


def name_continuations(pages: Sequence[Page], regions: Sequence[Region], body: Style) -> list[Region]:
    """The regions in their order, each unnamed one that continues the table before it named so."""
    out = list(regions)
    k = 0
    while k < len(out):
        region = out[k]
        k += 1
        if not region.label or not _closes_column(region):
            continue
        places = _next_columns(region, pages)
        follower = out[k] if k < len(out) else None
        if follower is not None and not follower.label and _goes_on(follower, region, places):
            out[k] = replace(follower, label=region.label, number=region.number, heading="", is_continued=True)
            continue
        found = next((r for page, x0 in places if (r := _read_on(page, x0, region, out, body)) is not None), None)
        if found is not None:
            out.insert(k, found)
    goes_on = [any(r.label and r.label == later.label for later in out[k + 1 :]) for k, r in enumerate(out)]
    return [_with_last_label(r) if more else r for r, more in zip(out, goes_on, strict=True)]


def _with_last_label(piece: Region) -> Region:
    """The piece with a heading that closes it, where its rows are on the next: it looks like a label, not like a
    note."""
    note = piece.note_lines[0] if piece.note_lines else None
    if note is None or len(note.words) > WORDY or note.words[0].is_raised or NOTE_START.match(note.text):
        return piece
    left = min(line.box.x0 for line in piece.lines)
    last = piece.lines[-1]
    is_label = main_style(note.words) == main_style(last.words) and abs(note.box.x0 - left) < 1.0
    if not is_label or note.box.top - last.box.bottom > note.box.height:
        return piece
    box = union_box([piece.box, note.box])
    return replace(
        piece, lines=(*piece.lines, note), note_lines=piece.note_lines[1:], box=box, claimed=(box, *piece.claimed[1:])
    )


def _goes_on(piece: Region, table: Region, places: Sequence[tuple[Page, float]]) -> bool:
    """Whether an unnamed region is as wide as the table and stands first where the table would go on."""
    return abs(piece.box.width - table.box.width) < SAME_WIDTH_PT and any(
        piece.page is page and _stands_first(piece, x0) for page, x0 in places
    )


def _closes_column(region: Region) -> bool:
    """Whether nothing but the foot of the page stands under the region."""
    page, bottom = region.page, max(b.bottom for b in region.claimed)
    foot = (1 - HEAD_SHARE) * page.height_pt
    return not any(
        bottom + 1 < w.box.y_mid < foot and w.box.x1 > region.box.x0 and w.box.x0 < region.box.x1 for w in page.words
    )


def _next_columns(region: Region, pages: Sequence[Page]) -> list[tuple[Page, float]]:
    """Where the table would go on: the left edge of the next column of its page, and of the next page."""
    page = region.page
    out: list[tuple[Page, float]] = []
    right = [line.box.x0 for line in _segments(page) if line.box.x0 > region.box.x1 + 5 and len(line.words) >= 2]
    if right and region.box.x1 < 0.7 * page.width_pt:
        out.append((page, min(right)))
    later = next((p for p in pages if p.number == page.number + 1 and p.turn_degrees == page.turn_degrees), None)
    if later is not None and _segments(later):
        is_wide = region.box.width > 0.6 * page.width_pt
        edge = min(s.box.x0 for s in _segments(later))
        out.append((later, edge if is_wide or region.box.x0 > edge + region.box.width / 2 else region.box.x0))
        if is_wide and abs(edge - region.box.x0) > 1:
            out.append((later, region.box.x0))
    return out


def _segments(page: Page) -> list[Line]:
    """Segments of the page's lines between its running head and foot."""
    head, foot = HEAD_SHARE * page.height_pt, (1 - HEAD_SHARE) * page.height_pt
    words = [w for w in page.words if 0.5 * head < w.box.y_mid < foot]
    return [s for line in find_lines(words) for s in split_segments(line, CELL_GAP_EM)] if words else []


def _stands_first(region: Region, x0: float) -> bool:
    """Whether a region stands at this left edge and nothing but a running head over it."""
    page, top = region.page, min(b.top for b in region.claimed)
    if abs(region.box.x0 - x0) > 2 * SAME_WIDTH_PT:
        return False
    head = HEAD_SHARE * page.height_pt
    over = [w for w in page.words if w.box.y_mid < top and w.box.x1 > region.box.x0 and w.box.x0 < region.box.x1]
    return all(w.box.bottom < head for w in over)


def _read_on(page: Page, x0: float, table: Region, regions: Sequence[Region], body: Style) -> Region | None:
    """The rows at the head of a column that stand in the columns of the table, as a piece of it."""
    x1 = x0 + table.box.width
    others = [b for r in regions if r.page is page for b in r.claimed if b.x0 < x1 and b.x1 > x0]
    limit = min((b.top for b in others), default=page.height_pt)
    lines = find_lines([w for w in page.words if x0 - SLACK_PT <= w.box.x_mid <= x1 + SLACK_PT and w.box.y_mid < limit])
    columns = find_columns(table.lines, table.box.x0, table.box.x1, column_rules(table.page, table.box))
    shift = x0 - table.box.x0
    skipped = 0
    while lines and skipped < MAX_RUNNING_HEAD_LINES and not _fits(lines[0], columns, shift):
        is_label = not is_row(lines[0]) and len(lines) > 1 and _fits(lines[1], columns, shift)
        if is_label and lines[1].box.top - lines[0].box.bottom < 1.5 * lines[0].box.height:
            break
        if lines[0].box.bottom > HEAD_SHARE * page.height_pt:
            return None
        lines, skipped = lines[1:], skipped + 1
    if not lines:
        return None
    bars = [b for b in find_bars(page) if b.y > lines[0].box.top - lines[0].box.height and b.covers(x0, x1) > 0.02]
    end = end_of_body(lines, bars, x0, x1, body)
    inside = [line for line in lines if line.box.y_mid < end]
    rows = [line for line in inside if is_row(line)]
    if len(rows) < MIN_ROWS or sum(_fits(line, columns, shift) for line in rows) < 0.8 * len(rows):
        return None
    style = main_style(w for line in inside for w in line.words)
    if style != main_style(w for line in table.lines for w in line.words) or holds_prose(inside, body, style):
        return None
    caption = Caption("table", table.label, table.number, "", lines[0], is_continued=True)
    return make_region(page, caption, "", (x0, x1), None, inside, bars, end, lines, body)


def _fits(line: Line, columns: Sequence[Column], shift: float) -> bool:
    """Whether the line has cells, and each of its parts stands in a column of its own."""
    parts = split_segments(line, CELL_GAP_EM)
    homes = [
        next(
            (k for k, c in enumerate(columns) if c.x0 - 2 <= p.box.x0 - shift and p.box.x1 - shift <= c.x1 + 2),
            -1,
        )
        for p in parts
    ]
    return len(parts) > 1 and -1 not in homes and len(set(homes)) == len(homes)
