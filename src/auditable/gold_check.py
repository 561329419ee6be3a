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
    rows = [r for r in read_keyed(path).to_dict("records") if not r["is_checked"]]
    n_settled = 0
    for place, row in enumerate(rows, 1):
        where = place_in_words(str(row["table_id"]), str(row["stub_path"]), str(row["spanner_path"]))
        said = say_value(str(row["statistic"]), str(row["value"]), str(row["unit"]))
        answer = ask(f"{place} of {len(rows)}  {where}: {said} (printed: {row['raw_text']})").strip()
        if answer == STOP:
            break
        if answer != SKIP:
            _settle(path, str(row["line_key"]), answer, who, {name: str(row[name]) for name in SEEN})
            n_settled += 1
    return n_settled


def _settle(path: Path, line_key: str, answer: str, who: str, seen: dict[str, str]) -> None:
    if answer == DROP:
        drop_row(path, line_key, seen=seen)
    elif answer:
        edit_row(path, line_key, answer, who, seen=seen)
    else:
        check_row(path, line_key, who, seen=seen)
