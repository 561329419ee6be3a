"""docs/checker.md, written from the measure: silence on true articles, errors found by class, what is not found.

python -m tests.articles.report [--clean 40] [--seeded 320] [--printed 120] [--cache DIR] [--to docs/checker.md]
The same seeds and the same code give the same bytes; nothing in it depends on the day or the machine.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from tests.articles.measure import Result, clean_jobs, measure, seeded_jobs

WAYS = ("truth", "pdf")
HEAD = """# What the checker finds

Written by `make checker`; do not edit by hand. These figures come again, the same bytes each time, by
`make checker ARGS="--first {first} --clean {clean} --seeded {seeded} --printed {printed}"` (seeds to {last}).
One article alone: `python -m tests.articles.measure --print SEED OUT.pdf`.

Articles are made (tests/articles): patients are simulated, tables and sentences are derived from them exactly, and the
whole is printed to PDF in the habits of several journals: trials with one, two and three arms, cohorts, case series.
Every number that is printed twice, or that others imply, is bound to them by a relation; in a true article all of them
hold. A seeded error changes one printed number, word or unit, or exchanges two cells. It counts as detectable where the
printed texts then break at least one relation; that is judged from the texts alone, without the checker and without
the patients. It counts as found where a finding above "note" names a place that was changed and the true article has no
such finding; the family is right where the rule belongs to one that can report a broken relation.

"True observations": the rules are given the numbers with their true meaning. "From the PDF": printed, read, given a
meaning and checked, as `auditable check` does; of the seeded articles the first {printed} are printed and read, all of
them by `--printed {seeded}`.
"""


def write_report(clean: int, seeded: int, printed: int, kept: str | None = None, first: int = 0) -> str:
    """The text of docs/checker.md; printed: how many of the seeded articles go through the PDF."""
    counts = {"truth": seeded, "pdf": min(printed, seeded)}
    silent = {way: measure(clean_jobs(clean, way, kept, first), told=f"true, {way}") for way in WAYS}
    found = {way: measure(seeded_jobs(counts[way], way, kept, first), told=f"seeded, {way}") for way in WAYS}
    last = max(r.seed for results in (*silent.values(), *found.values()) for r in results)
    parts = [HEAD.format(clean=clean, seeded=seeded, printed=counts["pdf"], first=first, last=last)]
    parts += ["## True articles", _silence(silent), "## Seeded errors", _recall(found)]
    parts += ["## Not found, and why", _missed(found), "## What no arithmetic can find", _hidden(found["truth"])]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _silence(silent: dict[str, list[Result]]) -> str:
    lines = ["| | articles | with a finding above note | such findings |", "|---|---|---|---|"]
    for way, name in (("truth", "true observations"), ("pdf", "from the PDF")):
        results = silent[way]
        n_articles, n_findings = sum(bool(r.told) for r in results), sum(len(r.told) for r in results)
        lines.append(f"| {name} | {len(results)} | {n_articles} | {n_findings} |")
    told = [f"- Seed {r.seed}, {r.design}: {t}" for r in silent["pdf"] for t in r.told]
    return "\n".join([*lines, "", *(told or ["No article is accused."])])


def _recall(found: dict[str, list[Result]]) -> str:
    lines = [
        "| error | articles | detectable | true observations: found | right family "
        "| printed and detectable | PDF: found | right family |",
        "|---|---|---|---|---|---|---|---|",
    ]
    kinds = list(dict.fromkeys(r.kind for r in found["truth"]))
    for kind in [*kinds, ""]:
        true, read = ([r for r in found[way] if not kind or r.kind == kind] for way in WAYS)
        cells = [str(len(true)), *_shares(true), *_shares(read)]
        lines.append(f"| {kind or '**all**'} | " + " | ".join(cells) + " |")
    every = found["truth"]
    hidden = sum(not r.is_detectable for r in every)
    lines += ["", f"No arithmetic can find {hidden} of {len(every)} errors ({_percent(hidden, len(every))})."]
    return "\n".join(lines)


def _shares(results: Sequence[Result]) -> list[str]:
    """Detectable ones; found; with the right family."""
    able = [r for r in results if r.is_detectable]
    return [
        str(len(able)),
        _part(sum(r.is_found for r in able), len(able)),
        _part(sum(r.is_named for r in able), len(able)),
    ]


def _part(count: int, total: int) -> str:
    return f"{count} ({_percent(count, total)})" if total else "–"


def _percent(count: int, total: int) -> str:
    """A share with one decimal; all of them is 100 %, and nothing less is printed so."""
    tenths = 1000 * count // total if total else 0
    return f"{tenths // 10}.{tenths % 10} %"


def _missed(found: dict[str, list[Result]]) -> str:
    groups: dict[str, list[str]] = defaultdict(list)
    for k, true in enumerate(found["truth"]):
        read = found["pdf"][k] if k < len(found["pdf"]) else None
        if true.is_detectable and not (true.is_found and (read is None or read.is_found)):
            groups[_reason(true, read)].append(f"- Seed {true.seed}, {true.kind}: {_short(true.change)}")
    lines: list[str] = []
    for reason, items in sorted(groups.items()):
        lines += [f"**{reason}** ({len(items)})", "", *items, ""]
    return "\n".join(lines) or "Every detectable error is found."


def _reason(true: Result, read: Result | None) -> str:
    if true.is_found:
        return "Said on true observations, lost on the way from the PDF: a number read, named or attributed otherwise"
    if read is not None and read.is_found:
        return "Said from the PDF only: true observations lack what the rule looks at"
    return "No rule says it, even with the true meaning of every number"


def _short(change: str) -> str:
    where, _, _ = change.partition(" | expects ")
    return where if len(where) < 320 else where[:317] + "…"


def _hidden(results: Sequence[Result]) -> str:
    lines = ["| error | undetectable | articles |", "|---|---|---|"]
    kinds: dict[str, list[Result]] = defaultdict(list)
    for r in results:
        kinds[r.kind].append(r)
    for kind, group in kinds.items():
        if hidden := sum(not r.is_detectable for r in group):
            lines.append(f"| {kind} | {hidden} | {len(group)} |")
    why = (
        "These change a number that nothing else in the article repeats or implies, move it less than its rounding "
        "allows, or exchange two numbers that may each stand in the other's place."
    )
    return "\n".join([*lines, "", why])


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the report."""
    parser = argparse.ArgumentParser(prog="make checker ARGS=", description=main.__doc__)
    parser.add_argument("--clean", type=int, default=40, help="number of true articles")
    parser.add_argument("--seeded", type=int, default=320, help="number of articles with an error")
    parser.add_argument("--printed", type=int, default=120, help="how many of these go through the PDF")
    parser.add_argument("--first", type=int, default=0, help="seed of the first article")
    parser.add_argument("--cache", help="folder that keeps readings of printed articles")
    parser.add_argument("--to", type=Path, default=Path("docs/checker.md"))
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        # a true article is read once, whether it is told alone or what its errors are held against
        text = write_report(given.clean, given.seeded, given.printed, given.cache or folder, given.first)
    given.to.write_text(text, "utf-8")
    print(f"{given.to} is written.")


if __name__ == "__main__":
    main()
