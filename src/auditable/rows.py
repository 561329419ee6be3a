"""Body lines → rows: wrapped labels and cells joined, figures beside their label, nothing shifted.

Comes in: body lines, columns, the number of stub columns, bars and shading. Goes out: RawRows with the words of the
label and of each
cell. Stub paths are left to anatomy.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditable.columns import GAP_EM, Column, column_of
from auditable.header import VALUE_LIKE
from auditable.layout import Line, join_words, split_segments
from auditable.marks import split_marks
from auditable.model import Word
from auditable.region import Region

OPEN_END = re.compile(
    r"(?:[,(/&–-]|\b(?:and|or|of|to|the|for|with|in|by|from|at|on|per|than|a|an|vs\.?|versus|plus))$", re.IGNORECASE
)
LOWER_START = re.compile(r"^(?:[a-z(&]|[a-z]+\b)")

SUBHEAD = re.compile(
    r"^(?:n|no\.?|number|patients|events|mean|median|value|percent|%)?[\s,]*(?:of\s\w+)?[\s(\[,±]*"
    r"(?:n|%|sd|se|sem|iqr|range|min|max|q1|q3|mean|median|percent|95\s?%\s?ci|ci|interquartile\srange|standard\sdeviation|±|to|and|[,;–()\[\]\s-])*[)\]]?$",
    re.IGNORECASE,
)
"""Texts that can only name what a column holds: n (%), Median (Min, Max), Mean ± SD."""


@dataclass
class RawRow:
    """One row being put together: words of each stub column and of each body column, as lines top down."""

    labels: list[list[Word]]
    cells: list[list[Word]]
    lines: list[Line] = field(default_factory=list)
    label_lines: list[list[Word]] = field(default_factory=list)

    @property
    def has_label(self) -> bool:
        """Whether any stub column holds a word."""
        return any(self.labels)

    @property
    def has_values(self) -> bool:
        """Whether any body column holds a word."""
        return any(self.cells)

    @property
    def label_x0(self) -> float:
        """Left edge of the first label line, infinity without a label."""
        return min((w.box.x0 for w in self.label_lines[0]), default=float("inf")) if self.label_lines else float("inf")

    @property
    def is_bold(self) -> bool:
        """Whether every full-size label word is bold."""
        words = [w for line in self.label_lines for w in line if not w.is_raised]
        return bool(words) and all(w.is_bold for w in words)

    @property
    def is_italic(self) -> bool:
        """Whether every full-size label word is italic."""
        words = [w for line in self.label_lines for w in line if not w.is_raised]
        return bool(words) and all(w.is_italic for w in words)


def build_rows(lines: Sequence[Line], columns: Sequence[Column], n_stub: int, region: Region) -> list[RawRow]:
    """Rows from the top down; every word of the lines is in exactly one label or cell."""
    split = [_split_line(line, columns, n_stub) for line in lines]
    edges = _row_edges(region)
    ruled = _is_ruled(lines, edges)
    limit = _label_limit(split, columns, n_stub)
    pitch = _row_pitch(split)
    rows: list[RawRow] = []
    for row in split:
        if rows and _joins(rows[-1], row, edges, ruled, limit, pitch):
            _absorb(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _split_line(line: Line, columns: Sequence[Column], n_stub: int) -> RawRow:
    labels: list[list[Word]] = [[] for _ in range(n_stub)]
    cells: list[list[Word]] = [[] for _ in range(len(columns) - n_stub)]
    parts = split_segments(line, GAP_EM)
    for part in parts:
        home = _home(part, columns, n_stub, alone=len(parts) == 1)
        for word in part.words:
            k = home if home is not None else column_of(word.box.x_mid, columns)
            (labels[k] if k < n_stub else cells[k - n_stub]).append(word)
    label_words = [w for label in labels for w in label]
    return RawRow(labels, cells, [line], [label_words] if label_words else [])


def _home(part: Line, columns: Sequence[Column], n_stub: int, *, alone: bool) -> int | None:
    """The one column a part belongs to, or None where its words must be dealt out one by one."""
    first, last = column_of(part.box.x0 + 1, columns), column_of(part.box.x1 - 1, columns)
    if first == last:
        return first
    if first < n_stub and (alone or last < n_stub):
        return first
    touched = [
        k
        for k in range(first, last + 1)
        if min(part.box.x1, columns[k].core1) - max(part.box.x0, columns[k].core0) > 1.0
    ]
    if len(touched) == 1:
        return touched[0]
    if first < n_stub:
        fits = [
            k for k in touched if k >= n_stub and any(columns[k].x0 <= w.box.x_mid < columns[k].x1 for w in part.words)
        ]
        if not any(VALUE_LIKE.match(_text_in(part, columns[k])) for k in fits):
            return first
    return None


def _text_in(part: Line, column: Column) -> str:
    return join_words([w for w in part.words if column.x0 <= w.box.x_mid < column.x1])


def _row_edges(region: Region) -> list[float]:
    """Heights at which a rule or the edge of a shaded band parts rows."""
    x0, x1 = region.box.x0, region.box.x1
    edges = [b.y for b in region.bars if b.covers(x0, x1) > 0.6]
    return sorted(edges)


def _is_ruled(lines: Sequence[Line], edges: Sequence[float]) -> bool:
    """Whether rules part nearly every row from the next, so that what lies between two is one row."""
    if len(lines) < 3:
        return False
    bands = [sum(y < line.box.y_mid for y in edges) for line in lines]
    return len(set(bands)) >= 0.6 * len(lines)


def _label_limit(split: Sequence[RawRow], columns: Sequence[Column], n_stub: int) -> float:
    """How far a label may run before it must wrap: the right edge of the stub's ink in rows that carry figures."""
    ends = [max(w.box.x1 for w in r.label_lines[0]) for r in split if r.label_lines and r.has_values]
    return max(ends, default=columns[max(0, n_stub - 1)].core1)


