"""One cell in its table → its statistics: which labels are asked, in which order, and what a table's type changes.

Comes in: a placed cell and what holds for its whole table. Goes out: its settled statistics. The grammar is
values.py's, the fitting of form and wording statistics_of.py's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from auditable.arms import find_population
from auditable.cells import PlacedCell, marks_of, place_cells
from auditable.group_sizes import GroupSize, find_sizes
from auditable.model import Table
from auditable.pairs import settle_pair
from auditable.printed_text import NumberMarks, missing_kind, settle_marks, tidy
from auditable.settled import RATIOS, Place, Settled, Statistic
from auditable.statistics_of import settle
from auditable.table_types import TableType
from auditable.values import Amount, Printed, parse_cell
from auditable.wording import Wording, read_wordings

_SAYS_HOW = re.compile(
    r"\b(?:data|values?|numbers?|figures|results|continuous|categorical|variables?|plus.minus|unless|presented|expressed|given|shown|"
    r"reported|indicated|are)\b",
    re.IGNORECASE,
)
_NUMBERS_FIRST = re.compile(r"^[<>≤≥~(\[+-]?\s?\d[\d.,·]*\D*[(\[/±]\D*\d")
_COMPARISONS = (*RATIOS, "p", "difference")
HABIT_SHARE = (2, 3)
"""A column has a habit when labels settle one pair of statistics in at least this share (2 of 3) of its settled cells
of two numbers.
"""
MIN_HABIT = 3


@dataclass(frozen=True)
class TableContext:
    """What holds for a whole table: its type, number marks, group sizes, population, general notes, and the habit of
    each column.
    """

    table: Table
    kind: TableType
    marks: NumberMarks
    sizes: dict[tuple[int, int], GroupSize]
    population: str
    general: tuple[Place, ...]
    notes: dict[str, tuple[Wording, ...]]
    habits: dict[int, tuple[str, str]]


def table_context(table: Table, kind: TableType) -> TableContext:
    """The context of a table."""
    marks = settle_marks(c.text for r in table.rows for c in r.cells)
    heads = [label for level in table.boxhead for label in level]
    context = TableContext(
        table,
        kind,
        marks,
        find_sizes(table, marks),
        find_population([table.caption, *heads]),
        _general_places(table),
        {n.mark: read_wordings(n.text) for n in table.notes if n.mark},
        {},
    )
    return replace(context, habits=_column_habits(context))


def read_cell(context: TableContext, placed: PlacedCell) -> Settled:
    """The statistics of one filled cell, in printed order; a cell of words is one text."""
    text = placed.cell.text
    readings = parse_cell(text, context.marks)
    if not context.kind.takes_labels:
        return _single_value(text, readings)
    if not readings:
        return _as_text(text)
    places = places_of(context, placed)
    pair = settle_pair(readings, placed, places)
    if pair:
        return pair
    size = context.sizes.get((placed.row_index, placed.col))
    totals = [size.number] if size and size.number else []
    settled = settle(readings, places, totals, context.habits.get(placed.col))
    if (
        context.kind.numbers_are
        and [s.name for s in settled.statistics] == ["value"]
        and readings[0].amounts[0].is_whole
    ):
        return Settled((Statistic(context.kind.numbers_are, readings[0].amounts[0], "caption"),))
    return settled


def places_of(context: TableContext, placed: PlacedCell) -> list[Place]:
    """The places that may name the statistic of a cell, nearest first.

    A column that compares groups ("P value", "HR (95 % CI)") speaks before the row, whose label tells what the groups'
    columns hold.
    """
    path = placed.row.path
    compared = [w for label in reversed(placed.boxhead) for w in read_wordings(label) if w.centre in _COMPARISONS]
    places = [Place("boxhead", tuple(compared))] if compared else []
    places += [Place("row label", read_wordings(path[-1]))] if path else []
    own_marks = dict.fromkeys((*placed.cell.marks, *placed.row.label_marks))
    places += [Place("note", context.notes[m]) for m in own_marks if m in context.notes]
    places += [Place("row group", read_wordings(label)) for label in reversed(path[:-1])]
    if placed.subheader:
        places.append(Place("sub-header", read_wordings(placed.subheader)))
    heads = placed.boxhead
    places += [Place("boxhead", read_wordings(label)) for label in reversed(heads)]
    column_marks = [m for m in marks_of(context.table, placed) if m not in own_marks]
    places += [Place("note", context.notes[m]) for m in column_marks if m in context.notes]
    places += context.general
    return [p for p in places if p.wordings]


def _general_places(table: Table) -> tuple[Place, ...]:
    """Places that speak for the whole table: stub head, caption, and notes that say how values are given.

    A list of abbreviations ("SD standard deviation, IQR interquartile range") says nothing about a cell.
    """
    places = [Place("boxhead", read_wordings(table.stub_head)), Place("caption", _telling(table.caption))]
    places += [Place("note", _telling(sentence)) for n in table.notes for sentence in re.split(r"(?<=[.;])\s+", n.text)]
    return tuple(p for p in places if p.wordings)


def _telling(sentence: str) -> tuple[Wording, ...]:
    """Wordings of a sentence that says how values are given; of any other only a ratio with its interval."""
    wordings = read_wordings(sentence)
    if _SAYS_HOW.search(sentence):
        return tuple(w for w in wordings if w.centre and (w.spread or w.centre not in ("p", "n", "pct", "events")))
    return tuple(
        w for w in wordings if (w.centre in RATIOS and w.spread == "ci") or (w.centre and w.spread not in ("", "ci"))
    )


def _column_habits(context: TableContext) -> dict[int, tuple[str, str]]:
    """Which two statistics the labels give to most cells "first (second)" of a column."""
    if not context.kind.takes_labels:
        return {}
    counts: dict[int, Counter[tuple[str, ...]]] = {}
    for placed in place_cells(context.table):
        readings = parse_cell(placed.cell.text, context.marks) if placed.row.kind == "data" and placed.cell.text else ()
        if not readings or readings[0].form != "first (second)":
            continue
        names = tuple(s.name for s in settle(readings, places_of(context, placed), _totals(context, placed)).statistics)
        if len(names) == 2:
            counts.setdefault(placed.col, Counter())[names] += 1
    out: dict[int, tuple[str, str]] = {}
    for col, counter in counts.items():
        (first, second), top = counter.most_common(1)[0]
        if top >= MIN_HABIT and top * HABIT_SHARE[1] >= sum(counter.values()) * HABIT_SHARE[0]:
            out[col] = (first, second)
    return out


def _totals(context: TableContext, placed: PlacedCell) -> list[int]:
    size = context.sizes.get((placed.row_index, placed.col))
    return [size.number] if size and size.number else []


def _single_value(text: str, readings: Sequence[Printed]) -> Settled:
    """A cell of one patient: a number is a value, a bound a bound, anything else its text."""
    printed = readings[0] if readings else None
    if printed is None or printed.form not in ("single", "p", "n ="):
        return Settled((Statistic("text", Amount(" ".join(text.split()), missing=_missing(text)), "cell"),))
    amount = printed.amounts[0]
    name = "bound" if amount.comparator in ("<", "<=", ">", ">=") else "value"
    return Settled((Statistic(name, amount, "cell"),))


def _as_text(text: str) -> Settled:
    """Words as one text; numbers the grammar cannot read are rejected instead."""
    plain = tidy(text)
    if not re.search(r"[^\W\d_]", plain) or _NUMBERS_FIRST.match(plain):
        return Settled((), "no form of the grammar fits")
    return Settled((Statistic("text", Amount(" ".join(text.split()), missing=_missing(text)), "cell"),))


def _missing(text: str) -> str:
    kind = missing_kind(text)
    return "" if kind == "blank" else kind
