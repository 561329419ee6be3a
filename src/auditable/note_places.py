"""The table a caption or note stands at, and the row, column or cell that carries the note's mark.

Comes in: the sentences and tables of a Reading with the observations of its tables. Goes out: for each sentence of a
caption or note its Place: the table, and what the marked place is of, as far as all observations there agree. A mark
on rows and on columns at once settles nothing. What the note itself names is left to whom.py and prose_variables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from auditable.model import Reading, Sentence, Table


@dataclass(frozen=True, slots=True)
class Place:
    """What a caption or note is about; fields as in the frame Observations, "" where the print does not settle it."""

    table_id: str = ""
    arm: str = ""
    subgroup: str = ""
    patient: str = ""
    variable: str = ""
    category: str = ""


NOWHERE = Place()
_WHOM = ("arm", "subgroup", "patient")
_WHAT = ("variable", "category")


def find_place(sentence: Sentence, reading: Reading, observed: pd.DataFrame | None) -> Place:
    """The place of a caption's or note's sentence; NOWHERE for running text and where two tables have one label."""
    named = [t for t in reading.tables if sentence.source != "prose" and _key(t.label) == _key(sentence.section)]
    if len(named) != 1 or not sentence.section:
        return NOWHERE
    table = named[0]
    mark = _mark_of(sentence, table) if sentence.source == "note" else ""
    if not mark or observed is None or observed.empty:
        return Place(table.table_id)
    return _settle(table, mark, observed)


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _mark_of(sentence: Sentence, table: Table) -> str:
    """The mark of the only note of the table that holds the sentence."""
    holding = [n.mark for n in table.notes if _key(sentence.text) in _key(n.mark + n.text)]
    return holding[0] if len(holding) == 1 else ""


def _settle(table: Table, mark: str, observed: pd.DataFrame) -> Place:
    rows = [i for i, row in enumerate(table.rows) if mark in row.label_marks]
    cols = [c for c in range(table.n_columns) if mark in table.column_marks(c)]
    cells = [(i, c) for i, row in enumerate(table.rows) for c, cell in enumerate(row.cells) if mark in cell.marks]
    here = observed[observed["table_id"] == table.table_id]
    if rows and not cols and not cells:
        return Place(table.table_id, **_common(here[here["row"].isin(rows)], _WHAT))
    if cols and not rows and not cells:
        return Place(table.table_id, **_common(here[here["col"].isin(cols)], _WHOM))
    if len(cells) == 1 and not rows and not cols:
        row, col = cells[0]
        return Place(table.table_id, **_common(here[(here["row"] == row) & (here["col"] == col)], (*_WHAT, *_WHOM)))
    return Place(table.table_id)


def _common(observed: pd.DataFrame, fields: Iterable[str]) -> dict[str, str]:
    """The values all observations of a place agree on."""
    return {name: str(observed[name].iloc[0]) for name in fields if observed[name].nunique() == 1}