def _row_pitch(split: Sequence[RawRow]) -> float:
    """Usual distance between the base lines of neighbouring lines that both carry a label and figures."""
    steps = sorted(
        b.lines[0].box.y_mid - a.lines[0].box.y_mid
        for a, b in pairwise(split)
        if a.has_values and b.has_values and a.has_label and b.has_label
    )
    return steps[len(steps) // 2] if steps else 0.0


def _joins(row: RawRow, new: RawRow, edges: Sequence[float], ruled: bool, limit: float, pitch: float) -> bool:
    """Whether a line continues the row above it."""
    above, line = row.lines[-1], new.lines[0]
    parted = any(above.box.y_mid < y < line.box.y_mid for y in edges)
    if parted:
        return False
    gap = line.box.y_mid - above.box.y_mid
    tight = pitch > 0 and gap < 0.88 * pitch
    if gap > 2.2 * max(line.box.height, above.box.height):
        return False
    if ruled and _shares_band(row, new, edges):
        return not (new.has_label and new.has_values and row.has_values) or tight or _starts_low(new)
    if not new.has_label:
        return not names_columns(new.cells) and _joins_values(row, new, tight)
    if row.is_bold != new.is_bold and row.has_label:
        return False
    if not new.has_values:
        return row.has_label and _wraps(row, new, limit, tight)
    if not row.has_values:
        return row.has_label and _wraps(row, new, limit, tight) and (_starts_low(new) or _ends_open(row))
    return tight and _starts_low(new) and not any(VALUE_LIKE.match(join_words(c)) for c in new.cells if c)


def _shares_band(row: RawRow, new: RawRow, edges: Sequence[float]) -> bool:
    a, b = row.lines[-1].box.y_mid, new.lines[0].box.y_mid
    return any(y < a for y in edges) and any(y > b for y in edges)


def names_columns(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether the cells of a row only say what their columns hold: a sub-header in the body."""
    texts = [split_marks(c)[0] for c in cells if c]
    return bool(texts) and all(SUBHEAD.match(t) and re.search(r"%|[a-z]{3}|\bsd\b", t, re.IGNORECASE) for t in texts)


def _joins_values(row: RawRow, new: RawRow, tight: bool) -> bool:
    """Figures without a label: the label's own, set lower in the row; or the rest of a cell that wraps."""
    if row.has_label and not row.has_values:
        return True
    filled = [k for k, c in enumerate(new.cells) if c]
    for k in filled:
        before = join_words(row.cells[k])
        if not before:
            continue
        is_open = (
            before.count("(") > before.count(")") or before.count("[") > before.count("]") or OPEN_END.search(before)
        )
        opens = join_words(new.cells[k])[:1] in "(["
        if not (
            is_open
            or tight
            or (opens and not VALUE_LIKE.match(before + "x"))
            or not VALUE_LIKE.match(join_words(new.cells[k]))
        ):
            return False
    return bool(filled)


def _wraps(row: RawRow, new: RawRow, limit: float, tight: bool) -> bool:
    last, first = row.label_lines[-1], new.label_lines[0]
    right = max(w.box.x1 for w in last)
    size = first[0].size_pt
    forced = right + 0.25 * size + first[0].box.width > limit + 1.0
    x0_last, x0_new = min(w.box.x0 for w in last), min(w.box.x0 for w in first)
    if x0_new < row.label_x0 - 0.3 * size or x0_new > x0_last + 3.0 * size:
        return False
    hints = (
        int(_starts_low(new))
        + int(_ends_open(row))
        + int(tight)
        + int(x0_new > row.label_x0 + 0.3 * size and row.has_values)
    )
    return (forced and hints >= 1) or hints >= 2


def _starts_low(row: RawRow) -> bool:
    return bool(row.label_lines and LOWER_START.match(join_words(row.label_lines[0])))


def _ends_open(row: RawRow) -> bool:
    text = join_words([w for w in row.label_lines[-1] if not w.is_raised]) if row.label_lines else ""
    return bool(OPEN_END.search(text)) or text.count("(") > text.count(")")


def _absorb(row: RawRow, new: RawRow) -> None:
    for mine, more in zip(row.labels, new.labels, strict=True):
        mine.extend(more)
    for mine, more in zip(row.cells, new.cells, strict=True):
        mine.extend(more)
    row.lines.extend(new.lines)
    row.label_lines.extend(new.label_lines)
