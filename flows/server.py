"""A Prefect server of our own on this machine: started, waited for, stopped.

Comes in: the cache folder and perhaps a port. Goes out: the address of its API, for as long as the context is open.
Its files lie in cache_dir/server: the database, the log, and server.json, which says who runs it. It listens on
loopback only and has no password: who may log in on this machine may use it. Its process is left to server_start.py,
what is done with the API to the caller; a server shared by a team is described in docs/team.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from auditable.model import AuditableError
from auditable.store import write_text
from flows.database import check_sqlite
from flows.embedded import EVENTS_S, STARTUP_TIMEOUT_S
from flows.server_start import ANSWER_S, HOST, MODULE, is_healthy, start_server

OWN_DATABASE = ("PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL")
"""Settings of Prefect that name another database than the SQLite file in the server's home."""


@dataclass(frozen=True)
class Running:
    """Who runs the server of a home: its process, and the address of its API."""

    pid: int
    api: str


@contextmanager
def own_server(cache_dir: Path, port: int = 0, timeout_s: float = STARTUP_TIMEOUT_S) -> Iterator[str]:
    """The address of the API of a healthy server, such as "http://127.0.0.1:4200/api"; it ends with the context.

    port: 0 for any free one. Raises AuditableError when the port is busy, when a server of this home runs already or
    was left behind, when its database is locked or broken, and when it is not healthy within timeout_s seconds.
    """
    home = (cache_dir / "server").resolve()
    home.mkdir(parents=True, exist_ok=True)
    with _only_server(home):
        if not any(os.environ.get(name) for name in OWN_DATABASE):
            check_sqlite(home / "prefect.db")
        server = start_server(home, port, lambda api: _environment(home, api))
        try:
            server.wait_until_healthy(timeout_s)
            write_text(home / "server.json", json.dumps(asdict(Running(server.process.pid, server.api))) + "\n")
            yield server.api
        finally:
            server.stop()
            (home / "server.json").unlink(missing_ok=True)


@contextmanager
def _only_server(home: Path) -> Iterator[None]:
    """Keeps a second server out of a home. The lock ends with its process, server.json may outlive it."""
    lock = FileLock(home / ".server.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise _taken(home, _read_running(home)) from error
    try:
        left = _read_running(home)
        if left and _is_our_server(left.pid):
            raise _taken(home, left)
        yield
    finally:
        lock.release()


def _read_running(home: Path) -> Running | None:
    """What server.json says; None where it is not there or was cut off."""
    try:
        told = json.loads((home / "server.json").read_text("utf-8"))
        return Running(int(told["pid"]), str(told["api"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_our_server(pid: int) -> bool:
    """Whether the process is there and is such a server: numbers of processes are given out again."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        return proc.exists() and MODULE in proc.read_bytes().decode(errors="replace")
    done = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return MODULE in done.stdout


def _taken(home: Path, running: Running | None) -> AuditableError:
    if running is None:
        return AuditableError(
            "another start of the server is under way", where=str(home), expected="one server for this folder",
            found="a second start", remedy="Wait until the first is ready, and use that one.",
        )  # fmt: skip
    if is_healthy(running.api):
        return AuditableError(
            "a server of ours runs already", where=str(home), expected="one server for this folder",
            found=f"process {running.pid}, which answers at {running.api}",
            remedy=f"Use it with PREFECT_API_URL={running.api}, or end it with `kill {running.pid}`.",
        )  # fmt: skip
    return AuditableError(
        "a server of an earlier start was left behind and does not answer", where=str(home),
        expected=f"an answer from {running.api} within {ANSWER_S:g} seconds", found=f"process {running.pid}, silent",
        remedy=f"End it with `kill -9 {running.pid}` and start again; its database is kept.",
    )  # fmt: skip


def _environment(home: Path, api: str) -> dict[str, str]:
    """What the server finds in its environment: a home of its own, and no other server."""
    return {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"} | {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": api.removesuffix("/api"),
        "PREFECT_UI_API_URL": api,
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": str(EVENTS_S),
        # Runs that ended 90 days ago leave the database: a look every few minutes would fill the disk in time.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
        "DO_NOT_TRACK": "1",
    }


if __name__ == "__main__":
    sys.exit(0 if is_healthy(sys.argv[1]) else 1)
