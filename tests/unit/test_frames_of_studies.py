"""The frames of many studies read at once: the same as one by one, and a broken file is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from auditable.curate import curate_study
from auditable.frames_of_studies import read_frames
from auditable.model import AuditableError, Reading
from auditable.store import StudyFrames, read_study, write_study
from tests.unit.test_curate import a_paper, a_reading

STUDIES = ("empty2003", "made2001", "other2002")


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    for study_id in STUDIES:
        reading = Reading(study_id, (), (), ()) if "empty" in study_id else replace(a_reading(), study_id=study_id)
        paper = replace(a_paper(tmp_path, None), study_id=study_id)
        write_study(tmp_path, study_id, reading, curate_study(paper, reading).frames)
    return tmp_path


def test_many_studies_are_read_as_one_by_one(curated: Path) -> None:
    found = read_frames(curated, STUDIES)
    assert list(found) == list(STUDIES)
    assert not found["made2001"].observations.empty
    for study_id, frames in found.items():
        alone = read_study(curated, study_id)
        for name in StudyFrames.__dataclass_fields__:
            pd.testing.assert_frame_equal(getattr(frames, name), getattr(alone, name).reset_index(drop=True))


def test_a_broken_file_is_named(curated: Path) -> None:
    (curated / "other2002" / "findings.csv").write_text("nothing\n")
    with pytest.raises(AuditableError, match=r"other2002/findings\.csv"):
        read_frames(curated, STUDIES)
    (curated / "other2002" / "findings.csv").unlink()
    with pytest.raises(AuditableError, match=r"other2002/findings\.csv"):
        read_frames(curated, STUDIES)
