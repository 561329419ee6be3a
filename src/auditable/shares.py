"""Columns whose percentages add up to 100 along each row: categories of the heading over them, not groups of patients.

Comes in: the placed cells of a table. Goes out: per column the heading and the label under it ("Stage > II"),
for columns that part every row; for their total and its p values the heading alone. The rows then part the
patients: naming.py says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from auditable.cells import PlacedCell
from auditable.label_roles import TOTAL, role_of
from auditable.values import parse_cell

FEWEST_ROWS, FEWEST_PARTS = 2, 2
WHOLE = Decimal(100)


def shared_columns(placed: Sequence[PlacedCell]) -> dict[int, tuple[str, ...]]:
    """The labels (heading, category) over each column of a family that adds up to 100; of its total the heading
    alone."""
    families: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for p in placed:
        if len(p.boxhead) > 1 and p.belongs_to is None:
            families[p.boxhead[:-1]][p.col] = p.boxhead[-1]
    out: dict[int, tuple[str, ...]] = {}
    for outer, inner in families.items():
        totals = {c for c, label in inner.items() if role_of(label).kind == TOTAL}
        parts = [c for c in inner if c not in totals]
        if len(parts) >= FEWEST_PARTS and _add_up(parts, placed):
            out |= {c: (outer[-1], inner[c]) for c in parts} | dict.fromkeys(totals, (outer[-1],))
    return out | {p.col: out[p.belongs_to][:1] for p in placed if p.belongs_to in out}


def _add_up(columns: Sequence[int], placed: Sequence[PlacedCell]) -> bool:
    """Whether the percentages of the columns make 100 in each row that fills them, within their last digits."""
    rows: dict[int, list[tuple[Decimal, int]]] = defaultdict(list)
    for p in placed:
        share = _share(p.cell.text) if p.col in columns else None
        if share is not None:
            rows[p.row_index].append(share)
    full = [shares for shares in rows.values() if len(shares) == len(columns)]
    return len(full) >= FEWEST_ROWS and all(map(_is_whole, full))


def _is_whole(shares: Sequence[tuple[Decimal, int]]) -> bool:
    last_digits = sum((Decimal(1).scaleb(-decimals) for _, decimals in shares), Decimal(0))
    return 2 * abs(sum((s for s, _ in shares), Decimal(0)) - WHOLE) <= last_digits


def _share(text: str) -> tuple[Decimal, int] | None:
    """The percentage of "674 (61.6)", with its decimals."""
    readings = parse_cell(text)
    if not readings or readings[0].form != "first (second)":
        return None
    amount = readings[0].amounts[1]
    return (amount.number, amount.decimals) if amount.number is not None else None
