"""A pytest session that is asked, not run: which spots each test runs, or which fail with a fault.

Comes in: a session whose tests are collected. Goes out: plugins for pytest. The frames' schemas are switched off while
a test runs, for they take most of its time, except in tests that fail without them.
"""

from __future__ import annotations

import builtins
import contextlib
import json
import os
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pandera.config import config_context

from tests.mutants.patching import find_caches, forget
from tests.mutants.spots import COUNTER


@dataclass
class Reach:
    """What each test runs.

    tests: node id → mutants whose line it runs; seconds: node id → processor seconds; schemas: tests that need them;
    broken: tests that fail without any fault; at_import: mutants whose line runs before any test.
    """

    tests: dict[str, list[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    schemas: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    at_import: list[int] = field(default_factory=list)


class Counting:
    """Runs every test once; a test that fails even with schemas is broken without any fault."""

    def __init__(self, file: Path, modules: Collection[str]) -> None:
        self.file, self.modules, self.reach, self.met = file, modules, Reach(), set[int]()
        setattr(builtins, COUNTER, lambda *numbers: self.met.update(numbers))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        self.reach.at_import = sorted(self.met)
        caches = [c for c in find_caches() if c.__module__ in self.modules]
        for item in session.items:
            self.met.clear()
            forget(caches)
            start = time.process_time()
            if fails(session, item, with_schemas=False):
                self.reach.schemas.append(item.nodeid)
                if fails(session, item, with_schemas=True):
                    self.reach.broken.append(item.nodeid)
            self.reach.seconds[item.nodeid] = round(time.process_time() - start, 4)
            self.reach.tests[item.nodeid] = sorted(self.met)
        self.file.write_text(json.dumps(vars(self.reach)), encoding="utf-8")
        return True


class Asking:
    """Hands the collected session to a function once, in place of running it."""

    def __init__(self, ask: Callable[[pytest.Session], None]) -> None:
        self.ask = ask

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        self.ask(session)
        return True


def fails(session: pytest.Session, item: pytest.Item, *, with_schemas: bool) -> bool:
    """Whether a test of a collected session fails; everything it needs is made and ended with it."""
    before = session.testsfailed
    with _schemas(with_schemas):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    session.shouldfail = False
    return session.testsfailed > before


@contextlib.contextmanager
def _schemas(are_on: bool) -> Iterator[None]:
    with config_context(validation_enabled=are_on):
        yield


def run_pytest(arguments: list[str], plugin: object) -> int:
    """A session without output of its own, in this process."""
    quiet = ["-q", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:cov"]
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        return int(pytest.main([*quiet, *arguments], plugins=[plugin]))
