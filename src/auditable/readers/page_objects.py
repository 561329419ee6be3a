"""A page as pdfminer parsed it → its characters, lines, rectangles, curves and pictures, as plain records.

Comes in: a page of pdfplumber. Goes out: records with the few keys the first reader needs, in pdfplumber's names and
coordinates, so that its word finder takes them. pdfplumber's own records hold some thirty keys each and take longer
to make than the page takes to parse. What the records mean is left to pdfplumber_reader.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTItem, LTLine, LTRect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.page import fix_fontname_bytes
from pdfplumber.utils.pdfinternals import resolve_all

from auditable.model import UNREAD

Record = dict[str, Any]
MAX_REACH_PT = 100_000.0
"""Seven times the largest page there may be. Lines drawn further end there: columns are sought point by point."""
MAX_LETTERS = 32
"""Letters that one printed sign may stand for: a ligature has four, a blessing set as one sign eighteen."""


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
    found = PageObjects()
    left, top = float(page.mediabox[0]), float(page.mediabox[1])
    height = float(page.height)
    for item in _flat(page.layout):
        if not isinstance(item, LTComponent):
            continue
        place = {
            "x0": item.x0 + left,
            "x1": item.x1 + left,
            "top": height - item.y1 + top,
            "bottom": height - item.y0 + top,
        }
        if isinstance(item, LTChar):
            found.chars.append(_char(item, place))
        elif not (place := _within_reach(place)):
            continue
        elif isinstance(item, LTCurve):
            kind = (
                found.lines if isinstance(item, LTLine) else found.rects if isinstance(item, LTRect) else found.curves
            )
            kind.append(_shape(item, place))
        elif isinstance(item, LTImage):
            found.images.append(place)
    return found


def _flat(items: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in items:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _within_reach(place: Record) -> Record:
    """The place, its edges no further out than MAX_REACH_PT; an empty one where an edge is no number."""
    if any(map(isnan, place.values())):
        return {}
    return {edge: max(-MAX_REACH_PT, min(MAX_REACH_PT, at)) for edge, at in place.items()}


def _char(char: LTChar, place: Record) -> Record:
    font, text = char.fontname, char.get_text()
    place["doctop"] = place["top"]
    # A font may name no letter for what it prints: left out, "31.3" would read "3.3". Or a page full of them.
    place["text"] = text if 0 < len(text) <= MAX_LETTERS else UNREAD
    place["size"] = char.size
    place["upright"] = char.upright
    place["matrix"] = char.matrix
    place["fontname"] = fix_fontname_bytes(font) if isinstance(font, bytes) else font
    return place


def _shape(shape: LTCurve, place: Record) -> Record:
    place["is_curve"] = not isinstance(shape, LTLine | LTRect)
    place["pts"] = shape.pts
    place["linewidth"] = shape.linewidth
    place["stroke"], place["fill"] = shape.stroke, shape.fill
    place["stroking_color"] = resolve_all(shape.stroking_color)
    place["non_stroking_color"] = resolve_all(shape.non_stroking_color)
    return place
