"""rate.person_time: an incidence rate is the number of events over the time at risk printed with it.

Comes in: a Study. Goes out: one outcome for each rate whose events and person-time stand in its row or sentence.
Standardised and modelled rates are not judged; how sure a rate of a table is crude, the other rows tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auditable.blocks import Cell, Observation, Study, number_of
from auditable.checks.flow_words import PEOPLE
from auditable.checks.proving import prove_crude
from auditable.checks.rate_rows import RateWords, find_rate_rows
from auditable.checks.rule import Outcome, Rule
from auditable.model import PATH_SEPARATOR
from auditable.rounding import Interval, Printed, exact_text

FAR = Fraction(1, 5)
"""A rate so far from the crude one, as a share of it, is asked about even where no other row proves it."""
_WHO = r"(?:person|patient|participant|subject|women|woman|child|infant|animal|life|catheter|device|bed|ventilator)"
_TIME = rf"(?:{_WHO}s?[-‑ ]?(?:at[- ]risk[- ])?(?:years?|months?|weeks?|days?|yrs?)\b|\bP-?Ys?\b)"
_PERSON_TIME = re.compile(_TIME, re.IGNORECASE)
PER = re.compile(rf"(?:\bper\b|/)\s?(?P<base>1(?:[, ]?0)*(?:[, ]000)*)?\s?(?=[(\[]?{_TIME})", re.IGNORECASE)
_EVENTS = re.compile(
    r"\b(?:events?|cases?|deaths?|episodes?|n|no\.?|number|infections?|failures?|relapses?)\b", re.IGNORECASE
)
_EXACT_TIME = re.compile(
    rf"\b(?P<n>\d[\d,]*)\s(?P<what>(?:[a-z-]+\s){{0,4}}?)(?:in|over|during|/|among|across|from)\s(?:a\stotal\sof\s)?"
    rf"(?P<time>\d[\d,]*(?:\.\d+)?)\s?{_TIME}",
    re.IGNORECASE,
)
_WATCHED = re.compile(
    rf"\b(?:(?!cases){PEOPLE}|centers?|centres?|hospitals?|sites|countries|studies|trials|years?|months?|weeks?|days?"
    r"|girls?|boys?|males?|females?|residents|animals?|catheters?|devices?|beds?|implants?|followed|observed|monitored"
    r"|contribut\w+|includ\w+|enrol\w+|recruited|stud(?:y|ied)|treated|exposed|tested)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"\b(?:died|develop\w+|experienc\w+|suffer\w+|relaps\w+|progress\w+|fractur\w+|infected|diagnosed|hospitali[sz]ed"
    r"|had\san?\s(?!follow|total|median|mean))",
    re.IGNORECASE,
)
"""Behind a count: who or what was under observation, and what made an event of it."""
_NEXT_CLAUSE = re.compile(r";|\b(?:and|while|whereas|but)\b", re.IGNORECASE)
"""Between events and a rate: the rate may be of something else."""
_NOT_CRUDE = re.compile(
    r"\b(?:adjust\w*|standardi[sz]ed|weighted|model\w*|estimated|predicted|ratio|difference|excess|expected)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A printed rate, its events, its time at risk, and how many units of time it is per."""

    rate: Observation
    events: Observation
    time: Observation
    base: int

    @property
    def span(self) -> Printed:
        """The time at risk; "over 812 person-years" is how long it was, no bound."""
        return replace(number_of(self.time), comparator="")

    @property
    def implied(self) -> Interval:
        """The rates that the events and the rounded time allow."""
        inside, n = self.span.ordinary, number_of(self.events).value * self.base
        return Interval(n / (inside.high or 1), n / (inside.low or 1))

    @property
    def fits(self) -> bool:
        """Whether the printed rate, rounded or cut off, is one of them."""
        return number_of(self.rate).loose.overlaps(self.implied)

    @property
    def distance(self) -> Fraction:
        """How far the printed rate lies from the crude one, as a share of it."""
        exact = number_of(self.events).value * self.base / number_of(self.time).value
        return abs(number_of(self.rate).value - exact) / exact if exact else Fraction(0)


def test_rates(study: Study) -> Iterator[Outcome]:
    """One outcome for each rate with its events and person-time."""
    columns: dict[tuple[str, str], list[Rate]] = defaultdict(list)
    for rate in _in_tables(study):
        columns[(rate.rate.table_id, rate.rate.spanner_path)].append(rate)
    for together in columns.values():
        for rate in together:
            others = [r.fits for r in together if r is not rate]
            yield _judge(rate, prove_crude(others))
    words = RateWords(PER, _PERSON_TIME, _EVENTS, _NOT_CRUDE)
    for found in find_rate_rows(study, words):
        rows = [r for x in found if (r := _rate((x.rate, x.events, x.time), _base(x.per))) is not None]
        for rate in rows:
            yield _judge(rate, prove_crude([r.fits for r in rows if r is not rate]))
    for mentions in study.sentences:
        for rate in _in_sentence(mentions):
            yield _judge(rate, is_crude=True)


