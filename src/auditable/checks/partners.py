"""The numbers of another paper that answer for a number quoted from it.

Comes in: a number with those printed beside it, and the other study. Goes out: Partners: where that paper prints the
same quantity, and its value there. A number of patients, statistics printed together (two that agree name the third),
and a variable of the codebook for the whole study are known; anything else has no partner. How the number came to be
quoted is left to cited_studies.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.flow_words import PEOPLE
from auditable.checks.matching import words_of
from auditable.checks.study_facts import counts_of, size_of, sizes_in, title_words
from auditable.rounding import Printed, counts_for, percent_of

TOGETHER = ("median", "mean", "min", "max", "q1", "q3")
"""Statistics that are printed together, so that two of them name the third."""
COMPARED = ("n", "total", "pct", *TOGETHER, "ci_low", "ci_high", "hr", "or", "rr", "rate")
FEWEST_ALIKE = 2
_COUNTED = ("n", "total")
_IS_PART = re.compile(
    r"[\d,\w]+\s(?:out\b|(?:patients?\s)?(?:of\s|had\b|who\b|"
    r"were\b(?!\s(?:treated|enrolled|included|randomi|recruited|given|assigned|followed|studied))))"
)
"""Behind a number: it counts some of the patients ("12 patients had", "12 of the"), not all that were treated."""


@dataclass(frozen=True, slots=True)
class Partner:
    """A place of the other paper and what it prints there: its own number, or the N it counts from."""

    place: Observation
    value: Printed
    statistic: str

    def agrees(self, o: Observation) -> bool:
        """Whether the two tell one value: at the coarser printing, approximate words and bounds widened."""
        said = number_of(o)
        if _kind(o.statistic) != _kind(self.statistic):
            total = int(self.place.denominator)
            if o.statistic == "pct":
                return percent_of(self.value.value, total) in said.ordinary
            return said.value in counts_for(self.value, total)
        fine, coarse = (said, self.value) if said.decimals >= self.value.decimals else (self.value, said)
        if fine.comparator or coarse.comparator:
            return fine.ordinary.overlaps(coarse.ordinary)
        return fine.value in coarse.ordinary

    def distance(self, o: Observation) -> Fraction:
        """How far the two lie apart, in the statistic of the number quoted."""
        value, total = self.value.value, int(self.place.denominator or 0)
        if _kind(o.statistic) != _kind(self.statistic):
            value = percent_of(value, total) if o.statistic == "pct" else value * total / 100
        return abs(value - number_of(o).value)

    def said_for(self, o: Observation) -> str:
        """The value in words: "17", or "17 of 32" where a percentage is quoted."""
        if _kind(o.statistic) == _kind(self.statistic):
            return f"{self.value}"
        return f"{self.value}{' %' if self.statistic == 'pct' else ''} of {self.place.denominator}"


def find_partners(o: Observation, group: Sequence[Observation], other: Study) -> list[Partner]:
    """Where another study prints the same quantity; [] where it prints none, or a part of its patients is meant.

    group: the numbers printed together with this one.
    """
    if o.number is None or o.statistic not in COMPARED:
        return []
    return _of_row(o, group, other) or _of_size(o, other) or _of_variable(o, other)


def _of_row(o: Observation, group: Sequence[Observation], other: Study) -> list[Partner]:
    """The same statistic in the other paper's row that shares two or more of the numbers printed together."""
    told = [p for p in group if p.statistic in TOGETHER and p.number]
    if o.statistic not in TOGETHER or len(told) <= FEWEST_ALIKE:
        return []
    rows = [cell for cell in (*other.cells, *other.phrases) if is_own(cell.first)]
    alike = [(sum(_has_alike(cell, p) for p in told), cell) for cell in rows]
    best = max((n for n, _ in alike), default=0)
    found = [cell.only(o.statistic) for n, cell in alike if n == best] if best >= FEWEST_ALIKE else []
    return [_partner(p) for p in found if p]


def _has_alike(cell: Cell, o: Observation) -> bool:
    other = cell.only(o.statistic)
    return other is not None and _partner(other).agrees(o)


def _of_size(o: Observation, other: Study) -> list[Partner]:
    """The other study's N, where the number is one of patients and none that paper counts."""
    size = size_of(other) if is_size(o) else None
    if size is None or o.whole is None:
        return []
    told = [p for p in other.observations if is_own(p) and p.whole == size and p.statistic in _COUNTED]
    rows = [p for p in other.observations if is_own(p) and p.denominator == str(size)]
    if o.whole == size or o.whole not in counts_of(other):
        return [Partner(p, Printed(Fraction(size), 0), "n") for p in (*told, *rows)[:1]]
    return []


def is_size(o: Observation) -> bool:
    """Whether a number counts the patients of a study ("in 32 heavily pretreated patients"), not some of them."""
    behind = o.quote[o.start :]
    people = re.match(rf".{{0,70}}?\b{PEOPLE}\b", behind)
    is_part = _IS_PART.match(behind)
    is_count = o.statistic in _COUNTED and not o.denominator and o.whole is not None
    return bool(is_count and people and not is_part and sizes_in(people[0]))


def _of_variable(o: Observation, other: Study) -> list[Partner]:
    """What the other paper prints of the same variable and category, where it prints it for all its patients."""
    if not o.variable or o.variable == "n_patients":
        return []
    named = [p for p in other.observations if _is_same(o, p)]
    whole = [p for p in named if not p.subgroup and (not o.timepoint or p.timepoint == o.timepoint)]
    is_of_all = not o.subgroup or _describes(o.subgroup, other)
    return [_partner(p) for p in named] if whole and is_of_all else []


def _is_same(o: Observation, p: Observation) -> bool:
    names = (o.variable, o.category.casefold(), o.grade, o.event_kind)
    if names != (p.variable, p.category.casefold(), p.grade, p.event_kind):
        return False
    if p.number is None or p.patient or not is_own(p):
        return False
    if _kind(o.statistic) == _kind(p.statistic):
        return not (o.unit and p.unit and o.statistic not in _COUNTED and o.unit != p.unit)
    return {_kind(o.statistic), _kind(p.statistic)} == {"n", "pct"} and bool(p.denominator)


def _describes(subgroup: str, study: Study) -> bool:
    """Whether the words of a subgroup only say whom the whole study treated."""
    words = words_of(subgroup)
    known = {w.rstrip("s") for w in title_words(study)}
    return bool(words) and 2 * sum(w in known for w in words) >= len(words)


def is_own(o: Observation) -> bool:
    """Whether a paper prints the number of itself."""
    return o.speaks_of == "this study"


def _partner(o: Observation) -> Partner:
    return Partner(o, number_of(o), o.statistic)


def _kind(statistic: str) -> str:
    return "n" if statistic in _COUNTED else statistic
