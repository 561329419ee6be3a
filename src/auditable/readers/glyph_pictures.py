"""Places of single characters on pages with a text layer → the ink that is printed there, and only that.

Comes in: a PDF and places of characters, each in the box of its word. Goes out: a mask of ink per place, or None where
the character's ink cannot be told from its neighbours'. What the ink looks like is left to glyph_shapes.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from auditable.model import Box
from auditable.readers.box_pictures import draw_grey_boxes
from auditable.readers.glyph_shapes import Shape, measure_shape
from auditable.readers.scan_image import POINTS_PER_INCH, Grey, Mask, ink_mask

GLYPH_DPI = 400
"""A sign of 5 points is 28 pixels tall: enough for the bar of ≥ in a note of 6 points."""
REACH_X_EM, REACH_Y_EM = 0.5, 0.35
"""How much around the word is looked at: so far do the neighbours reach that must be seen whole to be left out."""
OUTSIDE_EM = 0.15
"""How far above or below the word's box the middle of its ink may lie; further out stands another line."""
WHOLE_INSIDE = 0.8
"""Share of a piece's width in the word's box from which the piece is the word's own, with all that hangs over."""
SPANS_WORD = 0.5
"""A piece that reaches further but lies under so much of the box is the word's sign, touching its neighbour: it is cut
off at the edges of the box."""
MAX_WIDTH_EM = 1.6
"""Wider ink is a rule or an underline."""
MIN_INK_PX = 3


@dataclass(frozen=True, slots=True)
class GlyphPlace:
    """One character: the page and turn of its word, the word's box and type size, which of its characters it is."""

    page: int
    turn_degrees: int
    box: Box
    size_pt: float
    at: int
    n_characters: int


def cut_glyphs(pdf_path: Path, places: Sequence[GlyphPlace]) -> list[Shape | None]:
    """The shape of the ink at each place, in the order given; None where there is none that is this character's alone.

    Raises AuditableError when the PDF cannot be opened or has no such page.
    """
    if not places:
        return []
    wider = [(p.page, p.turn_degrees, _reach(p)) for p in places]
    pictures = draw_grey_boxes(pdf_path, wider, GLYPH_DPI)
    return [_shape(grey, p) for grey, p in zip(pictures, places, strict=True)]


def _reach(place: GlyphPlace) -> Box:
    dx, dy = REACH_X_EM * place.size_pt, REACH_Y_EM * place.size_pt
    b = place.box
    return Box(b.x0 - dx, b.top - dy, b.x1 + dx, b.bottom + dy)


def _shape(grey: Grey, place: GlyphPlace) -> Shape | None:
    px = GLYPH_DPI / POINTS_PER_INCH
    left = min(REACH_X_EM * place.size_pt, place.box.x0) * px  # the page's edge may have cut the picture
    top = min(REACH_Y_EM * place.size_pt, place.box.top) * px
    word = Box(left, top, left + place.box.width * px, top + place.box.height * px)
    ink = _word_ink(ink_mask(grey), word, place.size_pt * px)
    if place.n_characters > 1:
        ink = _nth_ink(ink, place.at, place.n_characters)
    return measure_shape(ink, place.size_pt * px) if ink.any() else None


def _word_ink(ink: Mask, word: Box, em_px: float) -> Mask:
    """The ink of the word: connected pieces that lie mostly in its box, without rules and other lines."""
    n, labels, stats, middles = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    kept = np.zeros_like(ink)
    x0, x1 = int(word.x0), int(np.ceil(word.x1))
    for i in range(1, n):
        x, _, width, _, area = (int(v) for v in stats[i])
        inside = min(x + width, word.x1) - max(x, word.x0)
        is_level = word.top - OUTSIDE_EM * em_px <= middles[i][1] <= word.bottom + OUTSIDE_EM * em_px
        if not is_level or area < MIN_INK_PX or width > max(MAX_WIDTH_EM * em_px, word.width):
            continue
        if inside >= WHOLE_INSIDE * width:
            kept |= labels == i
        elif inside >= SPANS_WORD * word.width:
            kept[:, x0:x1] |= labels[:, x0:x1] == i
    return np.asarray(kept, dtype=np.bool_)


def _nth_ink(ink: Mask, at: int, n_characters: int) -> Mask:
    """The ink of one of the word's characters, if white parts it from the others; else none."""
    columns = ink.any(axis=0).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], columns, [0]))))
    runs = list(zip(edges[::2], edges[1::2], strict=True))
    alone = np.zeros_like(ink)
    if len(runs) == n_characters:
        a, b = runs[at]
        alone[:, a:b] = ink[:, a:b]
    return alone
