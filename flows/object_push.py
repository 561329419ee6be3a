"""A unit's files → object storage, as a whole or not at all, at whatever step the program dies.

Comes in: the lease of the unit, this machine's copy. Goes out: objects under their plain names, the same bytes as the
files. In this order: the new bytes under names of their own; the head that names them, which is the moment of
publication; the plain names; the head without them; the staged objects removed. Whoever finds a head that still names
staged objects reads those (object_pull.py), and the next writer finishes what the dead one began.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from auditable.model import AuditableError
from flows.heads import CORPUS_UNIT
from flows.leases import Lease, LeaseLostError
from flows.object_copies import Copy, Kept, Record, hash_bytes, is_hidden, is_study, unit_of
from flows.object_store import HIDDEN, N_TRANSFERS, ObjectStore

STAGED = f"{HIDDEN}staged"
WRITTEN_LAST = ("run.json", "datapackage.json")
"""Files that speak of others: whoever reads plain names finds what they name."""


@dataclass(frozen=True)
class Changes:
    """What a publication does. written: name → SHA-256 of the file here; removed: names that are to go."""

    written: Mapping[str, str]
    removed: tuple[str, ...]


def publish_unit(lease: Lease, copy: Copy) -> None:
    """Nothing; the storage holds the unit as the copy does, but for what changed there only.

    Raises AuditableError where a file changed here and there, and LeaseLostError, both before anything is published.
    """
    finish(lease)
    record, here = copy.read_record(lease.unit), copy.list_files(lease.unit)
    changes = _find_changes(record, here)
    if not (changes.written or changes.removed):
        return
    there = list_unit(lease.store, lease.unit)
    needed = _without_conflicts(lease, changes, record, there)
    if needed.written or needed.removed:
        _commit(lease, copy, needed)
        try:
            finish(lease)
        except LeaseLostError:
            return  # published: the one who took over finishes, or has
        there = list_unit(lease.store, lease.unit)
    copy.write_record(lease.unit, _after(record, changes, there, lease))


def finish(lease: Lease) -> None:
    """Nothing; the plain names hold what the head says was published, and no staged object is left."""
    store, head = lease.store, lease.head
    if not head.is_settled:
        there = list_unit(store, lease.unit)
        for group in _in_order(head.staged):
            _each(lambda name: _replace(lease, name, head.staged[name], there.get(name)), group)
        _each(lambda name: _remove(lease, name), [name for name in head.removed if name in there])
        lease.change(replace(head, staged={}, removed=()))
    _each(lambda name: _remove(lease, name), list(store.list(f"{STAGED}/{lease.unit}")))


def list_unit(store: ObjectStore, unit: str) -> dict[str, str]:
    """Plain names → tags of a unit's objects, in order."""
    if unit != CORPUS_UNIT:
        found = store.list(unit)
    else:
        folders, found = store.list_top()
        for folder in folders:
            if not (is_study(folder) or is_hidden(folder)):
                found = found | store.list(folder)
    return {name: tag for name, tag in found.items() if not is_hidden(name) and unit_of(name) in (unit, CORPUS_UNIT)}


def _find_changes(record: Record, here: Mapping[str, str]) -> Changes:
    written = {n: s for n, s in here.items() if n not in record.files or record.files[n].sha256 != s}
    return Changes(written, tuple(n for n in record.files if n not in here))


def _after(record: Record, changes: Changes, there: Mapping[str, str], lease: Lease) -> Record:
    """The record after a publication: what changed only there keeps its old tag, so that the next pull fetches it."""
    kept = {name: k for name, k in record.files.items() if name not in changes.removed}
    kept |= {name: Kept(there[name], sha256) for name, sha256 in changes.written.items() if name in there}
    return Record(dict(sorted(kept.items())), lease.tag, lease.head.version, is_settled=True)


def _without_conflicts(lease: Lease, changes: Changes, record: Record, there: Mapping[str, str]) -> Changes:
    """The changes without those that the storage has already; raises AuditableError for a file changed there too."""
    written, removed = {}, []
    for name, sha256 in changes.written.items():
        if _is_as_fetched(lease.store, name, record.files.get(name), there.get(name)):
            written[name] = sha256
        elif _hash_there(lease.store, name) != sha256:
            raise _conflict(lease, name)
    for name in changes.removed:
        if _is_as_fetched(lease.store, name, record.files[name], there.get(name)):
            removed.append(name)
        elif name in there:
            raise _conflict(lease, name)
    return Changes(written, tuple(removed))


def _is_as_fetched(store: ObjectStore, name: str, fetched: Kept | None, tag: str | None) -> bool:
    """Whether the object is what the copy last held, by its tag or by its bytes; or, as then, is not there."""
    if fetched is None or tag is None:
        return fetched is None and tag is None
    return tag == fetched.tag or _hash_there(store, name) == fetched.sha256


def _hash_there(store: ObjectStore, name: str) -> str:
    there = store.read(name)
    return hash_bytes(there[0]) if there else ""


def _conflict(lease: Lease, name: str) -> AuditableError:
    return AuditableError(
        "This file was changed by somebody else since it was fetched.",
        where=f"{lease.store.address}, {name}",
        expected="the file as it was fetched",
        found="another one",
        remedy="Nothing was published. Run again: it begins with the newer file.",
    )


def _commit(lease: Lease, copy: Copy, changes: Changes) -> None:
    """Stages the new bytes, then publishes them by one conditional write of the head."""
    staged = {name: f"{STAGED}/{lease.unit}/{lease.token}/{sha256}" for name, sha256 in changes.written.items()}
    _each(lambda name: _stage(lease, staged[name], (copy.path / name).read_bytes()), list(staged))
    head = lease.head
    lease.check()
    lease.change(replace(head, version=head.version + 1, staged=staged, removed=changes.removed))


def _stage(lease: Lease, name: str, content: bytes) -> None:
    lease.check()
    if hash_bytes(content) != name.rpartition("/")[2]:
        raise AuditableError(
            "A file changed while it was published.",
            where=f"{lease.store.address}, {lease.unit}",
            expected="files that nobody writes to",
            found="other bytes than a moment ago",
            remedy="Nothing was published. Run again.",
        )
    lease.store.write(name, content)


def _replace(lease: Lease, name: str, staged: str, tag: str | None) -> None:
    """The plain name holds the staged bytes. A late writer's request is refused: its tag is out of date."""
    lease.check()
    new = lease.store.read(staged)
    if new is None:
        lease.renew()  # whoever took over has removed it; then this raises
        raise AuditableError("The storage lost an object that was being published.", where=staged, remedy="Run again.")
    while lease.store.swap(name, new[0], tag) is None:
        lease.renew()  # the lease is ours: somebody wrote to the plain name by other means, and what was published wins
        there = lease.store.read(name)
        tag = there[1] if there else None


def _remove(lease: Lease, name: str) -> None:
    lease.check()
    lease.store.remove(name)


def _in_order(staged: Mapping[str, str]) -> tuple[list[str], list[str]]:
    return [n for n in staged if n not in WRITTEN_LAST], [n for n in WRITTEN_LAST if n in staged]


def _each(act: Callable[[str], None], names: list[str]) -> None:
    """Does it for all names, several at once; the first error is raised when all have ended."""
    if names:
        with ThreadPoolExecutor(N_TRANSFERS) as pool:
            list(pool.map(act, names))
