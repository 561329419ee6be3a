"""Values that stand in each other's place: exchanged columns, rows or cells, and rows or columns that slipped by one.

Comes in: the gold rows and the observations of one table. Goes out: one Cause per exchange with all gold rows that it
explains, so that a curator decides once, not forty times. Differences of single cells are left to causes.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auditable.matching import Side
from auditable.sameness import label_key, missing_key, value_key

LEAST_LINES = 2
"""Two columns are exchanged where at least two rows say so, and the other way round: one row alone is two cells."""
LEAST_SHARE = (4, 5)
"""Of the rows in which the two differ, so many must say so: one may be misread besides."""

Content = frozenset[tuple[str, str]]
"""What a cell says: its statistics with their values, as compared."""
Place = tuple[str, str]
"""A line of the table and the place in it: row and column, or column and row."""


@dataclass(frozen=True)
class Cause:
    """One reason why gold rows differ: its class, the lines of gold it explains, and what it says of them in words."""

    kind: str
    gold_lines: tuple[int, ...]
    words: str
    key: str
    """What makes it this cause and no other, whatever the values are: the labels it speaks of."""
    places: frozenset[tuple[str, str, str]] = frozenset()
    """Table, row and column of all cells it explains, also of those that gold leaves out."""


@dataclass(frozen=True)
class _Grid:
    """Gold and reading of one table by line and place; lines are rows, or columns where it is turned."""

    gold: dict[Place, Content]
    read: dict[Place, Content]
    lines: tuple[str, ...]
    places: tuple[str, ...]
    labels: dict[str, str]
    is_turned: bool = False

    def is_wrong(self, line: str, place: str) -> bool:
        return (line, place) in self.gold and not self.answers((line, place), (line, place))

    def answers(self, gold: Place, read: Place) -> bool:
        """Whether the reading at one place says all that gold says at another."""
        return self.gold.get(gold, frozenset({("", "")})) <= self.read.get(read, frozenset())

    def turned(self) -> _Grid:
        return _Grid(
            {(b, a): c for (a, b), c in self.gold.items()}, {(b, a): c for (a, b), c in self.read.items()},
            self.places, self.lines, self.labels, not self.is_turned,
        )  # fmt: skip

    def original(self, place: Place) -> Place:
        return (place[1], place[0]) if self.is_turned else place


def find_exchanges(gold: Sequence[Side], read: Sequence[Side]) -> list[Cause]:
    """The exchanges of one table: whole columns and rows, then what slipped, then cells; no cell is explained twice."""
    grid = _grid(gold, read)
    lines_of: dict[Place, list[int]] = {}
    for side in gold:
        lines_of.setdefault(_place(side), []).append(side.index)
    causes: list[Cause] = []
    explained: set[Place] = set()
    for search in (_exchanged_lines, _slipped_lines, _exchanged_cells):
        for g in (grid.turned(), grid):
            for kind, places, words, key in search(g, explained):
                own = {g.original(p) for p in places}
                explained |= own
                found = sorted(i for p in own for i in lines_of.get(p, ()))
                where = frozenset((gold[0].table_id, *p) for p in own)
                causes.append(Cause(kind, tuple(found), words, f"{gold[0].table_id}\x1f{key}", where))
    return causes


_Found = tuple[str, set[Place], str, str]


def _exchanged_lines(grid: _Grid, explained: set[Place]) -> Iterator[_Found]:
    """Two columns (or rows) whose values stand in each other's place."""
    name = "columns" if grid.is_turned else "rows"
    for a, b in _rival_lines(grid):
        both = [p for p in grid.places if (a, p) in grid.gold and (b, p) in grid.gold]
        differing = [p for p in both if grid.gold[a, p] != grid.gold[b, p]]
        crossed = [p for p in differing if _is_crossed(grid, (a, p), (b, p), explained)]
        if len(crossed) >= LEAST_LINES and len(crossed) * LEAST_SHARE[1] >= len(differing) * LEAST_SHARE[0]:
            words = f"the values of the {name} {_pair(grid, a, b)} stand in each other's place"
            lone = [p for p in grid.places if _is_lone(grid, a, b, p)]
            yield (
                f"swapped {name}",
                {(line, p) for line in (a, b) for p in crossed + lone},
                words,
                f"{name}\x1f{a}\x1f{b}",
            )


def _rival_lines(grid: _Grid) -> list[tuple[str, str]]:
    """Pairs of lines, in order, of which enough places show each other's values; no other pair is looked at further."""
    crossed = Counter(pair for place in grid.places for pair in _rival_cells(grid, place))
    at = {line: i for i, line in enumerate(grid.lines)}
    return sorted(
        (pair for pair, count in crossed.items() if count >= LEAST_LINES), key=lambda pair: (at[pair[0]], at[pair[1]])
    )


