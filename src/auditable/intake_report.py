"""A study that was just taken in and curated → its first report: tables with their types, and what is left for a human.

Comes in: what curated/ holds of the study, its paper.yaml. Goes out: TypedTables and Todos, each with the exact command
or file. Printing them is left to terminal_intake.py.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditable.decisions import Decided
from auditable.desk import pick_items
from auditable.gold_record import GOLD_FILE
from auditable.model import Reading, Table
from auditable.papers import UNKNOWN, read_about
from auditable.row_kinds import RowKinds, row_kinds
from auditable.store import StudyFrames
from auditable.table_types import collect_types

ROW_WORDS = {
    "baseline": "describe patients", "outcome": "are outcomes", "event": "are adverse events",
    "part": "part the patients",
    "exposure": "are of treatment given",
}  # fmt: skip
"""Kinds of rows (row_kinds.py) in a few words."""
CLEAR = 10
"""By so many of 100 the type must be surer than the second, or a human is asked."""


@dataclass(frozen=True)
class TypedTable:
    """A table as it was recognised. score: how sure, 0 to 100; why: what its rows and heads are, and the next likely
    type with its score. is_clear: the type is known, and surer than the second.
    """

    table_id: str
    label: str
    caption: str
    pages: tuple[int, ...]
    type_name: str
    score: int
    why: str
    n_observations: int
    is_clear: bool


@dataclass(frozen=True)
class Todo:
    """One thing left for a human: what and why, and the command to give or the file to change."""

    what: str
    how: str


@dataclass(frozen=True)
class Places:
    """Where the study lies, as the user named the folders, for commands that can be copied."""

    raw_dir: Path
    curated_dir: Path
    study_id: str

    def command(self, words: str, *, raw: bool = False, curated: bool = True) -> str:
        """The command `auditable …` with the options for folders that are not the usual ones."""
        options = [("--raw", self.raw_dir, "raw", raw), ("--curated", self.curated_dir, "curated", curated)]
        given = [
            f"{name} {shlex.quote(str(path))}"
            for name, path, usual, is_used in options
            if is_used and str(path) != usual
        ]
        return " ".join([f"auditable {words}", *given])


def type_tables(reading: Reading, frames: StudyFrames, named: Mapping[str, str]) -> list[TypedTable]:
    """The tables in reading order. named: types that paper.yaml gives by table id."""
    counts = frames.observations["table_id"].value_counts()
    return [
        _typed(table, int(counts.get(table.table_id, 0)), named.get(table.table_id, "")) for table in reading.tables
    ]


def list_todos(
    places: Places, reading: Reading, frames: StudyFrames, decided: Decided, draft: Path | None, changes: Path | None
) -> list[Todo]:
    """What is left for a human, in the order in which it is best done."""
    about_path = places.raw_dir / places.study_id / "paper.yaml"
    about = read_about(about_path)
    tables = type_tables(reading, frames, about.get("table_types", {}))
    return [
        *_about_todos(about, about_path),
        *([Todo("look at the values that the new PDF changed", str(changes))] if changes else []),
        *_table_todos(places, tables, reading, about_path),
        *_label_todos(places, frames),
        *_item_todos(places, decided),
        *_gold_todos(places, about_path.parent, draft),
    ]


def _typed(table: Table, n_observations: int, named: str) -> TypedTable:
    kinds = row_kinds(table)
    scores = sorted(((t.score(table, kinds), t.name) for t in collect_types()), key=lambda s: -s[0])
    (score, name), (next_score, next_name) = scores[0], scores[1]
    why = "; ".join([*_signs(kinds), *([f"next: {next_name} {next_score}"] if next_score > 1 else [])])
    is_clear = name != "unknown" and score - next_score >= CLEAR
    if named:
        score, name, why, is_clear = 100, named, "paper.yaml says so", True
    pages = tuple(dict.fromkeys(p.page for p in table.pieces))
    return TypedTable(table.table_id, table.label, table.caption, pages, name, score, why, n_observations, is_clear)


def _signs(kinds: RowKinds) -> Iterator[str]:
    """What speaks for a type: the kind of most rows, and what the heads say."""
    name, share = max(((n, getattr(kinds, n)) for n in ROW_WORDS), key=lambda kind: kind[1])
    if share > 0:
        yield f"{int(100 * share)} % of rows {ROW_WORDS[name]}"
    if kinds.ratios or kinds.effects:
        yield "compares groups"
    if kinds.times > 1 or kinds.row_times > 1:
        yield "time points"


def _about_todos(about: Mapping[str, Any], path: Path) -> list[Todo]:
    read_from: Mapping[str, str] = about.get("read_from", {})
    missing = [k for k, said in read_from.items() if said.startswith("not found")]
    todos = [Todo(f"fill in what the PDF does not say: {', '.join(missing)}", str(path))] if missing else []
    if about["licence"] == UNKNOWN and "licence" not in missing:
        todos.append(Todo("say under what licence the PDF may be kept", str(path)))
    seen = [k for k in read_from if k not in missing]
    if seen:
        todos.append(Todo(f"compare with page 1: {', '.join(seen)}", str(path)))
    return todos


def _table_todos(places: Places, tables: Sequence[TypedTable], reading: Reading, about: Path) -> list[Todo]:
    todos = [
        Todo(problem, "look at that page of the PDF; what it holds is not in the data") for problem in reading.problems
    ]
    if not tables:
        todos.append(Todo("no table was found: is it so?", str(about.with_name("paper.pdf"))))
    unsure = [t for t in tables if not t.is_clear]
    if unsure:
        example = f"table_types: {{{unsure[0].table_id}: baseline}}"
        names = ", ".join(f"{t.table_id} ({t.type_name})" for t in unsure)
        todos.append(Todo(f"say of what type these tables are: {names}", f"{about}, such as `{example}`"))
    if tables:
        todos.append(
            Todo("see that every table was found and cut well", places.command(f"overlay {places.study_id}", raw=True))
        )
    return todos


def _label_todos(places: Places, frames: StudyFrames) -> list[Todo]:
    n = len(frames.unknown_labels)
    if not n:
        return []
    what = f"{n} labels are not in the codebook; their numbers are kept, without a variable"
    return [Todo(what, places.command(f"show {places.study_id} --as labels"))]


def _item_todos(places: Places, decided: Decided) -> list[Todo]:
    items = pick_items(decided, places.study_id)
    n = int((~items["state"].isin(("closed", "gone"))).sum()) if len(items) else 0
    return (
        [Todo(f"decide on {n} item{'s' if n > 1 else ''}", places.command("review --who NAME", raw=True))] if n else []
    )


def _gold_todos(places: Places, folder: Path, draft: Path | None) -> list[Todo]:
    if (folder / GOLD_FILE).is_file():
        return []
    what = "make the gold record: two people key or check the draft, then it is signed (docs/gold.md)"
    how = places.command(f"gold draft {places.study_id} --keyer NAME", raw=True)
    return [Todo(what + ("" if draft else "; no draft was written"), how)]
