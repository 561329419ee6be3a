"""The one writer of a study on object storage: a lease that is renewed while it is held, and fences the late.

Comes in: a store and a unit (heads.py). Goes out: a Lease through which alone the head is changed. A writer whose
machine died renews no more: who waits sees the head unchanged for the lease's time by a clock of its own (clocks of
two machines are never compared) and takes it over; from a dead process of its own machine at once. The late writer's
next change of the head is refused then, since the head's tag is another one.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import uuid4

from auditable.model import AuditableError
from flows.heads import Head, read_head, swap_head
from flows.object_store import ObjectStore, StorageError

LEASE_S = 60.0
"""A lease that was not renewed for so long is taken over."""
RENEWALS = 4
"""How often a lease is renewed in its time."""
LOOKS = 20
"""How often a waiting writer looks at the head in the time of a lease."""


class LeaseLostError(AuditableError):
    """Another writer has taken over, or may have by now."""


@dataclass
class Lease:
    """The right to write a unit. head, tag: the head as this writer left it; token: parts its staged objects."""

    store: ObjectStore
    unit: str
    head: Head
    tag: str
    lease_s: float
    renewed_at: float
    is_lost: bool = False
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @property
    def token(self) -> str:
        """Another one for every writer that ever held the lease."""
        return self.head.owner.rpartition(" ")[2]

    def check(self) -> None:
        """Nothing; raises LeaseLostError unless enough of the lease is left for a request to end within it."""
        if self.is_lost or time.monotonic() - self.renewed_at > self.lease_s / 2:
            raise self._lost()

    def change(self, head: Head) -> None:
        """Nothing; the unit's head is this one. Raises LeaseLostError where another writer has changed it."""
        with self._turn:
            if self.is_lost:
                raise self._lost()
            asked_at = time.monotonic()
            new = replace(head, serial=self.head.serial + 1)
            tag = swap_head(self.store, self.unit, new, self.tag)
            if tag is None:
                self.is_lost = True
                raise self._lost()
            self.head, self.tag, self.renewed_at = new, tag, asked_at

    def renew(self) -> None:
        """Nothing; the lease runs anew."""
        with self._turn:
            self.change(self.head)

    def _lost(self) -> LeaseLostError:
        return LeaseLostError(
            "another program has taken over the writing of this study",
            where=f"{self.store.address}, {self.unit}",
            expected=f"a renewal of the lease every {self.lease_s / RENEWALS:.0f} seconds",
            found="none for too long",
            remedy="Nothing of this program was published. Run it again when the other one has ended.",
        )


@contextmanager
def hold_lease(store: ObjectStore, unit: str, lease_s: float, patience_s: float) -> Iterator[Lease]:
    """The time in which nobody else changes the unit's head.

    lease_s: the lease is renewed several times in this time, and not to be relied on after half of it. patience_s: a
    head that stays as it is for so long belongs to a lost writer. Waits twice as long for a living one, then raises
    AuditableError.
    """
    lease = _acquire(store, unit, lease_s, patience_s)
    is_done = threading.Event()
    renewing = threading.Thread(target=_keep, args=(lease, is_done), daemon=True, name=f"lease of {unit}")
    renewing.start()
    try:
        yield lease
    finally:
        is_done.set()
        renewing.join()
        _release(lease)


def _acquire(store: ObjectStore, unit: str, lease_s: float, patience_s: float) -> Lease:
    owner = f"{socket.gethostname()} process {os.getpid()} {uuid4().hex}"  # read by _is_dead and Lease.token
    started = seen_at = time.monotonic()
    seen = -1
    while True:
        asked_at = time.monotonic()
        head, tag = read_head(store, unit)
        if head.serial != seen:
            seen, seen_at = head.serial, asked_at
        if not head.owner or _is_dead(head.owner) or asked_at - seen_at >= patience_s:
            mine = replace(head, owner=owner, serial=head.serial + 1)
            asked_at = time.monotonic()
            new_tag = swap_head(store, unit, mine, tag)
            if new_tag is not None:
                return Lease(store, unit, mine, new_tag, lease_s, asked_at)
        elif asked_at - started > 2 * patience_s:
            raise _held(store, unit, head, 2 * patience_s)
        else:
            time.sleep(patience_s / LOOKS)


def _is_dead(owner: str) -> bool:
    """Whether the owner was a process of this machine that is no more; a wrong yes harms nobody, being fenced."""
    host, _, process = owner.rpartition(" ")[0].rpartition(" process ")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _held(store: ObjectStore, unit: str, head: Head, waited_s: float) -> AuditableError:
    return AuditableError(
        "another program is writing this study",
        where=f"{store.address}, {unit}",
        expected=f"a lease that is free within {waited_s:.0f} seconds",
        found=f"one that {head.owner.rpartition(' ')[0]} renews",
        remedy="Try again when the other program has ended.",
    )


def _keep(lease: Lease, is_done: threading.Event) -> None:
    """Renews the lease until it is done or lost; a storage that does not answer is asked again until it is too late."""
    while not is_done.wait(lease.lease_s / RENEWALS):
        try:
            lease.renew()
        except StorageError:
            continue
        except AuditableError:
            return


def _release(lease: Lease) -> None:
    """Nothing; the lease is free at once where storage answers, and after its time where it does not."""
    try:
        lease.change(replace(lease.head, owner=""))
    except (LeaseLostError, StorageError):
        return
