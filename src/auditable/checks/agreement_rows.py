"""agreement.row: numbers that a sentence tells of the arms one by one are those that a row prints side by side.

Comes in: a Study. Goes out: one outcome for each run of like numbers of a sentence and the row it speaks of: it is
accused where all numbers but one are those of the row, each of its own column, or where two stand in each other's
column. Single numbers are left to agreement.text_table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from auditable.blocks import Observation, Study, number_of
from auditable.checks.matching import agree, all_words_of, are_related, digits_of, is_coarse_slip, is_slip
from auditable.checks.pairing import KEPT, NEAR_SHARE, UNNAMED, contexts
from auditable.checks.row_values import (
    Member,
    Row,
    columns_named,
    columns_read,
    find_runs,
    name_of,
    rows_by_value,
    words_near,
)  # fmt: skip
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Printed

TWO = 2
MOST_COLUMNS = 8
"""Cells of a row of which any may be told; of more, and of those below each other, only neighbours."""
MANY_DIGITS, FEWEST_DIGITS, FEW_DIGITS = 6, 4, 2
"""Digits that the agreeing numbers hold together: of a run without names down a column, of a longer run, of two."""
_JOINED = re.compile(
    r"^\s?%?\s?(?:\([^()]*\)|\[[^\[\]]*\])?\s?(?:%|[a-z]+)?\)?\s(?:and|vs\.?|versus|against)\s(?:(?:in|by|of)\s)?\(?$",
    re.IGNORECASE,
)
"""Between two numbers that are told of two groups in one breath."""


@dataclass(frozen=True, slots=True)
class Match:
    """A run laid over a row, column by column. odd: the members that are not what their column prints.

    is_by_name: the sentence names the columns in their order.
    """

    run: tuple[Member, ...]
    row: Row
    columns: tuple[int, ...]
    odd: tuple[int, ...]
    is_by_name: bool

    @property
    def is_exchange(self) -> bool:
        """Whether the two that differ are each what the other's column prints."""
        odd = self.odd
        return len(odd) == TWO and self.said(odd[0]) == self.stands(odd[1]) and self.said(odd[1]) == self.stands(odd[0])

    @property
    def digits(self) -> int:
        """Digits of the members that agree."""
        return sum(len(digits_of(self.said(i))) for i in range(len(self.run)) if i not in self.odd)

    def said(self, i: int) -> Printed:
        """The number of a member, without its sign."""
        return self.run[i].size

    def stands(self, i: int) -> Printed:
        """The number of its column, without its sign."""
        return self.row.sizes[self.columns[i]]


def test_rows(study: Study) -> Iterator[Outcome]:
    """One outcome for each run that a row answers; a number is judged once, in the longest of its runs."""
    rows, done = rows_by_value(study), set[str]()
    for kind, run in find_runs(study):
        ids = {m.number.observation_id for m in run}
        if not ids.isdisjoint(done):
            continue
        near = _rows_near(kind, run, rows)
        matches = [m for r in near if _is_related(run, r) and (m := _lay_over(run, r))]
        if fitting := next((m for m in matches if not m.odd), None):
            done |= ids
            yield _fits(fitting)
        elif not any(_prints_all(run, r) and not any(m.row is r for m in matches) for r in near):
            proved = [m for m in matches if _is_proved(m, rows)]
            if len({(m.odd, _shown(m)) for m in proved}) == 1:
                done |= ids
                yield _fails(proved[0])


def _rows_near(kind: str, run: Sequence[Member], rows: Mapping[tuple[str, Printed], list[Row]]) -> list[Row]:
    """The rows that print a number of the run."""
    found = (row for m in run for row in rows.get((kind, m.size), ()))
    return list({id(row): row for row in found}.values())


def _is_related(run: Sequence[Member], row: Row) -> bool:
    """Whether a sentence holds a telling word of the row, or speaks of its variable, at its time."""
    a, b = run[0].number, row.first
    if (a.timepoint and b.timepoint and a.timepoint != b.timepoint) or a.event_kind != b.event_kind:
        return False
    return _has_variable(run, row) or are_related(words_near(row), _said(run))


def _said(run: Sequence[Member]) -> frozenset[str]:
    return all_words_of(run[0].number.quote)


def _has_variable(run: Sequence[Member], row: Row) -> bool:
    b = row.first
    same = (m.number.variable == b.variable and m.number.category == b.category for m in run)
    return b.variable not in UNNAMED and any(same)


def _lay_over(run: tuple[Member, ...], row: Row) -> Match | None:
    """The run over the columns it names, or over those of its arms, or over all, or over the only ones that leave but
    one number odd.
    """
    if named := columns_named(run, row):
        return _match(run, row, named, is_by_name=True)
    if read := columns_read(run, row):
        return _match(run, row, read)
    if len(run) == len(row.cells) == TWO and not row.is_column:
        is_pair = _JOINED.match(run[0].number.quote[run[0].number.end : run[1].number.start])
        return _match(run, row, (0, 1)) if is_pair else None
    return _only_choice(run, row)


def _match(run: tuple[Member, ...], row: Row, columns: tuple[int, ...], *, is_by_name: bool = False) -> Match:
    odd = tuple(i for i, c in enumerate(columns) if not agree(run[i].size, row.sizes[c]))
    return Match(run, row, columns, odd, is_by_name)


