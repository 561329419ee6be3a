import errno
import hashlib
import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from auditable import whole_files
from auditable.model import AuditableError, Box, PageSize, Piece, Reading, StorageError, Table, TableCell, TableRow
from auditable.reconcile import reconcile
from auditable.store import StudyFrames, list_studies, read_study, write_bytes, write_corpus, write_study
from tests.unit.frames_made import NAN, cells, findings, gold, no_matches, observations, rejected

BOX = Box(100, 100, 140, 110)
TABLE = Table(
    "T1", "Table 1", "Caption", (Piece(1, BOX),), 1, (("", "All"),), (((), ()),),
    (TableRow(("Age",), (TableCell("70.5", box=BOX),), 1, BOX),),
)  # fmt: skip
READING = Reading("smith2021", (PageSize(1, 595, 842, False),), (TABLE,), ())


@cache
def made_frames() -> StudyFrames:
    read = observations(
        {"row": 2, "value": "-1.2", "raw_text": "=1+1"},
        {"row": 1, "stub_path": 'Sex, "n"\nline', "ocr_confidence": 0.91234, "x0_pt": 1 / 3},
        {"source": "prose", "table_id": "", "quote": "The median was 70.5 years.", "missing": "NA"},
    )
    result = reconcile("smith2021", read, gold({"value": "9"}, {"stub_path": 'Sex, "n"\nline'}))
    printed = cells({}, {"row": 1, "text": "", "x0_pt": NAN})
    return StudyFrames(printed, read, findings({}), result.matches, rejected({}), result.discrepancies)


def frames(**changes: pd.DataFrame) -> StudyFrames:
    return StudyFrames(**{**vars(made_frames()), **changes})


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    }


def test_a_study_is_twelve_files_and_nothing_else(tmp_path: Path) -> None:
    write_study(tmp_path, "smith2021", READING, frames())
    assert sorted(p.name for p in tmp_path.rglob("*")) == [
        "cells.csv", "coverage.csv", "discrepancies.csv", "findings.csv", "matches.csv", "mentions.csv",
        "observations.csv", "passages.csv", "references.csv", "rejected.csv", "smith2021", "tables.json",
        "unknown_labels.csv",
    ]  # fmt: skip
    assert json.loads((tmp_path / "smith2021/tables.json").read_text())["tables"][0]["rows"][0]["path"] == ["Age"]


def test_what_was_written_reads_back(tmp_path: Path) -> None:
    made = frames()
    write_study(tmp_path, "smith2021", READING, made)
    back = read_study(tmp_path, "smith2021")
    for name in ("cells", "findings", "matches", "rejected"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(made, name).reset_index(drop=True), atol=0.005)
    read = back.observations.set_index("observation_id").loc[["o0", "o1", "o2"]]
    assert list(read["raw_text"]) == ["=1+1", "70.5", "70.5"]
    assert list(read["missing"]) == ["", "", "NA"]
    assert list(read["stub_path"])[1] == 'Sex, "n"\nline'
    assert (read["x0_pt"].iloc[1], read["ocr_confidence"].iloc[1]) == (0.33, 0.912)


def test_findings_of_an_earlier_version_read_back_without_the_new_column(tmp_path: Path) -> None:
    write_study(tmp_path, "smith2021", READING, made_frames())
    path = tmp_path / "smith2021" / "findings.csv"
    old = pd.read_csv(path, dtype=str, keep_default_na=False).drop(columns="places")
    old.to_csv(path, index=False)
    assert read_study(tmp_path, "smith2021").findings["places"].tolist() == [""] * len(old)


def test_empty_frames_read_back_empty(tmp_path: Path) -> None:
    empty = StudyFrames(cells(), observations(), findings(), no_matches(), rejected())
    write_study(tmp_path, "smith2021", READING, empty)
    back = read_study(tmp_path, "smith2021")
    assert [len(getattr(back, n)) for n in StudyFrames.__dataclass_fields__] == [0] * len(
        StudyFrames.__dataclass_fields__
    )


def test_mentions_and_discrepancies_are_their_share_of_the_rows(tmp_path: Path) -> None:
    write_study(tmp_path, "smith2021", READING, frames())
    folder = tmp_path / "smith2021"
    assert list(pd.read_csv(folder / "mentions.csv")["observation_id"]) == ["o2"]
    assert list(pd.read_csv(folder / "discrepancies.csv")["kind"]) == ["value"]
    assert list(pd.read_csv(folder / "matches.csv")["kind"]) == ["value", "equal"]


def test_the_order_of_rows_does_not_change_the_bytes(tmp_path: Path) -> None:
    made = frames()
    write_study(tmp_path / "a", "smith2021", READING, made)
    shuffled = StudyFrames(**{n: getattr(made, n).iloc[::-1] for n in StudyFrames.__dataclass_fields__})
    write_study(tmp_path / "b", "smith2021", READING, shuffled)
    for path in (tmp_path / "a/smith2021").iterdir():
        assert path.read_bytes() == (tmp_path / "b/smith2021" / path.name).read_bytes(), path.name
        assert b"\r" not in path.read_bytes()


