"""Which N a count is a share of: proved by the numbers around it, never guessed.

Comes in: a Study. Goes out: for each cell with a count and a percentage, the N it must be judged by and the sentence
that proves it, or the candidates and why none is proved. The judgement itself is left to the checks, the pairs of
running text to prose_pairs.py.

An N is proved where it is printed in the same cell (8/32), or where it explains nearly all *other* pairs that share
it. An N that nobody printed is proved where it is the only whole number that explains nearly all other pairs of the
column. A count of the same row is proved to be the N where such a count is it in nearly all other rows (row_bases.py).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from auditable.blocks import Block, Cell, Observation, Study
from auditable.rounding import Printed, percent_of, totals_for
from auditable.row_bases import EXPLAINED_SHARE, RowBases

MIN_OTHERS_PRINTED = 2
"""Other pairs needed behind an N that is printed in a head, label or note."""
MIN_OTHERS_INFERRED = 3
"""Other pairs needed behind an N that nobody printed."""
MAX_TIED = 4
"""More whole numbers than this that explain a column equally well prove nothing."""
WIDEST_RANGE = 400
"""A pair that fits more denominators than this says nothing about N."""


_ALLELES = re.compile(r"\b(?:alleles?|chromosomes?|haplotypes?)\b", re.IGNORECASE)
"""What every patient has two of."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A count and the percentage printed with it."""

    cell: Cell
    n: Observation
    pct: Observation
    count: int
    share: Printed

    @property
    def place(self) -> tuple[str, int, int]:
        """Table, row and column."""
        return (self.n.table_id, self.n.row, self.n.col)

    def fits(self, total: int) -> bool:
        """Whether count/N prints as the percentage by any rounding, strict or loose."""
        return total > 0 and percent_of(self.count, total) in self.share.loose


@dataclass(frozen=True, slots=True)
class Proof:
    """The N of a pair: totals is empty where nothing is proved; reason is half a sentence either way.

    Several totals explain the rest equally well: a verdict must hold under all of them. is_of_row: the N is a count of
    the same row, so that other rows have another.
    """

    totals: tuple[int, ...]
    reason: str
    candidates: tuple[int, ...] = ()
    is_of_row: bool = False


def whole_number(text: str) -> int | None:
    """The whole number a text holds, or None."""
    text = text.strip().replace(",", "")
    return int(text) if text.isdecimal() else None


def read_pair(cell: Cell) -> Pair | None:
    """The count and percentage of a cell, or None where it does not hold exactly one of each."""
    n, pct = cell.only("n"), cell.only("pct")
    if n is None or pct is None or n.whole is None or pct.number is None or n.whole < 0:
        return None
    return Pair(cell, n, pct, n.whole, pct.number)


@lru_cache(maxsize=2)
def denominators_of(study: Study) -> Denominators:
    """The denominators of a study, found once for all rules."""
    return Denominators(study)


