"""table.cumulative: cumulative numbers are the running sums of the numbers beside them.

Comes in: a Study. Goes out: one outcome for each row or column called cumulative whose steps are the numbers of a row
or column nearby. A cumulative dose or survival, which is no running sum of its neighbours, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from auditable.blocks import Observation, Study, number_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_lines import COUNTS, Line, tables_of
from auditable.rounding import decimal_text

REACH = 2
"""Rows or columns between the cumulative numbers and those they add up."""
MIN_STEPS = 3
"""Steps that must hold, and be no noughts."""
MOST_BROKEN = 2
"""One wrong number breaks the step to it and the step from it."""
_CUMULATIVE = re.compile(r"\bcum(?:ulative|ulated|\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A cumulative number, the one before it, and the number that is added."""

    after: Observation
    before: Observation
    added: Observation

    @property
    def expected(self) -> Fraction:
        """What the cumulative number should be, from the one before."""
        return number_of(self.before).value + number_of(self.added).value

    @property
    def begins_anew(self) -> bool:
        """Whether it is the number beside it: the first of another group, or the total of all."""
        return number_of(self.after).value == number_of(self.added).value

    @property
    def holds(self) -> bool:
        """Whether it is, within the rounding of the three; counts are not rounded."""
        three = (self.after, self.before, self.added)
        slack = Fraction(sum(number_of(o).unit / 2 for o in three if o.statistic not in COUNTS))
        return abs(number_of(self.after).value - self.expected) <= slack


def test_cumulative(study: Study) -> Iterator[Outcome]:
    """One outcome for each row or column of running sums."""
    for table in tables_of(study):
        for lines in (table.rows, table.share_rows, table.columns, table.share_columns):
            is_row = lines is table.rows or lines is table.share_rows
            for i, line in enumerate(lines):
                if _CUMULATIVE.search(_name(line, is_row)):
                    near = lines[max(0, i - REACH) : i + REACH + 1]
                    yield from _test_line(line, [x for x in near if x is not line])


def _name(line: Line, is_row: bool) -> str:
    return line.first.label if is_row else line.first.spanner_path


def _test_line(line: Line, others: Sequence[Line]) -> Iterator[Outcome]:
    for other in others:
        found = [
            Step(line.numbers[b], line.numbers[a], other.numbers[b])
            for a, b in pairwise(sorted(line.numbers))
            if b in other.numbers
        ]
        steps = [s for s in found if s.holds or not s.begins_anew]
        broken = [i for i, s in enumerate(steps) if not s.holds]
        n_held = sum(s.holds and number_of(s.added).value != 0 for s in steps)
        if n_held < MIN_STEPS or len(broken) > MOST_BROKEN or n_held <= len(broken):
            continue
        if not broken:
            yield _consistent(steps)
        elif len(broken) == 1 or broken[1] == broken[0] + 1:
            yield _accuse(steps[broken[0]], n_held)
        return


def _consistent(steps: Sequence[Step]) -> Outcome:
    message = f"The {len(steps) + 1} cumulative numbers are the running sums of those beside them."
    observations = (steps[0].before, *(s.after for s in steps))
    last = str(number_of(steps[-1].after))
    return Outcome("consistent", observations, message, "", last, last)


def _accuse(step: Step, n_held: int) -> Outcome:
    before, added, after = (number_of(o) for o in (step.before, step.added, step.after))
    expected = decimal_text(step.expected, after.decimals)
    message = (
        f"{n_held} other cumulative numbers are the one before and the number beside them together; {before} and "
        f"{added} are {expected}, but {after} is printed."
    )
    arithmetic = f"{before} + {added} = {expected}, not {after}"
    return Outcome("impossible", (step.after, step.before, step.added), message, arithmetic, str(after), expected)


RULES = (
    Rule(
        id="table.cumulative",
        claim="Cumulative numbers are the running sums of the numbers beside them.",
        severity="error",
        function=test_cumulative,
        assumptions="The row or column is called cumulative, and three of its steps or more, and more than break, are "
        "the numbers of a row or column nearby within rounding; one number alone breaks the rest. Sums may begin anew.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Isolates 72.1, 4.6, 3.1, 2.3, 2.9 %: cumulative 72.1, 76.6, 79.7, 82.0, 80.5; 84.9 would follow.",
    ),
)
