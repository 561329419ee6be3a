"""The command `auditable`: arguments in, calls of the core and of the flows, words and an exit code out; no logic of
its own.

This is the outermost layer: with its neighbours cli_*.py the only one of ours that may import flows/. Everything heavy
is imported where it is used, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditable.cli_decisions import decisions_app
from auditable.cli_gold import gold_app
from auditable.cli_intake import intake_app
from auditable.cli_options import (
    BROKEN_INPUT,
    CLEAN,
    CURATED,
    OPEN_ITEMS,
    RAW,
    Curated,
    FrameFormat,
    PdfPath,
    Raw,
    StudyId,
    print_frame,
)  # fmt: skip
from auditable.cli_release import notify, release_app
from auditable.cli_run import run
from auditable.cli_serve import serve
from auditable.model import AuditableError

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

app = typer.Typer(
    name="auditable", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Reads clinical articles, recomputes their numbers and reconciles them with hand-checked gold records.",
)  # fmt: skip
app.add_typer(decisions_app)
app.add_typer(gold_app)
app.add_typer(release_app)
app.command()(run)
app.command()(serve)
app.command()(notify)
app.add_typer(intake_app)


class TablesFormat(StrEnum):
    """How `auditable tables` prints."""

    JSON = "json"
    CSV = "csv"
    MD = "md"
    HTML = "html"


class ShowAs(StrEnum):
    """What `auditable show` shows of a study."""

    TABLES = "tables"
    OBSERVATIONS = "observations"
    COVERAGE = "coverage"
    LABELS = "labels"


def main() -> None:
    """Runs the command; a broken input ends with one message on the error stream and exit code 2."""
    try:
        app()
    except AuditableError as error:
        from auditable.unseen import tell_line

        print(f"auditable: {tell_line(str(error))}", file=sys.stderr)  # it may quote a PDF
        sys.exit(BROKEN_INPUT)


@app.command()
def tables(pdf: PdfPath, form: Annotated[TablesFormat, typer.Option("--format")] = TablesFormat.MD) -> None:
    """Print the tables of any PDF."""
    from auditable.tables_output import format_tables

    sys.stdout.write(format_tables(_read_pdf(pdf), form.value))


@app.command()
def show(
    study: StudyId,
    table: Annotated[
        str, typer.Argument(metavar="[TABLE]", help='Such as T1, or "text" for observations; all when left out.')
    ] = "",
    kind: Annotated[ShowAs, typer.Option("--as", help="What to show.")] = ShowAs.TABLES,
    form: Annotated[FrameFormat, typer.Option("--format")] = FrameFormat.TEXT,
    curated: Curated = CURATED,
) -> None:
    """Show a curated study: its tables, observations, what became of every number, or labels nobody explains."""
    show_kind = {
        ShowAs.TABLES: _show_tables,
        ShowAs.OBSERVATIONS: _show_observations,
        ShowAs.COVERAGE: _show_coverage,
        ShowAs.LABELS: _show_labels,
    }
    show_kind[kind](study, table, form, curated)


@app.command()
def overlay(
    paper: Annotated[str, typer.Argument(metavar="STUDY|PAPER.pdf", help="A curated study, or any PDF.")],
    table: Annotated[str, typer.Argument(metavar="[TABLE]", help="Such as T1; all tables when left out.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="PNG to write; further tables and pieces are numbered after it.")
    ] = None,
    raw: Raw = RAW,
    curated: Curated = CURATED,
) -> None:
    """Draw stub, boxhead, cells, marks and notes of tables on the pictures of their pages."""
    from auditable.overlay import draw_overlay
    from auditable.papers import load_paper
    from auditable.publish import find_tables, pick_tables

    if _is_pdf(paper):
        pdf_path, name = Path(paper), Path(paper).stem
        found = pick_tables(_read_pdf(pdf_path).tables, name, table)
    else:
        pdf_path, name = load_paper(raw / paper).pdf_path, paper
        found = find_tables(curated, paper, table)
    pictures = [(t.table_id, picture) for t in found for picture in draw_overlay(pdf_path, t)]
    for place, (table_id, picture) in enumerate(pictures):
        pieces_before = sum(t == table_id for t, _ in pictures[:place])
        target = out or Path(f"{name}-{table_id}.png")
        number = place if out else pieces_before
        path = target if number == 0 else target.with_stem(f"{target.stem}-{number + 1}")
        path.write_bytes(picture)
        print(path)


@app.command()
def check(
    paper: Annotated[str, typer.Argument(metavar="STUDY|PAPER.pdf", help="A curated study, or any PDF.")] = "",
    form: Annotated[FrameFormat, typer.Option("--format")] = FrameFormat.TEXT,
    rule: Annotated[str, typer.Option("--explain", metavar="RULE", help="Say what a rule tests, and stop.")] = "",
    curated: Curated = CURATED,
) -> None:
    """Print the findings of a study or of any PDF, with their arithmetic."""
    from auditable.checks import explain
    from auditable.findings_output import format_findings, pick_told
    from auditable.terminal import show_findings

    if rule:
        print(explain(rule))
        return
    if not paper:
        raise typer.BadParameter("name a curated study or a PDF, or a rule with --explain")
    findings = _check(paper, curated)
    if form is FrameFormat.TEXT:
        show_findings(_console(), findings)
    else:
        sys.stdout.write(format_findings(findings, form.value))
    is_accused = bool((pick_told(findings)["verdict"] != "not testable").any())
    raise typer.Exit(OPEN_ITEMS if is_accused else CLEAN)


@app.command()
def codebook() -> None:
    """Print the codebook as the page docs/codebook.md."""
    from auditable.codebook_page import codebook_as_markdown

    sys.stdout.write(codebook_as_markdown())


@app.command()
def report(raw: Raw = RAW, curated: Curated = CURATED) -> None:
    """Make the report again from curated/, after decisions were written."""
    from auditable.publish import republish
    from auditable.settings import load_settings

    print(republish(raw, curated, load_settings()).report_path)


@app.command()
def review(
    raw: Raw = RAW,
    curated: Curated = CURATED,
    who: Annotated[str, typer.Option("--who", help="Your name in the verdicts; your login name when left out.")] = "",
    host: Annotated[str, typer.Option("--host", help="Address to listen on; others than this machine's can be reached "
                                      "by whoever learns the token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Any free one when left out.")] = 0,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:  # fmt: skip
    """Decide on findings and discrepancies in the browser; verdicts go to decisions.csv at once."""
    import secrets
    import webbrowser
    from datetime import UTC, datetime
    from getpass import getuser

    from auditable.publish import read_tables
    from auditable.review.desk_session import Desk
    from auditable.review.desk_shelf import Sources
    from auditable.review.server import make_app, page_address
    from auditable.review.server import serve as serve_review

    desk = Desk(
        Sources(raw, curated, read_tables), who or getuser(), lambda: datetime.now(UTC).isoformat(timespec="seconds")
    )
    n_items = desk.open()
    token = secrets.token_urlsafe(24)

    def tell(taken_port: int) -> None:
        address = page_address(host, taken_port, token)
        print(f"{n_items} items. Open {address}\nEnd with Ctrl-C; every verdict is saved at once.", flush=True)
        if open_page:
            webbrowser.open(address)

    serve_review(make_app(desk, token, host), host, port, tell)


def _show_tables(study: str, table: str, form: FrameFormat, curated: Path) -> None:
    from auditable.publish import pick_tables, read_tables
    from auditable.tables_output import format_tables
    from auditable.terminal import show_table

    reading = read_tables(curated, study)
    found = pick_tables(reading.tables, study, table)
    if form is not FrameFormat.TEXT:
        sys.stdout.write(format_tables(replace(reading, tables=found), form.value))
        return
    for one in found:
        show_table(_console(), one)


def _show_observations(study: str, table: str, form: FrameFormat, curated: Path) -> None:
    from auditable.listing import list_observations, pick_observations
    from auditable.store import read_study
    from auditable.terminal_lists import show_listings

    observations = read_study(curated, study).observations
    if form is FrameFormat.TEXT:
        show_listings(_console(), list_observations(observations, table))
    else:
        print_frame(pick_observations(observations, table), form)


def _show_coverage(study: str, table: str, form: FrameFormat, curated: Path) -> None:
    from auditable.coverage import pick_part
    from auditable.store import read_study
    from auditable.terminal_lists import show_coverage

    coverage = pick_part(read_study(curated, study).coverage, table)
    if form is FrameFormat.TEXT:
        show_coverage(_console(), coverage)
    else:
        print_frame(coverage, form)


def _show_labels(study: str, table: str, form: FrameFormat, curated: Path) -> None:
    from auditable.store import read_study
    from auditable.terminal import show_labels

    labels = read_study(curated, study).unknown_labels
    picked = labels[labels["table_id"] == table] if table else labels
    if form is FrameFormat.TEXT:
        show_labels(_console(), picked)
    else:
        print_frame(picked, form)


def _console() -> Console:
    from rich.console import Console

    return Console()


def _check(paper: str, curated: Path) -> pd.DataFrame:
    from auditable.curate import check_pdf
    from auditable.settings import load_settings
    from auditable.store import read_findings

    if _is_pdf(paper):
        return check_pdf(Path(paper), load_settings())
    return read_findings(curated, paper)


def _is_pdf(paper: str) -> bool:
    return paper.lower().endswith(".pdf") or Path(paper).is_file()


def _read_pdf(pdf: Path):
    from auditable.reading import read_isolated
    from auditable.settings import load_settings

    return read_isolated(pdf, pdf.stem, load_settings(), tables_only=True)
