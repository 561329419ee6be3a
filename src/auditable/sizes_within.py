"""The N that rows inside a table print for the rows below them.

Comes in: the placed cells of a table. Goes out: by (row, col) the size that such a row gave. Two kinds: a row that
names new groups ("Part 2 | Drug A (n = 9) | Drug B (n = 9)") holds until the next one; a row of nothing but sizes
("Fatigue | n = 65 | n = 128") holds for the rows of the same label right below. Sizes in boxhead, labels and totals are
group_sizes.py's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from auditable.cells import PlacedCell
from auditable.printed_sizes import NO_SIZE, GroupSize, size_in
from auditable.printed_text import tidy

_SIZE_ALONE = re.compile(r"\(?[nN]\s?=\s?[\d, ]+\)?")
_NAMED_SIZE = re.compile(r"(?![nN]\s?[=:])[^=]*[^\W\d_]{2}[^=]*[(\[,]\s?[nN]\s?[=:]")

Sizes = dict[tuple[int, int], GroupSize]


def sizes_within(placed: Sequence[PlacedCell]) -> Sizes:
    """The size of every cell below a row that prints some; NO_SIZE where a row of groups is blank."""
    rows: dict[int, list[PlacedCell]] = {}
    for p in placed:
        rows.setdefault(p.row_index, []).append(p)
    return {**_of_groups(rows), **_of_those_asked(rows)}


def _of_groups(rows: dict[int, list[PlacedCell]]) -> Sizes:
    out: Sizes = {}
    sizes: dict[int, GroupSize] = {}
    for index, cells in rows.items():
        if _all_cells(cells, _NAMED_SIZE.match, at_least=2):
            sizes = {p.col: _size(p, "sub-header: ") for p in cells}
        out.update({(index, p.col): sizes[p.col] for p in cells if p.col in sizes})
    return out


def _of_those_asked(rows: dict[int, list[PlacedCell]]) -> Sizes:
    out: Sizes = {}
    asked: dict[int, GroupSize] = {}
    path: tuple[str, ...] = ()
    for index, cells in rows.items():
        if cells[0].row.path != path:
            asked, path = {}, cells[0].row.path
        out.update({(index, p.col): asked[p.col] for p in cells if p.col in asked})
        if path and _all_cells(cells, _SIZE_ALONE.fullmatch, at_least=1):
            asked = {p.col: size for p in cells if (size := _size(p, "row above: ")).number}
    return out


def _all_cells(cells: Sequence[PlacedCell], match: Callable[[str], object], at_least: int) -> bool:
    texts = [p.cell.text for p in cells if p.cell.text]
    return len(texts) >= at_least and all(match(tidy(text)) and size_in(text) for text in texts)


def _size(placed: PlacedCell, place: str) -> GroupSize:
    number = size_in(placed.cell.text)
    return GroupSize(number, f"{place}n = {number}") if number else NO_SIZE
