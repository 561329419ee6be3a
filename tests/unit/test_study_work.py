"""One study through its stages: no result is kept under the hash of a file it was not made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditable.cache import Cache
from auditable.model import AuditableError
from auditable.papers import load_paper
from auditable.stages import ABOUT, STAGES, hash_inputs, stage_key
from auditable.study_work import make_study
from tests.papers_made import GOLD, sound_pdf
from tests.papers_made import make_study as lay_study


def test_a_paper_yaml_edited_after_it_was_loaded_is_not_taken_for_what_was_observed(tmp_path: Path) -> None:
    folder, cache = lay_study(tmp_path / "raw", "made2001", sound_pdf(), GOLD), Cache(str(tmp_path / "cache"))
    paper, about = load_paper(folder), folder / "paper.yaml"
    about.write_text(about.read_text("utf-8").replace("A made-up cohort", "Another title"), "utf-8")
    with pytest.raises(AuditableError, match="changed while it was read") as told:
        make_study(paper, cache)
    assert told.value.found == f"another {ABOUT}"

    read, observe = STAGES[:2]
    inputs = hash_inputs(paper)
    known = cache.find("read", stage_key(paper, read, inputs, {}))
    assert known, "the reading rests on the PDF alone"
    assert cache.find("observe", stage_key(paper, observe, inputs, {"read": known})) == ""
    assert make_study(load_paper(folder), cache).computed == ("observe", "check", "compare", "write")
