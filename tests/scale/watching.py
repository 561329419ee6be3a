"""A command and all processes it starts: seconds, and their memory while it runs.

Comes in: a command. Goes out: Watched. Memory is the sum of the resident memory of the command and its descendants once
a second, pages that several share counted each time: never less than what is used.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PERIOD_S = 1.0
N_PARTS = 4


@dataclass(frozen=True)
class Watched:
    """seconds from start to end; processor_s: of all its processes together; memory_mb: once a second; output: what it
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


def watch(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Watched:
    """The run of a command in a folder; raises CalledProcessError unless it ends with exit code 0 or 1."""
    start, before, memory = time.perf_counter(), _processor_s(), []
    with subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        while process.poll() is None:
            memory.append(_tree_mb(process.pid))
            try:
                process.wait(PERIOD_S)
            except subprocess.TimeoutExpired:
                continue
        assert process.stdout is not None
        output = process.stdout.read().decode(errors="replace")
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Watched(time.perf_counter() - start, _processor_s() - before, tuple(memory), output)


def _processor_s() -> float:
    """Processor seconds of all processes that this one started and that have ended, and of those they waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_mb(root: int) -> int:
    children, pages = defaultdict(list), dict[int, int]()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        children[int(fields[1])].append(int(entry.name))
        pages[int(entry.name)] = int(fields[21])
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        total += pages.get(process, 0)
        waiting += children[process]
    return total * os.sysconf("SC_PAGE_SIZE") // 2**20
