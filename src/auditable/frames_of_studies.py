"""The frames of many studies at once: each kind of file is validated once, which costs more than reading.

Comes in: curated/, names of studies. Goes out: StudyFrames by study, the same that store.read_study gives one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from auditable.model import AuditableError
from auditable.store import ADDED_LATER, FILES, StudyFrames, find_study, read_all_studies, read_study
from schemas.frames import empty_frame


def read_frames(curated_dir: Path, study_ids: Sequence[str]) -> dict[str, StudyFrames]:
    """The frames of each study; raises AuditableError when a folder or a file is not there or cannot be read."""
    for study_id in study_ids:
        find_study(curated_dir, study_id)
    try:
        parted = {name: _read_parted(curated_dir, study_ids, name) for name in StudyFrames.__dataclass_fields__}
    except AuditableError:
        # One by one the message names the file that is broken.
        return {study_id: read_study(curated_dir, study_id) for study_id in study_ids}
    return {study_id: StudyFrames(**{name: parted[name][study_id] for name in parted}) for study_id in study_ids}


def _read_parted(curated_dir: Path, study_ids: Sequence[str], name: str) -> dict[str, pd.DataFrame]:
    """One file of all studies, by study; without rows where a study has none."""
    there = [s for s in study_ids if name not in ADDED_LATER or (curated_dir / s / f"{name}.csv").is_file()]
    whole = read_all_studies(curated_dir, name, there)
    parts = {str(study_id): part.reset_index(drop=True) for study_id, part in whole.groupby("study_id", sort=False)}
    return {s: parts[s] if s in parts else empty_frame(FILES[name].model) for s in study_ids}
