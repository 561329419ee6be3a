"""A disk without room and a folder that may not be written: told in words, nothing half-written, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditable.decisions_file import Decision, record, stamp
from auditable.locks import lock
from auditable.model import AuditableError, StorageError
from auditable.release import make_release
from auditable.release_sign import sign_study
from tests.desk_made import write_findings
from tests.hardship.moments import end_of
from tests.hardship.workplace import contents, differences, left_behind
from tests.release_made import WHEN, make_published

FIRST = "adams2001"
GIVEN = Decision("F-1", "explained", "looked", "ann", WHEN, "1 | 2")
NEW = Decision("F-2", "gold is wrong", "x" * 900, "bob", WHEN, "3 | 4")
NOBODY = 65534
ROOM = 600
"""Bytes that a file may have on the full disk: less than any of these writers needs."""


def write_verdict(curated: Path) -> None:
    record(curated / "decisions.csv", NEW, stamp(()))


def write_study(curated: Path) -> None:
    write_findings(curated, FIRST, 3, expected="26.0")


def write_release(curated: Path) -> None:
    make_release(curated, "v1")


WRITERS = (write_verdict, write_study, write_release)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    curated = make_published(tmp_path_factory.mktemp("disks"), [FIRST])
    sign_study(curated, FIRST, "cleo", WHEN)
    record(curated / "decisions.csv", GIVEN, stamp(()))
    (curated / "releases").mkdir()
    return curated


@pytest.fixture
def curated(published: Path) -> Iterator[Path]:
    """A copy that other users of this machine reach, too: for a test as one who may not write."""
    with tempfile.TemporaryDirectory(prefix="auditable-disks-") as folder:
        Path(folder).chmod(0o755)
        yield Path(shutil.copytree(published, Path(folder) / "curated"))


@pytest.mark.parametrize("write", WRITERS)
def test_a_full_disk_is_told_and_the_same_again_does_it(curated: Path, write: Callable[[Path], None]) -> None:
    before = contents(curated)

    def fill_up() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
        with pytest.raises(StorageError, match=r"no room.*Make room, then give the same command again"):
            write(curated)

    assert end_of(fill_up) == 0
    assert (differences(contents(curated), before), left_behind(curated)) == ([], [])
    write(curated)
    assert differences(contents(curated), before) != []


@pytest.mark.parametrize("write", WRITERS)
def test_a_folder_that_may_not_be_written_is_told(curated: Path, write: Callable[[Path], None]) -> None:
    before = contents(curated)
    for folder in [curated, *(p for p in curated.rglob("*") if p.is_dir())]:
        folder.chmod(0o555)

    def write_as_stranger() -> None:
        if os.getuid() == 0:  # who may write everywhere
            os.setuid(NOBODY)
        with pytest.raises(AuditableError, match=r"this may not be written.*Correct its rights"):
            write(curated)

    assert end_of(write_as_stranger) == 0
    assert (differences(contents(curated), before), left_behind(curated)) == ([], [])


def test_a_lock_that_cannot_be_taken_is_told(tmp_path: Path) -> None:
    (tmp_path / "curated").write_text("no folder")
    with pytest.raises(OSError, match="curated"), lock(tmp_path / "curated" / ".corpus.lock", "the corpus"):
        pytest.fail("nothing is locked there")
