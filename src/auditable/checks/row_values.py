"""Numbers that a sentence tells one after the other, and rows of tables that print such numbers side by side.

Comes in: a Study. Goes out: runs of like numbers in each sentence ("11.5 %, 62.0 % and 75.6 %"), rows as lists of like
numbers, and which columns of a row the members of a run speak of: those the sentence names, in the order of their
names, else those of the arms that were read, else all of them from left to right. Whether the two agree is left to
agreement_rows.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from auditable.blocks import Observation, Study, number_of
from auditable.checks.matching import all_words_of, words_of
from auditable.checks.statements import Statement, is_own_result, table_statements, text_statements
from auditable.checks.table_heads import without_size
from auditable.model import PATH_SEPARATOR
from auditable.rounding import Printed
from auditable.settled import RATIOS

KINDS: Mapping[str, tuple[str, ...]] = {"pct": ("pct",), "n": ("n",), "measure": ("median", "mean", "rate", *RATIOS)}
"""Statistics whose numbers may stand in one list."""
REACH = 90
"""Most characters between two members of a run."""
LONGEST, FEWEST = 5, 2
_CODE = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][\w/-]*\s?$")
"""The name of a scale or mark right before a number that belongs to its name: "PASI 75"."""
_WORD = re.compile(r"[a-z0-9][\w.+/-]*", re.IGNORECASE)
_EMPTY = frozenset(
    {"group", "groups", "arm", "arms", "cohort", "the", "of", "with", "and", "or", "in", "patients", "n"}
)


@dataclass(frozen=True)
class Member:
    """One number of a run, with the statement it belongs to."""

    number: Observation
    statement: Statement

    @cached_property
    def size(self) -> Printed:
        """The number without its sign."""
        return size_of(self.number)


@dataclass(frozen=True)
class Row:
    """Like numbers of one row, from left to right, each in its cell. kind: one of KINDS.

    is_column: they stand below each other, in the rows of one group.
    """

    kind: str
    cells: tuple[Statement, ...]
    is_column: bool = False

    def observation(self, i: int) -> Observation:
        """The number of this kind in a cell."""
        return member_of(self.cells[i], self.kind)

    @cached_property
    def sizes(self) -> tuple[Printed, ...]:
        """That number of each cell, without its sign."""
        return tuple(size_of(self.observation(i)) for i in range(len(self.cells)))

    @property
    def first(self) -> Observation:
        """The first number of the first cell: what the row is of."""
        return self.cells[0].first

    @property
    def heads(self) -> tuple[str, ...]:
        """What stands over each cell, its arm if it has one; for a column the label of each."""
        if self.is_column:
            return tuple(c.first.label for c in self.cells)
        return tuple(c.first.arm or c.first.spanner_path.split(PATH_SEPARATOR)[0] for c in self.cells)


def size_of(o: Observation) -> Printed:
    """A number without its sign: a row prints −8.2, where the sentence says that a score fell by 8.2."""
    printed = number_of(o)
    return replace(printed, value=abs(printed.value))


def member_of(statement: Statement, kind: str) -> Observation:
    """The number of a kind in a statement that is known to hold one."""
    return next(statement.numbers[s] for s in KINDS[kind] if s in statement.numbers)


@lru_cache(maxsize=2)
def rows_by_value(study: Study) -> dict[tuple[str, Printed], list[Row]]:
    """All rows of two cells or more, by each number they print."""
    cells: dict[tuple[str, int, str], list[Statement]] = defaultdict(list)
    for cell in table_statements(study):
        for kind, statistics in KINDS.items():
            if sum(s in cell.numbers for s in statistics) == 1 and not number_of(member_of(cell, kind)).comparator:
                cells[cell.first.table_id, cell.first.row, kind].append(cell)
    groups: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
    for (_, _, kind), together in cells.items():
        for cell in together:
            groups[cell.first.table_id, cell.first.group, cell.first.spanner_path, kind].append(cell)
    lists = [Row(key[-1], tuple(sorted(row, key=lambda c: c.first.col))) for key, row in cells.items()]
    lists += [Row(key[-1], tuple(sorted(g, key=lambda c: c.first.row)), is_column=True) for key, g in groups.items()]
    found: dict[tuple[str, Printed], list[Row]] = defaultdict(list)
    for row in lists:
        if len(row.cells) >= FEWEST:
            for value in dict.fromkeys(row.sizes):
                found[row.kind, value].append(row)
    return dict(found)


def find_runs(study: Study) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """Every run of like numbers in a sentence on this study, with its kind; the longest first."""
    for sentence in text_statements(study):
        if not all(is_own_result(s) for s in sentence) or sentence[0].first.source != "prose":
            continue
        for kind, statistics in KINDS.items():
            members = [Member(member_of(s, kind), s) for s in sentence if any(x in s.numbers for x in statistics)]
            yield from ((kind, run) for run in _windows([m for m in members if _counts(m)]))


def _counts(member: Member) -> bool:
    o = member.number
    return not number_of(o).comparator and not (o.statistic == "n" and _CODE.search(o.quote[: o.start]))


def _windows(members: Sequence[Member]) -> Iterator[tuple[Member, ...]]:
    for size in range(min(LONGEST, len(members)), FEWEST - 1, -1):
        for i in range(len(members) - size + 1):
            run = tuple(members[i : i + size])
            gaps = (b.number.start - a.number.end for a, b in pairwise(run))
            if all(g <= REACH for g in gaps):
                yield run


def columns_named(run: Sequence[Member], row: Row) -> tuple[int, ...] | None:
    """The columns of a run in the order in which its sentence names them, each once; None where it does not."""
    quote = run[0].number.quote
    found = [(at, i) for i, at in enumerate(places_of(row.heads, quote)) if at is not None]
    return tuple(i for _, i in sorted(found)) if len(found) == len(run) else None


def columns_read(run: Sequence[Member], row: Row) -> tuple[int, ...] | None:
    """The columns of the arms that were read for the members, each another one; None where any is unknown."""
    arms = [m.number.arm for m in run]
    if "" in arms or len(set(arms)) != len(arms) or any(row.heads.count(a) != 1 for a in arms):
        return None
    return tuple(row.heads.index(a) for a in arms)


def places_of(heads: Sequence[str], quote: str) -> list[int | None]:
    """Where a sentence names each head by what no other head has, if it does so at one place alone."""
    words = [_words(h) for h in heads]
    places: list[int | None] = []
    for i, own in enumerate(words):
        others = {w for j, theirs in enumerate(words) if j != i for w in theirs}
        telling = [w for w in own if w not in others]
        places.append(_place_of(telling, quote) if telling else None)
    return places


def _words(head: str) -> list[str]:
    """The words of a head in lower case; a number goes with the word behind it ("100 mg")."""
    plain = re.sub(r"(?<=\d)\s(?=[a-zA-Z])", "_", without_size(head).lower())
    return [w for w in _WORD.findall(plain) if w not in _EMPTY]


def _place_of(words: Sequence[str], quote: str) -> int | None:
    starts: set[int] = set()
    for word in words:
        pattern = re.escape(word).replace("_", r"[\s-]?")
        starts |= {m.start() for m in re.finditer(rf"(?<![\w.]){pattern}s?(?!\w)", quote, re.IGNORECASE)}
    starts = {s for s in starts if not any(0 < s - other < len(" ".join(words)) + 2 for other in starts)}
    return starts.pop() if len(starts) == 1 else None


def name_of(row: Row) -> frozenset[str]:
    """The telling words of a row; of a column those of the heading over its rows, and of its head."""
    if row.is_column:
        return words_of(row.first.group) or all_words_of(without_size(row.first.spanner_path))
    return row.cells[0].names[0]


def words_near(row: Row) -> frozenset[str]:
    """All words by which a sentence may speak of a row or column."""
    if row.is_column:
        return name_of(row).union(*(c.names[0] for c in row.cells))
    return name_of(row) | words_of(row.first.group)
