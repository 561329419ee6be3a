"""Object storage on loopback: a moto server with one bucket, and what a test looks at in it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

BUCKET = "made"


@contextmanager
def storage() -> Iterator[str]:
    """The server's URL; while it runs, the environment names it and credentials that it takes."""
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
        urlopen(Request(f"{url}/{BUCKET}", method="PUT")).close()
        try:
            yield url
        finally:
            server.stop()
