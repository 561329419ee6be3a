"""A PDF → raw/<study>: new studies, duplicates, new versions, doubts; what is written, and what is left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from auditable.cli import app
from auditable.facts import Fact, PaperFacts
from auditable.intake import take_in, version_path
from auditable.intake_about import cite, replace_pdf, write_about
from auditable.intake_known import KnownPaper, Likeness, find_twin, is_alike
from auditable.intake_source import source_path, write_source
from auditable.model import AuditableError
from auditable.papers import hash_file, load_paper, read_about
from auditable.raw_sums import SUMS_FILE, update_sums
from auditable.settings import Settings
from auditable.study_ids import check_study_id, propose_study_id
from tests.front_pages import TITLE, article_pdf
from tests.papers_made import BROKEN_PDFS, GOLD, make_study

WHEN, LATER = "2031-02-03T04:05:06+00:00", "2031-03-03T04:05:06+00:00"
STUDY = "odegard-smith2021"
FACTS = PaperFacts(
    title=Fact(TITLE, "page 1"), doi=Fact("10.5555/amt.1", "page 1"), year=Fact("2021", "page 1"),
    surname=Fact("van der Poe", "page 1"), authors=("Jan van der Poe", "Lee B. Roe", "Bo Li", "Kei Ito"),
    journal=Fact("Made Trials", "page 1"), licence=Fact("", "no licence is printed"),
)  # fmt: skip


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.suffix != ".lock"
    }


def test_a_new_paper_gets_its_folder_and_the_original_stays(tmp_path: Path) -> None:
    pdf, raw = put(tmp_path, "download (3).pdf", article_pdf()), tmp_path / "raw"
    intake = take_in(pdf, raw, Settings(), when=WHEN)
    assert (intake.study_id, intake.folder, intake.is_new_version) == (STUDY, raw / STUDY, False)
    assert pdf.read_bytes() == (raw / STUDY / "paper.pdf").read_bytes()
    paper, about = load_paper(raw / STUDY), read_about(raw / STUDY / "paper.yaml")
    assert (paper.title, paper.doi, paper.licence) == (TITLE, "10.5555/amt.2021.014", "CC BY 4.0")
    assert (about["year"], about["journal"], about["taken_in"]) == (2021, "Annals of Made Trials", WHEN)
    assert about["citation"] == "Ødegård-Smith I, van der Berg J, Ito K. Annals of Made Trials 2021."
    assert set(about["read_from"]) == {"title", "authors", "year", "doi", "journal", "licence"}
    assert (raw / SUMS_FILE).read_text() == f"{paper.sha256}  {STUDY}/paper.pdf\n"


def test_what_is_there_already_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    first = put(tmp_path, "a.pdf", article_pdf())
    take_in(first, raw, Settings(), when=WHEN)
    take_in(put(tmp_path, "b.pdf", article_pdf(prose="Corrected.")), raw, Settings(), when=LATER)
    before = files_of(raw)
    for pdf, found in ((first, f"older version of {STUDY}"), (tmp_path / "b.pdf", f"the file of {STUDY}")):
        with pytest.raises(AuditableError, match="there already") as caught:
            take_in(pdf, raw, Settings(), when=LATER)
        assert found in caught.value.found
    assert files_of(raw) == before


def test_a_new_version_keeps_the_old_file_the_gold_record_and_the_lines_of_people(tmp_path: Path) -> None:
    raw, old = tmp_path / "raw", article_pdf()
    take_in(put(tmp_path, "a.pdf", old), raw, Settings(), when=WHEN)
    folder = raw / STUDY
    about = folder / "paper.yaml"
    about.write_text("# looked at by ann\n" + about.read_text("utf-8").replace("facsimile: false", "facsimile: true"))
    (folder / "gold.csv").write_text(GOLD)
    (raw / "other2020").mkdir()
    intake = take_in(put(tmp_path, "b.pdf", article_pdf(prose="Corrected.")), raw, Settings(), when=LATER)

    old_sha = hash_file(tmp_path / "a.pdf")
    assert intake.is_new_version
    assert intake.old_pdf == version_path(folder, old_sha)
    assert version_path(folder, old_sha).read_bytes() == old
    assert load_paper(folder).sha256 == hash_file(tmp_path / "b.pdf")
    assert (folder / "gold.csv").read_text() == GOLD
    assert about.read_text("utf-8").startswith("# looked at by ann\n")
    assert read_about(about)["facsimile"] is True
    assert read_about(about)["versions"] == [{"sha256": old_sha, "replaced": LATER}]
    listed = dict(line.split("  ")[::-1] for line in (raw / SUMS_FILE).read_text().splitlines())
    assert listed == {f"{STUDY}/{n}": hash_file(folder / n) for n in ("gold.csv", "paper.pdf")}


def test_an_intake_that_broke_off_is_done_again(tmp_path: Path) -> None:
    raw, pdf = tmp_path / "raw", put(tmp_path, "a.pdf", article_pdf())
    (raw / STUDY).mkdir(parents=True)
    (raw / STUDY / "paper.pdf").write_bytes(pdf.read_bytes())
    (raw / STUDY / ".paper.yaml.k1ll3d").write_text("title: ")
    assert take_in(pdf, raw, Settings(), when=WHEN).study_id == STUDY
    newer = put(tmp_path, "b.pdf", article_pdf(prose="Corrected."))
    intake = take_in(newer, raw, Settings(), when=LATER)
    about = raw / STUDY / "paper.yaml"
    about.write_text(about.read_text().replace(hash_file(newer), hash_file(pdf)).split("versions:")[0])
    assert take_in(newer, raw, Settings(), when=LATER).old_pdf == intake.old_pdf
    assert load_paper(raw / STUDY).sha256 == hash_file(newer)


def test_object_storage_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["add", str(tmp_path / "none.pdf"), "--raw", "s3://bucket/raw"])
    assert isinstance(told.exception, AuditableError)
    assert told.exception.found == "object storage"


def test_doubts_are_asked_and_never_settled_alone(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    take_in(put(tmp_path, "a.pdf", article_pdf()), raw, Settings(), when=WHEN)
    supplement = put(tmp_path, "s.pdf", article_pdf(title="Supplementary tables and figures to the trial report"))
    with pytest.raises(AuditableError, match="--another") as caught:
        take_in(supplement, raw, Settings(), when=LATER)
    assert "the same DOI, but another title" in caught.value.found

    asked: list[str] = []
    kept = take_in(supplement, raw, Settings(), when=LATER, ask=lambda q: bool(asked.append(q)))
    assert (kept.study_id, kept.is_new_version, len(asked)) == (f"{STUDY}b", False, 1)
    assert any(STUDY in note for note in kept.notes)

    stranger = article_pdf(
        title="Nothing in common with any of the papers here", citation="J 2020;1:2. doi:10.5555/xyz.1"
    )
    with pytest.raises(AuditableError, match="looks like another paper"):
        take_in(put(tmp_path, "x.pdf", stranger), raw, Settings(), when=LATER, study_id=STUDY)


def test_a_paper_that_says_neither_author_nor_year_is_named_by_a_human(tmp_path: Path) -> None:
    raw, pdf = tmp_path / "raw", put(tmp_path, "a.pdf", article_pdf(byline="", citation="", licence=""))
    with pytest.raises(AuditableError, match="--id smith2021") as caught:
        take_in(pdf, raw, Settings(), when=WHEN)
    assert "first author" in caught.value.found
    assert "year" in caught.value.found
    assert files_of(raw) == {}
    intake = take_in(pdf, raw, Settings(), when=WHEN, study_id="poe2020")
    about = read_about(intake.folder / "paper.yaml")
    assert (about["citation"], about["licence"]) == ("unknown", "unknown")
    assert about["read_from"]["doi"].startswith("not found")


@pytest.mark.parametrize("name", sorted(BROKEN_PDFS))
def test_a_broken_pdf_leaves_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(AuditableError):
        take_in(put(tmp_path, "a.pdf", BROKEN_PDFS[name]), tmp_path / "raw", Settings(), when=WHEN)
    assert not (tmp_path / "raw").exists()


@pytest.mark.parametrize(
    ("doi", "title", "likeness"),
    [
        ("10.5555/AMT.1", TITLE, Likeness.SAME_DOI),
        ("10.5555/amt.1", "", Likeness.SAME_DOI),
        ("10.5555/amt.1", "Supplement to: " + TITLE, Likeness.DOI_BUT_OTHER_TITLE),
        ("10.5555/amt.1", TITLE + ": correction", Likeness.DOI_BUT_OTHER_TITLE),
        ("10.5555/amt.1", "Supplementary appendix: further tables and figures", Likeness.DOI_BUT_OTHER_TITLE),
        ("", TITLE.upper(), Likeness.SAME_TITLE),
        ("", TITLE + " (SKIN-7)", Likeness.NEAR_TITLE),
        ("10.5555/other", TITLE, Likeness.TITLE_BUT_OTHER_DOI),
        ("10.5555/other", TITLE + " (SKIN-7)", None),
        ("", "Fenobrine in children with chronic hives", None),
        ("", "", None),
    ],
)
def test_likeness(doi: str, title: str, likeness: Likeness | None) -> None:
    known = [
        KnownPaper("roe2001", "f" * 64, (), "", "Another paper"),
        KnownPaper("poe2021", "0" * 64, (), "10.5555/amt.1", TITLE),
    ]
    twin = find_twin(known, "1" * 64, PaperFacts(title=Fact(title), doi=Fact(doi)))
    assert (twin.likeness if twin else None) == likeness
    assert twin is None or twin.paper.study_id == "poe2021"


def test_unknown_titles_are_not_alike() -> None:
    unknown = KnownPaper("poe2021", "0" * 64, (), "", "unknown")
    assert find_twin([unknown], "1" * 64, PaperFacts(title=Fact("unknown"))) is None
    assert is_alike(unknown, FACTS)


@pytest.mark.parametrize(
    ("taken", "study_id"),
    [
        ((), "van-der-poe2021"),
        (("van-der-poe2021",), "van-der-poe2021b"),
        (("van-der-poe2021", "van-der-poe2021b"), "van-der-poe2021c"),
    ],
)
def test_study_ids_get_letters(taken: tuple[str, ...], study_id: str) -> None:
    assert propose_study_id(FACTS, taken, "a.pdf") == check_study_id(study_id)


@pytest.mark.parametrize("given", ["Smith2021", "smith", "smith 2021", "../smith2021", "smith2021/x"])
def test_what_is_no_study_id_is_refused_before_anything(tmp_path: Path, given: str) -> None:
    with pytest.raises(AuditableError, match="no study id"):
        take_in(tmp_path / "none.pdf", tmp_path / "raw", Settings(), when=WHEN, study_id=given)


def test_citations_list_three_authors_and_say_no_more_than_is_known() -> None:
    assert cite(FACTS) == "van der Poe J, Roe LB, Li B, et al. Made Trials 2021."
    assert cite(PaperFacts(surname=Fact("Poe"), year=Fact("2021"))) == "Poe. 2021."
    assert cite(PaperFacts(year=Fact("2021"))) == ""
    assert cite(PaperFacts(surname=Fact("Poe"), authors=("Poe AB", "Roe CD"))) == "Poe AB, Roe CD."


def test_what_was_fetched_fills_in_the_licence(tmp_path: Path) -> None:
    source = {"licence": "CC BY", "url": "https://example.org/a.pdf", "asked": "https://api.example.org/v2/10.5555/x"}
    about = yaml.safe_load(write_about(FACTS, "0" * 64, WHEN, source))
    assert (about["licence"], about["source"]["url"]) == ("CC BY", source["url"])
    assert source["asked"] in about["read_from"]["licence"]
    pdf = put(tmp_path, "x.pdf", article_pdf())
    write_source(pdf, source)
    assert read_about(take_in(pdf, tmp_path / "raw", Settings(), when=WHEN).folder / "paper.yaml")["source"]["asked"]
    source_path(pdf).write_text("licence: [")
    with pytest.raises(AuditableError, match="where the PDF came from"):
        take_in(pdf, tmp_path / "raw", Settings(), when=WHEN)


@pytest.mark.parametrize("tail", ["", "versions: []\n", "versions:\n  - sha256: " + "a" * 64 + "\nnote: kept\n",
                                  "versions:\n- sha256: " + "a" * 64 + "\n  replaced: then\nnote: kept\n"])  # fmt: skip
def test_versions_join_in_whatever_way_people_write_yaml(tail: str) -> None:
    text = f"title: A title  # as printed\nsha256: '{'b' * 64}'\n{tail}"
    changed = replace_pdf(text, "b" * 64, "c" * 64, WHEN)
    about, before = yaml.safe_load(changed), yaml.safe_load(text)
    assert about["sha256"] == "c" * 64
    assert about["versions"] == [*before.get("versions", []), {"sha256": "b" * 64, "replaced": WHEN}]
    assert {k: v for k, v in about.items() if k not in ("sha256", "versions")} == {
        k: v for k, v in before.items() if k not in ("sha256", "versions")
    }
    assert "# as printed" in changed


@pytest.mark.parametrize(
    "text",
    [
        f'"sha256": {"b" * 64}\ntitle: A title\n',
        f"sha256: >-\n  {'b' * 64}\ntitle: A title\n",
        f"sha256: {'b' * 64}\nversions:\n- sha256: {'a' * 64}\n# the print\n- sha256: {'d' * 64}\n",
        f"sha256: {'b' * 64}\nversions: [{{sha256: {'a' * 64}}}]",
    ],
)
def test_a_version_that_cannot_be_noted_is_refused(text: str) -> None:
    with pytest.raises(AuditableError, match="cannot be brought up to date"):
        replace_pdf(text, "b" * 64, "c" * 64, WHEN)


def test_a_refused_version_leaves_the_pdf_that_is_there(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    folder = take_in(put(tmp_path, "a.pdf", article_pdf()), raw, Settings(), when=WHEN).folder
    about = folder / "paper.yaml"
    about.write_text(about.read_text("utf-8").replace("sha256:", '"sha256":'), encoding="utf-8")
    with pytest.raises(AuditableError, match="cannot be brought up to date"):
        take_in(put(tmp_path, "b.pdf", article_pdf(prose="Corrected.")), raw, Settings(), when=LATER)
    assert load_paper(folder).sha256 == hash_file(tmp_path / "a.pdf")


def test_a_pdf_of_another_study_is_not_a_version_of_the_one_that_was_named(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    make_study(raw, "poe2020", b"another", about="")
    take_in(put(tmp_path, "a.pdf", article_pdf()), raw, Settings(), when=WHEN)
    before = files_of(raw)
    with pytest.raises(AuditableError, match="looks like another paper") as caught:
        take_in(
            put(tmp_path, "b.pdf", article_pdf(prose="Corrected.")), raw, Settings(), when=LATER, study_id="poe2020"
        )
    assert f"the same DOI as {STUDY}" in caught.value.found
    assert files_of(raw) == before


def test_a_file_that_changes_meanwhile_is_not_taken_in(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    take_in(put(tmp_path, "a.pdf", article_pdf()), raw, Settings(), when=WHEN)
    other = put(tmp_path, "s.pdf", article_pdf(title="Supplementary tables and figures to the trial report"))
    before = files_of(raw)
    for answer in (True, False):
        with pytest.raises(AuditableError, match="changed while it was read"):
            take_in(
                other, raw, Settings(), when=LATER,
                ask=lambda _, answer=answer: bool(other.write_bytes(other.read_bytes() + b"%more")) and answer,
            )  # fmt: skip
        assert files_of(raw) == before


def test_an_intake_that_stopped_before_its_checksum_was_listed_lists_it_when_tried_again(tmp_path: Path) -> None:
    raw, pdf = tmp_path / "raw", put(tmp_path, "a.pdf", article_pdf())
    take_in(pdf, raw, Settings(), when=WHEN)
    listed = (raw / SUMS_FILE).read_text()
    (raw / SUMS_FILE).write_text("")
    with pytest.raises(AuditableError, match="there already"):
        take_in(pdf, raw, Settings(), when=LATER)
    assert (raw / SUMS_FILE).read_text() == listed


def test_sums_of_other_studies_stay_as_they_were_signed(tmp_path: Path) -> None:
    for name in ("abel1999", "zhu2020"):
        make_study(tmp_path, name, name.encode(), GOLD)
    update_sums(tmp_path, "abel1999")
    text = (tmp_path / SUMS_FILE).read_text()
    assert [line.split("  ")[1] for line in text.splitlines()] == [
        f"{s}/{f}" for s in ("abel1999", "zhu2020") for f in ("gold.csv", "paper.pdf")
    ]
    (tmp_path / "abel1999" / "paper.pdf").write_bytes(b"tampered")
    update_sums(tmp_path, "zhu2020")
    assert (tmp_path / SUMS_FILE).read_text() == text, "a change that nobody told must show"
    (tmp_path / "abel1999" / "gold.csv").unlink()
    update_sums(tmp_path, "abel1999")
    assert "abel1999/gold.csv" not in (tmp_path / SUMS_FILE).read_text()
