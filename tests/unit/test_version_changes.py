"""Two readings of one study: which values changed, went or came; a number that only moved is none of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from auditable.curate import curate_study, read_study
from auditable.model import Paper
from auditable.papers import hash_file
from auditable.publish import RUN_FILE
from auditable.settings import Settings
from auditable.store import write_study, write_text
from auditable.version_changes import compare_versions, read_old, write_changes
from tests.front_pages import article_pdf
from tests.papers_made import ROWS


def observed(folder: Path, name: str, pdf: bytes) -> pd.DataFrame:
    path = folder / f"{name}.pdf"
    path.write_bytes(pdf)
    return read_old(folder / "curated", "made2000", path, Settings())


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return observed(tmp_path_factory.mktemp("old"), "old", article_pdf())


def test_each_value_is_told_by_what_became_of_it(old: pd.DataFrame, tmp_path: Path) -> None:
    rows = [("  I", "17 (42.5)", "9 (45.0)") if label == "  I" else (label, *cells) for label, *cells in ROWS[:-1]]
    new = observed(tmp_path, "new", article_pdf(rows=[*rows, ("Prior surgery, n (%)", "8 (20.0)", "4 (20.0)")]))
    changes = compare_versions(old, new)
    t1 = changes[changes["table_id"] == "T1"]
    found = {k: g[["value_before", "value_now"]].to_numpy().tolist() for k, g in t1.groupby("change")}
    assert found["changed"] == [["16", "17"], ["40.0", "42.5"]]
    assert {before for before, _ in found["gone"]} == {"61", "34", "80", "63", "41", "79"}
    assert [now for _, now in found["added"]] == ["8", "20.0", "4", "20.0"]
    assert changes["change"].iloc[0] == "changed"
    path = write_changes(tmp_path / "curated" / "made2000", changes, "a" * 12, "b" * 12)
    assert len(pd.read_csv(path)) == len(changes)


def test_the_same_numbers_under_another_title_are_no_change(old: pd.DataFrame, tmp_path: Path) -> None:
    assert compare_versions(
        old, observed(tmp_path, "new", article_pdf(title="Another title in print of this trial"))
    ).empty


def test_what_is_kept_of_another_file_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    curated, pdf = tmp_path / "curated", tmp_path / "old.pdf"
    pdf.write_bytes(article_pdf())
    paper = Paper(study_id="made2000", folder=tmp_path, pdf_path=pdf, sha256=hash_file(pdf), citation="")
    reading = read_study(paper, Settings())
    frames = curate_study(paper, reading).frames
    one = replace(frames, observations=frames.observations.head(1), matches=frames.matches.head(0))
    write_study(curated, "made2000", reading, one)
    for sha256, n_read in ((hash_file(pdf), 1), ("0" * 64, len(frames.observations))):
        write_text(curated / RUN_FILE, json.dumps({"inputs": {"made2000": {"paper.pdf": sha256}}}))
        assert len(read_old(curated, "made2000", pdf, Settings())) == n_read
    (curated / RUN_FILE).unlink()
    assert len(read_old(curated, "made2000", pdf, Settings())) == len(frames.observations)
