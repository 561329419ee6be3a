"""percent.of_column: counts in one column and their percentages in the next, of one N that the other rows prove.

Comes in: a Study. Goes out: one outcome for each row of two such columns ("No." and "%"). N is the whole number that
explains the other rows; no head needs to print it. Counts and percentages of one cell are percent_of_n.py's, shares of
another count in the row table_ratios.py's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_lines import COUNT, Line, Table, kind_of, tables_of
from auditable.checks.words import ESTIMATE, SUBSET
from auditable.denominators import EXPLAINED_SHARE, MAX_TIED, MIN_OTHERS_INFERRED, WIDEST_RANGE, Pair
from auditable.rounding import exact_text, nearest_counts, percent_of, totals_for


def test_columns(study: Study) -> Iterator[Outcome]:
    """One outcome for each row of a column of counts with a column of percentages beside it."""
    for table in tables_of(study):
        for counts in table.columns:
            for shares in table.share_columns:
                if (
                    abs(counts.at - shares.at) == 1
                    and len(pairs := _pairs(counts, shares, table)) > MIN_OTHERS_INFERRED
                ):
                    yield from _test_pairs(pairs)


def _pairs(counts: Line, shares: Line, table: Table) -> list[Pair]:
    """The rows of two columns that print a count and nothing but a percentage."""
    found: list[Pair] = []
    for row, n in counts.numbers.items():
        pct = shares.numbers.get(row)
        if pct is not None and kind_of(n) == COUNT and n.whole is not None and not table.has_share(n):
            found.append(Pair(Cell((n, pct)), n, pct, n.whole, number_of(pct)))
    return found


def _test_pairs(pairs: Sequence[Pair]) -> Iterator[Outcome]:
    spans = [_totals(p) for p in pairs]
    votes = Counter(t for span in spans for t in span)
    for pair, span in zip(pairs, spans, strict=True):
        left = Counter({t: n - (t in span) for t, n in votes.items()})
        n_others = sum(len(s) > 0 for s in spans) - (len(span) > 0)
        best = max(left.values(), default=0)
        totals = sorted(t for t, n in left.items() if n == best)
        if best < MIN_OTHERS_INFERRED or best < EXPLAINED_SHARE * n_others or len(totals) > MAX_TIED:
            continue
        if any(pair.fits(t) for t in totals):
            yield _outcome(pair, next(t for t in totals if pair.fits(t)), best, n_others)
        elif not _may_have_own_base(pair, pairs, totals):
            yield _outcome(pair, totals[0], best, n_others)


def _may_have_own_base(pair: Pair, pairs: Sequence[Pair], totals: Sequence[int]) -> bool:
    """Whether the row may be a share of others: its label says so, or no row of its group shows what it is of."""
    words = f"{pair.n.stub_path} {pair.n.spanner_path} {pair.pct.spanner_path}"
    if ESTIMATE.search(words) or SUBSET.search(words) or f"{pair.n.marks}{pair.pct.marks}".strip():
        return True
    mates = [p for p in pairs if p is not pair and p.n.group == pair.n.group]
    return not any(p.fits(t) for p in mates for t in totals)


def _totals(pair: Pair) -> range:
    found = totals_for(pair.count, pair.share)
    return found if found is not None and len(found) <= WIDEST_RANGE else range(0)


def _outcome(pair: Pair, total: int, best: int, n_others: int) -> Outcome:
    exact = exact_text(percent_of(pair.count, total), pair.share.decimals)
    arithmetic = f"{pair.count}/{total} = {exact} %"
    observations: tuple[Observation, ...] = (pair.n, pair.pct)
    proof = f"N = {total} explains {best} of {n_others} other rows of the two columns"
    printed = f"{pair.count} ({pair.share})"
    if pair.fits(total):
        message = f"{pair.count} of {total} is {pair.share} %, as printed ({proof})."
        return Outcome("consistent", observations, message, arithmetic, printed, printed)
    count = max(nearest_counts(pair.share, total), key=lambda n: -abs(percent_of(n, total) - pair.share.value))
    message = f"{pair.count} of {total} is {exact} %, but {pair.share} % is printed; {count} would be ({proof})."
    return Outcome("impossible", observations, message, arithmetic, printed, f"{count} ({pair.share})")


RULES = (
    Rule(
        id="percent.of_column",
        claim="A count in one column and its percentage in the next are of the N that the other rows have.",
        severity="error",
        function=test_columns,
        assumptions="One whole number explains three other rows or more, and four fifths of them; another row of the "
        "same group has it too. Rows that name a subset or an estimate, or have a note, are left alone.",
        literature="Brown & Heathers 2017 (GRIM); INSPECT-SR check 4 (internal consistency)",
        example="No. 7305, 31, 2463, 21 and % 73.1, 0.3, 26.4, 0.2: 2463 of 10 000 is 24.6 %.",
    ),
)
