"""Rows of two keyed files that key the same number: tables by their place, sentences by their value.

Comes in: Sides of two files. Goes out: pairs with their kind, as matching.py gives them. What a pair differs in is left
to gold_compare.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from rapidfuzz.fuzz import token_set_ratio

from auditable.matching import PROSE, Pairs, Side, has_same_value, match_tables
from auditable.sameness import missing_key, unit_key, value_key

LEAST_LIKENESS = 40.0
"""Below this, two descriptions of a number have no word in common."""


def match_keyed(mine: Sequence[Side], theirs: Sequence[Side]) -> Pairs:
    """Line of the first file → the row of the second that keys the same number; at most one each.

    In tables rows answer each other as in matching.py, under another statistic only if the value is the same, or one of
    the two says that it is missing. Numbers of the text have no place: they are paired by statistic and value, then by
    equal words.
    """
    pairs = _match_places([x for x in mine if x.table_id != PROSE], [y for y in theirs if y.table_id != PROSE])
    xs, ys = [x for x in mine if x.table_id == PROSE], [y for y in theirs if y.table_id == PROSE]
    text = _match_text(xs, ys)
    taken = {y.index for y, _ in text.values()}
    rest = _match_places([x for x in xs if x.index not in text], [y for y in ys if y.index not in taken])
    by_line = {x.index: x for x in xs}
    # Sentences have no place: words that are only alike, with another value, speak of another number.
    return pairs | text | {line: pair for line, pair in rest.items() if by_line[line].place == pair[0].place}


def keyed_value(side: Side) -> str:
    """The value as it is compared: a number without blanks and thousands marks, a reason in its short form."""
    return missing_key(side.value) if side.statistic == "missing" else value_key(side.value)


def has_same_unit(x: Side, y: Side) -> bool:
    """In sentences a unit is often left to the reader, so there one of two may leave it out."""
    if x.table_id == PROSE and not (x.unit and y.unit):
        return True
    return unit_key(x.unit) == unit_key(y.unit)


def _match_places(mine: Sequence[Side], theirs: Sequence[Side]) -> Pairs:
    by_line = {x.index: x for x in mine}
    return {line: (y, kind) for line, (y, kind) in match_tables(mine, theirs).items() if _may_answer(by_line[line], y)}


def _may_answer(x: Side, y: Side) -> bool:
    """Two statistics of one place that one of the two forgot are two gaps, not one disagreement; a value and no value
    are one.
    """
    return x.statistic == y.statistic or "missing" in (x.statistic, y.statistic) or has_same_value(x, y)


def _match_text(mine: Sequence[Side], theirs: Sequence[Side]) -> Pairs:
    """Numbers of the text by statistic and value; where several are the same, the most alike descriptions first.

    Of several, those whose descriptions have nothing in common are not joined.
    """
    groups: dict[Hashable, tuple[list[Side], list[Side]]] = defaultdict(lambda: ([], []))
    for which, sides in enumerate((mine, theirs)):
        for side in sides:
            groups[side.statistic, keyed_value(side)][which].append(side)
    found: Pairs = {}
    for xs, ys in groups.values():
        is_alone = len(xs) == len(ys) == 1 and has_same_unit(xs[0], ys[0])
        options = sorted((-_likeness(x, y), x.index, k) for x in xs for k, y in enumerate(ys))
        used: set[int] = set()
        for minus_likeness, line, k in options:
            if line not in found and k not in used and (is_alone or -minus_likeness >= LEAST_LIKENESS):
                found[line] = (ys[k], "label only")
                used.add(k)
    return found


def _likeness(x: Side, y: Side) -> float:
    """How alike two free descriptions are, 0 to 100, whatever the order of their words; nothing where units differ."""
    return token_set_ratio(x.stub.casefold(), y.stub.casefold()) if has_same_unit(x, y) else -1.0
