"""The shapes that travel between stages: geometry, words, pages, tables, values, provenance.

Comes in: nothing. Goes out: frozen dataclasses, each readable in one look. Frames (schemas/frames.py) take over from
cells on.
Geometry is always x0, top, x1, bottom in points, origin top left; pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

PATH_SEPARATOR = " > "
UNREAD = "\ufffd"
"""Stands for a printed sign that its font gives no letter and that nobody could read."""
DECISIONS_FILE = "decisions.csv"
"""The verdicts of the curators, in curated/."""


class AuditableError(Exception):
    """A broken input: says what, where, what was expected, what was found and what to do."""

    def __init__(self, what: str, *, where: str = "", expected: str = "", found: str = "", remedy: str = "") -> None:
        self.what, self.where, self.expected, self.found, self.remedy = what, where, expected, found, remedy
        stop = "" if what.endswith((".", "!", "?")) else "."
        parts = [f"{where}: {what}{stop}" if where else f"{what}{stop}"]
        if expected or found:
            parts.append(f"Expected {expected or '?'}, found {found.rstrip('.') or '?'}.")
        if remedy:
            parts.append(remedy)
        super().__init__(" ".join(parts))


class StorageError(AuditableError, OSError):
    """Storage that cannot be used now: in words as a broken input is, and an OSError since it may heal."""


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def x_mid(self) -> float:
        """Horizontal middle in points."""
        return (self.x0 + self.x1) / 2

    @property
    def y_mid(self) -> float:
        """Vertical middle in points."""
        return (self.top + self.bottom) / 2

    def contains(self, other: Box, slack_pt: float = 0.0) -> bool:
        """Whether the middle of the other box lies inside this one, widened by slack_pt."""
        return (
            self.x0 - slack_pt <= other.x_mid <= self.x1 + slack_pt
            and self.top - slack_pt <= other.y_mid <= self.bottom + slack_pt
        )

    def as_tuple(self) -> tuple[float, float, float, float]:
        """The four edges, for JSON and frames."""
        return (self.x0, self.top, self.x1, self.bottom)


def union_box(boxes: Iterable[Box]) -> Box:
    """The smallest box around all given ones; raises ValueError when there is none."""
    found = list(boxes)
    if not found:
        raise ValueError("union_box needs at least one box")
    return Box(
        min(b.x0 for b in found), min(b.top for b in found), max(b.x1 for b in found), max(b.bottom for b in found)
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A run of printed characters without white space, of one size and one base line; the blanks within a number are
    its own ("144 765" set with thin or figure spaces is one word).

    A raised mark is a word of its own ("Other" + raised "a"); joins_previous says that no white space parts it from
    the word
    before it in the line. confidence is 0..1 for OCR, None where the text layer was read. layer_text is what the text
    layer says where its picture shows something else, None where the two agree.
    """

    text: str
    box: Box
    size_pt: float
    font: str = ""
    is_bold: bool = False
    is_italic: bool = False
    is_raised: bool = False
    is_lowered: bool = False
    joins_previous: bool = False
    confidence: float | None = None
    layer_text: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line drawn on the page; shading is a Fill and never a rule."""

    box: Box
    is_horizontal: bool


@dataclass(frozen=True, slots=True)
class Fill:
    """A shaded rectangle: zebra row, tinted head, tinted box. colour is #rrggbb."""

    box: Box
    colour: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page, upright: words in reading direction, rules, fills and pictures, as one reader saw them.

    turn_degrees: clockwise turn that was applied to make sideways text upright (0, 90, 180, 270); boxes are those of
    the turned page, width_pt and height_pt too. askew: words that run in another direction than the page's own, each
    letter a word where they run down the page; no table is made of them. unread: ink in lines of print of a scan that
    could not be read. figures: every figure 0 to 9 of the text layer on the sheet, those of margins too, sorted.
    """

    number: int
    width_pt: float
    height_pt: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    pictures: tuple[Box, ...] = ()
    reader: str = "pdfplumber"
    is_scan: bool = False
    turn_degrees: int = 0
    askew: tuple[Word, ...] = ()
    unread: tuple[Box, ...] = ()
    figures: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One note under a table: its mark ("" for a general note) and its text, its page and the boxes of its lines."""

    mark: str
    text: str
    page: int = 0
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a table: the page it stands on and its box there.

    boxhead_boxes: where each label of the table's boxhead stands on this piece, in the shape of Table.boxhead; empty
    where the piece repeats no boxhead. caption_box: its caption, which mostly lies outside box.
    """

    page: int
    box: Box
    turn_degrees: int = 0
    boxhead_boxes: tuple[tuple[Box | None, ...], ...] = ()
    caption_box: Box | None = None


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A text printed inside a table's box that no cell, label, note or caption of any table holds, and where."""

    text: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class TableCell:
    """One body cell. text excludes note marks, which stand in marks; box is None for an empty cell without ink.

    layer_text is what the text layer says where the picture shows something else, None where the two agree.
    second_text is what the second reader saw (None: it has no such cell); agreement is one of AGREEMENTS. decided_by is
    one of DECIDED_BY. is_second: the second reader's text was chosen, and second_text holds the first one's.
    """

    text: str
    marks: tuple[str, ...] = ()
    box: Box | None = None
    confidence: float | None = None
    second_text: str | None = None
    agreement: str = "not read twice"
    layer_text: str | None = None
    decided_by: str = ""
    is_second: bool = False