def test_a_second_run_without_changes_writes_nothing(tmp_path: Path) -> None:
    write_study(tmp_path, "smith2021", READING, frames())
    before = snapshot(tmp_path)
    write_study(tmp_path, "smith2021", READING, frames())
    assert snapshot(tmp_path) == before


def test_only_changed_files_are_written_and_foreign_files_stay(tmp_path: Path) -> None:
    folder = write_study(tmp_path, "smith2021", READING, frames())
    (folder / "my notes.txt").write_text("keep")
    before = snapshot(folder)
    write_study(tmp_path, "smith2021", READING, frames(rejected=rejected({"reason": "another"})))
    after = snapshot(folder)
    assert {name for name in after if after[name] != before[name]} == {"rejected.csv"}
    assert [p.name for p in tmp_path.iterdir()] == ["smith2021"]


def test_a_write_that_breaks_leaves_the_last_good_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_study(tmp_path, "smith2021", READING, frames())
    before = snapshot(tmp_path)

    def break_off(path: Path, content: bytes) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_files, "write_bytes", break_off)
    with pytest.raises(StorageError, match=r"no room .* No space left on device.* Make room"):
        write_study(tmp_path, "smith2021", READING, frames(rejected=rejected()))
    assert snapshot(tmp_path) == before


def test_a_stop_between_the_renames_is_mended(tmp_path: Path) -> None:
    folder = write_study(tmp_path, "smith2021", READING, frames())
    folder.rename(tmp_path / ".smith2021.old")
    assert len(read_study(tmp_path, "smith2021").findings) == 1
    assert folder.is_dir()


def test_a_study_whose_replacing_was_stopped_is_still_listed(tmp_path: Path) -> None:
    write_study(tmp_path, "smith2021", READING, frames()).rename(tmp_path / ".smith2021.old")
    write_study(tmp_path, "jones2020", READING, frames())
    assert list_studies(tmp_path) == ["jones2020", "smith2021"]
    assert not list(tmp_path.glob(".*"))


def test_a_writer_who_goes_on_meanwhile_does_not_stop_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_study(tmp_path, "smith2021", READING, frames())
    folder.rename(tmp_path / ".smith2021.old")
    rename = Path.rename

    def write_first(path: Path, target: Path) -> Path:
        (target / "new").mkdir(parents=True)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", write_first)
    list_studies(tmp_path)
    assert [p.name for p in folder.iterdir()] == ["new"], "what the writer put there stays"


def test_a_reader_between_the_renames_does_not_stop_the_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_study(tmp_path, "smith2021", READING, frames())
    rename = Path.rename

    def read_between(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        if moved.name == ".smith2021.old":
            monkeypatch.setattr(Path, "rename", rename)
            assert list_studies(tmp_path) == ["smith2021"]
        return moved

    monkeypatch.setattr(Path, "rename", read_between)
    write_study(tmp_path, "smith2021", READING, frames(rejected=rejected()))
    assert len(read_study(tmp_path, "smith2021").rejected) == len(rejected())
    assert not list(tmp_path.glob(".*"))


def test_invalid_frames_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="verdict"):
        write_study(tmp_path, "smith2021", READING, frames(findings=findings({"verdict": "perhaps"})))
    assert list(tmp_path.iterdir()) == []


def test_a_study_that_was_never_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="jones2020"):
        read_study(tmp_path, "jones2020")


def test_a_file_is_replaced_at_once_and_only_when_it_differs(tmp_path: Path) -> None:
    path = tmp_path / "report" / "index.html"
    assert write_bytes(path, b"a") is True
    assert write_bytes(path, b"a") is False
    assert write_bytes(path, b"b") is True
    assert [p.name for p in path.parent.iterdir()] == ["index.html"]


def test_the_corpus_describes_every_file_with_its_hash(tmp_path: Path) -> None:
    write_study(tmp_path, "smith2021", READING, frames())
    evidence = pd.DataFrame({"study_id": ["smith2021"], "variable": ["age"]})
    write_corpus(tmp_path, frames().observations, evidence, {"counts": {"studies": 1}})
    package = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in package["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert resource["bytes"] == len(content)
        assert resource["schema"]["fields"]
    described = {r["path"] for r in package["resources"]}
    on_disk = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.suffix in (".csv", ".parquet")}
    assert described == on_disk
    assert list_studies(tmp_path) == ["smith2021"]
    assert len(pd.read_parquet(tmp_path / "observations.parquet")) == 3


def test_the_corpus_has_the_same_bytes_twice(tmp_path: Path) -> None:
    for name in ("a", "b"):
        read = frames().observations if name == "a" else frames().observations.iloc[::-1]
        write_corpus(tmp_path / name, read, pd.DataFrame({"study_id": ["s"]}), {"b": 1, "a": 2})
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
