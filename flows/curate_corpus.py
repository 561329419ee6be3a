"""All papers of raw/ → curated/ and its report: the main flow.

Comes in: the addresses of the folders. Goes out: a CorpusRun. A study that is up to date needs no task; one that fails
is reported and keeps its last good state; the others finish. Stopped anywhere, the flow leaves whole studies, and the
next run does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from prefect import flow
from prefect.futures import as_completed

from auditable.cache import Cache
from auditable.model import AuditableError, Paper
from auditable.outcomes import StudyFailure, StudyOutcome, explain_failure
from auditable.papers import load_paper
from auditable.publication import CorpusRun, Publication
from auditable.published import publish_once
from auditable.settings import Settings, load_settings
from auditable.stages import is_current
from auditable.workers import close_workers
from flows.announce import announce
from flows.artifacts import show_progress
from flows.embedded import CACHE_DIR
from flows.places import CORPUS, Place, find_place
from flows.progress import tell
from flows.runners import find_runner
from flows.tasks import GRACE_S, curate
from flows.version import code_version


@dataclass
class _Sorted:
    """The studies of a run: papers that are sound, and of these the ones to compute; what broke."""

    papers: dict[str, Paper] = field(default_factory=dict)
    stale: list[str] = field(default_factory=list)
    failures: list[StudyFailure] = field(default_factory=list)


@flow(
    name="curate-corpus",
    version=code_version(),
    task_runner=find_runner("threads", Settings().n_workers),
    validate_parameters=False,
)
def curate_corpus(
    raw_dir: str = "raw", curated_dir: str = "curated", studies: Sequence[str] | None = None
) -> CorpusRun:
    """What became of the studies named, or of all in raw_dir."""
    settings = load_settings()
    raw, curated = find_place(raw_dir, CACHE_DIR), find_place(curated_dir, CACHE_DIR)
    names = list(studies) if studies else raw.list_studies()
    for name in names:
        tell(name, "waiting")
    raw.pull(*names)
    curated.pull()
    found = _sort(raw, curated, names, Cache(settings.cache))
    try:
        with show_progress(len(found.stale)) if found.stale else nullcontext():
            computed, failures = _curate_all(raw, curated, found.stale, settings)
    finally:
        close_workers()
    failures = [*found.failures, *failures]
    for failure in failures:
        tell(failure.study_id, "failed")
    good = sorted(set(found.papers) - {f.study_id for f in failures})
    with curated.writing(CORPUS):
        curated.pull()
        publication = _publish(curated, [found.papers[name] for name in good], failures, settings)
        curated.push()
        announce(publication, failures, curated.path, raw.path, corpus=curated.address)
        curated.push()  # the record of what was told: news are told after they can be seen
    return CorpusRun(tuple(computed), tuple(s for s in good if s not in computed), tuple(failures), publication)


def _sort(raw: Place, curated: Place, names: Sequence[str], cache: Cache) -> _Sorted:
    """The studies that are up to date, those to compute, and those whose folder is broken."""
    found = _Sorted()
    for name in names:
        try:
            found.papers[name] = load_paper(raw.path / name)
        except (AuditableError, OSError) as error:  # a file that cannot be read stops its study alone
            found.failures.append(explain_failure(name, error))
            continue
        if is_current(found.papers[name], curated.path / name, cache):
            tell(name, "done", is_cached=True)
        else:
            found.stale.append(name)
    return found


def _curate_all(
    raw: Place, curated: Place, names: Sequence[str], settings: Settings
) -> tuple[list[str], list[StudyFailure]]:
    """The studies of which a stage was computed, in order, and the failures; no failure stops the others."""
    task = curate.with_options(timeout_seconds=settings.max_seconds_per_paper + GRACE_S)
    futures = {task.submit(raw.address, curated.address, name, settings): name for name in names}
    computed, failures = [], []
    for future in as_completed(list(futures)):
        outcome = _outcome(futures[future], future.result(raise_on_failure=False))
        if outcome.failure:
            failures.append(outcome.failure)
            continue
        tell(outcome.study_id, "done", is_cached=not outcome.computed)
        computed += [outcome.study_id] if outcome.computed else []
    return sorted(computed), sorted(failures, key=lambda failure: failure.study_id)


def _outcome(study_id: str, result: StudyOutcome | BaseException) -> StudyOutcome:
    if isinstance(result, BaseException):
        return StudyOutcome(study_id, failure=explain_failure(study_id, result))
    return result


def _publish(
    curated: Place, papers: Sequence[Paper], failures: Sequence[StudyFailure], settings: Settings
) -> Publication:
    def make() -> Publication:
        # Loads all that checks and draws: a run that changes nothing does not wait for it.
        from auditable.publish import publish

        return publish(curated.path, papers, failures, settings)

    return publish_once(curated.path, papers, failures, settings, Cache(settings.cache), make)