def _rival_cells(grid: _Grid, place: str) -> list[tuple[str, str]]:
    """Pairs of wrong lines of one place, in order, of which each shows what gold says of the other."""
    wrong = [line for line in grid.lines if grid.is_wrong(line, place)]
    showing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, line in enumerate(wrong):
        for said in grid.read.get((line, place), ()):
            showing[said].append(i)
    found = []
    for i, line in enumerate(wrong):
        rarest = min((showing.get(said, []) for said in grid.gold[line, place]), key=len)
        found += [
            (line, wrong[k])
            for k in rarest
            if k > i
            and grid.answers((line, place), (wrong[k], place))
            and grid.answers((wrong[k], place), (line, place))
        ]
    return found


def _is_lone(grid: _Grid, a: str, b: str, place: str) -> bool:
    """Whether gold holds one of the two cells alone, and it was read at the other one."""
    for mine, other in ((a, b), (b, a)):
        if (mine, place) in grid.gold and (other, place) not in grid.gold:
            return not grid.answers((mine, place), (mine, place)) and grid.answers((mine, place), (other, place))
    return False


def _exchanged_cells(grid: _Grid, explained: set[Place]) -> Iterator[_Found]:
    """Two cells of one row (or column) whose values stand in each other's place."""
    for place in grid.places:
        for a, b in _rival_cells(grid, place):
            if _is_crossed(grid, (a, place), (b, place), explained):
                words = f"the values at {_pair(grid, a, b)} of '{grid.labels[place]}' stand in each other's place"
                yield "swapped cells", {(a, place), (b, place)}, words, f"cells\x1f{place}\x1f{a}\x1f{b}"


def _is_crossed(grid: _Grid, a: Place, b: Place, explained: set[Place]) -> bool:
    return (
        not {grid.original(a), grid.original(b)} & explained
        and not grid.answers(a, a) and not grid.answers(b, b)
        and grid.answers(a, b) and grid.answers(b, a)
    )  # fmt: skip


def _slipped_lines(grid: _Grid, explained: set[Place]) -> Iterator[_Found]:
    """Neighbouring rows (or columns) that show the values of the row above or below."""
    name, way = ("columns", ("right", "left")) if grid.is_turned else ("rows", ("down", "up"))
    for step in (-1, 1):
        for run in _runs(range(len(grid.lines)), lambda i, step=step: _slipped_places(grid, i, step, explained)):
            places = {p for _, found in run for p in found}
            if len(run) == 1 and all(
                _is_crossed(grid, p, (grid.lines[run[0][0] + step], p[1]), explained) for p in places
            ):
                continue
            first, last = run[0][0], run[-1][0]
            places |= _open_end(grid, first - 1 if step < 0 else last + 1, places)
            if len(places) < LEAST_LINES:
                continue
            words = f"the values of '{grid.labels[grid.lines[first]]}'"
            words += f" to '{grid.labels[grid.lines[last]]}'" if last > first else ""
            words += f" stand one of the {name} too far {way[0] if step < 0 else way[1]}"
            yield "shifted row", places, words, f"shift\x1f{name}\x1f{step}\x1f{grid.lines[first]}"


def _slipped_places(grid: _Grid, index: int, step: int, explained: set[Place]) -> set[Place]:
    """The wrong places of a line where all of them show the neighbour's values; none where only some do."""
    line = grid.lines[index]
    wrong = {(line, p) for p in grid.places if grid.is_wrong(line, p)}
    wrong = {p for p in wrong if grid.original(p) not in explained}
    if not wrong or not 0 <= index + step < len(grid.lines):
        return set()
    neighbour = grid.lines[index + step]
    return wrong if all(grid.answers((neighbour, p), (line, p)) for _, p in wrong) else set()


def _open_end(grid: _Grid, end: int, places: set[Place]) -> set[Place]:
    """Where the slip began: the line whose own values moved on, and which shows nothing or something else."""
    if not 0 <= end < len(grid.lines):
        return set()
    return {(grid.lines[end], p) for _, p in places if grid.is_wrong(grid.lines[end], p)}


def _runs(indexes: Sequence[int], places_of: Callable[[int], set[Place]]) -> Iterator[list[tuple[int, set[Place]]]]:
    """Consecutive indexes with places, together."""
    run: list[tuple[int, set[Place]]] = []
    for index in indexes:
        found = places_of(index)
        if found:
            run.append((index, found))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _pair(grid: _Grid, a: str, b: str) -> str:
    return f"'{grid.labels[a]}' and '{grid.labels[b]}'"


def _grid(gold: Sequence[Side], read: Sequence[Side]) -> _Grid:
    labels: dict[str, str] = {}
    for side in gold:
        labels.setdefault(label_key(side.stub), side.stub)
        labels.setdefault(label_key(side.spanner), side.spanner)
    rows = tuple(dict.fromkeys(label_key(side.stub) for side in gold))
    columns = tuple(dict.fromkeys(label_key(side.spanner) for side in gold))
    return _Grid(_contents(gold), _contents(read), rows, columns, labels)


def _contents(sides: Sequence[Side]) -> dict[Place, Content]:
    found: dict[Place, set[tuple[str, str]]] = {}
    for side in sides:
        key = missing_key(side.value) if side.statistic == "missing" else value_key(side.value)
        found.setdefault(_place(side), set()).add((side.statistic, key))
    return {place: frozenset(content) for place, content in found.items()}


def _place(side: Side) -> Place:
    return side.place[1:]
