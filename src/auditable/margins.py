"""Pages → the same Pages without running heads and feet.

Comes in: Pages as read. Goes out: Pages with fewer words. Line numbers are left to line_numbers.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditable.layout import Line, find_lines
from auditable.line_numbers import HEAD_SHARE
from auditable.model import Page

SAME_PLACE_PT = 6.0
MIN_WHITE_EM = 0.9
"""White between a running head and the text, at least."""


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without the lines that stand in the same place at the head or foot of more than one of them, figures
    aside: running heads, page numbers, feet. Such a line has white between it and the text."""
    found = [_margin_lines(page) for page in pages]
    counts = Counter(key for lines in found for key in {_place(line) for line in lines})
    out = []
    for page, lines in zip(pages, found, strict=True):
        taken = {id(w) for line in lines if counts[_place(line)] > 1 for w in line.words}
        out.append(replace(page, words=tuple(w for w in page.words if id(w) not in taken)) if taken else page)
    return out


def _margin_lines(page: Page) -> list[Line]:
    """Lines at the head and foot of a page beyond the first white that parts them from what stands further in."""
    lines = find_lines(page.words) if page.words else []
    head, foot = HEAD_SHARE * page.height_pt, (1 - HEAD_SHARE) * page.height_pt
    return [
        *_beyond_white(lines, [line for line in lines if line.box.top > foot]),
        *_beyond_white(lines[::-1], [line for line in lines if line.box.bottom < head][::-1]),
    ]


def _beyond_white(lines: Sequence[Line], margin: Sequence[Line]) -> list[Line]:
    """Of the lines of a margin, which close the sequence of all lines, those from the first white on."""
    inner = [*lines[: len(lines) - len(margin)][-1:], *margin]
    for k, (before, line) in enumerate(pairwise(inner)):
        white = max(line.box.top - before.box.bottom, before.box.top - line.box.bottom)
        if white > MIN_WHITE_EM * line.size_pt:
            return inner[k + 1 :]
    return []


def _place(line: Line) -> tuple[str, int]:
    """What a line says, figures aside, and roughly where."""
    return re.sub(r"[\d\s]+", "", line.text), int(line.box.y_mid / SAME_PLACE_PT)
