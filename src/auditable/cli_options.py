"""What the commands of `auditable` share: exit codes, options and arguments of one name and meaning, frames as data.

Left to cli.py and to the modules of its groups of commands: what a command does with them.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

CLEAN, OPEN_ITEMS, BROKEN_INPUT = 0, 1, 2
"""Exit codes: all agrees; more open items than the setting allows; an input could not be read."""


class FrameFormat(StrEnum):
    """How a command prints a frame: for people, or as data."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


Raw = Annotated[Path, typer.Option("--raw", help="Folder with one folder per study.")]
Curated = Annotated[Path, typer.Option("--curated", help="Folder for the results.")]
PdfPath = Annotated[Path, typer.Argument(metavar="PAPER.pdf", help="Any PDF; it need not belong to the corpus.")]
StudyId = Annotated[str, typer.Argument(metavar="STUDY", help="A study that was curated, such as smith2021.")]
RAW, CURATED = Path("raw"), Path("curated")


def print_frame(frame: pd.DataFrame, form: FrameFormat) -> None:
    """Prints the frame as JSON, a list of objects, or as CSV guarded for spreadsheets."""
    from auditable.spreadsheet import guarded_csv

    if form is FrameFormat.JSON:
        print(frame.to_json(orient="records", force_ascii=False, indent=1))
    else:
        sys.stdout.write(guarded_csv(frame))
