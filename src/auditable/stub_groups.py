"""Two stub columns: the names in the first one → the rows that each of them heads.

Comes in: lines of a body as RawRows, then the rows made of all but their first stub column, rules. Goes out: rows, the
first of each group with its name. A name may wrap beside its rows, stand in their middle, or on a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditable.cell_forms import LOWER_START, is_open
from auditable.columns import Column
from auditable.layout import Line, join_words, make_line
from auditable.raw_rows import RawRow
from auditable.rules import Bar
from auditable.wrapping import base_of, is_forced

SAME_BASE_EM = 0.15
NEXT_LINE_EM = 1.7
"""Lines of one name stand no further apart."""
COVER_SHARE = 0.6
CENTRED_EM = 0.5


def part_names(split: Sequence[RawRow]) -> tuple[list[Line], list[RawRow]]:
    """The lines of the first stub column, and the lines without them; lines with nothing else are left out."""
    names: list[Line] = []
    rest: list[RawRow] = []
    for row in split:
        taken = {id(w) for w in row.labels[0]}
        if taken:
            names.append(make_line(row.labels[0]))
        words = [w for w in row.lines[0].words if id(w) not in taken]
        if words:
            label = [w for w in words if any(w is x for column in row.labels[1:] for x in column)]
            rest.append(
                replace(
                    row, labels=[[], *row.labels[1:]], lines=[make_line(words)], label_lines=[label] if label else []
                )
            )
    return names, rest


def name_groups(rows: Sequence[RawRow], names: Sequence[Line], column: Column, bars: Sequence[Bar]) -> list[RawRow]:
    """The rows from the top down, each name in the first row of its group; a name on a line of its own is a row."""
    edges = [b.y for b in bars if b.covers(column.core0, column.core1) > COVER_SHARE]
    starts = [base_of(row.lines[0]) for row in rows]
    blocks = _blocks(names, starts, edges)
    centred = [] if _begin_rows(blocks, starts) else _centred(blocks, rows)
    out = list(rows)
    alone: list[RawRow] = []
    for i, block in enumerate(blocks):
        home = centred[i] if centred else _home(block, blocks, rows, edges)
        words = [w for line in block for w in line.words]
        if home is None:
            alone.append(
                RawRow(
                    [words, *([] for _ in rows[0].labels[1:])],
                    [[] for _ in rows[0].cells],
                    block,
                    [list(line.words) for line in block],
                )
            )
        else:
            row = out[home]
            out[home] = replace(row, labels=[words, *row.labels[1:]], lines=[*row.lines, *block])
    return sorted([*out, *alone], key=lambda row: min(line.box.y_mid for line in row.lines)) if alone else out


def _blocks(names: Sequence[Line], starts: Sequence[float], edges: Sequence[float]) -> list[list[Line]]:
    """The lines of the names, those of one name together."""
    limit = max((line.box.x1 for line in names), default=0.0)
    blocks: list[list[Line]] = []
    for line in names:
        if blocks and _goes_on(blocks[-1], line, starts, edges, limit):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _goes_on(block: Sequence[Line], line: Line, starts: Sequence[float], edges: Sequence[float], limit: float) -> bool:
    last = block[-1]
    if base_of(line) - base_of(last) > NEXT_LINE_EM * line.size_pt:
        return False
    if any(last.box.y_mid < y < line.box.y_mid for y in edges) or not is_forced(last.words, line.words, limit):
        return False
    begins_row = any(abs(base_of(line) - y) < SAME_BASE_EM * line.size_pt for y in starts)
    text = join_words(line.words)
    return not begins_row or bool(LOWER_START.match(text)) or is_open(join_words(last.words))


def _begin_rows(blocks: Sequence[Sequence[Line]], starts: Sequence[float]) -> bool:
    """Whether the first name stands in the first row and each one in the line of some row: names over their groups.

    Names amid groups of odd length may stand so too; then nothing but rules could tell, and the common way is taken.
    """
    slack = SAME_BASE_EM * blocks[0][0].size_pt if blocks else 0.0
    firsts = [base_of(block[0]) for block in blocks]
    if not firsts or not starts or abs(firsts[0] - starts[0]) > slack:
        return False
    return all(any(abs(first - start) <= slack for start in starts) for first in firsts)


def _centred(blocks: Sequence[Sequence[Line]], rows: Sequence[RawRow]) -> list[int]:
    """First rows of the groups if each name stands amid its rows and the groups fill the body; else none."""
    if not blocks or not rows or _begins_with(blocks, rows):
        return []
    spans = [(min(x.box.top for x in row.lines), max(x.box.bottom for x in row.lines)) for row in rows]
    out: list[int] = []
    start = 0
    for block in blocks:
        middle = (block[0].box.top + block[-1].box.bottom) / 2
        fits = [
            end
            for end in range(start, len(rows))
            if abs((spans[start][0] + spans[end][1]) / 2 - middle) < CENTRED_EM * block[0].size_pt
        ]
        if not fits:
            return []
        out.append(start)
        start = fits[0] + 1
    return out if start == len(rows) else []


def _begins_with(blocks: Sequence[Sequence[Line]], rows: Sequence[RawRow]) -> bool:
    """Whether the first name begins in the line in which the first row begins."""
    first = blocks[0][0]
    return abs(base_of(first) - base_of(rows[0].lines[0])) < SAME_BASE_EM * first.size_pt


def _home(
    block: Sequence[Line], blocks: Sequence[Sequence[Line]], rows: Sequence[RawRow], edges: Sequence[float]
) -> int | None:
    """The first row of the group that a name heads: the first between the rules around it, else the one beside it."""
    middle = (block[0].box.top + block[-1].box.bottom) / 2
    band = sum(y < middle for y in edges)
    mates = [b for b in blocks if sum(y < b[0].box.y_mid for y in edges) == band]
    inside = [k for k, row in enumerate(rows) if sum(y < row.lines[0].box.y_mid for y in edges) == band]
    if len(mates) == 1 and inside and 0 < band < len(edges):
        return inside[0]
    top, bottom = block[0].box.top, block[-1].box.bottom
    beside = [
        k
        for k, row in enumerate(rows)
        if any(min(line.box.bottom, bottom) - max(line.box.top, top) > 0.5 * line.box.height for line in row.lines)
    ]
    return beside[0] if beside else None
