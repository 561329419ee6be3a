"""The commands `auditable add` and `auditable fetch`: from a file, or a DOI, to the first report.

Arguments in, calls of intake and of the corpus flow, words and an exit code out; no logic of its own. The clock is read
here, at the command's edge.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditable.cli_options import CURATED, RAW, Curated, Raw
from auditable.fetch_options import EMAIL_VARIABLE, SERVICE, Limits

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from auditable.intake import Intake
    from auditable.intake_report import Places
    from auditable.publication import CorpusRun
    from auditable.settings import Settings

intake_app = typer.Typer(rich_markup_mode=None)


@intake_app.command()
def add(
    pdf: Annotated[Path, typer.Argument(metavar="PAPER.pdf", help="The article. Its file stays, unless in the inbox.")],
    study_id: Annotated[
        str, typer.Option("--id", metavar="STUDY", help="Such as smith2021; proposed from the PDF when left out.")
    ] = "",
    another: Annotated[
        bool, typer.Option("--another", help="It is another paper than one that it looks like.")
    ] = False,
    raw: Raw = RAW,
    curated: Curated = CURATED,
) -> None:
    """Take a paper in: copy it to raw/, write its paper.yaml, read and check it, and say what is left to do."""
    from rich.console import Console

    from auditable.cli_run import exit_code
    from auditable.intake import take_in
    from auditable.intake_report import Places
    from auditable.settings import load_settings
    from auditable.terminal_intake import show_intake
    from flows.inbox_files import INBOX, remove_taken

    _refuse_storage(raw, curated)
    settings, console = load_settings(), Console()
    ask = _confirm if sys.stdin.isatty() else None
    intake = take_in(pdf, raw, settings, when=_now(), study_id=study_id, ask=ask, is_another=another)
    show_intake(console, intake)
    if pdf.resolve().is_relative_to((raw / INBOX).resolve()):
        remove_taken(pdf, intake.folder / "paper.pdf")  # else the schedule would take it for a second file
    places = Places(raw, curated, intake.study_id)
    before = _observations_before(places, settings, intake)
    outcome = _curate(console, places, settings)
    if not outcome.failures:
        _report(console, places, outcome, intake, before)
    raise typer.Exit(exit_code(outcome, settings))


@intake_app.command()
def fetch(
    doi: Annotated[str, typer.Argument(metavar="DOI", help="Such as 10.1000/example, also as an address.")],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where the PDF is put.")] = RAW / "inbox",
    email: Annotated[
        str, typer.Option("--email", envvar=EMAIL_VARIABLE, help="Your address: the service asks for one.")
    ] = "",
    service: Annotated[str, typer.Option("--service", metavar="URL", help="A service like Unpaywall's.")] = SERVICE,
    any_licence: Annotated[bool, typer.Option("--any-licence", help="Also when its licence is not open.")] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help="For one answer.")] = Limits().seconds,
    max_mb: Annotated[int, typer.Option("--max-mb", min=1, help="Size of the PDF.")] = Limits().max_bytes // 10**6,
) -> None:
    """Fetch the open-access PDF of a DOI; the only command that uses the network."""
    import time

    from auditable.fetch import fetch_paper
    from auditable.fetch_options import FetchOptions
    from auditable.unseen import tell_line

    limits = Limits(seconds=seconds, max_bytes=max_mb * 10**6)
    options = FetchOptions(email=email, service=service, any_licence=any_licence, limits=limits)
    fetched = fetch_paper(doi, to, options, when=_now(), wait=time.sleep)
    told = f"{fetched.pdf_path}: {fetched.licence}, from {fetched.url}{'' if fetched.is_new else '; it was there'}"
    print(tell_line(told))  # licence and address come from the network
    print(f"Next: auditable add {fetched.pdf_path}")


def _refuse_storage(raw: Path, curated: Path) -> None:
    """Raises AuditableError for folders on object storage."""
    from auditable.model import AuditableError

    for folder in (raw, curated):
        if ":/" in str(folder):
            raise AuditableError(
                "a paper is taken in on this machine", where=str(folder), expected="a folder", found="object storage",
                remedy="Add it to a folder, then copy raw/<study> there; `auditable run --raw s3://…` reads it.",
            )  # fmt: skip


def _now() -> str:
    from datetime import datetime

    return datetime.now().astimezone().isoformat(timespec="seconds")


def _confirm(question: str) -> bool:
    from auditable.unseen import tell_line

    return typer.confirm(tell_line(question), default=False)  # it quotes the title of a PDF


def _observations_before(places: Places, settings: Settings, intake: Intake) -> pd.DataFrame | None:
    """What was read of the study's PDF before; None for a new study."""
    from auditable.version_changes import read_old

    if intake.old_pdf is None:
        return None
    return read_old(places.curated_dir, intake.study_id, intake.old_pdf, settings)


