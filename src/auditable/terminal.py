"""What the curator sees in the terminal: progress bars, the verdict table, tables, findings, messages.

Comes in: results of the core. Goes out: text on a rich console. Nothing is computed or decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

from auditable.findings_output import pick_told, say_verdict
from auditable.model import Table
from auditable.tally import HEADINGS, N_READ_COLUMNS, StudyTally, verdict_rows
from auditable.terminal_items import show_items
from auditable.terminal_text import plain

if TYPE_CHECKING:
    import pandas as pd

    from auditable.outcomes import StudyFailure
    from auditable.publication import CorpusRun

MAX_LISTED = 8
"""Discrepancies shown per study; the others are named by their file and number."""
STEP_WORDS = {
    "waiting": "waits",
    "reading": "reads tables and text",
    "checking": "checks and reconciles",
    "done": "done",
    "failed": "broken input",
}
STEP_SHARE = {"waiting": 0, "reading": 1, "checking": 3, "done": 4, "failed": 4}


class RunProgress:
    """One bar per study while a run lasts; follows the steps that the flow tells."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="[green]✓[/]"), TextColumn("{task.fields[study]:<16}"), BarColumn(bar_width=24),
            TextColumn("{task.description}"), TimeElapsedColumn(), console=console, transient=not console.is_terminal,
        )  # fmt: skip
        self._bars: dict[str, TaskID] = {}
        self._start = self._progress.add_task("starts", study="corpus", total=None)

    def __enter__(self) -> RunProgress:
        self._progress.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._progress.remove_task(self._start)
        self._progress.stop()

    def show(self, study_id: str, step: str, is_cached: bool) -> None:
        """Moves the bar of a study to a step."""
        words = "unchanged, from cache" if is_cached and step == "done" else STEP_WORDS[step]
        if step == "failed":
            words = f"[red]{words}[/]"
        if study_id not in self._bars:
            self._bars[study_id] = self._progress.add_task(words, study=study_id, total=STEP_SHARE["done"])
        self._progress.update(self._bars[study_id], description=words, completed=STEP_SHARE[step])


def show_run(console: Console, outcome: CorpusRun, curated_dir: Path) -> None:
    """Prints what a run left: the verdict table, what does not agree, what broke, and the address of the report."""
    publication = outcome.publication
    show_verdicts(console, publication.tallies)
    show_discrepancies(console, publication.discrepancies, curated_dir)
    console.print()
    show_failures(console, outcome.failures)
    show_items(console, publication.decided)
    told = [f"{len(outcome.computed)} computed"] if outcome.computed else []
    told += [f"{len(outcome.cached)} unchanged, from cache"] if outcome.cached else []
    told += [f"{len(outcome.failures)} not curated"] if outcome.failures else []
    console.print(f"Studies: {'; '.join(told)}. Open items: {publication.open_items}.")
    console.print(f"Report: {publication.report_path.resolve().as_uri()}", soft_wrap=True, highlight=False)


def show_verdicts(console: Console, tallies: Sequence[StudyTally]) -> None:
    """Prints the verdict table in two halves that fit 80 columns; a study with nothing left to decide is green."""
    rows = verdict_rows(tallies)
    for title, columns in (
        ("What was read, and how it compares with the gold record", range(N_READ_COLUMNS)),
        (
            "What the second reader and the checks say, and what is left to decide",
            (0, *range(N_READ_COLUMNS, len(HEADINGS))),
        ),
    ):
        grid = Grid(
            title=title,
            title_justify="left",
            header_style="bold",
            box=SIMPLE_HEAD,
            padding=0,
            pad_edge=False,
        )
        for place in columns:
            grid.add_column(HEADINGS[place], justify="right" if place else "left", no_wrap=True)
        for tally, row in zip(tallies, rows, strict=True):
            grid.add_row(*(row[place] for place in columns), style="" if tally.open_items else "green")
        console.print(grid)


