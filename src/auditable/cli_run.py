"""The command `auditable run`: the corpus through the main flow.

Arguments in, one call of the flow, words and an exit code out; no logic of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditable.cli_options import BROKEN_INPUT, CLEAN, OPEN_ITEMS
from auditable.model import DECISIONS_FILE, AuditableError

if TYPE_CHECKING:
    from rich.console import Console

    from auditable.publication import CorpusRun
    from auditable.settings import Settings

ADDRESS = "://"
"""What parts the kind of storage from the place; a path of this machine has none."""


class Runner(StrEnum):
    """Where the papers of a run are worked on."""

    THREADS = "threads"
    DASK = "dask"


def run(
    studies: Annotated[
        list[str] | None, typer.Argument(metavar="[STUDY]...", help="All of them when none is named.")
    ] = None,
    raw: Annotated[str, typer.Option("--raw", help="Folder with one folder per study, or s3:// address.")] = "raw",
    curated: Annotated[str, typer.Option("--curated", help="Folder for the results, or s3:// address.")] = "curated",
    workers: Annotated[int, typer.Option("--workers", min=0, help="Papers at once; 0: as auditable.toml says.")] = 0,
    runner: Annotated[Runner, typer.Option("--runner", help="This machine, or a Dask cluster.")] = Runner.THREADS,
    dask_address: Annotated[
        str, typer.Option("--dask-address", help="Of a running cluster, such as tcp://head:8786; else one is started.")
    ] = "",
) -> None:
    """Read, check and reconcile the corpus; write curated/ and the report."""
    from rich.console import Console

    from auditable.settings import load_settings

    settings = load_settings()
    if dask_address and runner is not Runner.DASK:
        raise typer.BadParameter("--dask-address needs --runner dask")
    _refuse_broken_folders(raw, curated)
    console = Console()
    outcome = run_flow(console, studies, raw, curated, Way(workers or settings.n_workers, runner, dask_address))
    from auditable.terminal import show_run  # loaded by the flow, while the API starts

    show_run(console, outcome, Path(curated))
    raise typer.Exit(exit_code(outcome, settings))


@dataclass(frozen=True)
class Way:
    """How the papers are worked on: papers at once, the name of the runner, the address of a cluster."""

    n_workers: int
    runner: Runner = Runner.THREADS
    address: str = ""


def _refuse_broken_folders(raw: str, curated: str) -> None:
    """Raises AuditableError for folders of this machine that make the run useless, before papers are read for
    minutes.
    """
    from auditable.papers import list_studies

    if ADDRESS not in raw and not list_studies(Path(raw)):
        raise AuditableError(
            "There is no study.", where=raw, expected="one folder per study", found="an empty folder",
            remedy="README.md says how to add a paper.",
        )  # fmt: skip
    if ADDRESS not in curated and (Path(curated) / DECISIONS_FILE).exists():
        from auditable.decisions import read_decisions  # with pandas: loaded later, while the API starts

        read_decisions(Path(curated) / DECISIONS_FILE)


def run_flow(console: Console, studies: list[str] | None, raw: str, curated: str, way: Way) -> CorpusRun:
    """What the corpus flow did, shown on bars while it lasts. studies: all of them when none is named."""
    from flows.embedded import require_given_server, start_embedded_api, use_embedded_api

    use_embedded_api()
    require_given_server()
    wait_for_api = start_embedded_api()
    from auditable.terminal import RunProgress
    from flows.curate_corpus import curate_corpus
    from flows.progress import listen
    from flows.runners import find_runner

    flow = curate_corpus.with_options(task_runner=find_runner(way.runner.value, way.n_workers, way.address))
    wait_for_api()
    with RunProgress(console) as progress, listen(lambda step: progress.show(step.study_id, step.step, step.is_cached)):
        return flow(raw, curated, studies)


def exit_code(outcome: CorpusRun, settings: Settings) -> int:
    """How a command that ran the flow ends: broken input, more open items than the settings allow, or clean."""
    if outcome.failures:
        return BROKEN_INPUT
    return OPEN_ITEMS if outcome.publication.open_items > settings.max_open_items else CLEAN
