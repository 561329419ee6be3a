"""How much memory a process and all it started use, and how many they are.

Comes in: the id of a process that leads its group. Goes out: a Usage, read from /proc where there is one, else asked
of ps. What follows from it is left to isolation.py.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    """Resident memory in MB of a group of processes, and their number."""

    memory_mb: int
    n_processes: int


def measure_group(leader: int) -> Usage:
    """The usage of a process and of the group it leads."""
    rows = _from_proc() if Path("/proc/self/stat").exists() else _from_ps()
    own = [size for pid, group, size in rows if leader in (pid, group)]
    return Usage(sum(own) // 2**20, len(own))


def _from_proc() -> Iterator[tuple[int, int, int]]:
    """Process, group and resident bytes of all processes."""
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # After the name in brackets, which may hold blanks: state, parent, group, …; resident pages are the 22nd.
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        yield int(entry.name), int(fields[2]), int(fields[21]) * page


def _from_ps() -> Iterator[tuple[int, int, int]]:
    listed = subprocess.run(["ps", "-axo", "pid=,pgid=,rss="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        pid, group, kilobytes = map(int, line.split())
        yield pid, group, kilobytes * 1024
