"""Lines under a caption → where the rows end and which lines below them are notes.

Comes in: the lines and bars of the strip of page that a table may fill, and the style of the running text. Goes out: a
height, and note lines. Finding that strip is left to regions.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from auditable.cell_forms import is_rest
from auditable.layout import Line, Style, find_lines, main_style, split_blocks, split_segments
from auditable.model import Word
from auditable.rules import Bar

CELL_GAP_EM = 0.9
LABEL_STEP_EM = 1.6
MIN_ROWS, MIN_ROW_SHARE = 3, 0.3
FIGURE = re.compile(r"^[(\[<>≤≥~±+–−-]*\s?\d|^(?:NR|NE|NA|N/A|ND|[-–—−])$")
WORDY = 5
"""A line of more words than this without a wide gap is a sentence, not a label."""
FRAME_PT = 4.0
"""A bar that reaches so far beyond a table on both sides is not the table's."""
WIDE_WHITE = 2.2
"""White of so many steps from line to line parts a table from what follows."""
MOST_ODD_LINES, MOST_LABEL_LINES = 3, 6
"""Lines in a row that are no rows: any lines within a body; lines of the stub, and of a head of wrapped labels."""
NOTE_START = re.compile(
    r"^(?:[*†‡§¶‖#∗]+|\(?[a-z0-9]{1,2}\)|[a-z]\s?[A-Z(]|Abbreviations?\b|Notes?\b|Source\b|"
    r"Data\s(?:are|is|were|shown|presented)|Values\s(?:are|shown)|[A-Z][A-Za-z/-]{1,9}\s?[,=:])"
)
ABBREVIATION = re.compile(r"^\w[\w/-]{0,9}\s?(?:=|,\s[^;]+;|:\s[^;]+;)")
"""SVT, supraventricular tachycardia; ... or eGFR=estimated glomerular filtration rate."""
SURE_NOTE = re.compile(r"^(?:[*†‡§¶‖#∗]+\s?\w|Abbreviations?\b|Notes?\s?[:.]|Data\s(?:are|were)|Values\s(?:are|shown))")

LITERATURE = re.compile(r"^\[?\d{1,3}[.\]]\s[A-Z][\w’'-]+\s[A-Z]{1,3}[,.]\s(?:[A-Z]|et\sal\b)")
"""2. Smith AB, Jones C. …: an entry of the list of references, whose columns side by side look like cells."""


def end_of_body(lines: Sequence[Line], bars: Sequence[Bar], x0: float, x1: float, body: Style) -> float:
    """y under the last row: the last full bar before running text or notes, or the last aligned line where no bar
    closes it."""
    table = main_style(w for line in lines[:10] for w in line.words)
    full = sorted((b for b in bars if b.is_full(x0, x1) and not is_frame(b, x0, x1)), key=lambda b: b.y)
    start = lines[0].box.top if lines else 0.0
    if full and (not lines or full[0].y < lines[0].box.bottom):
        start, full = full[0].y, full[1:]
    bands = _bands(lines, start, full, body, table)
    while bands and (not bands[-1][1] or _is_last_note(bands[-1][1])):
        bands.pop()
    end = bands[-1][0].y if bands else start
    n_data = sum(any(is_row(line) for line in band) for _, band in bands)
    is_closed = bool(bands) and not bands[-1][0].is_shade  # a row without shade may follow the last shaded one
    if is_closed and (n_data >= 2 or (n_data == 1 and len(full) > 2)):
        return _above_notes(bands[-1][1], end)
    cut = _above_notes(bands[-1][1], end) if bands else end
    return cut if cut < end else max(end, _walk_rows([line for line in lines if line.box.y_mid > end], body, table))


def _bands(
    lines: Sequence[Line], start: float, full: Sequence[Bar], body: Style, table: Style
) -> list[tuple[Bar, list[Line]]]:
    """Each full bar with the lines between it and the one before (or the start), down to running text, notes, or white
    so wide that the next bar is the foot of the page or of a frame."""
    step = _line_step(lines)
    bands: list[tuple[Bar, list[Line]]] = []
    above = start
    for bar in full:
        between = [line for line in lines if above < line.box.y_mid < bar.y]
        last = max((line.box.bottom for line in between), default=above)
        if holds_prose(between, body, table) or _holds_notes(between) or bar.y - last > WIDE_WHITE * step:
            break
        bands.append((bar, between))
        above = bar.y
    return bands


