"""Born-digital pages → Pages of words, ruling lines, fills and pictures: the first reading of every table page.

Comes in: a PDF and page numbers. Goes out: Pages, upright; a page that carries much sideways text gives a second,
turned Page.
Which pages are worth reading, and scans, are left to the other readers.
"""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException
from pdfplumber.utils.text import extract_words

from auditable.line_numbers import without_line_numbers
from auditable.model import AuditableError, Box, Fill, Page, Rule, Word
from auditable.readers.composed import clean_text, compose_characters
from auditable.readers.page_objects import PageObjects, read_objects
from auditable.readers.page_text import EDGE_PT, FIGURES
from auditable.readers.page_weight import PARSE_FAILURES
from auditable.readers.pdf_file import read_pdf_bytes
from auditable.suspects import CODE

RULE_THICKNESS_PT = 2.0
"""A filled rectangle thinner than this is a ruling line, not shading."""
MIN_FILL_PT = 3.0
MIN_RULE_LENGTH_PT = 4.0
WORD_GAP_EM = 0.115
"""White gap, in parts of the font size, that parts two words; a tight printed space is 0.14, a wide one 0.33."""
MIN_TURNED_CHARACTERS = 120
"""So many sideways characters make a turned reading worth while: a sideways table, not an axis label."""
DOUBLE_PRINT_PT = 0.6
ACCENT_KINDS = ("Mn", "Mc", "Me", "Sk")
"""Kinds of characters that have no width of their own in a sound font."""
TILE_PT = 4.0
LEADER_CHARACTERS, MIN_LEADER_CHARACTERS = "._-–—‐…=", 15
"""So many of these in a row are a line drawn with the keyboard; a blank to be filled in is shorter."""
WHITE = "#ffffff"
RAISED_SIZE = 0.86
RAISED_SHIFT = 0.12
BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-bd", "medi", ".b", "cmbx")
ITALIC_NAMES = ("ital", "obli", "slant", "-it", ".i", "cmti")

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pages(pdf_path: Path, page_numbers: Sequence[int]) -> list[Page]:
    """The given pages, in order, each as seen upright; a mostly or partly sideways page follows again, turned.

    Raises AuditableError for a file that is no PDF, or of which this parser does not see or follow a page. Bytes before
    the PDF's own header, over which pdfplumber would see no pages and no error, are cut.
    """
    if not page_numbers:
        return []
    sheets, pages = _sheets(pdf_path, page_numbers[0]), []
    for number in page_numbers:
        if number > len(sheets):
            raise _unreadable(pdf_path, number, f"{len(sheets)} pages")
        sheet = sheets[number - 1]
        try:
            pages.extend(without_line_numbers(p) for p in _read_page(sheet, number))
        except PdfminerException as error:
            raise _unreadable(pdf_path, number, str(error) or repr(error)) from error
        sheet.close()
    return pages


def _sheets(pdf_path: Path, first: int) -> list[PlumberPage]:
    """All pages as pdfplumber holds them, none of them parsed. first: the page that is named where one is broken."""
    data = io.BytesIO(read_pdf_bytes(pdf_path))
    try:
        return pdfplumber.open(data).pages
    except (PdfminerException, MalformedPDFException, *PARSE_FAILURES) as error:
        raise _unreadable(pdf_path, first, f"{type(error).__name__}: {error}") from error


def _unreadable(pdf_path: Path, number: int, found: str) -> AuditableError:
    return AuditableError(
        f"page {number} cannot be read word by word", where=str(pdf_path), expected="a whole page", found=found,
        remedy="Open the file in a viewer and save it anew.",
    )  # fmt: skip


