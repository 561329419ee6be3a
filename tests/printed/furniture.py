"""What stands on an article's page and is no table: figures, lists, boxes, equations, running heads, margin notes.

Each block is drawn from its top left corner and says where its bottom is; lengths in points, tops from the page's top.
"""

from __future__ import annotations

import math
from random import Random

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.printed.prose import TextStyle, break_lines, draw_line, sentence

NAMES = ("Okafor A", "Lindqvist B", "Moreau C", "Tanaka D", "Rossi E", "Novak F", "Haddad G", "Silva H", "Byrne I")
JOURNALS = ("Ann Clin Obs", "Eur J Trials", "J Gen Care", "Arch Reg Med")


def _y(canvas: Canvas, top: float) -> float:
    return float(canvas._pagesize[1]) - top


def draw_lines(
    canvas: Canvas, text: str, x: float, top: float, width: float, font: str, size: float, hang: float = 0.0
) -> float:
    """A text in lines, all but the first set in by hang; returns the bottom."""
    y = top
    for k, words in enumerate(break_lines(text, width - hang, font, size)):
        draw_line(canvas, words, x + (hang if k else 0.0), y + size, None, font, size)
        y += 1.2 * size
    return y


def figure_caption(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """Label in bold and two sentences; returns the bottom."""
    form = rng.choice(["Figure {n}. ", "Fig. {n} ", "FIGURE {n} | ", "Figure {n}: "]).format(n=number)
    return draw_lines(canvas, form + sentence(rng) + " " + sentence(rng), x, top, width, "Helvetica", 7.5)


def curve_figure(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """Survival curves with ticks, labels, and numbers at risk under the axis; framed now and then."""
    height = rng.uniform(0.5, 0.7) * width
    left, right, bottom = x + 34, x + width - 8, top + height
    canvas.setStrokeColor(HexColor("#000000"))
    canvas.setFillColor(HexColor("#000000"))
    canvas.setLineWidth(0.6)
    canvas.line(left, _y(canvas, top + 6), left, _y(canvas, bottom))
    canvas.line(left, _y(canvas, bottom), right, _y(canvas, bottom))
    canvas.setFont("Helvetica", 6.5)
    for k in range(6):
        y = bottom - (height - 10) * k / 5
        canvas.line(left - 3, _y(canvas, y), left, _y(canvas, y))
        canvas.drawRightString(left - 5, _y(canvas, y + 2), f"{k * 20}")
    ticks = 5
    for k in range(ticks):
        at = left + (right - left - 10) * k / (ticks - 1)
        canvas.line(at, _y(canvas, bottom), at, _y(canvas, bottom + 3))
        canvas.drawCentredString(at, _y(canvas, bottom + 10), f"{k * 6}")
    for slope in (0.5, 0.9):
        path = canvas.beginPath()
        path.moveTo(left, _y(canvas, top + 10))
        for k in range(1, 25):
            at = left + (right - left - 10) * k / 24
            path.lineTo(at, _y(canvas, bottom - (height - 16) * math.exp(-slope * k / 8)))
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.drawCentredString((left + right) / 2, _y(canvas, bottom + 19), "Months since randomisation")
    y = bottom + 30
    canvas.setFont("Helvetica-Bold", 6.5)
    canvas.drawString(x, _y(canvas, y), "No. at risk")
    canvas.setFont("Helvetica", 6.5)
    if rng.random() < 0.5:
        canvas.line(x, _y(canvas, y + 2.5), right, _y(canvas, y + 2.5))
    for arm in ("Active", "Control"):
        y += 9
        canvas.drawString(x, _y(canvas, y), arm)
        n = rng.randint(150, 400)
        for k in range(ticks):
            at = left + (right - left - 10) * k / (ticks - 1)
            canvas.drawCentredString(at, _y(canvas, y), str(n))
            n -= rng.randint(10, 35)
    y += 6
    if rng.random() < 0.5:
        for rule in (top, y):
            canvas.line(x, _y(canvas, rule), x + width, _y(canvas, rule))
    return figure_caption(canvas, rng, number, x, y + 4, width)


def flow_figure(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """Boxes with counts and lines between them."""
    canvas.setStrokeColor(HexColor("#000000"))
    canvas.setFillColor(HexColor("#000000"))
    canvas.setLineWidth(0.6)
    n = rng.randint(200, 900)
    box = 0.42 * width
    levels = [
        [("Assessed for eligibility", n)],
        [("Allocated to active", n // 3), ("Allocated to control", n // 3)],
        [("Analysed", n // 3 - 9), ("Analysed", n // 3 - 12)],
    ]
    y = top
    for level in levels:
        for k, (text, count) in enumerate(level):
            left = x + (width - box) / 2 if len(level) == 1 else x + k * (width - box)
            canvas.rect(left, _y(canvas, y + 28), box, 28, stroke=1, fill=0)
            canvas.setFont("Helvetica", 6.5)
            canvas.drawCentredString(left + box / 2, _y(canvas, y + 11), text)
            canvas.drawCentredString(left + box / 2, _y(canvas, y + 21), f"(n = {count})")
            canvas.line(left + box / 2, _y(canvas, y + 28), left + box / 2, _y(canvas, y + 40))
        y += 40
    return figure_caption(canvas, rng, number, x, y + 4, width)


def bar_figure(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """Two panels of bars in a ruled frame, each bar with its value; captioned over or under the frame."""
    is_over = rng.random() < 0.3
    if is_over:
        top = figure_caption(canvas, rng, number, x, top, width) + 4
    height = 0.45 * width
    canvas.setStrokeColor(HexColor("#000000"))
    canvas.setLineWidth(0.6)
    canvas.rect(x, _y(canvas, top + height + 14), width, height + 14, stroke=1, fill=0)
    for panel in (0, 1):
        left = x + 10 + panel * width / 2
        bottom = top + height
        canvas.setFont("Helvetica", 6)
        for k in range(5):
            y = bottom - (height - 14) * k / 4
            canvas.setFillColor(HexColor("#000000"))
            canvas.drawString(left, _y(canvas, y + 2), f"{k * 25}")
            canvas.line(left + 12, _y(canvas, y), left + width / 2 - 20, _y(canvas, y))
        for k in range(3):
            tall = rng.uniform(0.2, 0.9) * (height - 14)
            at = left + 16 + k * (width / 2 - 40) / 3
            canvas.setFillColor(HexColor("#7a9cc6"))
            canvas.rect(at, _y(canvas, bottom), 12, tall, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
            canvas.drawString(at, _y(canvas, bottom - tall - 2), f"{rng.uniform(5, 95):.1f}")
            canvas.drawString(at, _y(canvas, bottom + 8), f"G{k + 1}")
    y = top + height + 18
    return y if is_over else figure_caption(canvas, rng, number, x, y, width)


def references(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """A numbered list of five to nine references in small print."""
    canvas.setFillColor(HexColor("#000000"))
    y = top
    if rng.random() < 0.6:
        draw_line(canvas, ["References"], x, y + 9, None, "Helvetica-Bold", 9)
        y += 14
    for k in range(rng.randint(5, 9)):
        names = ", ".join(rng.sample(NAMES, 3))
        text = (
            f"{names}, et al. {sentence(rng)[:70]}. {rng.choice(JOURNALS)} {rng.randint(1998, 2024)};"
            f"{rng.randint(1, 390)}:{rng.randint(100, 999)}–{rng.randint(10, 99)}."
        )
        canvas.setFont("Helvetica", 7)
        canvas.drawRightString(x + 12, _y(canvas, y + 7), f"{k + 1 + number * 10}.")
        y = draw_lines(canvas, text, x + 17, y, width - 17, "Helvetica", 7) + 1
    return y


def author_list(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """Names with raised numbers, then their numbered addresses."""
    canvas.setFillColor(HexColor("#000000"))
    names = rng.sample(NAMES, 6)
    at, y = x, top + 9
    for k, name in enumerate(names):
        if at + 60 > x + width:
            at, y = x, y + 12
        canvas.setFont("Helvetica", 8.5)
        canvas.drawString(at, _y(canvas, y), name)
        at += canvas.stringWidth(name, "Helvetica", 8.5)
        canvas.setFont("Helvetica", 5.5)
        canvas.drawString(at, _y(canvas, y - 3), str(k % 3 + 1))
        at += 10
    y += 6
    for k in range(3):
        text = (
            f"{k + 1} Department of Medicine, University Hospital {NAMES[k]}, {10000 + 137 * k} Town, Country {number}"
        )
        y = draw_lines(canvas, text, x, y, width, "Helvetica", 7)
    return y


def key_points(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """A tinted or framed box with a heading and bulleted sentences."""
    texts = [sentence(rng) for _ in range(rng.randint(2, 4))]
    height = 22 + sum(1.2 * 8 * len(break_lines(t, width - 30, "Helvetica", 8)) + 3 for t in texts)
    if rng.random() < 0.5:
        canvas.setFillColor(HexColor(rng.choice(["#eaf1f7", "#f4efe6"])))
        canvas.rect(x, _y(canvas, top + height), width, height, stroke=0, fill=1)
    else:
        canvas.setStrokeColor(HexColor("#000000"))
        canvas.setLineWidth(0.6)
        canvas.rect(x, _y(canvas, top + height), width, height, stroke=1, fill=0)
    canvas.setFillColor(HexColor("#000000"))
    draw_line(canvas, ["Key", "points"], x + 8, top + 14, None, "Helvetica-Bold", 8.5)
    y = top + 20
    for text in texts:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(x + 8, _y(canvas, y + 8), "•")
        y = draw_lines(canvas, text, x + 18, y, width - 30, "Helvetica", 8) + 3
    return top + height


def equation(canvas: Canvas, rng: Random, number: int, x: float, top: float, width: float) -> float:
    """A formula in the middle of the line, its number at the right."""
    canvas.setFillColor(HexColor("#000000"))
    canvas.setFont("Times-Italic", 10)
    canvas.drawCentredString(x + width / 2, _y(canvas, top + 14), "risk = 1 − exp(−0.12 × age − 1.4 × score)")
    canvas.setFont("Times-Roman", 10)
    canvas.drawRightString(x + width, _y(canvas, top + 14), f"({number + 1})")
    return top + 20


BLOCKS = (curve_figure, flow_figure, bar_figure, references, author_list, key_points, equation)


class PageHabits:
    """What a journal prints around its pages; the same on every page of a paper."""

    def __init__(self, rng: Random) -> None:
        self.running_head = rng.choice(["", "Trial of an invented drug", "ORIGINAL ARTICLE"])
        self.head_rule = rng.random() < 0.5
        self.foot_rule = rng.random() < 0.4
        self.margin_note = rng.choice(["", "", "up", "down"])
        self.line_numbers = rng.random() < 0.1


def page_furniture(
    canvas: Canvas, style: TextStyle, habits: PageHabits, number: int, size: tuple[float, float]
) -> None:
    """Running head, page number, margin note, line numbers, as the journal's habits are. size: width and height."""
    width, height = size
    canvas.setFillColor(HexColor("#444444"))
    canvas.setStrokeColor(HexColor("#444444"))
    canvas.setLineWidth(0.6)
    canvas.setFont("Helvetica", 7.5)
    if habits.running_head:
        canvas.drawString(40, _y(canvas, 26), "Okafor et al")
        canvas.drawRightString(width - 40, _y(canvas, 26), habits.running_head)
        if habits.head_rule:
            canvas.line(40, _y(canvas, 30), width - 40, _y(canvas, 30))
    canvas.drawString(40, _y(canvas, height - 22), "Eur J Trials 2024;14:112")
    canvas.drawRightString(width - 40, _y(canvas, height - 22), str(100 + number))
    if habits.foot_rule:
        canvas.line(40, _y(canvas, height - 34), width - 40, _y(canvas, height - 34))
    if habits.margin_note:
        text = "Downloaded from https://journal.example.org/article/14/112 by University Library user on 3 March 2025"
        canvas.saveState()
        canvas.translate(width - 14, _y(canvas, height / 2))
        canvas.rotate(90 if habits.margin_note == "up" else -90)
        canvas.setFont("Helvetica", 7)
        canvas.drawCentredString(0, 0, text + " under licence terms that apply to all")
        canvas.restoreState()
    if habits.line_numbers:
        canvas.setFont("Helvetica", 6)
        y, k = 60.0, 1
        while y < height - 50:
            canvas.drawRightString(30, _y(canvas, y), str(k + 60 * number))
            y, k = y + style.leading_pt, k + 1
    canvas.setFillColor(HexColor("#000000"))
    canvas.setStrokeColor(HexColor("#000000"))
