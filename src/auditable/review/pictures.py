"""Pictures of the printed place: a strip of the page around a row, the cell outlined.

Comes in: the PDF and the places wanted. Goes out: small PNG files, ready to be put into a page. Drawing the page is
left to the pdfium reader.
"""

from __future__ import annotations

import base64
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from auditable.model import Box
from auditable.readers.page_pictures import render_boxes

CROP_DPI = 110
"""Enough to read a footnote mark; a strip of a page stays near 20 kB."""
CONTEXT_PT = 22.0
"""White or neighbouring lines shown above and below the row."""
OUTLINE_COLOUR = (200, 60, 0)
N_COLOURS = 24


@dataclass(frozen=True)
class Place:
    """A spot to show: the strip that is cut out and the box outlined in it, both in points of the (turned) page."""

    page: int
    strip: Box
    outline: Box
    turn_degrees: int = 0


@dataclass(frozen=True)
class Picture:
    """A PNG as a data address, its size in pixels, and how far from the left the outlined spot lies (0..1)."""

    address: str
    width_px: int
    height_px: int
    outline_share: float


def strip_around(outline: Box, left: float, right: float, width_pt: float, height_pt: float) -> Box:
    """The strip of a page that shows a row: from left to right, with some lines above and below, within the page."""
    return Box(
        max(0.0, min(left, outline.x0) - 4),
        max(0.0, outline.top - CONTEXT_PT),
        min(width_pt, max(right, outline.x1) + 4),
        min(height_pt, outline.bottom + CONTEXT_PT),
    )


def take_pictures(pdf_path: Path, places: Sequence[Place], dpi: int = CROP_DPI) -> list[Picture]:
    """One picture per place, in the order given; the file is opened once per turn."""
    by_turn: dict[int, list[int]] = defaultdict(list)
    for index, place in sorted(enumerate(places), key=lambda item: (item[1].page, item[0])):
        by_turn[place.turn_degrees].append(index)
    taken: dict[int, Picture] = {}
    for turn, indexes in sorted(by_turn.items()):
        wanted = [(places[i].page, places[i].strip) for i in indexes]
        for i, png in zip(indexes, render_boxes(pdf_path, wanted, dpi, turn), strict=True):
            taken[i] = _outlined(png, places[i], dpi)
    return [taken[i] for i in range(len(places))]


def _outlined(png: bytes, place: Place, dpi: int) -> Picture:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    scale = dpi / 72
    box, strip, gap = place.outline, place.strip, 3
    ImageDraw.Draw(image).rectangle(
        (
            max(0, (box.x0 - strip.x0) * scale - gap),
            max(0, (box.top - strip.top) * scale - gap),
            min(image.width - 1, (box.x1 - strip.x0) * scale + gap),
            min(image.height - 1, (box.bottom - strip.top) * scale + gap),
        ),
        outline=OUTLINE_COLOUR,
        width=2,
    )
    small = image.quantize(N_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, format="PNG", optimize=True)
    share = min(1.0, max(0.0, (box.x_mid - strip.x0) / strip.width)) if strip.width else 0.0
    address = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()
    return Picture(address, image.width, image.height, share)
