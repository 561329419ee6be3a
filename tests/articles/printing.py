"""An article → PDF: title, abstract, sections in one or two columns, tables where a journal would float them.

The seed alone decides the layout, so a changed number changes nothing but its own letters (and what they push on).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from random import Random

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.articles.document import Article, Section, TableOf
from tests.articles.tokens import Habits, Token, render
from tests.printed.content import Node, PrintedCell, PrintedHead, PrintedRow, PrintedTable
from tests.printed.furniture import PageHabits, author_list, page_furniture
from tests.printed.ink import InkStyle, _Pen
from tests.printed.placed import CaptionStyle, PlacedTable
from tests.printed.prose import TextStyle
from tests.printed.setting import Chunk, SetText, TooWideError, chunks_of, line_width, set_table, set_text

__all__ = ["Node", "PrintedCell", "print_article", "printed_table"]

SIZES = ((595.0, 790.0), (612.0, 792.0), (595.0, 842.0))
FORMS = ("Table {n}. ", "Table {n}: ", "TABLE {n} | ", "Table {n} ", "TABLE {n}. ")
REFERENCES = (
    "1. Okafor A, Lindqvist B, Moreau C. Epidemiology and burden of disease. Ann Clin Obs. 2015;12:101–9.",
    "2. Tanaka D, Rossi E. Unmet needs in daily practice. J Gen Care. 2016;3:44–51.",
    "3. Novak F, Haddad G, Silva H. A randomised trial of an older treatment. Eur J Trials. 2013;8:220–31.",
    "4. Byrne I, Okafor A. Long-term results of a registry. Arch Reg Med. 2016;29:14–22.",
)


@dataclass
class _Page:
    """Where the next line goes."""

    column: int
    y: float
    top: float


class _Journal:
    """One article being printed."""

    def __init__(self, article: Article, target: BytesIO) -> None:
        self.article, self.rng = article, Random(article.seed * 31 + 5)
        rng = self.rng
        self.size = rng.choice(SIZES)
        self.canvas = Canvas(target, pagesize=self.size, invariant=1)
        self.n_columns = rng.choice([1, 2, 2])
        self.habits = PageHabits(rng)
        family = rng.choice(["Times", "Times", "Helvetica", "STIXGeneral", "DejaVuSerif"])
        size = rng.choice([9.0, 9.5, 10.0]) - (0.8 if family.startswith("DejaVu") else 0.0)
        self.text = InkStyle(family=family, size_pt=size)
        self.leading = size * rng.choice([1.15, 1.22, 1.3])
        self.justified = rng.random() < 0.7
        self.margin, self.gutter = rng.choice([45.0, 50.0, 56.0]), rng.choice([16.0, 20.0, 24.0])
        bold, plain = rng.choice(
            [("Helvetica-Bold", "Helvetica"), ("Helvetica-Bold", "Helvetica-Bold"), ("Times-Bold", "Times-Roman")]
        )
        self.caption = CaptionStyle(rng.choice(FORMS), "above", False, bold, plain, rng.choice([7.5, 8.0, 8.5]))
        self.ink = _table_style(rng)
        self.run_in = rng.random() < 0.5
        self.page = 1
        self.waiting: list[PlacedTable] = []
        self.at = _Page(0, 48.0, 48.0)

    @property
    def bottom(self) -> float:
        return self.size[1] - 50.0

    @property
    def width(self) -> float:
        return (self.size[0] - 2 * self.margin - (self.n_columns - 1) * self.gutter) / self.n_columns

    @property
    def full(self) -> float:
        return self.size[0] - 2 * self.margin

    @property
    def x(self) -> float:
        return self.margin + self.at.column * (self.width + self.gutter)

    def print(self) -> None:
        self._front()
        tables = [self._placed(t, k + 1) for k, t in enumerate(self.article.tables)]
        placed: set[int] = set()
        for section in self.article.sections:
            if section.heading.startswith("Abstract"):
                continue
            self._section(section)
            for k in section.tables:
                if k < len(tables) and k not in placed:
                    placed.add(k)
                    self._float(tables[k])
        for k, table in enumerate(tables):
            if k not in placed:
                self._float(table)
        self._references()
        self._finish_page()
        while self.waiting:
            self._open_page()
            self._finish_page()
        self.canvas.save()

    def _front(self) -> None:
        title = replace(self.text, size_pt=15.0)
        y = self._lines(
            chunks_of(self.article.title, (), title, "bold"), self.margin, 52.0, self.full, title, 18.0, False
        )
        y = author_list(self.canvas, Random(self.article.seed), 1, self.margin, y + 8, self.full) + 14
        x, width = (self.margin + 30, self.full - 60) if self.rng.random() < 0.4 else (self.margin, self.full)
        abstract = [s for s in self.article.sections if s.heading.startswith("Abstract")]
        y = self._heading("Abstract", x, y, width, 10.5, "bold")
        for section in abstract:
            name = section.heading.partition(" > ")[2]
            if name and not self.run_in:
                y = self._heading(name, x, y, width, 9.0, "bold")
            lead = (
                chunks_of(f"{name}:" if self.rng.random() < 2 else name, (), self.text, "bold")
                if name and self.run_in
                else []
            )
            for paragraph in section.paragraphs:
                y = self._lines(
                    [*lead, *chunks_of(self._shown(paragraph), (), self.text, "")],
                    x,
                    y,
                    width,
                    self.text,
                    self.leading,
                    self.justified,
                )
        self.at = _Page(0, y + 16, y + 16)

    def _shown(self, sentences: Sequence[str]) -> str:
        return " ".join(render(s, self.article.tokens, self.article.habits)[0] for s in sentences)

    def _heading(self, text: str, x: float, top: float, width: float, size: float, weight: str) -> float:
        style = replace(self.text, size_pt=size)
        return self._lines(chunks_of(text, (), style, weight), x, top + 4, width, style, size * 1.25, False) + 1

    def _lines(
        self,
        chunks: Sequence[Chunk],
        x: float,
        top: float,
        width: float,
        style: InkStyle,
        leading: float,
        justified: bool,
    ) -> float:
        """Lines on the open page without regard to its end; returns the bottom."""
        laid = set_text(chunks, width, style)
        for i in range(len(laid.lines)):
            self._line(laid, i, x, top, width, style, justified and i < len(laid.lines) - 1)
            top += leading
        return top

    def _line(self, laid: SetText, i: int, x: float, top: float, width: float, style: InkStyle, spread: bool) -> None:
        line = laid.lines[i]
        blank = laid.blank_pt
        gaps = len(line[1]) - 1
        if spread and gaps > 2:
            blank += max(0.0, (width - line_width(line[1], blank)) / gaps)
        _Pen(self.canvas, style).text(x, top + style.size_pt, SetText((line,), blank), 0)

    def _section(self, section: Section) -> None:
        parts = section.heading.split(" > ")
        if parts[0] != getattr(self, "_last", ""):
            self._flow_heading(parts[0], 10.5, "bold")
            self._last = parts[0]
        if len(parts) > 1:
            self._flow_heading(parts[1], 9.5, "italic" if self.text.family != "STIXGeneral" else "bold")
        for paragraph in section.paragraphs:
            self._flow(self._shown(paragraph))

    def _flow_heading(self, text: str, size: float, weight: str) -> None:
        self._room(3.2 * self.leading + size)
        if self.at.y > self.at.top:
            self.at.y += 5
        self.at.y = self._heading(text, self.x, self.at.y, self.width, size, weight)

    def _flow(self, text: str) -> None:
        laid = set_text(chunks_of(text, (), self.text, ""), self.width, self.text)
        for i in range(len(laid.lines)):
            self._room(self.leading)
            self._line(laid, i, self.x, self.at.y, self.width, self.text, self.justified and i < len(laid.lines) - 1)
            self.at.y += self.leading

    def _room(self, height: float) -> None:
        """Goes on to the next column or page where this one has no room."""
        while self.at.y + height > self.bottom:
            if self.at.column + 1 < self.n_columns:
                self.at = _Page(self.at.column + 1, self.at.top, self.at.top)
            else:
                self._finish_page()
                self._open_page()

    def _open_page(self) -> None:
        y = 48.0
        while self.waiting and (y == 48.0 or y + self.waiting[0].height(self.full) < self.bottom):
            y = self.waiting.pop(0).draw(self.canvas, self.margin, y, self.full) + 18
        self.at = _Page(0, y, y)

    def _finish_page(self) -> None:
        style = TextStyle()
        page_furniture(self.canvas, style, self.habits, self.page, self.size)
        self.canvas.showPage()
        self.page += 1

    def _float(self, table: PlacedTable) -> None:
        """A narrow table stands in its column, a wide one at the top of the next page."""
        if self.n_columns == 1 or not _fits(table, self.width):
            self.waiting.append(_squeezed(table, self.full))
            return
        height = table.height(self.width)
        if height > self.bottom - 60:
            self.waiting.append(table)
            return
        self._room(min(height + 24, self.bottom - self.at.top))
        if self.at.y + height + 24 > self.bottom:
            self.waiting.append(table)
            return
        self.at.y = table.draw(self.canvas, self.x, self.at.y + 10, self.width) + 12

    def _references(self) -> None:
        self._flow_heading("References", 10.5, "bold")
        small = replace(self.text, size_pt=7.5)
        for reference in REFERENCES:
            laid = set_text(chunks_of(reference, (), small, ""), self.width, small)
            for i in range(len(laid.lines)):
                self._room(9.5)
                self._line(laid, i, self.x, self.at.y, self.width, small, False)
                self.at.y += 9.5

    def _placed(self, table: TableOf, number: int) -> PlacedTable:
        shown = printed_table(table, self.article.tokens, self.article.habits)
        caption = render(table.caption, self.article.tokens, self.article.habits)[0]
        return PlacedTable(
            shown, self.ink, self.caption, str(number), caption + ("." if self.caption.form.endswith(". ") else "")
        )


def _table_style(rng: Random) -> InkStyle:
    rules = rng.choice(["booktabs", "booktabs", "booktabs", "rows", "grid", "none"])
    return InkStyle(
        family=rng.choice(["Helvetica", "Helvetica", "Times", "DejaVuSans"]),
        size_pt=rng.choice([7.0, 7.5, 8.0]),
        rules=rules,
        rule_ink=rng.choice(["lines", "rects", "by cell"]),
        zebra="#e8e8e8" if rules in ("booktabs", "none") and rng.random() < 0.25 else "",
        head_tint="#d0d8e4" if rng.random() < 0.2 else "",
        cue=rng.choice(["indent", "indent, bold"]),
        row_gap=rng.choice([0.2, 0.4]),
        align=rng.choice(["left", "centre"]),
        head_gap=1.0 if rules == "none" else 0.4,
        note_scale=rng.choice([0.85, 0.9, 1.0]),
    )


def _fits(table: PlacedTable, width: float) -> bool:
    """Whether the table stands in the width with every body text on one line."""
    try:
        laid = set_table(table.table, table.style, width - table.style.size_pt)
    except TooWideError:
        return False
    return all(len(t.lines) <= 1 for labels, cells in laid.rows for t in (*labels, *cells))


def _squeezed(table: PlacedTable, width: float) -> PlacedTable:
    """The table in letters small enough for the width; labels may wrap."""
    for size in (table.style.size_pt, 7.0, 6.5, 6.0, 5.5):
        smaller = replace(table, style=replace(table.style, size_pt=size))
        try:
            laid = set_table(table.table, smaller.style, width - size)
        except TooWideError:
            continue
        if all(len(t.lines) <= 1 for _, cells in laid.rows for t in cells):
            return smaller
    return replace(table, style=replace(table.style, size_pt=5.0, family="Helvetica"))


def printed_table(table: TableOf, tokens: dict[int, Token] | object, habits: Habits) -> PrintedTable:
    """The table with its numbers as printed."""

    def shown(text: str) -> str:
        return render(text, tokens, habits)[0]  # type: ignore[arg-type]

    levels = []
    if any(c.spanner for c in table.columns):
        over: list[PrintedHead] = []
        for k, column in enumerate(table.columns):
            if over and column.spanner and table.columns[k - 1].spanner == column.spanner:
                over[-1] = PrintedHead(over[-1].text, over[-1].first, k + 1)
            elif column.spanner:
                over.append(PrintedHead(shown(column.spanner), k + 1, k + 1))
        levels.append(tuple(over))
    leaf = [PrintedHead(table.stub_head, 0, 0)] + [
        PrintedHead(shown(c.head), k + 1, k + 1) for k, c in enumerate(table.columns)
    ]
    levels.append(tuple(leaf))
    rows, stack = [], []
    for row in table.rows:
        stack = [*stack[: row.depth], shown(row.label)]
        cells = tuple(PrintedCell(shown(c)) for c in row.cells)
        kind = "data" if any(c.text for c in cells) else "group"
        rows.append(PrintedRow(row.depth, (PrintedCell(shown(row.label)),), cells, tuple(stack), kind))
    notes = tuple((mark, shown(text)) for mark, text in table.notes)
    return PrintedTable("", "", tuple(levels), tuple(rows), notes, 1)


def print_article(article: Article, path: Path | None = None) -> bytes:
    """The article as PDF bytes, also written to path where one is given."""
    target = BytesIO()
    journal = _Journal(article, target)
    journal.canvas.setFillColor(HexColor("#000000"))
    journal.print()
    if path is not None:
        path.write_bytes(target.getvalue())
    return target.getvalue()
