"""The files of raw/inbox/ and raw/quarantine/: which are whole, which is to be left alone, where a bad one goes.

Comes in: raw/. Goes out: PDFs that have arrived; a quarantined file with its reason beside it. Nothing is ever
overwritten, and a file leaves the inbox only for another place. What stands in a PDF is left to intake.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from auditable.intake_source import source_path
from auditable.papers import hash_file, list_studies
from auditable.store import write_text

INBOX, QUARANTINE = "inbox", "quarantine"
SETTLE_S = 2.0
"""A file whose size or time changes within so many seconds is still being written."""
UPLOAD_S = 600.0
"""A PDF without its end is waited for so long before it counts as cut off: slow uploads pause."""
HEAD_BYTES, TAIL_BYTES = 1024, 2048
"""Where the marks of a PDF's beginning and end stand, with room for what programs write before and behind them."""
UNSEEN = (-1, 0)
"""The mark of a file that the machine cannot look at."""
KNOWN = ".known-studies.txt"
"""In the inbox, while a look is under way: the studies that were there before it. A look that was killed leaves it."""


@dataclass(frozen=True)
class Arrivals:
    """What lies in the inbox: whole PDFs; PDFs still arriving; files that are no PDFs. All sorted by path."""

    pdfs: tuple[Path, ...]
    growing: tuple[Path, ...]
    others: tuple[Path, ...]


@contextmanager
def inbox_lock(raw_dir: Path) -> Iterator[bool]:
    """Whether the inbox is ours: False when another run is at it. The lock ends with its process."""
    raw_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(raw_dir / ".inbox.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def find_arrivals(raw_dir: Path, settle_s: float = SETTLE_S, upload_s: float = UPLOAD_S) -> Arrivals:
    """What lies in raw_dir/inbox and its sub-folders; hidden files, such as a copier's own, are left out."""
    found = {path: _mark(path) for path in _list_files(raw_dir / INBOX)}
    pdfs = {path: mark for path, mark in found.items() if path.suffix.lower() == ".pdf"}
    if pdfs:
        time.sleep(settle_s)
    growing = tuple(path for path, mark in pdfs.items() if _mark(path) != mark or not _is_whole(path, upload_s))
    whole = tuple(path for path in pdfs if path not in growing)
    notes = {source_path(path) for path in pdfs}
    return Arrivals(whole, growing, tuple(path for path in found if path not in pdfs and path not in notes))


def quarantine(path: Path, raw_dir: Path, reason: str) -> Path:
    """Where the file lies now: raw_dir/quarantine/<name>, its reason in <stem>.reason.txt beside it.

    A name that is taken gets a number. The reason speaks of the file at its new place, so that what it advises can be
    typed; it is written first: a run that is killed between loses no file. A note of where a PDF came from goes along.
    """
    folder = raw_dir / QUARANTINE
    folder.mkdir(parents=True, exist_ok=True)
    target = _free_name(folder, path)
    write_text(target.with_suffix(".reason.txt"), reason.replace(str(path), str(target)).rstrip() + "\n")
    if source_path(path).is_file():
        _move(source_path(path), source_path(target))
    _move(path, target)
    return target


def begin_taking(raw_dir: Path) -> None:
    """Nothing; the studies that are there are noted, where no look that was killed left its own note."""
    if not (raw_dir / INBOX / KNOWN).is_file():
        _note_known(raw_dir, list_studies(raw_dir))


def list_taken(raw_dir: Path) -> list[str]:
    """Studies that came since begin_taking and were not curated since, in this look or one that was killed; sorted."""
    path = raw_dir / INBOX / KNOWN
    return sorted(set(list_studies(raw_dir)) - set(path.read_text("utf-8").split())) if path.is_file() else []


def end_taking(raw_dir: Path, left: Collection[str] = ()) -> None:
    """Nothing; all that was taken in is curated but for the studies left, which list_taken gives the next look."""
    if left:
        _note_known(raw_dir, sorted(set(list_studies(raw_dir)) - set(left)))
    else:
        (raw_dir / INBOX / KNOWN).unlink(missing_ok=True)


def _note_known(raw_dir: Path, names: list[str]) -> None:
    write_text(raw_dir / INBOX / KNOWN, "".join(f"{name}\n" for name in names))


def remove_taken(path: Path, copy: Path) -> bool:
    """Whether the file left the inbox, and its note with it: only when the copy holds the same bytes, on the disk.

    The note goes first: one that stayed alone would speak of the next PDF of this name.
    """
    if not copy.is_file() or hash_file(copy) != hash_file(path):
        return False
    with copy.open("rb") as stream:
        os.fsync(stream.fileno())
    source_path(path).unlink(missing_ok=True)
    path.unlink()
    return True


def _list_files(inbox: Path) -> list[Path]:
    if not inbox.is_dir():
        return []
    files = (p for p in inbox.rglob("*") if _is_file(p))
    return sorted(p for p in files if not any(part.startswith(".") for part in p.relative_to(inbox).parts))


def _is_file(path: Path) -> bool:
    """Whether it is a file, or may be one: what the machine cannot look at is told when it is taken in."""
    try:
        return path.is_file()
    except OSError:
        return True


def _mark(path: Path) -> tuple[int, int] | None:
    """Size and time of the last change; None for a file that has gone meanwhile."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return UNSEEN
    return state.st_size, state.st_mtime_ns


def _is_whole(path: Path, upload_s: float) -> bool:
    """Whether the PDF has its end, or has not changed for so long that none will come."""
    mark = _mark(path)
    if mark is None:
        return False
    size, changed_ns = mark
    if time.time() - changed_ns / 1e9 > upload_s:
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
            if b"%PDF-" not in head and head.strip(b"\0"):
                return True  # something else under a PDF's name; zeros are room that a copier keeps for what comes
            stream.seek(max(0, size - TAIL_BYTES))
            return b"%%EOF" in stream.read()
    except FileNotFoundError:
        return False
    except OSError:
        return True  # told when it is taken in; the others need not wait for it


def _free_name(folder: Path, path: Path) -> Path:
    number = 1
    while True:
        stem = path.stem if number == 1 else f"{path.stem}-{number}"
        target = folder / f"{stem}{path.suffix}"
        if not any(p.exists() for p in (target, target.with_suffix(".reason.txt"), source_path(target))):
            return target
        number += 1


def _move(path: Path, target: Path) -> None:
    """Also from one disk to another: the file is gone only when the whole of it lies at its new place."""
    try:
        path.rename(target)
    except OSError:
        part = target.with_name(f".{target.name}.part")
        shutil.copy2(path, part)
        part.replace(target)
        path.unlink()
