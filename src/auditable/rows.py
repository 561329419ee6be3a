"""Body lines → rows: wrapped labels and cells joined, figures beside their label, nothing shifted.

Comes in: body lines, columns, the number of stub columns, bars and shading. Goes out: RawRows with the words of the
label and of each cell. Stub paths are left to anatomy.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditable.columns import Column
from auditable.layout import Line
from auditable.raw_rows import RawRow, absorb, split_line
from auditable.region import Region
from auditable.stub_groups import name_groups, part_names
from auditable.wrapping import read_wrapping

FULL_SHARE = 0.6
"""A rule or the edge of a shade over so much of the width parts rows."""


def build_rows(lines: Sequence[Line], columns: Sequence[Column], n_stub: int, region: Region) -> list[RawRow]:
    """Rows from the top down; every word of the lines is in exactly one label or cell."""
    split = [split_line(line, columns, n_stub) for line in lines]
    edges = _row_edges(region)
    if n_stub == 1:
        return _joined(split, columns, n_stub, edges, region)
    names, rest = part_names(split)
    rows = _joined(rest, columns, n_stub, edges, region)
    return name_groups(rows, names, columns[0], [b for b in region.bars if not b.is_shade])


def _joined(
    split: Sequence[RawRow], columns: Sequence[Column], n_stub: int, edges: Sequence[float], region: Region
) -> list[RawRow]:
    wrapping = read_wrapping(split, columns, n_stub, edges, is_scan=region.page.is_scan)
    rows: list[RawRow] = []
    for row, after in zip(split, [*split[1:], None], strict=True):
        if rows and wrapping.joins(rows[-1], row, after):
            absorb(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _row_edges(region: Region) -> list[float]:
    """Heights at which a rule or the edge of a shaded band parts rows."""
    return sorted(b.y for b in region.bars if b.covers(region.box.x0, region.box.x1) > FULL_SHARE)
