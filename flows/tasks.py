"""The task that the flows put in order: one study, whole, on any machine that sees the addresses.

Comes in: addresses, the name of a study, settings. Goes out: a StudyOutcome of a few bytes; results of megabytes stay
in the cache of content and code (stages.py), never in Prefect. What may heal by itself is tried again, a broken input
never.
"""

from __future__ import annotations

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from auditable.cache import Cache
from auditable.model import AuditableError, StorageError
from auditable.outcomes import StudyOutcome, explain_failure
from auditable.settings import Settings
from auditable.store import write_files
from auditable.study_job import make_isolated
from flows.embedded import CACHE_DIR
from flows.places import Place, find_place
from flows.progress import tell

RETRY_DELAYS_S = [2.0, 20.0]
"""Storage that is busy answers after seconds, or not today."""
STAYS_BROKEN = (FileNotFoundError, FileExistsError, NotADirectoryError, IsADirectoryError, PermissionError)
GRACE_S = 600
"""What storage may take beside the work on a paper, whose own limit stands in the settings."""


def can_heal(_task: Any, _run: Any, state: Any) -> bool:
    """Whether another try may do better: storage or network failed, or the process was lost."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and not isinstance(error, STAYS_BROKEN)


@task(
    name="curate",
    task_run_name="curate {study_id}",
    cache_policy=NO_CACHE,
    persist_result=False,
    retries=len(RETRY_DELAYS_S),
    retry_delay_seconds=RETRY_DELAYS_S,
    retry_condition_fn=can_heal,
)
def curate(raw_address: str, curated_address: str, study_id: str, settings: Settings) -> StudyOutcome:
    """What became of one study; its folder at curated_address is written, or left as it was."""
    raw, curated = find_place(raw_address, CACHE_DIR), find_place(curated_address, CACHE_DIR)
    try:
        raw.pull(study_id)
        return curate_at(raw, curated, study_id, settings)
    except StorageError:
        raise  # it may heal: the task is tried again
    except AuditableError as error:
        return StudyOutcome(study_id, failure=explain_failure(study_id, error))


def curate_at(raw: Place, curated: Place, study_id: str, settings: Settings) -> StudyOutcome:
    """As curate, on this machine; raises AuditableError for broken inputs."""
    made = make_isolated(
        raw.path / study_id, Cache(settings.cache), settings, on_step=lambda step: tell(study_id, step)
    )
    with curated.writing(study_id):
        curated.pull(study_id)
        write_files(curated.path, study_id, made.files)
        curated.push(study_id)
    return StudyOutcome(study_id, made.computed)
