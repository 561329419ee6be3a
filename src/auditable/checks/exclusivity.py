"""Whether rows that seem to be categories of one variable are proved to exclude each other, and to leave nobody out.

Comes in: rows of one group in one column, and the same rows in the other columns of the table. Goes out: yes or no.
A heading alone proves nothing: several races may be chosen, "III or IV" holds two classes, "castrated male" is a male.
What follows of it is left to categories_sum.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from auditable.blocks import Cell, Observation, Study
from auditable.checks.words import plain
from auditable.codebook import load_codebook
from auditable.denominators import whole_number

MOST_ROWS = 14
"""Rows of which all choices are tried."""
CHOSEN = frozenset(("race", "ethnicity"))
"""What people say of themselves, and may say twice."""


def columns_by_group(study: Study) -> dict[tuple[str, str], list[list[Cell]]]:
    """The rows of each row group of each table, one list for each of its columns."""
    found: dict[tuple[str, str], list[list[Cell]]] = defaultdict(list)
    for cells in study.blocks.values():
        found[cells[0].first.table_id, cells[0].first.group].append(cells)
    return dict(found)


def add_up_elsewhere(rows: Sequence[Cell], columns: Iterable[Sequence[Cell]], least: int = 0) -> int:
    """In how many other columns the same rows add up to N (least: and N is as large), with patients in two of them."""
    labels = {c.first.label for c in rows}
    places = {c.first.spanner_path for c in rows}
    n_columns = 0
    for cells in columns:
        same = [c for c in cells if c.first.label in labels]
        if cells[0].first.spanner_path in places or len(same) != len(labels):
            continue
        counts = [n.whole if (n := c.only("n")) is not None else None for c in same]
        totals = {whole_number(n.denominator) for c in same if (n := c.only("n")) is not None}
        n_columns += (
            None not in counts
            and len(totals) == 1
            and least <= sum(filter(None, counts)) in totals
            and sum(map(bool, counts)) > 1
        )
    return n_columns


def are_listed_apart(rows: Sequence[Cell], total: int) -> bool:
    """Whether each row is another category that the codebook lists, none holds a second, and no choice of some of
    them is everyone already."""
    known = load_codebook().variables.get(rows[0].first.variable)
    if known is None or known.name in CHOSEN:
        return False
    if any(c.first.category not in known.categories for c in rows):
        return False
    return not any(_holds(a, b) for a in rows for b in rows if a is not b) and not _some_are_all(rows, total)


def are_all_listed(rows: Sequence[Cell]) -> bool:
    """Whether the rows are every category that the codebook lists of their variable."""
    known = load_codebook().variables.get(rows[0].first.variable)
    return known is not None and bool(known.categories) and {c.first.category for c in rows} >= set(known.categories)


def _holds(wide: Cell, narrow: Cell) -> bool:
    """Whether the words of one label are among those of the other: male, castrated male; III, IIIA."""
    a, b = plain(wide.first.label), plain(narrow.first.label)
    words = set(re.findall(r"\w+", b))
    is_part = bool(re.fullmatch(rf"{re.escape(a)}[a-d]\d?", b))
    return is_part or set(re.findall(r"\w+", a)) < words


def _some_are_all(rows: Sequence[Cell], total: int) -> bool:
    """Whether two or more of the rows, but not all, add up to everyone: the others may be parts or sums of them."""
    counts = [n for c in rows if (n := c.only("n")) is not None]
    shares = [o for c in rows if (o := c.only("pct")) is not None]
    spans = [_span(o) for o in counts or shares]
    sizes = range(2, len(spans)) if len(spans) <= MOST_ROWS else ()
    return any(
        sum(low for low, _ in some) <= total <= sum(high for _, high in some)
        for size in sizes
        for some in combinations(spans, size)
    )


def _span(o: Observation) -> tuple[Fraction, Fraction]:
    """What a count is, and what a percentage may have been before it was rounded."""
    if o.number is None:
        return Fraction(0), Fraction(0)
    inside = o.number.ordinary
    if o.statistic == "n" or inside.low is None or inside.high is None:
        return o.number.value, o.number.value
    return inside.low, inside.high
