"""raw/<study>/ → Paper: what is accepted, and one clear message for each way to be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditable.model import AuditableError
from auditable.papers import hash_file, list_studies, load_paper
from tests.papers_made import GOLD, make_study

PDF = b"%PDF-1.4 a stand-in: load_paper looks at bytes only"
ROOT = Path(__file__).parents[2]


def test_a_sound_folder_gives_its_paper(tmp_path: Path) -> None:
    about = "doi: 10.1000/made.1\ntable_types: {T1: baseline, T12: adverse events}\n"
    folder = make_study(tmp_path, "smith-jones2021b", PDF, GOLD, about)
    paper = load_paper(folder)
    assert paper.study_id == "smith-jones2021b"
    assert paper.doi == "10.1000/made.1"
    assert paper.table_types == {"T1": "baseline", "T12": "adverse events"}
    assert paper.gold_path == folder / "gold.csv"
    assert paper.is_facsimile
    assert paper.sha256 == hash_file(folder / "paper.pdf")


def test_doi_types_and_gold_are_optional(tmp_path: Path) -> None:
    paper = load_paper(make_study(tmp_path, "smith2021", PDF))
    assert (paper.doi, paper.table_types, paper.gold_path) == ("", {}, None)


def test_what_nobody_has_read_yet_is_no_title(tmp_path: Path) -> None:
    folder = make_study(tmp_path, "smith2021", PDF)
    about = (folder / "paper.yaml").read_text("utf-8")
    changed = about.replace("A made-up cohort", "unknown").replace("Maker A. A made-up journal 2001.", "unknown")
    (folder / "paper.yaml").write_text(changed, encoding="utf-8")
    assert (load_paper(folder).title, load_paper(folder).citation) == ("", "")


def test_studies_are_sorted_and_the_inbox_is_none(tmp_path: Path) -> None:
    for name in ("zhu2020", "abel1999", "inbox", ".hidden", "not an id"):
        (tmp_path / name).mkdir()
    (tmp_path / "SHA256SUMS").write_text("")
    assert list_studies(tmp_path) == ["abel1999", "not an id", "zhu2020"]


def test_a_missing_corpus_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="no such folder"):
        list_studies(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "name",
    ["Smith2021", "smith", "2021smith", "smith_2021", "smith21", "smith2021bb", "smith 2021", "smith1821", "-x2020"],
)
def test_a_folder_name_that_is_no_study_id(tmp_path: Path, name: str) -> None:
    with pytest.raises(AuditableError, match="no study id") as caught:
        load_paper(make_study(tmp_path, name, PDF))
    assert caught.value.found == repr(name)


def test_an_unknown_study_lists_those_there_are(tmp_path: Path) -> None:
    make_study(tmp_path, "smith2021", PDF)
    with pytest.raises(AuditableError, match=r"Studies in .*: smith2021"):
        load_paper(tmp_path / "smyth2021")


@pytest.mark.parametrize("name", ["paper.yaml", "paper.pdf"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = make_study(tmp_path, "smith2021", PDF)
    (folder / name).unlink()
    with pytest.raises(AuditableError) as caught:
        load_paper(folder)
    assert caught.value.expected == name
    assert name not in caught.value.found


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        pytest.param("publisher: X\n", "Unknown key.*found publisher", id="unknown key"),
        pytest.param("doi: not-a-doi\n", "doi: The value is not allowed", id="no doi"),
        pytest.param("table_types: {T1: cohort}\n", "table_types.T1: The value is not allowed.*baseline", id="type"),
        pytest.param("table_types: {Table 1: flow}\n", "not allowed", id="table id"),
        pytest.param("title: [unclosed\n", "not YAML.*line", id="broken YAML"),
        pytest.param("note: a colon: here\n", "not YAML.*line 6", id="colon"),
    ],
)
def test_a_wrong_line_of_paper_yaml(tmp_path: Path, lines: str, words: str) -> None:
    with pytest.raises(AuditableError, match=words):
        load_paper(make_study(tmp_path, "smith2021", PDF, about=lines))


@pytest.mark.parametrize("key", ["title", "citation", "licence", "sha256", "facsimile"])
def test_a_missing_key_is_named(tmp_path: Path, key: str) -> None:
    folder = make_study(tmp_path, "smith2021", PDF)
    about = folder / "paper.yaml"
    about.write_text("".join(s for s in about.read_text().splitlines(True) if not s.startswith(key + ":")))
    with pytest.raises(AuditableError, match=f"found no {key}"):
        load_paper(folder)


def test_an_empty_paper_yaml_is_refused(tmp_path: Path) -> None:
    folder = make_study(tmp_path, "smith2021", PDF)
    (folder / "paper.yaml").write_text("")
    with pytest.raises(AuditableError, match="not allowed"):
        load_paper(folder)


def test_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    folder = make_study(tmp_path, "smith2021", PDF)
    (folder / "paper.yaml").write_bytes("title: Kühn\n".encode("latin-1"))
    with pytest.raises(AuditableError, match="UTF-8"):
        load_paper(folder)


def test_another_pdf_shows_both_checksums(tmp_path: Path) -> None:
    folder = make_study(tmp_path, "smith2021", PDF)
    expected = hash_file(folder / "paper.pdf")
    (folder / "paper.pdf").write_bytes(PDF + b" ")
    with pytest.raises(AuditableError) as caught:
        load_paper(folder)
    assert caught.value.expected == f"sha256 {expected}"
    assert caught.value.found == f"sha256 {hash_file(folder / 'paper.pdf')}"
    assert caught.value.remedy


def test_every_study_of_the_corpus_loads() -> None:
    studies = list_studies(ROOT / "raw")
    assert len(studies) >= 5
    for study_id in studies:
        paper = load_paper(ROOT / "raw" / study_id)
        assert paper.citation
        assert paper.licence
