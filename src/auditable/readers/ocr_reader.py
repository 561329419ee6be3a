"""An image-only page → Page: words with a confidence each, ruling lines and shades.

Comes in: a PDF and the numbers of its scanned pages. Goes out: pages whose boxes are those of the straightened picture,
the same that pdfium_reader draws of a scanned page. The letters are read by rapidocr with the models in its wheel,
without network; word_boxes.py parts its lines into words. Whether a word makes sense is left to values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from auditable.adding import add_in_order
from auditable.model import Box, Page
from auditable.readers.lookalikes import settle_lookalikes
from auditable.readers.numerals import reread_raised
from auditable.readers.page_pictures import draw_grey_pages
from auditable.readers.pdfium_reader import page_sizes
from auditable.readers.raised_parts import Letter, Line
from auditable.readers.scan_image import OCR_DPI, POINTS_PER_INCH, Grey, drop_strokes, find_fills, find_rules
from auditable.readers.unread_ink import read_rest
from auditable.readers.word_boxes import split_words

if TYPE_CHECKING:
    from rapidocr import RapidOCR
    from rapidocr.ch_ppocr_rec.typings import WordInfo

MIN_LETTERS_TO_JUDGE = 4
"""Shorter pieces of text may stand in boxes taller than wide on an upright page."""


def read_scanned_pages(pdf_path: Path, page_numbers: Sequence[int]) -> list[Page]:
    """The named pages, read from their pictures, in the order given; a page that lies sideways comes turned upright.

    Raises AuditableError when the PDF cannot be opened or has no such page.
    """
    pages = [_read_page(pdf_path, number) for number in page_numbers]
    return settle_lookalikes(pages)


def _read_page(pdf_path: Path, number: int) -> Page:
    grey = next(draw_grey_pages(pdf_path, [number], OCR_DPI))
    best = _Upright(0, grey, recognise_lines(grey))
    if _is_sideways(best.lines):
        for turn in (90, 270):
            turned = next(draw_grey_pages(pdf_path, [number], OCR_DPI, turn))
            best = max(best, _Upright(turn, turned, recognise_lines(turned)), key=_certainty)
    width, height = page_sizes(pdf_path, [number])[number]
    size = (height, width) if best.turn_degrees else (width, height)
    return _build_page(number, best, OCR_DPI, size)


@dataclass(frozen=True, slots=True)
class _Upright:
    """One page turned one way: its straightened picture and what was recognised on it."""

    turn_degrees: int
    grey: Grey
    lines: list[Line]


def _is_sideways(lines: Sequence[Line]) -> bool:
    """Whether most of the text stands in boxes taller than wide."""
    words = [line for line in lines if len(line.letters) >= MIN_LETTERS_TO_JUDGE]
    return sum(line.box.height > line.box.width for line in words) > len(words) / 2


def _certainty(page: _Upright) -> float:
    """How much was read and how surely, level lines only: upside down, less is read and less surely."""
    level = [line for line in page.lines if line.box.width >= line.box.height]
    return add_in_order(letter.confidence**2 for line in level for letter in line.letters)


def _build_page(number: int, seen: _Upright, dpi: int, size_pt: tuple[float, float]) -> Page:
    """One page made of its recognised lines and its straightened grey picture."""
    px = dpi / POINTS_PER_INCH
    grey, lines = seen.grey, seen.lines
    rules = drop_strokes(find_rules(grey, dpi), [_in_points(line.box, px) for line in lines])
    words = reread_raised(split_words(lines, grey, rules, dpi), grey, dpi, _read_crop)
    more, unread = read_rest(words, grey, rules, dpi, _read_crop)
    return Page(
        number=number,
        width_pt=size_pt[0],
        height_pt=size_pt[1],
        words=(*words, *more),
        rules=rules,
        fills=find_fills(grey, dpi),
        reader="ocr",
        is_scan=True,
        turn_degrees=seen.turn_degrees,
        unread=tuple(unread),
    )


@cache
def _engine() -> RapidOCR:
    """The recogniser, made once per process; every line counts, however uncertain, so no score is cut off."""
    from rapidocr import RapidOCR  # over a second: most papers have no picture to read

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.return_word_box": True,
            "Global.text_score": 0.0,
            "EngineConfig.onnxruntime.intra_op_num_threads": cv2.getNumberOfCPUs(),
        }
    )


def recognise_lines(grey: Grey) -> list[Line]:
    """Text lines as the recogniser saw them, in pixels of the picture, top to bottom."""
    engine = _engine()
    from rapidocr.utils.process_img import map_boxes_to_original

    picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    small, record = engine.preprocess_img(picture)
    # Not engine(picture): its letter confidences slip by one after every white space.
    found, _, read, _ = engine.run_ocr_steps(small, record)
    if found.boxes is None or read.txts is None:
        return []
    quads = map_boxes_to_original(np.asarray(found.boxes), record, *grey.shape[:2])
    lines = [
        _line(quad, text, cast("WordInfo", info))  # its type hint names the shape of another mode
        for quad, text, info in zip(quads, read.txts, read.word_results, strict=True)
        if text.strip()
    ]
    return sorted(lines, key=lambda line: (line.box.top, line.box.x0))


def recognise_crop(grey: Grey) -> Line:
    """The one line of text on a picture, its letters placed in pixels of the picture; without letters for none.

    Each picture is read alone: beside others in one batch the recogniser gives other letters.
    """
    seen = _engine().recognize_txt([cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)])
    height, width = grey.shape
    if not seen.txts or not seen.txts[0].strip():
        return Line(Box(0, 0, width, height), ())
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    return _line(corners, seen.txts[0], cast("WordInfo", seen.word_results[0]))  # its type hint names another mode's


def _read_crop(grey: Grey) -> tuple[str, tuple[float, ...]]:
    line = recognise_crop(grey)
    return line.text, tuple(letter.confidence for letter in line.letters)


def _in_points(box: Box, px: float) -> Box:
    return Box(box.x0 / px, box.top / px, box.x1 / px, box.bottom / px)


def _line(quad: np.ndarray, text: str, info: WordInfo) -> Line:
    xs, ys = quad[:, 0], quad[:, 1]
    box = Box(float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
    columns = [column for word in info.word_cols for column in word]
    px_per_column = box.width / info.line_txt_len
    positions = iter(columns)
    letters = [
        Letter(char, confidence, None if char.isspace() else box.x0 + (next(positions) + 0.5) * px_per_column)
        for char, confidence in zip(text, info.confs, strict=True)
    ]
    return Line(box, tuple(letters))
