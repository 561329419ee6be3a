"""Object storage in six verbs, and its errors in words: list, read, write, swap, remove, and whether swaps hold.

Comes in: an address such as s3://bucket/curated. Goes out: names below it, bytes and tags (ETag: another one for other
bytes). Credentials and the endpoint come by the usual ways of AWS (environment, profile, role) and are never written
or told. What is stored in which order is left to object_push.py and object_pull.py.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from uuid import uuid4

from auditable.model import AuditableError, StorageError

HIDDEN = ".auditable/"
"""Below this name lies what belongs to us; all other names hold what a local folder would hold."""
N_TRANSFERS = 16
"""Requests on their way at once."""
CONNECT_S, READ_S = 10, 20
"""Limits of one request; far shorter than half a lease (leases.py)."""
REFUSED = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")


@dataclass(frozen=True)
class ObjectStore:
    """The objects below an address; names are relative to it, as paths are. One object may be used by many threads."""

    address: str

    def list(self, folder: str = "") -> dict[str, str]:
        """Names → tags of all objects below the folder, in order of name; empty where there are none."""
        with _in_words(self.address):
            found = self._files.find(self._root, prefix=f"{folder}/" if folder else "", detail=True)
            inside = f"{self._root}/{folder}/" if folder else f"{self._root}/"
            return {self._name(full): f["ETag"] for full, f in sorted(found.items()) if _is_within(full, inside)}

    def list_top(self) -> tuple[tuple[str, ...], dict[str, str]]:
        """The folders just below the address, in order, and the tags of the objects that lie beside them."""
        with _in_words(self.address):
            try:
                found = self._files.ls(self._root, detail=True)
            except FileNotFoundError as error:
                _raise_if_no_bucket(self.address, error)
                return (), {}
            folders = (self._name(f["name"]) for f in found if f["type"] == "directory")
            objects = {self._name(f["name"]): f["ETag"] for f in found if f["type"] == "file"}
            return tuple(sorted(folders)), {name: tag for name, tag in sorted(objects.items()) if name}

    def read(self, name: str) -> tuple[bytes, str] | None:
        """The object's bytes and tag; None where there is no such object."""
        from fsspec.asyn import sync

        with _in_words(self.address):
            try:
                return sync(self._files.loop, self._get, name)
            except FileNotFoundError as error:
                _raise_if_no_bucket(self.address, error)
                return None

    def write(self, name: str, content: bytes) -> None:
        """Nothing; the object holds the bytes, whatever it held."""
        with _in_words(self.address):
            self._call("put_object", name, Body=content)

    def swap(self, name: str, content: bytes, tag: str | None) -> str | None:
        """The object's new tag; None, and nothing is written, where it no longer has this tag.

        tag: None for an object that must not exist. An object that holds these very bytes counts as written: the
        answer to an earlier try may have been lost.
        """
        with _in_words(self.address):
            try:
                condition = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
                return self._call("put_object", name, Body=content, **condition)["ETag"]
            except OSError as error:
                _raise_if_no_bucket(self.address, error)
                if not isinstance(error, FileNotFoundError) and _code(error) not in REFUSED:
                    raise
        there = self.read(name)
        return there[1] if there and there[0] == content else None

    def remove(self, name: str) -> None:
        """Nothing; there is no such object."""
        with _in_words(self.address):
            self._call("delete_object", name)

    @cached_property
    def _files(self) -> Any:
        surroundings = ((name, value) for name, value in os.environ.items() if name.startswith("AWS_"))
        return _open_files(tuple(sorted(surroundings)))

    @cached_property
    def _root(self) -> str:
        return self.address.partition("://")[2].strip("/")

    def _full(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _name(self, full: str) -> str:
        return full.removeprefix(self._root).strip("/")

    def _key(self, name: str) -> dict[str, str]:
        bucket, _, key = self._full(name).partition("/")
        return {"Bucket": bucket, "Key": key}

    def _call(self, verb: str, name: str, **arguments: Any) -> dict[str, Any]:
        return self._files.call_s3(verb, **self._key(name), **arguments)

    async def _get(self, name: str) -> tuple[bytes, str]:
        answer = await self._files._call_s3("get_object", **self._key(name))
        async with answer["Body"] as stream:
            return await stream.read(), answer["ETag"]


def require_swaps(store: ObjectStore) -> None:
    """Nothing; raises AuditableError for a storage that writes in spite of a condition: two writers would be possible.

    Some storages that speak S3 take no notice of If-Match and If-None-Match.
    """
    name = f"{HIDDEN}probe"
    store.write(name, uuid4().bytes)
    kept = (store.swap(name, uuid4().bytes, None), store.swap(name, uuid4().bytes, f'"{uuid4().hex}"'))
    if kept != (None, None):
        raise AuditableError(
            "This storage cannot promise that a study has one writer.",
            where=store.address,
            expected="conditional writes (If-Match, If-None-Match), as AWS S3 has them",
            found="a write that was done against its condition",
            remedy="Use a storage, or a newer version of it, that keeps them.",
        )


@cache
def _open_files(surroundings: tuple[tuple[str, str], ...]) -> Any:
    """The S3 file system of s3fs, one for all addresses, without caches of its own; another one when AWS_… changes."""
    try:
        import s3fs
    except ModuleNotFoundError as error:
        raise AuditableError(
            "s3fs is not installed.",
            where="an s3:// address",
            expected="the packages for object storage",
            found=f"no {error.name}",
            remedy="Install them: pip install 'auditable[s3]'.",
        ) from error
    limits = {"connect_timeout": CONNECT_S, "read_timeout": READ_S, "max_pool_connections": N_TRANSFERS}
    return s3fs.S3FileSystem(
        endpoint_url=dict(surroundings).get("AWS_ENDPOINT_URL"),
        use_listings_cache=False,
        skip_instance_cache=True,
        config_kwargs=limits,
    )


@contextmanager
def _in_words(address: str) -> Iterator[None]:
    """Errors of the storage, or on the way there, as StorageError."""
    from botocore.exceptions import BotoCoreError, NoCredentialsError, PartialCredentialsError, ProfileNotFound

    try:
        yield
    except AuditableError:
        raise
    except (NoCredentialsError, PartialCredentialsError, ProfileNotFound) as error:
        raise AuditableError(
            "There are no credentials for this storage.",
            where=address,
            expected="AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or the machine's role",
            found=type(error).__name__,
            remedy="Set them as for the command aws; they are never kept by auditable.",
        ) from error
    except (BotoCoreError, OSError) as error:
        _raise_if_no_bucket(address, error)
        raise _explain(address, error) from error


def _explain(address: str, error: Exception) -> AuditableError:
    if isinstance(error, PermissionError):
        return AuditableError(
            "The storage refuses access.",
            where=address,
            expected="credentials that may list, read, write and delete there",
            found=_code(error) or "access denied",
            remedy="Ask whoever keeps the bucket, or set other credentials.",
        )
    return StorageError(
        "The storage cannot be reached.",
        where=address,
        expected="an answer of the storage",
        found=_code(error) or type(error).__name__,
        remedy="Check the network and AWS_ENDPOINT_URL, then run again; nothing is left half done.",
    )


def _raise_if_no_bucket(address: str, error: Exception) -> None:
    if _code(error) == "NoSuchBucket":
        raise AuditableError(
            "There is no such bucket.",
            where=address,
            expected="s3:// with a bucket's name and a folder",
            found="no bucket of this name",
            remedy="Correct the address, or have the bucket made.",
        ) from error


def _code(error: Exception) -> str:
    """The storage's own short name of what went wrong; empty where it gave none."""
    answer = getattr(error.__cause__ or error, "response", None) or {}
    return str(answer.get("Error", {}).get("Code", ""))


def _is_within(full: str, inside: str) -> bool:
    """Whether an object lies in the folder; names that end in a slash are folders that a tool drew."""
    return full.startswith(inside) and not full.endswith("/")
