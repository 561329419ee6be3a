"""Whether Prefect's SQLite file can be used: asked before Prefect is started, since its own words come late and long.

Comes in: the file's path. Goes out: nothing, or an AuditableError. Prefect's tables are left to Prefect.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from auditable.model import AuditableError

LOCK_WAIT_S = 30.0
"""Another run holds the file for milliseconds at a time; a forgotten shell of sqlite3 for ever."""


def check_sqlite(path: Path, wait_s: float = LOCK_WAIT_S) -> None:
    """Nothing, if the database is not there yet or can be written.

    Raises AuditableError when it stays locked for wait_s seconds, or is no sound database.
    """
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=wait_s, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise _unusable(path, error, wait_s) from error
    except sqlite3.DatabaseError as error:
        raise AuditableError(
            "Prefect's database is broken", where=str(path), expected="an SQLite database", found=str(error),
            remedy="Move the file away and start again: only the list of past runs is lost, no data.",
        ) from error  # fmt: skip


def _unusable(path: Path, error: sqlite3.OperationalError, wait_s: float) -> AuditableError:
    if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return AuditableError(
            "Prefect's database is locked by another program", where=str(path),
            expected=f"a file that is free within {wait_s:g} seconds", found=str(error),
            remedy="End the program that holds it (`fuser` with this path names it), then start again.",
        )  # fmt: skip
    return AuditableError(
        "Prefect's database cannot be opened", where=str(path), expected="a file that may be read and written",
        found=str(error), remedy="See to its rights, and to room on the disk.",
    )  # fmt: skip
