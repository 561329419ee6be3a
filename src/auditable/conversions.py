"""Values of a variable in the codebook's unit, whatever unit they were printed in.

Comes in: a printed number, its unit as printed, and the entry of the codebook. Goes out: the number in the unit of the
entry, None where the unit is not one the entry knows. Whether the value is plausible is left to the checks.
"""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from auditable.entries import Conversion, Variable
from auditable.units import normal_unit

DIGITS = 28
"""Significant digits of a result that no decimal gives exactly (5/9)."""

VOLUMES = {"L": Fraction(1), "dL": Fraction(1, 10), "mL": Fraction(1, 1000)}
"""Volumes a concentration may be printed per, in litres."""


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
    how = find_conversion(normal, variable) if normal else None
    return _decimal(Fraction(value) * how.factor + how.offset) if how else None


def find_conversion(unit: str, variable: Variable) -> Conversion | None:
    """How numbers in a unit (its normal form) turn into the variable's: as its entry says, or the same amount in other
    volumes ("mmol/dL" for "mmol/L"), which the entry need not list to be known as ten times as much.
    """
    known = {variable.unit: Conversion(Fraction(1)), **variable.accepted_units}
    if unit in known:
        return known[unit]
    amount, _, volume = unit.rpartition("/")
    for other, how in known.items():
        its_amount, _, its_volume = other.rpartition("/")
        if amount and amount == its_amount and volume in VOLUMES and its_volume in VOLUMES and not how.offset:
            return Conversion(how.factor * VOLUMES[its_volume] / VOLUMES[volume])
    return None


def _decimal(number: Fraction) -> Decimal:
    return Context(prec=DIGITS).divide(Decimal(number.numerator), Decimal(number.denominator))
