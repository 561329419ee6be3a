"""table.sum: a row or column that is the sum of its neighbours everywhere but in one place.

Comes in: a Study. Goes out: one outcome for each row that is the sum of the rows right above or below it in other
columns, and for each column that is the sum of the columns beside it in other rows. No label is read to find them: that
the sum holds elsewhere, more exactly than accident allows, proves it. Categories of one N are categories_sum.py's, the
arms against the column of all arm_sum.py's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import log10

from auditable.blocks import Observation, Study, number_of
from auditable.checks.arm_sum import rows_with_total
from auditable.checks.event_parts import ALL_GRADES, grades_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.table_heads import head_size
from auditable.checks.table_lines import COUNT, COUNTS, Line, Table, digits_of, kind_of, tables_of
from auditable.checks.words import TOTAL, UNKNOWN, plain
from auditable.model import PATH_SEPARATOR
from auditable.rounding import decimal_text

MOST_PARTS = 15
MOST_MENDS = 4
"""Parts that a message names with what each should be; of more it names none."""
MIN_OTHERS = 2
"""Other places in which the sum must hold; of columns without the name of a total, SURE_OTHERS."""
SURE_OTHERS = 3
"""As many show that nobody is missing from the parts."""
FITTING_SHARE = 0.8
SPARE_DIGITS = 2.0
"""Digits by which the sums that hold must be beyond what as many tries as were made may find by accident."""
ALL = Fraction(100)
SUMMED = (COUNT, "rate", "mean")


@dataclass(frozen=True)
class Addition:
    """The numbers of one place: a total and its parts."""

    total: Observation
    parts: tuple[Observation, ...]

    @cached_property
    def kind(self) -> str:
        """What is added: counts hold no proof for means, nor whole numbers for those with decimals."""
        return f"{kind_of(self.total)} {any(number_of(o).decimals for o in (self.total, *self.parts))}"

    @cached_property
    def sum(self) -> Fraction:
        """What the parts add up to."""
        return sum((number_of(p).value for p in self.parts), Fraction(0))

    @cached_property
    def gap(self) -> Fraction:
        """By how much the parts exceed the total."""
        return self.sum - number_of(self.total).value

    @cached_property
    def slack(self) -> Fraction:
        """How far rounded numbers may miss their sum; counts may not."""
        if all(o.statistic in COUNTS for o in (self.total, *self.parts)):
            return Fraction(0)
        return sum((number_of(o).unit / 2 for o in (self.total, *self.parts)), Fraction(0))

    @cached_property
    def holds(self) -> bool:
        """Whether the parts add up to the total within rounding."""
        return abs(self.gap) <= self.slack

    @cached_property
    def digits(self) -> float:
        """Digits that had to be right for the sum to hold; none where fewer than two parts say something."""
        if sum(number_of(p).value != 0 for p in self.parts) < 2:
            return 0.0
        window = number_of(self.total).unit + (2 * self.slack if self.gap else 0)
        return digits_of(abs(float(number_of(self.total).value)), float(window))


@dataclass(frozen=True, slots=True)
class Relation:
    """One line as the sum of others. additions: by place."""

    total: Line
    parts: tuple[Line, ...]
    additions: dict[int, Addition]

    def others_prove(self, place: int, need: float, fewest: int = MIN_OTHERS) -> int:
        """How many other places hold, where they prove the sum; else 0. Those of the same kind decide."""
        own = self.additions.get(place)
        others = [a for p, a in self.additions.items() if p != place]
        holding = [a for a in others if a.holds and a.digits > 0]
        alike = [a for a in others if (a.digits > 0 or not a.holds) and (own is None or a.kind == own.kind)]
        n_alike = sum(a.holds for a in alike)
        is_enough = len(holding) >= fewest and n_alike and n_alike >= FITTING_SHARE * len(alike)
        return len(holding) if is_enough and sum(a.digits for a in holding) >= need else 0


def test_sums(study: Study) -> Iterator[Outcome]:
    """One outcome for each proved sum of each table, and for each place that breaks one."""
    of_arms = {total.observation_id for rows in rows_with_total(study).values() for _, total in rows}
    for table in tables_of(study):
        yield from _test_lines(table.rows, is_rows=True)
        yield from _test_hundreds(table)
        for lines in (table.columns, table.share_columns):
            found = _test_lines(lines, is_rows=False)
            yield from (o for o in found if o.observations[0].observation_id not in of_arms)


def _test_lines(lines: Sequence[Line], *, is_rows: bool) -> Iterator[Outcome]:
    n_tries, by_total = 1, defaultdict[int, list[Relation]](list)
    for i, total in enumerate(lines):
        for step in (1, -1):
            for relation in _runs(lines, i, step):
                n_tries += 1
                if relation is not None:
                    by_total[total.at].append(relation)
    for found in by_total.values():
        yield from _judge_total(found, lines, log10(n_tries) + SPARE_DIGITS, is_rows=is_rows)


def _test_hundreds(table: Table) -> Iterator[Outcome]:
    """Columns of percentages that end in a printed 100, where the counts of other columns end in their sum."""
    *parts, last = table.rows or (None,)
    if last is None or len(parts) < MIN_OTHERS:
        return
    counted = [
        Addition(total, tuple(found))
        for place, total in last.numbers.items()
        if len(found := [x.numbers[place] for x in parts if place in x.numbers]) == len(parts)
    ]
    n_sums = sum(a.holds and a.digits > 1 and kind_of(a.total) == COUNT for a in counted)
    for column in table.share_columns:
        total = column.numbers.get(last.at)
        shares = [column.numbers[x.at] for x in parts if x.at in column.numbers]
        if total is not None and number_of(total).value == ALL and len(shares) == len(parts) and n_sums >= MIN_OTHERS:
            addition = Addition(total, tuple(shares))
            is_kept = addition.holds
            yield _consistent(addition, is_rows=True) if is_kept else _accuse(addition, n_sums, is_rows=True)


def _runs(lines: Sequence[Line], i: int, step: int) -> Iterator[Relation | None]:
    """The runs of lines right behind or before a line, each as the parts of it; None for one that holds nowhere."""
    total = lines[i].numbers
    sums = {p: 0.0 for p, o in total.items() if kind_of(o) in (*SUMMED, "pct")}
    for j in range(i + step, i + step * (MOST_PARTS + 1), step):
        if not 0 <= j < len(lines):
            return
        part = lines[j].numbers
        # far sums are told apart fast here, and near ones judged exactly later
        sums = {p: n + _float(part[p]) for p, n in sums.items() if p in part and kind_of(part[p]) == kind_of(total[p])}
        if len(sums) <= MIN_OTHERS:
            return
        n_parts = abs(j - i)
        if n_parts > 1:
            n_near = sum(abs(n - _float(total[p])) <= n_parts for p, n in sums.items())
            parts = tuple(lines[i + step * k] for k in range(1, n_parts + 1))
            yield _relation(lines[i], parts, list(sums)) if n_near >= MIN_OTHERS else None


def _relation(total: Line, parts: tuple[Line, ...], places: Sequence[int]) -> Relation:
    additions = {p: Addition(total.numbers[p], tuple(x.numbers[p] for x in parts)) for p in places}
    return Relation(total, parts, additions)


def _float(o: Observation) -> float:
    return float(number_of(o).value)


def _judge_total(found: Sequence[Relation], lines: Sequence[Line], tries: float, *, is_rows: bool) -> Iterator[Outcome]:
    """The best proved sum of one line, in all places that break it and in one that keeps it."""
    holding = {p for r in found for p, a in r.additions.items() if a.holds and a.digits > 0}
    seen: set[int] = set()
    has_told = False
    for relation in found:
        one = next(iter(relation.additions.values()))
        if _are_patients_with_events(one.total) if is_rows else _are_groups_apart(one):
            continue
        is_named = _is_named_total(one, is_rows=is_rows)
        need = SPARE_DIGITS if is_named else tries
        fewest = MIN_OTHERS if is_named or is_rows else SURE_OTHERS
        if not has_told and relation.others_prove(-1, need, fewest):
            has_told = True
            kept = next(a for a in relation.additions.values() if a.holds and a.digits > 0)
            yield _consistent(kept, is_rows=is_rows)
        for place, addition in relation.additions.items():
            n_others = relation.others_prove(place, need, fewest)
            is_settled = place in holding or place in seen or addition.holds
            may_differ = _may_overlap(relation, place) or _may_miss(relation, addition, place, lines, n_others)
            if n_others and not is_settled and not may_differ:
                seen.add(place)
                yield _accuse(addition, n_others, is_rows=is_rows)


def _are_patients_with_events(total: Observation) -> bool:
    """Whether a row counts patients with an event: one may have two of them, and rare events may not be listed."""
    return total.table_type == "adverse events" and total.statistic == "n"


def _are_groups_apart(addition: Addition) -> bool:
    """Whether the heads of three columns print an N each, and the parts do not add up to the total: three groups."""
    sizes = [head_size(o.spanner_path) for o in (addition.total, *addition.parts)]
    return None not in sizes and sizes[0] != sum(n or 0 for n in sizes[1:])


def _is_named_total(addition: Addition, *, is_rows: bool) -> bool:
    """Whether a label calls the line a total or the heading of its parts, or the N of the heads add up: then fewer
    digits prove it."""
    total = addition.total
    if not is_rows:
        sizes = [head_size(o.spanner_path) for o in (total, *addition.parts)]
        is_sum = None not in sizes and sizes[0] == sum(n or 0 for n in sizes[1:])
        return is_sum or bool(TOTAL.match(plain(total.spanner_path.rsplit(PATH_SEPARATOR, 1)[-1])))
    heading = total.stub_path + PATH_SEPARATOR
    return bool(TOTAL.match(plain(total.label))) or all(p.stub_path.startswith(heading) for p in addition.parts)


def _may_overlap(relation: Relation, place: int) -> bool:
    """Whether parts that exceed their total may be right: people can be in two of them.

    Fewer people than here who are in one part only do not prove that nobody is ever in two.
    """
    addition = relation.additions[place]
    if addition.gap <= 0 or addition.total.statistic not in COUNTS:
        return False
    others = [a for p, a in relation.additions.items() if p != place]
    shown = sum((number_of(a.total).value for a in others if a.holds), Fraction(0))
    return any(a.gap > a.slack for a in others) or shown < number_of(addition.total).value


def _may_miss(relation: Relation, addition: Addition, place: int, lines: Sequence[Line], n_others: int) -> bool:
    """Whether parts that fall short of their total may be right: one who is in no part, or a part that stands apart."""
    if addition.gap >= 0:
        return False
    grades = [grades_of(o.grade) or frozenset() for o in addition.parts if o.grade]
    if grades and not frozenset().union(*grades) >= ALL_GRADES:
        return True
    if addition.total.statistic in COUNTS and not _are_all(addition) and n_others < SURE_OTHERS:
        return True
    used = {x.at for x in (relation.total, *relation.parts)}
    rest = [x.numbers[place] for x in lines if x.at not in used and place in x.numbers]
    return any(number_of(o).value == -addition.gap for o in rest)


def _are_all(addition: Addition) -> bool:
    """Whether nobody can be missing from the parts: a row takes up the others, or the total is called one."""
    return any(UNKNOWN.search(o.label) for o in addition.parts) or bool(TOTAL.match(plain(addition.total.label)))


def _consistent(addition: Addition, *, is_rows: bool) -> Outcome:
    what = "rows" if is_rows else "columns"
    message = f'"{_name(addition.total, is_rows)}" is the sum of the {len(addition.parts)} {what} beside it.'
    shown = str(number_of(addition.total))
    return Outcome("consistent", (addition.total, *addition.parts), message, _arithmetic(addition), shown, shown)


def _accuse(addition: Addition, n_others: int, *, is_rows: bool) -> Outcome:
    total, gap = number_of(addition.total), addition.gap
    places = total.decimals
    what, where = ("rows", "columns") if is_rows else ("columns", "rows")
    found = decimal_text(addition.sum, places)
    mends = [
        f'{decimal_text(number_of(p).value - gap, number_of(p).decimals)} for "{_name(p, is_rows)}"'
        for p in addition.parts
        if number_of(p).value >= gap
    ]
    message = (
        f'In {n_others} other {where} of the table "{_name(addition.total, is_rows)}" is the sum of the '
        f"{len(addition.parts)} {what} beside it; here they add up to {found}, and {total} is printed. "
        f"{found} would fit{', or ' + ', '.join(mends) if 0 < len(mends) <= MOST_MENDS else ''}."
    )
    observations = (addition.total, *addition.parts)
    return Outcome("impossible", observations, message, f"{_arithmetic(addition)}, not {total}", str(total), found)


def _name(o: Observation, is_rows: bool) -> str:
    return o.label if is_rows else o.spanner_path


def _arithmetic(addition: Addition) -> str:
    decimals = number_of(addition.total).decimals
    return f"{' + '.join(str(number_of(p)) for p in addition.parts)} = {decimal_text(addition.sum, decimals)}"


RULES = (
    Rule(
        id="table.sum",
        claim="A row or column that is the sum of its neighbours in the rest of the table is it in every place.",
        severity="error",
        function=test_sums,
        assumptions="The sum holds in two other places or more, and in four fifths of all, in more digits than the "
        "number of sums that were tried may find by accident. Parts below a total of patients, which may lack "
        "somebody, are accused only where three other places hold, or a row or the total's name takes up everyone.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Moderate 81 + severe 28 = 109 in placebo and 64 + 19 = 83 in A; in B 70 + 22 is printed as 29.",
    ),
)
