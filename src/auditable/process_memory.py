"""How much memory a process and all it started use, how many they are, and how many files one holds open.

Comes in: the id of a process that leads its group. Goes out: a Usage, a count. What follows from
them is left to isolation.py and workers.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Usage:
    """Resident memory in MB of some processes, and their number."""

    memory_mb: int
    n_processes: int


def measure_group(leader: int) -> Usage:
    """The usage of a process and of the group it leads."""
    return measure(process for process in psutil.process_iter() if _is_in_group(process.pid, leader))


def measure(processes: Iterable[psutil.Process]) -> Usage:
    """The usage of these processes; those that end while we look are left out."""
    sizes = [size for process in processes if (size := _resident(process)) is not None]
    return Usage(sum(sizes) // 2**20, len(sizes))


def count_open_files(pid: int) -> int:
    """Files, sockets and pipes that a process holds open; 0 when it has ended."""
    try:
        return psutil.Process(pid).num_fds()
    except psutil.Error:
        return 0


def _is_in_group(pid: int, leader: int) -> bool:
    try:
        return leader in (pid, os.getpgid(pid))
    except OSError:
        return False  # it ended, or is another user's: nothing that we started


def _resident(process: psutil.Process) -> int | None:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return None
