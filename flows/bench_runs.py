"""How long commands take to start, and runs of raw/ to end: wall and processor seconds, each in a fresh process.

Comes in: raw/. Goes out: lines on the terminal. All is written to a scratch folder; curated/ and the cache stay.
Processor seconds are of the command and all it started; a server that runs beside it is not among them.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.server import own_server

COMMAND = "from auditable.cli import main; main()"
NOWHERE = "nowhere.pdf"
N_STARTS = 5
"""A start is taken so often, and the best is told: what disturbs it only makes it longer."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one command took, and the last line it said of its studies."""

    wall_s: float
    processor_s: float
    told: str


def print_starts() -> None:
    """Prints how soon commands answer: the list of commands, tables of a file that is not there, of one empty page."""
    with tempfile.TemporaryDirectory(prefix="auditable-bench-") as scratch:
        place = Path(scratch)
        _draw_empty_page(place / "empty.pdf")
        for arguments in (["--help"], ["tables", NOWHERE], ["tables", "empty.pdf"]):
            best = min((_spend(arguments, place) for _ in range(N_STARTS)), key=lambda spent: spent.processor_s)
            print_spent(" ".join(arguments), best)


def print_runs(raw: Path) -> None:
    """Prints what runs of raw/ take: cold, from the cache into an empty folder, with nothing changed, and with nothing
    changed against a server that runs; last, whether the first two left the same bytes.
    """
    with tempfile.TemporaryDirectory(prefix="auditable-bench-") as scratch:
        place = Path(scratch)
        for name, curated in (("cold", "first"), ("from cache", "second"), ("nothing changed", "second")):
            print_spent(name, _run(raw, place / curated, place))
        print("same bytes" if same_files(place / "first", place / "second") else "DIFFERENT BYTES", flush=True)
        with own_server(place / "bench") as api:
            for name in ("first on a running server", "nothing changed, running server"):
                print_spent(name, _run(raw, place / "second", place, {"PREFECT_API_URL": api}))


def print_spent(name: str, spent: Spent) -> None:
    """One line."""
    told = f" · {spent.told}" if spent.told else ""
    print(f"{name:32}{spent.wall_s:7.2f} s wall{spent.processor_s:8.2f} s cpu{told}", flush=True)


def same_files(first: Path, second: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    return _contents(first) == _contents(second)


def _contents(folder: Path) -> dict[Path, bytes]:
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _run(raw: Path, curated: Path, place: Path, more: Mapping[str, str] | None = None) -> Spent:
    return _spend(["run", "--raw", str(raw), "--curated", str(curated)], place, more)


def _spend(arguments: Sequence[str], place: Path, more: Mapping[str, str] | None = None) -> Spent:
    """What the command took; ends the bench where it fails."""
    start, before = time.perf_counter(), _processor_seconds()
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=place, env={**os.environ, **(more or {})}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    wall_s, processor_s = time.perf_counter() - start, _processor_seconds() - before
    if done.returncode not in (0, 1) and NOWHERE not in arguments:
        sys.exit(done.stdout + done.stderr)
    told = [line for line in done.stdout.splitlines() if line.startswith("Studies:")]
    return Spent(wall_s, processor_s, told[-1] if told else "")


def _processor_seconds() -> float:
    """Of all processes that ended and were waited for, theirs included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _draw_empty_page(path: Path) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(path)
    document.close()


def main() -> None:
    """Prints the starts and the runs of the papers in raw/."""
    print_starts()
    print_runs(Path("raw").resolve())


if __name__ == "__main__":
    main()
