"""How validation, checks and reconciliation fare with very many observations: seconds and memory, part by part.

Run with `python -m tests.scale.observations --n 1000000`; with --n 10000 to try. --articles 20 puts so many made
articles into each study, to see how the work grows with the observations of one. Every part is a process of its own
that loads the corpus, which is not timed, and works on it as a run does. The figures of docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from auditable.blocks import About, Study, read_studies
from auditable.checking import check_study
from auditable.checks import compare_studies
from auditable.comparing import compare_study
from auditable.evidence import build_evidence
from auditable.passages import list_passages, read_passages
from auditable.references import list_references, read_references
from schemas.frames import Observations
from tests.scale.observed import MadeStudy, keep_study, kept_studies, make_studies
from tests.scale.watching import watch

ROOT = Path(__file__).parents[2]
Work = Iterator[tuple[int, Callable[[], int]]]
"""Pieces of work: how many observations go in, and what to do with them, which tells how many rows come out."""


def validate(studies: Iterator[MadeStudy]) -> Work:
    """The observations of all studies in one frame against their model."""
    frame = _joined(studies)
    yield len(frame), lambda: len(Observations.validate(frame, lazy=True))


def check(studies: Iterator[MadeStudy]) -> Work:
    """Every study by itself: all rules."""
    for study in studies:
        yield len(study.observations), lambda s=study: len(check_study(s.reading, s.observations).findings)


def reconcile(studies: Iterator[MadeStudy]) -> Work:
    """Every study by itself: its gold record against what was read."""
    for s in studies:
        yield (
            len(s.observations),
            lambda s=s: len(compare_study(s.reading.study_id, s.observations, s.gold).discrepancies),
        )


def across(studies: Iterator[MadeStudy]) -> Work:
    """All studies with each other: what one says of another."""
    known = [_known(study) for study in studies]
    yield sum(len(s.observations) for s in known), lambda: len(compare_studies(known))


def evidence(studies: Iterator[MadeStudy]) -> Work:
    """The lines of evidence of all studies."""
    frame = _joined(studies)
    yield len(frame), lambda: len(build_evidence(frame))


PARTS = {part.__name__: part for part in (validate, check, reconcile, across, evidence)}


def _joined(studies: Iterator[MadeStudy]) -> pd.DataFrame:
    return pd.concat([s.observations for s in studies], ignore_index=True)


def _known(made: MadeStudy) -> Study:
    """The study as a publication knows it: the text that speaks of others, and its references."""
    reading, study_id = made.reading, made.reading.study_id
    text = {study_id: read_passages(list_passages(reading))}
    about = About(f"Study {study_id}", f"{study_id.title()} A. 2001", "")
    references = read_references(list_references(reading))
    return replace(read_studies(made.observations, text)[0], about=about, references=references)


def run_part(name: str, folder: Path) -> dict[str, float]:
    """Processor seconds, observations in, and rows out of one part; loading is not timed."""
    seconds, n_in, n_out = 0.0, 0, 0
    for n, work in PARTS[name](kept_studies(folder)):
        start = time.process_time()
        n_out += work()
        seconds += time.process_time() - start
        n_in += n
    return {"seconds": seconds, "observations": n_in, "rows": n_out}


def measure(n: int, n_articles: int, parts: list[str], scratch: Path | None) -> None:
    """Prints a line per part."""
    with tempfile.TemporaryDirectory(prefix="auditable-scale-", dir=scratch) as folder:
        for study in make_studies(n, n_articles):
            keep_study(Path(folder), study)
        print(f"{len(list(Path(folder).glob('*.json')))} studies of {n_articles} articles", flush=True)
        print("| part | observations | rows | processor seconds | observations/s | peak MB, in quarters of the time |")
        print("|---|--:|--:|--:|--:|---|", flush=True)
        for part in parts:
            command = [sys.executable, "-m", "tests.scale.observations", "--part", part, "--folder", folder]
            seen = watch(command, ROOT, {})
            told = json.loads(seen.output.splitlines()[-1])
            speed = told["observations"] / max(told["seconds"], 0.001)
            print(
                f"| {part} | {told['observations']:,} | {told['rows']:,} | {told['seconds']:.1f} | {speed:,.0f} | "
                f"{' · '.join(map(str, seen.parts_mb))} |",
                flush=True,
            )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n", type=int, default=10_000, help="observations of all studies together")
    parser.add_argument(
        "--articles", type=int, default=1, help="made articles in each study, some 450 observations each"
    )
    parser.add_argument("--parts", nargs="*", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--scratch", type=Path, help="where the corpus lies meanwhile")
    parser.add_argument("--part", choices=list(PARTS), help="one part alone, in this process")
    parser.add_argument("--folder", type=Path, help="the corpus of that part")
    given = parser.parse_args()
    if given.part:
        print(json.dumps(run_part(given.part, given.folder)))
    else:
        measure(given.n, given.articles, given.parts, given.scratch)


if __name__ == "__main__":
    main()
