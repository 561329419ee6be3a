"""Paths drawn on a page → the frames that ruling lines and edges of shading of one extent make.

Comes in: pdfium's path objects. Goes out: Frames, found at a glance. The lines themselves are read by
pdfplumber_reader.py and put together by rules.py.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

MIN_STROKE_PT = 4.0
SAME_HEIGHT_PT = 1.6
ABUTTING_PT = 4.0
"""Strokes nearer than this are one line: some programs draw a rule cell by cell."""
MIN_EXTENT_PT = 60.0
SAME_EXTENT_PT = 6.0
LEVEL_PT = 1.0
MIN_RULES = 3
MAX_SEGMENTS = 20_000
"""So many pieces of paths are looked at; a page with more may hold anything."""

Stroke = tuple[float, float, float]
"""Height, left end, right end, in points from the lower left."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The stretch of a page between the lowest and the highest of some lines of one extent."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


ANYWHERE = Frame(-inf, -inf, inf, inf)


def find_frames(paths: Sequence[pdfium.PdfObject]) -> list[Frame]:
    """Where three level lines or edges or more, at heights of their own, have one extent."""
    strokes: list[Stroke] = []
    n_segments = 0
    for path in paths:
        left, _, right, _ = path.get_bounds()
        if right - left < MIN_STROKE_PT and not path.level:
            continue
        n_segments += max(0, pdfium_c.FPDFPath_CountSegments(path))
        if n_segments > MAX_SEGMENTS:
            return [ANYWHERE]
        strokes.extend(_level_strokes(path))
    extents: dict[tuple[int, int], list[Stroke]] = {}
    for y, left, right in _joined(strokes):
        if right - left >= MIN_EXTENT_PT:
            # An extent near the border of a tile is put into both tiles.
            for key in {(_tile(left + a), _tile(right + b)) for a in (-1, 1) for b in (-1, 1)}:
                extents.setdefault(key, []).append((y, left, right))
    return [
        Frame(min(s[1] for s in some), min(s[0] for s in some), max(s[2] for s in some), max(s[0] for s in some))
        for some in extents.values()
        if len(some) >= MIN_RULES
    ]


def _tile(x: float) -> int:
    return int(x // SAME_EXTENT_PT)


def _joined(strokes: Sequence[Stroke]) -> Iterator[Stroke]:
    """The unbroken stretches of line, abutting pieces joined."""
    lines: list[list[Stroke]] = []
    for stroke in sorted(strokes):
        if lines and stroke[0] - lines[-1][0][0] <= SAME_HEIGHT_PT:
            lines[-1].append(stroke)
        else:
            lines.append([stroke])
    for line in lines:
        pieces: list[tuple[float, float]] = []
        for _, left, right in sorted(line, key=lambda s: s[1]):
            if pieces and left - pieces[-1][1] <= ABUTTING_PT:
                pieces[-1] = pieces[-1][0], max(right, pieces[-1][1])
            else:
                pieces.append((left, right))
        yield from ((line[0][0], left, right) for left, right in pieces)


def _level_strokes(path: pdfium.PdfObject) -> Iterator[Stroke]:
    """The level pieces of a path, as placed on the page: lines, and upper and lower edges of rectangles."""
    steps: list[pdfium.PdfMatrix] = [path.get_matrix()]
    holder = path.container
    while holder is not None:
        steps.append(holder.get_matrix())
        holder = holder.container
    x, y = ctypes.c_float(), ctypes.c_float()
    last = start = (0.0, 0.0)
    for i in range(max(0, pdfium_c.FPDFPath_CountSegments(path))):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        for step in steps:
            point = step.on_point(*point)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield from _stroke(last, point)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield from _stroke(point, start)
        last = point


def _stroke(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Stroke]:
    if abs(a[1] - b[1]) <= LEVEL_PT and abs(a[0] - b[0]) >= MIN_STROKE_PT:
        yield (a[1] + b[1]) / 2, min(a[0], b[0]), max(a[0], b[0])
