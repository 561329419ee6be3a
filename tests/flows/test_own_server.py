"""A server of our own: it answers, it is the only one of its folder, it ends with its owner; what stands in its way is
told."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditable.model import AuditableError
from flows.database import check_sqlite
from flows.server import MODULE, is_healthy, own_server
from tests.prefect_made import seed

OWNER = """
import sys, time
from pathlib import Path
from flows.server import own_server
with own_server(Path(sys.argv[1])) as api:
    print(api, flush=True)
    time.sleep(600)
"""


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return so


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.fixture
def silent_server() -> Iterator[int]:
    """A process that calls itself our server and never answers."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", MODULE])
    command = Path(f"/proc/{process.pid}/cmdline")
    assert wait_until(
        lambda: not command.parent.exists() or MODULE in command.read_text()
    )  # for a moment it has no name
    yield process.pid
    process.kill()
    process.wait()


def leave_note(cache: Path, pid: int, port: int = 9) -> None:
    (cache / "server").mkdir(parents=True)
    note = {"pid": pid, "api": f"http://127.0.0.1:{port}/api"}
    (cache / "server" / "server.json").write_text(json.dumps(note), encoding="utf-8")


def test_a_server_is_the_only_one_of_its_folder_and_of_its_port(tmp_path: Path, dead_pid: int) -> None:
    leave_note(tmp_path, dead_pid)  # an earlier one that was killed does not stand in the way
    seed(tmp_path / "server")
    with own_server(tmp_path) as api:
        assert is_healthy(api)
        pid = json.loads((tmp_path / "server" / "server.json").read_text("utf-8"))["pid"]
        with pytest.raises(AuditableError, match=f"runs already.*{pid}.*PREFECT_API_URL={api}"), own_server(tmp_path):
            pass
        port = int(api.rpartition(":")[2].split("/")[0])
        with pytest.raises(AuditableError, match="a Prefect server that answers"), own_server(tmp_path / "b", port):
            pass
    assert not is_alive(pid)
    assert not is_healthy(api)
    assert not (tmp_path / "server" / "server.json").exists()


def test_a_server_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    seed(tmp_path / "server")
    with subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert is_healthy(owner.stdout.readline().strip())
        pid = json.loads((tmp_path / "server" / "server.json").read_text("utf-8"))["pid"]
        owner.send_signal(signal.SIGKILL)
        owner.wait()
    assert wait_until(lambda: not is_alive(pid))


def test_a_port_that_another_program_holds_is_told(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        with pytest.raises(AuditableError, match=rf"127.0.0.1:{port}.*in use"), own_server(tmp_path, port):
            pass


def test_a_server_that_was_left_behind_is_told(tmp_path: Path, silent_server: int) -> None:
    leave_note(tmp_path, silent_server)
    with pytest.raises(AuditableError, match=f"left behind.*kill -9 {silent_server}"), own_server(tmp_path):
        pass
    assert is_alive(silent_server), "nothing is killed unasked"


def test_a_number_given_to_another_program_is_no_server(tmp_path: Path) -> None:
    leave_note(tmp_path, os.getpid())
    (tmp_path / "server" / "prefect.db").write_bytes(b"no database at all" * 99)
    with pytest.raises(AuditableError, match="database is broken"), own_server(tmp_path):
        pass


def test_a_locked_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "prefect.db"
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("CREATE TABLE runs (id)")
    check_sqlite(path, wait_s=0.1)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(AuditableError, match="locked by another program"):
        check_sqlite(path, wait_s=0.1)
    holder.execute("ROLLBACK")
    holder.close()
    check_sqlite(path, wait_s=0.1)
