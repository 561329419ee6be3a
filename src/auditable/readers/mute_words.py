"""Words in a font whose letters have no meaning in the PDF → the words that their pictures show.

Comes in: Words whose text is codes alone, blanks included, so that a whole line may be one Word. Goes out: the words of
each, read by the recogniser as on a scan, with its confidence, at the place and in the size of the print. Which fonts
are mute is said in suspects.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from auditable.model import Box, Word
from auditable.readers.box_pictures import draw_grey_boxes
from auditable.readers.ocr_reader import recognise_crop
from auditable.readers.picture_reader import FRAME_PX, PICTURE_DPI, plain_signs, wider_box
from auditable.readers.scan_image import POINTS_PER_INCH, Grey, ink_mask
from auditable.readers.word_boxes import split_words


def read_mute_words(pdf_path: Path, words: Sequence[tuple[int, int, Word]]) -> list[tuple[Word, ...]]:
    """For each (page, turn_degrees, word) the words printed there, left to right.

    None where nothing is printed; the word itself where nothing was recognised. Raises AuditableError when
    the PDF cannot be opened or has no such page.
    """
    if not words:
        return []
    boxes = [(page, turn, wider_box(word.box)) for page, turn, word in words]
    pictures = draw_grey_boxes(pdf_path, boxes, PICTURE_DPI)
    return [_read(grey, word) for grey, (_, _, word) in zip(pictures, words, strict=True)]


def _read(grey: Grey, mute: Word) -> tuple[Word, ...]:
    framed = np.asarray(np.pad(grey, FRAME_PX, constant_values=int(np.median(grey))), dtype=np.uint8)
    line = recognise_crop(framed)
    if not line.letters:
        return (mute,) if ink_mask(grey).any() else ()
    seen = split_words([line], framed, (), PICTURE_DPI)
    frame = FRAME_PX * POINTS_PER_INCH / PICTURE_DPI
    left = max(0.0, wider_box(mute.box).x0) - frame
    return tuple(_placed(word, mute, left, is_first=i == 0) for i, word in enumerate(seen))


def _placed(word: Word, mute: Word, left: float, *, is_first: bool) -> Word:
    """A recognised word in the place and style of the mute one; raised words keep the size and height of their ink."""
    top = max(0.0, wider_box(mute.box).top) - FRAME_PX * POINTS_PER_INCH / PICTURE_DPI
    box = Box(left + word.box.x0, mute.box.top, left + word.box.x1, mute.box.bottom)
    if word.is_raised:
        box = replace(box, top=top + word.box.top, bottom=top + word.box.bottom)
    return replace(
        mute,
        text="".join(plain_signs(char) for char in word.text),
        box=box,
        size_pt=word.size_pt if word.is_raised else mute.size_pt,
        is_raised=mute.is_raised or word.is_raised,
        joins_previous=mute.joins_previous if is_first else word.joins_previous,
        confidence=word.confidence,
        layer_text="",
    )
