"""How fast and how right: the tables beside other tools, the scores where truth is at hand, starts and runs.

Comes in: raw/, or a folder of PDFs; a scorer and its truth where they are named. Goes out: lines on the terminal. All
is written to a scratch folder; curated/ and the cache stay.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.bench_runs import print_runs, print_starts
from flows.bench_score import score_contenders
from flows.bench_speed import count_digital_pages, print_timings, time_contenders


def main() -> None:
    """Prints speeds and scores of the tables; without --pdfs also how soon commands start and how long runs take."""
    given = _arguments()
    raw = Path("raw").resolve()
    pdfs = sorted(given.pdfs.glob("*.pdf")) if given.pdfs else sorted(raw.glob("*/paper.pdf"))
    digital, n_pages = count_digital_pages(pdfs)
    print(f"tables: {len(digital)} born-digital PDFs, {n_pages} pages; without imports", flush=True)
    scores = score_contenders(given.scorer, given.truth, digital) if given.scorer else None
    print_timings(time_contenders(digital), n_pages, scores)
    if not given.pdfs:
        print_starts()
        print_runs(raw)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=main.__doc__)
    parser.add_argument("--pdfs", type=Path, help="folder of PDFs to time; the papers in raw/ when left out")
    parser.add_argument("--scorer", type=Path, help="program that scores each finder of tables against truth")
    parser.add_argument("--truth", type=Path, help="folder with the scorer's truth for --pdfs")
    given = parser.parse_args()
    if given.scorer and not (given.truth and given.pdfs):
        parser.error("--scorer needs --truth and --pdfs")
    return given


if __name__ == "__main__":
    main()
