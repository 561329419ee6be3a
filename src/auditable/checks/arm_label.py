"""arm.label: what is said of an arm must fit that arm.

Comes in: a Study. Goes out: one outcome for each row whose two arms are told apart by their N, for each two columns,
and for each sentence that sets two arms against each other. A value that fits no arm is left to percent_of_n.py, the
sum of the arms to arm_sum.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import FROM_HEAD, without_size
from auditable.checks.words import ESTIMATE
from auditable.denominators import EXPLAINED_SHARE, Denominators, Pair, declared, denominators_of
from auditable.rounding import percent_of

MIN_PAIRS_OF_A_COLUMN = 3
COMPARED = ("pct", "median", "mean", "rate", "n")
"""Statistics that a sentence sets against each other."""
_TURNED = re.compile(
    r"\b(?:compared (?:with|to)|relative to|than|versus|vs\.?|unlike|in contrast to)\s*(?:the\s)?$", re.I
)

RowKey = tuple[str, int, str, str, str, str, str]


def test_arms(study: Study) -> Iterator[Outcome]:
    """Rows and columns whose counts fit the N of the other arm, and sentences that turn a table's arms round."""
    denominators = denominators_of(study)
    rows = _rows_of_two_arms(denominators.pairs)
    swapped_tables: set[str] = set()
    for outcome, table_id, is_swapped in _test_columns(denominators):
        swapped_tables |= {table_id} if is_swapped else set()
        yield outcome
    for row in rows:
        for left, right in combinations(row, 2):
            if left.n.table_id not in swapped_tables:
                yield from _test_row(left, right, denominators)
    yield from _test_sentences(study)