def _above_notes(band: Sequence[Line], end: float) -> float:
    """The end, or where the band above it closes with notes that no rule parts from the rows."""
    last_row = max((k for k, line in enumerate(band) if is_row(line)), default=len(band))
    tail = band[last_row + 1 :]
    first = next((line for line in tail if SURE_NOTE.match(line.text) and len(line.words) > WORDY), None)
    return first.box.top if first is not None else end


def _is_last_note(lines: Sequence[Line]) -> bool:
    """Whether the last lines over a closing rule explain abbreviations or marks, as in a box that frames its notes."""
    if not lines or any(is_row(line) for line in lines):
        return False
    text = " ".join(line.text for line in lines)
    return lines[0].words[0].is_raised or bool(SURE_NOTE.match(text) or ABBREVIATION.match(text))


def is_frame(bar: Bar, x0: float, x1: float) -> bool:
    """Whether a bar runs out of the table on both sides: the edge of a box around it, or a rule of the page."""
    return bar.x0 < x0 - FRAME_PT and bar.x1 > x1 + FRAME_PT


def find_note_lines(lines: Sequence[Line], end: float, inside: Sequence[Line], body: Style) -> list[Line]:
    """Note lines under the table, columns of notes one after the other, until running text or a wide gap."""
    table = main_style(w for line in inside for w in line.words)
    taken: list[Word] = []
    bottom = end
    for line in lines:
        if line.box.y_mid <= end:
            continue
        style = main_style(line.words)
        gap = line.box.top - bottom
        starts = bool(NOTE_START.match(line.text)) or line.words[0].is_raised
        if gap > (1.6 if not taken else 1.0) * max(line.size_pt, table[1]) + 3:
            break
        if style == body and style != table and not starts:
            break
        if style == body and not starts and not taken:
            break
        if line.size_pt > table[1] + 0.6 or (style[1] > table[1] and not starts):
            break
        taken.extend(line.words)
        bottom = line.box.bottom
    return [line for block in split_blocks(taken) for line in find_lines(block)]


def is_row(line: Line) -> bool:
    """Whether white parts the line into cells."""
    return len(split_segments(line, CELL_GAP_EM)) > 1


def has_cells(line: Line) -> bool:
    """Whether the line is cut into three cells or more, none of them a sentence, one behind the first a figure."""
    parts = split_segments(line, CELL_GAP_EM)
    is_short = all(len(p.words) <= WORDY for p in parts)
    return len(parts) > 2 and is_short and any(FIGURE.match(p.text) for p in parts[1:])


def has_figures(line: Line) -> bool:
    """Whether a label is followed by cells, most of which are figures; columns of text side by side are not."""
    parts = split_segments(line, CELL_GAP_EM)
    if len(parts) < 2 or not re.search(r"[^\W\d]", parts[0].text):
        return False
    cells = [p for p in parts[1:] if len(p.words) <= WORDY and FIGURE.match(p.text)]
    return len(cells) >= 0.5 * (len(parts) - 1)


def looks_like_table(lines: Sequence[Line], body: Style) -> bool:
    """Whether enough of the lines are rows with figures behind a label, and none of them running text or a list."""
    rows = [line for line in lines if has_figures(line)]
    if len(rows) < MIN_ROWS or len(rows) < MIN_ROW_SHARE * len(lines):
        return False
    return not holds_prose(lines, body, main_style(w for line in lines for w in line.words))


def holds_prose(lines: Sequence[Line], body: Style, table: Style) -> bool:
    """Whether running text stands among the lines: half of them, or three together."""
    flags = [_is_prose(line, body, table) for line in lines]
    return sum(flags) >= 2 and (
        sum(flags) >= 0.5 * len(flags) or any(all(flags[i : i + 3]) for i in range(len(flags) - 2))
    )


def _holds_notes(lines: Sequence[Line]) -> bool:
    """Whether the lines between two bars are notes: none is a row, and they are wordy or begin with a mark or a
    note's word."""
    if not lines or sum(is_row(line) for line in lines) > 0.3 * len(lines):
        return False
    if is_row(lines[0]) and not SURE_NOTE.match(lines[0].text):
        return False  # a row whose label or cell runs over many lines
    return sum(len(line.words) for line in lines) >= 14 or bool(
        SURE_NOTE.match(lines[0].text) and len(lines[0].words) > 3
    )


def is_prose(line: Line, body: Style) -> bool:
    """Whether the line is running text, whatever the table's style: all its parts in the body's style and wordy."""
    return _is_prose(line, body, ("", 0.0)) and not is_row(line)


