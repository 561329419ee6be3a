"""rate.base: one rate is per the same number of person-years wherever it is printed.

Comes in: a Study. Goes out: a question for each stretch of a sentence whose rates a table prints too, per another
number of person-years; an agreement where it is the same one. Whether a rate follows from its events and time is left
to rate_person_time.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditable.blocks import Observation, Study, number_of
from auditable.checks.matching import digits_of
from auditable.checks.pairing import FEW_DIGITS
from auditable.checks.rate_person_time import PER
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Printed

SEVERITY = "unit"
REACH = 60
"""Most characters between a rate and the person-years it is per."""
STATISTICS = ("rate", "value")
Bases = Mapping[Printed, Mapping[int, Observation]]
"""For each rate of a table, of how many person-years it is, with a cell that says so."""


def test_bases(study: Study) -> Iterator[Outcome]:
    """One outcome for each number of person-years of a sentence whose rates stand in a table."""
    tables = _rates_of_tables(study)
    if not tables:
        return
    for mentions in study.sentences:
        for base, rates in _rates_of_sentence(mentions).items():
            yield from _judge(base, [o for o in rates if number_of(o) in tables], tables)


def _rates_of_tables(study: Study) -> Bases:
    found: dict[Printed, dict[int, Observation]] = defaultdict(dict)
    for o in study.observations:
        if o.source == "table" and o.statistic in STATISTICS and o.number and o.number.decimals:
            bases = {_base(m) for m in PER.finditer(f"{o.stub_path} {o.spanner_path}") if m["base"]}
            if len(bases) == 1:
                found[o.number].setdefault(bases.pop(), o)
    return found


def _rates_of_sentence(mentions: Sequence[Observation]) -> dict[int, list[Observation]]:
    """The rates of a sentence by the number of person-years printed behind them."""
    found: dict[int, list[Observation]] = defaultdict(list)
    for o in mentions:
        if o.statistic not in STATISTICS or o.number is None or not o.number.decimals:
            continue
        behind = PER.search(o.quote, o.end, o.end + REACH + REACH)
        is_near = behind is not None and behind.start() - o.end <= REACH and ";" not in o.quote[o.end : behind.start()]
        if behind is not None and is_near and behind["base"] and o.speaks_of != "another study":
            found[_base(behind)].append(o)
    return found


def _base(match: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", match["base"]))


def _judge(base: int, rates: Sequence[Observation], tables: Bases) -> Iterator[Outcome]:
    """Rates of one base against the tables: odd where every table that prints them has another base."""
    if sum(len(digits_of(number_of(o))) for o in rates) < FEW_DIGITS:
        return
    cells = [tables[number_of(o)] for o in rates]
    shown = ", ".join(o.value for o in rates)
    if any(base in c for c in cells):
        there = [c[base] for c in cells if base in c]
        message = f"{shown} per {base} person-years is what {there[0].place} prints."
        yield Outcome("consistent", (*rates, *there), message, f"per {base}", str(base), str(base))
        return
    others = {b for c in cells for b in c}
    if len(others) != 1:
        return
    (other,) = others
    there = [c[other] for c in cells]
    said = f"The text (page {rates[0].page}) gives {shown} per {base} person-years"
    message = f"{said}, but {there[0].place} prints it per {other}."
    arithmetic = f"{shown} per {base} ≠ {shown} per {other}"
    yield Outcome("not testable", (*rates, *there), message, arithmetic, str(base), str(other), SEVERITY)


RULES = (
    Rule(
        id="rate.base",
        claim="A rate is per the same number of person-years in the text and in the table.",
        severity=SEVERITY,
        function=test_bases,
        assumptions="The sentence and the head of the table both print the number of person-years (patient-days …), "
        "the rates are the same numbers of three digits or more together, and no table prints them per the number that "
        "the text names. Rates of other studies are not compared. A question.",
        literature="INSPECT-SR check 4 (agreement of text and tables)",
        example="“4.2 versus 14.0 cases per 100 person-years”, where the table prints both per 1000.",
    ),
)
