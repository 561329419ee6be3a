"""Locks between programs: two that write the same file take turns.

Comes in: a path for the lock and a word for what it guards. Goes out: the time in which nobody else writes. What is
written is left to those who hold it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from auditable.model import StorageError
from auditable.whole_files import telling_disk

DECISIONS_LOCK, APPROVALS_LOCK, CORPUS_LOCK = ".decisions.csv.lock", ".approvals.csv.lock", ".corpus.lock"
"""Locks in curated/ of the verdicts, of the signatures, and of what a run publishes beside the studies."""
LOCK_WAIT_S = 10.0
"""How long a writer waits for another one; a write takes milliseconds."""


class BusyError(StorageError):
    """Another program writes there now: nothing is wrong, and a later try does better."""


@contextmanager
def lock(path: Path, guarded: str, wait_s: float | None = None) -> Iterator[None]:
    """Keeps others out who take the same lock. path: the lock's own file; its folder is made where it is not there.

    guarded: what it guards, in words. Raises BusyError when another program does not let go within wait_s, or
    LOCK_WAIT_S where nothing is said; StorageError where the folder may not be written or has no room.
    """
    wait_s = LOCK_WAIT_S if wait_s is None else wait_s
    held = FileLock(path, timeout=wait_s)
    try:
        with telling_disk(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            held.acquire()
    except Timeout as error:
        raise BusyError(
            f"another program is writing {guarded}",
            where=str(path.parent),
            expected=f"a lock that is free within {wait_s:.0f} seconds",
            found=f"{path.name}, held",
            remedy="Try again when the other program has ended.",
        ) from error
    try:
        yield
    finally:
        held.release()
