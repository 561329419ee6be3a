"""Values of a variable in the codebook's unit, whatever unit they were printed in.

Comes in: a printed number, its unit as printed, and the entry of the codebook. Goes out: the number in the unit of the
entry, None where the unit is not one the entry knows. Whether the value is plausible is left to the checks.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from auditable.entries import Variable
from auditable.units import normal_unit

DIGITS = 28
"""Significant digits of a result that no decimal gives exactly (5/9)."""


def convert(value: Decimal, unit: str, variable: Variable) -> Decimal | None:
    """The value in the variable's unit; None where the printed unit is none of its accepted ones.

    unit: as printed or in its normal form; "" is taken as the variable's own only where the variable has no unit.
    The result is exact where a decimal can be, else right to DIGITS digits.
    """
    normal = normal_unit(unit) if unit else ""
    if unit and not normal:
        return None
    if normal == variable.unit:
        return value
    how = variable.accepted_units.get(normal) if normal else None
    return _decimal(Fraction(value) * how.factor + how.offset) if how else None


def _decimal(number: Fraction) -> Decimal:
    return Context(prec=DIGITS).divide(Decimal(number.numerator), Decimal(number.denominator))
