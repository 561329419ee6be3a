"""The commands `auditable decisions list | merge`: what is decided, and another person's file taken in.

Arguments in, calls of the core, words and an exit code out; no logic of its own.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditable.cli_options import CLEAN, CURATED, OPEN_ITEMS, Curated, FrameFormat, print_frame

decisions_app = typer.Typer(
    name="decisions", no_args_is_help=True, rich_markup_mode=None,
    help="What was decided on findings and discrepancies.",
)  # fmt: skip


class State(StrEnum):
    """The states of items, as ITEM_STATES has them."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CLOSED = "closed"
    RETURNED = "returned"
    DISPUTED = "disputed"


@decisions_app.command(name="list")
def list_decided(
    study: Annotated[str, typer.Argument(metavar="[STUDY]", help="All of them when none is named.")] = "",
    states: Annotated[list[State] | None, typer.Option("--state", help="May be given more than once.")] = None,
    form: Annotated[FrameFormat, typer.Option("--format")] = FrameFormat.TEXT,
    curated: Curated = CURATED,
) -> None:
    """List the items to decide with state and verdict; csv may be opened in a spreadsheet."""
    from rich.console import Console

    from auditable.desk import desk_of, pick_items
    from auditable.store import find_study
    from auditable.terminal_items import show_decided

    if study:
        find_study(curated, study)  # one that was never curated is told with those that were
    decided = desk_of(curated)
    items = pick_items(decided, study, [s.value for s in states or []])
    if form is FrameFormat.TEXT:
        show_decided(Console(), items, decided)
    else:
        print_frame(items, form)


@decisions_app.command()
def merge(
    other: Annotated[
        Path, typer.Argument(metavar="OTHER.csv", exists=True, dir_okay=False, help="Another person's decisions.csv.")
    ],
    curated: Curated = CURATED,
) -> None:
    """Take another person's decisions into decisions.csv; where verdicts differ both stay, and the item is disputed."""
    from rich.console import Console

    from auditable.decisions_merge import merge_decisions
    from auditable.model import DECISIONS_FILE
    from auditable.terminal_items import show_merged

    merged = merge_decisions(curated / DECISIONS_FILE, other)
    show_merged(Console(), merged)
    raise typer.Exit(OPEN_ITEMS if merged.disputed or merged.problems else CLEAN)
