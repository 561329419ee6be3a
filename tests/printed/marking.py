"""Marks and notes for a made table: letters, figures or symbols behind labels, heads and cells."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from tests.printed import words
from tests.printed.content import PrintedCell, PrintedHead, PrintedRow, PrintedTable, inherit_marks

MARK_SETS = (tuple("abcdef"), ("*", "†", "‡", "§", "¶", "#"), ("1", "2", "3", "4"))


def add_marks(rng: Random, head: list[list[PrintedHead]], rows: list[PrintedRow], n_stub: int) -> PrintedTable:
    """The finished table: some labels, heads and cells marked, each mark with its note."""
    marks = rng.choice(MARK_SETS)
    n_marks = rng.choice([0, 1, 2, 3])
    general = [("", rng.choice(words.GENERAL_NOTES))] if rng.random() < 0.6 else []
    texts = rng.sample(words.NOTE_TEXTS, n_marks)
    levels, lines = [list(level) for level in head], list(rows)
    for mark in marks[:n_marks]:
        for _ in range(rng.choice([1, 1, 2])):
            _put(rng, mark, levels, lines)
    used = {m for level in levels for h in level for m in h.marks} | {
        m for r in lines for c in (*r.labels, *r.cells) for m in c.marks
    }
    notes = general + [(m, t) for m, t in zip(marks, texts, strict=False) if m in used]
    label = f"Table {rng.randint(1, 6)}"
    return PrintedTable(
        label, rng.choice(words.CAPTIONS), tuple(map(tuple, levels)), inherit_marks(lines), tuple(notes), n_stub
    )


def _put(rng: Random, mark: str, levels: list[list[PrintedHead]], rows: list[PrintedRow]) -> None:
    place = rng.choice(["label", "label", "cell", "head"])
    if place == "head":
        level = rng.choice(levels)
        k = rng.randrange(len(level))
        if _may_follow(level[k].text, mark):
            level[k] = replace(level[k], marks=_with(level[k].marks, mark))
        return
    i = rng.randrange(len(rows))
    row = rows[i]
    cells = list(row.labels if place == "label" else row.cells)
    k = rng.randrange(len(cells))
    if row.kind == "subheader" and place == "cell":
        return
    if _may_follow(cells[k].text, mark):
        cells[k] = PrintedCell(cells[k].text, _with(cells[k].marks, mark))
        rows[i] = replace(row, labels=tuple(cells)) if place == "label" else replace(row, cells=tuple(cells))


def _with(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*marks, mark]))


def _may_follow(text: str, mark: str) -> bool:
    if not text or len(text) < 2:
        return False
    return not (mark.isdigit() and re.search(r"(?:\b[A-Za-zµ]{1,3}|[\d⁰-₉%+-])$", text))
