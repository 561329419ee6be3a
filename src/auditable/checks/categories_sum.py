"""categories.sum: rows that exclude each other add up to N, or their percentages to 100.

Comes in: a Study. Goes out: at most one outcome for each set of rows under one row group in one column. Rows that may
overlap (prior therapies, refractory status, adverse events) are never accused. Nested rows are left to
categories_nested.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache

from auditable.blocks import Cell, Observation, Study
from auditable.checks.categories_prose import test_lists
from auditable.checks.exclusivity import add_up_elsewhere, are_all_listed, are_listed_apart, columns_by_group
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import MISSING_ONLY, TOTAL, is_partition, is_stretch, plain, read_span
from auditable.codebook import Codebook, load_codebook
from auditable.denominators import Denominators, denominators_of, read_pair, whole_number
from auditable.model import PATH_SEPARATOR
from auditable.rounding import Interval, Verdict, decimal_text

SEXES = ({"male", "female"}, {"men", "women"}, {"m", "f"}, {"man", "woman"}, {"males", "females"})
TWO_WAYS = ({"yes", "no"}, {"present", "absent"}, {"positive", "negative"}, {"alive", "dead"})
STAGES = re.compile(r"^(?:(?:r-?)?iss |stage |ajcc |clinical stage )*(i|ii|iii|iv)$")
AGE = re.compile(r"\bage\b", re.IGNORECASE)
NOT_CATEGORIES = ("adverse events", "individual", "flow", "subgroup")
MIN_ROWS_SHOWN, MIN_COLUMNS_SHOWN, SMALLEST_SHOWING = 3, 2, 30
"""Rows, other columns in which they add up to N, and the N there, that show without a word that rows exclude each
other."""
OF_ONE_VARIABLE = "categories of one variable"
"""The reason that only a heading gives."""
OUTCOMES = ("rate", "event", "time to event")
"""Kinds of variables that are results: a row of women then counts those among them who have it, not the women."""


def test_sums(study: Study) -> Iterator[Outcome]:
    """One outcome for each set of rows whose sum says something."""
    denominators = denominators_of(study)
    columns = columns_by_group(study)
    for cells in study.blocks.values():
        first = cells[0].first
        if not first.group or first.table_type in NOT_CATEGORIES or any(_counts_a_result(c.first) for c in cells):
            continue
        rows = [c for c in cells if not TOTAL.match(plain(c.first.label))]
        counted = [c for c in rows if _count(c) is not None]
        if len(counted) >= 2:
            yield from _test_counts(counted, denominators, columns[first.table_id, first.group])
        elif len(shares := [c for c in rows if _has_share(c)]) >= 2:
            yield from _test_shares(shares, _parted_places(study))
    yield from test_lists(study)


@lru_cache(maxsize=2)
def _parted_places(study: Study) -> set[tuple[str, str, str]]:
    """Table, row group and column of all sets of percentages that add up to 100 within rounding."""
    found: set[tuple[str, str, str]] = set()
    for cells in study.blocks.values():
        inside = _sum_of_shares(cells) if all(_has_share(c) for c in cells) else None
        if inside is not None and Fraction(100) in inside:
            found.add((cells[0].first.table_id, cells[0].first.group, cells[0].first.spanner_path))
    return found


def _parts_everyone(rows: Sequence[Cell], parted: set[tuple[str, str, str]]) -> bool:
    """Whether the column parts everyone by its rows: the same rows do so in another column, or other rows in this one.

    Else each percentage may be of its own row: implants that survived, by their length.
    """
    first = rows[0].first
    return any(t == first.table_id and (g == first.group or c == first.spanner_path) for t, g, c in parted)


def _counts_a_result(o: Observation) -> bool:
    """Whether a row counts those of a part of the patients who have a result ("Women: 8 of 31 responded")."""
    known = _codebook().variables.get(o.variable)
    heading = _variable_of(o.group.rpartition(PATH_SEPARATOR)[2])
    is_sex = any(plain(o.label) in words for words in SEXES)
    if is_sex and not {heading, o.variable} <= {"", "sex"}:
        return True
    if o.subgroup or known is None or known.kind not in OUTCOMES:
        return bool(o.subgroup)
    return heading != o.variable


def _test_counts(rows: list[Cell], denominators: Denominators, columns: Sequence[Sequence[Cell]]) -> Iterator[Outcome]:
    totals = {t for c in rows for t in _totals(c, denominators)}
    if len(totals) != 1:
        return
    total = totals.pop()
    if _sum(rows) == total:
        yield _outcome("consistent", rows, total, f"The {len(rows)} rows add up to N = {total}.")
        return
    sets = list(_exclusive_sets(rows)) or list(_stretches(rows, columns)) or list(_shown_by_others(rows, columns))
    for found, why in sets:
        yield _judge_counts(found, total, why, columns)
    if not sets:
        message = f"The {len(rows)} rows do not add up to N = {total}, and nothing shows that they exclude each other."
        yield _outcome("not testable", rows, total, message)


def _judge_counts(rows: Sequence[Cell], total: int, why: str, columns: Sequence[Sequence[Cell]]) -> Outcome:
    found = _sum(rows)
    known = [c for c in rows if not MISSING_ONLY.search(plain(c.first.label))]
    if total in (found, _sum(known)):
        return _outcome("consistent", rows, total, f"The {len(rows)} rows ({why}) add up to N = {total}.")
    is_shown = why != OF_ONE_VARIABLE or add_up_elsewhere(rows, columns)
    is_proved = is_shown or are_listed_apart(known, total)
    if found > total and not is_proved:
        message = f"The rows add up to {found}, more than N = {total}; nothing shows that they exclude each other."
        return _outcome("not testable", rows, total, message)
    if found > total:
        message = f"The rows exclude each other ({why}) but add up to {found}, {found - total} more than N = {total}."
        return _outcome("impossible", rows, total, message + _culprit(rows, total))
    if is_complete(rows) and (is_shown or len(known) == len(rows) or are_all_listed(known)):
        message = f"The rows cover everyone ({why}) but add up to {found}, {total - found} fewer than N = {total}."
        return _outcome("impossible", rows, total, message + _culprit(rows, total))
    message = f"{total - found} of {total} patients are in no row ({why}); they may be missing."
    return _outcome("not testable", rows, total, message)


def is_complete(rows: Sequence[Cell]) -> bool:
    """Whether the rows leave nobody out: sexes, ages, or a row for the unknown among them."""
    labels = {plain(c.first.label) for c in rows}
    return (
        any(labels == s for s in SEXES)
        or bool(AGE.search(rows[0].first.group))
        or any(MISSING_ONLY.search(label) for label in labels)
    )


def _exclusive_sets(rows: Sequence[Cell]) -> Iterator[tuple[list[Cell], str]]:
    """Sets of rows whose own labels say that they exclude each other, each with the reason."""
    named = [(plain(c.first.label), c) for c in rows]
    unknown = [c for label, c in named if MISSING_ONLY.search(label)]
    known = [(label, c) for label, c in named if c not in unknown]
    labels = [label for label, _ in known]
    cells = [c for _, c in known]
    if len(set(labels)) == len(labels) and not _are_nested(labels):
        if _parts_patients(cells):
            yield [*cells, *unknown], OF_ONE_VARIABLE
            return
        for words, why in ((SEXES, "the two sexes"), (TWO_WAYS, "one or the other")):
            if any(set(labels) == s for s in words):
                yield [*cells, *unknown], why
        if len(labels) >= 3 and all(STAGES.match(label) for label in labels):
            yield [*cells, *unknown], "stages of one system"
        if len(labels) >= 2 and is_partition(labels):
            yield [*cells, *unknown], "the labels part one scale"
            return
    spans = [(label, c) for label, c in known if read_span(label)]
    for i, (a, left) in enumerate(spans):
        for b, right in spans[i + 1 :]:
            if len(spans) > 2 and is_partition([a, b]):
                yield [left, right], "the two sides of one cut-off"


def _stretches(rows: list[Cell], columns: Sequence[Sequence[Cell]]) -> Iterator[tuple[list[Cell], str]]:
    """All rows, where they are pieces of one stretch that holds everyone in another column."""
    labels = [plain(c.first.label) for c in rows]
    if is_stretch([label for label in labels if not MISSING_ONLY.search(label)]) and add_up_elsewhere(rows, columns):
        yield rows, "pieces of one scale that add up to N in another column"


def _shown_by_others(rows: list[Cell], columns: Sequence[Sequence[Cell]]) -> Iterator[tuple[list[Cell], str]]:
    """All rows, where they add up to N in several other columns: rows that overlap would not."""
    n_columns = add_up_elsewhere(rows, columns, SMALLEST_SHOWING)
    if len(rows) >= MIN_ROWS_SHOWN and n_columns >= MIN_COLUMNS_SHOWN:
        yield rows, f"they add up to N in {n_columns} other columns"


def _are_nested(labels: Sequence[str]) -> bool:
    """Whether two rows are open to the same side (≥ 2 and ≥ 3): the wider one holds the narrower."""
    spans = [s for label in labels if (s := read_span(label)) is not None]
    return sum(s.high is None for s in spans) > 1 or sum(s.low is None for s in spans) > 1


def _parts_patients(cells: Sequence[Cell]) -> bool:
    """Whether the codebook says that the rows are categories of one variable that exclude each other."""
    named = {(c.first.variable, c.first.category) for c in cells}
    variables = {variable for variable, _ in named}
    if len(cells) < 2 or len(variables) != 1 or len(named) != len(cells) or not all(category for _, category in named):
        return False
    known = _codebook().variables.get(variables.pop())
    if known is None or known.relation != "exclusive":
        return False
    if known.categories:
        # a heading takes any row under it ("Eyes, n (%)"): only a category of the list shows that its rows are meant
        return any(category in known.categories for _, category in named)
    # without a list of its categories a variable takes any row under its heading, and drugs are given together
    return not known.is_given


@cache
def _codebook() -> Codebook:
    return load_codebook()


@lru_cache(maxsize=8192)
def _variable_of(heading: str) -> str:
    """The variable that a heading names, found once for all rows below it."""
    return _codebook()(heading)


def _test_shares(rows: Sequence[Cell], parted: set[tuple[str, str, str]]) -> Iterator[Outcome]:
    found = _sum_of_shares(rows)
    if found is None:
        return
    if Fraction(100) in found:
        yield _outcome("consistent", rows, 100, f"The {len(rows)} percentages add up to 100 within rounding.")
        return
    for exclusive, why in _exclusive_sets(rows):
        inside = _sum_of_shares(exclusive)
        if inside is None or inside.low is None or inside.high is None:
            continue
        if Fraction(100) in inside:
            yield _outcome("consistent", exclusive, 100, f"The percentages ({why}) add up to 100 within rounding.")
        elif (why == OF_ONE_VARIABLE and not are_listed_apart(exclusive, 100)) or not _parts_everyone(
            exclusive, parted
        ):
            continue
        elif inside.low > 100 or is_complete(exclusive):
            message = f"The rows exclude each other ({why}) but their percentages do not add up to 100 within rounding."
            yield _outcome("impossible", exclusive, 100, message)


def _sum_of_shares(rows: Sequence[Cell]) -> Interval | None:
    low = high = Fraction(0)
    for cell in rows:
        pct = cell.only("pct")
        inside = pct.number.ordinary if pct and pct.number else None
        if inside is None or inside.low is None or inside.high is None:
            return None
        low, high = low + inside.low, high + inside.high
    return Interval(low, high)


def _culprit(rows: Sequence[Cell], total: int) -> str:
    """The sentence that names the one row whose percentage asks for the count that mends the sum, or ""."""
    found = _sum(rows)
    mended = []
    for cell in rows:
        pair = read_pair(cell)
        if (
            pair
            and not pair.fits(total)
            and pair.share.judge(Fraction(100 * (pair.count + total - found), total)) == "consistent"
        ):
            mended.append((cell.first.label, pair.count + total - found))
    return (
        f' With {mended[0][1]} in "{mended[0][0]}" they would, and its percentage would fit.'
        if len(mended) == 1
        else ""
    )


def _totals(cell: Cell, denominators: Denominators) -> tuple[int, ...]:
    pair = read_pair(cell)
    if pair is not None:
        return denominators.prove(pair).totals
    n = cell.only("n")
    total = whole_number(n.denominator) if n else None
    return (total,) if total else ()


def _count(cell: Cell) -> int | None:
    n = cell.only("n")
    return n.whole if n else None


def _sum(rows: Iterable[Cell]) -> int:
    return sum(filter(None, map(_count, rows)))


def _has_share(cell: Cell) -> bool:
    return cell.only("pct") is not None


def _outcome(verdict: Verdict, rows: Sequence[Cell], total: int, message: str) -> Outcome:
    statistic = "n" if _count(rows[0]) is not None else "pct"
    observations = tuple(o for c in rows if (o := c.only(statistic)) is not None)
    parts = [str(o.number) for o in observations]
    found = sum((o.number.value for o in observations if o.number), Fraction(0))
    places = max((o.decimals for o in observations), default=0)
    shown = decimal_text(found, places)
    suffix = f"(N = {total})" if statistic == "n" else "%"
    return Outcome(verdict, observations, message, f"{' + '.join(parts)} = {shown} {suffix}", shown, str(total))


RULES = (
    Rule(
        id="categories.sum",
        claim="Rows that exclude each other add up to N, or their percentages to 100 within rounding.",
        severity="error",
        function=test_sums,
        assumptions="One N holds for all rows. Rows are accused only where their labels exclude each other (two sexes, "
        "yes/no, stages, the parts of one scale), or where they add up to N in two other columns; too few are accused "
        "only where nobody can be missing.",
        literature="INSPECT-SR check 4 (internal consistency); Cochrane Handbook 5",
        example="<65: 8, 65–74: 14, ≥75: 11 of N = 32 add up to 33.",
    ),
)
