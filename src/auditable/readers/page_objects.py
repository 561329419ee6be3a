"""A page as pdfminer draws it → its characters, lines, rectangles, curves and pictures, as plain records.

Comes in: a page of pdfplumber. Goes out: records with the few keys the first reader needs, in pdfplumber's names and
coordinates, so that its word finder takes them. pdfminer's own objects of a page take longer to make than the page
takes to parse, and pdfplumber's, with some thirty keys each, longer still. What the records mean is left to
pdfplumber_reader.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTComponent, LTCurve, LTFigure, LTLine, LTRect
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import Matrix, Point, Rect, apply_matrix_rect, mult_matrix
from pdfplumber.page import Page as PlumberPage
from pdfplumber.page import fix_fontname_bytes
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.pdfinternals import resolve_all

from auditable.readers.content_parser import PageInterpreter

Record = dict[str, Any]
MAX_REACH_PT = 100_000.0
"""Seven times the largest page there may be. Lines drawn further end there: columns are sought point by point."""
MAX_LETTERS = 32
"""Letters that one printed sign may stand for: a ligature has four, a blessing set as one sign eighteen."""
UNNAMED = "\ufffd"
"""Stands for a printed sign that its font gives no letter, or far too many; suspects.py has its picture looked at."""


@dataclass(slots=True)
class PageObjects:
    """What is drawn on a page, each kind in drawing order."""

    chars: list[Record] = field(default_factory=list)
    lines: list[Record] = field(default_factory=list)
    rects: list[Record] = field(default_factory=list)
    curves: list[Record] = field(default_factory=list)
    images: list[Record] = field(default_factory=list)


def read_objects(page: PlumberPage) -> PageObjects:
    """Characters and shapes of the page, those inside form objects too, counted from the top left of the media box.

    Raises PdfminerException when pdfminer cannot follow the page.
    """
    device = _Recorder(page.pdf.rsrcmgr, page)
    try:
        PageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except Exception as error:  # as pdfplumber does it: nobody can say what pdfminer raises on a broken page
        raise PdfminerException(error) from error
    return device.found


class _Recorder(PDFLayoutAnalyzer):
    """Takes down what pdfminer draws. It is its own sink for the shapes that pdfminer makes of a path."""

    def __init__(self, manager: PDFResourceManager, page: PlumberPage) -> None:
        super().__init__(manager, pageno=page.page_number)
        self.found = PageObjects()
        self._left = float(page.mediabox[0])
        self._base = float(page.height), float(page.mediabox[1])
        self._figures: list[LTFigure] = []
        self._signs: dict[int, dict[int, tuple[str, float]]] = {}
        self._fonts: list[PDFFont] = []

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:  # noqa: ARG002
        """Shapes come to this object itself."""
        self.cur_item = self  # pyright: ignore[reportAttributeAccessIssue]

    def end_page(self, page: PDFPage) -> None:
        """Nothing is left to be done."""

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """A form or a picture begins: pictures are as large as the figure they stand in."""
        self._figures.append(LTFigure(name, bbox, mult_matrix(matrix, self.ctm)))

    def end_figure(self, _: str) -> None:
        """The form or picture ends."""
        self._figures.pop()

    def render_image(self, name: str, stream: PDFStream) -> None:  # noqa: ARG002
        """A picture."""
        figure = self._figures[-1]
        if place := _within_reach(self._place(figure.x0, figure.y0, figure.x1, figure.y1)):
            self.found.images.append(place)

    def add(self, item: LTComponent) -> None:
        """A shape or a letter that pdfminer has made."""
        place, found = self._place(item.x0, item.y0, item.x1, item.y1), self.found
        if isinstance(item, LTChar):
            _write_letter(place, item.get_text(), item.size, item.matrix, item.fontname, is_upright=item.upright)
            found.chars.append(place)
        elif isinstance(item, LTCurve) and (place := _within_reach(place)):
            kind = (
                found.lines if isinstance(item, LTLine) else found.rects if isinstance(item, LTRect) else found.curves
            )
            kind.append(_shape(item, place))

    def render_string_horizontal(
        self,
        seq: PDFTextSeq,
        matrix: Matrix,
        pos: Point,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> Point:
        """The place behind a string, its letters taken down: pdfminer's steps, without an object for each letter."""
        x, y = pos
        a, b, c, d, e, f = matrix
        low = font.get_descent() * fontsize + rise
        high, is_upright, is_level = low + fontsize, a * d * scaling > 0 and b * c <= 0, b == 0 and c == 0
        signs, chars, name = self._known_signs(font), self.found.chars, font.fontname
        needs_space = False
        for part in seq:
            if isinstance(part, int | float):
                x -= part * dxscale
                needs_space = True
                continue
            if not isinstance(part, bytes):
                continue
            for code in font.decode(part):
                if needs_space:
                    x += charspace
                text, width = signs[code] if code in signs else signs.setdefault(code, self._sign(font, code))
                here = (a, b, c, d, x * a + y * c + e, x * b + y * d + f)
                advance = width * fontsize * scaling
                x0, y0, x1, y1 = (
                    _level_box(here, advance, low, high)
                    if is_level
                    else apply_matrix_rect(here, (0, low, advance, high))
                )
                place = self._place(x0, y0, x1, y1)
                _write_letter(place, text, y1 - y0, here, name, is_upright=is_upright)
                chars.append(place)
                x += advance
                if code == 32 and wordspace:
                    x += wordspace
                needs_space = True
        return x, y

    def _known_signs(self, font: PDFFont) -> dict[int, tuple[str, float]]:
        """Text and width of the codes of a font that were met, to be filled; the font is kept, so that its id is."""
        if id(font) not in self._signs:
            self._fonts.append(font)
            self._signs[id(font)] = {}
        return self._signs[id(font)]

    def _sign(self, font: PDFFont, code: int) -> tuple[str, float]:
        try:
            text = font.to_unichr(code)
            assert isinstance(text, str), str(type(text))
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, code)
        return text, font.char_width(code)

    def _place(self, x0: float, y0: float, x1: float, y1: float) -> Record:
        height, top = self._base
        return {"x0": x0 + self._left, "x1": x1 + self._left, "top": height - y1 + top, "bottom": height - y0 + top}


