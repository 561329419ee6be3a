"""Which observation answers which gold row of a table: by its place.

Comes in: Sides, one per gold row or observation. Goes out: pairs with their kind. The order of the
passes over tables, each taking what the one before left over:

1. same place (table, stub path, spanner path) and statistic: "equal", or "unit", or "value";
2. same place, another statistic: "statistic", first those whose value is equal;
3. a label that differs slightly or in its outermost levels, value, statistic and unit equal, and no other row could be
   meant: "label only";
4. a label that differs slightly, and another value: "value".

What is left is sought once more in tables whose number stands nowhere in gold and whose rows say that they are the gold
table or a part of it: one misread "Table 1" must not lose every row below it. Found there it is "label only" at best.

Rows of the text have no place; prose_matching.py pairs them. One observation answers at most one gold row; what no pass
pairs is missing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from auditable.sameness import MOST_KEPT, is_close_label, is_same_tail, label_key, missing_key, unit_key, value_key

PROSE = "prose"


@dataclass(frozen=True)
class Side:
    """One gold row or one observation with the keys that are compared. source: "gold", or that of the observation."""

    index: int
    row: dict[Hashable, object]
    table_id: str
    source: str
    stub: str
    spanner: str
    statistic: str
    value: str
    unit: str

    @cached_property
    def place(self) -> tuple[str, str, str]:
        """Where it stands: table and both label paths, as compared."""
        return (self.table_id, label_key(self.stub), label_key(self.spanner))

    def text(self, column: str) -> str:
        """A further column of the row, as text."""
        return str(self.row[column])


Pairs = dict[int, tuple[Side, str]]
"""Index of a gold row → the observation that answers it, and the kind."""


def gold_side(row: dict[Hashable, object]) -> Side:
    """The keys of a gold row; index is its line."""
    text = {str(k): str(v) for k, v in row.items()}
    return Side(
        int(text["gold_line"]), row, text["table_id"], "gold",
        text["stub_path"], text["spanner_path"], text["statistic"], text["value"], text["unit"],
    )  # fmt: skip


def read_side(row: dict[Hashable, object]) -> Side:
    """The keys of an observation; where the value is missing its statistic is "missing", as people key it."""
    text = {str(k): str(v) for k, v in row.items()}
    value = text["comparator"] + text["value"] if text["value"] else text["raw_text"] or text["missing"]
    statistic = "missing" if text["missing"] and not text["value"] else text["statistic"]
    return Side(
        int(text["row"]), row, text["table_id"], text["source"], text["stub_path"], text["spanner_path"],
        statistic, value, text["unit"],
    )  # fmt: skip


def has_same_value(gold: Side, read: Side) -> bool:
    """Whether both print the same value, or say in the same sense that it is missing."""
    if gold.statistic == "missing":
        reasons = (read.value, read.text("missing")) if read.statistic == "missing" else (read.value,)
        return missing_key(gold.value) in map(missing_key, reasons)
    return value_key(gold.value) == value_key(read.value)


def said(gold: Side) -> tuple[bool, str]:
    """What a gold row says: whether its value is missing, and the value or the reason as compared."""
    is_missing = gold.statistic == "missing"
    return is_missing, missing_key(gold.value) if is_missing else value_key(gold.value)


def answers(read: Side) -> set[tuple[bool, str]]:
    """What gold rows may say that have the same value."""
    reasons = (read.value, read.text("missing")) if read.statistic == "missing" else (read.value,)
    return {(False, value_key(read.value)), *((True, missing_key(reason)) for reason in reasons)}


def _by_value(read: Sequence[Side]) -> dict[tuple[bool, str], deque[int]]:
    """Places of the observations, in order, by what a gold row may say that has the same value."""
    found: dict[tuple[bool, str], deque[int]] = defaultdict(deque)
    for i, o in enumerate(read):
        for key in answers(o):
            found[key].append(i)
    return found


def _has_same_unit(gold: Side, read: Side) -> bool:
    return unit_key(gold.unit) == unit_key(read.unit)


def _kind(gold: Side, read: Side) -> str:
    if not has_same_value(gold, read):
        return "value"
    if not _has_same_unit(gold, read):
        return "unit"
    return "equal" if read.text("table_id") == gold.table_id else "label only"


def match_tables(gold: Sequence[Side], read: Sequence[Side]) -> Pairs:
    """Pairs of gold rows and observations of tables, by place."""
    pairs = _match_places(gold, read)
    taken = {id(o) for o, _ in pairs.values()}
    moved = _under_gold_numbers(gold, [o for o in read if id(o) not in taken])
    return pairs | _match_places([g for g in gold if g.index not in pairs], moved)


def _match_places(gold: Sequence[Side], read: Sequence[Side]) -> Pairs:
    pairs: Pairs = {}
    used: set[int] = set()

    def take(g: Side, o: Side, kind: str) -> None:
        pairs[g.index] = (o, kind)
        used.add(id(o))

    def left() -> tuple[list[Side], list[Side]]:
        return [g for g in gold if g.index not in pairs], [o for o in read if id(o) not in used]

    for mine, theirs in _groups(*left(), key=lambda s: (*s.place, s.statistic)):
        for g, o in _pair_in_order(mine, theirs):
            take(g, o, _kind(g, o))
    for mine, theirs in _groups(*left(), key=lambda s: s.place):
        for g, o in _pair_in_order(mine, theirs, equal_first=True):
            take(g, o, "statistic")
    for same_value in (True, False):
        for g, o in _close_pairs(*left(), same_value=same_value):
            take(g, o, "label only" if same_value else "value")
    return pairs


def _under_gold_numbers(gold: Sequence[Side], read: Sequence[Side]) -> list[Side]:
    """Observations of tables that gold does not number, under the number of the gold table they must belong to.

    More than half of the places of one must be places of the other.
    """
    wanted, ours = _places(gold), _places(read)
    by_table: dict[str, list[Side]] = defaultdict(list)
    for side in read:
        by_table[side.table_id].append(side)
    moved: list[Side] = []
    for name in sorted(set(ours) - set(wanted)):
        best = max(sorted(wanted), key=lambda number: len(ours[name] & wanted[number]), default="")
        shared = len(ours[name] & wanted[best]) if best else 0
        if best and 2 * shared > min(len(ours[name]), len(wanted[best])):
            moved += [replace(side, table_id=best) for side in by_table[name]]
    return moved


def _places(sides: Sequence[Side]) -> dict[str, set[tuple[str, str]]]:
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for side in sides:
        places[side.table_id].add((side.place[1], side.place[2]))
    return places


def _groups(
    gold: Sequence[Side], read: Sequence[Side], key: Callable[[Side], Hashable]
) -> list[tuple[list[Side], list[Side]]]:
    mine, theirs = defaultdict(list), defaultdict(list)
    for g in gold:
        mine[key(g)].append(g)
    for o in read:
        theirs[key(o)].append(o)
    return [(members, theirs[k]) for k, members in mine.items() if theirs.get(k)]


def _pair_in_order(gold: list[Side], read: list[Side], *, equal_first: bool = False) -> list[tuple[Side, Side]]:
    """First with first, second with second; where one side has more, those of equal value find each other first."""
    if len(gold) == len(read) and not equal_first:
        return list(zip(gold, read, strict=True))
    pairs: list[tuple[Side, Side]] = []
    by_value = _by_value(read)
    rest_gold, used = [], set[int]()
    for g in gold:
        equal = by_value[said(g)]
        while equal and equal[0] in used:
            equal.popleft()
        if equal:
            used.add(equal[0])
            pairs.append((g, read[equal.popleft()]))
        else:
            rest_gold.append(g)
    return pairs + list(zip(rest_gold, (o for i, o in enumerate(read) if i not in used), strict=False))


def _close_pairs(gold: Sequence[Side], read: Sequence[Side], *, same_value: bool) -> list[tuple[Side, Side]]:
    """Gold rows and observations whose labels differ slightly, where neither could be taken for another one."""
    rivals = _rivals(read, same_value=same_value)
    options = {
        g.index: [
            o
            for o in rivals.get(_kind_of_rival(g, said(g) if same_value else None), ())
            if _is_near(g.stub, o.stub, with_tails=same_value) and _is_near(g.spanner, o.spanner, with_tails=same_value)
        ]
        for g in gold
    }
    wanted = defaultdict(int)
    for found in options.values():
        for o in found:
            wanted[id(o)] += 1
    by_index = {g.index: g for g in gold}
    return [(by_index[i], f[0]) for i, f in options.items() if len(f) == 1 and wanted[id(f[0])] == 1]


def _rivals(read: Sequence[Side], *, same_value: bool) -> dict[Hashable, list[Side]]:
    """Observations that may answer a gold row under another label, by what both must share."""
    found: dict[Hashable, list[Side]] = defaultdict(list)
    for o in read:
        for key in answers(o) if same_value else (None,):
            found[_kind_of_rival(o, key)].append(o)
    return found


def _kind_of_rival(side: Side, key: tuple[bool, str] | None) -> Hashable:
    return side.table_id, side.statistic, unit_key(side.unit), key


@lru_cache(maxsize=MOST_KEPT)
def _is_near(first: str, second: str, *, with_tails: bool) -> bool:
    return is_close_label(first, second) or (with_tails and is_same_tail(first, second))
