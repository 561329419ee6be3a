"""percent.head: the N over a column is the N that the percentages of the column are of.

Comes in: a Study. Goes out: one outcome for each column with an N in its head and enough pairs of count and percentage:
the pairs together say which N they are of. A single pair that does not fit is left to percent_of_n.py, an N printed in
the cell to percent_denominator.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import has_head_size, head_size, may_have_own_base
from auditable.checks.words import ESTIMATE, MISSING_ONLY, SUBSET
from auditable.denominators import Pair, denominators_of
from auditable.rounding import totals_for

MIN_PAIRS = 4
"""Pairs that must fit another N before a head may be accused, each of them telling."""
MIN_MORE = 3
"""Pairs that the other N must explain beyond those that the head's explains."""
EXPLAINED = 0.9
"""Share of the pairs that the other N must explain."""
HEAD_EXPLAINS = 0.5
"""Share of the pairs below which the head's N is no longer the N of most rows."""
WIDEST_RANGE = 400

Column = tuple[str, str, str]


def test_heads(study: Study) -> Iterator[Outcome]:
    """One outcome for each column with an N in its head."""
    columns: dict[Column, list[Pair]] = defaultdict(list)
    for pair in denominators_of(study).pairs:
        is_plain = pair.cell.only("total") is None and not ESTIMATE.search(pair.n.stub_path)
        # where the N of a head fits no row of its column, the rows were given none
        size = pair.n.denominator if has_head_size(pair.n) else str(head_size(pair.n.spanner_path) or "")
        if is_plain and size and pair.n.denominator in ("", size) and not SUBSET.search(pair.n.stub_path):
            columns[(pair.n.table_id, pair.n.spanner_path, size)].append(pair)
    odd = {key: found for key, pairs in columns.items() if (found := _others_that_fit(pairs, int(key[2])))}
    own_base = may_have_own_base(study)
    for key, pairs in columns.items():
        total = int(key[2])
        fitting = [p for p in pairs if p.fits(total)]
        if key in odd:
            many = sum(k[0] == key[0] for k in odd) > 1
            is_known = not own_base and not many and not _has_missing(study, key, odd[key])
            yield _judge(pairs, total, odd[key], is_known)
        elif len(fitting) >= MIN_PAIRS and len(fitting) == len(pairs):
            message = f"All {len(pairs)} counts and percentages of the column fit the N = {total} of its head."
            yield Outcome("consistent", _shown(pairs), message, "", str(total), str(total))


def _others_that_fit(pairs: Sequence[Pair], total: int) -> list[int]:
    """The whole numbers that explain nearly all pairs of a column whose head does not explain most of them."""
    counts: Counter[int] = Counter()
    informed: list[Pair] = []
    for pair in pairs:
        found = totals_for(pair.count, pair.share)
        if found is not None and 0 < len(found) <= WIDEST_RANGE:
            counts.update(found)
            informed.append(pair)
    best = max(counts.values(), default=0)
    by_head = sum(p.fits(total) for p in informed)
    is_clear = best >= MIN_PAIRS and best >= EXPLAINED * len(informed) and best - by_head >= MIN_MORE
    if not is_clear or by_head >= HEAD_EXPLAINS * len(informed):
        return []
    return sorted(t for t, n in counts.items() if n == best)


def _has_missing(study: Study, key: Column, others: Sequence[int]) -> bool:
    """Whether a row of the table counts just those by whom the head is larger: they were left out of the rest."""
    left_out = {int(key[2]) - n for n in others}
    rows = (o for o in study.observations if o.table_id == key[0] and o.statistic == "n" and o.whole in left_out)
    return any(MISSING_ONLY.search(o.stub_path) for o in rows)


def _judge(pairs: Sequence[Pair], total: int, others: Sequence[int], is_known: bool) -> Outcome:
    fit = [p for p in pairs if others[0] >= p.count and p.fits(others[0])]
    shown = f"N = {others[0]}" if len(others) == 1 else f"N = {others[0]} to {others[-1]}"
    misfit = next(p for p in fit if not p.fits(total))
    arithmetic = f"{misfit.count}/{total} is not {misfit.share} %; {misfit.count}/{others[0]} = {misfit.share} %"
    message = f"The head says N = {total}, but {len(fit)} of {len(pairs)} rows of the column are shares of {shown}."
    if is_known or others[0] > total:
        return Outcome("impossible", _shown([misfit]), message, arithmetic, f"N = {total}", shown)
    message += " The percentages may be of those with data only."
    return Outcome("not testable", _shown([misfit]), message, arithmetic, f"N = {total}", shown)


def _shown(pairs: Sequence[Pair]) -> tuple[Observation, ...]:
    return tuple(o for p in pairs[:MIN_PAIRS] for o in (p.n, p.pct))


RULES = (
    Rule(
        id="percent.head",
        claim="The N printed over a column is the N that its percentages are of.",
        severity="error",
        function=test_heads,
        assumptions="Nine tenths of the column's pairs of count and percentage, and four at least, fit another N and "
        "fewer than half fit the one of the head; it is the only such column of its table, no caption or note gives "
        "the percentages another base and no row counts the patients left out.",
        literature="Brown & Heathers 2017 (GRIM), for all rows of a column at once",
        example="Head N = 60, but 12 (20.3), 31 (52.5), 7 (11.9) and 25 (42.4) are all shares of 59.",
    ),
)
