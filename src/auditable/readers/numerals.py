"""Roman numerals and raised figures of a scan, where the recogniser guesses: the ink is counted, or read again.

Comes in: a word's text and ink, or the words of a page and its picture. Goes out: the text as printed. "II" may be read
as one sign for two, as one sign for three, or as two signs; the strokes on the page are as many as there are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from auditable.model import Word
from auditable.readers.raised_parts import RAISED_LOOKALIKES, ink_runs
from auditable.readers.scan_image import POINTS_PER_INCH, Grey, Mask

STROKES_ONLY = re.compile(r"[Il|ⅠⅡⅢ]{2,4}|[ⅡⅢ]")
MIDDLE = (0.35, 0.65)
"""Part of a letter's height in which an I is a stroke without serifs."""
STROKE_SHARE = 0.7
"""Share of that height that a stroke fills."""
SLIVER_SHARE = 0.5
"""A stroke thinner than so much of the thickest is the edge of a shade or a rule."""
MOST_STROKES = 3
SURE = 0.6
FRAME_PX, REACH_EM = 14, 0.12
LETTER_FOR = str.maketrans({"ª": "a", "º": "o"})


def settle_numeral(text: str, ink: Mask) -> str:
    """The text with one-sign numerals spelled out; one made of strokes alone as many I as the ink has strokes."""
    plain = "".join(unicodedata.normalize("NFKC", c) if "\u2160" <= c <= "\u217f" else c for c in text)
    if not STROKES_ONLY.fullmatch(text):
        return plain
    n = _count_strokes(ink)
    return "I" * n if 1 <= n <= MOST_STROKES else plain


def _count_strokes(ink: Mask) -> int:
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return 0
    height = int(rows[-1] - rows[0]) + 1
    band = ink[rows[0] + int(MIDDLE[0] * height) : rows[0] + max(1, int(MIDDLE[1] * height))]
    runs = ink_runs(np.asarray(band.mean(axis=0) >= STROKE_SHARE)) if band.size else []
    widest = max((r.x1 - r.x0 + 1 for r in runs), default=0)
    return sum(r.x1 - r.x0 + 1 >= SLIVER_SHARE * widest for r in runs)


def reread_raised(
    words: Sequence[Word], grey: Grey, dpi: int, recognise: Callable[[Grey], tuple[str, tuple[float, ...]]]
) -> list[Word]:
    """The words; a raised one that looked like a degree sign is read again by itself, larger.

    It becomes a figure only where the second look surely shows one: the ⁹ of 10⁹.
    """
    px = dpi / POINTS_PER_INCH
    return [
        _reread(w, grey, px, recognise) if w.is_raised and set(w.text) & set(RAISED_LOOKALIKES) else w for w in words
    ]


def _reread(word: Word, grey: Grey, px: float, recognise: Callable[[Grey], tuple[str, tuple[float, ...]]]) -> Word:
    if word.text != "°":
        return replace(word, text=word.text.translate(LETTER_FOR))
    rim = REACH_EM * word.size_pt
    rows = slice(int((word.box.top - rim) * px), int((word.box.bottom + rim) * px) + 1)
    crop = grey[rows, int((word.box.x0 - rim / 2) * px) : int((word.box.x1 + rim / 2) * px) + 1]
    if not crop.size:
        return word
    text, confidences = recognise(np.asarray(np.pad(crop, FRAME_PX, mode="edge"), dtype=np.uint8))
    if re.fullmatch(r"[1-9]", text.strip()) and min(confidences) >= SURE:
        return replace(word, text=text.strip(), confidence=min(confidences))
    return word
