"""One paper → its folder in curated/: the same task as in the corpus flow, for one study, without the corpus files.

Comes in: the study's folder. Goes out: its folder in curated/. A broken input fails the flow run with its one message.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from prefect import flow

from auditable.model import AuditableError
from auditable.settings import load_settings
from flows.tasks import curate
from flows.version import code_version


@flow(name="curate-paper", version=code_version(), flow_run_name="curate {folder}", validate_parameters=False)
def curate_paper(folder: str, curated_dir: str = "curated") -> str:
    """The folder in curated_dir that holds the study."""
    raw_dir, _, study_id = folder.rstrip("/").rpartition("/")
    outcome = curate(raw_dir or ".", curated_dir, study_id, load_settings())
    if outcome.failure:
        raise AuditableError(outcome.failure.message)
    return str(PurePosixPath(curated_dir) / study_id) if "://" not in curated_dir else f"{curated_dir}/{study_id}"
