"""What the numbers of an invented clinical table mean: the truth beside the table, written from how journals print.

In: nothing but words and chance. Out: a Table (no ink, no PDF) with a Fact for each number in it. In a Fact
"a|b" accepts either, "*" is not asked. How values are printed is meaning_forms.py, what the tables hold
meaning_tables.py and meaning_effects.py, how a reading is held against it meaning_score.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from auditable.model import Box, Note, Piece, Table, TableCell, TableRow

BOX = Box(10, 10, 20, 20)


@dataclass(frozen=True)
class Meaning:
    """What all numbers of a cell share."""

    variable: str = ""
    category: str = ""
    arm: str = ""
    subgroup: str = ""
    patient: str = ""
    timepoint: str = ""
    grade: str = ""
    event_kind: str = ""
    denominator: str = ""


@dataclass(frozen=True)
class Amount:
    """One number as printed: statistic, value with a point, comparator, unit in its normal form."""

    statistic: str
    value: str
    unit: str = ""
    comparator: str = ""


@dataclass(frozen=True)
class Fact:
    """One number at its place (rows and body columns from 0) and what it means."""

    row: int
    col: int
    printed: str
    amount: Amount
    meaning: Meaning


@dataclass(frozen=True)
class Printed:
    """A cell: its text, the numbers in it, what they mean, the marks behind it."""

    text: str = ""
    amounts: tuple[Amount, ...] = ()
    meaning: Meaning = Meaning()
    marks: tuple[str, ...] = ()


@dataclass
class Line:
    """A row to be: its stub path and its cells; kind as TableRow has it."""

    path: tuple[str, ...]
    cells: list[Printed]
    kind: str = "data"


@dataclass
class Draft:
    """A table to be."""

    table_type: str
    caption: str
    heads: list[list[str]]
    lines: list[Line] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Meant:
    """A table and the truth of its numbers."""

    table_type: str
    table: Table
    facts: tuple[Fact, ...]


def finish(draft: Draft) -> Meant:
    """The draft as a table, its facts in printed order."""
    rows = [_row(line, len(draft.heads[-1]) - 1) for line in draft.lines]
    heads = tuple(tuple(level) for level in draft.heads)
    no_marks = tuple(tuple(() for _ in level) for level in heads)
    notes = tuple(Note(mark, text) for mark, text in draft.notes)
    table = Table("T1", "Table 1", draft.caption, (Piece(1, BOX),), 1, heads, no_marks, tuple(rows), notes)
    facts = tuple(
        Fact(r, c, cell.text, amount, cell.meaning)
        for r, line in enumerate(draft.lines)
        for c, cell in enumerate(line.cells)
        for amount in cell.amounts
    )
    return Meant(draft.table_type, table, facts)


def _row(line: Line, width: int) -> TableRow:
    cells: Sequence[Printed] = line.cells or [Printed()] * width
    boxed = tuple(TableCell(c.text, c.marks, BOX if c.text else None) for c in cells)
    kind = line.kind if line.kind != "data" or any(c.text for c in cells) else "group"
    return TableRow(line.path, boxed, 1, BOX, kind)


def meaning_with(meaning: Meaning, **changes: str) -> Meaning:
    """The same meaning in all but the named fields."""
    return replace(meaning, **changes)
