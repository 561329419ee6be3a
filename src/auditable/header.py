"""Region → how many of its first lines are the boxhead.

Comes in: the lines, bars and shading of a Region. Goes out: a number. The labels are read by boxhead.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditable.cell_forms import VALUE_LIKE, is_rest, name_columns
from auditable.columns import GAP_EM
from auditable.layout import Line, split_segments
from auditable.raw_rows import LETTERS
from auditable.region import Region

STUB_SHARE = 0.12
"""What begins in this part of the width, from the left, stands in the stub."""
ROWS_WITH_FIGURES = 0.6
MOST_HEAD_RULES = 4
"""Rules of a table that parts only its head: above, within and under it, and at the foot."""
HALF_STEP_EM = 0.82
"""Lines that stand nearer than this overlap: one is set beside two others."""
WIDE_STEP = 1.35


def count_head_lines(region: Region) -> int:
    """How many of the region's lines are boxhead: by its rules, else by shading, else by where figures begin."""
    lines = region.lines
    x0, x1 = region.box.x0, region.box.x1
    head_fill = _fill_of(region, lines[0]) if lines else ""
    is_tinted = bool(head_fill) and not _is_zebra(region, head_fill)
    full = [b.y for b in region.bars if b.is_full(x0, x1, 0.85) and (is_tinted or not b.is_shade)]
    cuts = [n for n in (sum(line.box.y_mid < y for line in lines) for y in full) if n > 0]
    limit = max(1, int(0.6 * len(lines)))
    by_text = _head_by_text(lines)
    if not cuts or cuts[0] > limit or cuts[0] >= len(lines):
        return _head_by_weight(lines) or by_text
    count = cuts[0]
    for cut in cuts[1:]:
        band = lines[count:cut]
        is_like = bool(band) and cut <= limit and all(_is_head_like(region, line, head_fill) for line in band)
        if not is_like and not (band and _brings_stub_head(region, count, band)):
            break
        count = cut
    if _is_data(lines[0], region) and by_text == 0:
        return 0
    # A bold line of figures over the rule is head ("Week" over "4"), if the rows are not bold.
    is_bold_head = not _is_bold(lines[count]) if count < len(lines) else False
    return next(
        (k for k in range(1, count) if _is_data(lines[k], region) and not (is_bold_head and _is_bold(lines[k]))), count
    )


def _fill_of(region: Region, line: Line) -> str:
    inside = [f for f in region.page.fills if f.box.contains(line.box) and f.box.height < 0.7 * region.box.height]
    return min(inside, key=lambda f: f.box.height).colour if inside else ""


def _is_head_like(region: Region, line: Line, head_fill: str) -> bool:
    """Whether a line under the first full rule still belongs to the boxhead: same shading, or no stub label and no
    figures."""
    if head_fill and _fill_of(region, line) == head_fill and not _is_zebra(region, head_fill):
        return True
    parts = split_segments(line, GAP_EM)
    stub_is_empty = parts[0].box.x0 > region.box.x0 + STUB_SHARE * region.box.width
    return stub_is_empty and len(parts) > 1 and not any(VALUE_LIKE.match(p.text) for p in parts)


def _brings_stub_head(region: Region, count: int, band: Sequence[Line]) -> bool:
    """Whether the lines under the first head lines are head too: the first label over the stub, no figures beside it.

    Only in a table whose rows have figures, since a row of words alone looks the same.
    """
    edge = region.box.x0 + STUB_SHARE * region.box.width
    if any(line.box.x0 < edge for line in region.lines[:count]):
        return False
    parts = [split_segments(line, GAP_EM) for line in band]
    labelled = [line for line in parts if line[0].box.x0 < edge]
    if not any(len(p) > 1 for p in labelled) or any(_is_value(p) for line in labelled for p in line[1:]):
        return False
    if any(all(map(_is_value, line)) for line in parts):
        return False
    texts = [p.text for line in parts for p in line[1:]]
    if (
        name_columns(texts)
        and sum(b.is_full(region.box.x0, region.box.x1, 0.85) for b in region.bars) > MOST_HEAD_RULES
    ):
        return False  # among rules for every row it is the first sub-header
    below = [split_segments(line, GAP_EM) for line in region.lines[count + len(band) :] if line.box.x0 < edge]
    rows = [p for p in below if len(p) > 1]
    return bool(rows) and sum(any(map(_is_value, p[1:])) for p in rows) >= ROWS_WITH_FIGURES * len(rows)