class Denominators:
    """The pairs of one study's tables with the N each is proved to be a share of."""

    def __init__(self, study: Study) -> None:
        self.pairs = tuple(p for p in (read_pair(c) for c in study.cells if c.first.table_type != "individual") if p)
        self.by_block = _group(self.pairs, "block")
        self.by_column = _group(self.pairs, "column")
        self._fit_of: dict[tuple[str, str, int], tuple[int, int]] = {}
        self._without_total: Counter[tuple[str, str]] = Counter()
        for pair in self.pairs:
            if (total := declared(pair)) is None:
                self._without_total[(pair.n.table_id, pair.n.arm)] += 1
            else:
                key = (pair.n.table_id, pair.n.arm, total)
                good, all_ = self._fit_of.get(key, (0, 0))
                self._fit_of[key] = (good + pair.fits(total), all_ + 1)
        self._proofs: dict[str, Proof] = {}
        self._row_bases = RowBases(self.pairs)
        self._inferred = {column: _explaining_totals(found) for column, found in self.by_column.items()}

    def prove(self, pair: Pair) -> Proof:
        """The N of a pair, judged by every pair around it but itself."""
        key = pair.n.observation_id + pair.pct.observation_id
        if key not in self._proofs:
            self._proofs[key] = _of_alleles(pair, self._prove(pair))
        return self._proofs[key]

    def _prove(self, pair: Pair) -> Proof:
        beside = pair.cell.only("total")
        if beside is not None and beside.whole:
            return Proof((beside.whole,), "printed beside the count")
        total = declared(pair)
        if total is None:
            inferred = self._infer(pair)
            base, reason = (0, "") if inferred.totals else self._row_bases.of(pair)
            return Proof((base,), reason, inferred.candidates, is_of_row=True) if base else inferred
        good, all_ = self._fit_of[(pair.n.table_id, pair.n.arm, total)]
        good, all_ = good - pair.fits(total), all_ - 1
        where = (pair.n.denominator_proof or pair.pct.denominator_proof).split(";")[0] or "printed in the table"
        where = (
            "printed in the column head"
            if where == f"boxhead: N = {total}"
            else where.replace("boxhead", "column head")
        )
        if all_ >= MIN_OTHERS_PRINTED and good >= EXPLAINED_SHARE * all_:
            return Proof((total,), f"{where}; explains {good} of {all_} other pairs {self._of_what(pair)}")
        if pair.fits(total):
            return Proof((total,), where)
        inferred = self._infer(pair, total)
        return inferred if good == 0 and all_ >= MIN_OTHERS_INFERRED else replace(inferred, totals=())

    def _of_what(self, pair: Pair) -> str:
        """Whose pairs an N was held against: those of the arm that are given it; others have none."""
        left = self._without_total[(pair.n.table_id, pair.n.arm)]
        of = "of its arm" if pair.n.arm else "of the table"
        return f"{of} that have this N" + (f", {left} more have none" if left else "")

    def prove_column(self, column: Block) -> Proof:
        """The N of a whole column, by the pairs in it."""
        pairs = self.by_column.get(column, [])
        totals = Counter(t for p in pairs for t in self.prove(p).totals)
        if not totals or len(pairs) < MIN_OTHERS_PRINTED:
            return Proof((), "no N is proved for this column")
        total, _ = totals.most_common(1)[0]
        return Proof((total,), f"explains {sum(p.fits(total) for p in pairs)} of {len(pairs)} pairs of the column")

    def _infer(self, pair: Pair, total: int | None = None) -> Proof:
        counts, informed = self._inferred[pair.cell.column]
        own = _totals(pair)
        others = informed - bool(own)
        left = Counter({t: c - (t in own) for t, c in counts.items()})
        best = max(left.values(), default=0)
        tied = tuple(sorted(t for t, c in left.items() if c == best))
        candidates = tuple(dict.fromkeys(([total] if total else []) + list(tied[:MAX_TIED])))
        if best >= MIN_OTHERS_INFERRED and best >= EXPLAINED_SHARE * others and len(tied) <= MAX_TIED:
            return Proof(tied, f"explains {best} of {others} other pairs of the column", candidates)
        reason = (
            f"N = {total} does not explain the pairs around it"
            if total
            else "no N explains the other pairs of its column"
        )
        return Proof((), reason, candidates if best > 1 or total else ())


def _of_alleles(pair: Pair, proof: Proof) -> Proof:
    """The proof of a row that counts alleles: each person has two, so a pair that does not fit N is held to 2 N."""
    if not proof.totals or not _ALLELES.search(pair.n.label) or any(pair.fits(t) for t in proof.totals):
        return proof
    return replace(proof, totals=tuple(2 * t for t in proof.totals), reason=f"two alleles for each; {proof.reason}")


def declared(pair: Pair) -> int | None:
    """The N an observation of the pair carries, or None."""
    return whole_number(pair.pct.denominator) or whole_number(pair.n.denominator)


def _group(pairs: tuple[Pair, ...], key: str) -> dict[Block, list[Pair]]:
    out: dict[Block, list[Pair]] = defaultdict(list)
    for pair in pairs:
        out[getattr(pair.cell, key)].append(pair)
    return dict(out)


def _totals(pair: Pair) -> range:
    found = totals_for(pair.count, pair.share)
    return found if found is not None and len(found) <= WIDEST_RANGE else range(0)


def _explaining_totals(pairs: list[Pair]) -> tuple[Counter[int], int]:
    counts: Counter[int] = Counter()
    informed = 0
    for pair in pairs:
        found = _totals(pair)
        counts.update(found)
        informed += bool(found)
    return counts, informed
