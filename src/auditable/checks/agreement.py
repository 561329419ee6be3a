"""agreement.text_table: a number in running text is the number in the table, at the coarser printed precision.

Comes in: a Study. Goes out: one outcome for each number of a sentence, caption or note that speaks of exactly one row
of the tables: same variable or same words, same statistic, same unit. Where two rows could be meant nothing is
compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auditable.blocks import Observation, Study
from auditable.checks.matching import is_same_quantity, is_telling, words_of
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Printed

COMPARED = ("n", "pct", "median", "mean", "min", "max", "q1", "q3")


def test_agreement(study: Study) -> Iterator[Outcome]:
    """One outcome for each number of the text that has one partner in the tables."""
    tables: dict[str, list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source == "table" and o.statistic in COMPARED and o.number and o.table_type != "individual":
            tables[o.statistic].append(o)
    for mentions in study.sentences:
        for o in mentions:
            if (
                o.statistic not in COMPARED
                or o.number is None
                or o.speaks_of == "another study"
                or o.timepoint
                or not is_telling(o.subject)
            ):
                continue
            partners = [t for t in tables[o.statistic] if is_same_quantity(t, o)]
            if partners and len({str(p.number) for p in partners}) == 1:
                yield from _judge(o, partners[0])


def _judge(text: Observation, table: Observation) -> Iterator[Outcome]:
    said, stands = _number(text), _number(table)
    shown = f"text {said}, table {stands}"
    if _agree(said, stands):
        message = f"The text says {said}, as {table.place} does."
        yield Outcome("consistent", (text, table), message, shown, str(said), str(stands))
        return
    if not words_of(table.group) <= words_of(text.quote):
        message = (
            f'The text says {said} for "{text.subject}"; {table.place} prints {stands}, but under "{table.group}", '
            f"which the sentence does not name."
        )
        yield Outcome("not testable", (text, table), message, shown, str(said), str(stands))
        return
    message = f'The text (page {text.page}) says {said} for "{text.subject}", but {table.place} prints {stands}.'
    loose = text.statistic != "n" and (stands.value in said.loose or said.value in stands.loose)
    yield Outcome("rounding" if loose else "impossible", (text, table), message, shown, str(said), str(stands))


def _agree(a: Printed, b: Printed) -> bool:
    """Whether the finer of the two prints as the coarser one."""
    fine, coarse = (a, b) if a.decimals >= b.decimals else (b, a)
    if coarse.comparator or fine.comparator:
        return fine.ordinary.overlaps(coarse.ordinary)
    return fine.value in coarse.ordinary


def _number(o: Observation) -> Printed:
    if o.number is None:
        raise ValueError(f"{o.observation_id} holds no number")
    return o.number


RULES = (
    Rule(
        id="agreement.text_table",
        claim="A number in the text is the number in the table, at the coarser printed precision.",
        severity="error",
        function=test_agreement,
        assumptions="The sentence names the variable in the words of exactly one row, with the same statistic and "
        "unit, and gives no time point "
        "of its own; numbers cited from other papers are not compared.",
        literature="INSPECT-SR check 4 (agreement of text and tables); Cochrane Handbook 5",
        example="The text says a median age of 68, Table 1 prints 67.",
    ),
)