def _read_page(page: PlumberPage, number: int) -> Iterator[Page]:
    dx, dy = _crop_offset(page)
    width, height = float(page.cropbox[2] - page.cropbox[0]), float(page.cropbox[3] - page.cropbox[1])
    drawn = read_objects(page)
    chars = _once(_shift(c, dx, dy) for c in drawn.chars)
    chars = [c for c in chars if -EDGE_PT <= c["x0"] <= width + EDGE_PT and -EDGE_PT <= c["top"] <= height + EDGE_PT]
    figures = _figures(chars)
    by_turn: dict[int, list[dict[str, Any]]] = {0: [], 90: [], 270: []}
    for char in chars:
        by_turn[_turn_of(char)].append(char)
    upright, turned = by_turn[0], {turn: by_turn[turn] for turn in (90, 270)}
    rules, fills = _rules_and_fills(drawn, dx, dy)
    upright, dotted = _part_leaders(upright)
    rules += dotted
    pictures = tuple(_box(_shift(i, dx, dy)) for i in drawn.images)
    level, oblique = _words(upright), _words([c for c in upright if not c["upright"]], is_level=False)
    words = {t: _words([_turn_char(c, t, width, height) for c in some]) for t, some in turned.items()}
    back = {t: [_moved(w, _turn_box(w.box, 360 - t, height, width)) for w in words[t]] for t in words}
    if upright or not any(len(t) >= MIN_TURNED_CHARACTERS for t in turned.values()):
        askew = (*oblique, *back[90], *back[270])
        yield Page(number, width, height, level, tuple(rules), tuple(fills), pictures, askew=askew, figures=figures)
    for turn, some in turned.items():
        if len(some) >= MIN_TURNED_CHARACTERS:
            others = (*level, *oblique, *back[360 - turn])
            yield Page(
                number,
                height,
                width,
                words[turn],
                tuple(Rule(_turn_box(r.box, turn, width, height), not r.is_horizontal) for r in rules),
                tuple(Fill(_turn_box(f.box, turn, width, height), f.colour) for f in fills),
                tuple(_turn_box(p, turn, width, height) for p in pictures),
                turn_degrees=turn,
                askew=tuple(_moved(w, _turn_box(w.box, turn, width, height)) for w in others),
                figures=figures,
            )


def _figures(chars: Iterable[dict[str, Any]]) -> str:
    """All figures of the characters, sorted; those of a code that stands for an unknown sign are none."""
    texts = [c["text"] for c in chars]
    return "".join(sorted(s for text in texts if not CODE.fullmatch(text) for s in text if s in FIGURES))


def _moved(word: Word, box: Box) -> Word:
    return replace(word, box=box)


