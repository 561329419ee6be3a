"""curated/ is what the code makes of raw/: all studies are there, of the inputs recorded, in whole files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from auditable.papers import list_studies, load_paper
from auditable.publish import read_tables
from auditable.store import StudyFrames, read_study, write_study
from flows.bench_runs import same_files

ROOT = Path(__file__).parents[2]
CURATED = ROOT / "curated"
STUDIES = list_studies(ROOT / "raw")


@pytest.mark.parametrize("study_id", STUDIES)
def test_the_record_speaks_of_the_inputs_that_lie_in_raw(study_id: str) -> None:
    paper = load_paper(ROOT / "raw" / study_id)
    recorded = json.loads((CURATED / "run.json").read_text("utf-8"))["inputs"][study_id]
    assert recorded["paper.pdf"] == paper.sha256
    assert paper.gold_path is not None
    assert recorded["gold.csv"] == hashlib.sha256(paper.gold_path.read_bytes()).hexdigest()


@pytest.mark.parametrize("study_id", STUDIES)
def test_reading_back_and_writing_again_gives_the_same_bytes(study_id: str, tmp_path: Path) -> None:
    frames = read_study(CURATED, study_id)
    assert isinstance(frames, StudyFrames)
    write_study(tmp_path, study_id, read_tables(CURATED, study_id), frames)
    assert same_files(CURATED / study_id, tmp_path / study_id)


def test_the_data_package_lists_every_file_with_its_hash() -> None:
    package = json.loads((CURATED / "datapackage.json").read_text("utf-8"))
    assert package["resources"]
    for resource in package["resources"]:
        content = (CURATED / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_no_data_file_holds_a_date_of_the_run() -> None:
    record = json.loads((CURATED / "run.json").read_text("utf-8"))
    assert set(record) == {"auditable", "libraries", "settings", "inputs", "counts"}
