"""The team's way, for real: a Prefect server on PostgreSQL, the deployments of prefect.yaml, a worker; started and
ended by the scripts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from flows.version import code_version
from tests.flows.test_own_server import wait_until
from tests.front_pages import article_pdf
from tests.postgres import find_postgres

ROOT = Path(__file__).parents[2]
LIMIT_S = 400
"""For a busy machine; idle, the start takes some 40 s and a PDF 25 s."""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that the database's own user may reach too; pytest's are closed to all others."""
    with tempfile.TemporaryDirectory(prefix="auditable-team-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def environment(place: Path) -> dict[str, str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return clean | {
        "PATH": f"{find_postgres()}{os.pathsep}{clean['PATH']}",
        "AUDITABLE_TEAM": str(place / "team"), "AUDITABLE_PORT": str(port), "AUDITABLE_RAW": str(place / "raw"),
        "AUDITABLE_CURATED": str(place / "curated"), "AUDITABLE_BIN": str(Path(sys.executable).parent),
        "PREFECT_LOCAL_STORAGE_PATH": str(place / "storage"), "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_HOME": str(place / "team" / "prefect"), "COLUMNS": "40",
    }  # fmt: skip


def run_script(name: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [str(ROOT / "scripts" / name)], env=environment, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def processes_of(place: Path) -> list[psutil.Process]:
    """Those that name the folder in their command or their environment: server, database, worker and its runs."""
    found = []
    for process in psutil.process_iter():
        try:
            words = [*process.cmdline(), *process.environ().values()]
        except psutil.Error:
            continue
        if process.pid != os.getpid() and any(str(place) in word for word in words):
            found.append(process)
    return found


@pytest.fixture(scope="module")
def team(place: Path, environment: dict[str, str]) -> Iterator[str]:
    """The address of the API of a team's server, its worker running."""
    try:
        run_script("team-start.sh", environment)
        yield environment["PREFECT_API_URL"]
    finally:
        run_script("team-stop.sh", environment)
        left = [p.cmdline() for p in processes_of(place)]
        for process in processes_of(place):
            process.kill()
    assert left == []


def test_a_schedule_of_the_work_pool_takes_in_and_curates_a_pdf(
    team: str, place: Path, environment: dict[str, str]
) -> None:
    inbox = place / "raw" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "Maker 2001.pdf").write_bytes(article_pdf())
    deployment = httpx.get(f"{team}/deployments/name/intake-inbox/inbox", timeout=60).json()
    assert deployment["version"] == code_version()
    schedule = [{"schedule": {"interval": 20}, "active": True}]
    httpx.post(f"{team}/deployments/{deployment['id']}/schedules", json=schedule, timeout=60).raise_for_status()

    worker_log = place / "team" / "worker.log"
    assert wait_until((place / "curated" / "report" / "index.html").is_file, LIMIT_S), worker_log.read_text("utf-8")
    assert list((place / "curated").glob("*/cells.csv"))
    assert wait_until(lambda: not list(inbox.glob("*.pdf")))
    assert (place / "team" / "postgres.password").stat().st_mode & 0o077 == 0


def test_an_event_starts_the_run_on_change(team: str, place: Path) -> None:
    event = {
        "id": str(uuid4()), "event": "auditable.raw.changed", "occurred": datetime.now(UTC).isoformat(),
        "resource": {"prefect.resource.id": "auditable.raw"},
    }  # fmt: skip
    httpx.post(f"{team}/events", json=[event], timeout=60).raise_for_status()

    def is_done() -> bool:
        body = {
            "flows": {"name": {"any_": ["curate-changed"]}},
            "flow_runs": {"state": {"name": {"any_": ["Completed"]}}},
        }
        return httpx.post(f"{team}/flow_runs/count", json=body, timeout=60).json() > 0

    assert wait_until(is_done, LIMIT_S), (place / "team" / "worker.log").read_text("utf-8")


def test_starting_again_starts_nothing_twice(team: str, place: Path, environment: dict[str, str]) -> None:
    names = ("server.pid", "worker.pid", "postgres.port")
    before = [(place / "team" / name).read_text() for name in names]
    run_script("team-start.sh", environment)
    assert [(place / "team" / name).read_text() for name in names] == before
