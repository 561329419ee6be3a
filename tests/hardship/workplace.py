"""A small corpus in the middle of its life: a run was, a verdict was given, then papers and gold changed.

Comes in: an empty folder. Goes out: the folder with raw/, curated/ and the cache of a run, ready for the next one; what
lies in a folder as bytes, to compare; and the command that runs it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psutil

from auditable import cli
from auditable.decisions_file import Decision, record, stamp
from auditable.desk import DECISIONS_FILE, desk_of
from flows.server import own_server
from tests.papers_made import GOLD, make_study, sound_pdf

ROOT = Path(__file__).parents[2]
STUDIES = ("adams2001", "baker2002")
LATER = "clark2003"
WRONG = GOLD.replace(",63,years,,63", ",64,years,,63")
"""A gold record that differs from what is printed: an item to decide."""
MAIN = "from auditable.cli import main; main()"
LIMIT_S = 900
SERVER = "PREFECT_API_URL"
SAID = "said"
LOADED = ("flows.curate_corpus", "flows.runners", "auditable.publish", "auditable.terminal")
"""What a run imports: once for all of them, since this takes longer than the run."""
GOOD_ENDS = (0, 1)
"""Exit codes of a run that did all: nothing to decide, or something."""


def make_workplace(folder: Path) -> Path:
    """raw/ and curated/ after a run and a verdict; since then a study came, and the gold record of another changed."""
    (folder / "auditable.toml").write_text("n_workers = 1\n", encoding="utf-8")  # one more costs seconds of imports
    for study_id in STUDIES:
        make_study(folder / "raw", study_id, sound_pdf(), WRONG)
    run_forked(folder).must_end_in(GOOD_ENDS)
    decide_first(folder / "curated")
    make_study(folder / "raw", LATER, sound_pdf(), WRONG)
    (folder / "raw" / STUDIES[1] / "gold.csv").write_text(WRONG.replace(",10,,,10", ",11,,,10"), encoding="utf-8")
    return folder


def decide_first(curated: Path) -> None:
    """A verdict on the first item, as the review page writes it."""
    item = desk_of(curated).items.iloc[0]
    given = Decision(item["item_id"], "gold is wrong", "looked", "ann", "2026-01-02T03:04:05+00:00", item["value_now"])
    record(curated / DECISIONS_FILE, given, stamp(()))


class Ended:
    """A command that ended: its exit code and all that it said."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said

    def must_end_in(self, codes: tuple[int, ...]) -> None:
        """Raises AssertionError for another end."""
        assert self.code in codes, f"exit code {self.code}: {self.said}"


def run_command(folder: Path, *words: str, before: tuple[str, ...] = ()) -> Ended:
    """`auditable` with these words in the folder, to its end. before: words that start it, such as `faketime`."""
    done = subprocess.run(
        [*before, sys.executable, "-c", MAIN, *words], cwd=folder, env=environment(), check=False, timeout=LIMIT_S,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    return Ended(done.returncode, done.stdout)


def run_forked(work: Path) -> Ended:
    """`auditable run` in the folder to its end, as start_run starts it."""
    code = start_run(work).wait(LIMIT_S)
    return Ended(code, (work / SAID).read_text("utf-8", errors="replace"))


def start_run(work: Path, before: Callable[[], object] = lambda: None) -> psutil.Process:
    """`auditable run` in a process of its own, forked from this one so that nothing is imported again and again.

    before: done by the process first. What it says goes to the file SAID in the folder.
    """
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        _run(work, before)
    return psutil.Process(pid)


def _run(work: Path, before: Callable[[], object]) -> None:
    """Never returns."""
    try:
        os.setsid()
        os.chdir(work)
        said = os.open(SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for descriptor in (1, 2):
            os.dup2(said, descriptor)
        before()
        sys.argv = ["auditable", "run"]
        cli.main()
    except SystemExit as ended:
        sys.stdout.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 2)
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(3)


@contextmanager
def shared_server(folder: Path, is_embedded: bool = False) -> Iterator[None]:
    """A Prefect server for all commands that are started meanwhile, or none; what they import is loaded once."""
    if is_embedded:
        yield
        return
    with own_server(folder) as os.environ[SERVER]:
        for module in LOADED:
            import_module(module)
        yield
    del os.environ[SERVER]


def environment() -> dict[str, str]:
    """Ours without settings of Prefect but the address of a server, where one is given; programs in other folders find
    the modules of the tests.
    """
    kept = {name: value for name, value in os.environ.items() if name == SERVER or not name.startswith("PREFECT_")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}


def contents(folder: Path) -> dict[str, str]:
    """SHA-256 of every file that is no hidden one, by its path in the folder."""
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in _files(folder) if not _is_hidden(name)
    }


def left_behind(folder: Path) -> list[str]:
    """Hidden files and folders that are no locks: what a writer that was stopped left half done."""
    hidden = {name for name, path in _files(folder, folders=True) if _is_hidden(name) and not name.endswith(".lock")}
    return sorted(hidden)


def differences(found: dict[str, str], right: dict[str, str]) -> list[str]:
    """Names of the files that are missing, too many or other than they should be."""
    return sorted(name for name in {*found, *right} if found.get(name) != right.get(name))


def _files(folder: Path, folders: bool = False) -> list[tuple[str, Path]]:
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [(path.relative_to(folder).as_posix(), path) for path in found if folders or path.is_file()]


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") for part in Path(name).parts)
