"""Modules that seem not to be installed while another is imported: a library that only looks whether they are there
does not wait for them.

Comes in: names of modules. Goes out: a context in which importing them raises ImportError. Which library looks for
which is left to those who know it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(*names: str) -> Iterator[None]:
    """A context in which these modules cannot be imported; those that are loaded already stay."""
    hidden = [name for name in names if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # what Python keeps for a module that cannot be imported
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
