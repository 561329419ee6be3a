"""Lines of a body → which of them continue the line above: told by white, rules, room to the right, words and set-in.

Comes in: the lines of a body as RawRows of one line, the stub's columns, the heights of rules. Goes out: a Wrapping
that answers for one row and the line below it. Putting rows together is left to rows.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditable.cell_forms import LOWER_START, OPEN_END, VALUE_LIKE, is_open, is_rest
from auditable.columns import Column
from auditable.layout import Line, join_words
from auditable.model import Word
from auditable.raw_rows import RawRow

OVERLAP_EM = 0.82
"""Lines nearer than this overlap: they are one row, its values set between two lines of its label."""
SAME_STEP_EM = 0.12
"""Steps from base line to base line that differ by less are the same: browsers set lines on a grid of 0.75 points."""
SCAN_STEP_EM = 0.14
"""The same for the base lines of recognised words."""
BLANK_EM = 0.25
THOUSANDS = re.compile(r"^\d{1,3}(?: \d{3})+$")
COMMON_SHARE = 0.2
FAR_HEIGHTS = 2.2
"""Lines further apart than so many line heights are never one row."""


@dataclass(frozen=True)
class Wrapping:
    """What the whole body tells.

    pitch_pt: from row to row, 0 where unknown. step_em: how far steps that are the same may differ. is_spaced: rows
    stand further apart than lines of one row. edges: heights of rules. is_ruled: they part every row. limit: how far
    right a label may run. starts: where labels of rows with figures begin. is_from_below: a label stands in the last
    line of its row.
    """

    pitch_pt: float
    step_em: float
    is_spaced: bool
    edges: tuple[float, ...]
    is_ruled: bool
    limit: float
    starts: tuple[float, ...]
    is_from_below: bool

    def joins(self, row: RawRow, new: RawRow, after: RawRow | None = None) -> bool:
        """Whether a line continues the row above it; after: the line below it."""
        above, line = row.lines[-1], new.lines[0]
        if any(above.box.y_mid < y < line.box.y_mid for y in self.edges):
            return False
        size = max(above.size_pt, line.size_pt)
        gap = base_of(line) - base_of(above)
        if line.box.y_mid - above.box.y_mid > FAR_HEIGHTS * max(line.box.height, above.box.height):
            return False
        if gap < OVERLAP_EM * size and not (is_fresh(new) and is_fresh(row)):
            return True
        if self.is_ruled and self._shares_band(row, new):
            return not (new.has_label and row.has_label and row.has_values and is_fresh(new)) or _starts_low(new)
        if new.names_columns and not new.has_label:
            return False
        tight = 0 < gap < self.pitch_pt - self.step_em * size
        if self.is_spaced:
            return tight and not _collides(row, new)
        return self._joins_by_text(row, new, after, tight=tight)

    def _joins_by_text(self, row: RawRow, new: RawRow, after: RawRow | None, *, tight: bool) -> bool:
        if self.is_from_below and row.has_label != new.has_label:
            return new.has_label
        if not new.has_label:
            return not (after is not None and after.has_label and _goes_on(new, after)) and _joins_values(
                row, new, tight
            )
        if not row.has_label and _goes_on(row, new):
            return True
        if row.is_bold != new.is_bold and row.has_label:
            return False
        if not new.has_values:
            return row.has_label and self._wraps(row, new, tight)
        if not row.has_values:
            return row.has_label and self._wraps(row, new, tight) and (_starts_low(new) or _ends_open(row))
        if _goes_on(row, new) and row.has_label and is_forced(row.label_lines[-1], new.label_lines[0], self.limit):
            return True
        return tight and _starts_low(new) and not is_fresh(new)

    def _wraps(self, row: RawRow, new: RawRow, tight: bool) -> bool:
        last, first = row.label_lines[-1], new.label_lines[0]
        size = first[0].size_pt
        x0_last, x0_new = min(w.box.x0 for w in last), min(w.box.x0 for w in first)
        if x0_new < row.label_x0 and _starts_low(new) and is_forced(last, first, self.limit):
            return True  # a paragraph whose first line alone is set in
        if x0_new < row.label_x0 - 0.3 * size or x0_new > x0_last + 3.0 * size:
            return False
        hints = (
            int(_starts_low(new))
            + int(_ends_open(row))
            + int(tight)
            + int(x0_new > row.label_x0 + 0.3 * size and (row.has_values or not self._begins_row(x0_new, size)))
        )
        return (is_forced(last, first, self.limit) and hints >= 1) or hints >= 2

    def _begins_row(self, x0: float, size: float) -> bool:
        """Whether some row with figures has its label begin there."""
        return any(abs(x - x0) < 0.2 * size for x in self.starts)

    def _shares_band(self, row: RawRow, new: RawRow) -> bool:
        a, b = row.lines[-1].box.y_mid, new.lines[0].box.y_mid
        return any(y < a for y in self.edges) and any(y > b for y in self.edges)


def read_wrapping(
    split: Sequence[RawRow], columns: Sequence[Column], n_stub: int, edges: Sequence[float], *, is_scan: bool
) -> Wrapping:
    """What the lines of one body tell together of how its rows are set."""
    step_em = SCAN_STEP_EM if is_scan else SAME_STEP_EM
    pitch = _row_pitch(split, step_em)
    limit = _label_limit(split, columns, n_stub)
    return Wrapping(
        pitch,
        step_em,
        _is_spaced(split, pitch, step_em, edges, limit),
        tuple(edges),
        _is_ruled(split, edges),
        limit,
        tuple(row.label_x0 for row in split if row.has_label and is_fresh(row)),
        _is_from_below(split),
    )


def base_of(line: Line) -> float:
    """Height of the line's foot, in points from the top: the middle one of its full-size words."""
    plain = [w for w in line.words if not (w.is_raised or w.is_lowered)] or list(line.words)
    largest = max(w.size_pt for w in plain)
    feet = sorted(w.box.bottom for w in plain if w.size_pt > 0.9 * largest)
    return feet[len(feet) // 2]


def is_fresh(row: RawRow) -> bool:
    """Whether a line carries values that can stand alone: a row of its own, not the rest of wrapped cells."""
    texts = [join_words(c) for c in row.cells if c]
    values = [t for t in texts if VALUE_LIKE.match(t) and not is_rest(t)]
    return bool(values) and len(values) >= 0.5 * len(texts)


def is_forced(last: Sequence[Word], first: Sequence[Word], limit: float) -> bool:
    """Whether the first word of a line would not have fitted behind the line before: the label had to wrap."""
    return max(w.box.x1 for w in last) + BLANK_EM * first[0].size_pt + first[0].box.width > limit + 1.0


def _is_from_below(split: Sequence[RawRow]) -> bool:
    """Whether cells go on into lines with a label, from lines without, and never the other way."""
    votes = [
        b.has_label
        for a, b in pairwise(split)
        if a.has_label != b.has_label
        and any(x and y and _breaks_off(join_words(x), join_words(y)) for x, y in zip(a.cells, b.cells, strict=True))
    ]
    return bool(votes) and all(votes)


def _breaks_off(above: str, below: str) -> bool:
    return _has_open_bracket(above) or is_rest(below) or below[:1].islower()


def _row_pitch(split: Sequence[RawRow], step_em: float) -> float:
    """Usual step from row to row: the least common one between lines that both carry a label and fresh values.

    A step at which cells go on (a bracket opens above and closes below) is one within a row, if there is a longer one.
    Where no two fresh lines meet, as in a table whose every row wraps, the second shortest of all steps.
    """
    every = [(base_of(b.lines[0]) - base_of(a.lines[0]), a.lines[0].size_pt) for a, b in pairwise(split)]
    fresh = [
        step
        for step, (a, b) in zip(every, pairwise(split), strict=True)
        if a.has_label and b.has_label and a.has_values and is_fresh(b) and not _is_open_row(a)
    ]
    going_on = [step for step, (a, b) in zip(every, pairwise(split), strict=True) if _goes_on(a, b)]
    usual = _common_steps(every, step_em)
    common = _common_steps(fresh, step_em) or usual[len(usual) > 1 :]
    common += [s for s in usual if common and s > common[-1]]
    within = [s for s in common if any(abs(s - other) <= step_em * size for other, size in going_on)]
    return next((s for s in common if s not in within), common[0] if common else 0.0)


def _goes_on(a: RawRow, b: RawRow) -> bool:
    """Whether most cells of a line are the rest of the cells above them."""
    pairs = [(join_words(x), join_words(y)) for x, y in zip(a.cells, b.cells, strict=True) if x and y]
    return bool(pairs) and sum(is_rest(y) or _has_open_bracket(x) for x, y in pairs) > 0.5 * len(pairs)


def _has_open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def _collides(row: RawRow, new: RawRow) -> bool:
    """Whether a line holds values of its own under values that are whole: it is a row, however near it stands."""
    if not (row.has_label and new.has_label):
        return False
    pairs = [(join_words(x), join_words(y)) for x, y in zip(row.cells, new.cells, strict=True) if x and y]
    clashes = sum(
        bool(VALUE_LIKE.match(y)) and not is_rest(y) and not is_open(x) and not THOUSANDS.match(f"{x} {y}")
        for x, y in pairs
    )
    return clashes > 0.5 * len(pairs)


def _common_steps(steps: Sequence[tuple[float, float]], step_em: float) -> list[float]:
    """The steps, from the shortest, that a fifth of all share; of those alike the shortest."""
    known = sorted((step, size) for step, size in steps if step > OVERLAP_EM * size)
    out: list[float] = []
    for step, size in known:
        alike = sum(abs(step - other) <= step_em * size for other, _ in known)
        if alike >= COMMON_SHARE * len(known) and (not out or step - out[-1] > step_em * size):
            out.append(step)
    return out


def _is_open_row(row: RawRow) -> bool:
    return any(is_open(join_words(c)) for c in row.cells if c)


def _is_spaced(split: Sequence[RawRow], pitch: float, step_em: float, edges: Sequence[float], limit: float) -> bool:
    """Whether lines that continue a row stand nearer than rows do: some step is tight, and none that must be within a
    row is not."""
    n_tight = 0
    for a, b in pairwise(split):
        size = a.lines[0].size_pt
        gap = base_of(b.lines[0]) - base_of(a.lines[0])
        if any(a.lines[0].box.y_mid < y < b.lines[0].box.y_mid for y in edges):
            continue
        if gap < pitch - step_em * size:
            n_tight += gap > OVERLAP_EM * size or not (a.has_label and b.has_label)
        elif gap < pitch + step_em * size and (_must_join(a, b, limit) or _goes_on(a, b)):
            return False
    return n_tight > 0


def _must_join(a: RawRow, b: RawRow, limit: float) -> bool:
    """Whether two lines can only be one row, by their words: a broken word, a bracket that closes in the second, small
    letters that go on where the first had no room left."""
    if not a.label_lines or not b.label_lines:
        return False
    left, right = join_words(a.label_lines[-1]), join_words(b.label_lines[0])
    if left.endswith("-") and right[:1].islower():
        return True
    if right[:1].islower() and not b.has_values and is_forced(a.label_lines[-1], b.label_lines[0], limit):
        return True
    return left.count("(") > left.count(")") and right.count(")") > right.count("(")


def _is_ruled(split: Sequence[RawRow], edges: Sequence[float]) -> bool:
    """Whether rules part nearly every row from the next, so that what lies between two is one row."""
    fresh: dict[int, int] = {}
    for row in split:
        if is_fresh(row) and row.has_label:
            band = sum(y < row.lines[0].box.y_mid for y in edges)
            fresh[band] = fresh.get(band, 0) + 1
    return len(fresh) >= 2 and sum(n > 1 for n in fresh.values()) <= 0.1 * len(fresh)


def _label_limit(split: Sequence[RawRow], columns: Sequence[Column], n_stub: int) -> float:
    """How far a label may run before it must wrap: the right edge of the stub's ink, headings over the body aside."""
    edge = columns[n_stub].core0 if len(columns) > n_stub else columns[-1].x1
    ends = [max(w.box.x1 for w in line) for r in split for line in r.label_lines]
    return max((x for x in ends if x < edge), default=columns[max(0, n_stub - 1)].core1)


def _joins_values(row: RawRow, new: RawRow, tight: bool) -> bool:
    """Figures without a label: the label's own, set lower in the row; or the rest of a cell that wraps."""
    if row.has_label and not row.has_values:
        return True
    pairs = [(join_words(x), join_words(y)) for x, y in zip(row.cells, new.cells, strict=True) if y]
    return bool(pairs) and all(
        not before or tight or is_open(before) or is_rest(after) or not VALUE_LIKE.match(after)
        for before, after in pairs
    )


def _starts_low(row: RawRow) -> bool:
    return bool(row.label_lines and LOWER_START.match(join_words(row.label_lines[0])))


def _ends_open(row: RawRow) -> bool:
    text = join_words([w for w in row.label_lines[-1] if not w.is_raised]) if row.label_lines else ""
    return bool(OPEN_END.search(text)) or text.count("(") > text.count(")")
