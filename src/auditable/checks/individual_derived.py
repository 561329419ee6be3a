"""individual.derived: a row (or column) that is computed from others: a total, a change, a percentage change, a BMI.

Comes in: a Study. Goes out: for each such row one consistent outcome, or one for each patient for whom the sum fails.
That a row is computed is proved by the other patients: the sum must be right for nearly all of them, by the print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from auditable.blocks import Study
from auditable.checks.roster import Roster, Trait, find_rosters
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval, Printed, decimal_text

MIN_PROVING = 3
"""Other patients for whom the sum must be right before it accuses."""
PROVING_SHARE = Fraction(4, 5)
MOST_ROWS = 40
MOST_ADDENDS = 5
TOTAL = re.compile(r"\b(?:total|sum|overall|all)\b", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:change|difference|reduction|increase|decrease|decline|gain|loss|delta|improvement)\b|[Δ∆]", re.IGNORECASE
)
SPAN = re.compile(r"\b(?:duration|interval|time|length)\b", re.IGNORECASE)
CENTIMETRES = 100
Sum = Callable[[Sequence[Interval]], Interval | None]


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a row follows from others: the parts, the sum over their intervals, and how it is written."""

    result: Trait
    parts: tuple[Trait, ...]
    sum: Sum
    written: str


def test_derived(study: Study) -> Iterator[Outcome]:
    """The outcomes of every row that the other patients prove to be computed."""
    for roster in find_rosters(study):
        numeric = [t for t in roster.traits if t.n_numbers > MIN_PROVING]
        if len(numeric) <= MOST_ROWS:
            for result in numeric:
                yield from _test_row(result, numeric, roster)


def _test_row(result: Trait, numeric: Sequence[Trait], roster: Roster) -> Iterator[Outcome]:
    proved = [d for d in _derivations(result, numeric) if _is_proved(d, roster)]
    if proved:
        best = max(proved, key=lambda d: sum(_holds(d, p) is True for p in roster.patients))
        yield from _outcomes(best, roster)


def _derivations(result: Trait, numeric: Sequence[Trait]) -> Iterator[Derivation]:
    own_unit = [t for t in numeric if t is not result and t.unit == result.unit]
    if result.variable == "bmi" or re.search(r"\bBMI\b", result.label):
        yield from _bmi(result, numeric)
    if TOTAL.search(result.label):
        near = [t for t in own_unit if t.group == result.group and not TOTAL.search(t.label)]
        if 2 <= len(near) <= MOST_ADDENDS:
            yield Derivation(result, tuple(near), _added, " + ".join(t.label for t in near))
        for pair in combinations(own_unit, 2):
            yield Derivation(result, pair, _added, " + ".join(t.label for t in pair))
    if CHANGE.search(result.label) or SPAN.search(result.label):
        for a, b in permutations(own_unit, 2):
            yield Derivation(result, (a, b), _subtracted, f"{a.label} − {b.label}")
    if CHANGE.search(result.label) and ("%" in result.unit or "%" in result.label):
        others = [t for t in numeric if t is not result]
        for a, b in permutations(others, 2):
            if a.unit == b.unit:
                yield Derivation(result, (a, b), _percent_change, f"100 × ({a.label} − {b.label}) / {b.label}")


def _bmi(result: Trait, numeric: Sequence[Trait]) -> Iterator[Derivation]:
    for weight in (t for t in numeric if t.variable == "weight" and t.unit == "kg"):
        for height in (t for t in numeric if t.variable == "height" and t.unit in ("cm", "m")):
            scale = CENTIMETRES if height.unit == "cm" else 1
            yield Derivation(result, (weight, height), _mass_index(scale), "weight / height²")


def _mass_index(scale: int) -> Sum:
    def index(parts: Sequence[Interval]) -> Interval | None:
        (w_low, w_high), (h_low, h_high) = (_ends(p) for p in parts)
        if w_low is None or w_high is None or h_low is None or h_high is None or h_low <= 0:
            return None
        return Interval(w_low * scale**2 / h_high**2, w_high * scale**2 / h_low**2)

    return index


def _added(parts: Sequence[Interval]) -> Interval | None:
    lows, highs = [p.low for p in parts], [p.high for p in parts]
    if None in lows or None in highs:
        return None
    return Interval(
        sum((x for x in lows if x is not None), Fraction(0)), sum((x for x in highs if x is not None), Fraction(0))
    )


