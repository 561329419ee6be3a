"""agreement.row_sum: a count that a sentence gives of all arms is the sum of what the row prints for each.

Comes in: a Study. Goes out: one outcome for each count of a sentence that names a row of counts by arm, and no arm. It
is accused where the percentage beside it is that of the sum, or where the words say that it is of all arms together.
Rows with a column for all patients are left to agreement.text_table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rapidfuzz.distance import Prefix

from auditable.blocks import Observation, Study, count_of, number_of
from auditable.checks.matching import HARMLESS, all_words_of, is_slip, words_of
from auditable.checks.pairing import UNNAMED, contexts
from auditable.checks.rule import Outcome, Rule
from auditable.checks.statements import Statement, is_own_result, text_statements
from auditable.checks.table_heads import is_told_as_size
from auditable.checks.words import SUBSET
from auditable.denominators import WIDEST_RANGE, whole_number
from auditable.rounding import Printed, percent_of, totals_for

STEM, ENDING = 4, 2
"""Letters that two forms of one word share at least, and that the shorter one has behind them: "failed", "failure"."""
NEAR = 5
"""A count further from the sum than a fifth of it is of something else, unless it is a slip of the pen."""
TELLING = 3
"""Letters that a telling word has at least, and more."""
LARGE = 100
"""Sums that no two rows of a group print by chance."""
REACH = 45
"""Characters around a count in which words say that it is of all."""
_TOGETHER = re.compile(
    r"\b(?:in all|in total|altogether|overall|a total of|together|combined"
    r"|(?:in|across) (?:both|all) (?:groups|arms))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Counts of one row, one for each arm."""

    cells: tuple[Observation, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """The count of each arm."""
        return tuple(map(count_of, self.cells))

    @property
    def total(self) -> int:
        """Patients of all arms."""
        return sum(self.counts)

    @property
    def size(self) -> int | None:
        """The N of all arms together, or None."""
        sizes = [whole_number(c.denominator) for c in self.cells]
        return sum(s for s in sizes if s) if all(sizes) else None

    @property
    def first(self) -> Observation:
        """The first count."""
        return self.cells[0]

    @property
    def name(self) -> frozenset[str]:
        """The telling words of its label, without numbers."""
        return frozenset(w for w in words_of(self.first.label) if w.isalpha() and len(w) > TELLING) - HARMLESS


def test_sums(study: Study) -> Iterator[Outcome]:
    """One outcome for each count of all arms that a row answers."""
    rows = _rows_of_arms(study)
    for sentence in text_statements(study) if rows else ():
        told = [s for s in sentence if _is_of_all(s)]
        meant = [[r for r in rows if _is_meant(s.numbers["n"], r)] for s in told]
        fitting = [_fitting(s, found) for s, found in zip(told, meant, strict=True)]
        for statement, found, fits in zip(told, meant, fitting, strict=True):
            if fits:
                yield _outcome(statement, fits, "")
            elif _fitting(statement, rows):
                continue  # the sum of a row that the sentence names in other words
            elif len({r.total for r in found}) == 1 and (why := _proof(statement, found[0], fitting, study)):
                yield _outcome(statement, found[0], why)


def _is_of_all(statement: Statement) -> bool:
    """Whether a statement counts patients of this study, and of no part that its words name before it."""
    n = statement.numbers.get("n")
    if n is None or not n.whole or n.arm or n.subgroup or n.denominator or not is_own_result(statement):
        return False
    clause = max(n.quote.rfind(mark, 0, n.start) for mark in (";", ":", ". ", ")"))
    return not SUBSET.search(n.quote[max(0, clause) : n.start])


def _fitting(statement: Statement, rows: Sequence[Row]) -> Row | None:
    return next((r for r in rows if r.total == statement.numbers["n"].whole), None)


def _rows_of_arms(study: Study) -> list[Row]:
    """Rows that count patients in two arms or more, and in nobody else."""
    cells: dict[tuple[str, int], list[Observation]] = defaultdict(list)
    for o in study.observations:
        if o.source == "table" and o.table_type != "individual" and not o.patient and _counts(o):
            cells[o.table_id, o.row].append(o)
    rows = [Row(tuple(found)) for found in cells.values()]
    return [r for r in rows if len(r.cells) > 1 and len({c.arm for c in r.cells} - {""}) == len(r.cells)]


def _counts(o: Observation) -> bool:
    is_count = o.statistic == "n" or (o.statistic == "value" and not o.unit)
    return is_count and o.whole is not None and not o.subgroup


def _is_meant(o: Observation, row: Row) -> bool:
    """Whether the sentence holds the row's name, in whatever form, and speaks of the same events at the same time."""
    b = row.first
    if o.event_kind != b.event_kind or o.grade != b.grade or (o.timepoint and b.timepoint not in ("", o.timepoint)):
        return False
    if o.variable == b.variable not in UNNAMED and o.category == b.category:
        return True
    said = all_words_of(o.quote)
    return bool(row.name) and all(w in said or any(_are_forms_of_one(w, s) for s in said) for w in row.name)


def _are_forms_of_one(a: str, b: str) -> bool:
    """Whether two words differ by their endings alone; "hypertension" and "hyperglycaemia" begin alike and are two."""
    return Prefix.similarity(a, b) >= max(STEM, min(len(a), len(b)) - ENDING)


def _proof(statement: Statement, row: Row, beside: Sequence[Row | None], study: Study) -> str:
    """What shows that the count is of all arms, or "". beside: the rows whose sums the sentence prints."""
    n, pct = statement.numbers["n"], statement.numbers.get("pct")
    count, size = count_of(n), row.size
    if count in row.counts:
        return ""
    if pct is not None and size:
        of_sum, of_count = (percent_of(x, size) in number_of(pct).ordinary for x in (row.total, count))
        is_sum = of_sum and not of_count and not _may_be_of_others(n, count, number_of(pct), study)
        return f"{row.total} of {size} are {pct.value} %" if is_sum else ""
    if not _is_near(number_of(n), row.total) or contexts(statement) - {n.event_kind}:
        return ""
    others = [r for r in beside if r and r.first.group and _group(r) == _group(row) and r.total >= LARGE]
    if others and row.total >= LARGE:
        return f"beside it stands {others[0].total}, the sum of {others[0].first.label}"
    around = n.quote[max(0, n.start - REACH) : n.end + REACH]
    return "it is said of all" if _TOGETHER.search(around) else ""


def _may_be_of_others(n: Observation, count: int, pct: Printed, study: Study) -> bool:
    """Whether the paper names another number of patients of which the count is that share: all who were randomised."""
    totals = totals_for(count, pct) or range(0)
    return len(totals) <= WIDEST_RANGE and any(is_told_as_size(t, study, n) for t in totals)


def _group(row: Row) -> tuple[str, str]:
    return row.first.table_id, row.first.group


def _is_near(printed: Printed, total: int) -> bool:
    return abs(printed.value - total) * NEAR <= total or is_slip(printed, Printed(Fraction(total), 0), 1)


def _outcome(statement: Statement, row: Row, why: str) -> Outcome:
    """why: what shows that the count should be the sum; "" where it is."""
    n, total = statement.numbers["n"], str(row.total)
    observations = (n, *row.cells)
    arithmetic = f"{' + '.join(map(str, row.counts))} = {total}"
    if not why:
        message = f"The {n.value} of the sentence are those of all arms in {row.first.place}."
        return Outcome("consistent", observations, message, arithmetic, n.value, total)
    message = (
        f"The text (page {n.page}) counts {n.value} in all, but the arms of {row.first.place} add up to {total}: {why}."
    )
    return Outcome("impossible", observations, message, f"{arithmetic}, not {n.value}", n.value, total)


RULES = (
    Rule(
        id="agreement.row_sum",
        claim="A count that the text gives of all arms is the sum of the row's arms.",
        severity="error",
        function=test_sums,
        assumptions="The row counts patients in each arm and has no column for all of them; the sentence holds its "
        "name and no arm. The percentage beside the count must be that of the sum among all arms, and not that of the "
        "count among them or another number of patients that the paper names; or the two numbers are near each other, "
        "and the words say that it is of all together, or the sum of another row of the group stands beside it.",
        literature="INSPECT-SR check 4 (agreement of text and tables)",
        example='"Serious events occurred in 15 patients (2.7%) in all", where the row prints 3 | 5 | 6 of 517.',
    ),
)
