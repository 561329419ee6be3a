"""Bytes → files and folders that are whole or not there: nothing half-written is ever found under its name.

Comes in: bytes and where they go. Goes out: a file, or a folder with all its files, put in place at once. A stop at any
moment leaves the state before or the state after. A disk that is full or may not be written is told in words; what was
there stays. What the bytes mean is left to store.py.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from auditable.model import AuditableError, StorageError

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_RIGHT = (errno.EROFS, errno.EACCES, errno.EPERM)
NEW, OLD = "new-", "old"
TEMPORARY = re.compile(r"[a-z0-9_]{8}")
"""What tempfile puts behind the prefix it is given."""


def write_text(path: Path, text: str) -> bool:
    """Whether the file changed: writes UTF-8 with LF, as a whole, and only when the bytes differ."""
    return write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> bool:
    """Whether the file changed: written to a neighbour, flushed to the disk, then put in place at once.

    Raises StorageError where the disk has no room, or where it may not be written; the file is as it was.
    """
    with telling_disk(path):
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_prefix(path), dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        return True


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """The folder with these files, replaced as a whole; untouched when no byte changed. Files of other names are kept.

    Raises as write_bytes does; the folder is as it was. A folder has one writer at a time.
    """
    with telling_disk(folder):
        recover_folder(folder)
        clear_left(folder, NEW)
        if _is_unchanged(folder, contents):
            return
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=_prefix(folder) + NEW, dir=folder.parent))
        try:
            new.chmod(0o755)
            _fill(new, folder, contents)
            _swap(folder, new)
        finally:
            shutil.rmtree(new, ignore_errors=True)


def clear_left(path: Path, kind: str = "") -> None:
    """Nothing; what a killed writer of this path left beside it is gone. For one who holds the lock of the path.

    kind: NEW for folders in the making, "" for files.
    """
    prefix = _prefix(path) + kind
    for left in list_folder(path.parent):
        if left.name.startswith(prefix) and (kind or TEMPORARY.fullmatch(left.name.removeprefix(prefix))):
            _remove(left)
    if kind and path.exists() and _backup(path).exists():
        _remove(_backup(path))


def recover_folder(folder: Path) -> None:
    """Nothing; a folder is back whose writer was stopped between the two renames that put a new one in its place."""
    backup = _backup(folder)
    if backup.is_dir() and not folder.exists():
        try:
            backup.rename(folder)
        except OSError:
            if backup.is_dir() and not folder.exists():
                raise  # else another one was quicker, who writes or who reads


def list_folder(folder: Path) -> list[Path]:
    """What lies in a folder, sorted; nothing where it is not there."""
    return sorted(folder.iterdir()) if folder.is_dir() else []


def remove_file(path: Path) -> None:
    """Nothing; the file is not there."""
    path.unlink(missing_ok=True)


@contextmanager
def telling_disk(path: Path) -> Iterator[None]:
    """Raises StorageError in place of an OSError of a full disk or of missing rights: no fault of what is written."""
    try:
        yield
    except AuditableError:
        raise
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StorageError(
                "the disk has no room for this file", where=str(path), expected="room on the disk",
                found=error.strerror or str(error),
                remedy="Make room, then give the same command again. What was there is as it was.",
            ) from error  # fmt: skip
        if error.errno in NO_RIGHT:
            raise StorageError(
                "this may not be written", where=str(path), expected="a folder and a disk that may be written",
                found=error.strerror or str(error),
                remedy="Correct its rights, or how the disk is mounted, then give the same command again.",
            ) from error  # fmt: skip
        raise


def _prefix(path: Path) -> str:
    return f".{path.name}."


def _remove(left: Path) -> None:
    """Removes a file or a folder, also one that was made read-only."""
    if not left.is_dir():
        left.unlink(missing_ok=True)
        return
    for folder in [left, *(p for p in left.rglob("*") if p.is_dir())]:
        folder.chmod(0o755)
    shutil.rmtree(left)


def _is_unchanged(folder: Path, contents: Mapping[str, bytes]) -> bool:
    return all((folder / n).is_file() and (folder / n).read_bytes() == c for n, c in contents.items())


def _fill(new: Path, old: Path, contents: Mapping[str, bytes]) -> None:
    """The new folder: changed files written, all others taken over from the old one as they are."""
    for path in list_folder(old):
        if path.is_dir():
            shutil.copytree(path, new / path.name)
        elif path.name not in contents or path.read_bytes() == contents[path.name]:
            shutil.copy2(path, new / path.name)
    for name, content in contents.items():
        if not (new / name).exists():
            write_bytes(new / name, content)


def _backup(folder: Path) -> Path:
    return folder.with_name(_prefix(folder) + OLD)


def _swap(folder: Path, new: Path) -> None:
    """Puts the new folder in the place of the old one; a stop in between is mended by recover_folder."""
    backup = _backup(folder)
    while True:
        if folder.exists():
            if backup.exists():
                shutil.rmtree(backup)
            folder.rename(backup)
        try:
            new.rename(folder)
            break
        except OSError:
            if not folder.exists():
                raise
            # Somebody who reads took the moment between for a stop, and brought the old one back.
    if backup.exists():
        shutil.rmtree(backup)
