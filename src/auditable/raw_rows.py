"""Body lines → RawRows of one line each: every word dealt out to a stub column or to a body column.

Comes in: body lines, columns, the number of stub columns. Goes out: RawRows, one per line. Which lines are one row is
left to wrapping.py and rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from auditable.cell_forms import VALUE_LIKE, name_columns
from auditable.columns import GAP_EM, Column, column_of
from auditable.layout import Line, join_words, split_segments
from auditable.marks import split_marks
from auditable.model import Word

LETTERS = re.compile(r"[A-Za-z0-9]")
"""Signs such as ≥ and β are often borrowed from a font that has no bold."""


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
    def names_columns(self) -> bool:
        """Whether its cells only say what the columns below hold: a sub-header in the body."""
        return name_columns([split_marks(c)[0] for c in self.cells if c])

    @property
    def label_x0(self) -> float:
        """Left edge of the first label line, infinity without a label."""
        return min((w.box.x0 for w in self.label_lines[0]), default=float("inf")) if self.label_lines else float("inf")

    @property
    def is_bold(self) -> bool:
        """Whether every full-size label word is bold, single signs of another font aside."""
        words = self._plain_words()
        return bool(words) and all(w.is_bold for w in words)

    @property
    def is_italic(self) -> bool:
        """Whether every full-size label word is italic, single signs of another font aside."""
        words = self._plain_words()
        return bool(words) and all(w.is_italic for w in words)

    def _plain_words(self) -> list[Word]:
        words = [w for line in self.label_lines for w in line if not w.is_raised]
        return [w for w in words if LETTERS.search(w.text)] or words


def split_line(line: Line, columns: Sequence[Column], n_stub: int) -> RawRow:
    """The line as a row of its own; every word is in exactly one label or cell."""
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


def absorb(row: RawRow, new: RawRow) -> None:
    """Adds to a row the words of the line that continues it."""
    for mine, more in zip(row.labels, new.labels, strict=True):
        mine.extend(more)
    for mine, more in zip(row.cells, new.cells, strict=True):
        mine.extend(more)
    row.lines.extend(new.lines)
    row.label_lines.extend(new.label_lines)
