"""arm.heads: one arm has one N over its columns, in all tables.

Comes in: a Study. Goes out: one outcome for each head with an N whose arm, or all patients, other tables have too. A
head that no other table prints is accused where its own table contradicts it (the heads beside it add up with the other
N alone, its cells count from the other N, its counts or percentages are of the other N), and asked about where it
counts more patients than all other tables and nothing in the paper tells who they are. Fewer are never asked about:
values may be missing. Heads against the counts of one table are left to arm_sum.py and percent_head.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from auditable.blocks import Cell, Observation, Study
from auditable.checks.reachable_in_text import is_no_accident
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import ALL, Head, head_size, is_told_as_size, sized_heads
from auditable.checks.words import ESTIMATE, MEASURE, SUBSET
from auditable.denominators import Pair, denominators_of
from auditable.rounding import Printed, Verdict, counts_for

FEWEST_TABLES = 2
"""Other tables that must print one N before a larger one is asked about, where no other arm stands beside it."""
FEWEST_CELLS = 2
"""Cells, counts or percentages that must be of the other N, and none of the head's."""
MOST_MORE = 3
"""A head above the others by more than a third of them counts other patients, not the same ones wrongly."""
OWN = "own"
"""The numbers below a head prove its own N."""

Heads = dict[str, dict[str, Head]]


def test_heads(study: Study) -> Iterator[Outcome]:
    """One outcome for each head of an arm that another table has too."""
    heads = sized_heads(study)
    for table, own in heads.items():
        for arm, head in own.items():
            others = [found[arm] for other, found in heads.items() if other != table and arm in found]
            alike = [o for o in others if o.size == head.size]
            if alike:
                yield _outcome("consistent", head, alike, arm)
            elif others:
                yield from _judge(head, others, arm, study)


def _judge(head: Head, others: Sequence[Head], arm: str, study: Study) -> Iterator[Outcome]:
    """What the table itself, and the heads beside it, say of a head that no other table prints."""
    heads = sized_heads(study)
    beside = {a: h.size for a, h in heads[head.cell.table_id].items() if a != arm}
    known = {a: sizes for a in beside if (sizes := _sizes_elsewhere(a, head, heads))}
    if any(beside[a] not in sizes for a, sizes in known.items()):
        return  # other heads of this table differ too: it counts other patients
    sizes = dict.fromkeys(o.size for o in others)
    evidence = {size: _evidence(head, size, arm, study) for size in sizes}
    if OWN in evidence.values():
        return
    for size in sizes:
        if proof := _sums_with(size, head.size, arm, beside) or evidence[size]:
            yield _outcome("impossible", head, [o for o in others if o.size == size], arm, proof)
            return
    largest = max(sizes)
    is_one = len(sizes) == 1 and (bool(known) or len(others) >= FEWEST_TABLES)
    is_more = largest < head.size <= largest + largest // MOST_MORE
    if is_one and is_more and not is_told_as_size(head.size, study, head.cell):
        yield _outcome("not testable", head, others, arm, "nothing tells who the others are")


def _sizes_elsewhere(arm: str, head: Head, heads: Heads) -> set[int]:
    """What the other tables print over an arm."""
    return {found[arm].size for table, found in heads.items() if table != head.cell.table_id and arm in found}


def _sums_with(size: int, printed: int, arm: str, beside: dict[str, int]) -> str:
    """The sum of the heads of a table that comes out right with another N alone, or ""."""
    arms = [n for a, n in beside.items() if a != ALL]
    if arm == ALL:
        is_right = len(arms) > 1 and sum(arms) == size
        return f"{' + '.join(map(str, arms))} = {size}, not {printed}" if is_right else ""
    whole = beside.get(ALL)
    is_right = whole is not None and bool(arms) and sum(arms) + size == whole
    return f"{' + '.join(map(str, (*arms, size)))} = {whole}, not so with {printed}" if is_right else ""


def _evidence(head: Head, size: int, arm: str, study: Study) -> str:
    """How the numbers below a head prove another N, OWN where they prove the head's, "" where they prove neither."""
    table = head.cell.table_id
    cells = [c for c in study.cells if c.first.table_id == table and _is_plain(c.first)]
    if proof := _by_totals([c for c in cells if c.only("n") and c.only("total")], head, size, arm):
        return proof
    cells = [c for c in cells if c.first.arm == arm]
    pairs = [p for p in denominators_of(study).pairs if p.n.table_id == table and p.n.arm == arm and _is_plain(p.n)]
    bare = [o for c in cells if (o := c.only("pct")) is not None and not ESTIMATE.search(o.stub_path)]
    shares = [o.number for o in bare if o.number and not o.number.comparator]
    return _by_pairs(pairs, head.size, size) if pairs else _by_shares(shares, head.size, size)


