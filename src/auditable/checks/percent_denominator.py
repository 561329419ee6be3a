"""percent.denominator: an N printed in a cell against the head of its column and against the cells beside it.

Comes in: a Study. Goes out: one outcome for each column whose cells print their N (8/32), and for each row whose cells
of one arm print theirs for several grades. Whether count, N and percentage of one cell agree is left to
percent_of_n.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import has_size_of_all, head_size, is_told
from auditable.checks.words import EVENTS

MIN_CELLS = 5
"""Cells with an N that a column must hold before one above its head may be accused."""
MOST_ABOVE = 1 / 3
"""Share of a column's cells above its head from which on the cells count something else."""
MIN_ROWS = 3
"""Other rows whose cells print one N each before a row with two may be accused."""


def test_denominators(study: Study) -> Iterator[Outcome]:
    """One outcome for each column, and for each row of several grades, with an N in its cells."""
    columns: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    rows: dict[tuple[str, str, str], dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for cell in study.cells:
        total = cell.only("total")
        if total is None or not total.whole or cell.only("n") is None or total.table_type == "individual":
            continue
        columns[(total.table_id, total.spanner_path)].append(total)
        if total.grade:
            key = (total.table_id, total.arm or total.spanner_path.split(" > ")[0], total.timepoint)
            rows[key][total.row].append(total)
    for (_, path), totals in columns.items():
        yield from _against_head(totals, head_size(path))
        yield from _against_other_heads(totals, head_size(path), study)
    for by_row in rows.values():
        yield from _in_rows([found for found in by_row.values() if len(found) > 1])


def _against_head(totals: Sequence[Observation], head: int | None) -> Iterator[Outcome]:
    if head is None or len(totals) < MIN_CELLS or any(EVENTS.search(f"{t.stub_path} {t.unit}") for t in totals):
        return
    above = [t for t in totals if (t.whole or 0) > head]
    if not above:
        message = f"No N printed in the cells of the column is above the {head} of its head."
        yield Outcome("consistent", tuple(totals[:MIN_CELLS]), message, "", str(head), str(head))
    elif len(above) <= MOST_ABOVE * len(totals):
        shown = ", ".join(f"{t.value} ({t.label})" for t in above)
        message = (
            f"The head of the column says N = {head}, but a cell counts from {shown}: one of the two cannot be right."
        )
        yield Outcome("impossible", tuple(above), message, f"{above[0].whole} > {head}", shown, f"at most {head}")


def _against_other_heads(totals: Sequence[Observation], head: int | None, study: Study) -> Iterator[Outcome]:
    """A column whose cells all count from the N that other tables print over the same patients, unlike its head."""
    first, own = totals[0], totals[0].whole
    is_one = head is not None and len(totals) >= MIN_CELLS and {t.whole for t in totals} == {own}
    if not is_one or head == own or not has_size_of_all(first):
        return
    others = {
        head_size(o.spanner_path)
        for o in study.observations
        if o.source == "table" and o.table_id != first.table_id and o.arm == first.arm and has_size_of_all(o)
    }
    if own in others and head not in others and not is_told(head, study):
        message = (
            f"The head of the column says N = {head}, but all {len(totals)} of its cells count from {own}, as heads of "
            f"other tables do; {head} is told nowhere else. N = {own} would fit."
        )
        yield Outcome("impossible", tuple(totals), message, f"{own} is not {head}", f"N = {head}", f"N = {own}")


def _in_rows(rows: Sequence[Sequence[Observation]]) -> Iterator[Outcome]:
    odd = [row for row in rows if len({t.whole for t in row}) > 1]
    usual = {t.whole for row in rows if row not in odd for t in row}
    for row in rows:
        values = " and ".join(dict.fromkeys(t.value for t in row))
        if row not in odd:
            message = f"The cells of the row count from one N: {values}."
            yield Outcome("consistent", tuple(row), message, "", values, values)
        elif len(odd) == 1 and len(rows) > MIN_ROWS and len(usual) == 1:
            known = next(iter(usual))
            first = sorted(row, key=lambda t: t.whole == known)
            message = (
                f'The row "{row[0].label}" counts from {values} in one arm; all other rows count from {known} '
                "in each of its columns."
            )
            yield Outcome("impossible", tuple(first), message, f"{values}", first[0].value, str(known))


RULES = (
    Rule(
        id="percent.denominator",
        claim="An N printed in a cell is not above that of its column, and one arm has one N in one row.",
        severity="error",
        function=test_denominators,
        assumptions="Five cells or more of the column print their N, and at most a third of them one above the head; "
        "or all of them print the N that other tables print over the same arm (or over all) and the head's N stands "
        "nowhere else; "
        "a row is accused only where the grades of one arm have two N and all other rows, three or more, have one.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Dizziness: any grade 17/112, grade 3 or more 2/110, where all other rows count from 112.",
    ),
)
