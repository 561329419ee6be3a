"""Fonts that lie, as publishers' sign fonts do: the text layer says one character, the page shows another."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FACES = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def register_honest(face: str) -> str:
    """The face of matplotlib under its own name, ready for reportlab."""
    pdfmetrics.registerFont(TTFont(face, str(FACES / f"{face}.ttf")))
    return face


def register_lying(folder: Path, name: str, claims: dict[str, str], face: str = "DejaVuSans") -> str:
    """A font of only those characters. claims: what the text layer will say → what is printed; " " prints nothing."""
    font = FontFile(FACES / f"{face}.ttf")
    glyphs = font.getBestCmap()
    shown = {ord(claim): glyphs[ord(printed)] for claim, printed in claims.items()}
    for table in font["cmap"].tables:
        table.cmap = {**{code: glyph for code, glyph in glyphs.items() if code == 0x20}, **shown}
    options = Options()
    options.layout_features = []
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[0x20, *shown])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = name
    path = folder / f"{name}.ttf"
    font.save(path)
    pdfmetrics.registerFont(TTFont(name, str(path)))
    return name


def draw_mixed(
    page: Canvas, x: float, y: float, text: str, size: float, font: str, signs: dict[str, tuple[str, str]]
) -> None:
    """One line of text. signs: printed sign → (font, character) that prints it; all else is set in font."""
    for char in text:
        name, shown = signs.get(char, (font, char))
        page.setFont(name, size)
        page.drawString(x, y, shown)
        x += pdfmetrics.stringWidth(shown, name, size)
