"""A plain table with its caption and notes as one thing to be placed on a page, whole or in pieces.

The tables are simple on purpose: what goes wrong with them is finding, captions, notes or the joining of pieces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from random import Random

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.printed import words
from tests.printed.content import Node, PrintedCell, PrintedHead, PrintedRow, PrintedTable, flatten, inherit_marks
from tests.printed.furniture import draw_lines
from tests.printed.ink import draw_notes, draw_table
from tests.printed.setting import TooWideError, set_table
from tests.printed.style import InkStyle

LONG_NOTE = (
    "Percentages are of the patients with data at that visit; patients who withdrew before the first dose of the study "
    "drug were not counted, and those lost to follow-up were counted until the day of their last visit."
)


@dataclass(frozen=True)
class CaptionStyle:
    """How a journal prints captions. form: the label with {n}; place: above | below | beside."""

    form: str = "Table {n}. "
    place: str = "above"
    own_line: bool = False
    font: str = "Helvetica-Bold"
    text_font: str = "Helvetica"
    size_pt: float = 8.0
    is_centred: bool = False

    def label(self, number: str) -> str:
        """The label as a reader must give it: without what parts it from the text, letter-spacing undone."""
        text = self.form.format(n=number).rstrip(" .:|—")
        return text.replace("T A B L E", "TABLE")


@dataclass(frozen=True)
class PlacedTable:
    """One table to print. frame: "" | "frame" | "tint"; again: the label of later pieces, "" for none."""

    table: PrintedTable
    style: InkStyle
    caption: CaptionStyle
    number: str
    text: str
    frame: str = ""
    repeats_head: bool = True
    again: str = ""
    notes_everywhere: bool = False
    says_continued: bool = False
    is_captioned: bool = True
    heading: str = ""

    def draw(
        self, canvas: Canvas, x: float, top: float, width: float, first: int = 0, last: int | None = None
    ) -> float:
        """The rows first..last with what belongs to them; returns the bottom."""
        if not self.frame:
            return self._draw(canvas, x, top, width, first, last)
        pad = 6.0
        page_height = float(canvas._pagesize[1])
        scratch = Canvas(BytesIO(), pagesize=(2000, 6000))
        bottom = self._draw(scratch, x + pad, top + pad, width - 2 * pad, first, last) + pad
        canvas.setFillColor(HexColor("#eef2e8"))
        canvas.setStrokeColor(HexColor("#000000"))
        canvas.setLineWidth(0.6)
        is_frame = self.frame == "frame"
        canvas.rect(x, page_height - bottom, width, bottom - top, stroke=int(is_frame), fill=int(not is_frame))
        self._draw(canvas, x + pad, top + pad, width - 2 * pad, first, last)
        return bottom

    def height(self, width: float, first: int = 0, last: int | None = None) -> float:
        """How high it stands in a width."""
        return self.draw(Canvas(BytesIO(), pagesize=(2000, 6000)), 0.0, 0.0, width, first, last)

    def _draw(self, canvas: Canvas, x: float, top: float, width: float, first: int, last: int | None) -> float:
        canvas.setFillColor(HexColor("#000000"))
        canvas.setStrokeColor(HexColor("#000000"))
        side = 0.26 * width if self.caption.place == "beside" and self.is_captioned else 0.0
        y = top
        if self.heading and not self.is_captioned:
            y = draw_lines(canvas, self.heading, x, y, width, "Helvetica-Bold", 8.5) + 4
        if self.is_captioned and self.caption.place in ("above", "beside"):
            bottom = self._draw_caption(canvas, x, y, side - 10 if side else width, first)
            y = y if side else bottom + (4 if bottom > y else 0)
        with_head = first == 0 or self.repeats_head
        y = draw_table(canvas, self.table, self.style, x + side, y, width - side, first, last, with_head)
        is_last = last is None or last >= len(self.table.rows)
        if self.says_continued and not is_last:
            canvas.setFont("Helvetica-Oblique", 7)
            canvas.drawRightString(x + width, float(canvas._pagesize[1]) - y - 9, "(Continued)")
            y += 10
        if is_last or self.notes_everywhere:
            y = draw_notes(canvas, self.table, self.style, x + side, y, width - side)
        if self.is_captioned and self.caption.place == "below":
            y = self._draw_caption(canvas, x, y + 5, width, first)
        return y

    def _draw_caption(self, canvas: Canvas, x: float, top: float, width: float, first: int) -> float:
        style = self.caption
        label, text = style.form.format(n=self.number), self.text
        if first:
            if not self.again:
                return top
            label, text = self.again.format(label=label.rstrip(" .:|"), full=label + text), ""
        if style.own_line and text:
            bottom = self._caption_line(canvas, label.rstrip(), x, top, width, style.font)
            return self._caption_line(canvas, text, x, bottom, width, style.text_font)
        if not text:
            return self._caption_line(canvas, label.rstrip(), x, top, width, style.font)
        return _draw_led(canvas, label, text, x, top, width, style)

    def _caption_line(self, canvas: Canvas, text: str, x: float, top: float, width: float, font: str) -> float:
        size = self.caption.size_pt
        if self.caption.is_centred and canvas.stringWidth(text, font, size) < width:
            x += (width - canvas.stringWidth(text, font, size)) / 2
        return draw_lines(canvas, text, x, top, width, font, size)


def _draw_led(canvas: Canvas, label: str, text: str, x: float, top: float, width: float, style: CaptionStyle) -> float:
    """A label in its own font and the text behind it, in lines."""
    size = style.size_pt
    blank = canvas.stringWidth(" ", style.text_font, size)
    at, y = x, top + size
    page_height = float(canvas._pagesize[1])
    for font, part in ((style.font, label), (style.text_font, text)):
        for word in part.split():
            wide = canvas.stringWidth(word, font, size)
            if at + wide > x + width and at > x:
                at, y = x, y + 1.2 * size
            canvas.setFont(font, size)
            canvas.drawString(at, page_height - y, word)
            at += wide + blank
        at += 0.3 * size
    return y + 0.2 * size


def plain_table(rng: Random, n_columns: int, n_rows: int, *, with_notes: bool) -> PrintedTable:
    """Rows, some set in under a group; values of one form a row; none of its texts has to wrap."""
    arms = [
        f"{a} (n = {rng.randint(20, 400)})"
        for a in rng.sample(["Active", "Control", "Total", "Women", "Men"], n_columns)
    ]
    head = [PrintedHead(rng.choice(["Characteristic", "Variable", "Event"]), 0, 0)]
    head += [PrintedHead(a, k + 1, k + 1) for k, a in enumerate(arms)]
    singles = [w for w in (*words.YES_NO, *words.MEASURES) if len(w) <= 24 and w.isascii()]
    groups = [g for g in words.GROUPS if max(map(len, (g[0], *g[1]))) <= 26 and "≥" not in "".join(g[1])]
    forms = {
        "pct": lambda: f"{rng.randint(3, 99)} ({rng.uniform(1, 99):.1f})",
        "mean": lambda: f"{rng.uniform(10, 90):.1f} ± {rng.uniform(1, 9):.1f}",
        "range": lambda: f"{rng.randint(40, 70)} ({rng.randint(18, 39)}–{rng.randint(71, 95)})",
        "ratio": lambda: f"{rng.uniform(0.4, 2):.2f}",
    }

    def values() -> list[str]:
        form = forms[rng.choice(list(forms))]
        return [form() for _ in range(n_columns)]

    nodes: list[Node] = []
    names, kinds = rng.sample(singles, min(len(singles), n_rows)), rng.sample(groups, min(len(groups), n_rows))
    count = 0
    while count < n_rows and names and kinds:
        if rng.random() < 0.5:
            nodes.append(Node(names.pop(), values()))
            count += 1
        else:
            label, children = kinds.pop()
            nodes.append(Node(label, [""] * n_columns, "group", [Node(c, values()) for c in children]))
            count += 1 + len(children)
    rows = flatten(nodes)
    notes: list[tuple[str, str]] = []
    if with_notes:
        if rng.random() < 0.5:
            notes.append(("", rng.choice([*words.GENERAL_NOTES, LONG_NOTE])))
        if rng.random() < 0.6 or not notes:
            mark = rng.choice(["a", "*", "†"])
            k = rng.randrange(len(rows))
            marked = replace(rows[k], labels=(PrintedCell(rows[k].labels[0].text, (mark,)),))
            rows[k] = marked
            notes.append((mark, rng.choice([*words.NOTE_TEXTS, LONG_NOTE])))
    return PrintedTable("", "", (tuple(head),), inherit_marks(list[PrintedRow](rows)), tuple(notes), 1)


def plain_style(rng: Random) -> InkStyle:
    """A style that is read without doubt."""
    rules = rng.choice(["booktabs", "booktabs", "rows", "grid", "none"])
    return InkStyle(
        family=rng.choice(["Helvetica", "Helvetica", "Times", "DejaVuSans"]),
        size_pt=rng.choice([6.5, 7.0, 7.5, 8.0, 8.5]),
        rules=rules,
        rule_ink=rng.choice(["lines", "rects", "by cell"]),
        zebra="#e8e8e8" if rules in ("booktabs", "none") and rng.random() < 0.2 else "",
        head_tint="#d0d8e4" if rng.random() < 0.2 else "",
        cue=rng.choice(["indent", "indent, bold"]),
        row_gap=rng.choice([0.2, 0.4, 0.6]),
        align=rng.choice(["left", "centre"]),
        head_gap=1.0 if rules == "none" else 0.4,
        note_scale=rng.choice([0.85, 0.9, 1.0]),
    )


def fits(table: PrintedTable, style: InkStyle, width: float) -> bool:
    """Whether the table stands in the width with every text on one line."""
    try:
        laid = set_table(table, style, width - style.size_pt)
    except TooWideError:
        return False
    texts = [t for labels, cells in laid.rows for t in (*labels, *cells)] + [
        t for level in laid.heads for _, t in level
    ]
    return all(len(t.lines) <= 1 for t in texts)
