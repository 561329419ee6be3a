"""How fast and how right: the tables beside other tools, the scores where truth is at hand, a cold and a warm run.

Comes in: raw/, or a folder of PDFs; a scorer and its truth where they are named. Goes out: lines on the terminal. All
is written to a scratch folder; curated/ and the cache stay.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flows.bench_speed import count_digital_pages, print_timings, time_contenders

COMMAND = "from auditable.cli import main; main()"


def main() -> None:
    """Prints speeds and scores of the tables; without --pdfs also the seconds of a cold and of a warm run of raw/."""
    given = _arguments()
    raw = Path("raw").resolve()
    pdfs = sorted(given.pdfs.glob("*.pdf")) if given.pdfs else sorted(raw.glob("*/paper.pdf"))
    digital, n_pages = count_digital_pages(pdfs)
    print(f"tables: {len(digital)} born-digital PDFs, {n_pages} pages; without imports", flush=True)
    print_timings(time_contenders(digital), n_pages)
    if given.scorer:
        _score(given.scorer, given.truth, given.pdfs)
    if not given.pdfs:
        _time_runs(raw)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=main.__doc__)
    parser.add_argument("--pdfs", type=Path, help="folder of PDFs to time; the papers in raw/ when left out")
    parser.add_argument("--scorer", type=Path, help="program that scores `auditable tables` against truth")
    parser.add_argument("--truth", type=Path, help="folder with the scorer's truth for --pdfs")
    given = parser.parse_args()
    if given.scorer and not (given.truth and given.pdfs):
        parser.error("--scorer needs --truth and --pdfs")
    return given


def _score(scorer: Path, truth: Path, pdfs: Path) -> None:
    command = [sys.executable, str(scorer), "--truth", str(truth), "--pdfs", str(pdfs)]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    subprocess.run(command, env={**os.environ, "PATH": path}, check=True)


def _time_runs(raw: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="auditable-bench-") as scratch:
        place = Path(scratch)
        for name in ("cold", "warm"):
            seconds, tail = _time_run(raw, place / name, place)
            print(f"{name}: {seconds:.1f} s · {tail}", flush=True)
        print("same bytes" if same_files(place / "cold", place / "warm") else "DIFFERENT BYTES")


def same_files(first: Path, second: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    return _contents(first) == _contents(second)


def _contents(folder: Path) -> dict[Path, bytes]:
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _time_run(raw: Path, curated: Path, place: Path) -> tuple[float, str]:
    start = time.perf_counter()
    command = [sys.executable, "-c", COMMAND, "run", "--raw", str(raw), "--curated", str(curated)]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stdout + done.stderr)
    told = [line for line in done.stdout.splitlines() if line.startswith("Studies:")]
    return time.perf_counter() - start, told[-1] if told else "no verdict"


if __name__ == "__main__":
    main()
