"""Pages per second of `auditable tables` beside other finders of tables, each in a fresh process on the same files.

Comes in: born-digital PDFs. Goes out: for each contender its seconds without imports, tables found and peak memory,
printed with the shares that were right where they were scored. Scoring is left to bench_score.py.
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.bench_tables import CONTENDERS, find_tables_with

FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
KB_PER_MB = 1024


@dataclass(frozen=True, slots=True)
class Timing:
    """One contender's run: wall and processor seconds without imports, tables, files that failed, peak memory."""

    name: str
    wall_s: float
    processor_s: float
    n_tables: int
    n_failed: int
    peak_mb: int


def time_contenders(pdfs: Sequence[Path]) -> list[Timing]:
    """The timings of all contenders, one after the other."""
    return [_in_fresh_process(name, pdfs) for name in CONTENDERS]


def print_timings(
    timings: Sequence[Timing], n_pages: int, scores: Mapping[str, Mapping[str, float]] | None = None
) -> None:
    """One line per contender: pages per second, how many times as fast ours is, peak memory; what it read right.

    scores: by contender, the shares of tables found, of cells right and of cells wrong; none where no truth was given.
    """
    ours = timings[0].processor_s
    marks = f"{'found':>8}{'right':>8}{'wrong':>8}" if scores else ""
    print(
        f"{'':18}{'pages/s':>9}{'wall s':>9}{'cpu s':>9}{'ours is':>10}{'peak MB':>9}{'tables':>8}{'failed':>8}{marks}"
    )
    for t in timings:
        ratio = f"x {t.processor_s / ours:.2f}"
        shares = "".join(f"{scores[t.name][key]:8.3f}" for key in ("found", "cell", "wrong")) if scores else ""
        print(
            f"{t.name:18}{n_pages / t.processor_s:9.2f}{t.wall_s:9.1f}{t.processor_s:9.1f}{ratio:>10}"
            f"{t.peak_mb:9}{t.n_tables:8}{t.n_failed:8}{shares}"
        )


def count_digital_pages(pdfs: Sequence[Path]) -> tuple[list[Path], int]:
    """The PDFs that have no scanned page, and how many pages they have: the others cannot read pictures."""
    from auditable.readers.pdfium_reader import scan_document

    facts = [(pdf, scan_document(pdf)) for pdf in pdfs]
    digital = [(pdf, f.n_pages) for pdf, f in facts if not any(p.is_scan for p in f.pages)]
    return [pdf for pdf, _ in digital], sum(n for _, n in digital)


def _in_fresh_process(name: str, pdfs: Sequence[Path]) -> Timing:
    command = [sys.executable, "-m", "flows.bench_speed", name, *map(str, pdfs)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return Timing(**json.loads(done.stdout.splitlines()[-1]))


def _run(name: str, pdfs: Sequence[Path]) -> Timing:
    find = find_tables_with(name)
    wall, processor, n_tables, n_failed = time.perf_counter(), time.process_time(), 0, 0
    for pdf in pdfs:
        try:
            n_tables += len(find(pdf))
        except FAILURES:
            n_failed += 1
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KB_PER_MB
    return Timing(name, wall, processor, n_tables, n_failed, peak_mb)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    print(json.dumps(asdict(_run(sys.argv[1], [Path(p) for p in sys.argv[2:]]))))
