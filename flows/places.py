"""Where raw/ or curated/ lies: a folder of this machine, or object storage of which this machine keeps a copy.

Comes in: an address. Goes out: a Place: a folder to read and write in, how to bring it up to date and to publish it,
and the time in which nobody else writes a study. How object storage is kept whole is left to object_place.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auditable.locks import lock
from auditable.model import AuditableError
from auditable.papers import list_studies

CORPUS = ""
"""In place of a study's name: the files that lie beside the studies (run.json, the report, decisions.csv)."""

CORPUS_WAIT_S = 300.0
"""How long a run waits while another one publishes and tells; a study is written in milliseconds."""


@dataclass(frozen=True)
class Place:
    """A folder of this machine. address: as the user named it; path: the folder that holds it."""

    address: str
    path: Path

    def pull(self, *names: str) -> None:
        """Nothing; self.path now holds what these studies are at the address, or all of it where none is named.

        A study that is no longer at the address is no longer in the folder. What was written here and not pushed is
        lost. Nothing happens for a folder of this machine.
        """

    def push(self, *names: str) -> None:
        """Nothing; these studies are published as self.path holds them, each as a whole or not at all.

        Without names: what lies beside the studies. Call it within `writing` of the study; for what lies beside them
        within writing(CORPUS), from before the pull. Nothing happens for a folder of this machine.
        """

    def list_studies(self) -> list[str]:
        """Names of the study folders of raw/ as they are at the address, sorted; broken ones too."""
        return list_studies(self.path)

    @contextmanager
    def writing(self, study_id: str) -> Iterator[None]:
        """The time in which nobody else writes the study, or what lies beside the studies (CORPUS).

        Raises AuditableError when another writer does not let go.
        """
        wait_s = CORPUS_WAIT_S if study_id == CORPUS else None
        with lock(self.path / f".{study_id or 'corpus'}.lock", study_id or "what lies beside the studies", wait_s):
            yield


def find_place(address: str, cache_dir: Path) -> Place:
    """The place at the address: "raw", "/data/raw", "file:///data/raw" or "s3://bucket/raw".

    cache_dir: where the copy of object storage is kept. Raises AuditableError for an address that names no known kind
    of storage.
    """
    protocol, separator, rest = address.partition("://")
    if not separator:
        return Place(address, Path(address))
    if protocol == "file":
        return Place(address, Path(rest))
    if protocol == "s3":
        from flows.object_place import find_object_place

        return find_object_place(address, cache_dir)
    raise AuditableError(
        "This kind of address is not known.",
        where=address,
        expected="a folder, or s3://bucket/folder",
        found=f"{protocol}://",
        remedy="Correct the address.",
    )
