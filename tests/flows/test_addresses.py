"""A place on this machine: the folder itself, and one writer of a study."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from auditable import locks
from auditable.model import AuditableError
from flows.places import CORPUS, find_place


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_folder_is_its_own_place(tmp_path: Path, form: str) -> None:
    (tmp_path / "made2001").mkdir()
    place = find_place(form.format(tmp_path), tmp_path / "cache")
    assert place.path == tmp_path
    assert place.list_studies() == ["made2001"]


def test_two_writers_of_a_study_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_WAIT_S", 0.05)
    first, second = (find_place(str(tmp_path), tmp_path / "cache") for _ in range(2))
    with first.writing("made2001"):
        with second.writing("made2002"):
            pass
        with pytest.raises(AuditableError, match="another program is writing made2001"), second.writing("made2001"):
            pass
    with second.writing("made2001"):
        pass


def test_a_run_waits_while_another_one_publishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_WAIT_S", 0.05)
    first, second = (find_place(str(tmp_path), tmp_path / "cache") for _ in range(2))
    is_held, is_over = threading.Event(), threading.Event()

    def publish() -> None:
        with first.writing(CORPUS):
            is_held.set()
            time.sleep(0.5)
            is_over.set()

    writer = threading.Thread(target=publish)
    writer.start()
    assert is_held.wait(30)
    with second.writing(CORPUS):
        assert is_over.is_set()
    writer.join()


def test_an_unknown_kind_of_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="ftp://"):
        find_place("ftp://host/raw", tmp_path)
