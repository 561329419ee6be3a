"""The few things a curator may set, each with its unit and default; auditable.toml in the working folder overrides
them.

Comes in: auditable.toml, optional. Goes out: Settings. A key that is not named here is refused.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from auditable.model import AuditableError

SETTINGS_FILE = "auditable.toml"
TEXTS = ("cache",)
"""Settings that are no number."""


@dataclass(frozen=True)
class Settings:
    """How a run behaves.

    max_open_items: open discrepancies and accusing findings, all studies together, above which `auditable run` ends
    with exit code 1. n_workers: papers read at once, each in a process of its own. max_seconds_per_paper,
    max_memory_mb: limits of such a process. cache: where results are kept: a folder, or an address that all machines of
    a cluster see ("s3://…").
    """

    max_open_items: int = 0
    n_workers: int = 2
    max_seconds_per_paper: int = 600
    max_memory_mb: int = 6000
    cache: str = ".cache/auditable"


def load_settings(path: Path = Path(SETTINGS_FILE)) -> Settings:
    """The settings of auditable.toml over the defaults; the defaults alone when there is no such file."""
    if not path.is_file():
        return Settings()
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuditableError(
            "The settings cannot be read.",
            where=str(path),
            expected="lines of the form `key = number`",
            found=str(error),
            remedy="Correct the line, or remove the file to run with the defaults.",
        ) from error
    known = [f.name for f in fields(Settings)]
    for key, value in given.items():
        if key not in known:
            raise AuditableError(
                "Unknown setting.",
                where=str(path),
                expected=f"one of {', '.join(known)}",
                found=key,
                remedy="Correct its spelling or remove the line.",
            )
        if not _is_allowed(key, value):
            raise AuditableError(
                "The value of a setting is not allowed.",
                where=f"{path}, {key}",
                expected="a text for cache, else a whole number, 1 or more (0 for max_open_items)",
                found=repr(value),
                remedy="Correct the value.",
            )
    return Settings(**given)


def _is_allowed(key: str, value: object) -> bool:
    if key in TEXTS:
        return isinstance(value, str) and bool(value)
    return type(value) is int and value >= (0 if key == "max_open_items" else 1)