AGREEMENTS = ("same", "differs", "not found", "not read twice")
"""What the second reader saw: the same text, another text, no such cell, or it did not read this page (scan,
turned)."""

DECIDED_BY = ("", "picture", "arithmetic", "undecided")
"""What chose between two texts that differ; "undecided": nothing did, and the first reader's stays."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One body row. path: stub labels, outermost first, without marks; label_marks: marks of this row and its row
    groups; label_box: where the row's own labels stand, None where it has none.

    kind: "data"; "group" (a heading over rows: all cells empty); "subheader" (its cells rename the columns below it,
    such as
    "Measurements | Median (Min, Max)").
    """

    path: tuple[str, ...]
    cells: tuple[TableCell, ...]
    page: int
    box: Box
    kind: str = "data"
    label_marks: tuple[str, ...] = ()
    label_box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a paper, continued pieces joined.

    boxhead: header levels top down, each as wide as stub_columns + number of body columns, a spanner repeated over
    the columns
    it spans, "" where nothing stands; boxhead_marks has the same shape. left_over: what conservation.py found in the
    table's boxes that no part explains.
    """

    table_id: str
    label: str
    caption: str
    pieces: tuple[Piece, ...]
    stub_columns: int
    boxhead: tuple[tuple[str, ...], ...]
    boxhead_marks: tuple[tuple[tuple[str, ...], ...], ...]
    rows: tuple[TableRow, ...]
    notes: tuple[Note, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    reader: str = "pdfplumber"

    @property
    def n_columns(self) -> int:
        """Number of body columns."""
        return (
            len(self.boxhead[-1]) - self.stub_columns
            if self.boxhead
            else max((len(r.cells) for r in self.rows), default=0)
        )

    def column_path(self, col: int) -> tuple[str, ...]:
        """Labels over body column col (from 0), outermost first, without blanks and repeats."""
        return _without_repeats(_join_wrapped([level[self.stub_columns + col] for level in self.boxhead]))

    @property
    def column_levels(self) -> list[list[str]]:
        """The labels over the body columns, level by level, outermost first; those wrapped within a bracket whole."""
        columns = zip(*(level[self.stub_columns :] for level in self.boxhead), strict=True)
        return [list(level) for level in zip(*map(_join_wrapped, columns), strict=True)]

    def column_marks(self, col: int) -> tuple[str, ...]:
        """Marks on the labels over body column col."""
        return tuple(dict.fromkeys(m for level in self.boxhead_marks for m in level[self.stub_columns + col]))

    @property
    def stub_head(self) -> str:
        """The label above the stub, all levels joined."""
        return " ".join(_without_repeats(t for level in self.boxhead for t in level[: self.stub_columns]))


def _join_wrapped(labels: Sequence[str]) -> list[str]:
    """The labels of one column, outermost first, where a bracket that opens in one level and closes in the next is one
    label of both: "Efficacy (95%" · "CI)".
    """
    out = list(labels)
    for at, (outer, inner) in enumerate(pairwise(labels)):
        if outer.count("(") == outer.count(")") + 1 and inner.count(")") == inner.count("(") + 1:
            out[at] = out[at + 1] = f"{outer} {inner}"
    return out


def _without_repeats(labels: Iterable[str]) -> tuple[str, ...]:
    out: list[str] = []
    for label in labels:
        if label and (not out or out[-1] != label):
            out.append(label)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of running text, caption or note, with the boxes of its words.

    section: nearest heading above it ("Results > Response") or "" in an unsectioned letter. source: prose | caption
    | note.
    spans: (start, end, page, Box) of each word in text, so that any stretch of characters finds its ink.
    """

    text: str
    section: str
    source: str
    page: int
    spans: tuple[tuple[int, int, int, Box], ...]
    confidence: float | None = None

    def boxes(self, start: int, end: int) -> tuple[int, Box]:
        """Page and box of the characters start..end: of the page where the stretch begins."""
        hits = [s for s in self.spans if s[0] < end and s[1] > start]
        if not hits:
            raise ValueError(f"no word at {start}..{end} of {self.text!r}")
        page = hits[0][2]
        return page, union_box(s[3] for s in hits if s[2] == page)


@dataclass(frozen=True, slots=True)
class PageSize:
    """Size of a page in points and whether it is a picture without text."""

    number: int
    width_pt: float
    height_pt: float
    is_scan: bool
    turn_degrees: int = 0


@dataclass(frozen=True, slots=True)
class GlyphRepair:
    """A sign that the text layer has wrong, put right from its picture: one character of one font, all its places.

    printed_text is "" where nothing is printed. pages: where it stands, each once.
    """

    font: str
    layer_text: str
    printed_text: str
    n_places: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read of one paper: tables, sentences, pages, signs put right, and what could not be read (plain
    sentences)."""

    study_id: str
    pages: tuple[PageSize, ...]
    tables: tuple[Table, ...]
    sentences: tuple[Sentence, ...]
    problems: tuple[str, ...] = ()
    repairs: tuple[GlyphRepair, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One study's inputs: its folder, its PDF, and what paper.yaml says. gold_path is read by reconcile.py alone."""

    study_id: str
    folder: Path
    pdf_path: Path
    sha256: str
    citation: str
    doi: str = ""
    licence: str = ""
    is_facsimile: bool = False
    table_types: dict[str, str] = field(default_factory=dict)
    gold_path: Path | None = None
    title: str = ""
