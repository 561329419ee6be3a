"""PostgreSQL for the tests: found on the machine, else installed where that is allowed; without one the tests fail."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEBIAN = Path("/usr/lib/postgresql")


def find_postgres() -> Path:
    """The folder with initdb and pg_ctl."""
    found = _find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "postgresql"], capture_output=True, check=False)
        found = _find()
    if found is None:
        pytest.fail(
            "No PostgreSQL on this machine: install it (apt-get install postgresql), or put pg_ctl on the PATH."
        )
    return found


def _find() -> Path | None:
    on_path = shutil.which("pg_ctl")
    if on_path:
        return Path(on_path).resolve().parent
    folders = [p.parent for p in DEBIAN.glob("*/bin/pg_ctl")]
    return max(folders, key=lambda p: float(p.parent.name)) if folders else None
