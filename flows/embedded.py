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

CACHE_DIR = Path(".cache/auditable")
STARTUP_TIMEOUT_S = 120
"""Prefect's default of 20 s is too short on two busy cores."""


def use_embedded_api(cache_dir: Path = CACHE_DIR) -> None:
    """Nothing; the environment is set for an embedded API whose files lie in cache_dir/prefect."""
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    if "PREFECT_API_URL" in os.environ:
        return
    home = (cache_dir / "prefect").resolve()
    home.mkdir(parents=True, exist_ok=True)
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