def _by_totals(cells: Sequence[Cell], head: Head, size: int, arm: str) -> str:
    """What an N printed in the cells proves (8/32): all are the other N, and those of the same rows under other heads
    are what these heads say.
    """
    own = [t for c in cells if c.first.arm == arm and (t := c.only("total")) is not None]
    rows = {t.row for t in own}
    beside = [t for c in cells if c.first.arm != arm and (t := c.only("total")) is not None and t.row in rows]
    if not own or {t.whole for t in own} != {size}:
        return OWN if head.size in {t.whole for t in own} else ""
    fits = all(t.whole == head_size(t.spanner_path) for t in beside)
    return f"its cells count from {size}" if fits and (beside or len(own) >= FEWEST_CELLS) else ""


def _by_pairs(pairs: Sequence[Pair], own: int, other: int) -> str:
    """What counts with their percentages prove."""
    of_own = [p for p in pairs if p.fits(own) and not p.fits(other)]
    of_other = [p for p in pairs if p.fits(other) and not p.fits(own)]
    if len(of_own) > len(of_other):
        return OWN
    if len(of_other) < FEWEST_CELLS or of_own:
        return ""
    return f"{of_other[0].count} ({of_other[0].share} %) is of {other}, not of {own}"


def _by_shares(shares: Sequence[Printed], own: int, other: int) -> str:
    """What percentages without a count prove: all are whole patients of the one N, some are not of the other."""
    not_of_own, not_of_other = ([s for s in shares if not len(counts_for(s, n))] for n in (own, other))
    if not_of_other and not not_of_own:
        return OWN
    is_proved = len(not_of_own) >= FEWEST_CELLS and not not_of_other and is_no_accident(other, shares)
    return f"no count of {own} gives {not_of_own[0]} %, all are shares of {other}" if is_proved else ""


def _is_plain(o: Observation) -> bool:
    """Whether a row counts patients of the whole column; "Events" of a survival does."""
    words = f"{o.label} {o.timepoint}"
    is_estimate = ESTIMATE.search(words) or MEASURE.search(words) or o.category == "rate"
    return not (o.subgroup or is_estimate or SUBSET.search(f"{o.stub_path} {o.spanner_path}"))


def _outcome(verdict: Verdict, head: Head, others: Sequence[Head], arm: str, why: str = "") -> Outcome:
    """why: half a sentence that says what is wrong."""
    known, own = others[0].size, head.cell.table_id
    cells = tuple(chain((head.cell,), (o.cell for o in others)))
    who, where = f'"{arm}"' if arm else "all patients", ", ".join(dict.fromkeys(o.cell.table_id for o in others))
    shown, printed, expected = f"N = {head.size} in {own}, N = {known} in {where}", f"N = {head.size}", f"N = {known}"
    if verdict == "consistent":
        message = f"{own} prints N = {head.size} over {who}, as {where} does."
        return Outcome(verdict, cells, message, shown, printed, expected)
    message = f"{own} prints N = {head.size} over {who}, but N = {known} stands in {where}: {why}."
    if verdict == "impossible":
        return Outcome(verdict, cells, f"{message} N = {known} would fit.", shown, printed, expected)
    return Outcome(verdict, cells, message, shown, printed, expected, severity="error")


RULES = (
    Rule(
        id="arm.heads",
        claim="The N over the columns of an arm is the same in all tables.",
        severity="error",
        function=test_heads,
        assumptions="No other table prints this N over the arm, and the other heads of its table agree with those of "
        "other tables. It is accused where the heads beside it add up with the other N alone, or where its cells, "
        "counts or percentages are of the other N. A larger N without such proof, that stands nowhere else, is a "
        "question; a smaller one is not judged (values may be missing).",
        literature="CONSORT 2010 item 16 (numbers analysed); INSPECT-SR check 4",
        example="Total (N = 94) in Table 3, Total (N = 92) in all other tables, where the arms are 45 and 47.",
    ),
)