def _is_zebra(region: Region, colour: str) -> bool:
    bands = {int(f.box.top) for f in region.page.fills if f.colour == colour and region.box.contains(f.box)}
    return len(bands) > 3


def _is_data(line: Line, region: Region) -> bool:
    parts = split_segments(line, GAP_EM)
    values = [p for p in parts[1:] if _is_value(p)]
    return (
        len(parts) > 1
        and parts[0].box.x0 < region.box.x0 + STUB_SHARE * region.box.width
        and len(values) == len(parts) - 1
    )


def _is_value(part: Line) -> bool:
    return bool(VALUE_LIKE.match(part.text)) and not is_rest(part.text)


def _is_bold(line: Line) -> bool:
    """Whether all words of a line are bold, signs borrowed from another font aside."""
    words = [w for w in line.words if not w.is_raised and LETTERS.search(w.text)]
    return bool(words) and all(w.is_bold for w in words)


def _head_by_weight(lines: Sequence[Line]) -> int:
    """Leading lines that are bold throughout, where no row below them is; 0 where weight tells nothing."""
    count = next((k for k, line in enumerate(lines) if not _is_bold(line)), len(lines))
    if any(_is_bold(line) and len(split_segments(line, GAP_EM)) > 1 for line in lines[count:]) or count == len(lines):
        return 0
    return _before_headings(lines, count)


def _head_by_text(lines: Sequence[Line]) -> int:
    """Lines before the first with figures behind a label, or between two lines of one; a heading line without values
    just before it belongs to the body. Where no line tells, the widest white under one of the first lines does."""
    for k, line in enumerate(lines):
        parts = split_segments(line, GAP_EM)
        values = sum(map(_is_value, parts[1:]))
        if len(parts) > 1 and values >= 0.5 * (len(parts) - 1) and not _is_value(parts[0]):
            return _before_headings(lines, k)
        if k and all(map(_is_value, parts)) and _lies_between(lines, k):
            return _before_headings(lines, k)
    return _head_by_white(lines)


def _lies_between(lines: Sequence[Line], k: int) -> bool:
    """Whether a line is set between two lines of a label: half a step from each."""
    if k + 1 >= len(lines):
        return False
    steps = [lines[k].box.y_mid - lines[k - 1].box.y_mid, lines[k + 1].box.y_mid - lines[k].box.y_mid]
    left = lines[k].box.x0
    return max(steps) < HALF_STEP_EM * lines[k].size_pt and lines[k - 1].box.x0 < left and lines[k + 1].box.x0 < left


def _head_by_white(lines: Sequence[Line]) -> int:
    """Lines over the widest white among the first ones, if it stands out; else one."""
    near = lines[: max(2, len(lines) // 2)]
    steps = [b.box.y_mid - a.box.y_mid for a, b in pairwise(near)]
    usual = sorted(b.box.y_mid - a.box.y_mid for a, b in pairwise(lines))
    if steps and max(steps) > WIDE_STEP * usual[len(usual) // 2]:
        return steps.index(max(steps)) + 1
    return min(1, len(lines))


def _before_headings(lines: Sequence[Line], k: int) -> int:
    """The line where the body begins: the first row, or the row group headings and sub-headers right above it."""
    left = min((line.box.x0 for line in lines), default=0.0)
    while k > 1 and lines[k - 1].box.x0 < left + 30:
        parts = split_segments(lines[k - 1], GAP_EM)
        has_stub_head = any(line.box.x0 < left + 30 for line in lines[: k - 1])
        if len(parts) > 1 and not (has_stub_head and name_columns([p.text for p in parts[1:]])):
            break
        k -= 1
    return k
