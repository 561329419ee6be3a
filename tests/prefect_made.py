"""Prefect's database, empty but with all its tables: made once, copied wherever a test starts Prefect.

A first start of Prefect makes its tables by some hundred migrations, longer than all else that most tests do. That such
a start works is left to tests/flows/test_parallel_starts.py.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from flows.embedded import STARTUP_TIMEOUT_S
from flows.server_start import start_server

PLACE = Path(__file__).parents[1] / ".cache" / "tests"


def seed(home: Path, name: str = "prefect.db") -> Path:
    """The folder, with a database under this name where it had none."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / name).exists():
        shutil.copyfile(_migrated(), home / name)
    return home


def _migrated() -> Path:
    path = PLACE / f"prefect-{version('prefect')}.db"
    PLACE.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock"):
        if not path.exists():
            _make(path)
    return path


def _make(path: Path) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        own = {"PREFECT_HOME": folder, "PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
        server = start_server(Path(folder), 0, lambda _: {**os.environ, **own})
        try:
            server.wait_until_healthy(STARTUP_TIMEOUT_S)
        finally:
            server.stop()
        with closing(sqlite3.connect(Path(folder) / "prefect.db")) as made:
            made.execute("VACUUM INTO ?", (str(part),))
    part.replace(path)