def _rows_of_two_arms(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Pairs of one row in different arms with a printed N each."""
    rows: dict[RowKey, dict[str, Pair]] = defaultdict(dict)
    for pair in pairs:
        if pair.n.arm and declared(pair):
            rows[row_of(pair.n)].setdefault(pair.n.arm, pair)
    return [list(row.values()) for row in rows.values() if len(row) > 1]


def row_of(o: Observation) -> RowKey:
    """What two cells of one row share, whatever their arms."""
    return (o.table_id, o.row, o.stub_path, o.timepoint, o.grade, o.event_kind, o.subgroup)


def _test_row(left: Pair, right: Pair, denominators: Denominators) -> Iterator[Outcome]:
    own, other = declared(left), declared(right)
    proofs = denominators.prove(left).totals, denominators.prove(right).totals
    if not own or not other or proofs != ((own,), (other,)) or ESTIMATE.search(left.n.stub_path):
        return
    if _is_swapped(left, right, own, other):
        names = left.n.arm, right.n.arm
        message = (
            f'{left.count} ({left.share} %) stands under "{names[0]}" (N = {own}) and {right.count} ({right.share} %) '
            f'under "{names[1]}" (N = {other}); each fits only the N of the other arm: they seem to be swapped.'
        )
        yield Outcome(
            "impossible", (left.n, left.pct, right.n, right.pct), message,
            f"{left.count}/{other} = {left.share} % and {right.count}/{own} = {right.share} %",
            f"{left.count} ({left.share}) | {right.count} ({right.share})",
            f"{right.count} ({right.share}) | {left.count} ({left.share})",
        )  # fmt: skip
    elif left.fits(own) and right.fits(other) and not (left.fits(other) or right.fits(own)):
        message = f'Each of the two counts fits only the N of its own arm ("{left.n.arm}", "{right.n.arm}").'
        arithmetic = f"{left.count}/{own} = {left.share} % and {right.count}/{other} = {right.share} %"
        printed = f"{left.count} | {right.count}"
        yield Outcome("consistent", (left.n, right.n), message, arithmetic, printed, printed)


def _is_swapped(left: Pair, right: Pair, own: int, other: int) -> bool:
    turned = left.count <= other and right.count <= own and _strictly(left, other) and _strictly(right, own)
    return turned and not left.fits(own) and not right.fits(other)


def _strictly(pair: Pair, total: int) -> bool:
    return percent_of(pair.count, total) in pair.share.ordinary


def _test_columns(denominators: Denominators) -> Iterator[tuple[Outcome, str, bool]]:
    """Columns whose counts all fit the N printed over the other one."""
    tables: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for pair in denominators.pairs:
        proof = pair.n.denominator_proof or pair.pct.denominator_proof
        if pair.n.arm and declared(pair) and proof.startswith(FROM_HEAD) and pair.count:
            tables[pair.n.table_id][pair.n.arm].append(pair)
    for table_id, arms in tables.items():
        for (a, left), (b, right) in combinations(arms.items(), 2):
            sizes = {declared(p) for p in left}, {declared(p) for p in right}
            if min(len(left), len(right)) < MIN_PAIRS_OF_A_COLUMN or len(sizes[0]) != 1 or len(sizes[1]) != 1:
                continue
            n_left, n_right = sizes[0].pop() or 0, sizes[1].pop() or 0
            own = _share_fitting(left, n_left), _share_fitting(right, n_right)
            turned = _share_fitting(left, n_right), _share_fitting(right, n_left)
            if n_left == n_right or min(turned) < EXPLAINED_SHARE or max(own) >= 1 - EXPLAINED_SHARE:
                continue
            message = (
                f'The counts under "{a}" fit N = {n_right} and those under "{b}" N = {n_left}: the heads of the two '
                "columns seem to be swapped."
            )
            arithmetic = (
                f"{left[0].count}/{n_right} = {left[0].share} %, {right[0].count}/{n_left} = {right[0].share} %"
            )
            observations = (left[0].n, left[0].pct, right[0].n, right[0].pct)
            printed, expected = f"N = {n_left} | {n_right}", f"N = {n_right} | {n_left}"
            yield Outcome("impossible", observations, message, arithmetic, printed, expected), table_id, True


def _share_fitting(pairs: Sequence[Pair], total: int) -> float:
    return sum(p.fits(total) for p in pairs) / len(pairs)


def _test_sentences(study: Study) -> Iterator[Outcome]:
    """Two values of a sentence, each said of an arm, against the row of a table that prints the same two."""
    printed: dict[tuple[str, str, str], set[tuple[str, int]]] = defaultdict(set)
    rows: dict[tuple[RowKey, str], dict[str, Observation]] = defaultdict(dict)
    for o in study.observations:
        if o.source == "table" and o.arm and o.statistic in COMPARED and o.number and o.table_type != "individual":
            rows[(row_of(o), o.statistic)].setdefault(o.arm, o)
            printed[(o.arm, o.statistic, o.value)].add((o.table_id, o.row))
    by_values: dict[tuple[str, frozenset[str]], list[dict[str, Observation]]] = defaultdict(list)
    for (_, statistic), arms in rows.items():
        for a, b in combinations(arms.values(), 2):
            if a.value != b.value:
                by_values[(statistic, frozenset((a.value, b.value)))].append({a.arm: a, b.arm: b})
    for mentions in study.sentences:
        for a, b in _set_against(mentions):
            yield from _test_mentions(a, b, by_values[(a.statistic, frozenset((a.value, b.value)))])


def _set_against(mentions: Sequence[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """The two values that a sentence gives of its only two arms, each arm named once, in the order of the values."""
    for statistic in COMPARED:
        found = [o for o in mentions if o.statistic == statistic and o.number and not o.number.comparator]
        if len(found) != 2 or any(not o.arm or o.speaks_of == "another study" for o in found):
            continue
        a, b = found
        at = [_only_place(o.arm, o.quote) for o in found]
        if a.arm == b.arm or at[0] is None or at[1] is None or not at[0] < at[1]:
            continue
        is_turned = at[0] < a.start and _TURNED.search(a.quote[: at[0]]) is not None
        if a.value != b.value and not is_turned:
            yield a, b


def _only_place(arm: str, quote: str) -> int | None:
    """Where the name of an arm stands in a sentence, if it does exactly once: all of it ("Drug X 20 mg"), else its
    first word.
    """
    words = re.findall(r"[A-Za-z][\w+-]{2,}", without_size(arm))
    words = [w for w in words if w.lower() not in ("group", "arm", "cohort", "the", "plus", "and")]
    if not words:
        return None
    name = r"\s+".join(map(re.escape, without_size(arm).split()))
    for pattern in (name, re.escape(words[0])):
        found = [m.start() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", quote, re.IGNORECASE)]
        if len(found) == 1:
            return found[0]
    return None


def _test_mentions(a: Observation, b: Observation, rows: Sequence[dict[str, Observation]]) -> Iterator[Outcome]:
    known = [r for r in rows if set(r) == {a.arm, b.arm} and _is_of(a, r[a.arm])]
    same = [r for r in known if r[a.arm].value == a.value]
    if same:
        message = f'The sentence gives "{a.arm}" and "{b.arm}" the values that {same[0][a.arm].place} gives them.'
        values = f"{a.value} | {b.value}"
        yield Outcome("consistent", (a, b, *same[0].values()), message, values, values, values)
    elif known:
        row = known[0]
        message = (
            f'The sentence gives {a.value} to "{a.arm}" and {b.value} to "{b.arm}"; {row[a.arm].place} prints them the '
            "other way round: one of the two has the arms swapped."
        )
        arithmetic = f"{a.arm}: {a.value}, table {row[a.arm].value}; {b.arm}: {b.value}, table {row[b.arm].value}"
        observations = (a, b, row[a.arm], row[b.arm])
        printed, expected = f"{a.value} | {b.value}", f"{row[a.arm].value} | {row[b.arm].value}"
        yield Outcome("impossible", observations, message, arithmetic, printed, expected)


def _is_of(said: Observation, cell: Observation) -> bool:
    """Whether a sentence and a cell speak of one variable: both named alike, or by a word of the row's label."""
    if said.variable and cell.variable:
        return said.variable == cell.variable and (not said.category or said.category == cell.category)
    words = set(re.findall(r"[a-z]{5,}", cell.label.lower()))
    return bool(words & set(re.findall(r"[a-z]{5,}", said.quote.lower())))


RULES = (
    Rule(
        id="arm.label",
        claim="A count of an arm fits the N of that arm and not that of another, in tables and in sentences.",
        severity="error",
        function=test_arms,
        assumptions="Both arms have an N that explains the rest of their columns, and each of the two counts fits only "
        "the N of the other. A sentence is accused only where it names each of two arms once, in the order of two "
        "values that the table prints the other way round.",
        literature="INSPECT-SR check 4 (internal consistency); Brown & Heathers 2017 (GRIM)",
        example='12 (24.0) under "A" (N = 48) and 15 (31.3) under "B" (N = 50): 12/50 = 24.0 %, 15/48 = 31.3 %.',
    ),
)
