"""Lines of a page → the captions among them: where a table or a figure is named.

Comes in: the segments of a page and the style of its running text. Goes out: Captions. Where the table itself lies
is left to
regions.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.layout import Line, Style, main_style, word_style

LABEL = re.compile(
    r"""^\W{0,2}
    (?P<word>
        (?:(?:Supplement(?:ary|al)?|Appendix|Extended\s+Data|Web|Online)\s+)?  # tables outside the article
        (?:T\s?a\s?b\s?l\s?e|T\s?A\s?B\s?L\s?E|T\s?a\s?b\.|table(?=\s?\d+\s?[|.:]))  # letter-spaced; small capitals
    )
    (?P<number>\s?(?:[A-Z]{0,2}[-.]?\d{1,3}(?:\.\d{1,2})?[A-Za-z]?|[IVXL]{1,6}))   # 1, S1, A.2, 3b, 2.1, IV
    (?!\w)
    (?P<rest>.*)$""",
    re.VERBOSE | re.DOTALL,
)
FIGURE = re.compile(
    r"^\W{0,2}(?:(?:Supplement(?:ary|al)?|Extended\s+Data)\s+)?"
    r"(?:F\s?i\s?g(?:\s?u\s?r\s?e)?\.?|FIG(?:URE)?\.?|Box|BOX|Scheme|Algorithm)\s?[A-Z]?\d+(?!\w)(?P<rest>.*)$",
    re.DOTALL,
)
SET_IN_EM = 3.0
"""The later lines of a caption are set in by less, if at all."""
CONTINUED = re.compile(r"^\W*(?:\(?\s*(?:cont(?:inued|inues|['’]d|d)?\.?|suite)\s*\)?)(?=\W|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Caption:
    """The first line of a caption: its label as printed, its number, the text after the label."""

    kind: str
    label: str
    number: str
    rest: str
    line: Line
    is_continued: bool


def read_caption(line: Line, body: Style, above: Line | None) -> Caption | None:
    """The caption that this line opens, or None. above: the nearest line over it in the same column.

    Running text that happens to begin a line with "Table 2 shows" is told apart by its style, its next word, and the
    lack of
    white above it.
    """
    text = line.text
    found = LABEL.match(text)
    figure = None if found else FIGURE.match(text)
    match = found or figure
    if match is None:
        return None
    rest = match["rest"]
    if not _opens_caption(rest) or _runs_on(line, body, above):
        return None
    if figure is not None:
        return Caption("figure", "", "", rest, line, is_continued=False)
    assert found is not None
    word = re.sub(r"(?<=\b[A-Za-z]) (?=[A-Za-z]\b)", "", found["word"])
    punctuation = re.match(r"\s*[.:](?=\s|$)", rest)
    tail = rest[punctuation.end() :] if punctuation else rest
    return Caption(
        "table",
        (word + found["number"]).strip(),
        found["number"].strip().upper(),
        re.sub(r"^[\s.:|—–-]+", "", tail),
        line,
        is_continued=bool(CONTINUED.match(tail.lstrip(" .:|—–-"))),
    )


def _opens_caption(rest: str) -> bool:
    """Whether what follows the label can open a caption: nothing, punctuation, a capital, a bracket, "continued"."""
    tail = rest.strip()
    if not tail or CONTINUED.match(tail):
        return True
    if re.match(r"^[,;)\]]|^\.?\s*(?:and|or|to)\b", tail):
        return False
    stripped = tail.lstrip(" .:|—–-*†‡")
    return not stripped or not stripped[0].islower() or tail[0] in ".:|—–"


def _runs_on(line: Line, body: Style, above: Line | None) -> bool:
    """Whether the line is running text: in its style, not bold, and hard under a line of the same style."""
    first = [w for w in line.words if not w.is_raised][:2]
    if any(w.is_bold or w.is_italic or word_style(w) != body for w in first):
        return False
    if above is None or main_style(above.words) != body:
        return False
    return line.box.top - above.box.bottom < 0.55 * line.size_pt


def find_captions(segments: Sequence[Line], body: Style) -> list[Caption]:
    """Captions of tables and figures on one page, from the top down."""
    found = []
    for segment in segments:
        if not (LABEL.match(segment.text) or FIGURE.match(segment.text)):
            continue
        above = [
            s
            for s in segments
            if s.box.bottom <= segment.box.top + 1 and s.box.x0 < segment.box.x1 and s.box.x1 > segment.box.x0
        ]
        caption = read_caption(segment, body, max(above, key=lambda s: s.box.bottom, default=None))
        if caption is not None:
            found.append(caption)
    return sorted(found, key=lambda c: (c.line.box.top, c.line.box.x0))


def goes_on(lines: Sequence[Line], line: Line) -> bool:
    """Whether a line may be the next of a caption: set under its left edge or its middle, or forced to wrap there.

    A head label alone on its line does neither: it is centred on its columns, under a caption that had room.
    """
    first, last, size = lines[0].box, lines[-1].box, line.size_pt
    if line.box.x0 - first.x0 < SET_IN_EM * size or abs(line.box.x_mid - first.x_mid) < size:
        return True
    return last.x1 + line.words[0].box.width > max(found.box.x1 for found in [*lines, line])
