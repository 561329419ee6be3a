"""table.ratio: a column that is one neighbour divided by another in every row but one.

Comes in: a Study. Goes out: one outcome for each proved quotient of each table, and for each row that breaks one: a
rate from events and time, a mean from a sum and a number, a share of the count in another column. No head is read to
find them. Rates that run along the rows are rate_rows.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import log10

import numpy as np
import numpy.typing as npt

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_lines import COUNT, Line, Table, digits_of, kind_of, tables_of
from auditable.rounding import Interval, decimal_text, exact_text

SCALES = (1, 100, 1000, 10_000, 100_000)
MIN_OTHERS = 3
"""Other rows in which the quotient must hold."""
FITTING_SHARE = 0.8
SPARE_DIGITS = 2.0
NEAR = 0.1
SPARE_NEAR = 1.01
"""What the fast look at whole columns lets through besides: floats divided in another order differ in a last bit."""
REACH = 4
"""Columns between a quotient and what it is made of."""
_QUOTIENT = re.compile(
    r"%|\bper\b|/|\b(?:rates?|mean|average|incidence|density|share|proportion|ratio)\b", re.IGNORECASE
)
DIVIDED = (COUNT, "total", "rate", "mean")


@dataclass(frozen=True)
class Division:
    """The numbers of one place: a quotient, what is divided, and by what; scale: of how many it is told."""

    quotient: Observation
    over: Observation
    under: Observation
    scale: int

    @cached_property
    def ids(self) -> set[str]:
        """The ids of its three numbers."""
        return {o.observation_id for o in (self.quotient, self.over, self.under)}

    @cached_property
    def is_near(self) -> bool:
        """Whether it may hold: a fast look, before anything is judged exactly."""
        quotient, over, under = (float(number_of(o).value) for o in (self.quotient, self.over, self.under))
        return abs(quotient - over * self.scale / under) <= NEAR * abs(quotient) + 2 * float(
            number_of(self.quotient).unit
        )

    @cached_property
    def implied(self) -> Interval:
        """The quotients that the two numbers allow, whole counts being exact."""
        a, b = _span(self.over), _span(self.under)
        return Interval(a[0] * self.scale / b[1], a[1] * self.scale / b[0])

    @cached_property
    def holds(self) -> bool:
        """Whether the printed quotient, rounded or cut off, is one of them."""
        return number_of(self.quotient).loose.overlaps(self.implied)

    @cached_property
    def is_told_otherwise(self) -> bool:
        """Whether it would hold if it were told of more or fewer: "per 1000" in a row of its own."""
        return any(replace(self, scale=scale).holds for scale in SCALES)

    @cached_property
    def digits(self) -> float:
        """Digits that had to be right for it to hold; none for a nought and for what is divided by one."""
        value = number_of(self.quotient).value
        if not value or number_of(self.under).value == 1:
            return 0.0
        low, high = self.implied.low or Fraction(0), self.implied.high or Fraction(0)
        return digits_of(float(abs(value)), float(2 * number_of(self.quotient).unit + high - low))


@dataclass(frozen=True, slots=True)
class Quotient:
    """One line as the quotient of two others. divisions: by place."""

    divisions: dict[int, Division]

    def others_prove(self, place: int, need: float) -> int:
        """How many other places hold, where they prove the quotient; else 0."""
        others = [d for p, d in self.divisions.items() if p != place and (d.digits > 0 or not d.holds)]
        holding = [d for d in others if d.holds]
        is_enough = len(holding) >= MIN_OTHERS and len(holding) >= FITTING_SHARE * len(others)
        has_changed = len({(d.over.value, d.under.value) for d in holding}) >= MIN_OTHERS
        return len(holding) if is_enough and has_changed and sum(d.digits for d in holding) >= need else 0


def test_ratios(study: Study) -> Iterator[Outcome]:
    """One outcome for each proved quotient of each table, and for each place that breaks one."""
    for table in tables_of(study):
        quotients = (*table.columns, *table.share_columns)
        terms = (*table.columns, *table.total_columns)
        found = [list(_quotients(line, terms, table)) for line in sorted(quotients, key=_order) if _has_decimals(line)]
        yield from _test_lines(found)


def _test_lines(found: Sequence[Sequence[Quotient]]) -> Iterator[Outcome]:
    need = SPARE_DIGITS + log10(max(1, sum(len(q) for q in found)))
    seen: set[str] = set()
    for of_line in found:
        holding = {p for q in of_line for p, d in q.divisions.items() if d.holds and d.digits > 0}
        for quotient in of_line:
            for place, division in quotient.divisions.items():
                # a rate from events and time is a time from events and rate too: told once
                if division.ids & seen or (not division.holds and place in holding):
                    continue
                n_others = quotient.others_prove(place, need)
                if n_others and (division.holds or not division.is_told_otherwise):
                    seen |= division.ids if not division.holds else {division.quotient.observation_id}
                    yield _told(division, n_others)


def _has_decimals(line: Line) -> bool:
    """Whether the line may hold quotients: percentages, rates, numbers with decimals."""
    return any(o.statistic in ("pct", "rate") or number_of(o).decimals for o in line.numbers.values())


def _order(line: Line) -> tuple[bool, int]:
    """What calls itself a quotient first, then what stands last."""
    return not _QUOTIENT.search(line.first.spanner_path), -line.at


def _quotients(line: Line, terms: Sequence[Line], table: Table) -> Iterator[Quotient]:
    """The quotients of two lines nearby that the line is in enough places."""
    near = [t for t in terms if abs(t.at - line.at) <= REACH and (t.numbers is not line.numbers)]
    for over, under in _hopeful(line, near):
        places = [p for p in line.numbers if p in over.numbers and p in under.numbers]
        places = [p for p in places if _may_divide(line.numbers[p], over.numbers[p], under.numbers[p], table)]
        if len(places) <= MIN_OTHERS:
            continue
        for scale in (100,) if line.numbers[places[0]].statistic == "pct" else SCALES:
            divisions = [Division(line.numbers[p], over.numbers[p], under.numbers[p], scale) for p in places]
            if sum(d.is_near for d in divisions) >= MIN_OTHERS:
                yield Quotient(dict(zip(places, divisions, strict=True)))


def _hopeful(line: Line, terms: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of terms whose quotient, at some scale, is near the line's numbers in enough places; all rows at once."""
    if not terms:
        return
    quotients = _floats(list(line.numbers.values()))
    units = np.array([float(number_of(o).unit) for o in line.numbers.values()])
    slack = SPARE_NEAR * (NEAR * np.abs(quotients) + 2 * units)
    values = np.array([_floats([t.numbers.get(p) for p in line.numbers]) for t in terms])
    with np.errstate(divide="ignore", invalid="ignore"):
        for i, over in enumerate(terms):
            shares = values[i] / values
            counts = [np.count_nonzero(np.abs(quotients - shares * scale) <= slack, axis=1) for scale in SCALES]
            enough = np.max(counts, axis=0) >= MIN_OTHERS
            yield from ((over, under) for k, under in enumerate(terms) if k != i and enough[k])


