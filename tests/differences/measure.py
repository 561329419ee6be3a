"""How many seeded differences get their right name, in one discrepancy: `python -m tests.differences.measure`.

Comes in: the gold records of raw/ and the observations of curated/. Goes out: figures by class.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from auditable.gold_record import read_gold
from auditable.papers import list_studies
from auditable.reconcile import reconcile
from auditable.store import read_study
from tests.differences.seeding import SEEDERS, Base, Seeded

ROOT = Path(__file__).parents[2]
TRIES = 60


@dataclass(frozen=True)
class Judged:
    """What became of one seeded difference."""

    study_id: str
    seeded: Seeded
    kinds: tuple[str, ...]
    is_equal: bool

    @property
    def is_named(self) -> bool:
        return set(self.kinds) == {self.seeded.kind}

    @property
    def is_one(self) -> bool:
        return len(self.kinds) == 1


def load_bases(raw: Path = ROOT / "raw", curated: Path = ROOT / "curated") -> list[Base]:
    """Each study with the gold rows that agree with its reading."""
    bases = []
    for study_id in list_studies(raw):
        gold, read = read_gold(raw / study_id / "gold.csv"), read_study(curated, study_id).observations
        result = reconcile(study_id, read, gold)
        matches = result.matches.set_index("gold_line")
        agreeing = gold[gold["gold_line"].map(matches["kind"]) == "equal"]
        agreeing = agreeing.assign(observation_id=agreeing["gold_line"].map(matches["observation_id"]))
        known = reconcile(study_id, read, agreeing.drop(columns="observation_id")).discrepancies
        bases.append(Base(study_id, agreeing, read, frozenset(known["discrepancy_id"])))
    return bases


def seed(bases: list[Base], per_class: int, first: int) -> list[tuple[Base, Seeded]]:
    """per_class differences of each class, over all studies in turn."""
    made = []
    for seeder in SEEDERS:
        found, rng = 0, random.Random(f"{seeder.__name__} {first}")
        for attempt in range(per_class * TRIES):
            base = bases[(attempt + found) % len(bases)]
            seeded = seeder(base, rng)
            if seeded is not None:
                made.append((base, seeded))
                found += 1
            if found == per_class:
                break
    return made


def judge(base: Base, seeded: Seeded) -> Judged:
    """The discrepancies that the seeded difference brings about."""
    gold = seeded.gold.drop(columns="observation_id")
    result = reconcile(base.study_id, seeded.read, gold)
    own = result.matches[result.matches["gold_line"].isin(seeded.lines)]
    new = result.discrepancies[~result.discrepancies["discrepancy_id"].isin(base.known)]
    is_equal = bool(seeded.lines) and bool((own["kind"] == "equal").any())
    return Judged(base.study_id, seeded, tuple(new["kind"]), is_equal or not len(new))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=20, help="differences of each class")
    parser.add_argument("--first", type=int, default=0, help="another number gives other differences")
    parser.add_argument("--misses", action="store_true", help="list those with another name, or in several parts")
    arguments = parser.parse_args()
    judged = [judge(base, s) for base, s in seed(load_bases(), arguments.each, arguments.first)]
    print(f"{'class':20} {'seeded':>6} {'named':>6} {'one':>6} {'called equal':>12}")
    for kind in dict.fromkeys(j.seeded.kind for j in judged):
        _print(kind, [j for j in judged if j.seeded.kind == kind])
    _print("all", judged)
    if arguments.misses:
        for j in judged:
            if not (j.is_named and j.is_one) or j.is_equal:
                print(
                    f"{j.study_id} {j.seeded.kind} → {dict(Counter(j.kinds))}{' EQUAL' * j.is_equal}: {j.seeded.what}"
                )


def _print(name: str, judged: list[Judged]) -> None:
    named, one, equal = (sum(getattr(j, f) for j in judged) for f in ("is_named", "is_one", "is_equal"))
    print(f"{name:20} {len(judged):6} {named:6} {one:6} {equal:12}")


if __name__ == "__main__":
    main()
