"""Items and decisions in the terminal: the news of a run, `auditable decisions list`, `auditable decisions merge`.

Comes in: what desk.py and decisions_merge.py found. Goes out: text on a rich console. Nothing is computed or decided
here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd
from rich.console import Console

from auditable.decisions import Decided
from auditable.decisions_merge import Merged
from auditable.summary import change_line
from auditable.terminal_text import plain

MAX_LISTED = 8
"""Items that a run names; the others stand in the report."""
URGENT = ("disputed", "returned", "new")
"""States of the items that a run names, the most pressing first."""


def show_items(console: Console, decided: Decided) -> None:
    """Prints the first items that are disputed, returned or new, what went wrong with the files, and all counts."""
    urgent = [r for state in URGENT for r in decided.items[decided.items["state"] == state].to_dict("records")]
    for row in urgent[:MAX_LISTED]:
        _show_item(console, row)
    if len(urgent) > MAX_LISTED:
        console.print(f"  … and {len(urgent) - MAX_LISTED} more, all in the report")
    _show_problems(console, decided)
    console.print(f"Items: {change_line(decided)}.", highlight=False)


def show_decided(console: Console, items: pd.DataFrame, decided: Decided) -> None:
    """Prints these items one by one, then what went wrong with the files, and the counts of all items."""
    for row in items.to_dict("records"):
        _show_item(console, row)
    _show_problems(console, decided)
    console.print(f"{len(items)} of {len(decided.items)} items: {change_line(decided)}.", highlight=False)


def show_merged(console: Console, merged: Merged) -> None:
    """Prints what became of another person's lines: disputes and what was not taken first, then the counts."""
    for item_id, lines in merged.disputed:
        said = " / ".join(f"{d.verdict} ({d.who or 'nobody named'})" for d in lines)
        _print(console, f"[bold]disputed[/] · {plain(item_id)} · {plain(said)}")
    for problem in merged.problems:
        _print(console, f"[bold red]Not taken:[/] {plain(problem)}")
    counts = (f"{len(merged.added)} added", f"{len(merged.equal)} equal", f"{len(merged.disputed)} disputed")
    _print(console, f"Items: {', '.join(counts)}.")


def _show_item(console: Console, row: Mapping[Hashable, object]) -> None:
    line = f"[bold]{row['state']}[/] · {row['study_id']} · {row['item_id']} · {plain(str(row['message']))}"
    if row["verdict"]:
        who = f" ({row['who']})" if row["who"] else ""
        since = f" It was said of {row['value_then'] or 'values not named'}." if row["state"] == "returned" else ""
        line += plain(f" Decided: {row['verdict']}{who}.{since}")
    _print(console, line)


def _show_problems(console: Console, decided: Decided) -> None:
    for problem in decided.problems:
        _print(console, f"[bold red]Problem:[/] {plain(problem)}")
    lines = decided.lines[decided.lines["item_id"].isin(decided.unknown_ids)]
    for row in lines.to_dict("records"):
        said = f"{row['item_id']}, {row['verdict']}" + (f" ({row['who']})" if row["who"] else "")
        _print(console, f"Decided, but no item of today: {plain(said)}")


def _print(console: Console, line: str) -> None:
    console.print(line, soft_wrap=True, highlight=False)
