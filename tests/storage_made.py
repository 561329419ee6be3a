"""Object storage on loopback: a moto server with one empty bucket, and what tests look at in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from flows.object_store import ObjectStore

BUCKET = "made"


@contextmanager
def storage() -> Iterator[str]:
    """The server's URL; while it runs, the environment names it and credentials that it takes.

    Begins empty: moto keeps its objects for as long as the process lives, whatever server they came through. One at a
    time in a process.
    """
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", url)
        patch.setenv("AWS_ACCESS_KEY_ID", "made-up-key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "made-up-secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        urlopen(Request(f"{url}/moto-api/reset", method="POST")).close()
        urlopen(Request(f"{url}/{BUCKET}", method="PUT")).close()
        try:
            yield url
        finally:
            server.stop()


def files_under(folder: Path) -> dict[str, bytes]:
    """Files of a folder but for locks."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith("."))
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


def objects_under(address: str) -> dict[str, tuple[bytes, str]]:
    """Bytes and tags of the plain objects, as any tool of S3 shows them."""
    store = ObjectStore(address)
    return {n: there for n in store.list() if not n.startswith(".") and (there := store.read(n))}


def upload(folder: Path, address: str) -> None:
    """Nothing; the address holds the files of the folder."""
    for name, content in files_under(folder).items():
        ObjectStore(address).write(name, content)
