"""Worker processes that are used again: started when wanted, lent to one job at a time, ended when spoiled or grown.

Comes in: the wish for a worker. Goes out: one that waits for a job, with its imports done if it has worked before.
Limits of a job and the meaning of its end are left to isolation.py.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import threading

from auditable import worker_process
from auditable.process_memory import count_open_files, measure_group

MAX_JOBS = 50
"""Jobs after which a worker is replaced: libraries that read PDFs leak a little."""
MAX_FILES_AT_REST = worker_process.MAX_OPEN_FILES // 4
"""A worker that holds more files open without a job has lost them."""
GRACE_SECONDS = 5.0
MAIN = f"from {worker_process.__name__} import main; main()"


class Worker:
    """One process that leads a group of its own; its standard output tells the steps of the job at hand."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", MAIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            start_new_session=True,
        )
        self.owner = os.getpid()
        self._n_jobs = 0
        self._heard = b""

    def send(self, job: str) -> None:
        """Nothing; the process begins with the job, or is dead already, which hear tells."""
        self._n_jobs += 1
        with contextlib.suppress(BrokenPipeError):
            self._stdin.write(job.encode())
            self._stdin.flush()

    def hear(self, seconds: float) -> str | None:
        """The next line the process says; "" when it has ended, None when it says nothing for so long."""
        while b"\n" not in self._heard:
            ready, _, _ = select.select([self._stdout], [], [], seconds)
            if not ready:
                return None
            said = os.read(self._stdout.fileno(), 4096)
            if not said:
                self.process.wait(GRACE_SECONDS)
                return ""
            self._heard += said
        line, _, self._heard = self._heard.partition(b"\n")
        return line.decode()

    def measure_mb(self) -> int:
        """Resident memory of the process and of all it started."""
        return measure_group(self.process.pid).memory_mb

    def is_fit(self, memory_mb: int) -> bool:
        """Whether it may take another job: it left no process and few files behind, and its memory has not grown beyond
        the limit.
        """
        usage = measure_group(self.process.pid)
        is_small = usage.memory_mb <= memory_mb and count_open_files(self.process.pid) <= MAX_FILES_AT_REST
        return self._n_jobs < MAX_JOBS and usage.n_processes == 1 and is_small

    def kill(self) -> None:
        """Ends the process and everything it started, and waits until it is gone."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            # macOS refuses for a group of which only the dead head is left.
            self.process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(GRACE_SECONDS)
        for stream in (self._stdin, self._stdout):
            with contextlib.suppress(BrokenPipeError):
                stream.close()

    @property
    def _stdin(self):
        assert self.process.stdin is not None
        return self.process.stdin

    @property
    def _stdout(self):
        assert self.process.stdout is not None
        return self.process.stdout


_idle: list[Worker] = []
_guard = threading.Lock()


def take_worker() -> Worker:
    """A worker without a job: one that has worked before, where there is one."""
    with _guard:
        while _idle:
            worker = _idle.pop()
            # The worker of a process that forked us answers to that process alone.
            if worker.owner == os.getpid() and worker.process.poll() is None:
                return worker
    return Worker()


def give_back(worker: Worker, memory_mb: int) -> None:
    """Nothing; the worker waits for its next job, or ends when it has done enough or holds more than memory_mb."""
    if not worker.is_fit(memory_mb):
        worker.kill()
        return
    with _guard:
        _idle.append(worker)


def close_workers() -> None:
    """Nothing; all workers without a job are ended. Those at work end with their jobs, or with this process."""
    with _guard:
        closing = [worker for worker in _idle if worker.owner == os.getpid()]
        _idle.clear()
    for worker in closing:
        worker.kill()


atexit.register(close_workers)
