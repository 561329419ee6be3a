"""The version of our code that a deployment or a run was made with: found, never typed.

Comes in: the installed package. Goes out: its version and a fingerprint of every file of ours, such as
"0.1.0+3f9a01c2d4e5". What a cached result depends on is finer: auditable/fingerprint.py.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import auditable
import flows
import schemas
from auditable.fingerprint import combine
from auditable.papers import hash_file

SUFFIXES = (".py", ".yaml", ".json", ".html", ".css", ".js", ".j2")
SHORT = 12


@cache
def code_version() -> str:
    """The package's version and the fingerprint of its code; the same on every machine that has the same files."""
    parts = [part for package in (auditable, flows, schemas) for part in _hash_files(Path(package.__path__[0]))]
    return f"{auditable.__version__}+{combine(parts)[:SHORT]}"


def _hash_files(folder: Path) -> list[str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in SUFFIXES)
    return [f"{folder.name}/{path.relative_to(folder).as_posix()} {hash_file(path)}" for path in files]
