"""Columns of a table → how many of them, from the left, are stub.

Comes in: body lines, columns and boxhead levels. Goes out: 1 or 2. Labels themselves are read by anatomy.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.boxhead import HeadCell
from auditable.cell_forms import VALUE_LIKE
from auditable.columns import GAP_EM, Column, column_of
from auditable.layout import Line, split_segments

COMPLEX = re.compile(r"\d\s*[(\[±%]|\d[.·]\d")
"""A value with its statistics, as no category is printed: 12 (30), 61 ± 9, 30%, 1.5."""
FEW_WORDS, MOST_WORDS = 0.3, 0.6
"""Shares of wordy texts: categories may be "0" and "≥3" among others; a head over two columns alone needs more."""
SPARSE_SHARE = 0.3
"""A first column that is empty in so many rows groups the rows of the second."""


def count_stub_columns(
    body: Sequence[Line], columns: Sequence[Column], levels: Sequence[Sequence[HeadCell | None]]
) -> int:
    """2 where the first column only heads groups of the second, or one stub head spans both; else 1."""
    if len(columns) < 3:
        return 1
    rows = [_texts(line, columns) for line in body]
    rows = [r for r in rows if sum(bool(t) for t in r) > 1]
    if not rows:
        return 1
    second = [r[1] for r in rows if r[1]]
    if len(second) < 0.8 * len(rows) or sum(
        bool(VALUE_LIKE.match(t) and COMPLEX.search(t)) for t in second
    ) > 0.1 * len(second):
        return 1
    wordy = sum(bool(re.search(r"[A-Za-z]{2}", t)) and not VALUE_LIKE.match(t) for t in second)
    empty = sum(1 for r in rows if not r[0] and r[1])
    if empty >= SPARSE_SHARE * len(rows) and wordy >= FEW_WORDS * len(second):
        return 2
    spans_both = any(level[0] is not None and level[0] is level[1] and level[0].last == 1 for level in levels)
    return 2 if spans_both and wordy >= MOST_WORDS * len(second) and len(set(second)) > 0.8 * len(second) else 1


def _texts(line: Line, columns: Sequence[Column]) -> list[str]:
    out = [""] * len(columns)
    for part in split_segments(line, GAP_EM):
        k = column_of(part.box.x0 + 1, columns)
        out[k] = f"{out[k]} {part.text}".strip()
    return out
