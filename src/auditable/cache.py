"""Results kept by what they were made of: a key says what was asked, a digest what came out.

Comes in: texts, each with the stage that made it and the key of all that shaped it. Goes out: the same texts, or
nothing. <address>/stages/<stage>/<key> holds the digest of the result, <address>/objects/<digest>.gz the text; a text
that is not what its digest says is not believed. The address is a folder, or object storage that fsspec knows
("s3://…"). What a key is made of is left to the callers.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from auditable.model import AuditableError, StorageError
from auditable.store import write_bytes

DIGEST = re.compile(r"[0-9a-f]{64}")
SHARD = 2
"""Characters of a name that make its folder: no folder holds hundreds of thousands of files."""
COMPRESSION = 1
"""The quickest: a reading shrinks to about a tenth all the same."""


class Cache:
    """The results at one address, read and written by any number of processes at once."""

    def __init__(self, address: str) -> None:
        self.address = address

    def find(self, stage: str, key: str) -> str:
        """The digest of the result of a stage, or "" where it was not computed yet; reads a few bytes."""
        found = self._read(self._record(stage, key)).decode("ascii", errors="replace").strip()
        return found if DIGEST.fullmatch(found) else ""

    def load(self, digest: str) -> str | None:
        """The text with this digest; None where it is gone or damaged."""
        packed = self._read(self._object(digest))
        try:
            content = gzip.decompress(packed)
        except (OSError, EOFError, zlib.error):
            return None
        return _decode(content) if packed and _digest(content) == digest else None

    def keep(self, stage: str, key: str, text: str) -> str:
        """The digest of the text, which from now on is the result of the stage under this key."""
        content = text.encode("utf-8", errors="surrogatepass")
        digest = _digest(content)
        # The text first: a record never names a text that was not written.
        if self.load(digest) is None:
            self._write(self._object(digest), gzip.compress(content, COMPRESSION, mtime=0))
        self._write(self._record(stage, key), digest.encode())
        return digest

    def forget(self, stage: str, key: str) -> None:
        """Nothing; the result of the stage counts as not computed."""
        self._write(self._record(stage, key), b"")

    def _record(self, stage: str, key: str) -> str:
        return f"stages/{stage}/{key[:SHARD]}/{key}"

    def _object(self, digest: str) -> str:
        return f"objects/{digest[:SHARD]}/{digest}.gz"

    def _read(self, name: str) -> bytes:
        """The bytes of a file; none where there is no such file."""
        try:
            with self._in_words():
                return self._storage.cat_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return b""

    def _write(self, name: str, content: bytes) -> None:
        path = f"{self._root}/{name}"
        with self._in_words():
            if self._is_local:
                write_bytes(Path(path), content)
            else:
                self._storage.pipe_file(path, content)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Raises StorageError where the storage fails; that a file is not there is no failure."""
        try:
            yield
        except FileNotFoundError:
            raise
        except _failures(self._is_local) as error:
            raise StorageError(
                "The cache cannot be used now.",
                where=self.address,
                expected="storage that reads and writes",
                found=f"{type(error).__name__}: {error}",
                remedy="Look whether the disk is full or the storage is reached, and run again.",
            ) from error

    @cached_property
    def _is_local(self) -> bool:
        return "file" in self._storage.protocol

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        try:
            return url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise AuditableError(
                "The cache cannot be opened.",
                where=self.address,
                expected="a folder, or the address of storage whose library is installed",
                found=str(error),
                remedy='For s3:// install the extra "s3", or correct the key cache in auditable.toml.',
            ) from error

    @property
    def _storage(self) -> Any:
        return self._opened[0]

    @property
    def _root(self) -> str:
        return self._opened[1]


def _failures(is_local: bool) -> tuple[type[Exception], ...]:
    if is_local:
        return (OSError,)
    try:
        from botocore.exceptions import BotoCoreError
    except ImportError:
        return (OSError,)
    return (OSError, BotoCoreError)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _decode(content: bytes) -> str:
    return content.decode("utf-8", errors="surrogatepass")
