"""The main flow on small made papers: broken inputs beside a sound one, twice, then the sound one broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.papers_made import BROKEN_PDFS, GOLD, GOLD_HEADER, make_study, paper_yaml, replace_pdf, sound_pdf

SOUND = "sound2000"
BROKEN_FOLDERS = {
    "noyaml2007": "paper.yaml is missing",
    "wrongsum2008": "not the one paper.yaml speaks of",
    "badcolumn2009": "unknown column remark",
    "badstatistic2010": "unknown statistic",
}


def make_corpus(raw: Path) -> None:
    make_study(raw, SOUND, sound_pdf(), GOLD)
    for study_id, pdf in BROKEN_PDFS.items():
        make_study(raw, study_id, pdf)
    (make_study(raw, "noyaml2007", sound_pdf()) / "paper.yaml").unlink()
    wrong = make_study(raw, "wrongsum2008", sound_pdf())
    (wrong / "paper.yaml").write_text(paper_yaml(b"another file"))
    make_study(raw, "badcolumn2009", sound_pdf(), GOLD.replace(GOLD_HEADER, GOLD_HEADER + ",remark"))
    make_study(raw, "badstatistic2010", sound_pdf(), GOLD.replace(",median,", ",middle,"))


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("corpus")
    make_corpus(place / "raw")
    return place


def test_broken_inputs_are_told_and_the_sound_study_is_curated(
    corpus: Path, prefect_api: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.curate_corpus import curate_corpus

    monkeypatch.chdir(corpus)
    first = curate_corpus("raw", "curated")

    assert first.computed == (SOUND,)
    told = {f.study_id: f.message for f in first.failures}
    assert set(told) == set(BROKEN_PDFS) | set(BROKEN_FOLDERS)
    assert not any(f.is_fault for f in first.failures)
    for study_id, words in BROKEN_FOLDERS.items():
        assert words in told[study_id]
    for study_id, message in told.items():
        assert study_id in message, "says where"
        assert "Expected" in message, "says what was expected"
        assert "found" in message, "says what was found"
        assert "\n" not in message
    assert sorted(p.name for p in (corpus / "curated").iterdir() if p.is_dir()) == ["report", SOUND]
    assert first.publication.tallies[0].figures.gold_equal == 3

    # The same again: nothing is recomputed, no byte changes.
    before = files_under(corpus / "curated")
    second = curate_corpus("raw", "curated")
    assert (second.computed, second.cached) == ((), (SOUND,))
    assert files_under(corpus / "curated") == before

    # Another gold record: the paper is not read again, but compared again.
    gold = corpus / "raw" / SOUND / "gold.csv"
    gold.write_text(GOLD.replace(",n,10,", ",n,11,"), encoding="utf-8")
    third = curate_corpus("raw", "curated", [SOUND])
    assert third.computed == (SOUND,)
    assert third.publication.tallies[0].figures.gold_wrong == 1

    # The sound study breaks: its last good state stays, and the report says so.
    before = files_under(corpus / "curated" / SOUND)
    replace_pdf(corpus / "raw" / SOUND, sound_pdf()[:900])
    fourth = curate_corpus("raw", "curated", [SOUND])
    assert [f.study_id for f in fourth.failures] == [SOUND]
    assert files_under(corpus / "curated" / SOUND) == before
    assert "cut off" in (corpus / "curated" / "report" / "index.html").read_text("utf-8")


def test_one_paper_is_curated_alone(workplace: Path, prefect_api: None) -> None:
    from flows.curate_paper import curate_paper

    folder = make_study(workplace / "raw", SOUND, sound_pdf())
    assert curate_paper(str(folder), "curated") == str(Path("curated") / SOUND)
    assert (workplace / "curated" / SOUND / "cells.csv").is_file()
