"""Whole article pages of one seed, with the truth about their tables: where they stand, their captions, notes, pieces.

A paper is a first page of running text and then pages of one plan each: tables in a column, over all columns, side by
side, turned, continued; among them what is no table. Lengths in points, tops from the page's top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from reportlab.pdfgen.canvas import Canvas

from tests.printed import words
from tests.printed.furniture import BLOCKS, PageHabits, author_list, page_furniture
from tests.printed.placed import CaptionStyle, PlacedTable, fits, plain_style, plain_table
from tests.printed.prose import TextStyle, fill_with_prose, sentence

Block = Callable[[Canvas, float, float, float], float]
"""Draws from (x, top) in a width and returns the bottom."""

LABELS = (
    "Table {n}. ", "Table {n}. ", "Table {n}: ", "TABLE {n} | ", "Table {n} ", "TABLE {n}. ", "Tab. {n}: ",
    "Table S{n}. ", "T A B L E {n} ", "Table {n} — ",
)  # fmt: skip
AGAIN = ("{label} (continued)", "{label}. (Continued)", "{label} Continued", "{full} (continued)", "{full}", "")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
PLANS = (
    "column", "column", "two columns", "wide", "wide", "side by side", "stacked", "uncaptioned", "sideways", "rotated",
    "continued columns", "continued pages", "no table",
)  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """A table as a reader must give it; pages: one per piece."""

    placed: PlacedTable
    label: str
    caption: str
    pages: tuple[int, ...]


class Paper:
    """One paper being printed: the journal's habits, the pages so far, what a reader must find."""

    def __init__(self, path: Path, seed: int) -> None:
        self.rng = Random(seed)
        rng = self.rng
        self.size = rng.choice([(595.0, 790.0), (612.0, 792.0), (595.0, 842.0)])
        self.canvas = Canvas(str(path), pagesize=self.size, invariant=1)
        self.habits = PageHabits(rng)
        self.n_columns = rng.choice([1, 2, 2, 2, 3])
        family = rng.choice(
            [("Times-Roman", "Times-Bold"), ("Times-Roman", "Times-Bold"), ("Helvetica", "Helvetica-Bold")]
        )
        size = rng.choice([9.0, 9.5, 10.0])
        self.text = TextStyle(*family, size, size * rng.choice([1.15, 1.22, 1.3]), rng.random() < 0.7)
        self.caption = self._caption_style()
        self.is_roman = rng.random() < 0.15 and "S{n}" not in self.caption.form
        self.frame = rng.choice(["", "", "", "", "frame", "tint"]) if self.caption.place == "above" else ""
        self.margin = rng.choice([45.0, 50.0, 56.0])
        self.gutter = rng.choice([14.0, 18.0, 22.0])
        self.number, self.figures, self.page = 0, 0, 1
        self.expected: list[Expected] = []

    def _caption_style(self) -> CaptionStyle:
        rng = self.rng
        own = rng.random() < 0.2
        bold, plain = rng.choice([
            ("Helvetica-Bold", "Helvetica"), ("Helvetica-Bold", "Helvetica-Bold"), ("Helvetica", "Helvetica"),
            (self.text.bold, self.text.font), (self.text.font, self.text.font), ("Times-Bold", "Times-Italic"),
        ])  # fmt: skip
        size = self.text.size_pt if plain == self.text.font and rng.random() < 0.7 else rng.choice([7.5, 8.0, 8.5])
        place = rng.choice(["above"] * 8 + ["below", "beside"])
        return CaptionStyle(
            rng.choice(LABELS), place, own and place != "beside", bold, plain, size, own and rng.random() < 0.5
        )

    # What is printed

    @property
    def top(self) -> float:
        return 48.0

    @property
    def bottom(self) -> float:
        return self.size[1] - 48.0

    def column_width(self, size: tuple[float, float]) -> float:
        return (size[0] - 2 * self.margin - (self.n_columns - 1) * self.gutter) / self.n_columns

    def new_table(
        self, width: float, rows: tuple[int, int] = (4, 14), columns: tuple[int, int] = (1, 4)
    ) -> PlacedTable:
        """A table that fits the width (a caption beside it takes a quarter of it)."""
        rng = self.rng
        self.number += 1
        number = ROMAN[self.number - 1] if self.is_roman else str(self.number)
        inner = (0.74 if self.caption.place == "beside" else 1.0) * width - (12 if self.frame else 0)
        while True:
            table = plain_table(rng, rng.randint(*columns), rng.randint(*rows), with_notes=rng.random() < 0.7)
            style = plain_style(rng)
            hangs = (
                style.rules != "none" or self.caption.place != "beside"
            )  # beside a caption only a rule says how wide
            if hangs and fits(table, style, inner):
                break
            columns = (1, max(1, columns[1] - 1)) if rng.random() < 0.2 else columns
        text = rng.choice(words.CAPTIONS)
        for _ in range(rng.choice([0, 0, 0, 1, 3])):
            text += ". " + sentence(rng).rstrip(".")
        return PlacedTable(
            table, style, self.caption, number, text, self.frame, rng.random() < 0.6, rng.choice(AGAIN),
            rng.random() < 0.3, rng.random() < 0.3,
        )  # fmt: skip

    def expect(self, placed: PlacedTable, pages: Sequence[int]) -> None:
        """Notes what a reader must find."""
        label = self.caption.label(placed.number) if placed.is_captioned else placed.heading
        self.expected.append(Expected(placed, label, placed.text if placed.is_captioned else "", tuple(pages)))

    def other(self) -> Block:
        """Something that is no table."""
        block = self.rng.choice(BLOCKS)
        self.figures += 1
        number, seed = self.figures, self.rng.random()
        return lambda canvas, x, top, width: block(canvas, Random(seed), number, x, top, width)

    def finish_page(self) -> None:
        """Prints running head and foot and turns over."""
        page_furniture(self.canvas, self.text, self.habits, self.page, self.size)
        self.canvas.showPage()
        self.page += 1

    def fill_column(self, x: float, top: float, width: float, bottom: float, blocks: Sequence[Block]) -> None:
        """Blocks from the top down with running text before, between and after them."""
        heights = [b(Canvas(BytesIO(), pagesize=(2000, 6000)), 0.0, 0.0, width) for b in blocks]
        white = [self.rng.uniform(10, 16) for _ in range(len(blocks) + 1)]
        free = bottom - top - sum(heights) - sum(2 * w for w in white)
        while blocks and free < 0:
            blocks, heights = blocks[:-1], heights[:-1]
            free = bottom - top - sum(heights) - sum(2 * w for w in white)
        shares = [self.rng.choice([0.0, 1.0, 2.0]) for _ in range(len(blocks) + 1)]
        total = sum(shares) or 1.0
        y = top
        for k, share in enumerate(shares):
            room = free * share / total if sum(shares) else free / (len(blocks) + 1)
            if room > 3 * self.text.leading_pt:
                end = y + room
                fill_with_prose(self.canvas, self.rng, self.text, x, y, width, end)
                y = end + white[k] if k < len(blocks) else end
            if k < len(blocks):
                y = blocks[k](self.canvas, x, y, width) + white[k]

    def fill_columns(
        self, top: float, bottom: float, blocks: Sequence[Sequence[Block]], size: tuple[float, float]
    ) -> None:
        """A band of columns, each with its blocks."""
        width = self.column_width(size)
        for k in range(self.n_columns):
            self.fill_column(
                self.margin + k * (width + self.gutter), top, width, bottom, blocks[k] if k < len(blocks) else ()
            )

    # The plans

    def print_front(self) -> None:
        """The first page: authors and running text."""
        x, width = self.margin, self.size[0] - 2 * self.margin
        y = author_list(self.canvas, self.rng, 1, x, self.top, width) + 16
        self.fill_columns(y, y + 220, [], self.size)
        self.finish_page()

    def print_page(self, plan: str) -> None:
        """One page (or more) of a plan."""
        {
            "column": self._column, "two columns": self._two_columns, "wide": self._wide,
            "side by side": self._side_by_side, "stacked": self._stacked, "uncaptioned": self._uncaptioned,
            "sideways": self._sideways, "rotated": self._rotated, "continued columns": self._continued_columns,
            "continued pages": self._continued_pages, "no table": self._no_table,
        }[plan]()  # fmt: skip

    def _shuffled(self, blocks: list[Block]) -> list[Block]:
        self.rng.shuffle(blocks)
        return blocks

    def _column(self) -> None:
        placed = self.new_table(self.column_width(self.size))
        self.expect(placed, [self.page])
        columns: list[list[Block]] = [[] for _ in range(self.n_columns)]
        columns[self.rng.randrange(self.n_columns)].append(placed.draw)
        others = [c for c in columns if not c]
        if others and self.rng.random() < 0.6:
            self.rng.choice(others).append(self.other())
        self.fill_columns(self.top, self.bottom, columns, self.size)
        self.finish_page()

    def _two_columns(self) -> None:
        columns: list[list[Block]] = [[] for _ in range(self.n_columns)]
        for k in range(self.n_columns):
            placed = self.new_table(self.column_width(self.size), (4, 9))
            self.expect(placed, [self.page])
            columns[k].append(placed.draw)
        self.fill_columns(self.top, self.bottom, columns, self.size)
        self.finish_page()

    def _wide(self) -> None:
        x, width = self.margin, self.size[0] - 2 * self.margin
        placed = self.new_table(width, (5, 16), (2, 5))
        self.expect(placed, [self.page])
        others: list[list[Block]] = [[self.other()] if self.rng.random() < 0.25 else [] for _ in range(self.n_columns)]
        self._bands([(placed.draw, placed.height(width))], x, width, others)
        self.finish_page()

    def _bands(
        self, wide: Sequence[tuple[Block, float]], x: float, width: float, others: Sequence[Sequence[Block]]
    ) -> None:
        """Blocks over all columns at the top, in the middle or at the foot of the page, columns of text in between."""
        place = self.rng.choice(["top", "middle", "bottom"])
        height = sum(h for _, h in wide) + 14 * (len(wide) - 1)
        start = {
            "top": self.top,
            "middle": self.top + (self.bottom - self.top - height) * 0.4,
            "bottom": self.bottom - height,
        }[place]
        y = start
        for block, _ in wide:
            y = block(self.canvas, x, y, width) + 14
        if start - 14 - self.top > 40:
            self.fill_columns(self.top, start - 14, others if place == "bottom" else [], self.size)
        if self.bottom - y > 40:
            self.fill_columns(y, self.bottom, others if place != "bottom" else [], self.size)

    def _side_by_side(self) -> None:
        self.n_columns, before = 2, self.n_columns
        width = self.column_width(self.size)
        tables = [self.new_table(width, (4, 9)) for _ in range(2)]
        height = max(t.height(width) for t in tables)
        is_top = self.rng.random() < 0.5
        top = self.top if is_top else self.bottom - height
        for k, placed in enumerate(tables):
            placed.draw(self.canvas, self.margin + k * (width + self.gutter), top, width)
            self.expect(placed, [self.page])
        band = (top + height + 16, self.bottom) if is_top else (self.top, top - 16)
        self.fill_columns(*band, [], self.size)
        self.n_columns = before
        self.finish_page()

    def _stacked(self) -> None:
        x, width = self.margin, self.size[0] - 2 * self.margin
        tables = [self.new_table(width, (4, 8), (2, 5)) for _ in range(2)]
        for placed in tables:
            self.expect(placed, [self.page])
        self._bands([(t.draw, t.height(width)) for t in tables], x, width, [])
        self.finish_page()

    def _uncaptioned(self) -> None:
        rng = self.rng
        width = self.column_width(self.size)
        while True:
            table, style = plain_table(rng, rng.randint(1, 3), rng.randint(5, 9), with_notes=False), plain_style(rng)
            if style.rules != "none" and fits(table, style, width - 12):
                break
        heading = rng.choice(["", "Treatment at discharge", "Adverse events"])
        placed = PlacedTable(
            table, style, self.caption, "", "", rng.choice(["", "frame"]), is_captioned=False, heading=heading
        )
        self.expect(placed, [self.page])
        columns: list[list[Block]] = [[] for _ in range(self.n_columns)]
        columns[rng.randrange(self.n_columns)].append(placed.draw)
        self.fill_columns(self.top, self.bottom, columns, self.size)
        self.finish_page()

    def _turned(self, turn: int) -> None:
        width, height = self.size
        if turn == 90:
            self.canvas.translate(height, 0)
            self.canvas.rotate(90)
        else:
            self.canvas.translate(width - height, height)
            self.canvas.rotate(-90)

    def _sideways(self) -> None:
        long, short = self.size[1] - 2 * self.margin, self.size[0] - 2 * self.margin
        placed = self.new_table(long, (5, 14), (2, 5))
        self.expect(placed, [self.page])
        self.canvas.saveState()
        self._turned(self.rng.choice([90, 270]))
        slack = short - placed.height(long)
        placed.draw(self.canvas, self.margin, self.margin + max(0.0, self.rng.choice([0.0, 0.5]) * slack), long)
        self.canvas.restoreState()
        self.finish_page()

    def _rotated(self) -> None:
        turn = self.rng.choice([90, 270])
        size = (self.size[1], self.size[0])
        placed = self.new_table(size[0] - 2 * self.margin, (4, 10), (2, 5))
        self.expect(placed, [self.page])
        self.canvas.setPageSize(size)  # reportlab swaps the sides of a page that it rotates
        self.canvas.setPageRotation(turn)
        self.canvas.saveState()
        self.canvas.translate(size[1] if turn == 90 else 0, 0 if turn == 90 else size[0])
        self.canvas.rotate(90 if turn == 90 else -90)
        width = size[0] - 2 * self.margin
        y = placed.draw(self.canvas, self.margin, self.top, width)
        if size[1] - 48 - y - 16 > 40:
            self.fill_columns(y + 16, size[1] - 48, [], size)
        page_furniture(self.canvas, self.text, self.habits, self.page, size)
        self.canvas.restoreState()
        self.canvas.showPage()
        self.canvas.setPageRotation(0)
        self.canvas.setPageSize(self.size)
        self.page += 1

    def _continued_columns(self) -> None:
        self.n_columns, before = 2, self.n_columns
        width = self.column_width(self.size)
        placed = self.new_table(width, (9, 18), (1, 3))
        cut = self.rng.randint(3, len(placed.table.rows) - 3)
        self.expect(placed, [self.page, self.page])
        start = self.bottom - placed.height(width, 0, cut)
        right = self.margin + width + self.gutter
        fill_with_prose(self.canvas, self.rng, self.text, self.margin, self.top, width, start - 14)
        placed.draw(self.canvas, self.margin, start, width, 0, cut)
        y = placed.draw(self.canvas, right, self.top, width, cut, None)
        fill_with_prose(self.canvas, self.rng, self.text, right, y + 16, width, self.bottom)
        self.n_columns = before
        self.finish_page()

    def _continued_pages(self) -> None:
        x, width = self.margin, self.size[0] - 2 * self.margin
        placed = self.new_table(width, (12, 24), (2, 5))
        n = len(placed.table.rows)
        n_pieces = self.rng.choice([2, 2, 3])
        cuts = [0, *sorted(self.rng.sample(range(3, n - 3), n_pieces - 1)), n]
        self.expect(placed, list(range(self.page, self.page + n_pieces)))
        for k in range(n_pieces):
            first, last = cuts[k], cuts[k + 1] if k + 1 < n_pieces else None
            if k == 0:
                start = self.bottom - placed.height(width, first, last)
                self.fill_columns(self.top, start - 14, [], self.size)
                placed.draw(self.canvas, x, start, width, first, last)
            else:
                y = placed.draw(self.canvas, x, self.top, width, first, last)
                if k == n_pieces - 1:
                    self.fill_columns(y + 16, self.bottom, [], self.size)
            self.finish_page()

    def _no_table(self) -> None:
        self.fill_columns(self.top, self.bottom, [[self.other()] for _ in range(self.n_columns)], self.size)
        self.finish_page()


def print_paper(path: Path, seed: int) -> tuple[list[Expected], list[str]]:
    """Prints the paper of a seed; returns what a reader must find, in printed order, and the plans of its pages."""
    paper = Paper(path, seed)
    paper.print_front()
    plans = [PLANS[seed % len(PLANS)]]
    if paper.rng.random() < 0.1:
        plans.append(paper.rng.choice(PLANS))
    for plan in plans:
        paper.print_page(plan)
    paper.canvas.save()
    return paper.expected, plans