def _within_reach(place: Record) -> Record:
    """The place, its edges no further out than MAX_REACH_PT; an empty one where an edge is no number."""
    if any(map(isnan, place.values())):
        return {}
    return {edge: max(-MAX_REACH_PT, min(MAX_REACH_PT, at)) for edge, at in place.items()}


def _level_box(matrix: Matrix, advance: float, low: float, high: float) -> Rect:
    """apply_matrix_rect of a letter that is neither turned nor slanted."""
    a, _, _, d, e, f = matrix
    end, base, cap = a * advance + e, d * low + f, d * high + f
    return min(e, end), min(base, cap), max(e, end), max(base, cap)


def _write_letter(place: Record, text: str, size: float, matrix: Matrix, font: Any, *, is_upright: bool) -> None:
    place["doctop"] = place["top"]
    # A font may name no letter for what it prints: left out, "31.3" would read "3.3". Or a page full of them.
    place["text"] = text if 0 < len(text) <= MAX_LETTERS else UNNAMED
    place["size"] = size
    place["upright"] = is_upright
    place["matrix"] = matrix
    place["fontname"] = fix_fontname_bytes(font) if isinstance(font, bytes) else font


def _shape(shape: LTCurve, place: Record) -> Record:
    place["is_curve"] = not isinstance(shape, LTLine | LTRect)
    place["pts"] = shape.pts
    place["linewidth"] = shape.linewidth
    place["stroke"], place["fill"] = shape.stroke, shape.fill
    place["stroking_color"] = resolve_all(shape.stroking_color)
    place["non_stroking_color"] = resolve_all(shape.non_stroking_color)
    return place
