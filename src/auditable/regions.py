"""A page → the regions where its tables stand: caption, head and body lines, notes.

Comes in: a Page and the style of the paper's running text. Goes out: Regions in reading order. Captions name a table
(captioned.py); a ruled block of aligned figures without a caption is a region too (uncaptioned.py). Rows and columns
are left to later modules.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditable.bounds import CELL_GAP_EM
from auditable.captioned import find_above, find_below, find_beside
from auditable.captions import Caption, find_captions
from auditable.layout import Style, find_lines, split_segments
from auditable.model import Page
from auditable.region import Region
from auditable.rules import Bar, find_bars
from auditable.uncaptioned import find_uncaptioned

WIDE_SHARE = 0.6
"""A table over so much of the width of the page's text stands over all columns."""


def find_regions(page: Page, body: Style, *, captions_below: bool = False) -> tuple[list[Region], list[str]]:
    """Tables of one page in reading order, and the labels of captions at which no table was found.

    Captioned tables are found first, then ruled blocks without a caption. captions_below: the journal prints a caption
    under its table; the other side is tried only where that one holds none.
    """
    if not page.words:
        return [], []
    captions, bars = captions_and_bars(page, body)
    regions = []
    lost = []
    for caption in captions:
        if caption.kind == "table":
            region = _at_caption(page, caption, captions, bars, body, captions_below)
            if region is None:
                lost.append(caption.label)
            else:
                regions.append(region)
    regions.extend(find_uncaptioned(page, regions, captions, bars, body))
    return in_reading_order(page, regions), lost


def _at_caption(
    page: Page, caption: Caption, captions: Sequence[Caption], bars: Sequence[Bar], body: Style, captions_below: bool
) -> Region | None:
    beside = find_beside(page, caption, captions, bars, body)
    if beside is not None:
        return beside
    above = find_above(page, caption, captions, bars, body) if captions_below else None
    return above or find_below(page, caption, captions, bars, body) or find_above(page, caption, captions, bars, body)


def vote_captions_below(page: Page, body: Style) -> int:
    """How many captions of a page can only belong to a table above them, less those with one only below."""
    if not page.words:
        return 0
    captions, bars = captions_and_bars(page, body)
    votes = 0
    for caption in captions:
        if caption.kind == "table":
            below = find_below(page, caption, captions, bars, body) is not None
            votes += (find_above(page, caption, captions, bars, body) is not None) - below
    return votes


def captions_and_bars(page: Page, body: Style) -> tuple[list[Caption], list[Bar]]:
    """Captions of tables and figures on a page, and its bars, both from the top down."""
    segments = [s for line in find_lines(page.words) for s in split_segments(line, CELL_GAP_EM)]
    return find_captions(segments, body), find_bars(page)


def in_reading_order(page: Page, regions: Sequence[Region]) -> list[Region]:
    """The regions as they are read: down one column, then the next; one over all columns parts what is above from
    what is below."""
    if not regions:
        return []
    width = max(w.box.x1 for w in page.words) - min(w.box.x0 for w in page.words)
    wide = [r for r in regions if r.box.width > WIDE_SHARE * width]

    def place(region: Region) -> tuple[int, int, float]:
        is_wide = any(region is w for w in wide)
        above = sum(w.box.top < region.box.top for w in wide)
        lefts = [r.box.x0 for r in regions if not any(r is w for w in wide) and r.box.x1 <= region.box.x0 + 2]
        return 2 * above + is_wide, 0 if is_wide else len(lefts), region.box.top

    return sorted(regions, key=place)
