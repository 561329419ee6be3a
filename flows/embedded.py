"""Prefect's own settings for a run without a server: set before Prefect is imported, and only where nothing else was
set.

Comes in: the cache folder. Goes out: environment variables. Prefect's home lies in the cache, not in the user's;
nothing is sent to anyone; its log stays silent, since a curator reads our messages, and its own database loses no
result of ours when it grumbles at the end of a run. With PREFECT_API_URL set (a team's server) everything is left as it
is.
"""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from auditable.model import AuditableError
from flows.database import check_sqlite

CACHE_DIR = Path(".cache/auditable")
EVENTS_S = 0.5
"""A run with news waits until its events are written down: Prefect's server does so every five seconds by default."""
STARTUP_TIMEOUT_S = 120
"""Prefect's default of 20 s is too short on two busy cores."""
TURN_S = 600
"""How long a run waits for its turn to start the API while others start theirs."""


def use_embedded_api(cache_dir: Path = CACHE_DIR) -> None:
    """Nothing; the environment is set for an embedded API whose files lie in cache_dir/prefect.

    Raises AuditableError when its database is locked or broken: Prefect would say so after two minutes, in hundreds of
    lines.
    """
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL", str(EVENTS_S))
    if "PREFECT_API_URL" in os.environ:
        return
    home = (cache_dir / "prefect").resolve()
    home.mkdir(parents=True, exist_ok=True)
    check_sqlite(home / "prefect.db")
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_LOCAL_STORAGE_PATH": str(home / "storage"),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_TIMEOUT_S),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
    }.items():
        os.environ.setdefault(name, value)


def start_embedded_api(cache_dir: Path = CACHE_DIR) -> None:
    """Nothing; the embedded API answers. Runs that start together take turns: its first start makes the database.

    Raises AuditableError when it is not healthy in time. With PREFECT_API_URL set nothing is started.
    """
    if "PREFECT_API_URL" in os.environ:
        return
    from prefect.server.api.server import SubprocessASGIServer

    home = (cache_dir / "prefect").resolve()
    try:
        with FileLock(home / ".start.lock", timeout=TURN_S):
            SubprocessASGIServer().start(timeout=STARTUP_TIMEOUT_S)
    except (RuntimeError, Timeout) as error:
        raise AuditableError(
            "Prefect's embedded API did not start", where=str(home),
            expected=f"an answer within {STARTUP_TIMEOUT_S} seconds", found=str(error).splitlines()[0],
            remedy="Try again when the machine is less busy.",
        ) from error  # fmt: skip
