"""The grade and kind of the adverse events that a cell counts: from its column, its row, and what the caption says of
all.

Comes in: a placed cell of a table. Goes out: grade and kinds, "" where the print says none. The grammar of one label is
events.py's. In tables that do not speak of adverse events "Grade 3" grades a tumour, and nothing is said here.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditable.cells import PlacedCell
from auditable.events import (
    SPEAKS_OF_EVENTS,
    grade_in,
    grade_under,
    is_severity,
    join_kinds,
    kinds_in,
    strip_event_words,
)
from auditable.model import Table
from auditable.printed_text import tidy
from auditable.table_types import TableType
from auditable.wording import strip_wording

ADVERSE_EVENTS = "adverse events"


class TableEvents:
    """What the labels of one table say of adverse events."""

    def __init__(self, table: Table, kind: TableType) -> None:
        self.is_event_table = kind.name == ADVERSE_EVENTS
        self._levels = [
            tuple(dict.fromkeys(x for x in level[table.stub_columns :] if x.strip())) for level in table.boxhead
        ]
        rows = [r for r in table.rows if r.path]
        self._siblings: dict[tuple[str, ...], list[str]] = {}
        for row in rows:
            self._siblings.setdefault(row.path[:-1], []).append(row.path[-1])
        heads = [x for level in self._levels for x in level]
        labels = [*heads, *(x for r in rows for x in r.path)]
        # A caption that names kinds speaks for every cell only where no label parts the cells by kind or grade.
        self._caption = table.caption if self.is_event_table else ""
        told = set(kinds_in(self._caption))
        self._caption_kinds = all(set(kinds_in(x)) <= told for x in labels)
        self._caption_grade = all(grade_in(x) in ("", grade_in(self._caption)) for x in labels)
        self._stub_head = table.stub_head

    def speaks_of(self, placed: PlacedCell) -> bool:
        """Whether the cell counts adverse events."""
        return self.is_event_table or any(SPEAKS_OF_EVENTS.search(tidy(x)) for x in placed.row.path)

    def grade_of(self, placed: PlacedCell) -> str:
        """The grade of the events of a cell, nearest label first."""
        if not self.speaks_of(placed):
            return ""
        heads = [x for x in (*placed.boxhead, placed.subheader) if x]
        for depth in range(len(heads) - 1, -1, -1):
            found = grade_under(heads[depth], heads[:depth], self._beside(heads[depth]))
            if found:
                return found
        path = placed.row.path
        for depth in range(len(path) - 1, -1, -1):
            siblings = self._siblings.get(path[:depth], []) if depth else []
            found = grade_under(path[depth], path[:depth], [s for s in siblings if s != path[depth]])
            if found:
                return found
        return grade_in(self._caption) if self._caption_grade else ""

    def kinds_of(self, placed: PlacedCell) -> str:
        """What kind of events a cell counts, all labels taken together."""
        if not self.speaks_of(placed):
            return ""
        own = [*placed.boxhead, placed.subheader, *placed.row.path]
        return join_kinds([self._caption, self._stub_head, *own] if self._caption_kinds else own)

    def _beside(self, label: str) -> Sequence[str]:
        """The labels on the level of a label."""
        return next((level for level in self._levels if label in level), ())


def is_grade_label(label: str, headings: Sequence[str] = ()) -> bool:
    """Whether a label only says of which grade the events above it are."""
    if headings and is_severity(label):
        return True
    return bool(grade_under(label, headings)) and not any(c.isalpha() for c in _rest(label))


def _rest(label: str) -> str:
    return strip_wording(strip_event_words(label))
