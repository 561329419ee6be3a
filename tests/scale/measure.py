"""How a run fares with many made papers: cold with one worker and with several, once more, and after a changed rule.

Run with `python -m tests.scale.measure --papers 200 --workers 2`; with --papers 20 to try. It prints the papers into a
scratch folder and works there on a copy of the program; nothing else is touched. A line per run, then what each paper
leaves behind: the figures of docs/scale.md.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from tests.scale.papers import make_corpus
from tests.scale.watching import Watched, watch

ROOT = Path(__file__).parents[2]
COMMAND = "from auditable.cli import main; main()"
RULE = "src/auditable/checks/percent_of_n.py"
CACHE = ".cache/auditable"


class Scratch:
    """A copy of the program, a corpus, and one folder for each cold run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("src", "schemas", "flows"):
            shutil.copytree(ROOT / name, folder / "code" / name, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, name: str, n_workers: int) -> Watched:
        """One run of all papers in a folder of this name, which keeps its cache."""
        place, code = self.folder / name, self.folder / "code"
        place.mkdir(exist_ok=True)
        arguments = ["run", "--raw", str(self.folder / "raw"), "--curated", "curated", "--workers", str(n_workers)]
        paths = {"PYTHONPATH": f"{code / 'src'}:{code}"}
        return watch([sys.executable, "-c", COMMAND, *arguments], place, paths)

    def change_rule(self) -> None:
        """One rule's file is another one now; what it finds stays the same."""
        with (self.folder / "code" / RULE).open("a", encoding="utf-8") as file:
            file.write("# changed\n")


def main() -> None:
    """Prints the figures."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="auditable-scale-", dir=given.scratch) as folder:
        scratch = Scratch(Path(folder))
        n_pages = make_corpus(scratch.folder / "raw", given.papers)
        print(f"{given.papers} papers, {n_pages} pages", flush=True)
        print("| run | seconds | processor | papers per minute | peak MB, in quarters of the time | told |")
        print("|---|--:|--:|--:|---|---|")
        if not given.several_only:
            _tell("cold, 1 worker", scratch.run("one", 1), given.papers)
        cold = _tell(f"cold, {given.workers} workers", scratch.run("many", given.workers), given.papers)
        second = _tell("second run", scratch.run("many", given.workers), given.papers)
        print(f"the second run takes {100 * second.seconds / cold.seconds:.1f} % of the first", flush=True)
        scratch.change_rule()
        _tell("one changed rule", scratch.run("many", given.workers), given.papers)
        if not given.several_only:
            others = _different(scratch.folder / "one" / "curated", scratch.folder / "many" / "curated")
            print(f"one worker and several: {'DIFFERENT BYTES: ' + ', '.join(others) if others else 'same bytes'}")
        _tell_rests(scratch.folder / "many", given.papers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--several-only", action="store_true", help="leave out the run with one worker")
    parser.add_argument("--scratch", type=Path, help="folder for the scratch folder; the system's when left out")
    return parser.parse_args()


def _tell(name: str, run: Watched, n_papers: int) -> Watched:
    told = [line.strip() for line in run.output.splitlines() if "Studies:" in line]
    memory = " · ".join(str(part) for part in run.parts_mb)
    rate = 60 * n_papers / run.seconds
    times = f"{run.seconds:.1f} | {run.processor_s:.1f} | {rate:.1f}"
    print(f"| {name} | {times} | {memory} | {told[-1] if told else 'nothing'} |", flush=True)
    return run


def _different(one: Path, other: Path) -> list[str]:
    """The files of which the two folders do not hold the same bytes; locks, whose names begin with a dot, left out."""

    def contents(folder: Path) -> dict[str, bytes]:
        files = (p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))
        return {str(p.relative_to(folder)): p.read_bytes() for p in files}

    first, second = contents(one), contents(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def _tell_rests(place: Path, n_papers: int) -> None:
    """Bytes and rows that one paper leaves behind."""
    for name, folder in (("cache", f"{CACHE}/objects"), ("keys", f"{CACHE}/stages"), ("curated", "curated")):
        files = [p for p in (place / folder).rglob("*") if p.is_file()]
        size = sum(p.stat().st_size for p in files)
        print(f"{name}: {size / n_papers / 1000:.1f} kB and {len(files) / n_papers:.1f} files per paper")
    database = place / CACHE / "prefect" / "prefect.db"
    print(f"Prefect's database: {database.stat().st_size / n_papers / 1000:.1f} kB per paper, rows of all three runs:")
    with sqlite3.connect(database) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        counts = {name: connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables}
    print("  " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items()) if count >= n_papers))


if __name__ == "__main__":
    main()
