"""All papers of raw/ → curated/ and its report: the main flow.

Comes in: the folders. Goes out: a CorpusRun. A study that fails is reported and keeps its last good state; the others
finish.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from prefect import flow
from prefect.futures import PrefectFuture, as_completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from auditable.curate import StudyFailure, explain_failure, load_frames
from auditable.model import Paper
from auditable.papers import list_studies
from auditable.publish import CorpusRun, load_papers, publish
from auditable.serial import load_reading
from auditable.settings import Settings, load_settings
from auditable.store import write_study
from flows.artifacts import publish_artifacts
from flows.progress import tell
from flows.tasks import curate, read, start_counting, was_computed


def papers_at_once(n_workers: int) -> TaskRunner[PrefectFuture[Any]]:
    """The task runner of the flow. Its threads only wait: each paper is read in a process of its own (isolation.py)."""
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=n_workers))


@flow(
    name="curate-corpus",
    task_runner=papers_at_once(Settings().n_workers),
    validate_parameters=False,
)
def curate_corpus(
    raw_dir: str = "raw", curated_dir: str = "curated", studies: Sequence[str] | None = None
) -> CorpusRun:
    """What became of the studies named, or of all in raw_dir."""
    start_counting()
    settings = load_settings()
    names = list(studies) if studies else list_studies(Path(raw_dir))
    for name in names:
        tell(name, "waiting")
    loaded, failures = load_papers(Path(raw_dir), names)
    papers = {paper.study_id: paper for paper in loaded}
    readings, cached, broken = _read_all(papers, settings)
    computed, kept, broken_too = _curate_all(papers, readings, cached, Path(curated_dir))
    failures = [*failures, *broken, *broken_too]
    for failure in failures:
        tell(failure.study_id, "failed")
    good = [papers[name] for name in sorted([*computed, *kept])]
    publication = publish(Path(curated_dir), good, failures, settings)
    publish_artifacts(publication, failures)
    return CorpusRun(tuple(computed), tuple(kept), tuple(failures), publication)


def _read_all(papers: dict[str, Paper], settings: Settings) -> tuple[dict[str, str], set[str], list[StudyFailure]]:
    """Readings by study, the studies whose reading came from the cache, and the failures."""
    futures = {read.submit(paper, settings): name for name, paper in papers.items()}
    return _collect(futures, "read")


def _curate_all(
    papers: dict[str, Paper], readings: dict[str, str], read_cached: set[str], curated_dir: Path
) -> tuple[list[str], list[str], list[StudyFailure]]:
    """Studies computed and studies kept from the cache, in order, and the failures; good ones are written."""
    futures = {curate.submit(papers[name], text): name for name, text in readings.items()}
    frames, curate_cached, failures = _collect(futures, "curate")
    for name, text in frames.items():
        write_study(curated_dir, name, load_reading(readings[name]), load_frames(text))
        tell(name, "done", is_cached=name in read_cached & curate_cached)
    kept = sorted(set(frames) & read_cached & curate_cached)
    return sorted(set(frames) - set(kept)), kept, failures


def _collect(futures: dict[PrefectFuture[str], str], step: str) -> tuple[dict[str, str], set[str], list[StudyFailure]]:
    """Results by study, the studies whose result was cached, and the failures; no failure stops the others."""
    results: dict[str, str] = {}
    cached: set[str] = set()
    failures: list[StudyFailure] = []
    for future in as_completed(list(futures)):
        name = futures[future]
        result = future.result(raise_on_failure=False)
        if isinstance(result, BaseException):
            failures.append(explain_failure(name, result))
            continue
        results[name] = result
        if not was_computed(step, name):
            cached.add(name)
    return dict(sorted(results.items())), cached, failures