def _floats(numbers: Sequence[Observation | None]) -> npt.NDArray[np.float64]:
    """The values of numbers as floats, NaN where there is none."""
    return np.array([float(number_of(o).value) if o else float("nan") for o in numbers])


def _may_divide(quotient: Observation, over: Observation, under: Observation, table: Table) -> bool:
    """Whether three numbers are told apart, of the right kind, and no pair with an N that percent_of_n.py can prove."""
    ids = {o.observation_id for o in (quotient, over, under)}
    if len(ids) < 3 or any(kind_of(o) not in DIVIDED for o in (over, under)) or _span(under)[0] <= 0:
        return False
    is_pair = quotient.col == over.col
    return _span(over)[0] >= 0 and not (is_pair and (under.col == over.col or table.has_share(under)))


def _span(o: Observation) -> tuple[Fraction, Fraction]:
    """What a number may have been before it was rounded; a whole one may be a count, which is exact."""
    printed = number_of(o)
    half = printed.unit / 2 if printed.decimals else Fraction(0)
    return printed.value - half, printed.value + half


def _told(division: Division, n_others: int) -> Outcome:
    printed, over, under = (number_of(o) for o in (division.quotient, division.over, division.under))
    exact = over.value * division.scale / under.value
    expected = exact_text(exact, max(printed.decimals - 1, 0))
    times = f" × {division.scale:,}" if division.scale > 1 else ""
    arithmetic = f"{over} / {under}{times} = {expected}"
    observations = (division.quotient, division.over, division.under)
    if division.holds:
        message = f"{printed} is {over} / {under}{times}, as in {n_others} other rows."
        return Outcome("consistent", observations, message, arithmetic, str(printed), expected)
    fitting = printed.value * under.value / division.scale
    message = (
        f"In {n_others} other rows of the table this number is the quotient of two others"
        f"{times and f', times {division.scale:,}'}; here {over} / {under} gives {expected}, and {printed} is printed. "
        f"{decimal_text(fitting, over.decimals)} instead of {over} would give it."
    )
    return Outcome("impossible", observations, message, f"{arithmetic}, not {printed}", str(printed), expected)


RULES = (
    Rule(
        id="table.ratio",
        claim="A column that is the quotient of two others in the rest of the table is it in every row.",
        severity="error",
        function=test_ratios,
        assumptions="The quotient holds in three other rows and in four fifths of all, in more digits than the number "
        "of quotients that were tried may find by accident. Rounded and cut-off digits are allowed for.",
        literature="INSPECT-SR check 4 (internal consistency); Rothman 2012 (Epidemiology: An Introduction, ch. 3)",
        example="Deaths 52, 41 and 63 over 5694, 5102 and 6011 person-years print 9.13, 8.04 and 10.84 per 1000; 9.31 "
        "for 52 of 5694 does not.",
    ),
)
