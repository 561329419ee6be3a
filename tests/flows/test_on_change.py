"""The corpus flow on change: cheap where nothing changed, and awake to every file that matters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.on_change import describe
from tests.papers_made import GOLD, make_study, sound_pdf

RAW, CURATED = Path("raw"), Path("curated")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        (lambda: make_study(RAW, "made2002", sound_pdf()), True),
        (lambda: write(RAW / "made2001" / "gold.csv", GOLD + "\n"), True),
        ((RAW / "made2001" / "gold.csv").unlink, True),
        (lambda: write(CURATED / "decisions.csv", "item_id,verdict\n"), True),
        (lambda: write(Path("auditable.toml"), "n_workers = 1\n"), True),
        (lambda: write(RAW / "inbox" / "new.pdf", "%PDF-"), False),  # the inbox has a flow of its own
        (lambda: write(RAW / "quarantine" / "bad.pdf", "%PDF-"), False),
        (lambda: write(RAW / ".inbox.lock", ""), False),
        (lambda: write(CURATED / "run.json", "{}"), False),  # what runs write asks for no run
    ],
)
def test_what_counts_as_a_change(workplace: Path, change: Callable[[], object], is_seen: bool) -> None:
    make_study(RAW, "made2001", sound_pdf(), GOLD)
    before = describe("raw", "curated")
    assert describe("raw", "curated") == before
    change()
    assert (describe("raw", "curated") != before) is is_seen


def test_the_corpus_runs_only_after_a_change(workplace: Path, prefect_api: None) -> None:
    from flows.on_change import curate_changed

    make_study(RAW, "made2001", sound_pdf(), GOLD)
    first = curate_changed(seen_dir="seen")
    assert first is not None
    assert first.computed == ("made2001",)
    assert curate_changed(seen_dir="seen") is None
    write(RAW / "made2001" / "gold.csv", GOLD.replace(",n,10,", ",n,11,"))
    third = curate_changed(seen_dir="seen")
    assert third is not None
    assert third.computed == ("made2001",)


def test_a_file_that_cannot_be_read_stops_its_study_alone_and_is_tried_again(
    workplace: Path, prefect_api: None
) -> None:
    from flows.on_change import curate_changed

    make_study(RAW, "made2001", sound_pdf(), GOLD)
    broken = make_study(RAW, "made2002", sound_pdf()) / "paper.pdf"
    broken.unlink()
    broken.symlink_to("/proc/self/mem")  # a file there is, whose first byte gives an input/output error
    for computed in (("made2001",), ()):
        run = curate_changed(seen_dir="seen")
        assert run is not None
        assert run.computed == computed
        assert [(f.study_id, f.may_heal) for f in run.failures] == [("made2002", True)]
