"""One function in a process of its own, with a limit of time and of memory: a bad PDF cannot take the others down.

Comes in: a module-level function that returns text, its arguments, the limits. Goes out: the text. PDF libraries hang,
crash and fill memory on broken files; here each of these becomes an AuditableError. The result leaves the child as
UTF-8 text in a file, never as a pickle, since it was made from a document nobody vouches for. Which work to isolate is
left to the caller.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from auditable.model import AuditableError

POLL_SECONDS = 0.2
"""How often memory and time are looked at: a PDF library allocates well under a gigabyte in this time."""
GRACE_SECONDS = 5.0
TAIL_LINES = 5
TAIL_CHARACTERS = 600
_FIELDS = ("what", "where", "expected", "found", "remedy")
_FAILED = 3


def run_isolated(function: Callable[..., str], args: tuple[Any, ...], *, seconds: float, memory_mb: int) -> str:
    """The text that function(*args) returns, computed in a new process.

    function and args must be picklable (a module-level function; paths, numbers, text): only they travel, and only
    inwards. memory_mb bounds the resident memory of the child and its own children, measured several times a second; a
    limit on address space would stop onnxruntime and numpy, which reserve far more than they use.
    Raises the child's own AuditableError with all its fields; or one of ours when it raised anything else, crashed, or
    went beyond a limit. The child never writes to our terminal: the last lines of its output go into the message.
    """
    with tempfile.TemporaryDirectory(prefix="auditable-") as folder:
        place = Path(folder)
        process = multiprocessing.get_context("spawn").Process(
            target=_work, args=(function, args, folder), name=function.__name__, daemon=False
        )
        process.start()
        try:
            stopped = _watch(process, seconds, memory_mb)
        finally:
            _kill_group(process)
        return _outcome(place, process.exitcode, stopped, _name_work(function, args))


def _work(function: Callable[..., str], args: tuple[Any, ...], folder: str) -> None:
    """Runs in the child: leads a process group of its own, keeps its output to itself, leaves a text or an error in the
    folder."""
    os.setsid()
    place = Path(folder)
    log = os.open(place / "log.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        text = function(*args)
    except AuditableError as error:
        _write(place / "error.json", json.dumps({name: getattr(error, name) for name in _FIELDS}))
        sys.exit(_FAILED)
    if not isinstance(text, str):
        raise TypeError(f"{function.__name__} must return text, returned {type(text).__name__}")
    _write(place / "result.txt", text)


def _write(path: Path, text: str) -> None:
    """A file that is there only when it is whole. Lone surrogates from broken fonts survive the trip."""
    part = path.with_suffix(".part")
    part.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    part.replace(path)


def _watch(process: BaseProcess, seconds: float, memory_mb: int) -> str:
    """Waits for the end of the process; "" or which limit it broke."""
    deadline = time.monotonic() + seconds
    while True:
        process.join(max(0.0, min(POLL_SECONDS, deadline - time.monotonic())))
        if not process.is_alive():
            return ""
        if time.monotonic() >= deadline:
            return f"more than {seconds:g} seconds"
        used_mb = _group_memory_mb(process.pid or 0)
        if used_mb > memory_mb:
            return f"{used_mb} MB of memory, of {memory_mb} MB allowed"


def _group_memory_mb(leader: int) -> int:
    """Resident memory of a process and of the group it leads."""
    if not Path("/proc/self/stat").exists():
        return _memory_by_ps(leader)
    pages = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # After the name in brackets, which may hold blanks: state, parent, group, …; resident pages are the 22nd.
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if int(entry.name) == leader or int(fields[2]) == leader:
            pages += int(fields[21])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def _memory_by_ps(leader: int) -> int:
    listed = subprocess.run(["ps", "-axo", "pid=,pgid=,rss="], capture_output=True, text=True, check=True)
    rows = [[int(field) for field in line.split()] for line in listed.stdout.splitlines()]
    return sum(rss for pid, group, rss in rows if leader in (pid, group)) // 1024


def _kill_group(process: BaseProcess) -> None:
    """Ends the child and everything it started, and waits until it is gone."""
    if process.pid is None:
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()  # it had not yet become the head of its group, or nothing is left
    except PermissionError:
        process.kill()  # macOS answers so for a group of which only the dead head is left
    process.join(GRACE_SECONDS)


def _outcome(place: Path, exit_code: int | None, stopped: str, work: str) -> str:
    """The text the child left, or the error that tells why there is none."""
    error, result = place / "error.json", place / "result.txt"
    if not stopped and exit_code == 0 and result.exists():
        return result.read_bytes().decode("utf-8", errors="surrogatepass")
    if not stopped and exit_code == _FAILED and error.exists():
        fields = json.loads(error.read_text(encoding="utf-8"))
        raise AuditableError(fields.pop("what"), **fields)
    last_words = _tail(place / "log.txt")
    if stopped:
        raise AuditableError(
            "the work was stopped at its limit",
            where=work,
            expected="an end within the limits of time and memory",
            found=stopped + last_words,
            remedy="Raise the limit, or look whether the file is damaged: open it in a viewer and save it anew.",
        )
    if exit_code is not None and exit_code < 0:
        raise AuditableError(
            f"the work crashed ({_signal_name(-exit_code)})",
            where=work,
            expected="a result",
            found=(last_words or ", nothing was printed").lstrip(", "),
            remedy="The file is probably damaged: open it in a viewer and save it anew.",
        )
    raise AuditableError(
        "the work failed",
        where=work,
        expected="a result",
        found=f"exit code {exit_code}{last_words}",
        remedy="This is an error of the program: report it with the file and these lines.",
    )


def _name_work(function: Callable[..., str], args: tuple[Any, ...]) -> str:
    """The function and its first path, such as "read_paper raw/x/paper.pdf"."""
    paths = [str(a) for a in args if isinstance(a, Path)]
    return " ".join([function.__name__, *paths[:1]])


def _tail(log: Path) -> str:
    if not log.exists():
        return ""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    if not lines:
        return ""
    return ", last lines: " + " | ".join(lines[-TAIL_LINES:])[-TAIL_CHARACTERS:]


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
