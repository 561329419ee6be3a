"""One small object per study says who writes it and what is being published: the head.

Comes in: a store and the name of a unit, which is a study or what lies beside the studies. Goes out: its Head and the
tag to swap it by. A head changes only by a conditional write against its tag, so that of two writers one is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from flows.object_store import HIDDEN, ObjectStore

HEADS = f"{HIDDEN}heads"
CORPUS_UNIT = "corpus"
"""The name of what lies beside the studies; no study can have it, since a study's name ends in a year."""


@dataclass(frozen=True)
class Head:
    """The state of a unit.

    serial: counts the head's changes. owner: who holds the lease, empty for nobody. version: counts publications.
    staged: plain names that are being replaced → objects that hold their new bytes; removed: plain names that are to
    go. Both are empty once the plain names hold what was published.
    """

    serial: int = 0
    owner: str = ""
    version: int = 0
    staged: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the plain names hold what was published."""
        return not self.staged and not self.removed

    @property
    def state(self) -> tuple[int, bool]:
        """What a reader's copy depends on: the publication, and where its bytes lie."""
        return self.version, self.is_settled


def head_name(unit: str) -> str:
    """The object of a unit's head."""
    return f"{HEADS}/{unit}.json"


def read_head(store: ObjectStore, unit: str) -> tuple[Head, str | None]:
    """The unit's head and its tag; an empty head and None for a unit that nobody ever wrote through us."""
    there = store.read(head_name(unit))
    if there is None:
        return Head(), None
    plain = json.loads(there[0])
    return Head(**plain | {"removed": tuple(plain["removed"])}), there[1]


def swap_head(store: ObjectStore, unit: str, head: Head, tag: str | None) -> str | None:
    """The new tag, or None where another head came in between."""
    content = json.dumps(asdict(head), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    return store.swap(head_name(unit), content.encode(), tag)
