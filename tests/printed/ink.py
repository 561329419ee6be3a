"""A PrintedTable in an InkStyle → ink on a reportlab canvas. Lengths in points, tops counted from the page's top."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.printed.content import PrintedHead, PrintedTable
from tests.printed.setting import (
    Chunk,
    SetTable,
    SetText,
    chunks_of,
    is_parent,
    line_width,
    mark_runs,
    set_table,
    set_text,
)
from tests.printed.style import InkStyle, random_style

__all__ = ["InkStyle", "draw_caption", "draw_notes", "draw_table", "random_style"]

RULE_PT = 0.5
PAD_EM = 0.3
WHITE_CUE_EM = 0.9


class _Pen:
    """Draws in points from the top left; style tells what a rule is made of."""

    def __init__(self, canvas: Canvas, style: InkStyle) -> None:
        self.canvas, self.style = canvas, style
        self.height = float(canvas._pagesize[1])

    def text(self, x: float, base: float, lines: SetText, i: int, colour: str = "#000000") -> None:
        """Line i of a set text with its left edge at x and its base line at base."""
        self.canvas.setFillColor(HexColor(colour))
        for chunk in lines.lines[i][1]:
            for run in chunk:
                self.canvas.setFont(run.font, run.size_pt)
                self.canvas.drawString(x, self.height - base + run.rise_pt, run.text)
                x += run.width_pt
            x += lines.blank_pt

    def fill(self, x0: float, top: float, x1: float, bottom: float, colour: str) -> None:
        """A shaded band."""
        self.canvas.setFillColor(HexColor(colour))
        self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=0, fill=1)

    def across(self, y: float, edges: Sequence[float]) -> None:
        """A horizontal rule over neighbouring cells with these edges."""
        parts = list(pairwise(edges)) if self.style.rule_ink == "by cell" else [(edges[0], edges[-1])]
        for a, b in parts:
            self._stroke(a, y, b, y)

    def down(self, x: float, top: float, bottom: float) -> None:
        """A vertical rule."""
        self._stroke(x, top, x, bottom)

    def _stroke(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.style.rule_ink == "rects":
            self.canvas.setFillColor(HexColor("#000000"))
            self.canvas.rect(x0, self.height - y1, max(x1 - x0, RULE_PT), max(y1 - y0, RULE_PT), stroke=0, fill=1)
        else:
            self.canvas.setLineWidth(RULE_PT)
            self.canvas.line(x0, self.height - y0, x1, self.height - y1)


class _Drawing:
    """One table being drawn: its set texts, edges of cells, pen."""

    def __init__(self, canvas: Canvas, table: PrintedTable, style: InkStyle, x0: float, width: float) -> None:
        self.table, self.style, self.pen = table, style, _Pen(canvas, style)
        self.pad = PAD_EM * style.size_pt
        self.laid: SetTable = set_table(table, style, width - 2 * self.pad)
        self.columns = [(x0 + self.pad + a, x0 + self.pad + b) for a, b in self.laid.columns]
        inner = [(a[1] + b[0]) / 2 for a, b in zip(self.columns, self.columns[1:], strict=False)]
        self.edges = [x0, *inner, x0 + self.laid.width_pt + 2 * self.pad]
        self.leading = style.leading * style.size_pt
        self.gap = style.row_gap * style.size_pt
        if style.rules in ("grid", "rows") or style.zebra or style.group_tint or style.head_tint or style.cue == "tint":
            self.gap = max(self.gap, 0.3 * style.size_pt)

    def lines(
        self, text: SetText, column: int, top: float, n_lines: int, valign: str, align: str, last: int, colour: str
    ) -> None:
        """A set text in the cells column..last of a row of n_lines."""
        left, right = self.columns[column][0], self.columns[last][1]
        free = n_lines - len(text.lines)
        shift = {"top": 0.0, "middle": free / 2, "bottom": float(free)}[valign]
        for i, (x, chunks) in enumerate(text.lines):
            base = top + self.gap / 2 + (shift + i + 0.5) * self.leading + 0.27 * self.style.size_pt
            slack = right - left - x - line_width(chunks, text.blank_pt)
            place = {"left": left, "centre": left + slack / 2, "right": left + slack}[align]
            self.pen.text(place + x, base, text, i, colour)

    def head(self, top: float) -> float:
        """Draws the boxhead; returns its bottom."""
        style, table = self.style, self.table
        n_last = len(self.laid.heads) - 1
        heights = [max(len(t.lines) for _, t in level) * self.leading + self.gap for level in self.laid.heads]
        tops = [top + sum(heights[:i]) for i in range(n_last + 2)]
        bottom = tops[-1] + (style.head_gap * style.size_pt if style.rules in ("none", "booktabs", "columns") else 0.0)
        if style.head_tint:
            self.pen.fill(self.edges[0], top, self.edges[-1], bottom, style.head_tint)
        colour = "#ffffff" if style.head_tint == "#1f4e79" else "#000000"
        covered = {k for level in table.head[:-1] for h in level for k in range(h.first, h.last + 1)}
        for i, level in enumerate(self.laid.heads):
            for head, text in level:
                from_top = i == n_last and head.first not in covered and n_last > 0
                at = tops[0] if from_top else tops[i]
                room = tops[i + 1] - at
                n_lines = int((room - self.gap) / self.leading + 0.01)
                is_spanner = head.last > head.first
                align = self._head_align(head)
                self.lines(text, head.first, at, n_lines, style.head_valign, align, head.last, colour)
                if style.rules == "grid":
                    self._cell_frame(head, at, bottom if i == n_last else tops[i + 1])
                elif is_spanner and style.spanner_rules and style.rules != "none":
                    trim = 0.35 * style.column_gap * style.size_pt
                    edges = [
                        self.edges[head.first] + trim,
                        *self.edges[head.first + 1 : head.last + 1],
                        self.edges[head.last + 1] - trim,
                    ]
                    self.pen.across(tops[i + 1], edges)
        return bottom

    def _head_align(self, head: PrintedHead) -> str:
        if head.last < self.table.n_stub:
            return "left"
        if head.last > head.first:
            ruled = self.style.spanner_rules and self.style.rules not in ("none",)
            return self.style.head_align if ruled or self.style.rules == "grid" else "centre"
        return self.style.head_align

    def _cell_frame(self, head: PrintedHead, top: float, bottom: float) -> None:
        edges = self.edges[head.first : head.last + 2]
        self.pen.across(top, edges)
        for x in (edges[0], edges[-1]):
            self.pen.down(x, top, bottom)

    def row_heights(self, rows: range) -> list[float]:
        """Heights of the rows, white above groups included."""
        out = []
        for k in rows:
            labels, cells = self.laid.rows[k]
            n = max(len(t.lines) for t in (*labels, *cells))
            white = WHITE_CUE_EM * self.style.size_pt if self._opens_white(k) and k > rows.start else 0.0
            out.append(n * self.leading + self.gap + white)
        return out

    def _opens_white(self, k: int) -> bool:
        return self.style.cue == "white" and is_parent(self.table, k)

    def body(self, rows: range, top: float) -> float:
        """Draws rows; returns the bottom."""
        heights = self.row_heights(rows)
        tops = [top + sum(heights[:i]) for i in range(len(heights) + 1)]
        for i, k in enumerate(rows):
            self._shade(k, i, tops[i], tops[i + 1])
        for i, k in enumerate(rows):
            labels, cells = self.laid.rows[k]
            n_lines = max(len(t.lines) for t in (*labels, *cells))
            at = tops[i + 1] - n_lines * self.leading - self.gap
            for s, text in enumerate(labels):
                if s == 0 and self.style.merge_stub and self.table.n_stub > 1:
                    self._merged_label(k, rows, tops)
                else:
                    self.lines(text, s, at, n_lines, self.style.valign, "left", s, "#000000")
            for c, text in enumerate(cells):
                self._cell(text, c, at, n_lines)
            if i:
                self._rule_over(k, tops[i])
        return tops[-1]

    def _shade(self, k: int, i: int, top: float, bottom: float) -> None:
        if self.style.zebra and i % 2:
            self.pen.fill(self.edges[0], top, self.edges[-1], bottom, self.style.zebra)
        if self.style.group_tint and is_parent(self.table, k):
            self.pen.fill(self.edges[0], top, self.edges[-1], bottom, self.style.group_tint)

    def _merged_label(self, k: int, rows: range, tops: Sequence[float]) -> None:
        if not self.table.rows[k].labels[0].text:
            return
        end = next((j for j in range(k + 1, rows.stop) if self.table.rows[j].labels[0].text), rows.stop)
        top, bottom = tops[k - rows.start], tops[end - rows.start]
        text = self.laid.rows[k][0][0]
        room = (bottom - top - self.gap) / self.leading
        shift = top + (room - len(text.lines)) / 2 * self.leading
        self.lines(text, 0, shift, len(text.lines), "top", "left", 0, "#000000")

    def _cell(self, text: SetText, c: int, top: float, n_lines: int) -> None:
        column = self.table.n_stub + c
        align = self.style.align
        if align == "decimal":
            align = "centre"
            anchor = self._anchor(c)
            if anchor is not None and len(text.lines) == 1:
                before = self._before_point(text)
                moved = SetText(((anchor[0] - before, text.lines[0][1]),), text.blank_pt)
                self.lines(moved, column, top, n_lines, self.style.valign, "left", column, "#000000")
                return
        self.lines(text, column, top, n_lines, self.style.valign, align, column, "#000000")

    def _anchor(self, c: int) -> tuple[float, float] | None:
        """Where the decimal points of column c stand, from its left; None where they would not fit."""
        texts = [cells[c] for _, cells in self.laid.rows if cells[c].lines]
        if any(len(t.lines) > 1 for t in texts):
            return None
        before = max(self._before_point(t) for t in texts)
        after = max(t.width_pt - self._before_point(t) for t in texts)
        column = self.columns[self.table.n_stub + c]
        slack = column[1] - column[0] - before - after
        return (before + slack / 2, after) if slack >= -0.6 else None

    def _before_point(self, text: SetText) -> float:
        if not text.lines:
            return 0.0
        runs = [r for chunk in text.lines[0][1][:1] for r in chunk]
        head = re.match(r"[^.·]*", runs[0].text)
        part = head.group() if head else ""
        return runs[0].width_pt if part == runs[0].text else type(runs[0])(part, runs[0].font, runs[0].size_pt).width_pt

    def _rule_over(self, k: int, y: float) -> None:
        row = self.table.rows[k]
        opens = bool(row.labels[0].text)
        merged = self.style.merge_stub and self.table.n_stub > 1 and not opens
        if self.style.rules in ("grid", "rows"):
            self.pen.across(y, self.edges[1:] if merged else self.edges)
        elif self.table.n_stub > 1 and self.style.group_rules and opens and self.style.rules != "none":
            self.pen.across(y, self.edges)


def draw_table(
    canvas: Canvas,
    table: PrintedTable,
    style: InkStyle,
    x0: float,
    top: float,
    width: float,
    first_row: int = 0,
    last_row: int | None = None,
    with_head: bool = True,
) -> float:
    """Draws head and rows first_row..last_row (not included); returns the bottom in points from the page's top.

    Raises TooWideError where the width is too small. The canvas is never turned to a new page.
    """
    drawing = _Drawing(canvas, table, style, x0, width)
    ruled = style.rules != "none"
    y = top
    if ruled:
        drawing.pen.across(y, drawing.edges)
    if with_head:
        y = drawing.head(y)
        if ruled:
            drawing.pen.across(y, drawing.edges)
    body_top = y
    y = drawing.body(range(first_row, len(table.rows) if last_row is None else last_row), y)
    if ruled:
        drawing.pen.across(y, drawing.edges)
    if style.rules == "grid":
        for x in drawing.edges:
            drawing.pen.down(x, body_top, y)
    elif style.rules == "columns":
        for x in drawing.edges[1:-1]:
            drawing.pen.down(x, body_top, y)
    return y


def draw_caption(canvas: Canvas, table: PrintedTable, style: InkStyle, x0: float, top: float, width: float) -> float:
    """The label and the caption in lines; returns the bottom."""
    text = set_text(chunks_of(f"{table.label}. {table.caption}", (), style, "bold"), width, style)
    return _draw_lines(_Pen(canvas, style), text, x0, top, style)


def draw_notes(canvas: Canvas, table: PrintedTable, style: InkStyle, x0: float, top: float, width: float) -> float:
    """The notes, one under the other or run together, in a smaller size; returns the bottom."""
    small = replace(style, size_pt=style.note_scale * style.size_pt, hyphenate=False)
    chunks = [_note_chunks(mark, text, small) for mark, text in table.notes]
    if style.run_notes and chunks:
        chunks = [[c for note in chunks for c in note]]
    y = top + 0.3 * style.size_pt
    for note in chunks:
        y = _draw_lines(_Pen(canvas, small), set_text(note, width, small), x0, y, small)
    return y


def _note_chunks(mark: str, text: str, style: InkStyle) -> list[Chunk]:
    """The words of a note, its mark stuck to the first one."""
    words = chunks_of(text, (), style, "")
    return [(*mark_runs((mark,), style.font(), style), *words[0]), *words[1:]] if mark else words


def _draw_lines(pen: _Pen, text: SetText, x0: float, top: float, style: InkStyle) -> float:
    leading = 1.2 * style.size_pt
    for i in range(len(text.lines)):
        pen.text(x0 + text.lines[i][0], top + (i + 0.8) * leading, text, i)
    return top + len(text.lines) * leading
