"""How many patients a column or row speaks of: the N printed in heads, labels, caption, or in a row of totals.

Comes in: a table. Goes out: for each cell the N printed nearest to it with the words that print it. An N that is
printed nowhere near is not made up; whether an N explains the percentages is left to the checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditable.cells import PlacedCell, join_path, place_cells
from auditable.model import Table
from auditable.printed_sizes import NO_SIZE, GroupSize, size_in
from auditable.printed_text import NumberMarks, tidy
from auditable.sizes_within import sizes_within
from auditable.values import Printed, parse_cell

_TOTAL_LABEL = re.compile(
    r"^(?:all|total|overall|n|no\.?|number)?\W*(?:(?:total|overall)?\W*(?:number|no\.?|n)?\W*(?:of)?\W*"
    r"(?:patients|subjects|participants|cases|pts|individuals|women|men|population|sample)?)\W*(?:n|no\.?|\(n\))?$",
    re.IGNORECASE,
)
_ALL = re.compile(r"^(?:all|total|overall|entire|whole)\b", re.IGNORECASE)
MIN_EXPLAINED = (4, 5)
"""A row of 100 % gives the N of its column only if that N explains at least this share of the other counts (4 of 5)."""


def find_sizes(table: Table, marks: NumberMarks) -> dict[tuple[int, int], GroupSize]:
    """The group size of every body cell, by (row, col): of its row label or groups, its column, a total row, the
    caption.
    """
    placed = list(place_cells(table))
    columns = {p.col: _column_size(p) for p in placed}
    from_rows = _sizes_from_rows(placed, marks)
    renamed = sizes_within(placed)

    def column_sizes(p: PlacedCell) -> tuple[GroupSize, ...]:
        within = renamed.get((p.row_index, p.col))
        return (within,) if within else (columns[p.col], from_rows.get(p.col, NO_SIZE))

    return {
        (p.row_index, p.col): next(
            (s for s in (_row_size(p), *column_sizes(p), _caption_size(table, p)) if s.number),
            NO_SIZE,
        )
        for p in placed
    }


def sizes_around(table: Table, placed: PlacedCell) -> Iterator[tuple[str, GroupSize]]:
    """The sizes that labels print for a cell, nearest first, each with the kind of its place."""
    yield "row label", _row_size(placed)
    yield "boxhead", _column_size(placed)
    yield "caption", _caption_size(table, placed)


def speaks_of_all(table: Table, placed: PlacedCell) -> bool:
    """Whether a cell's column is the only one, or says "all"."""
    return table.n_columns == 1 or any(_ALL.match(label) for label in placed.boxhead)


def _row_size(placed: PlacedCell) -> GroupSize:
    for depth, label in enumerate(reversed(placed.row.path)):
        number = size_in(label)
        if number:
            return GroupSize(number, f"{'row group' if depth else 'row label'}: n = {number}")
    return NO_SIZE


def _column_size(placed: PlacedCell) -> GroupSize:
    """The N in the labels over the column, innermost first."""
    for label in reversed(placed.boxhead):
        number = size_in(label)
        if number:
            return GroupSize(number, f"boxhead: N = {number}")
    return NO_SIZE


def _caption_size(table: Table, placed: PlacedCell) -> GroupSize:
    """The N of the caption, for the only column or one that says "all"; with several arms it is not the N of each."""
    number = size_in(table.caption)
    is_whole = number and speaks_of_all(table, placed)
    return GroupSize(number, f"caption: N = {number}") if is_whole else NO_SIZE


def _sizes_from_rows(placed: Sequence[PlacedCell], marks: NumberMarks) -> dict[int, GroupSize]:
    """The N of a column from its row of totals, else from rows of 100 % that explain the column."""
    out: dict[int, GroupSize] = {}
    for col in sorted({p.col for p in placed}):
        cells = [p for p in placed if p.col == col and p.row.kind == "data" and p.cell.text]
        readings = [(p, r[0]) for p in cells if (r := parse_cell(p.cell.text, marks))]
        size = _total_row(readings) or _hundred_percent(readings)
        if size:
            out[col] = size
    return out


def _total_row(readings: Sequence[tuple[PlacedCell, Printed]]) -> GroupSize | None:
    for placed, printed in readings:
        if len(placed.row.path) > 1 or not _is_total_label(placed.row.path[-1] if placed.row.path else ""):
            continue
        first = printed.amounts[0] if printed.amounts else None
        share = printed.amounts[1] if len(printed.amounts) > 1 else None
        if first is None or not first.is_whole or printed.form not in ("single", "first (second)", "n ="):
            continue
        if share is None or share.number == 100:
            return GroupSize(int(first.digits), f"total row: {placed.cell.text}")
    return None


def _is_total_label(label: str) -> bool:
    text = tidy(label).strip(" :")
    return bool(text) and bool(_TOTAL_LABEL.match(text)) and not re.fullmatch(r"\W*", text)


def _hundred_percent(readings: Sequence[tuple[PlacedCell, Printed]]) -> GroupSize | None:
    """ "51 (100)" in every row of 100 %: the N, if it explains the other pairs of the column."""
    pairs = list(_pairs(readings))
    full = {n for n, share, _, _ in pairs if share == 100 and n}
    if len(full) != 1:
        return None
    number = full.pop()
    others = [(n, share, decimals) for n, share, decimals, _ in pairs if share != 100]
    explained = sum(is_share(n, share, decimals, number) for n, share, decimals in others)
    if not others or explained * MIN_EXPLAINED[1] < len(others) * MIN_EXPLAINED[0]:
        return None
    row = next(p for n, share, _, p in pairs if share == 100)
    proof = (
        f"row of 100 %: {join_path(row.row.path)} {row.cell.text}; explains {explained} of {len(others)} other pairs"
    )
    return GroupSize(number, proof)


def _pairs(readings: Sequence[tuple[PlacedCell, Printed]]) -> Iterator[tuple[int, Decimal, int, PlacedCell]]:
    for placed, printed in readings:
        if printed.form == "first (second)" and not _row_size(placed).number:
            count, share = printed.amounts
            if count.is_whole and share.number is not None and 0 <= share.number <= 100 and not share.comparator:
                yield int(count.digits), share.number, share.decimals, placed


def is_share(count: int, share: Decimal, decimals: int, total: int) -> bool:
    """Whether count of total prints as the share, rounded any way to its decimals. Exact."""
    unit = 10**decimals
    printed = int(share * unit)
    return total > 0 and abs(count * 100 * unit - printed * total) < total
