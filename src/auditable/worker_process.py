"""The far side of isolation.py: a process that does one job after the other, each within its own folder and log.

Comes in: jobs, one line of JSON each, on the standard input. Goes out: a text or an error as a file in the job's
folder, and a line on the standard output when a job has reached a step or its end. The process ends itself and all it
started when its parent is gone. Limits are left to isolation.py: a process that hangs cannot watch itself.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from auditable.model import AuditableError, StorageError

RESULT, ERROR, LOG = "result.txt", "error.json", "log.txt"
"""What a job leaves in its folder."""
END = "end"
ERROR_FIELDS = ("what", "where", "expected", "found", "remedy")
MAY_HEAL = "may_heal"
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
    jobs, _ = os.fdopen(os.dup(0), encoding="utf-8"), _answers.append(os.dup(1))
    _point_output(os.devnull)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    waiting: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs, waiting), daemon=True).start()
    while True:
        _do(json.loads(waiting.get()))
        report_step(END)


def _listen(jobs: Any, waiting: SimpleQueue[str]) -> None:
    """Hands on each job; the end of the stream means a parent that is gone, and ends this group."""
    for line in jobs:
        waiting.put(line)
    os.killpg(os.getpid(), signal.SIGKILL)


def _do(job: dict[str, Any]) -> None:
    """One job. Any error but a broken input ends the process with its traceback in the log."""
    os.chdir(job["cwd"])
    folder = Path(job["folder"])
    _point_output(str(folder / LOG))
    try:
        text = _find(job["module"], job["name"])(*(Path(a["path"]) if "path" in a else a["value"] for a in job["args"]))
    except AuditableError as error:
        fields = {name: getattr(error, name) for name in ERROR_FIELDS}
        _leave(folder / ERROR, json.dumps({**fields, MAY_HEAL: isinstance(error, StorageError)}))
    else:
        if not isinstance(text, str):
            raise TypeError(f"{job['name']} must return text, returned {type(text).__name__}")
        _leave(folder / RESULT, text)
    sys.stdout.flush()
    sys.stderr.flush()
    _point_output(os.devnull)


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
