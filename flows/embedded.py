"""Prefect for a run without a server: its settings, set before Prefect is imported and only where nothing else was set,
and a server that lives as long as the run.

Comes in: the cache folder. Goes out: environment variables, and the server's readiness. Prefect's home lies in the
cache, not in the user's; nothing is sent to anyone; its log stays silent, since a curator reads our messages, and its
own database loses no result of ours when it grumbles at the end of a run. With PREFECT_API_URL set (a team's server)
everything is left as it is.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from auditable.model import AuditableError
from flows.database import check_sqlite
from flows.server_start import ANSWER_S, is_healthy, start_server

CACHE_DIR = Path(".cache/auditable")
API = "PREFECT_API_URL"
EMBEDDED_API = "AUDITABLE_EMBEDDED_API"
"""The variable that says which server is the embedded one."""
EVENTS_S = 0.5
"""A run with news waits until its events are written down: Prefect's server does so every five seconds by default."""
STARTUP_TIMEOUT_S = 120
"""Prefect's default of 20 s is too short on two busy cores."""
NO_ORIGIN = "http://127.0.0.1"
"""Pages that may ask the API of a run: none, since nothing serves pages on port 80 there. Prefect's default is all."""
TURN_S = 600
"""How long a run waits for its turn to start the API while others start theirs."""


def given_server() -> str:
    """The address of the server that PREFECT_API_URL names; "" where it is unset or empty, as a script may leave it."""
    return os.environ.get(API, "").strip()


def use_embedded_api(cache_dir: Path = CACHE_DIR) -> None:
    """Nothing; the environment is set for an embedded API whose files lie in cache_dir/prefect.

    Raises AuditableError when its database is locked or broken: Prefect would say so after two minutes, in hundreds of
    lines.
    """
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL", str(EVENTS_S))
    if given_server():
        return
    os.environ.pop(API, None)  # Prefect must not take an empty one for an address
    home = (cache_dir / "prefect").resolve()
    home.mkdir(parents=True, exist_ok=True)
    check_sqlite(home / "prefect.db")
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_LOCAL_STORAGE_PATH": str(home / "storage"),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": NO_ORIGIN,
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_TIMEOUT_S),
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_CLI_PROMPT": "false",
    }.items():
        os.environ.setdefault(name, value)


def start_embedded_api(cache_dir: Path = CACHE_DIR) -> Callable[[], None]:
    """A function that returns once the API answers: what is loaded before it is called, is loaded meanwhile.

    PREFECT_API_URL names the server, which ends with this process; with a server given before, nothing is started. To
    be called before Prefect is imported. Runs that start together take turns: the first start makes the database.
    Raises AuditableError when the API is not healthy in time.
    """
    if given_server():
        return lambda: None
    home = (cache_dir / "prefect").resolve()
    turn = _take_turn(home)
    server = start_server(home, 0, lambda _: _environment())
    os.environ[API] = os.environ[EMBEDDED_API] = server.api
    # Not sooner: Prefect's threads send their last events when Python ends.
    atexit.register(server.stop)

    def wait() -> None:
        server.wait_until_healthy(STARTUP_TIMEOUT_S)
        turn.release()

    return wait


def require_given_server() -> str:
    """The address that PREFECT_API_URL gives; "" without one. Raises AuditableError when no server answers there."""
    api = given_server()
    if api and not is_healthy(api):
        raise AuditableError(
            "no Prefect server answers", where=f"PREFECT_API_URL={api}",
            expected=f"a healthy server within {ANSWER_S:g} seconds", found="no answer, or another program's",
            remedy="Start the server, correct the address (it ends in /api), or unset PREFECT_API_URL.",
        )  # fmt: skip
    return api


def is_embedded(api: str) -> bool:
    """Whether this is the address of the server of a single run, to which nobody else listens."""
    return api == os.environ.get(EMBEDDED_API)


def _take_turn(home: Path) -> FileLock:
    turn = FileLock(home / ".start.lock", timeout=TURN_S, thread_local=False)
    try:
        turn.acquire()
    except Timeout as error:
        raise AuditableError(
            "Prefect's embedded API did not start", where=str(home), expected=f"its turn within {TURN_S} seconds",
            found="another run that is still starting its own", remedy="Try again when the machine is less busy.",
        ) from error  # fmt: skip
    return turn


def _environment() -> dict[str, str]:
    """As Prefect starts a server of its own for a single run: no pages, no schedules, no clean-up."""
    return {**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
