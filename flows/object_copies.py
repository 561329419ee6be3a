"""This machine's copy of object storage: which files of a unit it holds, and which of them changed here.

Comes in: the folder of a copy and a unit (a study, or what lies beside the studies). Goes out: names, checksums and the
record of what the copy held when it was last the same as the storage. What is fetched or published is left to
object_pull.py and object_push.py.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from auditable.locks import lock
from auditable.model import AuditableError
from auditable.papers import STUDY_ID, hash_file
from auditable.store import write_bytes, write_text
from flows.heads import CORPUS_UNIT

COPY_WAIT_S = 300.0
"""How long a program waits for another one on this machine that fetches or publishes the same study."""


@dataclass(frozen=True)
class Kept:
    """One file of the copy when it was last the same as its object: the object's tag, the file's SHA-256."""

    tag: str
    sha256: str


@dataclass(frozen=True)
class Record:
    """What the copy of a unit held: its files by name; the head's tag and version, and whether it was settled."""

    files: Mapping[str, Kept] = field(default_factory=dict)
    head_tag: str | None = None
    version: int = 0
    is_settled: bool = False


@dataclass(frozen=True)
class Copy:
    """A copy of an address. home: the folder of all that belongs to it; path: the folder that holds the files."""

    home: Path
    path: Path

    def make_folder(self) -> None:
        """Nothing; there is a folder, empty or not."""
        self.path.mkdir(parents=True, exist_ok=True)

    def list_files(self, unit: str) -> dict[str, str]:
        """Names → SHA-256 of the unit's files in the copy, in order; hidden files are no part of it."""
        return {name: hash_file(self.path / name) for name in self._names(unit)}

    def list_units(self) -> set[str]:
        """Every unit of which the copy holds files or has a record."""
        recorded = {p.stem for p in (self.home / "records").glob("*.json")}
        folders = {p.name for p in self.path.iterdir() if is_study(p.name)} if self.path.is_dir() else set()
        return recorded | folders

    def read_record(self, unit: str) -> Record:
        """The unit's record; an empty one for a unit that was never fetched, or whose record is broken."""
        path = self._record_path(unit)
        if not path.is_file():
            return Record()
        try:
            plain = json.loads(path.read_text("utf-8"))
            return Record(**plain | {"files": {name: Kept(**kept) for name, kept in plain["files"].items()}})
        except (ValueError, TypeError, KeyError, AttributeError):
            return Record()

    def write_record(self, unit: str, record: Record) -> None:
        """Nothing; the record is kept."""
        write_text(self._record_path(unit), json.dumps(asdict(record), ensure_ascii=False, sort_keys=True) + "\n")

    def put(self, contents: Mapping[str, bytes], removed: Collection[str]) -> None:
        """Nothing; the files hold these bytes, each replaced at once, and the removed ones are gone."""
        for name, content in contents.items():
            write_bytes(self.path / _require_inside(name), content)
        for name in sorted(removed):
            (self.path / name).unlink(missing_ok=True)
            self._remove_empty((self.path / name).parent)

    def remove_unit(self, unit: str) -> None:
        """Nothing; the copy holds no file of this study, and no record."""
        if unit != CORPUS_UNIT:
            shutil.rmtree(self.path / unit, ignore_errors=True)
        self._record_path(unit).unlink(missing_ok=True)

    @contextmanager
    def turn(self, unit: str) -> Iterator[None]:
        """The time in which no other program of this machine changes the copy of this unit."""
        with lock(self.home / "locks" / f"{unit}.lock", f"the copy of {unit}", COPY_WAIT_S):
            yield

    def _names(self, unit: str) -> list[str]:
        tops = [self.path / unit] if unit != CORPUS_UNIT else self._beside()
        files = (p for top in tops for p in ([top] if top.is_file() else top.rglob("*")) if p.is_file())
        names = (p.relative_to(self.path).as_posix() for p in files)
        return sorted(name for name in names if not is_hidden(name))

    def _beside(self) -> list[Path]:
        return [p for p in self.path.iterdir() if not is_study(p.name)] if self.path.is_dir() else []

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.path and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def _record_path(self, unit: str) -> Path:
        return self.home / "records" / f"{unit}.json"


def _require_inside(name: str) -> str:
    """The name, which leads nowhere but into the copy; raises AuditableError for one that somebody forged."""
    if is_hidden(name) or name.startswith("/"):
        raise AuditableError(
            "An object's name leads out of the study.",
            where=repr(name),
            expected="a file below raw/ or curated/",
            found="a hidden or absolute name",
            remedy="See who writes to the storage; nothing was fetched.",
        )
    return name


def is_study(name: str) -> bool:
    """Whether a folder of this name is a study's; all others lie beside the studies."""
    return STUDY_ID.fullmatch(name) is not None


def unit_of(name: str) -> str:
    """The unit that a file belongs to."""
    top, slash, _ = name.partition("/")
    return top if slash and is_study(top) else CORPUS_UNIT


def is_hidden(name: str) -> bool:
    """Whether a part of the name begins with a dot: locks, halves of files, and what belongs to us."""
    return any(part.startswith(".") for part in name.split("/"))


def hash_bytes(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
