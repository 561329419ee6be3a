"""survival.pooled: the survival of all patients lies between that of the parts of a split, near their weighted mean.

Comes in: a Study. Goes out: one outcome for each share surviving at a time, and each median, that is printed for all
patients and for the two parts or more of a split that leaves nobody out. Patients are censored at different times in
the parts, so that the mean holds roughly only: a wide slack is allowed, and the mean is only asked about. What must
hold within one curve is left to survival_landmark.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.categories_sum import SEXES, TWO_WAYS
from auditable.checks.curves import Curve, length_in_months, read_curves
from auditable.checks.matching import words_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import is_partition, plain
from auditable.rounding import Interval, decimal_text

SLACK = Fraction(3)
"""Points by which censoring may move the share of all patients out of those of its parts."""
MEDIAN_SLACK = Fraction(1, 10)
"""The same for a median, as a share of the nearest one."""
MEAN_SLACK = Fraction(6)
"""Points between the share of all and the weighted mean of the parts from which on it is asked about."""
MIN_PROVING = 2
"""Other pairs of all and parts that must fit, or other splits that must fail alike, before one is accused."""
_PART = re.compile(r"^(?P<split>.*?)\s*:?\s*(?P<part>(?:[<>≤≥⩾⩽]=?\s*\d.*|\d+(?:\.\d+)?\s?[-–]\s?\d.*))$")


@dataclass(frozen=True, slots=True)
class Pool:
    """What is printed of all patients and of the parts of a split, with the size of each part where a table has it."""

    name: str
    overall: Observation
    parts: tuple[Observation, ...]
    sizes: tuple[int, ...]

    @property
    def side(self) -> int:
        """0 where the overall number lies between the parts, else −1 (below) or 1 (above)."""
        whole, found = _span(self.overall), [_span(o) for o in self.parts]
        lows, highs = [s.low for s in found if s.low is not None], [s.high for s in found]
        if whole.low is None or whole.high is None or not lows:
            return 0
        low = min(lows)
        if whole.high < low - self._slack(low):
            return -1
        tops = [h for h in highs if h is not None]
        is_open = len(tops) < len(highs)
        return 0 if is_open or whole.low <= max(tops) + self._slack(max(tops)) else 1

    def _slack(self, nearest: Fraction) -> Fraction:
        return SLACK if self.overall.statistic == "pct" else nearest * MEDIAN_SLACK

    @property
    def mean(self) -> Fraction | None:
        """The weighted mean of the shares, where the sizes of the parts are known."""
        if not self.sizes or self.overall.statistic != "pct":
            return None
        return sum(
            (n * number_of(o).value for n, o in zip(self.sizes, self.parts, strict=True)), Fraction(0)
        ) / sum(self.sizes)  # fmt: skip


def test_pooled(study: Study) -> Iterator[Outcome]:
    """One outcome for each number of all patients that a split prints for its parts."""
    pools = list(_pools(study))
    for pool in pools:
        others = [p for p in pools if p is not pool]
        fitting = sum(not p.side for p in others if p.overall is not pool.overall)
        alike = [p.side == pool.side for p in others if p.overall is pool.overall]
        is_proved = fitting >= MIN_PROVING or (bool(alike) and all(alike))
        yield _judge(pool, is_proved)


def _pools(study: Study) -> Iterator[Pool]:
    curves = read_curves(study)
    for whole in curves:
        variable, (arm, subgroup, population) = whole.variable, whole.group
        if subgroup:
            continue
        splits: dict[str, list[tuple[str, Curve]]] = defaultdict(list)
        for c in curves:
            if c.variable == variable and (c.group[0], c.group[2]) == (arm, population) and c.group[1]:
                split, part = split_of(c.group[1])
                splits[split].append((part, c))
        for split, found in splits.items():
            for parts in _whole_splits(found):
                labels = [part for part, _ in parts]
                yield from _of_split(whole, split, [c for _, c in parts], _sizes(study, split, labels))


def split_of(subgroup: str) -> tuple[str, str]:
    """The trait that a part of the patients is told by, and its value: "age", "≥ 65"; "" where only one is named."""
    if m := _PART.match(subgroup):
        return plain(m["split"]), m["part"]
    trait, _, value = subgroup.rpartition(":")
    return plain(trait), value.strip()


def _whole_splits(found: Sequence[tuple[str, Curve]]) -> list[Sequence[tuple[str, Curve]]]:
    """The parts of one trait as they leave nobody out: all of them, or pairs where it is cut at several bounds."""
    if _leaves_nobody_out([part for part, _ in found]):
        return [found]
    return [pair for pair in combinations(found, 2) if _leaves_nobody_out([part for part, _ in pair])]


def _leaves_nobody_out(labels: Sequence[str]) -> bool:
    """Whether bounds meet, or two labels are opposites; a bare 0 is less than one."""
    bounds = ["< 1" if plain(x) == "0" else x for x in labels]
    return is_partition(bounds) or {plain(x) for x in labels} in (*SEXES, *TWO_WAYS)


def _of_split(whole: Curve, split: str, parts: Sequence[Curve], sizes: tuple[int, ...]) -> Iterator[Pool]:
    for point in whole.points:
        found = [p.share for c in parts for p in c.points if p.months == point.months]
        if len(found) == len(parts):
            yield Pool(f"{whole.name} at {point.share.timepoint} by {split}", point.share, tuple(found), sizes)
    medians = [c.median for c in parts if c.median is not None]
    if whole.median is not None and not whole.median.missing and len(medians) == len(parts):
        yield Pool(f"Median {whole.name} by {split}", whole.median, tuple(medians), sizes)


def _sizes(study: Study, split: str, labels: Sequence[str]) -> tuple[int, ...]:
    """The patients of each part, where one row group of a table counts them under the same labels; else ()."""
    found: set[tuple[int, ...]] = set()
    for cells in study.blocks.values():
        counts = {_bare(c.first.label): n for c in cells if (n := _count(c)) is not None}
        if words_of(cells[0].first.group) & words_of(split) and set(counts) == {_bare(x) for x in labels}:
            found.add(tuple(counts[_bare(x)] for x in labels))
    return found.pop() if len(found) == 1 and not _has_arms(study) else ()


def _has_arms(study: Study) -> bool:
    """Whether tables count patients by arm, so that the sizes of one column are not those of all."""
    return any(o.arm for o in study.observations if o.source == "table")


def _count(cell: Cell) -> int | None:
    n = cell.only("n")
    return n.whole if n is not None and n.whole else None


def _bare(label: str) -> str:
    """A label without its blanks and the unit behind its number: "≥ 6 months" and "≥6" are one."""
    m = re.match(r"[<>≤≥]?\s*\d+(?:\.\d+)?", plain(label))
    return re.sub(r"\s", "", m[0]) if m else plain(label)


def _span(o: Observation) -> Interval:
    """What a share in per cent, or a median in months, may be; open above where it was not reached."""
    if o.missing:
        return Interval(Fraction(0), None)
    if o.statistic == "pct":
        return number_of(o).ordinary
    length = length_in_months(o)
    return Interval(*length) if length else Interval(None, None)


def _judge(pool: Pool, is_proved: bool) -> Outcome:
    whole = pool.overall
    shown = " and ".join(o.value or "not reached" for o in pool.parts)
    unit = whole.unit or "%"
    arithmetic = f"all {whole.value}, parts {shown}"
    observations = (whole, *pool.parts)
    if pool.side:
        where = "above all" if pool.side > 0 else "below all"
        message = f"{pool.name}: {whole.value} {unit} of all patients lies {where} of its parts ({shown})."
        if is_proved:
            return Outcome("impossible", observations, message, arithmetic, whole.value, f"between {shown}")
        return Outcome("not testable", observations, message, arithmetic, whole.value, f"between {shown}")
    mean = pool.mean
    if mean is not None and abs(mean - number_of(whole).value) > MEAN_SLACK:
        expected = decimal_text(mean, 1)
        sizes = " and ".join(map(str, pool.sizes))
        message = (
            f"{pool.name}: parts of {sizes} patients with {shown} % have {expected} % together, but all patients have "
            f"{whole.value} %. Are sides of the split exchanged?"
        )
        return Outcome("not testable", observations, message, arithmetic, whole.value, expected, "error")
    message = f"{pool.name}: {whole.value} {unit} lies between its parts ({shown})."
    return Outcome("consistent", observations, message, arithmetic, whole.value, whole.value)


RULES = (
    Rule(
        id="survival.pooled",
        claim="The survival of all patients lies between that of the parts of a split, near their weighted mean.",
        severity="error",
        function=test_pooled,
        assumptions="The parts are bounds that meet (< 65, ≥ 65) or two opposites, of one arm and population. Three "
        "points (a tenth of a median) are left to censoring. It accuses where two other numbers of all patients lie "
        "between their parts, or where all splits of this number say the same. A weighted mean that is six points "
        "off, by sizes that a table counts, is a question.",
        literature="Kaplan & Meier 1958; INSPECT-SR check 4 (internal consistency)",
        example="12-month PFS 36.4 % in all, 33.1 % after ≥ 6 months and 24.7 % after < 6 months.",
    ),
)