def _subtracted(parts: Sequence[Interval]) -> Interval | None:
    (a_low, a_high), (b_low, b_high) = (_ends(p) for p in parts)
    if a_low is None or a_high is None or b_low is None or b_high is None:
        return None
    return Interval(a_low - b_high, a_high - b_low)


def _percent_change(parts: Sequence[Interval]) -> Interval | None:
    (a_low, a_high), (b_low, b_high) = (_ends(p) for p in parts)
    if a_low is None or a_high is None or b_low is None or b_high is None or b_low <= 0:
        return None
    ratios = [x / y for x in (a_low, a_high) for y in (b_low, b_high)]
    return Interval(100 * (min(ratios) - 1), 100 * (max(ratios) - 1))


def _ends(inside: Interval) -> tuple[Fraction | None, Fraction | None]:
    return inside.low, inside.high


def _computed(d: Derivation, patient: str) -> Interval | None:
    """The sum for one patient; whole numbers are taken as they are printed."""
    whole = all(_number(t, patient) is not None and _is_whole(_number(t, patient)) for t in (d.result, *d.parts))
    parts = [t.face(patient) if whole and d.sum in (_added, _subtracted) else t.number(patient) for t in d.parts]
    return d.sum(parts)


def _number(trait: Trait, patient: str) -> Printed | None:
    found = trait.values.get(patient, ())
    return found[0].number if len(found) == 1 else None


def _is_whole(number: Printed | None) -> bool:
    return number is not None and number.decimals == 0 and not number.comparator


def _holds(d: Derivation, patient: str) -> bool | None:
    """Whether the sum may print as the row does, a change with either sign; None where it cannot be told."""
    printed = _number(d.result, patient)
    computed = _computed(d, patient)
    if printed is None or printed.comparator or computed is None:
        return None
    given = [printed.ordinary]
    if CHANGE.search(d.result.label) and printed.value > 0:
        low, high = printed.ordinary.low, printed.ordinary.high
        given += [Interval(-high, -low)] if low is not None and high is not None else []
    if all(_is_whole(_number(t, patient)) for t in d.parts) and _is_whole(printed) and d.sum in (_added, _subtracted):
        return computed.low in (printed.value, -printed.value if len(given) > 1 else printed.value)
    return any(computed.overlaps(g) for g in given)


def _is_proved(d: Derivation, roster: Roster) -> bool:
    """Whether the sum is right for nearly all patients, and says something: not all of the parts are nought."""
    judged = {p: _holds(d, p) for p in roster.patients}
    tested = [p for p, holds in judged.items() if holds is not None]
    right = [p for p in tested if judged[p]]
    telling = [p for p in right if all(t.face(p).low != 0 for t in (d.result, *d.parts))]
    values = {d.result.face(p).low for p in right}
    return len(telling) >= MIN_PROVING and len(right) >= PROVING_SHARE * len(tested) and len(values) >= MIN_PROVING


def _outcomes(d: Derivation, roster: Roster) -> Iterator[Outcome]:
    judged = {p: _holds(d, p) for p in roster.patients}
    right = [p for p, holds in judged.items() if holds]
    failing = [p for p, holds in judged.items() if holds is False]
    if not failing:
        message = f"“{d.result.label}” is {d.written} for each of {len(right)} patients."
        cells = tuple(d.result.observations)
        yield Outcome("consistent", cells, message, f"{d.written} = {d.result.label}", str(len(right)), str(len(right)))
    for p in failing:
        computed = _computed(d, p)
        printed = _number(d.result, p)
        if computed is None or computed.low is None or computed.high is None or printed is None:
            continue
        middle = decimal_text((computed.low + computed.high) / 2, printed.decimals)
        cells = tuple(o for t in (d.result, *d.parts) for o in t.values[p])
        numbers = ", ".join(f"{t.label} {_number(t, p)}" for t in d.parts)
        message = (
            f"Patient {p}: “{d.result.label}” is {printed}, but {d.written} gives {middle} ({numbers}), as it does for "
            f"the {len(right)} other patients."
        )
        yield Outcome("impossible", cells, message, f"{d.written}: {numbers} = {middle}", str(printed), middle)


RULES = (
    Rule(
        id="individual.derived",
        claim="A row that is the total, difference, percentage change or body mass index of others is so for every "
        "patient.",
        severity="error",
        function=test_derived,
        assumptions="The label says total, change, duration or BMI, and the sum is right for four in five of the other "
        "patients, at least three of them with different results.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Before 54, after 39, change −15 as for all others; one patient: 61, 40, −12.",
    ),
)
