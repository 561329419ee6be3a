"""Two runs at once, each on Prefect's embedded API, in a folder where Prefect was never started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.papers_made import make_study, sound_pdf

COMMAND = "from auditable.cli import main; main()"
STUDIES = ("made2001", "made2002")
LIMIT_S = 500
"""For a busy machine; idle, the two take some 30 s."""


def test_runs_that_start_together_all_finish(tmp_path: Path) -> None:
    for study_id in STUDIES:
        make_study(tmp_path / "raw", study_id, sound_pdf())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    runs = []
    for study_id in STUDIES:
        with (tmp_path / f"{study_id}.log").open("wb") as log:
            command = [sys.executable, "-c", COMMAND, "run", study_id]
            runs.append(subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT))
    try:
        codes = [run.wait(LIMIT_S) for run in runs]
    finally:
        for run in runs:
            run.kill()
    logs = {study_id: (tmp_path / f"{study_id}.log").read_text("utf-8") for study_id in STUDIES}
    assert set(codes) <= {0, 1}, logs  # 1: there is something to decide
    assert sorted(p.name for p in (tmp_path / "curated").glob("made*")) == list(STUDIES)
