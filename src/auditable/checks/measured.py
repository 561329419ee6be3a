"""Observations that were measured in a unit: their variable of the codebook, and the number in its unit.

Comes in: the observations of a study. Goes out: Measured, one for each number whose variable has a unit; cut-offs of
sentences and of row labels ("Hb < 118 g/L") among them. What must hold of them is left to the unit_* modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditable.blocks import Observation, Study
from auditable.checks.judged_frames import CHANGE
from auditable.checks.words import read_span
from auditable.codebook import load_codebook
from auditable.conversions import find_conversion
from auditable.entries import Conversion, Variable
from auditable.units import find_unit, normal_unit

ON_SCALE = ("median", "mean", "min", "max", "q1", "q3", "value", "bound")
"""Statistics in the unit of the variable, at its own size; a spread is smaller, a change may be anything."""
OFF_SCALE = re.compile(
    r"\b(?:ln|log(?:[-\s]?(?:10|2|e))?(?=\W)|log-\w+|Log|SDS|SD scores?|[zZ][-\s]?scores?|standard deviation scores?|"
    r"(?:per)?centiles?|(?:[Pp]erson|[Pp]atient)[-–\s](?:years?|months?|weeks?|days?))"
)
"""Labels of a quantity that is no longer in its unit: logarithms, places among the healthy, time summed over people."""
NEAR = 60
"""Characters before a number in which a word makes it a change."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One printed number of a variable with a unit. unit: normal form, "" where none is printed; is_cut: it bounds a
    group instead of describing one."""

    observation: Observation
    variable: Variable
    number: Decimal
    unit: str
    is_cut: bool = False


def find_measured(study: Study) -> list[Measured]:
    """Measured numbers of this study: changes, counts and categories of a variable are none."""
    return [m for o in study.observations if o.speaks_of == "this study" for m in _read(o)]


def units_of(variable: Variable) -> dict[str, Conversion]:
    """Every unit the variable may be printed in, its own first."""
    return {variable.unit: Conversion(Fraction(1)), **variable.accepted_units}


def is_plausible(variable: Variable, number: Decimal, unit: str) -> bool:
    """Whether the number in this unit lies in the variable's range; True where no range is known."""
    how = find_conversion(unit, variable)
    if how is None or variable.low is None or variable.high is None:
        return True
    return variable.low <= Fraction(number) * how.factor + how.offset <= variable.high


def fitting_units(variable: Variable, numbers: Sequence[Decimal]) -> list[str]:
    """Units in which all the numbers would be plausible."""
    return [unit for unit in units_of(variable) if all(is_plausible(variable, n, unit) for n in numbers)]


def _read(o: Observation) -> Iterator[Measured]:
    variable = load_codebook().variables.get(o.variable)
    if variable is None or not variable.unit or variable.unit == "%":
        return
    if o.source == "table" and OFF_SCALE.search(f"{o.stub_path} {o.spanner_path}"):
        return
    if o.statistic in ON_SCALE and o.number is not None and not o.category and not is_change(o):
        yield Measured(o, variable, Decimal(o.value), normal_unit(o.unit), o.statistic == "bound")
    elif o.category and o.source == "table":
        span = read_span(o.category)
        limit = None if span is None else span.low if span.low is not None else span.high
        unit = normal_unit(find_unit(o.stub_path) or find_unit(o.group))
        if limit is not None and unit and not CHANGE.search(o.stub_path):
            yield Measured(o, variable, Decimal(limit.numerator) / Decimal(limit.denominator), unit, True)


def is_change(o: Observation) -> bool:
    """Whether a number is a change or difference of a quantity, by the words beside it."""
    if o.source == "table":
        return bool(CHANGE.search(f"{o.stub_path} {o.spanner_path} {o.timepoint}"))
    return bool(CHANGE.search(o.quote[max(0, o.start - NEAR) : o.end + NEAR // 2])) or o.value.startswith("-")


def called(variable: Variable) -> str:
    """What a variable is called in a message."""
    return variable.name.replace("_", " ")