def _curate(console: Console, places: Places, settings: Settings) -> CorpusRun:
    """The corpus flow for this one study; what failed is told."""
    from auditable.cli_run import Way, run_flow
    from auditable.terminal import show_failures

    outcome = run_flow(
        console, [places.study_id], str(places.raw_dir), str(places.curated_dir), Way(settings.n_workers)
    )
    show_failures(console, outcome.failures)
    return outcome


def _report(console: Console, places: Places, outcome: CorpusRun, intake: Intake, before: pd.DataFrame | None) -> None:
    """The first report: tables, labels, what is accused, changes of values, the draft, and the closing list."""
    from auditable.intake_report import list_todos, type_tables
    from auditable.papers import read_about
    from auditable.publish import read_tables
    from auditable.store import read_findings, read_study
    from auditable.terminal import show_findings
    from auditable.terminal_intake import show_todos, show_typed_tables, show_unknown

    reading, frames = read_tables(places.curated_dir, places.study_id), read_study(places.curated_dir, places.study_id)
    types = read_about(intake.folder / "paper.yaml").get("table_types", {})
    show_typed_tables(console, type_tables(reading, frames, types), reading.problems)
    console.print(
        f"{len(frames.unknown_labels)} labels that the codebook does not know, the nearest entry beside each:"
    )
    show_unknown(console, frames.unknown_labels)
    show_findings(console, read_findings(places.curated_dir, places.study_id))
    changes = _show_changes(console, places, intake, before, frames.observations)
    draft = _draft(console, intake.folder, frames.observations)
    show_todos(console, list_todos(places, reading, frames, outcome.publication.decided, draft, changes))
    console.print(f"Report: {outcome.publication.report_path.resolve().as_uri()}", soft_wrap=True, highlight=False)


def _show_changes(
    console: Console, places: Places, intake: Intake, before: pd.DataFrame | None, now: pd.DataFrame
) -> Path | None:
    from auditable.intake import SHORT_SHA
    from auditable.papers import hash_file
    from auditable.terminal_intake import show_changes
    from auditable.version_changes import compare_versions, write_changes

    if before is None or intake.old_pdf is None:
        return None
    changes = compare_versions(before, now)
    new_name = hash_file(intake.folder / "paper.pdf")[:SHORT_SHA]
    path = write_changes(places.curated_dir / places.study_id, changes, intake.old_pdf.stem, new_name)
    show_changes(console, changes, path)
    return None if changes.empty else path


def _draft(console: Console, folder: Path, observations: pd.DataFrame) -> Path | None:
    """The draft of the gold record; None, told, where people have keyed in the one that is there."""
    from auditable.gold_draft import draft_gold, write_draft
    from auditable.model import AuditableError

    rows = draft_gold(observations)
    try:
        path = write_draft(folder, rows)
    except AuditableError as error:
        console.print(f"The draft of the gold record was left as it is: {error}", soft_wrap=True, highlight=False)
        return None
    console.print(
        f"Draft of the gold record: {path}, {len(rows)} rows, none reviewed.", soft_wrap=True, highlight=False
    )
    return path