def show_discrepancies(console: Console, discrepancies: pd.DataFrame, curated_dir: Path) -> None:
    """Prints what differs from gold or is missing, table rows first; long lists end with the file that holds the
    rest.
    """
    open_rows = discrepancies[discrepancies["kind"] != "label only"]
    for study_id, own in open_rows.groupby("study_id", sort=True):
        rest = own.assign(is_text=own["table_id"] == "prose").sort_values(
            ["is_text", "table_id", "page"], kind="stable"
        )
        console.print(
            f"\n[bold]{study_id}[/]: {len(own)} discrepanc{'y' if len(own) == 1 else 'ies'} with its gold record."
        )
        for message in rest["message"].head(MAX_LISTED):
            console.print(f"  - {plain(message)}", soft_wrap=True, highlight=False)
        if len(own) > MAX_LISTED:
            path = curated_dir / str(study_id) / "discrepancies.csv"
            console.print(f"  … and {len(own) - MAX_LISTED} more, all in {path}", soft_wrap=True)


def show_failures(console: Console, failures: Sequence[StudyFailure]) -> None:
    """Prints the studies that could not be curated, each with its one message."""
    for failure in failures:
        console.print(f"[bold red]Not curated:[/] {plain(failure.message)}", soft_wrap=True, highlight=False)


def show_table(console: Console, table: Table) -> None:
    """Prints one table as read: boxhead, stub with its depth, cells with their marks, notes; doubtful cells in
    colour.
    """
    title = plain(f"{table.label} {table.caption}".strip())
    grid = Grid(title=f"{table.table_id} · {title}", title_justify="left", show_lines=False)
    grid.add_column(plain(table.stub_head) or " ", overflow="fold")
    for col in range(table.n_columns):
        grid.add_column(plain(" / ".join(table.column_path(col))) or " ", overflow="fold")
    for row in table.rows:
        label = "  " * max(0, len(row.path) - 1) + (row.path[-1] if row.path else "")
        cells = [_cell_text(c.text, c.marks, c.agreement) for c in row.cells]
        grid.add_row(plain(_marked(label, row.label_marks)), *cells, style="bold" if row.kind != "data" else "")
    console.print(grid)
    for note in table.notes:
        console.print(plain(f"{note.mark} {note.text}".strip()), soft_wrap=True, highlight=False)
    pages = ", ".join(dict.fromkeys(str(p.page) for p in table.pieces))
    console.print(f"Page {pages}. [yellow]Yellow[/]: the second reader saw another text.\n")


def _cell_text(text: str, marks: Sequence[str], agreement: str) -> str:
    shown = plain(_marked(text, marks))
    return f"[yellow]{shown}[/]" if agreement == "differs" else shown


def _marked(text: str, marks: Sequence[str]) -> str:
    return f"{text} [{' '.join(marks)}]" if marks else text


def show_labels(console: Console, labels: pd.DataFrame) -> None:
    """Prints the labels that no entry of the codebook explains, each with its place and the nearest entries."""
    for row in labels.to_dict("records"):
        place = f"{row['table_id'] or row['source']}: {row['label']}"
        console.print(f"{plain(place)} [dim]({row['n_observations']})[/]", soft_wrap=True, highlight=False)
        console.print(f"    {plain(str(row['nearest']))}", soft_wrap=True, highlight=False)
    console.print(f"{len(labels)} labels are not in the codebook.")


def show_findings(console: Console, findings: pd.DataFrame) -> None:
    """Prints what is accused or asked, by page, with place and arithmetic, and the counts of all verdicts."""
    told = pick_told(findings).sort_values(["page", "top_pt"], kind="stable")
    for row in told.to_dict("records"):
        where = " > ".join(str(row[key]) for key in ("table_id", "stub_path") if row[key]) or "text"
        what = say_verdict(row["verdict"])
        kind = "" if what == row["severity"] else f" · {row['severity']}"
        console.print(
            f"[bold]{what}[/]{kind} · page {row['page']} · {plain(where)} · {row['rule']} {row['finding_id']}",
            soft_wrap=True,
            highlight=False,
        )
        for line in (row["message"], row["arithmetic"]):
            if line:
                # wrapped under its own margin where the terminal is narrow; whole where the output goes to a file
                shown = Padding(plain(str(line)), (0, 0, 0, 4)) if console.is_terminal else f"    {plain(str(line))}"
                console.print(shown, soft_wrap=not console.is_terminal, highlight=False)
    counts = findings["verdict"].value_counts()
    verdicts = ", ".join(f"{counts.get(v, 0)} {v}" for v in ("impossible", "rounding", "consistent", "not testable"))
    console.print(
        f"{len(findings)} tests: {verdicts}. What a rule tests: auditable check --explain RULE", soft_wrap=True
    )
