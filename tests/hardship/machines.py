"""`python -m tests.hardship.machines`: a run on a full disk, a read-only folder, a clock set back, two runs at once.

Comes in: nothing. Goes out: one line per hardship: how the run ended, and whether the run after it, with the hardship
gone, left the very bytes that an undisturbed run leaves, with inputs and verdicts as they were. Disks are small tmpfs
in a mount namespace of its own (`unshare`, no root needed); the clock needs `faketime`. Kills are left to kills.py.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from auditable.desk import DECISIONS_FILE
from tests.hardship.kills import copy_of, find_lost
from tests.hardship.likeness import unlike_after_a_run
from tests.hardship.workplace import (
    GOOD_ENDS,
    Ended,
    contents,
    differences,
    left_behind,
    make_workplace,
    run_command,
    run_forked,
    shared_server,
    start_run,
)

INSIDE = "AUDITABLE_HARDSHIP_INSIDE"
FILLER = ".filler"
ROOM = 20_000
"""Bytes that are left on a full disk: some files fit, a study does not."""
BROKEN = 2


def main() -> int:
    """Every hardship in turn; exit code 1 when anything was lost, came out otherwise or was told in no clear words."""
    if INSIDE not in os.environ:
        command = ["unshare", "--map-root-user", "--mount", sys.executable, "-m", "tests.hardship.machines"]
        return subprocess.run(command, env={**os.environ, INSIDE: "1"}, check=False).returncode
    with tempfile.TemporaryDirectory(prefix="auditable-hardship-") as name, shared_server(Path(name)):
        folder = Path(name)
        start = folder / "start"
        start.mkdir()
        make_workplace(start)
        undisturbed = copy_of(start, folder / "undisturbed")
        run_forked(undisturbed).must_end_in(GOOD_ENDS)
        wrong = [_try(hardship, start, folder / hardship.__name__, undisturbed) for hardship in HARDSHIPS]
    return int(any(wrong))


def _try(hardship: Callable[[Path], list[str]], start: Path, work: Path, undisturbed: Path) -> bool:
    copy_of(start, work)
    wrong = hardship(work) + find_lost(start, work, "after it")
    again = run_forked(work)
    wrong += [] if again.code in GOOD_ENDS else [f"the run after it ended with {again.code}: {again.said[-600:]}"]
    wrong += [f"{name} differs" for name in unlike_after_a_run(work / "curated", undisturbed / "curated")]
    wrong += [f"{name} is left behind" for name in left_behind(work / "curated")]
    subprocess.run(["umount", "--lazy", str(work / "curated"), str(work / ".cache")], check=False, capture_output=True)
    print(f"{hardship.__name__.replace('_', ' ')}: {'; '.join(wrong) or 'right'}", flush=True)
    return bool(wrong)


def full_results(work: Path) -> list[str]:
    """curated/ lies on a disk without room."""
    return _on_full_disk(work, work / "curated")


def full_cache(work: Path) -> list[str]:
    """The cache lies on a disk without room."""
    return _on_full_disk(work, work / ".cache")


def read_only_results(work: Path) -> list[str]:
    """curated/ is mounted read-only."""
    folder = str(work / "curated")
    _mount("--bind", folder, folder)
    _mount("-o", "remount,bind,ro", folder)
    ended = run_forked(work)
    subprocess.run(["umount", folder], check=True)
    return _told(ended, "may not be written")


def a_clock_set_back(work: Path) -> list[str]:
    """The run before was tomorrow."""
    ended = run_command(work, "run", before=("faketime", "-f", "-400d"))
    return [] if ended.code in GOOD_ENDS else [f"ended with {ended.code}: {ended.said[-600:]}"]


def two_runs_at_once(work: Path) -> list[str]:
    """Both on the same studies."""
    runs = [start_run(work), start_run(work)]
    return [f"one ended with {code}" for run in runs if (code := run.wait()) not in GOOD_ENDS]


def nonsense_for_verdicts(work: Path) -> list[str]:
    """decisions.csv was saved by a program that knows no CSV; then it is brought back."""
    path = work / "curated" / DECISIONS_FILE
    kept, nonsense = path.read_bytes(), b"PK\x03\x04\x00\x00\xff"
    path.write_bytes(nonsense)
    before = contents(work / "curated")
    wrong = _told(run_forked(work), "the decisions cannot be read")
    wrong += [f"{name} was changed" for name in differences(contents(work / "curated"), before)]
    path.write_bytes(kept)
    return wrong


HARDSHIPS = (
    nonsense_for_verdicts, read_only_results, two_runs_at_once, full_results, full_cache, a_clock_set_back,
)  # fmt: skip


def _on_full_disk(work: Path, folder: Path) -> list[str]:
    """A run while the folder lies on a disk without room; afterwards there is room."""
    kept = folder.with_name("kept")
    folder.rename(kept)
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder))
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    before = contents(folder)
    _fill(folder / FILLER)
    ended = run_forked(work)
    (folder / FILLER).unlink()
    wrong = _told(ended, "No space left on device")
    if folder.name == "curated":
        wrong += [f"{name} was lost" for name in before if not (folder / name).is_file()]
    return wrong


def _fill(path: Path) -> None:
    """A file that takes all the room of its disk but ROOM."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            file.truncate(max(0, file.tell() - ROOM))


def _told(ended: Ended, words: str) -> list[str]:
    """What is wrong with the end of a run that could not do its work."""
    wrong = [] if ended.code == BROKEN else [f"ended with {ended.code}"]
    said = " ".join(ended.said.split())
    return wrong + ([] if words in said else [f"never said '{words}' but: {said[-600:]}"])


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


if __name__ == "__main__":
    sys.exit(main())
