"""The tutorial on adding a paper: its commands, run in order in an empty folder, print what the page says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from auditable.papers import load_paper
from tests.prefect_made import seed
from tests.tutorial import Step, read_steps, run_step

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-paper.md"
STEPS = read_steps(PAGE.read_text("utf-8"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Step]]:
    folder = tmp_path_factory.mktemp("tutorial")
    seed(folder / ".cache" / "auditable" / "prefect")
    return folder, [run_step(step.command, folder) for step in STEPS]


@pytest.mark.parametrize("number", range(len(STEPS)), ids=lambda n: STEPS[n].command[:40])
def test_each_command_prints_what_the_page_says(told: tuple[Path, list[Step]], number: int) -> None:
    assert told[1][number].output == STEPS[number].output


def test_the_new_version_is_curated_and_the_old_one_kept(told: tuple[Path, list[Step]]) -> None:
    folder = told[0]
    paper = load_paper(folder / "raw" / "tanaka2024")
    assert paper.licence == "made for a tutorial"
    assert paper.pdf_path.read_bytes() == (folder / "article-2.pdf").read_bytes()
    (old,) = (paper.folder / "versions").iterdir()
    assert old.read_bytes() == (folder / "article.pdf").read_bytes()
    (changes,) = (folder / "curated" / "tanaka2024").glob("changes-*.csv")
    rows = pd.read_csv(changes, dtype=str, keep_default_na=False)
    assert rows[["change", "table_id", "value_before", "value_now"]].to_numpy().tolist() == [
        ["changed", "T1", "16", "12"]
    ]
