"""Ink on a scanned page that no word explains: a lone dash, a lone figure, a mark the recogniser passed over.

Comes in: the straightened picture, the words read so far, the ruling lines. Goes out: the words that a second look
finds (dashes by their shape, others read alone), and the boxes of what stands in a line of print and stays unread. An
empty cell and a dash say different things: what is printed must not vanish. Which boxes matter is left to the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from auditable.model import Box, Rule, Word
from auditable.readers.scan_image import DARK_TONE, POINTS_PER_INCH, Grey, Mask

Recognise = Callable[[Grey], tuple[str, tuple[float, ...]]]

INK_SHARE = 0.45
"""Of the darkness of the print already read: fainter spots are the scanner's noise."""
STROKE_REACH_EM = 0.9
"""Strokes are thinner than this in one direction; wider dark areas are grounds and pictures."""
WORD_REACH_EM = 0.16
"""Ink this near a word's box belongs to it: dots, accents, the ragged edge of a letter."""
READ_SHARE = 0.6
JOIN_EM = 0.3
DASH_LEAST_EM, DASH_MOST_EM, DASH_THICK_EM = 0.2, 1.3, 0.16
DASH_ZONE_EM = (0.05, 0.55)
"""Height above the base line at which a dash runs."""
GLYPH_LEAST_EM, GLYPH_MOST_EM, BLOB_MOST_EM = 0.3, 1.25, 6.0
SPECK_AREA_EM2 = 0.008
MAX_BLOBS = 400
"""So many pieces of unread ink in lines of print are a drawing, not a table: none is read."""
SIZE_SPREAD = 0.25
GROUND_SCALE, GROUND_EM = 0.25, 2.0
SURE = 0.75
"""Confidence from which a piece read alone counts as read."""
FRAME_PX = 14
LATIN = re.compile(r"[\w.,:;()\[\]%<>≤≥=±+/*†‡§·–-]*[0-9A-Za-zµα-ωΑ-Ω][\w.,:;()\[\]%<>≤≥=±+/*†‡§·–-]*", re.ASCII)
"""The recogniser also knows Han signs and sees them in smudges."""
DASH = "–"
DASH_CONFIDENCE = 0.9


def read_rest(
    words: Sequence[Word], grey: Grey, rules: Sequence[Rule], dpi: int, recognise: Recognise
) -> tuple[list[Word], list[Box]]:
    """The words that a second look adds, and the boxes (points) of ink in lines of print that stays unread.

    words: those read so far, boxes in points; recognise: one line's picture → its text and each letter's confidence.
    """
    if not words:
        return [], []
    px = dpi / POINTS_PER_INCH
    em = median(w.size_pt for w in words) * px
    placed = [(b, mate) for b in _blobs(words, grey, rules, px, em) if (mate := _neighbour(b, words)) is not None]
    if len(placed) > MAX_BLOBS:
        return [], []
    added: list[Word] = []
    unread: list[Box] = []
    for blob, mate in placed:
        word = _dash(blob, mate) or _read_alone(blob, mate, grey, px, recognise)
        if word is not None:
            added.append(word)
        elif blob.height >= GLYPH_LEAST_EM * mate.size_pt:
            unread.append(blob)
    return added, unread


def _blobs(words: Sequence[Word], grey: Grey, rules: Sequence[Rule], px: float, em: float) -> list[Box]:
    """Boxes, in points, of strokes outside all words and rules; strokes close together in a line are one."""
    reach = int(STROKE_REACH_EM * em) | 1
    window = np.ones((reach, reach), np.uint8)
    strokes = np.asarray(cv2.morphologyEx(_dark_on_pale(grey, em), cv2.MORPH_BLACKHAT, window), dtype=np.uint8)
    darkness = [int(np.percentile(cut, 90)) for w in words[:300] if (cut := _cut(strokes, w.box, px)).size]
    if not darkness:
        return []
    ink = strokes > INK_SHARE * median(darkness)
    for rule in rules:
        _grown(ink, rule.box, px, 1.0)[:] = False
    read = np.zeros(ink.shape, dtype=np.bool_)
    for word in words:
        _grown(read, word.box, px, WORD_REACH_EM * word.size_pt)[:] = True
    ink = _outside(ink, read)
    joined = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, int(JOIN_EM * em) | 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    most, high = BLOB_MOST_EM * em, GLYPH_MOST_EM * em
    kept = [
        (x, y, w, h) for x, y, w, h, area in stats[1:].tolist()
        if w <= most and h <= high and area >= SPECK_AREA_EM2 * em * em
    ]  # fmt: skip
    return sorted((Box(x / px, y / px, (x + w) / px, (y + h) / px) for x, y, w, h in kept), key=lambda b: (b.top, b.x0))


