"""A random clinical table and its truth: labels, values, marks and notes, without any ink.

Texts hold raised and lowered figures as Unicode ("10⁹/L", "HbA₁c"); ink.py prints them smaller, off the base line.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random
from typing import Any


@dataclass(frozen=True)
class PrintedCell:
    """A text and the marks behind it."""

    text: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedHead:
    """One label of the boxhead over columns first..last, counted from 0 with the stub columns."""

    text: str
    first: int
    last: int
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedRow:
    """labels: one per stub column, "" where not printed again; path: what a reader must make of it.

    kind: data | group | subheader | total. marks: of the row and the groups over it.
    """

    depth: int
    labels: tuple[PrintedCell, ...]
    cells: tuple[PrintedCell, ...]
    path: tuple[str, ...]
    kind: str = "data"
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrintedTable:
    """One table: head levels from the top down, rows, notes as (mark, text)."""

    label: str
    caption: str
    head: tuple[tuple[PrintedHead, ...], ...]
    rows: tuple[PrintedRow, ...]
    notes: tuple[tuple[str, str], ...]
    n_stub: int

    @property
    def n_columns(self) -> int:
        """Number of body columns."""
        return len(self.rows[0].cells)

    @property
    def deepest(self) -> int:
        """Depth of the row that is set in furthest."""
        return max(row.depth for row in self.rows)

    def loose_depths(self) -> set[int]:
        """Depths at which a row without children follows a group: only indentation or weight can show it."""
        loose, closed = set(), set()
        for k, row in enumerate(self.rows):
            closed = {d for d in closed if d <= row.depth}
            has_children = k + 1 < len(self.rows) and self.rows[k + 1].depth > row.depth
            if has_children:
                closed.add(row.depth)
            elif row.depth in closed:
                loose.add(row.depth)
        return loose

    def has_valued_parents(self) -> bool:
        """Whether a row with values has rows under it."""
        return any(a.kind == "data" and b.depth > a.depth for a, b in pairwise(self.rows))


@dataclass
class Node:
    """A row to be and the rows under it."""

    label: str
    cells: list[str]
    kind: str = "data"
    children: list[Node] = field(default_factory=list)


def flatten(nodes: list[Node], depth: int = 0, above: tuple[str, ...] = ()) -> list[PrintedRow]:
    """Rows of the trees in printed order."""
    rows = []
    for node in nodes:
        path = (*above, node.label)
        cells = tuple(PrintedCell(t) for t in node.cells)
        rows.append(PrintedRow(depth, (PrintedCell(node.label),), cells, path, node.kind))
        rows.extend(flatten(node.children, depth + 1, path))
    return rows


def truth(table: PrintedTable) -> dict[str, Any]:
    """The table as plain data: label, header_rows (spanners repeated, the lowest label last), rows, notes."""
    width = table.n_stub + table.n_columns
    levels = [[""] * width for _ in table.head]
    lowest: dict[int, tuple[int, PrintedHead]] = {}
    for i, level in enumerate(table.head):
        for head in level:
            for k in range(head.first, head.last + 1):
                levels[i][k] = head.text
                lowest[k] = (i, head)
    for k, (i, head) in lowest.items():
        if head.first == head.last and i < len(levels) - 1:
            levels[i][k], levels[-1][k] = "", head.text
    return {
        "label": table.label,
        "header_rows": levels,
        "rows": [
            {
                "path": list(row.path),
                "cells": [c.text for c in row.cells],
                "cell_marks": [list(c.marks) for c in row.cells],
                "label_marks": list(row.marks),
            }
            for row in table.rows
        ],
        "notes": [{"mark": mark, "text": text} for mark, text in table.notes],
    }


def column_paths(table: PrintedTable) -> list[tuple[tuple[str, ...], set[str]]]:
    """For each body column the labels over it, outermost first, and their marks."""
    out = []
    for k in range(table.n_stub, table.n_stub + table.n_columns):
        over = [h for level in table.head for h in level if h.first <= k <= h.last and h.text]
        out.append((tuple(h.text for h in over), {m for h in over for m in h.marks}))
    return out


def inherit_marks(rows: list[PrintedRow]) -> tuple[PrintedRow, ...]:
    """The rows, each with the marks of its own labels and of the groups over it."""
    stack: list[tuple[int, tuple[str, ...]]] = []
    first: tuple[str, ...] = ()
    out = []
    for row in rows:
        own = tuple(m for label in row.labels for m in label.marks)
        if len(row.labels) > 1:
            first = row.labels[0].marks if row.labels[0].text else first
            out.append(replace(row, marks=tuple(dict.fromkeys([*first, *row.labels[1].marks]))))
            continue
        while stack and stack[-1][0] >= row.depth:
            stack.pop()
        marks = tuple(dict.fromkeys([*(stack[-1][1] if stack else ()), *own]))
        stack.append((row.depth, marks))
        out.append(replace(row, marks=marks))
    return tuple(out)


def random_table(rng: Random) -> PrintedTable:
    """A table of one of the families: baseline, outcome, adverse events, laboratory, regression, patients, and more."""
    from tests.printed.families import FAMILIES
    from tests.printed.marking import add_marks

    head, rows, n_stub = rng.choice(FAMILIES)(rng)
    return add_marks(rng, head, rows, n_stub)
