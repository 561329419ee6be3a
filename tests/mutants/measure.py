"""Prints how many mutants the tests kill, package by package, and lists those that survive.

    python -m tests.mutants.measure --seed 1
    python -m tests.mutants.measure --seed 2 --package checks --sample 100
    python -m tests.mutants.measure --seed 1 --again      only those that survived
    python -m tests.mutants.measure --package checks --modules "checks/flow_*.py"      a part of a package, as a pattern

A mutant is one small fault at one place of the code, drawn at random; the same seed draws the same places as long as
the code is the same. Those of equivalent.yaml change nothing a user could notice, each with its reason; they are no
part of the share. All packages take about half an hour of one processor.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from tests.mutants.packages import PACKAGES
from tests.mutants.places import Mutant, draw_mutants
from tests.mutants.running import CACHE, Fate, run_mutants

EQUIVALENT = Path(__file__).parent / "equivalent.yaml"


def main() -> None:
    """Draws, runs, prints; exit code 0 always, for a survivor is a question and no failure."""
    given = _arguments()
    names = given.package or list(PACKAGES)
    known = read_equivalent()
    fates = {name: _measure(name, given, known) for name in names}
    print("package      mutants  killed  hung  survived  not met  equivalent   share")
    for name, found in fates.items():
        print(_line(name, found, known))
    print(_line("all", [f for found in fates.values() for f in found], known))


def read_equivalent() -> Mapping[tuple[str, str, str], str]:
    """(path, line before, line after) → why no user could notice."""
    listed = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or []
    return {(e["path"], e["before"], e["after"]): e["reason"] for e in listed}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.measure", description=main.__doc__)
    parser.add_argument("--seed", type=int, default=1, help="draws the places")
    parser.add_argument("--package", action="append", choices=list(PACKAGES), help="only this one; may be given again")
    parser.add_argument("--sample", type=int, help="how many mutants of each package, instead of its own number")
    parser.add_argument("--modules", help="a pattern under src/auditable: draws only there")
    parser.add_argument(
        "--again", action="store_true", help="only those that survived the last measurement of this seed"
    )
    return parser.parse_args()


def _measure(name: str, given: argparse.Namespace, known: Mapping[tuple[str, str, str], str]) -> list[Fate]:
    package = PACKAGES[name]
    if given.modules:
        package = replace(package, modules=(given.modules,))
    mutants = draw_mutants(package, given.sample or package.sample, given.seed)
    file = CACHE / f"{name}-{given.seed}.survivors"
    if given.again:
        before = set(file.read_text(encoding="utf-8").splitlines())
        mutants = [m for m in mutants if _listed(m) in before]
    fates = run_mutants(package, mutants, f"{name}-{given.seed}{'-again' if given.again else ''}")
    alive = [f for f in fates if is_alive(f) and f.mutant.key not in known]
    if not given.again:
        file.write_text("\n".join(_listed(f.mutant) for f in alive), encoding="utf-8")
    for fate in alive:
        print(f"{fate.outcome} ({fate.n_tests} tests): {fate.mutant.path}:{fate.mutant.line}")
        print(f"  - {fate.mutant.before}\n  + {fate.mutant.after}")
    return fates


def is_alive(fate: Fate) -> bool:
    """Whether no test noticed the fault."""
    return fate.outcome in ("survived", "not met")


def _listed(mutant: Mutant) -> str:
    return " | ".join(mutant.key)


def _line(name: str, fates: Sequence[Fate], known: Mapping[tuple[str, str, str], str]) -> str:
    count = Counter("equivalent" if is_alive(f) and f.mutant.key in known else f.outcome for f in fates)
    told = len(fates) - count["equivalent"]
    share = 100 * (count["killed"] + count["hung"]) / told if told else 100.0
    return (
        f"{name:<12}{len(fates):>8}{count['killed']:>8}{count['hung']:>6}{count['survived']:>10}{count['not met']:>9}"
        f"{count['equivalent']:>12}{share:>7.1f}%"
    )


if __name__ == "__main__":
    main()
