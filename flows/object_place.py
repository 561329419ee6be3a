"""raw/ or curated/ on object storage: a copy on this machine, brought up to date and published study by study.

Comes in: an address such as s3://bucket/curated and the cache folder. Goes out: a Place (places.py). The ways there and
back are left to object_pull.py and object_push.py, the one writer to leases.py.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from auditable.model import AuditableError
from auditable.papers import NOT_STUDIES
from flows.heads import CORPUS_UNIT
from flows.leases import LEASE_S, Lease, hold_lease
from flows.object_copies import Copy, is_hidden
from flows.object_pull import list_changed_units, pull_all, pull_unit
from flows.object_push import finish, publish_unit
from flows.object_store import ObjectStore, require_swaps
from flows.places import CORPUS, Place

_held: ContextVar[Mapping[tuple[Path, str], Lease]] = ContextVar("_held", default=MappingProxyType({}))
"""The leases that the work at hand holds, by the folder of the copy and the unit."""
_proved: set[str] = set()
"""Addresses whose storage was seen to keep the conditions of writes."""


@dataclass(frozen=True)
class ObjectPlace(Place):
    """A place on object storage. path: the copy's folder; lease_s, patience_s: see leases.py."""

    store: ObjectStore
    copy: Copy
    lease_s: float = LEASE_S
    patience_s: float = LEASE_S

    def pull(self, *names: str) -> None:
        """Nothing; the copy holds these studies as they are at the address, or all of it."""
        held = _held.get()  # threads of the pool do not inherit it
        units = [_unit(n) for n in names] if names else list_changed_units(self.store, self.copy)
        self.copy.make_folder()

        def pull_one(unit: str) -> None:
            with nullcontext() if (self.path, unit) in held else self.copy.turn(unit):
                pull_unit(self.store, self.copy, unit)

        pull_all(units, pull_one)

    def push(self, *names: str) -> None:
        """Nothing; these studies are published, or what lies beside the studies."""
        for name in names or (CORPUS,):
            lease = _held.get().get((self.path, _unit(name)))
            if lease:
                publish_unit(lease, self.copy)
            else:
                with self.writing(name):
                    self.push(name)

    def list_studies(self) -> list[str]:
        """Names of the folders at the address that may be studies, sorted."""
        return [name for name in self.store.list_top()[0] if not is_hidden(name) and name not in NOT_STUDIES]

    @contextmanager
    def writing(self, study_id: str) -> Iterator[None]:
        """The time in which nobody else writes the study: here by a lock, elsewhere by a lease."""
        unit = _unit(study_id)
        if self.address not in _proved:
            require_swaps(self.store)
            _proved.add(self.address)
        with hold_lease(self.store, unit, self.lease_s, self.patience_s) as lease, self.copy.turn(unit):
            finish(lease)
            before = _held.set(MappingProxyType({**_held.get(), (self.path, unit): lease}))
            try:
                yield
            finally:
                _held.reset(before)
        self._note_release(unit, lease)

    def _note_release(self, unit: str, lease: Lease) -> None:
        """Nothing; the copy's record names the head as it was left, so that the next pull need not ask for it."""
        record = self.copy.read_record(unit)
        if record.is_settled and not lease.is_lost and lease.head.version == record.version:
            self.copy.write_record(unit, replace(record, head_tag=lease.tag))


def find_object_place(address: str, cache_dir: Path) -> ObjectPlace:
    """The place at an s3:// address; raises AuditableError for one without a bucket, or with credentials in it."""
    bucket, _, folder = address.partition("://")[2].strip("/").partition("/")
    if not bucket or "@" in address or ":" in bucket:
        raise AuditableError(
            "This is no address of object storage.",
            where="the address given",
            expected="s3://bucket/folder; credentials come from the environment, never in the address",
            found="an address with credentials" if "@" in address else repr(address),
            remedy="Correct the address.",
        )
    named = f"{os.environ.get('AWS_ENDPOINT_URL', '')} {address.rstrip('/')}"
    home = cache_dir / "places" / hashlib.sha256(named.encode()).hexdigest()[:16]
    path = home / (folder.rpartition("/")[2] or bucket)
    return ObjectPlace(address, path, ObjectStore(address), Copy(home, path))


def _unit(name: str) -> str:
    return CORPUS_UNIT if name == CORPUS else name
