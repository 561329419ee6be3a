"""The rows of a keyer's file that are still the draft's, one after the other, each settled by one answer.

Comes in: a keyer's file, and a way to ask. Goes out: the same file, saved after every answer, and how many answers were
given. How it looks on a terminal is left to cli_gold.py; the review page does the same with the ink beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from auditable.gold_entry import check_row, drop_row, edit_row
from auditable.gold_record import read_keyed
from auditable.reconcile import place_in_words, say_value

DROP, SKIP, STOP = ":d", ":s", ":q"
"""Answers that no cell prints; an empty one says that the page prints the row, any other is what it prints."""
SEEN = ("statistic", "value", "unit", "raw_text", "keyed_by")


def check_rows(path: Path, who: str, ask: Callable[[str], str]) -> int:
    """How many rows were settled before the end or the answer STOP.

    ask: shows a row in words, and gives the answer: "" for as printed, DROP, SKIP, STOP, or the value that is printed.
    Raises as the functions of gold_entry.py do.
    """
    n_settled = n_skipped = 0
    # Read anew for every row: one that is dropped gives its key to the next row of its place.
    while len(rows := _open_rows(path)) > n_skipped:
        row = rows[n_skipped]
        counted = f"{n_settled + n_skipped + 1} of {n_settled + len(rows)}"
        answer = ask(f"{counted}  {_in_words(row)}").strip()
        if answer == STOP:
            break
        if answer == SKIP:
            n_skipped += 1
        else:
            _settle(path, row["line_key"], answer, who, {name: row[name] for name in SEEN})
            n_settled += 1
    return n_settled


def _open_rows(path: Path) -> list[dict[str, str]]:
    """The rows that nobody checked, in the order of the file."""
    rows = read_keyed(path)
    unchecked = rows[~rows["is_checked"].astype(bool)]
    return [{str(k): str(v) for k, v in row.items()} for row in unchecked.to_dict("records")]


def _in_words(row: dict[str, str]) -> str:
    where = place_in_words(row["table_id"], row["stub_path"], row["spanner_path"])
    return f"{where}: {say_value(row['statistic'], row['value'], row['unit'])} (printed: {row['raw_text']})"


def _settle(path: Path, line_key: str, answer: str, who: str, seen: dict[str, str]) -> None:
    if answer == DROP:
        drop_row(path, line_key, seen=seen)
    elif answer:
        edit_row(path, line_key, answer, who, seen=seen)
    else:
        check_row(path, line_key, who, seen=seen)
