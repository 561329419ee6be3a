"""Whether a release is what it was: every hash of its manifest recomputed.

Comes in: the folder of a release. Goes out: its problems, one line each. Making it is left to release.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditable.model import AuditableError
from auditable.papers import hash_file

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Verified:
    """What was found: the hash of the manifest, how many files it lists, and the problems."""

    manifest_sha256: str
    n_files: int
    problems: tuple[str, ...]


def hash_files(folder: Path) -> dict[str, dict[str, object]]:
    """SHA-256 and bytes of each file below the folder but its manifest, by path."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / MANIFEST)
    return {p.relative_to(folder).as_posix(): {"sha256": hash_file(p), "bytes": p.stat().st_size} for p in paths}


def verify_release(folder: Path) -> Verified:
    """Whether all files are there with the bytes they had, and no other; and the manifest that its .sha256 names.

    Raises AuditableError where there is no release.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise AuditableError("there is no such release", where=str(folder), expected=MANIFEST, found="nothing")
    digest = hash_file(path)
    listed = _listed(path)
    if listed is None:
        return Verified(digest, 0, (f"{MANIFEST} is not what a release writes",))
    found = hash_files(folder)
    problems = [f"{name} is missing" for name in sorted(set(listed) - set(found))]
    problems += [f"{name} is not of this release" for name in sorted(set(found) - set(listed))]
    problems += [f"{name} was changed" for name in sorted(set(listed) & set(found)) if listed[name] != found[name]]
    problems += [f"{p.relative_to(folder)} is a link" for p in sorted(folder.rglob("*")) if p.is_symlink()]
    return Verified(digest, len(listed), (*_problem_of_manifest(folder, digest), *problems))


def _listed(path: Path) -> Mapping[str, object] | None:
    try:
        files = json.loads(path.read_text("utf-8"))["files"]
    except (ValueError, KeyError, TypeError):
        return None
    return files if isinstance(files, dict) else None


def _problem_of_manifest(folder: Path, digest: str) -> list[str]:
    beside = folder.with_name(f"{folder.name}.sha256")
    if not beside.is_file():
        return [f"{beside.name} is missing, so nothing says which manifest was made"]
    is_same = beside.read_text("utf-8").split()[:1] == [digest]
    return [] if is_same else [f"{MANIFEST} is not the one that {beside.name} names"]
