"""PDFs of raw/inbox/ → studies: each is taken in and curated; a bad one goes to raw/quarantine/ with its reason.

Comes in: the folders. Goes out: an InboxRun. A PDF leaves the inbox when its copy in raw/<study>/ has the same bytes.
Two runs at once: the second leaves; an `auditable add` at the same time is waited for.
What taking in means is left to auditable/intake.py, curating to curate_corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.client.schemas.objects import State, TaskRun

from auditable.intake import Intake, take_in
from auditable.locks import BusyError
from auditable.model import AuditableError
from auditable.outcomes import StudyFailure, explain_failure
from auditable.settings import load_settings
from flows.curate_corpus import curate_corpus
from flows.inbox_files import (
    Arrivals,
    begin_taking,
    end_taking,
    find_arrivals,
    inbox_lock,
    list_taken,
    quarantine,
    remove_taken,
)
from flows.version import code_version

LOCK_WAIT_S = 300.0
"""How long a look waits for somebody's `auditable add`, who may be reading a question; after that the PDFs wait."""
RETRY_WAITS_S = [2.0, 10.0]
"""Only what can heal is tried again: a disk or a network folder that does not answer, never a broken PDF."""


@dataclass(frozen=True)
class InboxRun:
    """What a look into the inbox did.

    taken: the studies made; quarantined: where bad files lie now, with the reason; waiting: files left for the next
    time; others: files that are no PDFs; failures: studies that were taken in and could not be curated; is_busy:
    another run was at the inbox and nothing was done.
    """

    taken: tuple[Intake, ...] = ()
    quarantined: tuple[tuple[Path, str], ...] = ()
    waiting: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    failures: tuple[StudyFailure, ...] = ()
    is_busy: bool = False


@flow(name="intake-inbox", version=code_version(), validate_parameters=False)
def intake_inbox(raw_dir: str = "raw", curated_dir: str = "curated") -> InboxRun:
    """What became of the PDFs in raw_dir/inbox.

    Raises AuditableError, after all the others are done, for a file that the machine could not read or move.
    """
    if "://" in raw_dir:
        raise _no_folder(raw_dir)
    raw = Path(raw_dir)
    with inbox_lock(raw) as is_ours:
        if not is_ours:
            get_run_logger().warning("Another run is at %s: nothing was done.", raw / "inbox")
            return InboxRun(is_busy=True)
        arrivals = find_arrivals(raw)
        if arrivals.pdfs:
            begin_taking(raw)
        run, stuck = _take_all(arrivals, raw)
        studies = list_taken(raw)
        if studies:
            run = replace(run, failures=curate_corpus(raw_dir, curated_dir, studies).failures)
        end_taking(raw, [f.study_id for f in run.failures if f.may_heal])
    _tell(run)
    if stuck:
        raise _stuck(raw, stuck)
    return run


def _is_passing(_task: Any, _run: TaskRun, state: State) -> bool:
    """Whether a failure may heal by itself: one of the disk or the network, not of the paper."""
    found = state.result(raise_on_failure=False)
    return isinstance(found, OSError) and not isinstance(found, BusyError)


@task(
    name="take-in",
    task_run_name="take in {pdf_path.name}",
    retries=len(RETRY_WAITS_S),
    retry_delay_seconds=RETRY_WAITS_S,
    retry_condition_fn=_is_passing,
    persist_result=False,
)
def take_in_one(pdf_path: Path, raw_dir: Path, when: str) -> Intake:
    """The study made of one PDF of the inbox."""
    return take_in(pdf_path, raw_dir, load_settings(), when=when, may_replace=False, wait_s=LOCK_WAIT_S)


def _take_all(arrivals: Arrivals, raw: Path) -> tuple[InboxRun, list[str]]:
    """What became of each PDF, one after the other: two copies of one paper must know of each other. The second part
    tells of files that stay because the machine failed."""
    taken: list[Intake] = []
    bad: list[tuple[Path, str]] = []
    stuck: list[str] = []
    for at, pdf in enumerate(arrivals.pdfs):
        now = datetime.now(UTC)
        found = take_in_one(pdf, raw, now.date().isoformat(), return_state=True).result(raise_on_failure=False)
        if isinstance(found, BusyError):
            waiting = (*arrivals.growing, *arrivals.pdfs[at:])
            return InboxRun(tuple(taken), tuple(bad), waiting, arrivals.others), stuck
        if isinstance(found, Intake):
            taken.append(found)
        try:
            _clear(pdf, raw, found, now, bad)
        except OSError as error:
            stuck.append(f"{pdf}: {error}")
    return InboxRun(tuple(taken), tuple(bad), arrivals.growing, arrivals.others), stuck


def _clear(pdf: Path, raw: Path, found: Intake | BaseException, now: datetime, bad: list[tuple[Path, str]]) -> None:
    """Takes the file out of the inbox, a bad one into bad. Raises OSError where it must stay: nobody knows what it is,
    or it cannot be moved."""
    if isinstance(found, Intake):
        if not remove_taken(pdf, found.folder / "paper.pdf"):
            raise OSError(f"its copy in {found.folder} has other bytes")
    elif isinstance(found, OSError):
        raise found
    elif pdf.exists():  # else somebody took it away meanwhile
        reason = explain_failure(pdf.name, found).message
        bad.append((quarantine(pdf, raw, f"{reason}\n{now:%Y-%m-%d %H:%M} UTC, from {pdf.name}"), reason))


def _tell(run: InboxRun) -> None:
    """The run in the log of Prefect, a line for each file."""
    logger = get_run_logger()
    for intake in run.taken:
        logger.info("Taken in: %s", "; ".join([intake.study_id, *intake.notes]))
    for path, reason in run.quarantined:
        logger.warning("Quarantined as %s: %s", path, reason)
    for path in run.waiting:
        logger.info("Still arriving, left for the next time: %s", path)
    for path in run.others:
        logger.warning("No PDF, left where it is: %s", path)
    for failure in run.failures:
        logger.warning("Not curated: %s", failure.message)


def _no_folder(raw_dir: str) -> AuditableError:
    return AuditableError(
        "object storage has no inbox", where=raw_dir, expected="a folder of this machine", found="an address",
        remedy="Take papers in with `auditable add` in a local raw/, then copy their folders to the address.",
    )  # fmt: skip


def _stuck(raw: Path, problems: Sequence[str]) -> AuditableError:
    return AuditableError(
        "files of the inbox could not be taken in and stay there", where=str(raw / "inbox"),
        expected="files that can be read and copied", found=" | ".join(problems),
        remedy="See to the disk's room and to the rights of raw/; the next run tries again.",
    )  # fmt: skip
