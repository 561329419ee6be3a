"""arm.sum: the counts of the arms add up to the count of all patients.

Comes in: a Study. Goes out: one outcome for each row, and each set of heads, of a table with a column for all patients.
Whether a count fits its own arm is left to arm_label.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Cell, Observation, Study, count_of
from auditable.checks.arm_label import RowKey, row_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import FROM_HEAD, without_size
from auditable.checks.words import EVENTS, TOTAL, plain
from auditable.denominators import EXPLAINED_SHARE, whole_number
from auditable.model import PATH_SEPARATOR

MIN_ROWS_THAT_ADD_UP = 3
"""Other rows of a table in which the arms add up to the column of all, before one that does not may be accused."""


def test_sums(study: Study) -> Iterator[Outcome]:
    """Rows in which the counts of all arms stand beside the count of all patients."""
    for rows in rows_with_total(study).values():
        fits = [sum(map(count_of, parts)) == count_of(total) for parts, total in rows]
        for i, (parts, total) in enumerate(rows):
            others = fits[:i] + fits[i + 1 :]
            is_proved = sum(others) >= max(MIN_ROWS_THAT_ADD_UP, EXPLAINED_SHARE * len(others))
            if fits[i] or is_proved:
                yield _judge_sum(parts, total, sum(others))
        if sum(fits) >= max(MIN_ROWS_THAT_ADD_UP, EXPLAINED_SHARE * len(fits)):
            yield from _test_heads(*next(row for row, fit in zip(rows, fits, strict=True) if fit))


def _test_heads(parts: Sequence[Observation], total: Observation) -> Iterator[Outcome]:
    """The N printed over the columns, where their counts add up."""
    headed = [o for o in (*parts, total) if o.denominator_proof.startswith(FROM_HEAD)]
    sizes = [n for o in headed if (n := whole_number(o.denominator)) is not None]
    if len(sizes) <= len(parts):
        return
    *of_arms, of_all = sizes
    found = sum(of_arms)
    arithmetic = f"{' + '.join(map(str, of_arms))} = {found}"
    observations = (total, *parts)
    if found == of_all:
        message = f"The N of the arms add up to the {of_all} of the column for all."
        yield Outcome("consistent", observations, message, arithmetic, str(of_all), str(found))
        return
    message = f"The heads print N = {of_all} for all, but the N of the arms add up to {found}, as their counts do."
    yield Outcome("impossible", observations, message, f"{arithmetic}, not {of_all}", str(of_all), str(found))


def _judge_sum(parts: Sequence[Observation], total: Observation, n_others: int) -> Outcome:
    counts = [count_of(p) for p in parts]
    found, printed = sum(counts), count_of(total)
    arithmetic = f"{' + '.join(map(str, counts))} = {found}"
    if found == printed:
        message = f"The arms add up to the {printed} of all patients."
        return Outcome("consistent", (total, *parts), message, arithmetic, total.value, str(found))
    mends = ", ".join(
        f'{c + printed - found} for "{p.arm or p.spanner_path}"' for p, c in zip(parts, counts, strict=True)
    )
    message = (
        f"The arms add up to {found}, but {printed} is printed for all patients; in {n_others} other rows of the table "
        f"they do add up. {found} for all would fit, or {mends}."
    )
    return Outcome("impossible", (total, *parts), message, f"{arithmetic}, not {printed}", total.value, str(found))


def rows_with_total(study: Study) -> dict[str, list[tuple[list[Observation], Observation]]]:
    """By table the rows with one count in each arm and one in a column for all whose N is the sum of theirs."""
    cells: dict[RowKey, list[tuple[Cell, Observation]]] = defaultdict(list)
    for cell in study.cells:
        n = cell.only("n")
        if n is not None and n.whole is not None and n.table_type != "individual" and not EVENTS.search(n.unit):
            cells[row_of(n)].append((cell, n))
    found: dict[str, list[tuple[list[Observation], Observation]]] = defaultdict(list)
    for row in cells.values():
        totals = [n for _, n in row if is_for_all(n)]
        parts = [n for _, n in row if n.arm]
        if len(totals) == 1 and len(parts) >= 2 and len({p.arm for p in parts}) == len(parts) == len(row) - 1:
            found[totals[0].table_id].append((parts, totals[0]))
    return dict(found)


def is_for_all(n: Observation) -> bool:
    """Whether a cell stands in the column of all patients."""
    head = without_size(n.spanner_path.rpartition(PATH_SEPARATOR)[2]).strip()
    return not n.arm and bool(TOTAL.match(plain(head)))


RULES = (
    Rule(
        id="arm.sum",
        claim="The counts of the arms add up to the count of all patients.",
        severity="error",
        function=test_sums,
        assumptions="The table has a column for all patients, and the arms of three other rows or more, and of four "
        "fifths, add up to it.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Women: 21 in A and 24 in B, 46 in all: 21 + 24 = 45.",
    ),
)
