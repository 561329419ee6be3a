"""What the curator sees of `auditable add` and `fetch`: what the PDF says, its tables, changes of values, what is left.

Comes in: results of intake. Goes out: text on a rich console. Nothing is computed or decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid

from auditable.facts import Fact
from auditable.intake import Intake
from auditable.intake_report import Todo, TypedTable
from auditable.terminal_text import plain

MAX_LISTED = 8
"""Labels and changed values shown; the others are counted, and stand in the file or command that is named."""

LEAST_LIKENESS = 75
"""Of 100: an entry of the codebook less like the label than this only distracts."""


def show_intake(console: Console, intake: Intake) -> None:
    """Prints where the paper lies now and what its PDF says of itself, each with where it was read."""
    kind = "a new version of this study" if intake.is_new_version else "a new study"
    pages = f"{intake.facts.n_pages} page{'s' if intake.facts.n_pages != 1 else ''}"
    scan = ", a scan read by OCR" if intake.facts.is_scan else ""
    _say(console, f"[bold]{intake.study_id}[/]: {kind}, {pages}{scan}. {plain(str(intake.folder))}")
    facts = intake.facts
    for name, fact in (
        ("title", facts.title), ("author", facts.surname), ("year", facts.year), ("DOI", facts.doi),
        ("journal", facts.journal), ("licence", facts.licence),
    ):  # fmt: skip
        _say(console, f"  {name:<8} {_fact_text(fact)}")
    for note in intake.notes:
        _say(console, f"  [yellow]note[/]     {plain(note)}")


def show_typed_tables(console: Console, tables: Sequence[TypedTable], problems: Sequence[str]) -> None:
    """Prints the tables found, each with its type and how sure that is; and what could not be read."""
    grid = Grid(
        title=f"{len(tables)} tables",
        title_justify="left",
        header_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
    for name in ("table", "page", "type", "sure", "why", "values", "caption"):
        grid.add_column(
            name,
            no_wrap=name not in ("caption", "why"),
            justify="right" if name in ("sure", "values") else "left",
            overflow="fold",
        )
    for t in tables:
        pages = ", ".join(map(str, t.pages))
        grid.add_row(
            t.table_id,
            pages,
            t.type_name,
            str(t.score),
            plain(t.why),
            str(t.n_observations),
            plain(t.caption or t.label),
        )
    console.print(grid)
    for problem in problems:
        _say(console, f"[yellow]Not read:[/] {plain(problem)}")


def show_unknown(console: Console, labels: pd.DataFrame) -> None:
    """Prints the first labels that the codebook does not explain, those of tables first, with the nearest entry."""
    ordered = labels.assign(is_text=labels["source"] != "table", n_minus=-labels["n_observations"])
    rows = ordered.sort_values(["is_text", "n_minus"], kind="stable").head(MAX_LISTED).to_dict("records")
    for row in rows:
        nearest = _nearest(str(row["nearest"]))
        _say(
            console,
            f"  {plain(str(row['table_id'] or row['source']))}: {plain(str(row['label']))} [dim]· {plain(nearest)}[/]",
        )
    if len(labels) > len(rows):
        _say(console, f"  … and {len(labels) - len(rows)} more")


def show_changes(console: Console, changes: pd.DataFrame, path: object) -> None:
    """Prints what the new PDF prints otherwise than the old one: counts, then the first of them as a table."""
    counts = changes["change"].value_counts()
    said = ", ".join(f"{counts.get(kind, 0)} {kind}" for kind in ("changed", "gone", "added"))
    _say(console, f"Values of the new PDF against the old one: {said}. All in {plain(str(path))}")
    if changes.empty:
        return
    grid = Grid(header_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for name in ("", "table", "row", "column", "before", "now"):
        grid.add_column(name, overflow="fold")
    for row in changes.head(MAX_LISTED).to_dict("records"):
        cells = [
            row["change"],
            row["table_id"],
            row["stub_path"],
            row["spanner_path"],
            _value(row, "before"),
            _value(row, "now"),
        ]
        grid.add_row(*(plain(str(c)) for c in cells))
    console.print(grid)
    if len(changes) > MAX_LISTED:
        _say(console, f"  … and {len(changes) - MAX_LISTED} more")


def show_todos(console: Console, todos: Sequence[Todo]) -> None:
    """Prints the closing list: what is left for a human, each with its command or file."""
    _say(console, "\n[bold]Left for you[/]")
    for number, todo in enumerate(todos, start=1):
        _say(console, f"{number:>3}. {plain(todo.what)}")
        _say(console, f"     → {plain(todo.how)}")
    if not todos:
        _say(console, "     nothing")


def _nearest(suggestions: str) -> str:
    """The first suggestion, where it is near enough to be one."""
    first = suggestions.split(";", 1)[0]
    likeness = re.search(r"\((\d+)\)$", first)
    return first if likeness and int(likeness[1]) >= LEAST_LIKENESS else "nothing like it"


def _fact_text(fact: Fact) -> str:
    if fact:
        return f"{plain(fact.value)} [dim]· {plain(fact.read_from)}[/]"
    return f"[yellow]unknown[/] [dim]· {plain(fact.read_from)}[/]"


def _value(row: dict, which: str) -> str:
    parts = (row[f"statistic_{which}"], row[f"value_{which}"], row[f"unit_{which}"])
    return " ".join(str(p) for p in parts if p) or "–"


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False)
