"""Kill -9 at a chosen change of a folder: just before a file or folder in it is opened to write, renamed or removed.

Comes in: a folder, the number of a change. Goes out: a process that is killed there, again and again at the same
place. Python tells of each such step before it is done (sys.addaudithook), so no step is missed and no clock is needed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")
EVERY = "AUDITABLE_EVERY_STOP"
"""Set in the environment: no change is left out, which takes minutes."""
FAILED = 3
"""Exit code of work that failed by itself."""


def kill_at(folder: Path, moment: int) -> None:
    """Nothing now; this process kills itself and its group just before its change number `moment` in the folder.

    moment: counted from 1; 0 never comes.
    """
    for_change(folder, lambda n: os.killpg(0, signal.SIGKILL) if n == moment else None)


def for_change(folder: Path, hear: Callable[[int], None]) -> None:
    """Nothing now; hear gets the number of each change in the folder just before this process makes it."""
    numbers, inside = count(1), str(folder.resolve())

    def look(event: str, args: tuple[Any, ...]) -> None:
        if _changes(event, args, inside):
            hear(next(numbers))

    sys.addaudithook(look)


def every_stop(folder: Path, work: Callable[[], object], step: int = 1) -> Iterator[int]:
    """The number of each change that work makes in the folder, which then is as work killed before that change left it.

    step: every so many changes, where EVERY is not set. Before each the folder is what it was at first. Ends when work
    ended undisturbed. Raises AssertionError when work fails by itself.
    """
    kept = folder.with_name(f"{folder.name}-kept")
    shutil.copytree(folder, kept)
    for moment in count(1, 1 if os.environ.get(EVERY) else step):
        if not _is_killed(folder, work, moment):
            return
        yield moment
        _empty(folder)
        shutil.copytree(kept, folder, dirs_exist_ok=True)


def end_of(work: Callable[[], object]) -> int:
    """Exit code of a forked process that does the work: FAILED where it raised, minus the signal that killed it.

    What the work does to its process, such as limits and rights, ends with it.
    """
    process = os.fork()
    if process == 0:
        _do(work)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status)


def _is_killed(folder: Path, work: Callable[[], object], moment: int) -> bool:
    """Whether work, done by a forked process, came to the change at which it is killed."""

    def work_until_killed() -> None:
        os.setpgrp()  # the killing is of this process and what it starts
        kill_at(folder, moment)
        work()

    end = end_of(work_until_killed)
    assert end in (0, -signal.SIGKILL), "the work failed by itself; see its traceback"
    return end != 0


def _do(work: Callable[[], object]) -> None:
    """Never returns."""
    code = FAILED
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _empty(folder: Path) -> None:
    """The folder without anything in it; folders of a release may not be written by others than root."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _changes(event: str, args: tuple[Any, ...], inside: str) -> bool:
    if event == "open":
        path, _, flags = args
        return isinstance(flags, int) and bool(flags & WRITING) and _is_within(path, inside)
    return event in CHANGES and _is_within(_full(args[0], args[-1]), inside)


def _full(path: object, folder: object) -> object:
    """The path, below its open folder where one is given: whole folders are removed so."""
    place = Path(f"/proc/self/fd/{folder}")
    if isinstance(path, str) and isinstance(folder, int) and folder >= 0 and place.is_symlink():
        return place.readlink() / path
    return path


def _is_within(path: object, inside: str) -> bool:
    return isinstance(path, str | bytes | os.PathLike) and os.path.abspath(os.fsdecode(path)).startswith(inside)  # noqa: PTH100
