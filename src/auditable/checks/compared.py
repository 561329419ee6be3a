"""Rows of tables that compare arms: counts or means side by side, with the p value and the ratio of the same row.

Comes in: a Study. Goes out: one Compared for each row that holds the same kind of number in two or more arms of known
size. Columns of all patients, differences and changes are no arms. What the numbers imply is left to the rules.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from auditable.blocks import Cell, Observation, Study
from auditable.checks.estimates import OTHER_P
from auditable.checks.table_heads import head_size
from auditable.denominators import whole_number
from auditable.model import PATH_SEPARATOR
from auditable.rounding import percent_of

NO_ARM = re.compile(
    r"\b(?:all|total|overall|entire|whole|combined|both|pooled|differen\w*|change\w*|ratio|delta|reduc\w*|standardi[sz]ed"
    r"|SMD|OR|RR|HR|p)\b|Δ",
    re.IGNORECASE,
)
MODELLED = re.compile(
    r"\b(?:adjusted|model\w*|least[- ]squares?|LSM?|EMM|marginal|imputed|weighted|matched|paired|change\w*"
    r"|from baseline|stratified|ANCOVA|GEE|mixed|geometric)\b|β",
    re.IGNORECASE,
)
"""Words of numbers that come from a model or from pairs: no test of the raw numbers gives their p value."""

_OF_TIMES = re.compile(r"\b(?:hazards?|rate[- ]ratios?|HR|IRR)\b", re.IGNORECASE)
"""Heads of ratios of times to an event or of events per time."""


@dataclass(frozen=True, slots=True)
class ArmCount:
    """How many of an arm."""

    n: Observation
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class ArmMean:
    """Mean and spread of an arm; is_se: the spread is a standard error."""

    mean: Observation
    spread: Observation
    total: int
    is_se: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One row: its arms' counts or means, and what stands in the same row."""

    table_id: str
    row: int
    stub_path: str
    counts: tuple[ArmCount, ...]
    means: tuple[ArmMean, ...]
    p: Observation | None
    ratios: tuple[Observation, ...]

    @property
    def group(self) -> str:
        """Stub path without the innermost label."""
        return self.stub_path.rpartition(PATH_SEPARATOR)[0]

    @property
    def label(self) -> str:
        """Innermost label."""
        return self.stub_path.rpartition(PATH_SEPARATOR)[2]

    @property
    def observations(self) -> tuple[Observation, ...]:
        """The numbers compared."""
        return tuple(c.n for c in self.counts) + tuple(o for m in self.means for o in (m.mean, m.spread))


@lru_cache(maxsize=2)
def find_compared(study: Study) -> tuple[Compared, ...]:
    """Rows that compare two arms or more, in order."""
    rows: dict[tuple[str, int, str], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        if o.table_type not in ("individual",) and o.speaks_of == "this study":
            rows[(o.table_id, o.row, o.stub_path)].append(cell)
    sizes = _column_sizes(study)
    found = (_read(key, cells, sizes) for key, cells in rows.items())
    return tuple(c for c in found if c is not None)


def _column_sizes(study: Study) -> dict[tuple[str, str], int]:
    """The N that most counts of a column carry."""
    sizes: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for o in study.observations:
        if o.source == "table" and (total := whole_number(o.denominator)):
            sizes[(o.table_id, o.spanner_path)][total] += 1
    return {key: counter.most_common(1)[0][0] for key, counter in sizes.items()}


def _read(key: tuple[str, int, str], cells: Sequence[Cell], sizes: dict[tuple[str, str], int]) -> Compared | None:
    table_id, row, stub_path = key
    if MODELLED.search(stub_path):
        return None
    arms = [c for c in cells if not NO_ARM.search(c.first.spanner_path.rpartition(PATH_SEPARATOR)[2])]
    if len({c.first.subgroup for c in arms}) > 1 or len({c.first.col for c in arms}) != len(arms):
        return None  # two halves of one cell are no arms
    counts = [x for c in arms if (x := _read_count(c, sizes)) is not None]
    means = [x for c in arms if (x := _read_mean(c, sizes)) is not None]
    ps = [o for c in cells for o in c.observations if o.statistic == "p" and o.number and not _is_other(o)]
    every_p = [o for c in cells for o in c.observations if o.statistic == "p"]
    ratios = tuple(o for c in cells for o in c.observations if o.statistic in ("or", "rr") and o.number)
    p = ps[0] if len(every_p) == 1 and ps and not _is_timed(cells) else None
    if max(len(counts), len(means)) < 2 or min(len(counts), len(means)) > 0:
        return None
    return Compared(table_id, row, stub_path, tuple(counts), tuple(means), p, ratios)


def _is_timed(cells: Sequence[Cell]) -> bool:
    """Whether the row prints a hazard ratio or a ratio of rates: its p value is of the times, not of the counts."""
    return any(o.statistic == "hr" or _OF_TIMES.search(o.spanner_path) for c in cells for o in c.observations)


def _is_other(p: Observation) -> bool:
    words = f"{p.stub_path} {p.spanner_path}"
    return bool(OTHER_P.search(words) or MODELLED.search(words))


def _read_count(cell: Cell, sizes: dict[tuple[str, str], int]) -> ArmCount | None:
    n, pct, total = cell.only("n"), cell.only("pct"), cell.only("total")
    if n is None or n.whole is None or cell.only("mean") is not None:
        return None
    size = (total.whole if total else None) or whole_number(n.denominator) or _size_of(n, sizes)
    if not size or not 0 <= n.whole <= size:
        return None
    if pct is not None and pct.number is not None and percent_of(n.whole, size) not in pct.number.loose:
        return None  # the row has an N of its own
    return ArmCount(n, n.whole, size)


def _read_mean(cell: Cell, sizes: dict[tuple[str, str], int]) -> ArmMean | None:
    mean, sd, se = cell.only("mean"), cell.only("sd"), cell.only("se")
    spread = sd or se
    if mean is None or spread is None or (sd and se) or spread.number is None or spread.number.value < 0:
        return None
    own = cell.only("n")
    size = (own.whole if own else None) or whole_number(mean.denominator) or _size_of(mean, sizes)
    return ArmMean(mean, spread, size, sd is None) if size and size > 1 else None


def _size_of(o: Observation, sizes: dict[tuple[str, str], int]) -> int | None:
    return head_size(o.spanner_path) or sizes.get((o.table_id, o.spanner_path))