def _dark_on_pale(grey: Grey, em: float) -> Grey:
    """The picture with dark grounds and their white letters turned round, so that all print is dark on pale."""
    small = cv2.resize(grey, None, fx=GROUND_SCALE, fy=GROUND_SCALE, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, int(GROUND_EM * em * GROUND_SCALE) | 1)
    dark = cv2.resize(ground, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST) < DARK_TONE
    return np.asarray(np.where(dark, 255 - grey, grey), dtype=np.uint8)


def _cut(picture: Grey, box: Box, px: float) -> Grey:
    rows = slice(int(max(0, box.top) * px), int(box.bottom * px) + 1)
    return picture[rows, int(max(0, box.x0) * px) : int(box.x1 * px) + 1]


def _grown(mask: Mask, box: Box, px: float, reach_pt: float) -> Mask:
    """The part of a mask under a box that is wider by reach_pt on all sides."""
    top, left = int(max(0.0, box.top - reach_pt) * px), int(max(0.0, box.x0 - reach_pt) * px)
    return mask[top : int((box.bottom + reach_pt) * px) + 1, left : int((box.x1 + reach_pt) * px) + 1]


def _outside(ink: Mask, read: Mask) -> Mask:
    """The strokes of which less than READ_SHARE lies under words: a word's box may reach over a neighbour's ink."""
    n, found = cv2.connectedComponents(ink.astype(np.uint8), connectivity=8)
    labels = np.asarray(found, dtype=np.int32)
    whole = np.bincount(labels.ravel(), minlength=n)
    under = np.bincount(labels[read], minlength=n)
    is_unread = under < READ_SHARE * whole
    is_unread[0] = False
    return is_unread[labels]


def _neighbour(blob: Box, words: Sequence[Word]) -> Word | None:
    """The nearest word in whose line of print the ink stands, or None."""
    beside = [w for w in words if not w.is_raised and w.box.top <= blob.y_mid <= w.box.bottom]
    if not beside:
        return None
    # A word whose ink touches a smudge or the line below has a size of its own: it tells no base line.
    size = median(w.size_pt for w in beside)
    beside = [w for w in beside if abs(w.size_pt / size - 1) < SIZE_SPREAD]
    return min(beside, key=lambda w: max(w.box.x0 - blob.x1, blob.x0 - w.box.x1), default=None)


def _dash(blob: Box, mate: Word) -> Word | None:
    em = mate.size_pt
    base = mate.box.bottom - 0.22 * em
    is_flat = blob.height <= DASH_THICK_EM * em and DASH_LEAST_EM * em <= blob.width <= DASH_MOST_EM * em
    if not is_flat or not DASH_ZONE_EM[0] * em <= base - blob.y_mid <= DASH_ZONE_EM[1] * em:
        return None
    return _word(DASH, blob, mate, DASH_CONFIDENCE)


def _read_alone(blob: Box, mate: Word, grey: Grey, px: float, recognise: Recognise) -> Word | None:
    if blob.height < GLYPH_LEAST_EM * mate.size_pt:
        return None
    rim = 0.15 * mate.size_pt
    wide = Box(blob.x0 - rim, blob.top - rim, blob.x1 + rim, blob.bottom + rim)
    crop = _cut(grey, wide, px)
    if not crop.size:
        return None
    framed = np.asarray(np.pad(crop, FRAME_PX, constant_values=int(np.percentile(crop, 90))), dtype=np.uint8)
    text, confidences = recognise(framed)
    text = "".join(text.split())
    if not text or min(confidences, default=0.0) < SURE or not LATIN.fullmatch(text):
        return None
    return _word(text, blob, mate, min(confidences))


def _word(text: str, blob: Box, mate: Word, confidence: float) -> Word:
    box = Box(blob.x0, mate.box.top, blob.x1, mate.box.bottom)
    return replace(
        mate, text=text, box=box, is_raised=False, is_lowered=False, joins_previous=False, confidence=confidence
    )
