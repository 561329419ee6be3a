"""unit.dimension: a quantity is printed in a unit that can measure it: no body mass index in cm, no pressure in mmol/L.

Comes in: a Study. Goes out: for each variable, and each table or the text, consistent where its printed units can
measure it, a question where one measures something else, or where a unit of the right kind but another size puts the
numbers outside all that occurs ("C-reactive protein 34 g/L"). Units that the codebook knows for a variable are
unit_plausible's and unit_mixed's matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from auditable.blocks import Observation, Study
from auditable.checks.measured import ON_SCALE, called, is_change, units_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.unit_convert import sizes_of
from auditable.codebook import load_codebook
from auditable.conversions import VOLUMES
from auditable.entries import Variable
from auditable.units import normal_unit

SEVERITY = "unit"
FAMILIES = {
    **dict.fromkeys(("kg", "g", "mg", "ug", "lb"), "mass"),
    **dict.fromkeys(("m", "cm", "mm", "um", "ft", "km"), "length"),
    **dict.fromkeys(("L", "dL", "mL", "uL"), "volume"),
    **dict.fromkeys(("mmHg", "kPa", "cmH2O"), "pressure"),
    **dict.fromkeys(("bpm", "bpm/minutes", "/minutes", "breaths/minutes"), "rate"),
    "kg/m2": "mass per area",
    "%": "share",
}
SOLUTES = ("g", "mg", "ug", "ng", "pg", "mol", "mmol", "umol", "nmol", "pmol", "U", "IU", "mIU", "uIU", "kU", "mEq")
FOREIGN = {
    "mass per area": {"length", "mass", "pressure", "concentration", "volume", "rate"},
    "mass": {"length", "pressure", "concentration", "rate"},
    "length": {"mass", "pressure", "concentration", "mass per area", "rate"},
    "pressure": {"mass", "concentration", "mass per area", "rate"},
    "concentration": {"length", "pressure", "mass per area", "rate"},
    "count per volume": {"length", "pressure", "mass per area", "rate"},
    "rate": {"mass", "length", "pressure", "concentration", "mass per area"},
    "share": {"length", "pressure", "concentration", "mass per area", "volume"},
}
"""What a quantity of a kind is never measured in. Left out is what common usage mixes: "mm" for mm Hg, "G/L" for a
count, a loss of blood in g, a tumour's size as a volume, and every percentage and time."""


def test_dimension(study: Study) -> Iterator[Outcome]:
    """Each variable of each table, and of the text."""
    by_place: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.speaks_of == "this study" and o.statistic in ON_SCALE and o.number and normal_unit(o.unit):
            variable = load_codebook().variables.get(o.variable)
            if variable and variable.unit and not o.category and not is_change(o):
                by_place[o.table_id, o.variable].append(o)
    for (_, name), found in by_place.items():
        yield from _judge(load_codebook().variables[name], found)


def family_of(unit: str) -> str:
    """The kind of quantity that a unit in its normal form measures, "" where it is none of the common ones."""
    if unit in FAMILIES:
        return FAMILIES[unit]
    top, _, under = unit.rpartition("/")
    if under in ("L", "uL", "mm3", "mL") and (not top or top.startswith("10^") or top == "cells"):
        return "count per volume"
    return "concentration" if top in SOLUTES and under in VOLUMES else ""


def _judge(variable: Variable, found: Sequence[Observation]) -> Iterator[Outcome]:
    known = units_of(variable)
    wrong: dict[str, list[Observation]] = defaultdict(list)
    for o in found:
        unit = normal_unit(o.unit)
        if unit not in known and (_is_foreign(variable, unit) or _is_outside(variable, o, unit)):
            wrong[unit].append(o)
    for unit, accused in wrong.items():
        yield _question(variable, unit, accused)
    if not wrong:
        units = ", ".join(dict.fromkeys(o.unit for o in found))
        message = f"{called(variable).capitalize()} is printed in {units}, which can measure it."
        yield Outcome("consistent", (found[0],), message, units, units, variable.unit)


def _is_foreign(variable: Variable, unit: str) -> bool:
    own = {family_of(u) for u in units_of(variable)}
    theirs = family_of(unit)
    return bool(theirs) and theirs not in own and any(theirs in FOREIGN.get(f, ()) for f in own)


def _scaled(variable: Variable, o: Observation, unit: str) -> Fraction | None:
    """The number in the variable's unit, where both units only differ in size."""
    own, printed = sizes_of(variable.unit), sizes_of(unit)
    if own is None or printed is None or own[1] != printed[1] or not own[2] or not printed[2] or o.number is None:
        return None
    return o.number.value * next(iter(printed[2].values())) / next(iter(own[2].values()))


def _is_outside(variable: Variable, o: Observation, unit: str) -> bool:
    number = _scaled(variable, o, unit)
    if number is None or variable.low is None or variable.high is None:
        return False
    return not Fraction(variable.low) <= number <= Fraction(variable.high)


def _question(variable: Variable, unit: str, accused: Sequence[Observation]) -> Outcome:
    first = accused[0]
    usual = " or ".join(u for u in units_of(variable) if u)
    said = f"{first.value} {first.unit}"
    number = _scaled(variable, first, unit)
    if number is None:
        arithmetic = f"{first.unit} measures a {family_of(unit)}"
        why = f"{first.unit} cannot measure it: it is given in {usual}"
    else:
        arithmetic = f"{said} = {float(number):g} {variable.unit}"
        why = f"{arithmetic} lies outside {variable.low} to {variable.high} {variable.unit}"
    name = called(variable).capitalize()
    message = f"{name} is printed as {said}, yet {why}. The unit or the label is misprinted or misread."
    return Outcome("not testable", tuple(accused), message, arithmetic, said, usual, SEVERITY)


RULES = (
    Rule(
        id="unit.dimension",
        claim="A quantity is printed in a unit that can measure it.",
        severity=SEVERITY,
        function=test_dimension,
        assumptions="Variable and unit are known to the codebook and the lexicon of units; times, percentages and "
        "changes are not judged, nor what common usage mixes (a tumour's size as length or volume). A question.",
        literature="The International System of Units (BIPM, 9th edition); SAMPL guidelines (units)",
        example="Body mass index (cm): 27.4.",
    ),
)
