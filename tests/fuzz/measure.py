"""What becomes of thousands of damaged PDFs: `python -m tests.fuzz.measure`, or `make fuzz`.

Every case has a number and is made from the seed and that number alone: `--seed 1 --only 37` makes and reads that one
again. Prints a table of kinds of damage, outcomes and limits met; the files of failures stay in .cache/fuzz
with what was told.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from auditable import isolation, workers
from tests.fuzz.documents import Document, cut_documents, make_documents
from tests.fuzz.mutations import KEEPS_PRINT, MUTATIONS
from tests.fuzz.outcomes import CLASSES, FAILED, LIMIT, MAX_SECONDS, Outcome, judge

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".cache" / "fuzz"
N_CASES = 2000
MAX_JOBS, SHARE_AT_REST = 400, 2
"""Jobs of one process, and the share of its memory it may keep: starting one takes longer than reading ten of these
documents, and the limit of memory is lower here than in a run."""
SMALL_BYTES, SMALL_SHARE = 40_000, 0.75
WORKS = 2
"""Taking in and reading have a limit each."""
SLACK_SECONDS = 15
"""What starting a process and a busy machine may add to the limit of one case."""


@dataclass(frozen=True)
class Case:
    """One damaged PDF: its number, the kind of damage, the document it was, its bytes and the text before."""

    number: int
    kind: str
    document: str
    data: bytes
    undamaged: str


def make_case(seed: int, number: int, documents: Sequence[Document]) -> Case:
    """The case of this number: kinds of damage take turns, the rest is drawn."""
    rng = Random(f"{seed}-{number}")
    kind = list(MUTATIONS)[number % len(MUTATIONS)]
    document, other = rng.choice(_either(rng, documents)), rng.choice(documents)
    return Case(number, kind, document.name, MUTATIONS[kind](rng, document, other), document.text + other.text)


def _either(rng: Random, documents: Sequence[Document]) -> Sequence[Document]:
    """The small documents or all: a page of an article takes thrice as long to read, and ten times where it comes out
    as a picture.
    """
    small = [d for d in documents if len(d.data) <= SMALL_BYTES]
    return small if rng.random() < SMALL_SHARE else documents


def read_case(case: Case, folder: Path, seconds: float) -> Outcome:
    """What became of it; the file lies in the folder while it is read."""
    path = folder / f"{case.number}.pdf"
    path.write_bytes(case.data)
    outcome = judge(path, case.undamaged, moves_print=case.kind not in KEEPS_PRINT, seconds=seconds)
    path.unlink()
    if outcome.seconds > WORKS * seconds + SLACK_SECONDS:
        told = f"beyond the limit: {outcome.seconds:.0f} s; {outcome.message}"
        return Outcome(FAILED, told, outcome.seconds, outcome.limits)
    return outcome


def main() -> None:
    """Reads the cases and prints the table; exit code 1 where one failed."""
    given = _arguments()
    workers.MAX_JOBS, isolation.SHARE_AT_REST = MAX_JOBS, SHARE_AT_REST
    documents = [*make_documents(), *cut_documents(given.raw)]
    numbers = [given.only] if given.only is not None else range(given.start, given.start + given.cases)
    begun = time.monotonic()
    results = list(_run(given, numbers, documents))
    _print_table(results)
    n_failed = sum(outcome.kind == FAILED for _, outcome in results)
    print(f"{len(results)} damaged PDFs of {len(documents)} pages, seed {given.seed}: {time.monotonic() - begun:.0f} s")
    sys.exit(1 if n_failed else 0)


def _run(
    given: argparse.Namespace, numbers: Iterable[int], documents: Sequence[Document]
) -> Iterable[tuple[Case, Outcome]]:
    with tempfile.TemporaryDirectory(prefix="auditable-") as folder, ThreadPoolExecutor(given.workers) as pool:

        def one(number: int) -> tuple[Case, Outcome]:
            case = make_case(given.seed, number, documents)
            return case, read_case(case, Path(folder), given.seconds)

        for case, outcome in pool.map(one, numbers):
            if outcome.kind in (FAILED, LIMIT):
                _keep(given.seed, case, outcome)
            yield case, outcome


def _keep(seed: int, case: Case, outcome: Outcome) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    stem = KEPT / f"{seed}-{case.number}"
    stem.with_suffix(".pdf").write_bytes(case.data)
    told = f"{outcome.kind}: {case.kind}, {case.document}, {outcome.seconds:.1f} s: {outcome.message}"
    stem.with_suffix(".txt").write_text(told + "\n", "utf-8")
    print(f"--seed {seed} --only {case.number}: {told}", flush=True)


def _print_table(results: Sequence[tuple[Case, Outcome]]) -> None:
    counts = Counter((case.kind, outcome.kind) for case, outcome in results)
    slowest = {kind: max((o.seconds for c, o in results if c.kind == kind), default=0.0) for kind in MUTATIONS}
    print(f"| damage | {' | '.join(CLASSES)} | slowest, s | limits met |")
    print("|---|" + "--:|" * (len(CLASSES) + 1) + "---|")
    for kind in MUTATIONS:
        met = _name(outcome for case, outcome in results if case.kind == kind)
        print(f"| {kind} | {' | '.join(str(counts[kind, c]) for c in CLASSES)} | {slowest[kind]:.1f} | {met} |")
    total = [str(sum(outcome.kind == c for _, outcome in results)) for c in CLASSES]
    print(f"| all | {' | '.join(total)} | {max(slowest.values()):.1f} | {_name(o for _, o in results)} |")


def _name(outcomes: Iterable[Outcome]) -> str:
    """The limits that these met, with their counts: those that stopped the work, and those of a page left unread."""
    met = Counter(name for outcome in outcomes for name in outcome.limits)
    return ", ".join(f"{name} {n}" for name, n in met.most_common())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What becomes of thousands of damaged PDFs.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=N_CASES)
    parser.add_argument("--start", type=int, default=0, help="number of the first case")
    parser.add_argument("--only", type=int, help="this one case alone")
    parser.add_argument("--seconds", type=float, default=MAX_SECONDS, help="limit of one case")
    parser.add_argument("--workers", type=int, default=2, help="processes that read")
    parser.add_argument("--raw", type=Path, default=ROOT / "raw", help="folder of papers whose pages are damaged too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
