"""effect.reference: the differences of a row or column from one reference are those of the numbers of one other.

Comes in: a Study. Goes out: one outcome for each difference of a line ("Difference from placebo", as a row or as a
column) whose numbers stand in another line of the table, where the other differences prove which line that is. Two arms
side by side are left to effect_difference.py, ratios to effect_recompute.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.proving import prove_crude
from auditable.checks.rule import Outcome, Rule
from auditable.model import PATH_SEPARATOR
from auditable.rounding import decimal_text

_HEAD = re.compile(r"\bdifferen\w+|\bΔ|\bplacebo[- ](?:subtracted|corrected|adjusted)", re.IGNORECASE)
_NO_DIFFERENCE = re.compile(r"\b(?:standardi[sz]ed|SMD|relative|ratio|SE|SD|p[- ]?values?)\b", re.IGNORECASE)
Place = tuple[int, int]
Numbers = Mapping[Place, Observation]
"""The one central number of each cell of a table, by row and column."""


@dataclass(frozen=True, slots=True)
class Against:
    """A printed difference, the number it is of, and that of the reference."""

    printed: Observation
    own: Observation
    reference: Observation

    @property
    def exact(self) -> Fraction:
        """The difference of the printed numbers."""
        return number_of(self.own).value - number_of(self.reference).value

    @property
    def distance(self) -> Fraction:
        """How far the printed difference lies from it, either way round."""
        value = number_of(self.printed).value
        return min(abs(value - self.exact), abs(value + self.exact))

    @property
    def fits(self) -> bool:
        """Whether the rounding of the three numbers explains it."""
        units = sum((number_of(o).unit for o in (self.printed, self.own, self.reference)), Fraction(0))
        return self.distance <= units / 2


def test_reference(study: Study) -> Iterator[Outcome]:
    """One outcome for each difference that the line it is taken from, proved by the others, explains or not."""
    for cells in _tables(study).values():
        numbers = {(c.first.row, c.first.col): o for c in cells if (o := _centre(c)) is not None}
        groups = {c.first.row: c.first.group for c in cells}
        for line in _difference_lines(cells, 0):
            yield from _judge(_candidates(numbers, line, 0, {}))
        for line in _difference_lines(cells, 1):
            yield from _judge(_candidates(numbers, line, 1, groups))


def _tables(study: Study) -> dict[str, list[Cell]]:
    tables: dict[str, list[Cell]] = defaultdict(list)
    for cell in study.cells:
        if cell.first.table_type != "individual" and cell.first.speaks_of == "this study":
            tables[cell.first.table_id].append(cell)
    return tables


def _centre(cell: Cell) -> Observation | None:
    found = [o for s in ("mean", "median", "pct", "value") if (o := cell.only(s)) is not None]
    return found[0] if len(found) == 1 and not number_of(found[0]).comparator else None


def _difference_lines(cells: Sequence[Cell], axis: int) -> list[int]:
    """The rows (axis 0) or columns (axis 1) that are called differences."""
    found: dict[int, str] = {}
    for c in cells:
        o = c.first
        found[(o.row, o.col)[axis]] = (o.stub_path, o.spanner_path)[axis].rpartition(PATH_SEPARATOR)[2]
    return [at for at, name in found.items() if _HEAD.search(name) and not _NO_DIFFERENCE.search(name)]


def _candidates(numbers: Numbers, line: int, axis: int, groups: Mapping[int, str]) -> list[list[Against]]:
    """For each other line the differences it would explain: of its number at each place from that at the one place
    where the line of differences has none; by row group where the lines are columns.
    """
    lines: dict[int, dict[int, Observation]] = defaultdict(dict)
    for place, o in numbers.items():
        lines[place[axis]][place[1 - axis]] = o
    own = lines.pop(line, {})
    return [_explain(own, other, groups) for other in lines.values()]


def _explain(
    own: Mapping[int, Observation], other: Mapping[int, Observation], groups: Mapping[int, str]
) -> list[Against]:
    found: list[Against] = []
    for group in sorted({groups.get(at, "") for at in own}):
        here = [at for at in own if groups.get(at, "") == group]
        rest = [at for at in other if groups.get(at, "") == group and at not in own]
        if len(rest) == 1 and all(at in other for at in here):
            found += [Against(own[at], other[at], other[rest[0]]) for at in here]
    return found


def _judge(candidates: Sequence[Sequence[Against]]) -> Iterator[Outcome]:
    """The differences of the one line that explains most of them, each where the others prove it."""
    best = max(candidates, key=lambda c: sum(a.fits for a in c), default=[])
    explained = {a.printed.observation_id for c in candidates for a in c if a.fits}
    for i, against in enumerate(best):
        if not prove_crude([a.fits for j, a in enumerate(best) if j != i]):
            continue
        printed, a, b = (number_of(o) for o in (against.printed, against.own, against.reference))
        expected = decimal_text(against.exact, max(a.decimals, b.decimals))
        observations = (against.printed, against.own, against.reference)
        arithmetic = f"{a} − {b} = {expected}; {printed} is printed"
        if against.fits:
            message = f"{printed} is the difference of {a} from {b}."
            yield Outcome("consistent", observations, message, arithmetic, str(printed), expected)
        elif against.printed.observation_id not in explained and against.distance > 2 * printed.unit:
            message = f"The difference of {a} from {b} is {expected}, not {printed}; the others of its line are right."
            yield Outcome("impossible", observations, message, arithmetic, str(printed), expected)


RULES = (
    Rule(
        id="effect.reference",
        claim="The differences of a row or column from one reference are those of the numbers of one other.",
        severity="error",
        function=test_reference,
        assumptions="A row or column is called a difference and has no number at one place, the reference, where "
        "another line has one. Two of the other differences or more, and 85 %, must be those of that line; no other "
        "line explains the one accused, which is more than two last digits off.",
        literature="Cochrane Handbook 6.4.1; INSPECT-SR check 4 (internal consistency)",
        example="Change −0.7, −7.9, −8.8 and −14.9; difference from placebo −7.2, −8.1 and −11.2: it should be −14.2.",
    ),
)
