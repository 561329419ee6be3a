"""The text layer of one page through pdfium: its characters with their boxes, and which of them can be seen.

Comes in: an open page and what is drawn on it. Goes out: a PageText. Words are left to pdfplumber_reader.py:
this is for a glance.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from auditable.model import UNREAD

FIGURES = "0123456789"
EDGE_PT = 1.0
"""Print may reach so far beyond the sheet."""


@dataclass(frozen=True)
class PageText:
    """All characters of a page, white space too, in the order of drawing.

    raw: pdfium's handle, good as long as its page is open. boxes: left, bottom, right, top in points from the lower
    left, one row for each character. is_visible: which are not white space.
    """

    raw: Any
    letters: str
    boxes: np.ndarray
    is_visible: np.ndarray


def count_characters(texts: pdfium.PdfTextPage) -> int:
    """How many characters the text layer holds, white space too."""
    return max(0, pdfium_c.FPDFText_CountChars(texts.raw))


def read_text(texts: pdfium.PdfTextPage) -> PageText:
    """The text layer of a page."""
    raw, n = texts.raw, count_characters(texts)
    letters, boxes = [], np.zeros((n, 4))
    rect = pdfium_c.FS_RECTF()
    for i in range(n):
        # Where a font does not say which letter a shape is, pdfium shows the code of the shape as if it were one.
        is_known = pdfium_c.FPDFText_HasUnicodeMapError(raw, i) != 1
        letters.append(_letter(pdfium_c.FPDFText_GetUnicode(raw, i)) if is_known else UNREAD)
        if pdfium_c.FPDFText_GetLooseCharBox(raw, i, rect):
            boxes[i] = rect.left, rect.bottom, rect.right, rect.top
    visible = np.array([not c.isspace() for c in letters], dtype=np.bool_)
    return PageText(raw, "".join(letters), boxes, visible)


def empty_text(texts: pdfium.PdfTextPage) -> PageText:
    """The text layer of a page that is not read."""
    return PageText(texts.raw, "", np.zeros((0, 4)), np.zeros(0, dtype=np.bool_))


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else UNREAD


def count_hidden(text: PageText, invisible: Sequence[pdfium.PdfObject]) -> int:
    """How many visible characters belong to text objects that cannot be seen."""
    if not invisible:
        return 0
    hidden = {_address(item.raw) for item in invisible}
    handles = (pdfium_c.FPDFText_GetTextObject(text.raw, int(i)) for i in np.flatnonzero(text.is_visible))
    return sum(_address(handle) in hidden for handle in handles if handle)


def _address(handle: Any) -> int | None:
    return ctypes.cast(handle, ctypes.c_void_p).value


def count_unreadable(text: PageText) -> int:
    """How many visible characters have no letter: the replacement mark, a control code, or a font's private code."""
    counts = Counter(text.letters)
    return sum(n for char, n in counts.items() if not char.isspace() and _is_unreadable(char))


def figures_on(text: PageText, sheet: tuple[float, float, float, float]) -> str:
    """The figures 0 to 9 that lie on the sheet (left, bottom, right, top), sorted."""
    left, bottom, right, top = sheet
    found = [i for i, char in enumerate(text.letters) if char in FIGURES]
    x, y = text.boxes[found, 0], text.boxes[found, 3]
    on = (x >= left - EDGE_PT) & (x <= right + EDGE_PT) & (y >= bottom - EDGE_PT) & (y <= top + EDGE_PT)
    return "".join(sorted(text.letters[i] for i, is_on in zip(found, on, strict=True) if is_on))


def _is_unreadable(char: str) -> bool:
    return char == UNREAD or unicodedata.category(char) in {"Cc", "Co", "Cn"}
