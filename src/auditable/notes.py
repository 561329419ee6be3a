"""Lines under a table → its notes, each with its mark.

Comes in: note lines in reading order. Goes out: Notes. Which cell carries a mark is told by marks.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.layout import Line
from auditable.line_ends import plain_text
from auditable.marks import SYMBOLS
from auditable.model import Box, Note, Word, union_box

SYMBOL_START = re.compile(rf"^(?P<mark>[{SYMBOLS}]{{1,4}})\s*(?P<text>.*)$", re.DOTALL)
BRACKET_START = re.compile(r"^\(?(?P<mark>[a-z]|\d{1,2})\)(?P<text>)$")


def read_notes(lines: Sequence[Line], page: int = 0) -> tuple[Note, ...]:
    """Notes in printed order, each with its page and boxes; a raised token or a symbol opens a new one, other lines run
    on."""
    groups: list[tuple[str, list[Word], list[Box]]] = []
    for line in lines:
        for mark, words, box in _openings(line):
            if mark or not groups or _starts_anew(line, groups[-1][1], words):
                groups.append((mark, list(words), [box]))
            else:
                groups[-1][1].extend(words)
                groups[-1][2].append(box)
    return tuple(Note(mark, plain_text(words), page, tuple(boxes)) for mark, words, boxes in groups if words)


def _openings(line: Line) -> list[tuple[str, list[Word], Box]]:
    """The line parted at raised marks, each part with its box, mark included: the part before the first has mark ""."""
    out: list[tuple[str, list[Word], Box]] = []
    for k, word in enumerate(line.words):
        if word.is_raised and re.match(rf"^(?:[a-zA-Z]|\d{{1,2}}|[{SYMBOLS}]+)$", word.text) and _opens_note(line, k):
            out.append((word.text, [], word.box))
            continue
        if k == 0 or line.words[k - 1].text[-1:] in ".;":
            symbol = SYMBOL_START.match(word.text) or (BRACKET_START.match(word.text) if k == 0 else None)
            if symbol:
                rest = symbol["text"]
                head = [Word(rest, word.box, word.size_pt, word.font, word.is_bold, word.is_italic)] if rest else []
                out.append((symbol["mark"].replace("∗", "*"), head, word.box))
                continue
        mark, words, box = out.pop() if out else ("", [], word.box)
        out.append((mark, [*words, word], union_box([box, word.box])))
    return out


def _opens_note(line: Line, k: int) -> bool:
    """Whether a raised token begins a note: it opens the line, or a full stop and a blank stand before it."""
    if k == 0:
        return True
    before = line.words[k - 1]
    return not line.words[k].joins_previous and before.text[-1:] in ".;"


def _starts_anew(line: Line, before: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether an unmarked line is a note of its own: the one before ends with a full stop well short of the line's
    end."""
    if not before or not words:
        return True
    return before[-1].text.endswith(".") and words[0].text[:1].isupper() and before[-1].box.x1 < line.box.x1 - 40
