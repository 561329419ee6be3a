"""The tasks that the flows put in order: one call into src/auditable each, cached by content and code.

Comes in: papers. Goes out: text (a reading, the frames of a study), since text survives the process in Prefect's result
storage. A cache key holds the hash of every input and the fingerprint of the code that made the result.
"""

from __future__ import annotations

import hashlib
from typing import Any

from prefect import task
from prefect.context import TaskRunContext

from auditable.curate import curate_study, dump_frames
from auditable.fingerprint import code_fingerprint, combine
from auditable.model import Paper
from auditable.papers import hash_file
from auditable.reading import read_isolated_text
from auditable.serial import load_reading
from auditable.settings import Settings
from flows.progress import tell

_bodies_run: set[tuple[str, str]] = set()


def start_counting() -> None:
    """Forgets which studies were computed: called once as a run begins."""
    _bodies_run.clear()


def was_computed(step: str, study_id: str) -> bool:
    """Whether the body of a task ran for a study since the run began, instead of its result coming from the cache.

    Prefect's own state of a task arrives late at times, and then does not say "Cached".
    """
    return (step, study_id) in _bodies_run


def reading_key(_context: TaskRunContext, parameters: dict[str, Any]) -> str:
    """The cache key of a reading: the PDF's content and the code that reads."""
    paper: Paper = parameters["paper"]
    return f"read-{paper.study_id}-{combine([paper.sha256, code_fingerprint('auditable.reading')])}"


def curating_key(_context: TaskRunContext, parameters: dict[str, Any]) -> str:
    """The cache key of a study's frames: its reading, its gold record, its paper.yaml, and the code of all stages."""
    paper: Paper = parameters["paper"]
    inputs = [
        hashlib.sha256(parameters["reading_text"].encode()).hexdigest(),
        hash_file(paper.gold_path) if paper.gold_path else "no gold record",
        hash_file(paper.folder / "paper.yaml"),
        code_fingerprint("auditable.curate"),
    ]
    return f"curate-{paper.study_id}-{combine(inputs)}"


@task(
    name="read",
    task_run_name="read {paper.study_id}",
    cache_key_fn=reading_key,
    persist_result=True,
    result_serializer="json",
)
def read(paper: Paper, settings: Settings) -> str:
    """The reading of one paper, as text."""
    _bodies_run.add(("read", paper.study_id))
    tell(paper.study_id, "reading")
    return read_isolated_text(paper.pdf_path, paper.study_id, settings)


@task(
    name="curate",
    task_run_name="curate {paper.study_id}",
    cache_key_fn=curating_key,
    persist_result=True,
    result_serializer="json",
)
def curate(paper: Paper, reading_text: str) -> str:
    """The frames of one study, as text."""
    _bodies_run.add(("curate", paper.study_id))
    tell(paper.study_id, "checking")
    return dump_frames(curate_study(paper, load_reading(reading_text)).frames)