def _judge(rate: Rate, is_crude: bool) -> Outcome:
    printed, n, time = number_of(rate.rate), number_of(rate.events), rate.span
    expected = exact_text(n.value * rate.base / time.value, max(printed.decimals - 1, 0))
    per = f"{rate.base:,} " if rate.base > 1 else ""
    arithmetic = f"{n} / {time} × {rate.base} = {expected}; {printed} is printed"
    observations = (rate.rate, rate.events, rate.time)
    if rate.fits:
        message = f"{printed} per {per}is the rate of {n} events in {time}."
        return Outcome("consistent", observations, message, arithmetic, str(printed), expected)
    message = f"{n} events in {time} units of person-time are {expected} per {per}units, not {printed}"
    if is_crude:
        return Outcome("impossible", observations, f"{message}.", arithmetic, str(printed), expected)
    severity = "error" if rate.distance > FAR else ""
    message = f"{message}, which may be standardised."
    return Outcome("not testable", observations, message, arithmetic, str(printed), expected, severity)


def _in_tables(study: Study) -> Iterator[Rate]:
    rows: dict[tuple[str, int, str, str], list[Cell]] = defaultdict(list)
    for cell in study.cells:
        o = cell.first
        if o.speaks_of == "this study" and not _NOT_CRUDE.search(f"{o.stub_path} {o.spanner_path}"):
            rows[(o.table_id, o.row, o.stub_path, o.spanner_path.rpartition(PATH_SEPARATOR)[0])].append(cell)
    for cells in rows.values():
        heads = [(c, c.first.spanner_path.rpartition(PATH_SEPARATOR)[2]) for c in cells]
        rates = [(c, m) for c, h in heads if (m := PER.search(h))]
        times = [c for c, h in heads if _PERSON_TIME.search(h) and not PER.search(h) and not _EVENTS.search(h)]
        events = [c for c, h in heads if _EVENTS.search(h) and not _PERSON_TIME.search(h) and c.only("pct") is None]
        if len(rates) == len(times) == len(events) == 1:
            numbers = [_number(c) for c in (rates[0][0], events[0], times[0])]
            found = _rate(numbers, _base(rates[0][1]))
            yield from [found] if found else []


def _number(cell: Cell) -> Observation | None:
    found = [o for o in cell.observations if o.number is not None and not o.statistic.startswith("ci_")]
    return found[0] if len(found) == 1 else None


def _in_sentence(mentions: Sequence[Observation]) -> Iterator[Rate]:
    """Events in person-time and their rates, as many of the one as of the other. A count of those under observation
    ("120 women over 812 person-years") may be no count of events, and a rate of the next clause may be of other events:
    only that they fit proves that they belong together.
    """
    quote = mentions[0].quote
    if any(o.speaks_of == "another study" for o in mentions) or _NOT_CRUDE.search(quote):
        return
    pairs = list(_EXACT_TIME.finditer(quote))
    rates = [(o, m) for o in mentions if o.statistic == "rate" and (m := PER.search(f"{o.unit} "))]
    if len(pairs) != len(rates):
        return
    for pair, (rate, per) in zip(pairs, rates, strict=True):
        parts = [next((o for o in mentions if o.start <= pair.start(x) < o.end), None) for x in ("n", "time")]
        found = _rate([rate, *parts], _base(per))
        if found and (found.fits or _is_of_events(pair, rate)):
            yield found


def _is_of_events(pair: re.Match[str], rate: Observation) -> bool:
    """Whether a count is surely one of events, and the rate surely theirs."""
    between = rate.quote[min(pair.end(), rate.end) : max(pair.start(), rate.start)]
    is_event = _HAPPENED.search(pair["what"]) or not _WATCHED.search(pair["what"])
    return bool(is_event) and not _NEXT_CLAUSE.search(between)


def _base(m: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", m["base"] or "1"))


def _rate(numbers: Sequence[Observation | None], base: int) -> Rate | None:
    rate, events, time = numbers
    if rate is None or events is None or time is None or events.whole is None or time.number is None:
        return None
    is_plain = rate.number is not None and not rate.number.comparator and time.number.comparator in ("", ">")
    return Rate(rate, events, time, base) if is_plain and time.number.value >= events.whole > 0 else None


RULES = (
    Rule(
        id="rate.person_time",
        claim="An incidence rate is its number of events over its time at risk.",
        severity="error",
        function=test_rates,
        assumptions="Events, person-time and rate stand in one row under heads that name them, in rows whose labels "
        "do, or in one sentence as “34 events in 812 person-years (4.2 per 100 person-years)”; a count of those who "
        "were followed is none of events. Rounded time and cut-off digits are allowed for; adjusted, standardised and "
        "modelled rates are not judged. Of a table a rate is accused only where two others of its column (or of such "
        "rows) are crude, and asked about where it is a fifth off or more.",
        literature="Rothman 2012 (Epidemiology: An Introduction, ch. 3)",
        example="34 events in 812 person-years: 4.19 per 100 person-years; 4.91 is printed.",
    ),
)
