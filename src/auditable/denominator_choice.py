"""Which N each count and percentage of a table is a share of: the nearest printed one that nothing around contradicts.

Comes in: a table with the settled statistics of its cells. Goes out: for each cell its N with the words that prove it,
or none. Every N around a cell is a candidate; exact arithmetic on its own percentage, on the other cells of its row and
on its row group chooses among them. A count that no candidate explains keeps the nearest N only where that N explains
what stands around it (then the print may err); else it has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from auditable.cells import PlacedCell, marks_of
from auditable.group_sizes import NO_SIZE, GroupSize, is_share, sizes_around, speaks_of_all
from auditable.model import Table
from auditable.note_sizes import NoteSize, read_note
from auditable.printed_forms import MARK_SIGNS
from auditable.printed_text import NumberMarks
from auditable.section_sizes import Candidate, SizeRow, column_candidates, computed_candidates, row_candidates
from auditable.settled import Settled, Statistic

Place = tuple[int, int]
MIN_OTHERS, MIN_EXPLAINED = 2, (4, 5)
"""An N may hold against a cell's own percentage if it explains 4 of 5 of at least two others in its row group."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count and the percentage printed with it."""

    count: int
    percent: Decimal
    decimals: int

    @property
    def tells(self) -> bool:
        """Whether the pair can tell one N from another: 0 (0) fits any."""
        return self.count > 0

    def fits(self, total: int) -> bool:
        """Whether the count of the total prints as the percentage."""
        return is_share(self.count, self.percent, self.decimals, total)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a candidate fares: with the cell's own percentage (None: there is none that tells), and how many others it
    explains and does not explain in its row, in its row group, and in the group's part of its column.
    """

    own: bool | None
    row: tuple[int, int]
    group: tuple[int, int]
    column: tuple[int, int]

    @property
    def good(self) -> int:
        """Other pairs it explains."""
        return self.row[0] + self.group[0]

    @property
    def bad(self) -> int:
        """Other pairs it does not explain."""
        return self.row[1] + self.group[1]


class TableSizes:
    """The N of the cells of one table."""

    def __init__(
        self,
        table: Table,
        cells: Sequence[tuple[PlacedCell, Settled]],
        sizes: Mapping[Place, GroupSize],
        marks: NumberMarks,
    ) -> None:
        self.table, self._sizes = table, sizes
        self._placed = {(p.row_index, p.col): p for p, _ in cells}
        settled = {(p.row_index, p.col): s.statistics for p, s in cells}
        self._shares = _read_shares(self._placed, settled)
        self._rows = _size_rows(self._placed, settled, marks)
        self._row_of = {r.index: r for r in self._rows}
        self._known: dict[Place, tuple[Candidate, ...]] = {}

    def of(self, placed: PlacedCell) -> GroupSize:
        """The N of one cell, with its proof."""
        place = (placed.row_index, placed.col)
        candidates = self._candidates(place)
        judged = [(c, self._judge(c, place)) for c in candidates]
        chosen = _choose(judged)
        return chosen.size if chosen else NO_SIZE

    def _candidates(self, place: Place) -> tuple[Candidate, ...]:
        if place not in self._known:
            self._known[place] = tuple(self._find_candidates(place))
        return self._known[place]

    def _find_candidates(self, place: Place) -> Iterator[Candidate]:
        placed, row = self._placed[place], self._row_of[place[0]]
        around = [Candidate(size, kind) for kind, size in sizes_around(self.table, placed) if size.number]
        by_label = [c for c in around if c.kind == "row label"]
        by_column = [c for c in around if c.kind != "row label"]
        found = self._sizes.get(place, NO_SIZE)
        if not around and found.number:
            by_column = [Candidate(found, "total")]
        by_rows = list(row_candidates(self._rows, row, place[1]))
        strong = [c for c in (*by_label, *by_rows, *by_column) if not c.needs]
        nearest = strong[0].size if strong else NO_SIZE
        yield from by_label
        yield from self._of_notes(placed, nearest)
        yield from by_rows
        yield from by_column
        yield from ([Candidate(found, "total")] if around and found.number else [])
        yield from column_candidates(row, place[1])
        yield from computed_candidates(self._rows, row, place[1], nearest)

    def _of_notes(self, placed: PlacedCell, nearest: GroupSize) -> Iterator[Candidate]:
        own = self._own_marks(placed)
        for at, note, sizes in self._notes:
            for said in sizes:
                is_ours = said.col == placed.col if said.col is not None else speaks_of_all(self.table, placed)
                if is_ours and (said.is_general if not note else note in own):
                    yield from _of_note(said, nearest, f"note{at}")

    @cached_property
    def _notes(self) -> list[tuple[int, str, list[NoteSize]]]:
        heads = {c: " ".join(self.table.column_path(c)) for c in range(self.table.n_columns)}
        return [(i, n.mark, list(read_note(n.text, heads))) for i, n in enumerate(self.table.notes)]

    def _own_marks(self, placed: PlacedCell) -> set[str]:
        inside = [m for label in (*placed.row.path, *placed.boxhead) for m in MARK_SIGNS.findall(label)]
        marks = (*marks_of(self.table, placed), *inside)
        return {*marks, *(single for mark in marks for single in mark)}

    def _judge(self, candidate: Candidate, place: Place) -> Evidence:
        own = self._shares.get(place)
        fits = own.fits(candidate.size.number) if own and own.tells else None
        counts = {"row": [0, 0], "group": [0, 0], "column": [0, 0]}
        for other, share in self._others(place):
            fit = self._fits(candidate, other, share)
            if fit is None:
                continue
            counts["row" if other[0] == place[0] else "group"][not fit] += 1
            if other[1] == place[1]:
                counts["column"][not fit] += 1
        return Evidence(fits, *((good, bad) for good, bad in counts.values()))

    def _others(self, place: Place) -> Iterator[tuple[Place, Share]]:
        """The other cells of the row and of its row group whose percentage tells one N from another."""
        parent = self._row_of[place[0]].path[:-1]
        for other, share in self._shares.items():
            is_near = other[0] == place[0] or self._row_of[other[0]].path[:-1] == parent
            if is_near and other != place and share.tells:
                yield other, share

    def _fits(self, candidate: Candidate, other: Place, share: Share) -> bool | None:
        """Whether the same kind of N explains another cell; None where it does not speak of it: that cell has no such
        N, or one that needs support where a plain one explains it.
        """
        around = self._candidates(other)
        same = next((c for c in around if c.kind == candidate.kind), None)
        if same is None:
            return None
        fits = share.fits(same.size.number)
        has_own = same.needs == "support" and any(share.fits(c.size.number) for c in around if not c.needs)
        return None if not fits and has_own else fits


def _of_note(said: NoteSize, nearest: GroupSize, kind: str) -> Iterator[Candidate]:
    proof = f"note: {said.words}"
    if not said.is_left_out:
        yield Candidate(GroupSize(said.number, proof), kind)
    elif nearest.number > said.number:
        size = GroupSize(nearest.number - said.number, f"{proof}; {nearest.proof} without {said.number}")
        yield Candidate(size, kind, "fit")


def _choose(judged: Sequence[tuple[Candidate, Evidence]]) -> Candidate | None:
    strong = [(c, e) for c, e in judged if not c.needs]
    if any(e.own is not None for _, e in judged):
        return _explaining(judged) or _misprinted(strong)
    return _unprinted(judged, strong)


def _explaining(judged: Sequence[tuple[Candidate, Evidence]]) -> Candidate | None:
    """The candidate that explains the cell's percentage: a plainly printed one before one that needs proof, then the
    one its row and group speak for, then the nearest.
    """
    fitting = [(c, e) for c, e in judged if e.own and (_is_supported(c, e, judged) if c.needs else not _is_chance(e))]
    fitting.sort(key=lambda ce: (bool(ce[0].needs), ce[1].row[1], ce[1].group[1]))
    plain = [ce for ce in fitting if not ce[0].needs]
    if plain and plain[0][1].row[1] > plain[0][1].row[0]:
        number = plain[0][0].size.number
        fitting = [ce for ce in fitting if ce[0].needs and ce[1].row[0] and not ce[1].row[1]] or plain
        return plain[0][0] if fitting[0][0].size.number == number else fitting[0][0]
    return fitting[0][0] if fitting else None


def _is_chance(evidence: Evidence) -> bool:
    """Whether a percentage fits an N that most of its row and of its group speak against."""
    return evidence.row[1] > evidence.row[0] and _is_against(evidence)


def _is_supported(candidate: Candidate, evidence: Evidence, judged: Sequence[tuple[Candidate, Evidence]]) -> bool:
    """Whether an N that needs proof has it: most other pairs fit it, more than fit the nearest plain N."""
    if evidence.row[1] > evidence.row[0] or evidence.bad > evidence.good:
        return False
    plain = next((e for c, e in judged if not c.needs), None)
    if candidate.needs == "fit":
        return True
    return evidence.good > 0 and _is_most(evidence.good, evidence.bad) and (plain is None or plain.good < evidence.good)


def _is_most(good: int, bad: int) -> bool:
    return good * MIN_EXPLAINED[1] >= (good + bad) * MIN_EXPLAINED[0]


def _misprinted(strong: Sequence[tuple[Candidate, Evidence]]) -> Candidate | None:
    """The nearest N that explains the rest of the row, or of the group where the row has no other percentage."""
    for candidate, evidence in strong:
        good, bad = evidence.row
        if good or bad:
            if good and not bad and evidence.column[0] >= evidence.column[1] and not _is_against(evidence):
                return candidate
            continue
        good, bad = evidence.group
        if good >= MIN_OTHERS and _is_most(good, bad):
            return candidate
    return None


def _is_against(evidence: Evidence) -> bool:
    """Whether most of the row group speaks against an N."""
    return evidence.group[1] > evidence.group[0]


def _unprinted(
    judged: Sequence[tuple[Candidate, Evidence]], strong: Sequence[tuple[Candidate, Evidence]]
) -> Candidate | None:
    """The N of a count or percentage that stands alone: the nearest, unless the percentages of its row, else of its
    group, speak for another; none where they contradict all.
    """
    for which in ("row", "group"):
        told = [(c, getattr(e, which)) for c, e in judged if c.needs != "support" or _is_supported(c, e, judged)]
        proved = [c for c, (good, bad) in told if good and not bad]
        plain = [c for c, (good, bad) in told if not c.needs and good > bad]
        if plain or proved:
            return plain[0] if plain else proved[0]
        if any(bad for c, (_, bad) in told if not c.needs):
            return None
    return strong[0][0] if strong else None


def _read_shares(
    placed: Mapping[Place, PlacedCell], settled: Mapping[Place, Sequence[Statistic]]
) -> dict[Place, Share]:
    """The cells that hold one count and one percentage, and the counts with their percentage in the next column."""
    out: dict[Place, Share] = {}
    for place, statistics in settled.items():
        counts, percents = _named(statistics, "n"), _named(statistics, "pct")
        beside = (place[0], place[1] + 1)
        is_split = len(counts) == 1 and not percents and beside in settled
        if is_split and _same_head(placed[place], placed[beside]) and not _named(settled[beside], "n"):
            percents = _named(settled[beside], "pct")
        else:
            beside = place
        if len(counts) == len(percents) == 1 and not _named(statistics, "total"):
            share = _share(counts[0], percents[0])
            if share:
                out[place] = out[beside] = share
    return out


def _same_head(first: PlacedCell, second: PlacedCell) -> bool:
    """Whether two columns stand under one spanner, or their head is nothing but their statistic ("n" | "%")."""
    return first.boxhead[:-1] == second.boxhead[:-1] and bool(second.boxhead)


def _named(statistics: Sequence[Statistic], name: str) -> list[Statistic]:
    return [s for s in statistics if s.name == name and s.amount.digits and not s.part]


def _share(n: Statistic, pct: Statistic) -> Share | None:
    if not n.amount.digits.isdigit() or pct.amount.comparator or pct.amount.number is None or pct.amount.number < 0:
        return None
    return Share(int(n.amount.digits), pct.amount.number, pct.amount.decimals)


def _size_rows(
    placed: Mapping[Place, PlacedCell], settled: Mapping[Place, Sequence[Statistic]], marks: NumberMarks
) -> list[SizeRow]:
    """The rows of the table with the counts of their cells."""
    cells: dict[int, dict[int, PlacedCell]] = {}
    for (row, col), p in placed.items():
        cells.setdefault(row, {})[col] = p
    return [
        SizeRow(
            row,
            tuple(x for x in next(iter(own.values())).row.path if x),
            own,
            {c: int(n[0].amount.digits) for c in own if (n := _counts(settled[row, c]))},
            marks,
        )
        for row, own in sorted(cells.items())
    ]


def _counts(statistics: Sequence[Statistic]) -> list[Statistic]:
    return [s for s in _named(statistics, "n") if s.amount.digits.isdigit()][:1]
