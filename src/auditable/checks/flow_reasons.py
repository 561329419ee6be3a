"""flow.reasons: the reasons for stopping, as a table counts them, explain those who stopped.

Comes in: a Study. Goes out: for each column that prints both, whether its reasons add up to the patients who stopped;
and for each sentence that says that patients stopped because of adverse events, whether the table it cites, or the
table in which just as many stopped, knows of so many. Reasons told in sentences alone are flow_parts.py's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import UNKNOWN

REASON, STOPPED = "discontinuation_reason", "discontinuation"
FOR_EVENTS = "adverse event"
NOT_STOPPED = "completed"
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_STOPPED_FOR_EVENTS = re.compile(
    r"\b(?:stopped|discontinued|withdr[ae]wn?|came off|went off|ended|quit)\b[^.;:]{0,60}?\b(?:because of|due "
    r"to|owing to|"
    r"as a result of|on account of)\s(?:[\w-]+\s){0,3}?(?:(?:TE|TR|S)?AEs?|adverse (?:events?|reactions?)|"
    r"toxicit\w+|side effects?)\b",
)
_OF_EVENTS = re.compile(r"\b(?:AEs?|adverse|toxicit\w+|side effects?|intolera\w+|safety)\b", re.IGNORECASE)
"""A row of those whom the treatment harmed."""
_PLANS = re.compile(r"\b(?:would|could|may|might|should|were to be|had to be|if)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """The reasons that one column counts, and those who stopped, or None."""

    reasons: tuple[Observation, ...]
    stopped: Observation | None

    @property
    def total(self) -> int:
        """Patients with a reason."""
        return sum(o.whole or 0 for o in self.reasons)

    @property
    def shown(self) -> str:
        """The reasons with their counts."""
        return ", ".join(f"{o.label} {o.value}" for o in self.reasons)

    @property
    def is_closed(self) -> bool:
        """Whether a row takes up all other reasons."""
        return any(_OTHER.search(o.label) for o in self.reasons)


def test_reasons(study: Study) -> Iterator[Outcome]:
    """One outcome for each column of reasons, one for each sentence."""
    columns = _columns(study)
    fitting = {c.reasons[0].table_id for c in columns if c.stopped is not None and c.total == c.stopped.whole}
    for column in columns:
        yield from _judge_sum(column, is_proved=column.reasons[0].table_id in fitting)
    for mentions in study.sentences if columns else ():
        yield from _judge_sentence(mentions, columns)


def _columns(study: Study) -> list[Column]:
    rows: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    stopped: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source == "table" and o.statistic == "n" and o.whole is not None and not o.patient and not o.subgroup:
            key = (o.table_id, o.spanner_path, o.arm)
            if o.variable == REASON and o.category != NOT_STOPPED:
                rows[key].append(o)
            elif o.variable == STOPPED and o.category in ("", "Yes", "yes"):
                stopped[key].append(o)
    return [
        Column(tuple(found), stopped[key][0] if len(stopped[key]) == 1 else None)
        for key, found in rows.items()
        if len(found) > 1 and len({o.label for o in found}) == len(found)
    ]


def _judge_sum(column: Column, *, is_proved: bool) -> Iterator[Outcome]:
    """is_proved: another column's reasons, or these, add up to those who stopped, so that none is counted twice."""
    if column.stopped is None:
        return
    whole, total = column.stopped.whole or 0, column.total
    arithmetic = f"{' + '.join(o.value for o in column.reasons)} = {total}"
    observations = (column.stopped, *column.reasons)
    if whole == total:
        message = f"The reasons add up to the {whole} who stopped."
        yield Outcome("consistent", observations, message, arithmetic, str(whole), str(total))
    elif is_proved and (total > whole or column.is_closed):
        message = (
            f"{column.stopped.label or 'Stopped'}: {whole} stopped, but the reasons ({column.shown}) add up "
            f"to {total}. "
            f"In another column they add up to those who stopped."
        )
        yield Outcome("impossible", observations, message, f"{arithmetic}, not {whole}", str(whole), str(total))
    else:
        message = f"The reasons add up to {total} of {whole}; patients may have several, or none that is listed."
        yield Outcome("not testable", observations, message, arithmetic, str(whole), str(total))


def _judge_sentence(mentions: Sequence[Observation], columns: Sequence[Column]) -> Iterator[Outcome]:
    """ "Six stopped because of adverse events (Table 3)", where Table 3 counts other reasons for most of them."""
    quote = mentions[0].quote
    said = _STOPPED_FOR_EVENTS.search(quote)
    if said is None or mentions[0].speaks_of != "this study" or _PLANS.search(quote):
        return
    counts = [o for o in mentions if o.statistic == "n" and o.whole is not None and o.start < said.end()]
    if len(counts) != 1 or counts[0].subgroup:
        return
    arm = counts[0].arm
    found = [c for c in columns if _cites(quote, c) and arm in ("", c.reasons[0].arm)]
    if not found and len(columns) == 1 and columns[0].total == counts[0].whole:
        found = list(columns)
    if len(found) == 1:
        yield _judge_events(counts[0], found[0])


def _cites(quote: str, column: Column) -> bool:
    number = re.fullmatch(r"T(\d+)", column.reasons[0].table_id)
    return bool(number and re.search(rf"\bTab(?:le|\.)\s?{number[1]}\b", quote))


def _judge_events(said: Observation, column: Column) -> Outcome:
    for_events = [o for o in column.reasons if o.category == FOR_EVENTS or _OF_EVENTS.search(o.label)]
    may_be = for_events or [o for o in column.reasons if UNKNOWN.search(o.label)]
    most, count = sum(o.whole or 0 for o in may_be), said.whole or 0
    observations = (said, *column.reasons)
    arithmetic = f"{column.shown}; {count} said to have stopped because of adverse events"
    where = column.reasons[0].table_id
    if count <= most:
        message = f"{where} counts {most} who may have stopped because of adverse events."
        return Outcome("consistent", observations, message, arithmetic, str(count), str(most))
    known = "for adverse events" if for_events else "for reasons it does not name"
    message = (
        f"{count} are said to have stopped because of adverse events, but {where} counts {most} who stopped {known} "
        f"({column.shown})."
    )
    return Outcome("not testable", observations, message, arithmetic, str(count), f"at most {most}", "definition")


RULES = (
    Rule(
        id="flow.reasons",
        claim="The reasons for stopping that a table counts explain those who stopped, and those who the text says "
        "stopped because of adverse events.",
        severity="error",
        function=test_reasons,
        assumptions="Reasons are summed against the row of those who stopped only where they add up to it in another "
        "column, and too few are accused only beside a row of other reasons. A sentence is asked about where it "
        "cites the table, or where just as many are said to have stopped for events as stopped in all.",
        literature="CONSORT 2010 item 13b, CONSORT Harms 2022; INSPECT-SR check 4",
        example="“Six patients stopped because of adverse events (Table 3)”; Table 3: progression 3, death 2, other 1.",
    ),
)
