"""What is computed again when something changes: a rule, gold, a reader, a comment elsewhere, a damaged result.

The program's own files are changed in a copy of it, which runs in a process of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.papers_made import GOLD, make_study, sound_pdf

ROOT = Path(__file__).parents[2]
STUDY = "made2001"
ALL = ["read", "observe", "check", "compare", "write"]
PROGRAM = """
import json, sys
from pathlib import Path
from auditable.cache import Cache
from auditable.papers import load_paper
from auditable.stages import is_current
from auditable.store import write_files
from auditable.study_work import make_study

paper, cache, curated = load_paper(Path(sys.argv[1])), Cache("cache"), Path("curated")
was_current = is_current(paper, curated / paper.study_id, cache)
made = make_study(paper, cache)
write_files(curated, paper.study_id, made.files)
now = is_current(paper, curated / paper.study_id, cache)
print(json.dumps({"was_current": was_current, "computed": made.computed, "now_current": now}))
"""


class Place:
    """A copy of the program, one study, a cache that has seen both once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("src/auditable", "schemas"):
            shutil.copytree(ROOT / name, folder / "code" / name, ignore=shutil.ignore_patterns("__pycache__"))
        self.study = make_study(folder / "raw", STUDY, sound_pdf(), GOLD)

    def run(self) -> dict:
        code = self.folder / "code"
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(self.study)],
            env={**os.environ, "PYTHONPATH": f"{code / 'src'}{os.pathsep}{code}"},
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def append(self, name: str, text: str) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    def files(self) -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in (self.folder / "curated" / STUDY).iterdir()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("stages"))
    assert place.run() == {"was_current": False, "computed": ALL, "now_current": True}
    return place


@pytest.mark.parametrize(
    ("changed", "text", "computed"),
    [
        ("code/src/auditable/review/report.py", "# a remark\n", []),
        # The findings come out the same, so the files are not made anew.
        ("code/src/auditable/checks/percent_of_n.py", "# a remark\n", ["check"]),
        (f"raw/{STUDY}/gold.csv", 'T1,"Stage, n (%) > I",Drug A (N = 40),n,16,,,16 (40.0),A\n', ["compare", "write"]),
        ("code/src/auditable/reconcile.py", "# a remark\n", ["compare"]),
        # The text of the reading comes out the same, and ends the work there.
        ("code/src/auditable/engine.py", "# a remark\n", ["read"]),
        ("code/src/auditable/pdf_reading.py", "\n\n_dump = dump_pdf\n\n\ndef dump_pdf(*given):\n"
         "    return _dump(*given).replace('Female', 'Women')\n", ALL),
    ],
)  # fmt: skip
def test_only_what_rests_on_a_change_is_computed_again(
    place: Place, changed: str, text: str, computed: list[str]
) -> None:
    place.append(changed, text)
    assert place.run() == {"was_current": not computed, "computed": computed, "now_current": True}


def test_a_damaged_result_is_made_again_and_a_lost_file_brought_back(place: Place) -> None:
    place.run()
    before = place.files()
    for path in (place.folder / "cache" / "objects").rglob("*.gz"):
        path.write_bytes(b"damaged")
    (place.folder / "curated" / STUDY / "cells.csv").unlink()
    again = place.run()
    assert (again["was_current"], again["now_current"]) == (False, True)
    assert again["computed"] == ALL
    assert place.files() == before

    (place.folder / "curated" / STUDY / "cells.csv").write_text("edited by hand")
    assert place.run() == {"was_current": False, "computed": [], "now_current": True}
    assert place.files() == before
