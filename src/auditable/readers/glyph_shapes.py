"""The ink of one printed sign → how much it looks like each character, in ordinary faces.

Comes in: the ink of a sign, cut out of a page. Goes out: a likeness per character, 0..1. The faces are those that
matplotlib brings: with and without serifs, upright and slanted, bold, mathematical. What a text layer claims, and whom
to believe, is left to glyphs.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from auditable.model import AuditableError
from auditable.readers.scan_image import Mask

FACES = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSerif-Italic", "STIXGeneral",
    "STIXGeneralBol", "STIXGeneralItalic",
)  # fmt: skip
EM_PX = 96
INK_TONE = 110
GRID, MARGIN = 32, 2
"""A sign is drawn into a square of so many cells, whatever its size, with a margin, its proportions kept."""
SOFTNESS = 1.2
"""Cells by which edges are blurred, so that faces of other weight still lie over one another."""
HEIGHT_WEIGHT = 0.4
"""What a height 2.7 times too large or small takes off the likeness: it tells a full stop from a bullet."""
LEAST_HEIGHT_EM = 0.02
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """One sign: its ink on the grid as a vector of length 1 and mean 0, and its height and width in ems."""

    vector: Vector
    height_em: float
    width_em: float


def measure_shape(ink: Mask, em_px: float) -> Shape:
    """The shape of some ink. em_px: type size in pixels. Raises ValueError where there is no ink."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows):
        raise ValueError("a shape needs ink")
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].astype(np.float32)
    height, width = cut.shape
    scale = (GRID - 2 * MARGIN) / max(height, width)
    size = (max(1, int(width * scale + 0.5)), max(1, int(height * scale + 0.5)))
    small = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    grid = np.zeros((GRID, GRID), np.float32)
    y, x = (GRID - size[1]) // 2, (GRID - size[0]) // 2
    grid[y : y + size[1], x : x + size[0]] = small
    soft = cv2.GaussianBlur(grid, (0, 0), SOFTNESS).ravel()
    soft -= soft.mean()
    return Shape(np.asarray(soft / np.linalg.norm(soft), dtype=np.float32), height / em_px, width / em_px)


def likeness(one: Shape, other: Shape) -> float:
    """How much two shapes look alike: 1.0 for the same ink at the same size, about 0 for ink that has nothing in
    common."""
    ratio = max(one.height_em, LEAST_HEIGHT_EM) / max(other.height_em, LEAST_HEIGHT_EM)
    return float(one.vector @ other.vector) - HEIGHT_WEIGHT * abs(float(np.log(ratio)))


def compare_shape(shape: Shape, characters: Iterable[str]) -> dict[str, float]:
    """For each character its best likeness over all faces; characters that no face holds are left out."""
    found = {}
    for char in characters:
        drawn = draw_character(char)
        if drawn:
            found[char] = max(likeness(shape, template) for template in drawn)
    return found


@cache
def draw_character(char: str) -> tuple[Shape, ...]:
    """The shape of a character in each face that holds it; none for white space and for more than one character."""
    if len(char) != 1 or char.isspace():
        return ()
    shapes = (_draw(face, char) for face in FACES)
    return tuple(shape for shape in shapes if shape is not None)


def _draw(face: str, char: str) -> Shape | None:
    ink = _ink(face, char)
    is_missing = not ink.any() or np.array_equal(ink, _blank(face))
    return None if is_missing else measure_shape(ink, EM_PX)


def _ink(face: str, char: str) -> Mask:
    picture = Image.new("L", (3 * EM_PX, 3 * EM_PX), 0)
    ImageDraw.Draw(picture).text((EM_PX, 2 * EM_PX), char, font=_font(face), fill=255, anchor="ls")
    return np.asarray(picture) > INK_TONE


@cache
def _blank(face: str) -> Mask:
    """What the face draws for a character that it does not hold."""
    return _ink(face, "\U0010fffd")


@cache
def _font(face: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_folder() / f"{face}.ttf"), EM_PX)


@cache
def _folder() -> Path:
    spec = find_spec("matplotlib")
    folders: Sequence[str] = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        fonts = Path(folder) / "mpl-data" / "fonts" / "ttf"
        if fonts.is_dir():
            return fonts
    raise AuditableError(
        "the faces to compare glyphs with are missing", where="matplotlib", expected="mpl-data/fonts/ttf",
        found=", ".join(folders) or "no matplotlib", remedy="Install the environment again: make clean, then make run.",
    )  # fmt: skip
