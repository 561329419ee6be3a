"""Tables drawn on PDF pages by reportlab: what goes in is what a reader must get out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

PAGE = (595.0, 790.0)
SIZE = 8.0


@dataclass
class Style:
    """How a table is printed; positions in points from the top left."""

    rules: str = "booktabs"  # booktabs | none | rows | grid
    zebra: bool = False
    indent: float = 10.0
    bold_groups: bool = False
    top: float = 120.0
    left: float = 60.0
    widths: tuple[float, ...] = (190.0, 110.0, 110.0)
    leading: float = 12.0
    caption: str = "Table 1. Baseline characteristics."
    caption_below: bool = False
    body: bool = True
    note: str = ""


@dataclass
class Drawn:
    """head: levels of (text, first column, last column); rows: (depth, label, cells)."""

    head: list[list[tuple[str, int, int]]]
    rows: list[tuple[int, str, list[str]]]
    style: Style = field(default_factory=Style)


def draw(path: Path, *tables: Drawn) -> Path:
    """Each table on a page of its own, with running text above and below it."""
    canvas = Canvas(str(path), pagesize=PAGE, invariant=1)
    for drawn in tables:
        draw_page(canvas, drawn)
        canvas.showPage()
    canvas.save()
    return path


def draw_page(canvas: Canvas, drawn: Drawn) -> None:
    style = drawn.style
    if style.body:
        _prose(canvas, 40, 5)
        _prose(canvas, style.top + 60 + style.leading * (len(drawn.rows) + len(drawn.head)) + 40, 12)
    edges = [style.left]
    for width in style.widths:
        edges.append(edges[-1] + width)
    canvas.setFont("Helvetica-Bold", SIZE)
    height = 8 + style.leading * (len(drawn.rows) + len(drawn.head)) + 14
    canvas.drawString(style.left, PAGE[1] - style.top - (height if style.caption_below else 0), style.caption)
    y = style.top + 8
    _rule(canvas, style, edges, y)
    for level, labels in enumerate(drawn.head):
        canvas.setFont("Helvetica-Bold", SIZE)
        for text, first, last in labels:
            if first == 0:
                canvas.drawString(edges[0] + 2, PAGE[1] - y - 9, text)
            else:
                canvas.drawCentredString((edges[first] + edges[last + 1]) / 2, PAGE[1] - y - 9, text)
            if last > first and level + 1 < len(drawn.head) and style.rules != "none":
                _line(canvas, edges[first] + 4, edges[last + 1] - 4, y + style.leading)
        y += style.leading
    _rule(canvas, style, edges, y)
    for k, (depth, label, cells) in enumerate(drawn.rows):
        if style.zebra and k % 2:
            canvas.setFillColor(HexColor("#e8eef4"))
            canvas.rect(edges[0], PAGE[1] - y - style.leading, edges[-1] - edges[0], style.leading, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
        is_group = not any(cells)
        canvas.setFont("Helvetica-Bold" if is_group and style.bold_groups else "Helvetica", SIZE)
        canvas.drawString(edges[0] + 2 + depth * style.indent, PAGE[1] - y - 9, label)
        canvas.setFont("Helvetica", SIZE)
        for c, text in enumerate(cells):
            canvas.drawCentredString((edges[c + 1] + edges[c + 2]) / 2, PAGE[1] - y - 9, text)
        y += style.leading
        if style.rules in ("rows", "grid"):
            _line(canvas, edges[0], edges[-1], y)
    if style.rules in ("booktabs", "rows", "grid"):
        _line(canvas, edges[0], edges[-1], y)
    if style.rules == "grid":
        for x in edges:
            canvas.line(x, PAGE[1] - style.top - 8, x, PAGE[1] - y)
    if style.note:
        canvas.setFont("Helvetica", SIZE - 1.5)
        canvas.drawString(edges[0], PAGE[1] - y - 9, style.note)


def _rule(canvas: Canvas, style: Style, edges: list[float], y: float) -> None:
    if style.rules != "none":
        _line(canvas, edges[0], edges[-1], y)


def _line(canvas: Canvas, x0: float, x1: float, y: float) -> None:
    canvas.setLineWidth(0.5)
    canvas.line(x0, PAGE[1] - y, x1, PAGE[1] - y)


def _prose(canvas: Canvas, top: float, lines: int) -> None:
    canvas.setFont("Times-Roman", 10)
    for k in range(lines):
        canvas.drawString(
            60,
            PAGE[1] - top - 12 * k,
            "The patients of this cohort were followed for as long as they came to the clinic.",
        )
