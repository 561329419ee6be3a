"""unit.mixed: one variable is measured in one unit, unless its numbers were converted.

Comes in: a Study. Goes out: for each variable that is printed in two units of different size, one outcome: consistent
where the numbers differ as the units do, impossible where one and the same number stands with both, a question where
the numbers are of one size though the units are not. Times are left alone: weeks here and months there are common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from statistics import median

from auditable.blocks import Study
from auditable.checks.measured import Measured, called, find_measured, units_of
from auditable.checks.rule import Outcome, Rule
from auditable.units import TIMES

SEVERITY = "unit"
LEAST_FACTOR = Fraction(5)
"""Units that differ by less are not told apart by the size of their numbers."""
TELLING_DIGITS = 2
"""Digits of a number that stands with two units by no chance."""


def test_mixed(study: Study) -> Iterator[Outcome]:
    """Each variable with more than one unit."""
    by_variable: dict[str, dict[str, list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for m in find_measured(study):
        if m.unit and m.variable.unit not in TIMES and m.unit in units_of(m.variable):
            by_variable[m.variable.name][m.unit].append(m)
    for units in by_variable.values():
        if len(units) == 1:
            (found,) = units.values()
            yield _one_unit(found)
        for left, right in combinations(sorted(units, key=lambda u: -len(units[u])), 2):
            yield _compare(units[left], units[right])


def _one_unit(found: Sequence[Measured]) -> Outcome:
    first = found[0]
    message = f"All {len(found)} numbers of {called(first.variable).capitalize()} are in {first.unit}."
    return Outcome("consistent", (first.observation,), message, f"{len(found)} in {first.unit}", first.unit, first.unit)


def _compare(many: Sequence[Measured], few: Sequence[Measured]) -> Outcome:
    one, other = many[0], few[0]
    units = units_of(one.variable)
    factor = units[other.unit].factor / units[one.unit].factor
    factor = factor if factor >= 1 else 1 / factor
    shared = [(m, f) for m in many for f in few if m.number == f.number and _is_telling(m)]
    if factor >= LEAST_FACTOR and shared:
        return _same_number(*shared[0], one, other)
    sizes = [Fraction(median([abs(m.number) for m in side])) for side in (many, few)]
    if factor >= LEAST_FACTOR and min(sizes) > 0 and max(sizes) / min(sizes) < 2:
        return _same_size(one, other, sizes)
    message = f"{_name(one)} is printed in {one.unit} and in {other.unit}, and its numbers differ as the units do."
    arithmetic = f"1 {other.unit} against 1 {one.unit}: factor {float(factor):.4g}"
    return Outcome("consistent", (one.observation, other.observation), message, arithmetic, other.unit, one.unit)


def _same_number(left: Measured, right: Measured, one: Measured, other: Measured) -> Outcome:
    message = (
        f"{left.number} of {_name(one)} is printed in {one.unit} in one place and in {other.unit} in another; only "
        "one of the two units can be meant."
    )
    arithmetic = f"{left.number} {one.unit} ≠ {right.number} {other.unit}"
    places = (right.observation, left.observation)
    return Outcome("impossible", places, message, arithmetic, f"{right.number} {other.unit}", one.unit)


def _same_size(one: Measured, other: Measured, sizes: Sequence[Fraction]) -> Outcome:
    message = (
        f"{_name(one)} is printed in {one.unit} and in {other.unit}, with numbers of the same size (about "
        f"{float(sizes[0]):.4g} and {float(sizes[1]):.4g}); after conversion they would differ. One unit may "
        "be misprinted."
    )
    arithmetic = f"{other.number} {other.unit} is not near {one.number} {one.unit}"
    places = (other.observation, one.observation)
    return Outcome("not testable", places, message, arithmetic, f"{other.number} {other.unit}", one.unit, SEVERITY)


def _name(m: Measured) -> str:
    return called(m.variable).capitalize()


def _is_telling(m: Measured) -> bool:
    return len(str(abs(m.number)).replace(".", "").strip("0")) >= TELLING_DIGITS


RULES = (
    Rule(
        id="unit.mixed",
        claim="One variable has one unit in one paper, or its numbers differ as the units do.",
        severity=SEVERITY,
        function=test_mixed,
        assumptions="Variable and units are known to the codebook, and differ by a factor of five or more; times are "
        "not judged. Accused only where one number of two digits or more stands with both units.",
        literature="INSPECT-SR check 4 (internal consistency); SAMPL guidelines (units)",
        example="Creatinine < 1.25 mg/dL in the text and ≥ 1.25 µmol/L in a figure's legend.",
    ),
)
