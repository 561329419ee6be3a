"""Parts of head lines → the columns each stands over: by the rule under it, its walls, else by what it is centred on.

Comes in: head lines, columns, inked bars, the page. Goes out: for each line its parts with first and last column.
Joining wrapped labels is left to boxhead.py.

Without a rule a label over several columns is told by three things together: its middle is the middle of a run of
columns that have labels of their own below; it could have stood on one line with the label below it, had it been one
label; and its neighbours on the same line span runs of the same length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditable.cell_forms import GOES_ON, ONLY_N
from auditable.columns import GAP_EM, Column, column_of
from auditable.layout import Line, make_line, split_segments
from auditable.model import Page
from auditable.rules import Bar, cell_walls

Span = tuple[int, int]
BLANK_EM, CLOSE_EM, STEP_EM, APART_EM = 0.25, 0.9, 0.82, 0.12
APART_COST, UNFORCED_COST, BESIDE_COST, LOW_COST = 1.2, 0.6, 2.0, 1.0
"""In ems off the middle: what it costs to call two lines one label that stand further apart than other lines of the
head, or that would have fitted on one line."""
WIDER_EM, CLOSE_GAP_EM = 0.15, 0.42
LEFT_COST, BOX_COST, OVERLAP_COST, UNEVEN_COST, STRAY_COST = 0.9, 0.3, 0.5, 0.5, 0.3
BARE_COST, SAME_SPANNER_COST, EVEN_GAIN, RUN_COST, WIDE_GAIN = 0.15, -0.2, 1.0, 0.1, 0.01
MAX_COST = 4.0


def find_spans(
    lines: Sequence[Line], columns: Sequence[Column], bars: Sequence[Bar], page: Page
) -> list[list[tuple[Line, int, int]]]:
    """For each line, from the top down, its parts with the first and the last column they stand over."""
    parts = [[p for part in split_segments(line, GAP_EM) for p in _cut(part, columns)] for line in lines]
    below = _Below.under(columns)
    steps = [b.box.bottom - a.box.bottom for a, b in pairwise(lines)]
    below.leading = min((s for s, line in zip(steps, lines, strict=False) if s > STEP_EM * line.size_pt), default=0.0)
    out: list[list[tuple[Line, int, int]]] = []
    for i in range(len(lines) - 1, -1, -1):
        fixed = [_ruled_span(part, columns, bars, parts[i:], page) for part in parts[i]]
        spans = _free_spans(parts[i], fixed, below, parts[:i])
        below.add([(part, first) for part, (first, last) in zip(parts[i], spans, strict=True) if first == last])
        below.spanners = [(part, span) for part, span in zip(parts[i], spans, strict=True) if span[0] < span[1]]
        out.append([(part, *span) for part, span in zip(parts[i], spans, strict=True)])
    return out[::-1]


def _cut(part: Line, columns: Sequence[Column]) -> list[Line]:
    """The part, cut where white between two words lies between two columns and is wider than its other blanks.

    Labels set close stand nearer than cells do: "All patients (N = 817) p value".
    """
    words = list(part.words)
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words)]
    blanks = sorted(gap for gap, word in zip(gaps, words[1:], strict=True) if not word.joins_previous)
    if len(blanks) < 2:
        return [part]
    least = max(blanks[0] + WIDER_EM * part.size_pt, CLOSE_GAP_EM * part.size_pt)
    out: list[Line] = []
    start = 0
    for k, gap in enumerate(gaps, 1):
        middle = words[k - 1].box.x1 + gap / 2
        is_between = any(left.core1 - 1 <= middle <= right.core0 + 1 for left, right in pairwise(columns))
        if gap > least and is_between:
            out.append(make_line(words[start:k]))
            start = k
    return [*out, make_line(words[start:])]


def _ruled_span(
    part: Line, columns: Sequence[Column], bars: Sequence[Bar], lines: Sequence[Sequence[Line]], page: Page
) -> Span | None:
    """The columns that the walls around a part or the rule under it name. lines: its own line and those below it."""
    walls = cell_walls(page, part.box.y_mid, part.box.x0, part.box.x1)
    if walls is not None:
        inside = [k for k, c in enumerate(columns) if walls[0] < c.middle < walls[1]]
        if inside and len(inside) < len(columns):
            return inside[0], inside[-1]
    for bar in bars:
        if bar.y < part.box.bottom - 1.0 or len(bar.pieces) > len(columns):
            continue
        for a, b in bar.pieces:
            if a - 3 <= part.box.x0 and part.box.x1 <= b + 3 and _is_alone(part, lines, a, b, bar.y):
                under = [k for k, c in enumerate(columns) if a - 2 <= c.middle <= b + 2]
                if under and not (len(under) == len(columns) and len(bar.pieces) == 1):
                    return under[0], under[-1]
        if any(min(b, part.box.x1) - max(a, part.box.x0) > 0.5 * part.box.width for a, b in bar.pieces):
            break  # what lies under this rule belongs to another label
    return None


def _is_alone(part: Line, lines: Sequence[Sequence[Line]], x0: float, x1: float, y: float) -> bool:
    """Whether the label is all that stands over a piece of rule, and right over it."""
    near = [[p for p in line if x0 - 3 <= p.box.x_mid <= x1 + 3 and p.box.y_mid < y] for line in lines]
    foot = max((p.box.bottom for line in near for p in line), default=part.box.bottom)
    return all(len(line) <= 1 for line in near) and y - foot <= 1.3 * part.box.height


@dataclass
class _Below:
    """What stands below the line being read: for each column its ink, its label parts, the extent of both; the
    spanners of the next line; the least step from line to line of the head."""

    columns: Sequence[Column]
    labels: list[list[Line]] = field(default_factory=list)
    x0: list[float] = field(default_factory=list)
    x1: list[float] = field(default_factory=list)
    spanners: list[tuple[Line, Span]] = field(default_factory=list)
    leading: float = 0.0

    @classmethod
    def under(cls, columns: Sequence[Column]) -> _Below:
        return cls(columns, [[] for _ in columns], [c.core0 for c in columns], [c.core1 for c in columns])

    def add(self, parts: Sequence[tuple[Line, int]]) -> None:
        for part, k in parts:
            self.labels[k].append(part)
            self.x0[k], self.x1[k] = min(self.x0[k], part.box.x0), max(self.x1[k], part.box.x1)

    def middle(self, k: int) -> float:
        return (self.x0[k] + self.x1[k]) / 2

    def room(self, k: int) -> float:
        """Width that a label of column k could fill, in points: the step from column to column less a gap."""
        steps = [abs(self.middle(j) - self.middle(k)) for j in (k - 1, k + 1) if 0 <= j < len(self.columns)]
        return min(steps, default=float("inf"))

    def box_middles(self, first: int, last: int, gap: float) -> list[float]:
        """Middles of the run if its columns are set left, or right: their boxes are wider than their ink."""
        n = len(self.columns)
        pitch = (self.x0[last] - self.x0[first]) / (last - first)
        left_end = self.x0[last + 1] if last + 1 < n else self.x0[last] + pitch
        right_start = self.x1[first - 1] if first > 0 else self.x1[first] - pitch
        return [(self.x0[first] + left_end - gap) / 2, (right_start + gap + self.x1[last]) / 2]


def _free_spans(
    parts: Sequence[Line], fixed: Sequence[Span | None], below: _Below, above: Sequence[Sequence[Line]]
) -> list[Span]:
    """The spans of the parts of one line: disjoint, in order, of least cost; a ruled one is kept as it is."""
    options = [
        [(0.0, span)] if span is not None else _options(part, parts, below, above)
        for part, span in zip(parts, fixed, strict=True)
    ]
    best = _cheapest(options, 0, -1, [], [k for k, labels in enumerate(below.labels) if labels and k])
    if best is not None:
        return best[1]
    return [span or _overlapped(part, below.columns) for part, span in zip(parts, fixed, strict=True)]


def _cheapest(
    options: Sequence[Sequence[tuple[float, Span]]], i: int, taken: int, chosen: list[Span], labelled: Sequence[int]
) -> tuple[float, list[Span]] | None:
    if i == len(options):
        return _pattern_cost(chosen, labelled), list(chosen)
    best: tuple[float, list[Span]] | None = None
    for cost, span in options[i]:
        if span[0] <= taken:
            continue
        rest = _cheapest(options, i + 1, span[1], [*chosen, span], labelled)
        if rest is not None and (best is None or cost + rest[0] < best[0]):
            best = (cost + rest[0], rest[1])
    return best


def _pattern_cost(spans: Sequence[Span], labelled: Sequence[int]) -> float:
    """What speaks against the spans of one line together: spanners of unlike lengths, labels left bare beside them. For
    them speaks that they share out all labelled columns evenly.

    labelled: the columns that have a label below, the stub aside.
    """
    runs = [(a, b) for a, b in spans if b > a]
    over = [(a, b) for a, b in spans if b > a or a in labelled]
    cost = UNEVEN_COST * max(0, len({b - a for a, b in runs}) - 1)
    if not runs or len(over) < 2:
        return cost
    bare = [k for k in labelled if not any(a <= k <= b for a, b in over)]
    if len(runs) == len(over) and not bare and not cost:
        return -EVEN_GAIN
    return cost + (BARE_COST * len(bare) if len(runs) < len(over) else 0.0)


def _options(
    part: Line, parts: Sequence[Line], below: _Below, above: Sequence[Sequence[Line]]
) -> list[tuple[float, Span]]:
    """Spans that a part may have, with what speaks against each, in ems.

    above: the parts of all lines above. A spanner has no two labels over it.
    """
    n, size = len(below.columns), part.size_pt
    options: dict[Span, float] = {}
    overlapped = _overlapped(part, below.columns)
    if overlapped[0] < overlapped[1]:
        options[overlapped] = OVERLAP_COST
    home = column_of(part.box.x_mid, below.columns)
    for k in range(max(0, home - 1), min(n, home + 2)):
        if k in (home, overlapped[0]) or _is_clear(part, home, below):
            is_past_stub = k == 0 and n > 1 and part.box.x0 > below.columns[0].core1
            options[k, k] = _single_cost(part, k, below) + STRAY_COST * ((k != home) + 2 * is_past_stub)
    others = [p for p in parts if p is not part]
    for first in range(n):
        for last in range(first + 1, n):
            if all(below.labels[j] for j in range(first, last + 1)):
                cost = _run_cost(part, first, last, below, others)
                x0, x1 = below.x0[first], below.x1[last]
                over = max((sum(x0 <= p.box.x_mid <= x1 for p in line) for line in above), default=0)
                if cost is not None and over < 2 and cost < options.get((first, last), MAX_COST):
                    options[first, last] = cost
    for spanner, span in below.spanners:
        if span in options and _is_over(part, spanner):
            options[span] = min(options[span], SAME_SPANNER_COST)
    return sorted((cost, span) for span, cost in options.items() if cost < MAX_COST * size)


def _is_clear(part: Line, home: int, below: _Below) -> bool:
    """Whether the part overlaps no ink of the column in whose territory it stands: it may belong to the next one."""
    column = below.columns[home]
    return part.box.x1 < column.core0 or part.box.x0 > column.core1


def _is_over(part: Line, spanner: Line) -> bool:
    """Whether a part stands right over a spanner: its own first line."""
    overlap = min(part.box.x1, spanner.box.x1) - max(part.box.x0, spanner.box.x0)
    return overlap > 0 and spanner.box.top - part.box.bottom < CLOSE_EM * part.size_pt


def _single_cost(part: Line, k: int, below: _Below) -> float:
    """How far the part is from standing in line with the column, and whether it would have fitted on one line with the
    label below it."""
    box, size, column = part.box, part.size_pt, below.columns[k]
    inks = [(column.core0, column.core1), *((p.box.x0, p.box.x1) for p in below.labels[k])]
    off = min(min(abs(box.x0 - a), abs(box.x_mid - (a + b) / 2)) for a, b in inks)
    off = min(off, abs(box.x1 - column.core1))
    cost = min(off / size, 1.0)
    if not below.labels[k]:
        return cost
    if all(box.x1 < a or box.x0 > b for a, b in inks):
        return cost + BESIDE_COST
    under = min(below.labels[k], key=lambda p: p.box.top)
    first = under.words[0]
    fits = box.width + BLANK_EM * size + first.box.width < below.room(k) - GAP_EM * size
    step = under.box.bottom - box.bottom
    if step > max(below.leading + APART_EM * size, size) and not ONLY_N.match(under.text):
        return cost + APART_COST
    return cost + (UNFORCED_COST if fits and not GOES_ON.match(first.text) else 0.0)


def _run_cost(part: Line, first: int, last: int, below: _Below, others: Sequence[Line]) -> float | None:
    """How far the part is from the middle of a run of columns; None where it cannot span it."""
    x0, x1, size = below.x0[first], below.x1[last], part.size_pt
    if any(x0 <= other.box.x_mid <= x1 for other in others):
        return None
    left_end = below.x1[first - 1] if first > 0 else float("-inf")
    right_start = below.x0[last + 1] if last + 1 < len(below.columns) else float("inf")
    if part.box.x0 < left_end or part.box.x1 > right_start:
        return None
    middle = part.box.x_mid
    offs = [abs(middle - (x0 + x1) / 2) / size]
    offs += [abs(middle - m) / size + BOX_COST for m in below.box_middles(first, last, size)]
    if abs(part.box.x0 - x0) < BLANK_EM * size:
        offs.append(LEFT_COST)
    if _goes_on_low(part, first, last, below):
        offs = [off + LOW_COST for off in offs]
    return min(offs) + RUN_COST - WIDE_GAIN * (last - first)


def _goes_on_low(part: Line, first: int, last: int, below: _Below) -> bool:
    """Whether the label under the part begins in small letters, as no other of the run does: it is the part's rest."""
    tops = [min(below.labels[k], key=lambda p: p.box.top) for k in range(first, last + 1)]
    low = [p for p in tops if p.text[:1].islower()]
    return len(low) == 1 and low[0].box.x0 < part.box.x1 and low[0].box.x1 > part.box.x0


def _overlapped(part: Line, columns: Sequence[Column]) -> Span:
    """The columns whose ink a part overlaps; the nearest one where it overlaps none."""
    inside = [k for k, c in enumerate(columns) if part.box.x0 <= c.middle <= part.box.x1]
    touched = [
        k
        for k, c in enumerate(columns)
        if min(part.box.x1, c.core1) - max(part.box.x0, c.core0) > 0.5 * min(part.box.width, c.core1 - c.core0)
    ]
    hits = sorted({*inside, *touched})
    if hits:
        return hits[0], hits[-1]
    k = column_of(part.box.x_mid, columns)
    return k, k
