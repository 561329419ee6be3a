"""One function in a process of its own, with a limit of time and of memory: a bad PDF cannot take the others down.

Comes in: a module-level function that returns text, its arguments, the limits. Goes out: the text. PDF libraries hang,
crash and fill memory on broken files; here each of these becomes an AuditableError. The result leaves the process as
UTF-8 text in a file, never as a pickle, since it was made from a document nobody vouches for. Processes that did their
job well take the next one (workers.py); which work to isolate is left to the caller.
"""

from __future__ import annotations

import json
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from auditable.model import AuditableError, StorageError
from auditable.worker_process import (
    END,
    ERROR,
    LIMIT_BROKEN,
    LIMIT_REMEDY,
    LOG,
    MAX_FILE_MB,
    MAY_HEAL,
    RESULT,
    encode_job,
)  # fmt: skip
from auditable.workers import Worker, give_back, take_worker

POLL_SECONDS = 0.2
"""How often memory and time are looked at: a PDF library allocates well under a gigabyte in this time."""
SHARE_AT_REST = 4
"""A worker that still holds more than a fourth of the memory allowed does no further job."""
RAISE_LIMIT = " A good file needs a higher max_seconds_per_paper or max_memory_mb in auditable.toml."
TAIL_LINES = 5
TAIL_CHARACTERS = 600


def run_isolated(
    function: Callable[..., str],
    args: tuple[Any, ...],
    *,
    seconds: float,
    memory_mb: int,
    on_step: Callable[[str], None] | None = None,
) -> str:
    """The text that function(*args) returns, computed in a process of its own that may have done jobs before.

    function: of a module's top level; args: paths and what JSON can hold. memory_mb bounds the resident memory of the
    process and its own children, measured several times a second; a limit on address space would stop onnxruntime and
    numpy, which reserve far more than they use. on_step hears the steps the job tells of (worker_process.report_step).
    Raises the job's own AuditableError with all its fields; or one of ours when it raised anything else, crashed, or
    went beyond a limit. The process never writes to our terminal: the last lines of its output go into the message.
    """
    with tempfile.TemporaryDirectory(prefix="auditable-") as folder:
        place = Path(folder).resolve()
        worker = take_worker()
        is_whole = False
        try:
            worker.send(encode_job(function, args, place))
            stopped = _watch(worker, seconds, memory_mb, on_step)
            is_whole = not stopped and worker.process.returncode is None
        finally:
            if is_whole:
                give_back(worker, memory_mb // SHARE_AT_REST)
            else:
                worker.kill()
        return _outcome(place, 0 if is_whole else worker.process.returncode, stopped, _name_work(function, args))


def _watch(worker: Worker, seconds: float, memory_mb: int, on_step: Callable[[str], None] | None) -> str:
    """Waits for the end of the job or of its process; "" or which limit it broke."""
    deadline = time.monotonic() + seconds
    while True:
        said = worker.hear(max(0.0, min(POLL_SECONDS, deadline - time.monotonic())))
        if said in ("", END):
            return ""
        if said and on_step:
            on_step(said)
        if time.monotonic() >= deadline:
            return f"more than {seconds:g} seconds"
        used_mb = worker.measure_mb() if said is None else 0
        if used_mb > memory_mb:
            return f"{used_mb} MB of memory, of {memory_mb} MB allowed"


def _outcome(place: Path, exit_code: int | None, stopped: str, work: str) -> str:
    """The text the child left, or the error that tells why there is none."""
    error, result = place / ERROR, place / RESULT
    if not stopped and exit_code == 0 and result.exists():
        return result.read_bytes().decode("utf-8", errors="surrogatepass")
    if not stopped and exit_code == 0 and error.exists():
        fields = json.loads(error.read_text(encoding="utf-8"))
        kind = StorageError if fields.pop(MAY_HEAL) else AuditableError
        raise kind(fields.pop("what"), **fields)
    last_words = _tail(place / LOG)
    if stopped or exit_code == -signal.SIGXFSZ:
        raise AuditableError(
            LIMIT_BROKEN,
            where=work,
            expected="an end within the limits of time, memory and written files",
            found=(stopped or f"a file of more than {MAX_FILE_MB} MB written") + last_words,
            remedy=LIMIT_REMEDY + (RAISE_LIMIT if stopped else ""),
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