def _once(chars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters without those printed twice in one place (a way to fake bold); pdfplumber's own way is far
    slower."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    out = []
    for char in chars:
        text, x, y = char["text"], char["x0"], char["top"]
        if char["x1"] <= x and unicodedata.category(text[0]) not in ACCENT_KINDS:
            out.append(char)  # a font without widths sets "22" and both points of "1.2 (1.3)" in one place
            continue
        tiles = [
            (text, i, j)
            for i in {_tile(x - DOUBLE_PRINT_PT), _tile(x + DOUBLE_PRINT_PT)}
            for j in {_tile(y - DOUBLE_PRINT_PT), _tile(y + DOUBLE_PRINT_PT)}
        ]
        near = [place for tile in tiles if tile in seen for place in seen[tile]]
        if any(abs(x - u) < DOUBLE_PRINT_PT and abs(y - v) < DOUBLE_PRINT_PT for u, v in near):
            continue
        seen.setdefault((text, _tile(x), _tile(y)), []).append((x, y))
        out.append(char)
    return out


def _tile(place: float) -> int:
    """Which tile of the page a place lies in: double prints are sought in the one or two within reach."""
    return int(place // TILE_PT)


def _crop_offset(page: PlumberPage) -> tuple[float, float]:
    """What to take off pdfplumber's coordinates, which count from the media box: a viewer shows the crop box."""
    return float(page.cropbox[0] - page.mediabox[0]) + float(page.bbox[0]), float(
        page.cropbox[1] - page.mediabox[1]
    ) + float(page.bbox[1])


def _shift(item: dict[str, Any], dx: float, dy: float) -> dict[str, Any]:
    if not dx and not dy:
        return item
    return item | {
        "x0": item["x0"] - dx,
        "x1": item["x1"] - dx,
        "top": item["top"] - dy,
        "bottom": item["bottom"] - dy,
    }


def _box(item: dict[str, Any]) -> Box:
    return Box(float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"]))


def _part_leaders(chars: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Rule]]:
    """The characters without rows of dots or strokes, and these as what they are: lines drawn with the keyboard."""
    runs: list[list[dict[str, Any]]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        goes_on = (
            last is not None
            and last["text"] == char["text"]
            and abs(last["bottom"] - char["bottom"]) < 1
            and -0.5 <= char["x0"] - last["x1"] < char["size"]
        )
        if char["text"] in LEADER_CHARACTERS and goes_on:
            runs[-1].append(char)
        else:
            runs.append([char])
    leaders = [run for run in runs if len(run) >= MIN_LEADER_CHARACTERS]
    taken = {id(c) for run in leaders for c in run}
    boxes = [(run[0]["x0"], run[-1]["x1"], run[0]["bottom"]) for run in leaders]
    rules = [Rule(Box(float(x0), float(y), float(x1), float(y)), is_horizontal=True) for x0, x1, y in boxes]
    return [c for c in chars if id(c) not in taken], rules


def _turn_of(char: dict[str, Any]) -> int:
    """Clockwise turn that makes the character upright: 0, 90 or 270."""
    a, b, c, _d = char["matrix"][:4]
    if abs(a) >= abs(b):
        return 0
    return 90 if b > 0 and c <= 0 else 270


def _turn_box(box: Box, turn: int, width: float, height: float) -> Box:
    if turn == 90:  # the text ran upwards: the page's left edge becomes the top
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    return Box(box.top, width - box.x1, box.bottom, width - box.x0)


def _turn_char(char: dict[str, Any], turn: int, width: float, height: float) -> dict[str, Any]:
    box = _turn_box(_box(char), turn, width, height)
    return char | {
        "x0": box.x0,
        "x1": box.x1,
        "top": box.top,
        "bottom": box.bottom,
        "doctop": box.top,
        "width": box.width,
        "height": box.height,
        "size": box.height,
        "upright": True,
    }


def _words(chars: list[dict[str, Any]], *, is_level: bool = True) -> tuple[Word, ...]:
    """The words of letters that stand upright; is_level False: those of the others, upside down or mirrored."""
    found = extract_words(
        compose_characters(chars),
        x_tolerance_ratio=WORD_GAP_EM,
        y_tolerance=1.5,
        extra_attrs=["size", "fontname"],
        expand_ligatures=True,
    )
    words = [
        Word(
            clean_text(w["text"]),
            _box(w),
            float(w["size"]),
            w["fontname"],
            is_bold=_named(w["fontname"], BOLD_NAMES),
            is_italic=_named(w["fontname"], ITALIC_NAMES),
        )
        for w in found
        if w["text"].strip() and bool(w["upright"]) == is_level
    ]
    return mark_scripts(words)


def _named(font: str, parts: Sequence[str]) -> bool:
    name = font.rsplit("+", maxsplit=1)[-1].lower()
    return any(p in name for p in parts)


def mark_scripts(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, top down and left to right, each told whether it is raised, lowered, or stuck to the word before
    it."""
    ordered = sorted(words, key=lambda w: (w.box.bottom, w.box.x0))
    neighbours = _left_and_right(ordered)
    out = []
    for word, (left, right) in zip(ordered, neighbours, strict=True):
        raised, lowered = False, False
        for other in (left, right):
            if other is None or word.size_pt > RAISED_SIZE * other.size_pt:
                continue
            shift = RAISED_SHIFT * other.size_pt
            raised |= word.box.bottom < other.box.bottom - shift
            lowered |= not raised and word.box.top > other.box.top + 2 * shift
        joins = left is not None and word.box.x0 - left.box.x1 < WORD_GAP_EM * min(word.size_pt, left.size_pt) + 0.1
        out.append(replace(word, is_raised=raised, is_lowered=lowered, joins_previous=joins))
    return tuple(out)


def _left_and_right(words: Sequence[Word]) -> list[tuple[Word | None, Word | None]]:
    """For each word the word that touches it (within 0.4 em) on its left and on its right, in the same line of
    print."""
    edges = [(w.box.x0, w.box.top, w.box.x1, w.box.bottom, w.size_pt) for w in words]
    left: dict[int, Word] = {}
    right: dict[int, Word] = {}
    bands: dict[int, list[int]] = {}
    for i in sorted(range(len(words)), key=lambda i: edges[i][0]):
        x0, top, _, bottom, size = edges[i]
        height = bottom - top
        first, last = int(top // 6), int(bottom // 6)
        best, reached = None, -inf
        for band in range(first - 1, last + 2):
            for j in reversed(bands[band][-12:] if band in bands else ()):
                _, other_top, other_x1, other_bottom, other_size = edges[j]
                gap = x0 - other_x1
                if not -1.0 <= gap < 0.4 * max(size, other_size) or other_x1 <= reached:
                    continue
                if min(bottom, other_bottom) - max(top, other_top) > 0.2 * min(height, other_bottom - other_top):
                    best, reached = j, other_x1
        if best is not None:
            left[i], right[best] = words[best], words[i]
        for band in range(first, last + 1):
            bands.setdefault(band, []).append(i)
    return [(left.get(i), right.get(i)) for i in range(len(words))]


def _rules_and_fills(drawn: PageObjects, dx: float, dy: float) -> tuple[list[Rule], list[Fill]]:
    rules: list[Rule] = []
    fills: list[Fill] = []
    for line in drawn.lines:
        _add_rule(rules, _box(_shift(line, dx, dy)))
    for rect in [*drawn.rects, *drawn.curves]:
        box = _box(_shift(rect, dx, dy))
        if min(box.width, box.height) <= RULE_THICKNESS_PT:
            _add_rule(rules, box)
            continue
        if rect["is_curve"] and not _is_rectangle(rect):
            continue
        if rect.get("stroke") and _colour(rect.get("stroking_color")) != WHITE and (rect.get("linewidth") or 0) > 0:
            for edge in _edges(box):
                _add_rule(rules, edge)
        colour = _colour(rect.get("non_stroking_color"))
        if rect.get("fill") and min(box.width, box.height) >= MIN_FILL_PT:
            fills.append(Fill(box, colour))
    return rules, _shown(fills)


def _shown(fills: Sequence[Fill]) -> list[Fill]:
    """The fills without white ones: a white band is shading only on a taller tinted ground."""
    tints = np.array([f.box.as_tuple() for f in fills if f.colour != WHITE]).reshape(-1, 4)
    x0, top, x1, bottom = tints.T

    def lies_on_tint(box: Box) -> bool:
        holds = (x0 <= box.x_mid) & (box.x_mid <= x1) & (top <= box.y_mid) & (box.y_mid <= bottom)
        return bool(np.any(holds & (bottom - top > box.height)))

    return [f for f in fills if f.colour != WHITE or lies_on_tint(f.box)]


def _is_rectangle(curve: dict[str, Any]) -> bool:
    points = curve.get("pts") or []
    return bool(points) and all(
        abs(p[0] - q[0]) < 0.5 or abs(p[1] - q[1]) < 0.5 for p, q in pairwise([*points, points[0]])
    )


def _edges(box: Box) -> list[Box]:
    return [
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    ]


def _add_rule(rules: list[Rule], box: Box) -> None:
    if box.height <= RULE_THICKNESS_PT and box.width >= MIN_RULE_LENGTH_PT:
        rules.append(Rule(box, is_horizontal=True))
    elif box.width <= RULE_THICKNESS_PT and box.height >= MIN_RULE_LENGTH_PT:
        rules.append(Rule(box, is_horizontal=False))


def _colour(colour: Any) -> str:
    """The colour as #rrggbb; a pattern or an unknown colour space counts as mid grey."""
    if colour is None:
        return "#000000"
    parts = list(colour) if isinstance(colour, tuple | list) else [colour]
    if not parts or not all(isinstance(p, int | float) for p in parts):
        return "#808080"
    if len(parts) == 4:
        c, m, y, k = parts
        parts = [(1 - v) * (1 - k) for v in (c, m, y)]
    if len(parts) == 1:
        parts = parts * 3
    return "#" + "".join(f"{min(255, max(0, int(p * 255 + 0.5))):02x}" for p in parts[:3])
