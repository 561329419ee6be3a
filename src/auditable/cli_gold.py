"""The commands `auditable gold draft | check | compare | sign`: double entry of a gold record.

Arguments in, calls of the gold modules, words and an exit code out; no logic of its own. The clock is read here, at the
command's edge.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auditable.cli_options import CLEAN, CURATED, OPEN_ITEMS, RAW, Curated, FrameFormat, Raw, StudyId

gold_app = typer.Typer(
    name="gold", no_args_is_help=True, rich_markup_mode=None,
    help="Double entry of a gold record: two people key the numbers, compare, and sign what both stand for.",
)  # fmt: skip


class DraftFrom(StrEnum):
    """What a draft is filled with."""

    READING = "reading"
    GOLD = "gold"
    NOTHING = "nothing"


Keyers = Annotated[
    list[str] | None,
    typer.Argument(metavar="[KEYER KEYER]", help="Whose files; needed where there are more than two."),
]


@gold_app.command()
def draft(
    study: StudyId,
    keyer: Annotated[str, typer.Option("--keyer", metavar="NAME", help="Begin the file of this person.")] = "",
    source: Annotated[
        DraftFrom, typer.Option("--from", help="Our reading, the record that is there, or nothing (key it all).")
    ] = DraftFrom.READING,
    raw: Raw = RAW,
    curated: Curated = CURATED,
) -> None:
    """Write a draft of the gold record, every row marked as not reviewed; never used as truth."""
    from auditable.gold_draft import draft_gold, read_signed, start_keyer, write_draft
    from auditable.gold_record import keyed_frame
    from auditable.papers import load_paper
    from auditable.store import read_study

    folder = load_paper(raw / study).folder
    if source is not DraftFrom.READING and not keyer:
        raise typer.BadParameter("a draft from anything but our reading is somebody's: name them with --keyer")
    if source is DraftFrom.READING:
        rows = draft_gold(read_study(curated, study).observations)
    else:
        rows = read_signed(folder) if source is DraftFrom.GOLD else keyed_frame([])
    path = start_keyer(folder, keyer, rows) if keyer else write_draft(folder, rows)
    n_open = int((~rows["is_checked"].astype(bool)).sum())
    print(f"{path}: {len(rows)} rows, {n_open} of them not reviewed. docs/gold.md says what to do with it.")


@gold_app.command()
def check(
    study: StudyId,
    keyer: Annotated[str, typer.Option("--keyer", metavar="NAME", help="Whose file, and who looks at the page.")],
    raw: Raw = RAW,
) -> None:
    """Go through the rows that are not reviewed: Enter when the page prints the row, else the value it prints."""
    from auditable.gold_check import DROP, SKIP, STOP, check_rows
    from auditable.gold_files import keyer_path
    from auditable.review.environment import show_unseen

    def ask(row: str) -> str:
        return typer.prompt(str(show_unseen(row)), default="", show_default=False)

    print(f"Enter: as printed. Else type the value. {DROP} drops the row, {SKIP} leaves it for later, {STOP} ends.")
    n = check_rows(keyer_path(raw / study, keyer), keyer, ask)
    print(f"{n} rows settled, each saved at once.")


@gold_app.command()
def compare(
    study: StudyId,
    keyers: Keyers = None,
    form: Annotated[FrameFormat, typer.Option("--format")] = FrameFormat.TEXT,
    raw: Raw = RAW,
) -> None:
    """List where two keyed files differ; "draft" and "gold" may stand for the draft and the record."""
    from auditable.gold_compare import compare_gold
    from auditable.gold_output import format_comparison
    from auditable.gold_record import read_keyed
    from auditable.gold_sign import find_compared

    (a, path_a), (b, path_b) = find_compared(raw / study, keyers or ())
    found = compare_gold(read_keyed(path_a), read_keyed(path_b))
    sys.stdout.write(format_comparison(found, (a, b), form.value))
    raise typer.Exit(CLEAN if found.differences.empty else OPEN_ITEMS)


@gold_app.command()
def sign(
    study: StudyId,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who signs.")],
    keyers: Keyers = None,
    take: Annotated[
        list[str] | None, typer.Option("--take", metavar="ID=a|b", help="Whom to follow in one difference; repeatable.")
    ] = None,
    choices: Annotated[
        Path | None,
        typer.Option("--choices", metavar="FILE.csv", help="`compare --format csv` with its column `take` filled."),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Put it in the place of the record that is there.")] = False,
    raw: Raw = RAW,
) -> None:
    """Make the gold record of two checked files; refuses while anything is undecided or unchecked."""
    from datetime import datetime

    from auditable.gold_output import parse_takes, read_choices
    from auditable.gold_sign import sign_gold
    from auditable.raw_sums import update_sums

    chosen = (read_choices(choices) if choices else {}) | parse_takes(take or [])
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    signing = sign_gold(raw / study, who, when, chosen, keyers or (), again=again)
    if not signing.is_new:
        print(f"{signing.path}: signed before, nothing changed.")
        return
    if signing.superseded:
        print(f"The record that was there is kept in {signing.superseded}.")
    print(f"{signing.path}: {signing.n_rows} rows, signed by {who}.")
    if (raw / "SHA256SUMS").is_file():
        print(f"{update_sums(raw, study)} has its checksum.")
