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
from auditable.readers.scan_image import POINTS_PER_INCH

CROP_DPI = 110
"""Enough to read a footnote mark; a strip of a page stays near 20 kB."""
CONTEXT_PT = 22.0
"""White or neighbouring lines shown above and below the row."""
OUTLINE_COLOUR = (200, 60, 0)
PARTNER_COLOUR = (20, 80, 170)
DASH_PX = 4
"""Partners are outlined in dashes, so that colour is not alone in telling them from the number in question."""
N_COLOURS = 24


@dataclass(frozen=True)
class Place:
    """A spot to show: the strip that is cut out and the box outlined in it, both in points of the (turned) page.

    partners: boxes in the strip that the number in question is compared with. is_beside: the outlined one is such a
    box too.
    """

    page: int
    strip: Box
    outline: Box
    turn_degrees: int = 0
    partners: tuple[Box, ...] = ()
    is_beside: bool = False

    @property
    def spot(self) -> tuple[float, float]:
        """How far from the left and from the top of the strip the middle of the outlined box lies (0..1)."""
        strip, box = self.strip, self.outline
        return _share(box.x_mid - strip.x0, strip.width), _share(box.y_mid - strip.top, strip.height)


@dataclass(frozen=True)
class Picture:
    """A PNG, its size in pixels, and how far from the left the outlined spot lies (0..1)."""

    png: bytes
    width_px: int
    height_px: int
    outline_share: float

    @property
    def address(self) -> str:
        """The PNG as a data address."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode()


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


def _share(part: float, whole: float) -> float:
    return min(1.0, max(0.0, part / whole)) if whole else 0.0


def _outlined(png: bytes, place: Place, dpi: int) -> Picture:
    """The picture in few colours, the same bytes for the same place; outlines keep theirs, since they come last."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    small = image.quantize(N_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    draw = ImageDraw.Draw(small)
    strip = place.strip
    for partner in (*place.partners, *((place.outline,) if place.is_beside else ())):
        _dash(draw, _pixels(partner, strip, image.size, dpi))
    if not place.is_beside:
        draw.rectangle(_pixels(place.outline, strip, image.size, dpi), outline=OUTLINE_COLOUR, width=2)
    out = io.BytesIO()
    small.save(out, format="PNG", optimize=True)
    return Picture(out.getvalue(), image.width, image.height, place.spot[0])


def _pixels(box: Box, strip: Box, size: tuple[int, int], dpi: int) -> tuple[float, float, float, float]:
    """Edges of a box in the picture of its strip, a little wider than its ink; within the picture, wherever it lies."""
    scale, gap_px = dpi / POINTS_PER_INCH, 3
    return (
        _within(size[0], (box.x0 - strip.x0) * scale - gap_px),
        _within(size[1], (box.top - strip.top) * scale - gap_px),
        _within(size[0], (box.x1 - strip.x0) * scale + gap_px),
        _within(size[1], (box.bottom - strip.top) * scale + gap_px),
    )


def _within(length: int, place: float) -> float:
    return min(max(0, place), length - 1)


def _dash(draw: ImageDraw.ImageDraw, edges: tuple[float, float, float, float]) -> None:
    """A dashed rectangle, two pixels wide."""
    x0, top, x1, bottom = (int(e) for e in edges)
    for x in range(x0, x1, 2 * DASH_PX):
        for y in (top, bottom):
            draw.line([(x, y), (min(x + DASH_PX, x1), y)], fill=PARTNER_COLOUR, width=2)
    for y in range(top, bottom, 2 * DASH_PX):
        for x in (x0, x1):
            draw.line([(x, y), (x, min(y + DASH_PX, bottom))], fill=PARTNER_COLOUR, width=2)
