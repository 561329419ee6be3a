"""Mutants → what became of each: killed by which test, hung, survived, or met by no test.

Comes in: mutants and the tests of their package. Goes out: one Fate for each. One process collects the tests and forks
for each mutant; the child changes the functions and asks the tests that run the line, first those that name a rule of
the module, then the quickest, until one fails. A fault in a line that runs at import is loaded anew in a process of its
own. Processor time and memory of a child are limited: a mutant that is not killed in its time has survived.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pytest

from tests.mutants.asking import Asking, Counting, Reach, fails, run_pytest
from tests.mutants.closeness import rank
from tests.mutants.packages import ROOT, Package
from tests.mutants.patching import ChangedSource, change_functions, find_functions
from tests.mutants.places import Mutant
from tests.mutants.spots import counting_sources, is_at_import

CACHE = ROOT / ".cache" / "mutants"
SECONDS_OF_A_MUTANT = 6.0
"""Processor seconds of tests asked of one mutant; with none failing, it counts as survived."""
SECONDS_OF_A_HANG = 30
"""Processor seconds after which a child is ended: it hangs, and counts as noticed."""
BYTES_OF_A_CHILD = 6 * 2**30
THIRD_PARTIES = ("pandas", "pandera.pandas", "pytest", "hypothesis", "scipy.stats", "numpy", "yaml", "rapidfuzz")
"""Loaded once, before any fork."""


@dataclass(frozen=True)
class Fate:
    """What became of one mutant: outcome is "killed", "hung", "survived" or "not met"; by: the test that failed."""

    mutant: Mutant
    outcome: str
    by: str = ""
    n_tests: int = 0


@dataclass(frozen=True)
class Round:
    """One measurement: the mutants of a package, what the tests run, and the file that fates are told to."""

    package: Package
    mutants: Sequence[Mutant]
    reach: Reach
    told: Path

    def tests_of(self, index: int) -> list[str]:
        """Tests that run the mutant's line, as many as its time allows: first those that name a rule of its module,
        then the quickest."""
        path = self.mutants[index].path
        met = [test for test, runs in self.reach.tests.items() if index in runs]
        met.sort(key=lambda t: (rank(t, path), self.reach.seconds[t], t))
        spent = list(accumulate(self.reach.seconds[t] for t in met))
        return [test for test, before in zip(met, [0.0, *spent], strict=False) if before < SECONDS_OF_A_MUTANT]

    def tell(self, index: int, outcome: str, by: str = "", n_tests: int = 0) -> None:
        """Writes down what became of one mutant; the first word of it stands."""
        with self.told.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"index": index, "outcome": outcome, "by": by, "n_tests": n_tests}) + "\n")

    def fates(self) -> list[Fate]:
        """What became of each mutant, in order."""
        rows = map(json.loads, reversed(self.told.read_text(encoding="utf-8").splitlines()))
        found = {row.pop("index"): row for row in rows}
        return [Fate(mutant, **found[i]) for i, mutant in enumerate(self.mutants)]


def run_mutants(package: Package, mutants: Sequence[Mutant], name: str) -> list[Fate]:
    """The fate of each mutant, in order; name: of the files in .cache/mutants that keep what was found on the way."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for module in THIRD_PARTIES:
        __import__(module)
    told = CACHE / f"{name}.fates.jsonl"
    told.write_text("", encoding="utf-8")
    own = Round(package, mutants, _reach(package, mutants, CACHE / f"{name}.reach.json"), told)
    anew = [i for i, m in enumerate(mutants) if is_at_import(m) or i in own.reach.at_import]
    _in_child(lambda: _ask_in_place(own, [i for i in range(len(mutants)) if i not in set(anew)]))
    for index in anew:
        _ask_anew(own, index)
    return own.fates()


def _reach(package: Package, mutants: Sequence[Mutant], file: Path) -> Reach:
    def count() -> None:
        sources = counting_sources(mutants)
        ChangedSource(sources).install()
        modules = {path.removeprefix("src/").removesuffix(".py").replace("/", ".") for path in sources}
        run_pytest(_tests(package), Counting(file, modules))

    file.unlink(missing_ok=True)
    _in_child(count)
    if not file.is_file():
        raise SystemExit("The tests could not be collected: run them with pytest first.")
    reach = Reach(**json.loads(file.read_text(encoding="utf-8")))
    if reach.broken:
        raise SystemExit(f"{len(reach.broken)} tests fail without any fault: {reach.broken[:5]}")
    return reach


def _tests(package: Package) -> list[str]:
    return [str(ROOT / "tests" / name) for name in package.tests]


def _in_child(work: Callable[[], object]) -> int:
    """Runs work in a fork of this process; returns its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        status = 70
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _ask_in_place(own: Round, indices: Sequence[int]) -> None:
    def ask(session: pytest.Session) -> None:
        functions = find_functions()
        gc.collect()
        gc.freeze()
        for index in indices:
            mutant = own.mutants[index]
            _ask(own, session, index, lambda m=mutant: change_functions(functions, m.path, m.source))

    run_pytest(_tests(own.package), Asking(ask))


def _ask_anew(own: Round, index: int) -> None:
    mutant = own.mutants[index]
    answered: list[int] = []
    files = sorted({test.partition("::")[0] for test in own.tests_of(index)})

    def ask(session: pytest.Session) -> None:
        answered.append(index)
        _ask(own, session, index, lambda: None)

    def load() -> None:
        _set_limits()
        ChangedSource({mutant.path: mutant.source}).install()
        run_pytest([str(ROOT / file) for file in files], Asking(ask))
        if not answered:
            own.tell(index, "killed", "the modules do not load")

    if files:
        _told_if_ended(own, index, _in_child(load))
    else:
        own.tell(index, "not met")


def _ask(own: Round, session: pytest.Session, index: int, change: Callable[[], None]) -> None:
    tests = own.tests_of(index)

    def ask() -> None:
        _set_limits()
        change()
        _run_until_failure(own, session, index, tests)

    if tests:
        _told_if_ended(own, index, _in_child(ask))
    else:
        own.tell(index, "not met")


def _told_if_ended(own: Round, index: int, status: int) -> None:
    if status != 0:
        own.tell(index, "hung" if status < 0 else "killed", f"the process ended with {status}")


def _set_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES_OF_A_CHILD, BYTES_OF_A_CHILD))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_A_HANG)


def _run_until_failure(own: Round, session: pytest.Session, index: int, tests: Sequence[str]) -> None:
    items = {item.nodeid: item for item in session.items}
    for asked, test in enumerate(tests, start=1):
        if fails(session, items[test], with_schemas=test in own.reach.schemas):
            own.tell(index, "killed", test, asked)
            return
    own.tell(index, "survived", "", len(tests))