def _is_prose(line: Line, body: Style, table: Style) -> bool:
    """Whether the line is running text and no row: in the body's style, which is not the table's, and wordy."""
    segments = split_segments(line, CELL_GAP_EM)
    wordy = [s for s in segments if len(s.words) >= 5]
    if table != body and len(line.words) >= WORDY and main_style(line.words) == body and _is_spread(line):
        return True
    if not wordy:
        return False
    if table != body:
        return all(main_style(s.words) == body for s in wordy)
    return len(wordy) == len(segments) and all(len(s.words) >= 7 for s in segments)


def _is_spread(line: Line) -> bool:
    """Whether the white between all words is nearly the same, as in a justified line: words, not cells."""
    gaps = sorted(b.box.x0 - a.box.x1 for a, b in pairwise(line.words) if not b.joins_previous)
    return bool(gaps) and gaps[-1] < 1.5 * gaps[len(gaps) // 2] and sum(w.text.isalpha() for w in line.words) >= 3


def _walk_rows(lines: Sequence[Line], body: Style, table: Style) -> float:
    """Bottom of the last row-like line, before running text, a wide white gap or four lines in a row that are no
    rows."""
    end, misses, cells_x0 = 0.0, 0, inf
    step = _line_step(lines[:12])
    previous: Line | None = None
    for k, line in enumerate(lines):
        if previous is not None and line.box.top - previous.box.bottom > WIDE_WHITE * step:
            break
        is_note = (NOTE_START if end else SURE_NOTE).match(line.text) and not is_row(line) and len(line.words) > 4
        if (is_note and not _figures_follow(lines[k + 1 : k + 3], line)) or _is_prose(line, body, table):
            break
        if LITERATURE.match(line.text):
            break
        parts = split_segments(line, CELL_GAP_EM)
        if len(parts) > 1 or (line.box.x0 > cells_x0 - line.size_pt and FIGURE.match(line.text)):
            end, misses = line.box.bottom + 0.5, 0
            cells_x0 = min([cells_x0, *(p.box.x0 for p in parts[1:])])
        else:
            misses += 1
            in_stub = line.box.x1 < cells_x0  # a label of several lines, or several labels without cells
            if misses > (MOST_ODD_LINES if end and not in_stub else MOST_LABEL_LINES):
                break
        previous = line
    return _past_last_label(lines, end)


def _figures_follow(below: Sequence[Line], line: Line) -> bool:
    """Whether figures stand beside or right under a line: then it is a label ("Other, including mixed race")."""
    near = [other for other in below if other.box.top - line.box.bottom < 0.5 * line.size_pt and is_row(other)]
    return any(all(FIGURE.match(p.text) for p in split_segments(other, CELL_GAP_EM)) for other in near)


def _past_last_label(lines: Sequence[Line], end: float) -> float:
    """The bottom of the last row with the rest of its label and cells: lines close under it that can only go on.

    A label goes on no wider than the stub, and where its next word would not have fitted behind it.
    """
    rows = [split_segments(line, CELL_GAP_EM) for line in lines if line.box.y_mid < end]
    body = min((parts[1].box.x0 for parts in rows if len(parts) > 1), default=0.0)
    labels = [parts[0] for parts in rows if parts[0].box.x1 < body]
    if not labels:
        return end
    limit, last, bottom = max(part.box.x1 for part in labels), labels[-1], rows[-1][0].box.bottom
    for line in lines:
        if line.box.y_mid < end:
            continue
        is_close = line.box.bottom - bottom < LABEL_STEP_EM * last.size_pt
        if not is_close or abs(line.size_pt - last.size_pt) > 0.3 or line.is_bold != last.is_bold:
            break
        if line.box.x0 < body:
            is_inside = last.box.x0 - 1 <= line.box.x0 and line.box.x1 <= limit + 1
            forced = last.box.x1 + 0.25 * last.size_pt + line.words[0].box.width > limit + 1
            if not is_inside or not (forced or last.text.endswith("-")):
                break
            last = line
        elif not all(is_rest(part.text) for part in split_segments(line, CELL_GAP_EM)):
            break
        bottom, end = line.box.bottom, line.box.bottom + 0.5
    return end


def _line_step(lines: Sequence[Line]) -> float:
    """Usual distance in points from the top of one line to that of the next."""
    steps = sorted(b.box.top - a.box.top for a, b in pairwise(lines))
    return steps[len(steps) // 2] if steps else 12.0
