"""`python -m tests.hardship.kills --times 50 --seed 1`: a run killed at random moments, then run again.

Comes in: how often, and a seed. Goes out: one line per killed run, and whether the run after it left the very bytes
that an undisturbed run leaves, with inputs, gold records and verdicts as they were. Half of the moments are changes of
curated/, where a stop could hurt, half are times of the clock; killed are all processes, or the main one alone, or a
worker alone. The runs share a Prefect server that is not killed; with --embedded each starts its own, which dies with
it, and takes four times as long. Kills at every single change of the smaller commands are left to the tests.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from auditable.desk import DECISIONS_FILE
from tests.hardship.likeness import unlike_after_a_run
from tests.hardship.moments import for_change, kill_at
from tests.hardship.workplace import (
    GOOD_ENDS,
    LIMIT_S,
    contents,
    differences,
    left_behind,
    make_workplace,
    run_forked,
    shared_server,
    start_run,
)

WORKER = "auditable.worker_process"
GRACE_S = 20
"""How long what a killed process had started may live on."""


@dataclass(frozen=True)
class Right:
    """An undisturbed run: the folder it left, how long it took, how often it changed curated/."""

    curated: Path
    seconds: float
    n_changes: int


@dataclass(frozen=True)
class Kill:
    """Who is killed ("all", "main" or "worker"), and when: before a change of curated/ (1, 2 …), or after seconds."""

    who: str
    change: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.who} at " + (f"change {self.change}" if self.change else f"{self.seconds:.1f} s")


@dataclass(frozen=True)
class Outcome:
    """What became of a killed run. wrong: in words, what is not as it should be; nothing where all is right."""

    is_killed: bool
    wrong: tuple[str, ...]


def main() -> int:
    """Kills as often as asked; exit code 1 when anything was lost or came out otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--embedded", action="store_true", help="A Prefect API of its own for each run.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="auditable-kills-") as folder, shared_server(Path(folder), asked.embedded):
        start, right = prepare(Path(folder))
        print(f"An undisturbed run: {right.seconds:.1f} s, {right.n_changes} changes of curated/.", flush=True)
        n_killed = n_wrong = 0
        for number, kill in enumerate(draw_kills(asked.times, asked.seed, right), 1):
            outcome = try_kill(start, Path(folder) / "work", kill, right)
            n_killed, n_wrong = n_killed + outcome.is_killed, n_wrong + bool(outcome.wrong)
            ended = "killed" if outcome.is_killed else "had ended before"
            print(f"{number:3} {kill}: {ended}; {'; '.join(outcome.wrong) or 'right'}", flush=True)
    print(f"{asked.times} runs, {n_killed} killed, {n_wrong} wrong.")
    return 1 if n_wrong else 0


def prepare(folder: Path) -> tuple[Path, Right]:
    """The folder from which every run starts, and what an undisturbed run makes of it."""
    start = folder / "start"
    start.mkdir()
    make_workplace(start)
    work = copy_of(start, folder / "undisturbed")
    began = time.monotonic()
    code = start_run(work, partial(for_change, Path("curated"), _count)).wait(LIMIT_S)
    assert code in GOOD_ENDS, (work / "said").read_text("utf-8")
    seconds = time.monotonic() - began
    return start, Right(work / "curated", seconds, int((work / "changes").read_text("utf-8")))


def draw_kills(times: int, seed: int, right: Right) -> Iterator[Kill]:
    """Moments by lot, the same for the same seed: changes and times in turn."""
    lot = random.Random(seed)
    for number in range(times):
        if number % 2 == 0:
            yield Kill("all", change=lot.randint(1, right.n_changes))
        else:
            yield Kill(lot.choice(("all", "main", "worker")), seconds=lot.uniform(0.0, right.seconds))


def try_kill(start: Path, work: Path, kill: Kill, right: Right) -> Outcome:
    """A run of a fresh copy of start killed, then run again to its end."""
    copy_of(start, work)
    is_killed = _run_killed(work, kill)
    wrong = find_lost(start, work, "killed")
    again = run_forked(work)
    if again.code not in GOOD_ENDS:
        wrong.append(f"the run after it ended with {again.code}: {again.said[-600:]}")
    # A run whose worker was killed goes on, tells the failure of that study, and has a row of its own in the history.
    found = work / "curated"
    names = (
        unlike_after_a_run(found, right.curated)
        if kill.who == "worker"
        else differences(contents(found), contents(right.curated))
    )
    wrong += [f"{name} differs" for name in names]
    wrong += [f"{name} is left behind" for name in left_behind(work / "curated")]
    return Outcome(is_killed, tuple(wrong + find_lost(start, work, "run again")))


def copy_of(start: Path, work: Path) -> Path:
    """The folder work, a fresh copy of start."""
    shutil.rmtree(work, ignore_errors=True)
    return Path(shutil.copytree(start, work, symlinks=True))


def find_lost(start: Path, work: Path, when: str) -> list[str]:
    """What people gave that is no longer as it was: PDFs, gold records, verdicts."""
    lost = [f"raw/{name}" for name in differences(contents(work / "raw"), contents(start / "raw"))]
    verdicts = Path("curated") / DECISIONS_FILE
    lost += [] if (work / verdicts).read_bytes() == (start / verdicts).read_bytes() else [str(verdicts)]
    return [f"{when}: {name} was changed" for name in lost]


def _run_killed(work: Path, kill: Kill) -> bool:
    """Whether the run was killed, or had ended before its moment."""
    run = start_run(work, partial(kill_at, Path("curated"), kill.change))
    if kill.change:
        return run.wait(LIMIT_S) not in GOOD_ENDS
    try:
        run.wait(kill.seconds)
        return False
    except psutil.TimeoutExpired:
        family = run.children(recursive=True)
    for process in _chosen(kill.who, run, family):
        _kill(process)
    run.wait(LIMIT_S if kill.who == "worker" else GRACE_S)
    _, alive = psutil.wait_procs(family, GRACE_S)
    for process in alive:
        _kill(process)
    assert not alive, f"left running: {alive}"
    return True


def _chosen(who: str, main: psutil.Process, family: list[psutil.Process]) -> list[psutil.Process]:
    """The processes to kill; the main one where there is no worker at the moment."""
    workers = [p for p in family if WORKER in " ".join(_words(p))]
    return [main, *family] if who == "all" else workers[:1] if who == "worker" and workers else [main]


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def _count(number: int) -> None:
    Path("changes").write_text(str(number), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
