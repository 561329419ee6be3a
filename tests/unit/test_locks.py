from pathlib import Path

import pytest
from filelock import FileLock

from auditable import locks
from auditable.model import AuditableError


def test_who_finds_the_lock_held_is_told_what_it_guards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "LOCK_WAIT_S", 0.05)
    path = tmp_path / "gold" / ".lock"
    with locks.lock(path, "gold files"):
        pass
    match = "another program is writing gold files"
    with FileLock(path), pytest.raises(AuditableError, match=match) as told, locks.lock(path, "gold files"):
        pytest.fail("two hold one lock")
    assert str(path.parent) in str(told.value)
    with locks.lock(path, "gold files"):
        assert path.exists()
