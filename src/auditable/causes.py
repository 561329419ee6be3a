"""Gold rows that differ → causes: what went wrong, and all the rows it explains.

Comes in: the gold rows, the observations and their pairs. Goes out: Causes, which together explain every gold row
that is not equal, each row once. Exchanged and slipped values are found by exchanges.py, the class of a single number
by differences.py, pairs by matching.py.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from auditable.differences import name_value_difference
from auditable.exchanges import Cause, find_exchanges
from auditable.matching import PROSE, Pairs, Side
from auditable.model import PATH_SEPARATOR
from auditable.rounding import percent_of, read_printed
from auditable.sameness import label_key, value_key

SAME_STATISTIC = {"min": "range", "max": "range", "q1": "IQR", "q3": "IQR", "ci_low": "interval", "ci_high": "interval"}
"""Statistics that are printed together and mistaken together: an IQR for a range."""
GRAVEST = (
    "transposed digits", "decimal point", "sign or comparator", "value", "rounding", "coarser precision", "missing",
)  # fmt: skip
"""Where several statistics of one place differ, the first of these names the place."""
FEW = 10
"""A table is keyed as a whole where at most one of so many places is left out."""
LEAST_PLACES = 2
"""A row or column of one place that was not read is a missing place."""
_SIZE = re.compile(r"\bn\s*=\s*(\d[\d,]*)", re.IGNORECASE)


def find_causes(gold: Sequence[Side], read: Sequence[Side], pairs: Pairs) -> list[Cause]:
    """The causes of all gold rows that are not equal, in the order of gold."""
    causes: list[Cause] = []
    read_of = _by_table([o for o in read if o.source == "table"])
    for table_id, own in _by_table(gold).items():
        if table_id == PROSE:
            causes += _single_causes(own, pairs, read)
            continue
        theirs = read_of.get(table_id, [])
        equal = {g.index for g in own if g.index in pairs and pairs[g.index][1] == "equal"}
        # a statistic that both cells share agrees where it stands, whatever became of the others
        exchanges = [
            replace(cause, gold_lines=tuple(i for i in cause.gold_lines if i not in equal))
            for cause in find_exchanges(own, theirs)
        ]
        explained = {i for cause in exchanges for i in cause.gold_lines}
        causes += exchanges + _single_causes([g for g in own if g.index not in explained], pairs, theirs)
    return sorted(causes, key=lambda c: c.gold_lines)


def _by_table(sides: Iterable[Side]) -> dict[str, list[Side]]:
    found: dict[str, list[Side]] = defaultdict(list)
    for side in sides:
        found[side.table_id].append(side)
    return dict(found)


def find_extras(gold: Sequence[Side], read: Sequence[Side], pairs: Pairs, causes: Sequence[Cause]) -> list[list[Side]]:
    """What we read where gold says nothing though it speaks of that row and that column: one list per place.

    Only in tables that gold keys all but whole: in one of which a few numbers were keyed, the others are nobody's
    mistake. Nor are rows and columns that gold leaves out, signs for a missing value, and what a note adds.
    Values that a cause moved there are that cause.
    """
    answered = {id(o) for o, _ in pairs.values()}
    explained = {place for cause in causes for place in cause.places}
    keyed = {g.place for g in gold}
    rows, columns = {(t, stub) for t, stub, _ in keyed}, {(t, spanner) for t, _, spanner in keyed}
    extras: dict[tuple[str, str, str], list[Side]] = defaultdict(list)
    for o in read:
        table, stub, spanner = o.place
        is_spoken_of = o.source == "table" and (table, stub) in rows and (table, spanner) in columns
        is_own = o.statistic not in ("missing", "text") and o.text("statistic_from") != "note"
        if is_spoken_of and is_own and id(o) not in answered and o.place not in explained:
            extras[o.place].append(o)
    n_keyed, n_extra = (Counter(table for table, *_ in places) for places in (keyed, extras))
    # Of a table that gold keys all but whole few of the places that its rows and columns span are left out.
    return [sides for (table, *_), sides in extras.items() if n_extra[table] * FEW <= n_keyed[table]]


def _single_causes(gold: Sequence[Side], pairs: Pairs, read: Sequence[Side]) -> list[Cause]:
    """The causes of gold rows that no exchange explains: rows of one cause together."""
    sizes = _known_sizes([*gold, *read])
    counts = {g.place: g for g in gold if g.statistic == "n" and pairs.get(g.index, (None, ""))[1] == "equal"}
    grouped: dict[_Key, list[int]] = defaultdict(list)
    kinds: dict[_Key, set[str]] = defaultdict(set)
    for g in gold:
        o, kind = pairs.get(g.index, (None, "missing"))
        if kind == "equal":
            continue
        named = kind if kind != "value" or o is None else name_value_difference(g.value, o.value, g.statistic)
        key = _key(g, o, named, counts.get(g.place), sizes)
        grouped[key].append(g.index)
        kinds[key].add(named if not key.kind else key.kind)
    merged = _merge_lines({k: v for k, v in grouped.items() if kinds[k] == {"missing"}}, gold)
    single = [(k, lines, _gravest(kinds[k])) for k, lines in grouped.items() if kinds[k] != {"missing"}]
    return [Cause(kind, tuple(lines), key.words, key.text) for key, lines, kind in [*single, *merged]]


@dataclass(frozen=True)
class _Key:
    """What rows of one cause share: a class that all of them have ("" for one place, named by its gravest row), what is
    said of them, and what tells this cause from others."""

    kind: str
    words: str
    text: str


def _key(gold: Side, read: Side | None, named: str, count: Side | None, sizes: Sequence[int]) -> _Key:
    if read is not None and named == "label only":
        theirs, ours = _changed_levels(gold, read)
        return _shared(named, f"the label '{theirs}' is read as '{ours}'", gold.table_id, theirs, ours)
    if read is not None and named == "unit":
        words = f"gold says {_unit(gold)}, the unit is read as {_unit(read)}"
        return _shared(named, words, gold.table_id, _unit(gold), _unit(read))
    if read is not None and named == "statistic":
        theirs, ours = (SAME_STATISTIC.get(s.statistic, s.statistic) for s in (gold, read))
        return _shared(named, f"gold says {theirs}, it is read as {ours}", gold.table_id, theirs, ours)
    if read is not None and (two := _denominators(gold, read, count, sizes)):
        words = f"gold's percentage is of {two[0]}, the one that was read of {two[1]}"
        return _shared("wrong denominator", words, gold.table_id, *map(str, two))
    return _Key("", "", "\x1f".join(gold.place))


def _shared(kind: str, words: str, *parts: str) -> _Key:
    return _Key(kind, words, "\x1f".join((kind, *parts)))


def _unit(side: Side) -> str:
    return side.unit or "no unit"


def _changed_levels(gold: Side, read: Side) -> tuple[str, str]:
    """The levels of the labels that differ, in gold and as read; whole labels where one has more levels."""
    theirs, ours = [], []
    for mine, other in ((gold.stub, read.stub), (gold.spanner, read.spanner)):
        a, b = mine.split(PATH_SEPARATOR), other.split(PATH_SEPARATOR)
        pairs = zip(a, b, strict=True) if len(a) == len(b) else [(mine, other)]
        changed = [(x, y) for x, y in pairs if label_key(x) != label_key(y)]
        theirs += [x for x, _ in changed]
        ours += [y for _, y in changed]
    if not theirs:
        return gold.table_id, read.text("table_id")
    return PATH_SEPARATOR.join(theirs), PATH_SEPARATOR.join(ours)


def _denominators(gold: Side, read: Side, count: Side | None, sizes: Sequence[int]) -> tuple[int, int] | None:
    """Two sizes of groups in this table, of which gold's percentage (or total) is the one's and ours the other's."""
    if count is None or not count.value.isdigit() or gold.statistic != read.statistic:
        return None
    if gold.statistic == "total" and gold.value.isdigit() and read.value.isdigit():
        return (int(gold.value), int(read.value)) if int(read.value) in sizes else None
    if gold.statistic != "pct":
        return None
    theirs, ours = (_sizes_for(int(count.value), side.value, sizes) for side in (gold, read))
    return (theirs[0], ours[0]) if theirs and ours and not set(theirs) & set(ours) else None


