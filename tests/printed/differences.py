"""A table that was read against the truth: every way in which they differ, each in a line."""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

from auditable.model import Table
from tests.printed.content import PrintedTable, column_paths

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def plain(text: str) -> str:
    """Text without white space and forms of no meaning: a figure printed small or large, kinds of dash."""
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def plain_label(text: str) -> str:
    """The same without hyphens, which a label may gain or lose where it wraps."""
    return plain(text).replace("-", "")


def differences(want: PrintedTable, got: Table) -> list[str]:
    """How the reading differs from the truth in rows, cells, heads and marks; empty when it is whole."""
    return [*_row_differences(want, got), *_head_differences(want, got)]


def note_differences(want: PrintedTable, got: Table) -> list[str]:
    """How the notes differ."""
    wanted = [f"{m}|{plain(t)}" for m, t in want.notes]
    found = [f"{n.mark}|{plain(n.text)}" for n in got.notes]
    return [] if wanted == found else [f"notes: want {wanted}, got {found}"]


def _row_differences(want: PrintedTable, got: Table) -> list[str]:
    out = []
    if len(want.rows) != len(got.rows):
        out.append(f"{len(got.rows)} rows, not {len(want.rows)}")
    for a, b in zip_longest(want.rows, got.rows):
        if a is None or b is None:
            out.append(f"row: want {a.path if a else None}, got {b.path if b else None}")
            continue
        if [plain_label(t) for t in a.path] != [plain_label(t) for t in b.path]:
            out.append(f"path: want {a.path}, got {b.path}")
        if [plain(c.text) for c in a.cells] != [plain(c.text) for c in b.cells]:
            out.append(f"cells of {a.path[-1]}: want {[c.text for c in a.cells]}, got {[c.text for c in b.cells]}")
        wanted, found = [[_marks(c.marks) for c in row.cells] for row in (a, b)]
        if wanted != found:
            out.append(f"cell marks of {a.path[-1]}: want {wanted}, got {found}")
        if _marks(a.marks) != _marks(b.label_marks):
            out.append(f"label marks of {a.path[-1]}: want {a.marks}, got {b.label_marks}")
    return out


def _head_differences(want: PrintedTable, got: Table) -> list[str]:
    if got.stub_columns != want.n_stub or got.n_columns != want.n_columns:
        return [f"columns: want {want.n_stub} + {want.n_columns}, got {got.stub_columns} + {got.n_columns}"]
    out = []
    for k, (path, marks) in enumerate(column_paths(want)):
        if [plain_label(t) for t in path] != [plain_label(t) for t in got.column_path(k)]:
            out.append(f"head {k + 1}: want {path}, got {got.column_path(k)}")
        elif _marks(marks) != _marks(got.column_marks(k)):
            out.append(f"head marks {k + 1}: want {sorted(marks)}, got {got.column_marks(k)}")
    stub_head = " ".join(h.text for level in want.head for h in level if h.last < want.n_stub)
    if plain_label(stub_head) != plain_label(got.stub_head):
        out.append(f"stub head: want {stub_head!r}, got {got.stub_head!r}")
    return out


def _marks(marks: object) -> set[str]:
    """The single marks, also where several symbols stand together."""
    return {c for m in marks for c in re.findall(r"[*†‡§¶#]|[a-z]|\d+", m)}  # type: ignore[attr-defined]
