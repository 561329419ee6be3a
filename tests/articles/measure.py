"""How silent the checker is on true articles, and which seeded errors it finds: the open measure.

python -m tests.articles.measure --clean 40 --misses        false findings of clean articles, with their text
python -m tests.articles.measure --seeded 300 --misses      detectable errors that stay unfound
python -m tests.articles.measure --print SEED OUT.pdf       the article of a seed
--way truth|reading|pdf: how the numbers reach the checks. --cache DIR keeps readings while iterating.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.articles.checking import WAYS, Finding, find, is_found
from tests.articles.compose import article_of
from tests.articles.places import Place, place_tokens
from tests.articles.printing import print_article
from tests.articles.seeding import CLASSES, Seeded, seed_error, seeded_articles

N_PROCESSES = 2
Job = tuple[int, str, str, int, str | None]
"""Seed of the article, way, class of error ("" for none), seed of the error, folder of kept readings."""


@dataclass(frozen=True)
class Result:
    """What became of one article."""

    seed: int
    kind: str
    design: str
    is_detectable: bool
    is_found: bool
    is_named: bool
    told: tuple[str, ...]
    change: str


def measure(jobs: Sequence[Job], n_processes: int = N_PROCESSES, told: str = "") -> list[Result]:
    """The results of jobs, in their order; told: what the progress on stderr is of, none where empty."""
    if n_processes == 1:
        return [_run(job) for job in jobs]
    with ProcessPoolExecutor(n_processes) as pool:
        return list(_counted(pool.map(_run, jobs, chunksize=4), len(jobs), told))


def _counted(results: Iterable[Result], total: int, told: str) -> Iterator[Result]:
    for k, result in enumerate(results, 1):
        if told and (k % 10 == 0 or k == total):
            print(f"{told}: {k} of {total}", file=sys.stderr, flush=True)
        yield result


def clean_jobs(count: int, way: str, kept: str | None = None, first: int = 0) -> list[Job]:
    """True articles, one after the other."""
    return [(first + k, way, "", 0, kept) for k in range(count)]


def seeded_jobs(count: int, way: str, kept: str | None = None, first: int = 0) -> list[Job]:
    """Seeded articles, the classes in turn."""
    kinds = list(CLASSES)
    pairs = enumerate(seeded_articles(count, article_of, first))
    return [(seed, way, kinds[k % len(kinds)], k, kept) for k, (seed, _) in pairs]


def _run(job: Job) -> Result:
    seed, way, kind, number, kept = job
    article = article_of(seed)
    before = _before(seed, way, kept)
    if not kind:
        return Result(seed, "", article.design, False, bool(before), False, tuple(f.told() for f in before), "")
    seeded = seed_error(article, kind, number)
    assert seeded is not None
    findings = find(seeded.article, way, Path(kept) if kept else None)
    found, named = is_found(seeded, findings, before) if seeded.is_detectable else (False, False)
    told = tuple(f.told() for f in findings if f.key not in {b.key for b in before})
    return Result(seed, kind, article.design, seeded.is_detectable, found, named, told, describe(seeded))


@cache
def _before(seed: int, way: str, kept: str | None) -> list[Finding]:
    return find(article_of(seed), way, Path(kept) if kept else None)


def describe(seeded: Seeded) -> str:
    """Where, what was printed, what stands there now, and what that breaks."""
    true = article_of(seeded.article.seed)
    parts = []
    for number, places in place_tokens(seeded.article).items():
        if number in seeded.changed:
            parts.append(f"{true.tokens[number].text} → {seeded.changed[number]} @ {_where(places[0])}")
    broken = ", ".join(seeded.relations) or "nothing"
    return f"{'; '.join(parts)} | breaks {broken} | expects {' '.join(seeded.families)}"


def _where(p: Place) -> str:
    if p.kind in ("cell", "label", "head"):
        return f"T{p.table + 1} {' > '.join((*p.stub_path, *p.spanner_path)) or p.text}"
    return f"{p.section or p.kind} «{p.text}»"


def table_of(results: Sequence[Result]) -> list[str]:
    """Recall by class as lines of a Markdown table."""
    by_kind: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_kind[result.kind].append(result)
    lines = ["| error | articles | detectable | found | right family |", "|---|---|---|---|---|"]
    for kind, group in [*sorted(by_kind.items()), ("**all**", list(results))]:
        able = [r for r in group if r.is_detectable]
        found, named = sum(r.is_found for r in able), sum(r.is_named for r in able)
        lines.append(f"| {kind} | {len(group)} | {len(able)} | {found} | {named} |")
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints what is asked for."""
    given = _arguments(arguments)
    if given.print:
        seed, path = given.print
        print_article(article_of(int(seed)), Path(path))
        return
    lines: list[str] = []
    if given.clean:
        results = measure(clean_jobs(given.clean, given.way, given.cache, given.first))
        lines += _accused(results, given.way)
    if given.seeded:
        results = measure(seeded_jobs(given.seeded, given.way, given.cache, given.first))
        lines += _missed(results) if given.misses else []
        lines += table_of(results)
    text = "\n".join(lines if given.misses or given.seeded else lines[-1:])
    print(text)
    if given.out:
        Path(given.out).write_text(text + "\n", "utf-8")


def _accused(results: Sequence[Result], way: str) -> list[str]:
    hot = [r for r in results if r.told]
    lines = [
        line for r in hot for line in (f"## seed {r.seed} {r.design}: {len(r.told)}", *(f"   {t}" for t in r.told))
    ]
    n_findings = sum(len(r.told) for r in hot)
    return [*lines, f"clean, {way}: {n_findings} findings above note in {len(hot)} of {len(results)} articles"]


def _missed(results: Sequence[Result]) -> list[str]:
    out = []
    for r in results:
        if r.is_detectable and not r.is_named:
            fate = "found under another family" if r.is_found else "NOT FOUND"
            out += [f"## seed {r.seed} {r.design}, {r.kind}: {fate}", f"   {r.change}"]
            out += [f"      said: {t}" for t in r.told[:4]]
    return out


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.articles.measure",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--clean", type=int, default=0, help="number of true articles")
    parser.add_argument("--seeded", type=int, default=0, help="number of articles with an error")
    parser.add_argument("--first", type=int, default=0, help="seed of the first article")
    parser.add_argument("--way", choices=WAYS, default="reading")
    parser.add_argument("--misses", action="store_true", help="list each false finding and each error not found")
    parser.add_argument("--cache", help="folder that keeps readings of printed articles")
    parser.add_argument("--out", help="file that the text is written to as well")
    parser.add_argument("--print", nargs=2, metavar=("SEED", "OUT.pdf"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
