"""One study as a job for a worker process: what the task of a flow calls.

Comes in: the folder of a study, the cache, limits. Goes out: the files of curated/<study_id> and the stages that were
computed. The process that calls loads nothing of what reads and checks; the work is left to study_work.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from auditable.cache import Cache
from auditable.isolation import run_isolated
from auditable.papers import load_paper
from auditable.settings import Settings
from auditable.stages import Made
from auditable.worker_process import report_step


def make_isolated(folder: Path, cache: Cache, settings: Settings, on_step: Callable[[str], None] | None = None) -> Made:
    """What the stages make of raw/<study_id>, computed in a worker process; raises AuditableError for broken inputs.

    on_step hears "reading" and "checking" when they begin.
    """
    told = run_isolated(
        curate_folder,
        (folder, cache.address),
        seconds=settings.max_seconds_per_paper,
        memory_mb=settings.max_memory_mb,
        on_step=on_step,
    )
    plain = json.loads(told)
    return Made({name: text.encode() for name, text in plain["files"].items()}, tuple(plain["computed"]))


def curate_folder(folder: Path, cache_address: str) -> str:
    """Made, as one line of JSON: what runs inside the worker process."""
    from auditable.study_work import make_study

    made = make_study(load_paper(folder), Cache(cache_address), report_step)
    plain = {"files": {name: content.decode() for name, content in made.files.items()}, "computed": made.computed}
    return json.dumps(plain, ensure_ascii=False)
