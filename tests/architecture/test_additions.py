"""One place for each addition: a table type is one module, a variable one entry, a paper one folder.

Each test puts just that one thing into a copy of the code, and lets the copy work in a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.papers_made import GOLD, make_study, sound_pdf
from tests.prefect_made import seed

ROOT = Path(__file__).parents[2]
WHOLE_TREE = ("src", "schemas", "flows")

DIARY = '''"""Diaries of pain: each row a day, each cell the mean of a score."""

from auditable.model import Table
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType


def _score(table: Table, kinds: RowKinds) -> int:
    del kinds
    return 99 if "diary" in table.caption.casefold() else 0


TABLE_TYPE = TableType("diary", _score, numbers_are="mean", statistics=("mean", "sd"))
'''

VARIABLE = """
  grip_of_pinch:
    meaning: Strength of the pinch between thumb and forefinger
    kind: continuous
    labels: [zanderic pinch strength]
    unit: kg
    range: [0, 40]
"""

OBSERVE = """
from tables_drawn import draw_table
from auditable.checks import run_checks
from schemas.frames import Cells, Observations
from auditable.model import PageSize, Paper, Reading
from auditable.observations import observe
from pathlib import Path

table = draw_table([["", "All (N = 40)"]], ROWS, CAPTION)
paper = Paper("made2020", Path("x"), Path("x.pdf"), "", "", table_types=TYPES)
observed = observe(Reading("made2020", (PageSize(1, 600, 800, False),), (table,), ()), paper)
Cells.validate(observed.cells, lazy=True)
rows = Observations.validate(observed.observations, lazy=True)
for o in rows.to_dict("records"):
    print("observed", o["table_type"], o["variable"], o["statistic"], o["value"], o["unit"])
for f in run_checks(rows).to_dict("records"):
    print("found", f["rule"], f["severity"], f["printed"])
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code that a test may add to."""
    for name in WHOLE_TREE:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run_in(copy: Path, *arguments: str) -> str:
    """What Python prints when it runs in the copy and imports the copy's code."""
    path = os.pathsep.join(str(p) for p in (copy / "src", copy, ROOT / "tests" / "unit"))
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def run_command(copy: Path, command: str) -> str:
    """What the command `auditable` of the copy prints."""
    return run_in(copy, "-c", f"import sys; sys.argv[1:] = ['{command}']; from auditable.cli import main; main()")


def observe_in(copy: Path, caption: str, rows: list[tuple[str, list[str]]], types: dict[str, str] | None = None) -> str:
    """Observations and findings of a drawn table, one line each."""
    given = f"ROWS, CAPTION, TYPES = {rows!r}, {caption!r}, {types or {}!r}\n"
    return run_in(copy, "-c", given + OBSERVE)


def test_a_table_type_is_one_module(copy: Path) -> None:
    rows = [("First day", ["7"]), ("Second day", ["6"]), ("Patients with entries", ["38 (95.0)"])]
    (copy / "src" / "auditable" / "tables" / "diary.py").write_text(DIARY, encoding="utf-8")
    after = observe_in(copy, "Diary of pain", rows).splitlines()
    assert [line.split()[1] for line in after if line.startswith("observed")] == ["diary"] * 4, "recognised"
    assert sum(" mean " in line for line in after) == 2, "its bare numbers are means"
    assert "found frame.statistic_of_kind note 38, 95.0" in after, "its model judges the cells"
    named = observe_in(copy, "Pain", rows, {"T1": "diary"})
    assert "observed diary" in named, "paper.yaml may name it"


def test_a_variable_is_one_entry(copy: Path) -> None:
    rows = [("Zanderic pinch strength (kg), mean", ["95.5"])]
    codebook = copy / "schemas" / "variables.yaml"
    codebook.write_text(codebook.read_text("utf-8").rstrip() + "\n" + VARIABLE, encoding="utf-8")
    after = observe_in(copy, "Baseline characteristics", rows)
    assert "grip_of_pinch mean 95.5 kg" in after
    assert "found unit.plausible unit 95.5" in after, "its range is judged"
    assert "Strength of the pinch" in run_command(copy, "codebook"), "its page is written"


def test_a_paper_is_one_folder(copy: Path) -> None:
    make_study(copy / "raw", "added2031", sound_pdf(), GOLD)
    seed(Path(os.environ["PREFECT_HOME"]))
    run_command(copy, "run")
    written = {p.name for p in (copy / "curated" / "added2031").iterdir()}
    assert {"cells.csv", "observations.csv", "findings.csv"} <= written
    assert "added2031" in (copy / "curated" / "report" / "index.html").read_text("utf-8")
