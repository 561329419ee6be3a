"""Boxes on pages with a text layer → the text that their pictures show, whatever the text layer says.

Comes in: a PDF and boxes of words or cells. Goes out: one PictureText each, read by the recogniser of ocr_reader.py
from a picture of the box alone. Who is right, the picture or the text layer, is left to the caller.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from auditable.model import Box
from auditable.readers.box_pictures import draw_grey_boxes
from auditable.readers.ocr_reader import recognise_crop
from auditable.readers.scan_image import Grey, ink_mask

PICTURE_DPI = 300
"""The recogniser shrinks a line to 48 pixels: at this size a line of 8 to 12 points comes near that."""
REACH_X_PT, REACH_Y_PT = 0.3, 0.8
"""How far the picture goes beyond the box: ink may hang over a text layer's box, a neighbour must not come in."""
FRAME_PX = 14
"""White round each line, without which the recogniser loses the first and last letter."""
MIN_GAP_PX = 2
MIN_LINE_SHARE = 0.45
"""Ink lower than this share of the tallest line is no line of its own: a dot, a bar of ≤, a raised mark."""

LOOKALIKES = str.maketrans("土士一丨〈〉《》・", "±±—|<>«»·")
"""Han signs that the recogniser, which knows them too, sees in a lone sign of an article in Latin letters."""


@dataclass(frozen=True, slots=True)
class PictureText:
    """What one picture shows: lines joined by a blank, and the confidence of each character, 0..1.

    A blank, printed or between lines, has the confidence 1.0; text is "" where nothing was recognised.
    """

    text: str
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """That of the weakest character, 0.0 without text."""
        return min(self.confidences, default=0.0)


def read_pictures(pdf_path: Path, places: Sequence[tuple[int, int, Box]]) -> list[PictureText]:
    """One PictureText for each (page, turn_degrees, box), in the order given.

    box: of a word or a cell, in points of the page turned clockwise by turn_degrees, as in Page and Piece; it may hold
    several lines. Raises AuditableError when the PDF cannot be opened or has no such page.
    """
    if not places:
        return []
    wider = [(page, turn, wider_box(box)) for page, turn, box in places]
    return [read_picture(grey) for grey in draw_grey_boxes(pdf_path, wider, PICTURE_DPI)]


def wider_box(box: Box) -> Box:
    """The box with all ink that hangs over it."""
    return Box(box.x0 - REACH_X_PT, box.top - REACH_Y_PT, box.x1 + REACH_X_PT, box.bottom + REACH_Y_PT)


def read_picture(grey: Grey) -> PictureText:
    """What a picture at PICTURE_DPI of one or more lines of print shows."""
    letters: list[tuple[str, float]] = []
    for line in split_lines(grey):
        # Full-width forms are the same signs; a character is taken alone, so that each keeps its confidence.
        seen = [
            (char, letter.confidence) for letter in recognise_crop(line).letters for char in plain_signs(letter.char)
        ]
        if letters:
            letters.append((" ", 1.0))
        letters.extend((" ", 1.0) if char.isspace() else (char, confidence) for char, confidence in seen)
    text = "".join(char for char, _ in letters)
    start = len(text) - len(text.lstrip())
    kept = letters[start : start + len(text.strip())]
    return PictureText("".join(char for char, _ in kept), tuple(confidence for _, confidence in kept))


def plain_signs(char: str) -> str:
    """A recognised character as an article in Latin letters prints it."""
    return unicodedata.normalize("NFKC", char).translate(LOOKALIKES)


def split_lines(grey: Grey) -> list[Grey]:
    """The picture cut at level white into its lines, top down, each in a white frame; none where there is no ink."""
    rows = np.flatnonzero(ink_mask(grey).any(axis=1))
    if not len(rows):
        return []
    cuts = [int(a + b) // 2 for a, b in pairwise(rows) if b - a > MIN_GAP_PX]
    edges = [0, *cuts, grey.shape[0]]
    bands = [[int(r) for r in rows if a <= r < b] for a, b in pairwise(edges)]
    spans = [(band[0], band[-1] + 1) for band in bands if band]
    tallest = max(b - a for a, b in spans)
    lines: list[tuple[int, int]] = []
    low = False
    for a, b in spans:
        is_low = b - a < MIN_LINE_SHARE * tallest
        if lines and (is_low or low) and b - lines[-1][0] < 2 * tallest:
            lines[-1] = (lines[-1][0], b)
        else:
            lines.append((a, b))
        low = lines[-1][1] - lines[-1][0] < MIN_LINE_SHARE * tallest
    return [_framed(grey, a, b) for a, b in lines]


def _framed(grey: Grey, top: int, bottom: int) -> Grey:
    paper = int(np.median(grey))
    reach = FRAME_PX // 2
    line = grey[max(0, top - reach) : bottom + reach]
    return np.asarray(np.pad(line, FRAME_PX, constant_values=paper), dtype=np.uint8)
