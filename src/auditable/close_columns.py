"""Columns set so close that a row's white between them is hardly wider than a blank → the columns parted.

Comes in: columns as wide white tells them, and the body's lines. Goes out: columns, one cut where white runs down all
its rows and what stands on both sides of it is a whole statistic in each. Half a statistic is never cut: "(25.0)",
"± 10.8" and "to 0.86)" do not stand alone, and three figures behind a blank are thousands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.cell_forms import VALUE_LIKE, is_open, is_rest
from auditable.layout import Line, join_words
from auditable.model import Word

CLOSE_EM = 0.36
"""The least white between two such cells, in ems: a printed blank is a quarter to a third."""
TIGHT_SHARE = 0.2
"""Of the rows, whose longest cells may come nearer."""
FEWEST_ROWS, WHOLE_SHARE, CROSSING_SHARE = 3, 0.9, 0.25
THREE_FIGURES = re.compile(r"\d{3}(?:[.,]\d+)?\b")


@dataclass(frozen=True)
class _Cut:
    x: float
    left1: float
    right0: float


def find_cuts(lines: Sequence[Line], x0: float, x1: float) -> list[float]:
    """Places of white within x0..x1, from left to right, at which a column is two."""
    rows = [[w for w in line.words if x0 <= w.box.x_mid < x1] for line in lines]
    rows = [row for row in rows if row]
    cuts = [cut for cut in _white_in_all(rows) if _parts_values(rows, cut)]
    return [(cut.left1 + cut.right0) / 2 for cut in cuts]


def _white_in_all(rows: Sequence[Sequence[Word]]) -> list[_Cut]:
    """Stretches between two words that no word of any row reaches over."""
    spans = sorted((w.box.x0, w.box.x1) for row in rows for w in row)
    out: list[_Cut] = []
    reach = spans[0][1] if spans else 0.0
    for left, right in spans:
        if left > reach:
            out.append(_Cut((reach + left) / 2, reach, left))
        reach = max(reach, right)
    return out


def _parts_values(rows: Sequence[Sequence[Word]], cut: _Cut) -> bool:
    """Whether the stretch parts whole statistics in nearly all rows that have words on both sides."""
    sides = [([w for w in row if w.box.x_mid < cut.x], [w for w in row if w.box.x_mid > cut.x]) for row in rows]
    crossing = [(left, right) for left, right in sides if left and right]
    if len(crossing) < max(FEWEST_ROWS, CROSSING_SHARE * len(rows)):
        return False
    gaps = [(min(w.box.x0 for w in right) - max(w.box.x1 for w in left), left[0].size_pt) for left, right in crossing]
    if sum(gap < CLOSE_EM * size for gap, size in gaps) > TIGHT_SHARE * len(gaps):
        return False
    texts = [(join_words(left), join_words(right)) for left, right in crossing]
    if all(THREE_FIGURES.match(right) for _, right in texts):
        return False
    whole = sum(_is_whole(left) and _is_whole(right) for left, right in texts)
    return whole >= WHOLE_SHARE * len(texts)


def _is_whole(text: str) -> bool:
    return bool(VALUE_LIKE.match(text)) and not is_rest(text) and not is_open(text)
