"""Artifacts of a flow run, asked of the Prefect API that the tests use."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from prefect.artifacts import Artifact


def latest(key: str) -> Any:
    """The artifact of this key that was stored last.

    It is asked for in a thread of its own: a browser of other tests leaves an event loop in this one, and there Prefect
    answers with a coroutine.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(copy_context().run, Artifact.get, key).result()
