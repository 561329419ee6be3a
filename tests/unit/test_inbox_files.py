"""The inbox: which files are whole, where bad ones go, and that no file is lost or overwritten."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from auditable.intake_source import source_path
from flows.inbox_files import begin_taking, end_taking, find_arrivals, inbox_lock, list_taken, quarantine, remove_taken
from tests.papers_made import BROKEN_PDFS, sound_pdf


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path


def drop(raw: Path, name: str, content: bytes, age_s: float = 0) -> Path:
    path = raw / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    then = time.time() - age_s
    os.utime(path, (then, then))
    return path


@pytest.mark.parametrize(
    ("name", "content", "age_s", "kind"),
    [
        ("Smith 2021.pdf", sound_pdf(), 0, "pdfs"),
        ("SMITH.PDF", sound_pdf(), 0, "pdfs"),
        ("from ann/smith 2021.pdf", sound_pdf(), 0, "pdfs"),
        ("letter.pdf", BROKEN_PDFS["nopdf2001"], 0, "pdfs"),  # told by intake, at once
        ("cut.pdf", sound_pdf()[:900], 0, "growing"),
        ("cut.pdf", sound_pdf()[:900], 3600, "pdfs"),  # nothing more will come
        ("empty.pdf", b"", 0, "growing"),
        ("empty.pdf", b"", 3600, "pdfs"),
        ("kept-room.pdf", bytes(5000), 0, "growing"),
        ("supplement.docx", b"words", 0, "others"),
        ("smith.pdf.part", sound_pdf()[:900], 0, "others"),
    ],
)
def test_a_file_is_whole_still_arriving_or_no_pdf(
    raw: Path, name: str, content: bytes, age_s: float, kind: str
) -> None:
    path = drop(raw, name, content, age_s)
    arrivals = find_arrivals(raw, settle_s=0)
    assert {k: getattr(arrivals, k) for k in ("pdfs", "growing", "others")} == {
        "pdfs": (), "growing": (), "others": (), kind: (path,),
    }  # fmt: skip


def test_a_file_that_grows_while_it_is_watched_is_left(raw: Path) -> None:
    path = drop(raw, "smith.pdf", sound_pdf())
    writer = threading.Timer(0.2, path.write_bytes, [sound_pdf() * 2])
    writer.start()
    assert find_arrivals(raw, settle_s=1.0).growing == (path,)
    writer.join()


@pytest.mark.parametrize("name", [".DS_Store", ".smith.pdf.Xy12", ".sync/smith.pdf"])
def test_hidden_files_are_left_alone(raw: Path, name: str) -> None:
    drop(raw, name, sound_pdf())
    arrivals = find_arrivals(raw, settle_s=0)
    assert arrivals.pdfs + arrivals.growing + arrivals.others == ()


def test_bad_files_of_one_name_do_not_overwrite_each_other(raw: Path) -> None:
    first = quarantine(drop(raw, "smith.pdf", b"one"), raw, "is locked")
    second = quarantine(drop(raw, "a/smith.pdf", b"two"), raw, "is cut off")
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    reasons = [p.with_suffix(".reason.txt").read_text("utf-8") for p in (first, second)]
    assert reasons == ["is locked\n", "is cut off\n"]
    assert not [p for p in (raw / "inbox").rglob("*") if p.is_file()]


def test_what_a_reason_advises_can_be_typed(raw: Path) -> None:
    path = drop(raw, "smith.pdf", sound_pdf())
    note = drop(raw, "smith.source.yaml", b"doi: 10.5555/x\n")
    assert find_arrivals(raw, settle_s=0).others == ()
    moved = quarantine(path, raw, f"Try `auditable add {path} --another`.")
    assert moved.with_suffix(".reason.txt").read_text("utf-8") == f"Try `auditable add {moved} --another`.\n"
    assert not note.exists()
    assert moved.with_name("smith.source.yaml").is_file()


def test_a_file_leaves_the_inbox_only_for_a_copy_with_its_bytes(raw: Path) -> None:
    path, copy = drop(raw, "smith.pdf", sound_pdf()), raw / "smith2021" / "paper.pdf"
    copy.parent.mkdir()
    assert not remove_taken(path, copy)
    copy.write_bytes(sound_pdf()[:-1])
    assert not remove_taken(path, copy)
    assert path.exists()
    copy.write_bytes(sound_pdf())
    assert remove_taken(path, copy)
    assert not path.exists()


def test_the_inbox_is_one_runs_at_a_time(raw: Path) -> None:
    with inbox_lock(raw) as first, inbox_lock(raw) as second:
        assert (first, second) == (True, False)
    with inbox_lock(raw) as third:
        assert third


def test_studies_taken_in_and_not_curated_are_remembered(raw: Path) -> None:
    assert list_taken(raw) == []
    (raw / "earlier2020").mkdir()
    begin_taking(raw)
    (raw / "smith2021").mkdir()  # the look is killed here: the next one begins too
    begin_taking(raw)
    (raw / "jones2022").mkdir()
    assert list_taken(raw) == ["jones2022", "smith2021"]
    end_taking(raw, left=["smith2021"])
    begin_taking(raw)
    assert list_taken(raw) == ["smith2021"]
    end_taking(raw)
    assert list_taken(raw) == []
    assert find_arrivals(raw, settle_s=0).others == ()


def test_no_note_is_left_for_the_next_pdf_of_its_name(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look is killed while a file leaves the inbox: a note alone would lend its DOI and licence to another paper."""
    path, note = drop(raw, "smith.pdf", sound_pdf()), drop(raw, "smith.source.yaml", b"doi: 10.5555/x\n")
    copy = raw / "copy.pdf"
    copy.write_bytes(sound_pdf())
    unlink = Path.unlink

    def die_after(removed: Path, missing_ok: bool = False) -> None:
        unlink(removed, missing_ok)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "unlink", die_after)
    with pytest.raises(KeyboardInterrupt):
        remove_taken(path, copy)
    assert path.exists() or not note.exists()


def test_a_note_in_quarantine_is_no_other_papers(raw: Path) -> None:
    """A curator took the PDF and its reason out of quarantine and left the note."""
    (raw / "quarantine").mkdir()
    left = raw / "quarantine" / "smith.source.yaml"
    left.write_bytes(b"doi: 10.5555/another\n")
    moved = quarantine(drop(raw, "smith.pdf", sound_pdf()), raw, "is locked")
    assert not source_path(moved).exists()
    assert left.read_bytes() == b"doi: 10.5555/another\n"


def test_a_file_that_cannot_be_read_keeps_no_other_waiting(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = drop(raw, "good.pdf", sound_pdf()), drop(raw, "bad.pdf", sound_pdf())
    open_it = Path.open

    def refuse(path: Path, *given: Any, **named: Any) -> Any:
        if path == bad:
            raise PermissionError(13, "Permission denied", str(path))
        return open_it(path, *given, **named)

    monkeypatch.setattr(Path, "open", refuse)
    assert find_arrivals(raw, settle_s=0).pdfs == (bad, good)


@pytest.mark.parametrize("name", ["is_file", "stat"])
def test_a_file_that_cannot_be_looked_at_keeps_no_other_waiting(
    raw: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    good, bad = drop(raw, "good.pdf", sound_pdf()), drop(raw, "bad.pdf", sound_pdf())
    look = getattr(Path, name)

    def refuse(path: Path, *given: Any, **named: Any) -> Any:
        if path == bad:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, *given, **named)

    monkeypatch.setattr(Path, name, refuse)
    assert find_arrivals(raw, settle_s=0).pdfs == (bad, good)