def _only_choice(run: tuple[Member, ...], row: Row) -> Match | None:
    """The columns from left to right that leave no number odd, or the only ones that leave one."""
    if len(run) <= TWO or len(run) > len(row.cells):
        return None
    indices, size = range(len(row.cells)), len(run)
    is_long = row.is_column or len(indices) > MOST_COLUMNS
    places = (
        (tuple(indices[i : i + size]) for i in indices[: len(indices) - size + 1])
        if is_long
        else combinations(indices, size)
    )
    # each member is held against each column once: there are far more choices than pairs of them
    differs = [[not agree(m.size, printed) for printed in row.sizes] for m in run]
    choices = [(sum(differs[i][c] for i, c in enumerate(columns)), columns) for columns in places]
    fitting = [columns for n_odd, columns in choices if n_odd == 0]
    near = [columns for n_odd, columns in choices if n_odd == 1]
    found = fitting[:1] or (near if len(near) == 1 else [])
    return _match(run, row, found[0]) if found else None


def _prints_all(run: Sequence[Member], row: Row) -> bool:
    """Whether a row prints all numbers of the run, in whatever order."""
    return all(m.size in row.sizes for m in run)


def _is_proved(match: Match, rows: Mapping[tuple[str, Printed], list[Row]]) -> bool:
    """Whether the run must be of this row, and one number, or the order of two, is wrong."""
    is_named = _is_named(match)
    if not _has_contexts(match):
        return False
    if match.is_exchange:
        size = sum(len(digits_of(match.said(i))) for i in match.odd) + match.digits
        return is_named and match.is_by_name and size >= FEWEST_DIGITS
    if len(match.odd) != 1 or _is_explained(match, rows) or not _have_partners(match):
        return False
    (odd,) = match.odd
    said, stands = match.said(odd), match.stands(odd)
    if said.decimals != stands.decimals:
        return False
    if len(match.run) > TWO:
        fewest = MANY_DIGITS if match.row.is_column and not is_named else FEWEST_DIGITS
        return match.digits >= fewest and (_is_near(said, stands) or is_named)
    return is_named and match.digits >= FEW_DIGITS and is_slip(said, stands, TWO)


def _has_contexts(match: Match) -> bool:
    """Whether the row knows the look at the data that the sentence speaks of (per protocol, adjusted, serious)."""
    around = " ".join(match.row.cells[0].around)
    return all(word in around or word in KEPT for word in contexts(match.run[0].statement))


def _is_named(match: Match) -> bool:
    """Whether the sentence holds the name of the row; of a column, its labels in their order and a word of its head."""
    said = _said(match.run)
    if match.row.is_column:
        return match.is_by_name and are_related(name_of(match.row), said)
    return name_of(match.row) <= said or _has_variable(match.run, match.row)


def _is_near(a: Printed, b: Printed) -> bool:
    return is_slip(a, b, 1) or is_coarse_slip(a, b) or abs(a.value - b.value) <= NEAR_SHARE * max(a.value, b.value)


def _is_explained(match: Match, rows: Mapping[tuple[str, Printed], list[Row]]) -> bool:
    """Whether a row that the sentence may speak of prints the odd number, in a cell that no other member has taken."""
    (odd,) = match.odd
    taken = {match.row.observation(c).observation_id for i, c in enumerate(match.columns) if i != odd}
    for row in rows.get((match.row.kind, match.said(odd)), ()):
        if not row.is_column and (row is match.row or _is_related(match.run, row)):
            printing = (row.observation(c) for c, size in enumerate(row.sizes) if size == match.said(odd))
            if any(o.observation_id not in taken for o in printing):
                return True
    return False


def _have_partners(match: Match) -> bool:
    """Whether what stands beside the odd number (its percentage, its N) is that of the cell, or is not printed."""
    (odd,) = match.odd
    text, cell = match.run[odd].statement, match.row.cells[match.columns[odd]]
    beside = [
        s
        for s in ("n", "pct")
        if s in text.numbers and s in cell.numbers and text.numbers[s] is not match.run[odd].number
    ]
    if any(not agree(number_of(text.numbers[s]), number_of(cell.numbers[s])) for s in beside):
        return False
    mine, theirs = match.run[odd].number.denominator, cell.first.denominator
    return not mine or not theirs or mine == theirs


def _observations(match: Match) -> tuple[Observation, ...]:
    order = (*match.odd, *(i for i in range(len(match.run)) if i not in match.odd))
    cells = tuple(match.row.observation(match.columns[i]) for i in order)
    return (*(match.run[i].number for i in order), *cells)


def _shown(match: Match) -> tuple[str, str]:
    indices = range(len(match.run))
    return ", ".join(str(match.said(i)) for i in indices), ", ".join(str(match.stands(i)) for i in indices)


def _fits(match: Match) -> Outcome:
    said, stands = _shown(match)
    message = f"The sentence tells {said}, as {match.row.first.place} does."
    return Outcome("consistent", _observations(match), message, f"{said} = {stands}", said, stands)


def _fails(match: Match) -> Outcome:
    said, stands = _shown(match)
    place, page = match.row.first.place, match.run[0].number.page
    message = f"The text (page {page}) tells {said} one after the other, but {place} prints {stands}"
    message += ": two numbers are exchanged." if match.is_exchange else "."
    return Outcome("impossible", _observations(match), message, f"{said} ≠ {stands}", said, stands)


RULES = (
    Rule(
        id="agreement.row",
        claim="Numbers that a sentence tells of the arms one after the other are those of the row, column by column.",
        severity="error",
        function=test_rows,
        assumptions="All numbers of the run but one are those of the row in the order of its columns (or of the arms "
        "the sentence names), the sentence holds the name of the row, and no other row it may speak of prints the odd "
        "number; two numbers count as exchanged only where the sentence names the columns in their order.",
        literature="INSPECT-SR check 4 (agreement of text and tables)",
        example='"11.5%, 75.6% and 62.0% with placebo, 100 mg and 200 mg", where the row prints 11.5 | 62.0 | 75.6.',
    ),
)
