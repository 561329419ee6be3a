"""A command and all processes it starts: seconds, and their memory while it runs.

Comes in: a command. Goes out: Watched. Memory is the sum of the resident memory of the command and its descendants,
once a second where no other period is given, pages that several share counted each time: never less than what is used.
"""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from auditable.process_memory import measure

PERIOD_S = 1.0
N_PARTS = 4


@dataclass(frozen=True)
class Watched:
    """seconds from start to end; processor_s: of all its processes together; memory_mb: once a period; output: what it
    printed.
    """

    seconds: float
    processor_s: float
    memory_mb: tuple[int, ...]
    output: str

    @property
    def peak_mb(self) -> int:
        """The most at any time."""
        return max(self.memory_mb, default=0)

    @property
    def parts_mb(self) -> list[int]:
        """The most in each quarter of the time: much the same where memory is flat."""
        size = max(1, -(-len(self.memory_mb) // N_PARTS))
        return [max(self.memory_mb[k : k + size]) for k in range(0, len(self.memory_mb), size)]


def watch(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    period_s: float = PERIOD_S,
    exit_codes: Collection[int] = (0, 1),
) -> Watched:
    """The run of a command in a folder; raises CalledProcessError unless it ends with one of the exit codes.

    period_s: how often memory is looked at.
    """
    start, before, memory = time.perf_counter(), _processor_s(), []
    with tempfile.TemporaryFile() as printed:  # a pipe that nobody reads would fill, and the command wait for ever
        environment = {**os.environ, **environment}
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=printed, stderr=subprocess.STDOUT)
        while process.poll() is None:
            memory.append(_tree_mb(process.pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(period_s)
        printed.seek(0)
        output = printed.read().decode(errors="replace")
    if process.returncode not in exit_codes:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Watched(time.perf_counter() - start, _processor_s() - before, tuple(memory), output)


def _processor_s() -> float:
    """Processor seconds of all processes that this one started and that have ended, and of those they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_mb(root: int) -> int:
    try:
        top = psutil.Process(root)
        return measure([top, *top.children(recursive=True)]).memory_mb
    except psutil.NoSuchProcess:
        return 0