def _sizes_for(n: int, pct: str, sizes: Sequence[int]) -> list[int]:
    printed = read_printed(value_key(pct))
    return [] if printed is None else [size for size in sizes if size and percent_of(n, size) in printed.ordinary]


def _known_sizes(sides: Iterable[Side]) -> list[int]:
    """Every size of a group that the heads, labels and denominators of a table print."""
    found: set[int] = set()
    for side in sides:
        found |= {int(m.replace(",", "")) for m in _SIZE.findall(f"{side.spanner} {side.stub}")}
        if side.statistic == "total" and side.value.isdigit():
            found.add(int(side.value))
        if str(side.row.get("denominator", "")).isdigit():
            found.add(int(side.text("denominator")))
    return sorted(found)


def _gravest(kinds: set[str]) -> str:
    """The class that says most of a place where several statistics differ."""
    return min(kinds, key=lambda kind: GRAVEST.index(kind) if kind in GRAVEST else -1)


def _merge_lines(missing: Mapping[_Key, list[int]], gold: Sequence[Side]) -> list[tuple[_Key, list[int], str]]:
    """Missing places: a whole table, whole columns and rows of which nothing was read are one cause each."""
    lost = {i for lines in missing.values() for i in lines}
    merged: list[tuple[_Key, list[int], str]] = []
    for level, name in ((0, "table"), (2, "column"), (1, "row")):
        by_line: dict[str, list[Side]] = defaultdict(list)
        for g in gold:
            if g.table_id != PROSE:
                by_line[g.place[level]].append(g)
        for line, sides in by_line.items():
            own = [g.index for g in sides]
            if len({g.place for g in sides}) < LEAST_PLACES or not set(own) <= lost:
                continue
            label = {0: sides[0].table_id, 1: sides[0].stub, 2: sides[0].spanner}[level]
            key = _shared("missing", f"nothing of the {name} '{label}' was read", sides[0].table_id, name, line)
            merged.append((key, own, "missing"))
            lost -= set(own)
    rest = [(key, [i for i in lines if i in lost], "missing") for key, lines in missing.items()]
    return merged + [(key, lines, kind) for key, lines, kind in rest if lines]
