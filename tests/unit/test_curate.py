"""The stages in order, frames through the cache and back, failures in words, fingerprints of code."""

from __future__ import annotations

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas as pd
import pytest

from auditable.curate import curate_study
from auditable.fingerprint import HELPERS, LIBRARIES, code_fingerprint, find_data, find_imports
from auditable.frame_text import MODELS, dump_frames, load_frames
from auditable.model import AuditableError, Box, PageSize, Paper, Piece, Reading, Sentence, Table, TableCell, TableRow
from auditable.outcomes import explain_failure
from auditable.stages import STAGES
from auditable.store import StudyFrames
from auditable.tally import show_share
from tests.papers_made import GOLD

BOX = Box(10.125, 20, 30, 40)


def a_reading() -> Reading:
    def row(path: tuple[str, ...], *texts: str, kind: str = "data") -> TableRow:
        return TableRow(path, tuple(TableCell(t, box=BOX if t else None) for t in texts), 1, BOX, kind)

    table = Table(
        "T1", "Table 1", "Baseline characteristics", (Piece(1, BOX),), 1,
        (("Characteristic", "Drug A (N = 40)", "Drug B (N = 20)"),), (((), (), ()),),
        (
            row(("Sex, n (%)",), "", "", kind="group"),
            row(("Sex, n (%)", "Female"), "10 (25.0)", "5 (25.0)"),
            row(("Sex, n (%)", "Male"), "30 (75.0)", "15 (75.0)"),
            row(("Age, years, median (range)",), "61 (34–80)", "63 (41–79)"),
        ),
    )  # fmt: skip
    text = "In the group given drug A, 30 of 40 patients (75.0%) were men."
    sentence = Sentence(text, "Results", "prose", 1, ((0, len(text), 1, BOX),))
    return Reading("made2001", (PageSize(1, 595, 842, False),), (table,), (sentence,))


def a_paper(folder: Path, gold: str | None) -> Paper:
    path = folder / "gold.csv"
    if gold is not None:
        path.write_text(gold, encoding="utf-8")
    return Paper("made2001", folder, folder / "paper.pdf", "0" * 64, "Made 2001", gold_path=path if gold else None)


def test_a_reading_becomes_frames_that_match_its_gold_record(tmp_path: Path) -> None:
    frames = curate_study(a_paper(tmp_path, GOLD), a_reading()).frames
    assert list(frames.matches["kind"]) == ["equal", "equal", "equal"]
    assert set(frames.observations["source"]) == {"table", "prose"}
    assert len(frames.cells) == 8
    assert "impossible" not in set(frames.findings["verdict"])


def test_without_a_gold_record_nothing_is_compared(tmp_path: Path) -> None:
    frames = curate_study(a_paper(tmp_path, None), a_reading()).frames
    assert frames.matches.empty
    assert not frames.observations.empty


def test_a_broken_gold_record_stops_the_study(tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="unknown statistic"):
        curate_study(a_paper(tmp_path, GOLD.replace(",median,", ",middle,")), a_reading())


def test_an_empty_paper_gives_empty_frames(tmp_path: Path) -> None:
    frames = curate_study(a_paper(tmp_path, None), Reading("made2001", (), (), ())).frames
    assert all(getattr(frames, name).empty for name in MODELS)
    assert dump_frames(load_frames(dump_frames(frames), StudyFrames)) == dump_frames(frames)


def test_frames_survive_the_cache_unchanged(tmp_path: Path) -> None:
    frames = curate_study(a_paper(tmp_path, GOLD), a_reading()).frames
    text = dump_frames(frames)
    again = load_frames(text, StudyFrames)
    for name in MODELS:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(frames, name).reset_index(drop=True))
    assert dump_frames(again) == text


def test_a_broken_input_speaks_for_itself_and_a_fault_is_called_one() -> None:
    told = explain_failure("made2001", AuditableError("Broken.", where="made2001", expected="a", found="b"))
    assert (told.is_fault, told.message) == (False, "made2001: Broken. Expected a, found b.")
    fault = explain_failure("made2001", KeyError("column"))
    assert fault.is_fault
    assert "made2001" in fault.message
    assert "KeyError: 'column'" in fault.message


def test_a_fingerprint_covers_what_a_stage_rests_on_and_nothing_later() -> None:
    reading = set(find_imports("auditable.reading"))
    assert {"auditable.engine", "auditable.model", "auditable.readers.pdfium_reader"} <= reading
    assert not any(m.startswith(("auditable.checks", "auditable.review", "auditable.reconcile")) for m in reading)
    curating = set(find_imports("auditable.curate"))
    assert reading < curating
    assert {"auditable.checks.percent_of_n", "auditable.tables.baseline"} <= curating, "packages bring all they hold"
    assert code_fingerprint("auditable.reading") != code_fingerprint("auditable.curate")


@pytest.mark.parametrize(
    ("module", "rests_on", "does_not"),
    [
        ("pdf_reading", {"engine", "serial"}, {"isolation", "observing", "checking", "comparing", "store"}),
        ("observing", {"observations", "prose"}, {"engine", "checking", "reconcile", "store"}),
        ("checking", {"checks.wald"}, {"engine", "reconcile", "gold_record", "store"}),
        ("comparing", {"reconcile", "gold_record"}, {"engine", "checks", "observing", "store"}),
    ],
)
def test_a_stage_rests_on_its_own_code_alone(module: str, rests_on: set[str], does_not: set[str]) -> None:
    found = {name.removeprefix("auditable.") for name in find_imports(f"auditable.{module}")}
    assert rests_on <= found
    assert not does_not & found


@pytest.mark.parametrize("module", sorted({module for stage in STAGES for module in stage.modules}))
def test_a_fingerprint_covers_every_library_that_a_stage_imports(module: str) -> None:
    trees = (ast.walk(ast.parse(path.read_text("utf-8"))) for path in find_imports(f"auditable.{module}").values())
    nodes = [node for tree in trees for node in tree]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    owners = packages_distributions()
    found = {owner.lower() for name in names for owner in owners.get(name.split(".")[0], ())}
    assert found - {"auditable"} <= {*LIBRARIES, *HELPERS}


def test_the_codebook_shapes_observations_and_no_reading() -> None:
    def data_of(module: str) -> set[str]:
        return {path.name for path in find_data(find_imports(f"auditable.{module}").values())}

    assert "variables.yaml" in data_of("observing")
    assert "variables.yaml" not in data_of("pdf_reading")
    assert "schemas.frames" in find_imports("auditable.observing")


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1, 1, "1/1 100.0%"), (1999, 2000, "1999/2000 99.9%"), (0, 5, "0/5 0.0%"), (0, 0, "–"), (2, 3, "2/3 66.6%")],
)
def test_a_share_is_cut_off_never_rounded_up(part: int, whole: int, words: str) -> None:
    assert show_share(part, whole) == words
