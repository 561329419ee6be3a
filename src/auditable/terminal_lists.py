"""Observations and coverage in the terminal: `auditable show STUDY --as observations` and `--as coverage`.

Comes in: listings (listing.py) and the Coverage frame. Goes out: text on a rich console, as wide as it is. Nothing is
computed or decided here; runs, tables and findings are terminal.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid

from auditable.accounting import UNACCOUNTED
from auditable.coverage import sum_coverage, sum_reasons
from auditable.listing import Line, Listing
from auditable.tally import show_share
from auditable.terminal_text import plain


def show_listings(console: Console, listings: Sequence[Listing]) -> None:
    """Prints every observation; what repeats the line above is left blank."""
    for listing in listings:
        console.print(f"[bold]{plain(listing.title)}[/]", highlight=False)
        if listing.is_text:
            _show_sentences(console, listing.lines)
        else:
            _show_cells(console, listing.lines)
    lines = [line for listing in listings for line in listing.lines]
    n_all, n_named = sum(line.n for line in lines), sum(line.n for line in lines if line.is_named)
    console.print(
        f"{n_all} observations. The variable is known for {show_share(n_named, n_all)}; the others, in "
        "[dim italic]italics[/], stand under the words printed.",
        highlight=False,
    )  # fmt: skip


def _show_cells(console: Console, lines: Sequence[Line]) -> None:
    grid = _grid()
    for heading, ratio in (("What", 5), ("Of whom", 4), ("Value", 6)):
        grid.add_column(heading, ratio=ratio, overflow="fold")
    grid.add_column("of N", justify="right", no_wrap=True)
    grid.add_column("Where", ratio=3, overflow="fold")
    before: Line | None = None
    for line in lines:
        is_same = before is not None and before.what == line.what
        what = "" if is_same else _what(line)
        grid.add_row(what, plain(line.whom), plain(line.value), plain(line.of), plain(line.place))
        before = line
    console.print(grid)


def _show_sentences(console: Console, lines: Sequence[Line]) -> None:
    """Each sentence once, its numbers marked, and below it a line for each number."""
    for (place, _), group in groupby(lines, key=lambda line: (line.place, _unmarked(line.quote))):
        said = list(group)
        console.print(f"\n[bold]{plain(place)}[/] {plain(_unmarked(said[0].quote))}", highlight=False)
        grid = Grid.grid(padding=(0, 2, 0, 0), expand=False)
        for ratio in (3, 4, 4, 2):
            grid.add_column(ratio=ratio, overflow="fold")
        for line in said:
            of = f"of {line.of}" if line.of else ""
            grid.add_row(f"  {plain(line.value)}", _what(line), plain(line.whom), of)
        console.print(grid)
    console.print()


def _unmarked(quote: str) -> str:
    return quote.replace("»", "").replace("«", "")


def _what(line: Line) -> str:
    return plain(line.what) if line.is_named else f"[dim italic]{plain(line.what)}[/]"


def _grid(title: str | None = None) -> Grid:
    return Grid(
        title=title, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip


def show_coverage(console: Console, coverage: pd.DataFrame) -> None:
    """Prints how many numbers each part of the paper prints and what became of them, and why some were left out."""
    grid = _grid("What became of every printed number")
    grid.add_column("Part", overflow="fold")
    for heading in ("Printed", "Observed", "Variable known", "Left out", "Unaccounted"):
        grid.add_column(heading, justify="right")
    for row in sum_coverage(coverage):
        lost = f"[red]{row.unaccounted}[/]" if row.unaccounted else "0"
        known = show_share(row.known, row.observed)
        grid.add_row(plain(row.part), str(row.printed), str(row.observed), known, str(row.left_out), lost)
    console.print(grid)
    reasons = sum_reasons(coverage)
    if reasons:
        console.print("Left out, because they are:", highlight=False)
    for reason, n in reasons:
        console.print(f"  {n:>5}  {plain(reason)}", soft_wrap=True, highlight=False)
    for row in coverage[coverage["outcome"] == UNACCOUNTED].to_dict("records"):
        told = f"{row['n_numbers']} in {row['part']}, such as: {row['first_text']}"
        console.print(f"[red]Unaccounted:[/] {plain(told)}", soft_wrap=True, highlight=False)
