"""The curator's verdicts on findings and discrepancies, carried from run to run.

Comes in: decisions.csv, written by people, and the items of this run. Goes out: the state of each item. One decision
stands on one line, so that git merges two people's files line by line and a broken line spoils no other. A run only
reads the file; writing it is left to decisions_file.py.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from auditable.gold_record import one_line
from auditable.model import AuditableError
from schemas.desk_frames import DECISIONS, Decisions, Items
from schemas.frames import empty_frame, frame_of

COLUMNS = tuple(Decisions.to_schema().columns)
SHOWN = ("verdict", "note", "who", "when", "value_then")
BETWEEN_LINES = " / "
"""Between the verdicts, notes … of two lines on one item, where one cell shows both."""


@dataclass(frozen=True)
class DecisionLine:
    """One line of decisions.csv: its number (the first line of the file is 1), its text without the line end, and
    either its fields by column or the problem it has.
    """

    number: int
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class DecisionsRead:
    """The decisions of a file (frame Decisions, in the order of the file), and a message for each line that is none."""

    frame: pd.DataFrame = field(default_factory=lambda: empty_frame(Decisions))
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decided:
    """Items with their state, and what answers to no item.

    items: one row per item of this run: item_id, study_id, value_now, message, change, value_before, state (one of
    ITEM_STATES), and verdict, note, who, when, value_then of the lines that count, joined by " / " where there are two.
    gone: the items of the run before that are no more (frame Items). lines: all decisions, one row per line (frame
    Decisions). unknown_ids: ids in it that no item of this run has. problems: what could not be read, one message each.
    """

    items: pd.DataFrame
    gone: pd.DataFrame
    lines: pd.DataFrame
    unknown_ids: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def count(self, state: str) -> int:
        """Items in this state."""
        return int((self.items["state"] == state).sum())

    def count_open(self, study_id: str = "") -> int:
        """Items left to decide, of all studies or of one."""
        is_open = self.items["state"] != "closed"
        return int((is_open & (self.items["study_id"] == study_id) if study_id else is_open).sum())


def read_decisions(path: Path) -> DecisionsRead:
    """The verdicts of a file and the problems of its lines; an absent file gives none.

    Raises AuditableError for a file that is no CSV of these columns at all.
    """
    if not path.exists():
        return DecisionsRead()
    lines = read_lines(path)
    rows = [dict(line.fields) for line in lines if not line.problem]
    keys = dict.fromkeys(tuple(row.values()) for row in rows)
    unique: list[dict[str, object]] = [dict(zip(COLUMNS, key, strict=True)) for key in keys]
    problems = tuple(f"{path}, line {line.number}: {line.problem}" for line in lines if line.problem)
    return DecisionsRead(frame_of(unique, Decisions), problems)


def read_lines(path: Path) -> list[DecisionLine]:
    """All lines of a file below its first, blank ones left out; raises AuditableError as read_decisions does."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (ValueError, OSError) as error:
        raise _unreadable(path, str(error)) from error
    head, *lines = text.split("\n")
    columns = [name.strip() for name in _fields(head)]
    if sorted(columns) != sorted(COLUMNS):
        raise _unreadable(path, head.strip()[:200] or "nothing in the first line")
    return [_read_line(n, line, columns) for n, line in enumerate(lines, start=2) if line.strip(", \t")]


def _unreadable(path: Path, found: str) -> AuditableError:
    return AuditableError(
        "the decisions cannot be read",
        where=f"{path}, line 1",
        expected="a CSV file in UTF-8 whose first line is " + ",".join(COLUMNS),
        found=found,
        remedy="Correct the file, or move it away to start without decisions. Nothing was changed.",
    )


def _fields(line: str) -> list[str]:
    """The fields of one line; a quote that is not closed gives none."""
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return []


def _read_line(number: int, text: str, columns: Sequence[str]) -> DecisionLine:
    found = _fields(text)
    if len(found) != len(columns):
        said = f"{len(found)} fields" if found else "a quote that is not closed on its line"
        problem = f"this is no decision. Expected {len(columns)} fields on one line, found {said}: {text[:80]}"
        return DecisionLine(number, text, problem=f"{problem}. Correct or delete the line.")
    named = dict(zip(columns, found, strict=True))
    fields = {name: named[name] for name in COLUMNS} | {n: named[n].strip() for n in ("item_id", "verdict")}
    if not fields["item_id"]:
        return DecisionLine(number, text, problem="the item is not named. Write its id into item_id.")
    if fields["verdict"] not in DECISIONS:
        problem = f"unknown verdict on {fields['item_id']}. Expected one of {', '.join(DECISIONS)}, found "
        problem += f"{fields['verdict'] or 'nothing'}. Correct the verdict, or delete the line to open the item again."
        return DecisionLine(number, text, problem=problem)
    return DecisionLine(number, text, fields)


def apply_decisions(items: pd.DataFrame, compared: pd.DataFrame, read: DecisionsRead) -> Decided:
    """The items of list_items with the state that decisions and the last run give them.

    compared: what compare_items says of these items.
    """
    is_gone = compared["change"] == "gone"
    changes = compared.loc[~is_gone, ["item_id", "change", "value_before"]]
    rows = items.merge(changes, on="item_id", how="left", validate="1:1").to_dict("records")
    by_item: dict[str, list[Mapping[str, str]]] = {}
    for line in read.frame.to_dict("records"):
        by_item.setdefault(str(line["item_id"]), []).append({str(k): str(v) for k, v in line.items()})
    states = [_state(str(r["value_now"]), str(r["change"]), by_item.get(str(r["item_id"]), [])) for r in rows]
    columns = [*items.columns, "change", "value_before", "state", *SHOWN]
    shown = [{str(k): v for k, v in row.items()} | state for row, state in zip(rows, states, strict=True)]
    return Decided(
        items=pd.DataFrame(shown, columns=columns).astype(str),
        gone=Items.validate(compared[is_gone].reset_index(drop=True)),
        lines=read.frame,
        unknown_ids=tuple(sorted(set(by_item) - set(items["item_id"]))),
        problems=read.problems,
    )


def _state(value_now: str, change: str, lines: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The state of an item and the lines that count: those on its present values, else all that were ever given."""
    if not lines:
        return {"state": "unchanged" if change == "unchanged" else "new"} | dict.fromkeys(SHOWN, "")
    holding = [line for line in lines if one_line(line["value_then"]) == value_now]
    verdicts = {line["verdict"] for line in holding}
    state = "returned" if not verdicts else "closed" if len(verdicts) == 1 else "disputed"
    return {"state": state} | {name: _join(holding or lines, name) for name in SHOWN}


def _join(lines: Sequence[Mapping[str, str]], name: str) -> str:
    return BETWEEN_LINES.join(dict.fromkeys(line[name] for line in lines if line[name]))
