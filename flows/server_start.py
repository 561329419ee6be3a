"""The process of a Prefect server on this machine: started, waited for, stopped.

Comes in: the server's folder, perhaps a port, its environment. Goes out: a Server, whose address is known before it
answers. Whose server it is and how long it stays is left to server.py and embedded.py, what runs in its process to
server_process.py.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auditable.model import AuditableError

HOST = "127.0.0.1"
ANSWER_S = 5.0
STOP_S = 15.0
LOOK_S = 0.05
LOG_LINES = 8
MODULE = "flows.server_process"


@dataclass(frozen=True)
class Server:
    """A server's process, the address of its API, and the file of what it says."""

    process: subprocess.Popen[bytes]
    api: str
    log: Path

    def wait_until_healthy(self, timeout_s: float) -> None:
        """Nothing, once it answers; raises AuditableError when it ends, or does not answer within timeout_s seconds."""
        deadline = time.monotonic() + timeout_s
        while self.process.poll() is None and time.monotonic() < deadline:
            if is_healthy(self.api, timeout_s=max(0.1, min(ANSWER_S, deadline - time.monotonic()))):
                return
            time.sleep(LOOK_S)
        ended = self.process.poll()
        lines = self.log.read_text("utf-8", errors="replace").strip().splitlines()[-LOG_LINES:]
        raise AuditableError(
            "Prefect's server did not start", where=str(self.log.parent),
            expected=f"a healthy server within {timeout_s:g} seconds",
            found="no answer" if ended is None else f"its end with exit code {ended}: " + " | ".join(lines),
            remedy=f"All it said is in {self.log}.",
        )  # fmt: skip

    def stop(self) -> None:
        """Closes the pipe the server listens to; one that does not end is killed."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_server(home: Path, port: int, environment: Callable[[str], Mapping[str, str]]) -> Server:
    """The server that is starting: what it says goes to home/server.log.

    port: 0 for any free one. environment: of the server's process, given the address of its API. The process has a
    session of its own: Ctrl-C in the terminal ends those who use it first. Raises AuditableError when the port is busy.
    """
    log = home / "server.log"
    with _listen(port) as listening, log.open("wb") as said:
        api = f"http://{HOST}:{listening.getsockname()[1]}/api"
        process = subprocess.Popen(
            [sys.executable, "-m", MODULE, str(listening.fileno())],
            stdin=subprocess.PIPE, stdout=said, stderr=subprocess.STDOUT, pass_fds=[listening.fileno()],
            env=environment(api), start_new_session=True,
        )  # fmt: skip
    return Server(process, api, log)


def is_healthy(api: str, timeout_s: float = ANSWER_S) -> bool:
    """Whether a Prefect server answers at the address of its API."""
    import httpx

    try:
        return httpx.get(f"{api}/health", timeout=timeout_s, trust_env=False).json() is True
    except (httpx.HTTPError, ValueError):
        return False


def _listen(port: int) -> socket.socket:
    """A listening socket on loopback, so that nobody can take the port between here and the server's start."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise _no_port(port, error) from error
    return listening


def _no_port(port: int, error: OSError) -> AuditableError:
    api = f"http://{HOST}:{port}/api"
    if is_healthy(api):
        found, remedy = "a Prefect server that answers", f"Use it with PREFECT_API_URL={api}, or choose another port."
    else:
        found, remedy = error.strerror or str(error), "Choose another port, or none: any free one is taken then."
    return AuditableError(
        "the server cannot listen here", where=f"{HOST}:{port}", expected="a free port", found=found, remedy=remedy
    )
