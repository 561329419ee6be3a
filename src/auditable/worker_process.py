"""The far side of isolation.py: a process that does one job after the other, each within its own folder and log.

Comes in: jobs, one line of JSON each, on the standard input. Goes out: a text or an error as a file in the job's
folder, and a line on the standard output when a job has reached a step or its end. The process ends itself and all it
started when its parent is gone. It may open so many files, write so long ones and leave no image of its memory; the
kernel sees to that. Limits of time and memory are left to isolation.py: a process that hangs cannot watch itself.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from auditable.model import AuditableError, StorageError

RESULT, ERROR, LOG = "result.txt", "error.json", "log.txt"
"""What a job leaves in its folder."""
END = "end"
ERROR_FIELDS = ("what", "where", "expected", "found", "remedy")
MAY_HEAL = "may_heal"
LIMIT_BROKEN = "the work was stopped at its limit"
LIMIT_REMEDY = "Look whether the file is damaged: open it in a viewer and save it anew."
MAX_OPEN_FILES = 512
"""A paper with its cache needs some thirty; a reader that opens more is led astray by its document."""
MAX_FILE_MB = 1024
"""Of one file written: the longest is a copy of the document itself."""
FILES_TO_TELL = 16
"""Kept free of what is allowed, for a job to leave its result or its error when it has used up all others."""
LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, MAX_OPEN_FILES + FILES_TO_TELL),
    (resource.RLIMIT_FSIZE, MAX_FILE_MB * 2**20),
)
_answers: list[int] = []
"""The descriptor of the line to the parent, in a worker process; nothing elsewhere."""


def encode_job(function: Callable[..., str], args: tuple[Any, ...], folder: Path) -> str:
    """The line that asks for function(*args); args: what JSON can hold, and paths."""
    plain = [{"path": str(arg)} if isinstance(arg, Path) else {"value": arg} for arg in args]
    job = {"module": function.__module__, "name": function.__qualname__, "args": plain}
    return json.dumps(job | {"folder": str(folder), "cwd": os.getcwd()}) + "\n"  # noqa: PTH109


def report_step(step: str) -> None:
    """Nothing; whoever waits for the job hears that it has reached this step. Outside a worker nobody does."""
    for descriptor in _answers:
        os.write(descriptor, f"{step}\n".encode())


def main() -> None:
    """Does jobs until the parent is gone."""
    _limit_process()
    jobs, _ = os.fdopen(os.dup(0), encoding="utf-8"), _answers.append(os.dup(1))
    _point_output(os.devnull)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    waiting: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs, waiting), daemon=True).start()
    while True:
        _do(json.loads(waiting.get()))
        report_step(END)


def _limit_process() -> None:
    """Limits that hold for this process and all it starts; a lower one of the system stays."""
    for kind, most in LIMITS:
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))
    # Python ignores this signal and raises an error that a library may swallow, to go on with half a file.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def _hold_files_back() -> int:
    """So many files may a job open: some are held back to tell its end, also where the system allows few."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard - FILES_TO_TELL, hard))
    return hard - FILES_TO_TELL


def _give_files_back() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _listen(jobs: Any, waiting: SimpleQueue[str]) -> None:
    """Hands on each job; the end of the stream means a parent that is gone, and ends this group."""
    for line in jobs:
        waiting.put(line)
    os.killpg(os.getpid(), signal.SIGKILL)


def _do(job: dict[str, Any]) -> None:
    """One job. Any error but a broken input or too many open files ends the process with its traceback in the log."""
    allowed = _hold_files_back()
    os.chdir(job["cwd"])
    folder = Path(job["folder"])
    _point_output(str(folder / LOG))
    try:
        text = _run(job, allowed)
    except AuditableError as error:
        _leave_error(folder, error)
    else:
        if not isinstance(text, str):
            raise TypeError(f"{job['name']} must return text, returned {type(text).__name__}")
        _leave(folder / RESULT, text)
    sys.stdout.flush()
    sys.stderr.flush()
    _point_output(os.devnull)


def _run(job: dict[str, Any], allowed: int) -> str:
    """What the job returns; raises its error, or in the place of one that comes of too many open files, ours."""
    args = [Path(a["path"]) if "path" in a else a["value"] for a in job["args"]]
    with ExitStack() as at_the_end:
        at_the_end.callback(_give_files_back)
        at_the_end.push(lambda _kind, error, _trace: _tell_shortage(job, error, allowed))
        return _find(job["module"], job["name"])(*args)
    raise AssertionError("the stack above lets every error through")


def _tell_shortage(job: dict[str, Any], error: BaseException | None, allowed: int) -> None:
    """Nothing where an error has another cause; raises ours where it comes of too many open files."""
    shortage = _find_shortage(error)
    if shortage is None:
        return
    paths = [a["path"] for a in job["args"] if "path" in a]
    raise AuditableError(
        LIMIT_BROKEN, where=" ".join([job["name"], *paths[:1]]), expected=f"at most {allowed} open files",
        found=f"more, the last {shortage.filename or 'without a name'}", remedy=LIMIT_REMEDY,
    ) from error  # fmt: skip


def _find_shortage(error: BaseException | None) -> OSError | None:
    """The refusal to open one more file, at the root of an error or of what a library made of it."""
    met: set[int] = set()
    while error is not None and id(error) not in met:
        if isinstance(error, OSError) and error.errno == errno.EMFILE:
            return error
        met.add(id(error))
        error = error.__cause__ or error.__context__
    return None


def _leave_error(folder: Path, error: AuditableError) -> None:
    fields = {name: getattr(error, name) for name in ERROR_FIELDS}
    _leave(folder / ERROR, json.dumps({**fields, MAY_HEAL: isinstance(error, StorageError)}))


def _find(module: str, name: str) -> Callable[..., str]:
    return getattr(importlib.import_module(module), name)


def _point_output(path: str) -> None:
    target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.close(target)


def _leave(path: Path, text: str) -> None:
    """A file that is there only when it is whole. Lone surrogates from broken fonts survive the trip."""
    part = path.with_suffix(".part")
    part.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    part.replace(path)
