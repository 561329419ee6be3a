"""Two made papers in a folder: what one says of the other is found, published, and the same the next time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditable.curate import curate_study
from auditable.model import Box, PageSize, Piece, Reading, Sentence, Table, TableCell, TableRow
from auditable.papers import load_paper
from auditable.publication import Publication
from auditable.publish import republish
from auditable.settings import Settings
from auditable.store import read_findings, write_study
from tests.papers_made import make_study, sound_pdf

BOX = Box(60, 100, 300, 110)
PAGE = PageSize(1, 595, 842, False)


def sentences(section: str, *texts: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(text, section, "prose", 1, ((0, len(text), 1, BOX),)) for text in texts)


def quoted() -> Reading:
    rows = tuple(
        TableRow((label,), (TableCell(text, box=BOX),), 1, BOX)
        for label, text in (
            ("Female, n (%)", "10 (25.0)"),
            ("Male, n (%)", "30 (75.0)"),
            ("Smokers, n (%)", "4 (10.0)"),
        )
    )
    head = (("", "All (N = 40)"),)
    return Reading(
        "adler2001", (PAGE,), (Table("T1", "Table 1", "Traits", (Piece(1, BOX),), 1, head, (((), ()),), rows),), ()
    )


def citing(n: int) -> Reading:
    text = sentences("Discussion", f"An earlier trial treated {n} patients with drug A [1].")
    listed = sentences(
        "References",
        "1. Adler B. Drug A in a made-up cohort of the north. J 2001;1:2-3.",
        "2. Crane D. More. J 1999;2:3-4.",
    )
    return Reading("berg2004", (PAGE,), (), (*text, *listed))


def curate(place: Path, *readings: Reading) -> Publication:
    """The corpus after these papers were read, and all published."""
    for reading in readings:
        folder = place / "raw" / reading.study_id
        if not folder.exists():
            make_study(place / "raw", reading.study_id, sound_pdf())
            about = folder / "paper.yaml"
            told = about.read_text("utf-8").replace("A made-up cohort", "Drug A in a made-up cohort of the north")
            about.write_text(told.replace("Maker A.", "Adler B.") if "adler" in reading.study_id else told, "utf-8")
        paper = load_paper(folder)
        write_study(place / "curated", reading.study_id, reading, curate_study(paper, reading).frames)
    return republish(place / "raw", place / "curated", Settings())


def accused(place: Path, study_id: str = "berg2004") -> list[tuple[str, str]]:
    found = read_findings(place / "curated", study_id)
    return [(r["rule"], r["severity"]) for r in found.to_dict("records") if r["severity"] != "note"]


@pytest.mark.parametrize(("n", "expected"), [(40, []), (44, [("citation.cross_study", "citation")])])
def test_a_paper_that_quotes_another_is_compared_with_it(tmp_path: Path, n: int, expected: list) -> None:
    published = curate(tmp_path, quoted(), citing(n))
    assert accused(tmp_path) == expected
    assert published.open_items == len(expected)
    assert ("citation.cross_study" in (tmp_path / "curated" / "report" / "index.html").read_text("utf-8")) == bool(
        expected
    )


def test_a_second_run_changes_no_byte_and_one_paper_read_again_is_enough(tmp_path: Path) -> None:
    curate(tmp_path, quoted(), citing(44))
    before = {p: p.read_bytes() for p in (tmp_path / "curated").rglob("*") if p.is_file()}
    curate(tmp_path, citing(44))
    assert {p: p.read_bytes() for p in (tmp_path / "curated").rglob("*") if p.is_file()} == before
    curate(tmp_path, citing(40))
    assert accused(tmp_path) == []


def test_a_paper_that_comes_later_takes_part(tmp_path: Path) -> None:
    curate(tmp_path, citing(44))
    assert accused(tmp_path) == []
    curate(tmp_path, quoted())
    assert len(accused(tmp_path)) == 1
    inputs = json.loads((tmp_path / "curated" / "run.json").read_text("utf-8"))["inputs"]
    assert inputs["adler2001"]["title"].startswith("Drug A")
