"""A glance at one page through pdfium: may it hold a table, and how is its running text set?

Comes in: an open page with its text and its drawn paths. Goes out: a Look. Only pages that may hold a table are read
word by word, which takes ten times as long: so a doubt is a yes. A page may hold a table when a text on it begins like
a caption; when figures in lines stand between ruling lines or edges of shading of one extent; when lines hold two
texts of figures or more; when lines stand sideways or the whole page is turned. Where the table is, and whether it is
one, is left to regions.py.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from auditable.readers.page_rules import Frame, find_frames
from auditable.readers.page_text import PageText

CAPTION = re.compile(
    r"""^\W{0,3}(?:(?:supplement(?:ary|al)?|appendix|extended\s+data|web|online|e)[\s-]*)?
    (?:t\s{0,2}a\s{0,2}b(?:\s{0,2}l\s{0,2}e|l?eau|elle|el|ell?a|\.)?        # Table, TABLE, T a b l e, Tab., Tabelle
    \s{0,2}(?:(?-i:[A-Z]{0,2})[-.\s]?\d[\d.]*[a-z]?|(?-i:[A-Z]?[IVXL]{1,6}))   # 2, S2, A.2, 2.1, 3b, IV
    (?!\w|\s{0,2}[,;)\]]|\s+(?-i:[a-z]{2}))                                  # but not: Table 2 shows; (Table 2)
    |t\s{0,2}a\s{0,2}b\s{0,2}l\s{0,2}e\s*(?:[.:|—–-]|$)                       # the only one, without a number
    |\(\s?cont|cont(?:inued|['’]?d|\.)\W*(?:from\b.*)?$)""",
    re.VERBOSE | re.IGNORECASE,
)
CONTINUED = re.compile(r"\(\s*cont(?:inued|['’]?d|\.)?\s*\)", re.IGNORECASE)
FIGURE = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*(?:CI|NR|NE|NA|ref)?[^A-Za-z]*", re.IGNORECASE)
"""A text of figures and signs alone: 12 (34.5), <0.001, 0.98 [0.95–1.00]."""
COUNTER = re.compile(r"\d{1,3}[.)]|\[[\d\s,–-]+\][.,;]?|(?:19|20)\d\d\s?[;.,:].*", re.DOTALL)
"""What stands alone in a list of references: its number, a citation, a year with volume and pages."""
APART_EM = 0.6
"""White of so many ems parts two texts of one line: less than regions.py asks between two cells."""
SHARED_HEIGHT = 0.3
MIN_LINES_OF_FIGURES = 3
CELL_CHARACTERS = 60
MIN_ROWS = 2
SAME_LINE_PT = 3.0
MIN_PROSE_CHARACTERS = 40
MIN_SIDEWAYS_LINES, MIN_SIDEWAYS_CHARACTERS = 3, 6
"""So many sideways lines of so many characters may be a table; a stamp in the margin has one or two."""
RIGHT_ANGLE, ANGLE_SLACK = 1.5708, 0.3
NAME_BYTES = 128
Style = tuple[str, int]
"""Font as pdfium names it, size to half a point, doubled."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a glance shows of a page.

    prose: how many characters of running text are set in each style.
    """

    may_hold_table: bool = False
    prose: dict[Style, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Run:
    """Text without wide white inside: its words, index of its first character, ends and middle height in points."""

    text: str
    start: int
    x0: float
    x1: float
    y_mid: float

    @property
    def is_figure(self) -> bool:
        return bool(FIGURE.fullmatch(self.text)) and not COUNTER.fullmatch(self.text.strip())

    @property
    def has_figure(self) -> bool:
        return len(self.text) <= CELL_CHARACTERS and any(c.isdigit() for c in self.text)


def look_at(page: pdfium.PdfPage, text: PageText, paths: Sequence[pdfium.PdfObject]) -> Look:
    """What the page shows at a glance."""
    sideways = _sideways(text)
    runs = _runs(text, sideways)
    lines = _lines(runs)
    is_doubtful = (
        page.get_rotation() != 0
        or any(CAPTION.match(run.text) or CONTINUED.search(run.text) for run in runs)
        or sum(sum(r.is_figure for r in line) > 1 for line in lines) >= MIN_LINES_OF_FIGURES
        or _n_sideways_lines(text, sideways) >= MIN_SIDEWAYS_LINES
        or any(_holds_rows(frame, lines) for frame in find_frames(paths))
    )
    prose: Counter[Style] = Counter()
    for run in runs:
        if len(run.text) >= MIN_PROSE_CHARACTERS:
            prose[_style(text, run.start)] += len(run.text)
    return Look(is_doubtful, dict(prose))


def _sideways(text: PageText) -> np.ndarray:
    """For each character whether it stands sideways."""
    angles = np.array([pdfium_c.FPDFText_GetCharAngle(text.raw, i) for i in range(len(text.letters))])
    return np.abs(angles % (2 * RIGHT_ANGLE) - RIGHT_ANGLE) < ANGLE_SLACK


def _n_sideways_lines(text: PageText, sideways: np.ndarray) -> int:
    """How many lines stand sideways; a letter under an axis is none."""
    middles = (text.boxes[sideways, 0] + text.boxes[sideways, 2]) / 2
    lengths = Counter((middles // SAME_LINE_PT).astype(int).tolist())
    return sum(n >= MIN_SIDEWAYS_CHARACTERS for n in lengths.values())


def _runs(text: PageText, sideways: np.ndarray) -> list[_Run]:
    """The upright texts of a page in the order of drawing, parted at the ends of lines and at wide white."""
    seen = np.flatnonzero(text.is_visible & ~sideways)
    if not len(seen):
        return []
    x0, bottom, x1, top = text.boxes[seen].T
    height = np.maximum(top - bottom, 0.1)
    size = np.maximum(height[:-1], height[1:])
    shared = np.minimum(top[:-1], top[1:]) - np.maximum(bottom[:-1], bottom[1:])
    gap = x0[1:] - x1[:-1]
    runs_on = (shared >= SHARED_HEIGHT * np.minimum(height[:-1], height[1:])) & (abs(gap) < APART_EM * size)
    ends = [*np.flatnonzero(~runs_on).tolist(), len(seen) - 1]
    runs, first = [], 0
    for last in ends:
        start, stop = int(seen[first]), int(seen[last]) + 1
        middle = float(top[first] + bottom[first]) / 2
        runs.append(_Run(text.letters[start:stop], start, float(x0[first]), float(x1[last]), middle))
        first = last + 1
    return runs


def _lines(runs: Iterable[_Run]) -> list[list[_Run]]:
    """The runs of each height, from the foot of the page up."""
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda r: r.y_mid):
        if lines and run.y_mid - lines[-1][0].y_mid <= SAME_LINE_PT:
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _holds_rows(frame: Frame, lines: Sequence[Sequence[_Run]]) -> bool:
    """Whether two lines between the rules hold a short text with a figure beside another text."""
    n_rows = 0
    for line in lines:
        inside = [r for r in line if frame.holds((r.x0 + r.x1) / 2, r.y_mid)]
        n_rows += len(inside) > 1 and any(r.has_figure for r in inside)
    return n_rows >= MIN_ROWS


def _style(text: PageText, i: int) -> Style:
    """Font and true size of a character."""
    name, flags, matrix = ctypes.create_string_buffer(NAME_BYTES), ctypes.c_int(), pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetFontInfo(text.raw, i, name, NAME_BYTES, flags)
    pdfium_c.FPDFText_GetMatrix(text.raw, i, matrix)
    size = pdfium_c.FPDFText_GetFontSize(text.raw, i) * hypot(matrix.c, matrix.d)
    return re.split(r"[-,]", name.value.decode("utf-8", "replace").rpartition("+")[2])[0], int(size * 2 + 0.5)
