"""Which type a table is: baseline, individual patients, outcome, subgroup, adverse events, exposure, flow.

Comes in: a table. Goes out: its type. The types are collected from the folder tables/, one module each holding one
TABLE_TYPE, so that a new type touches one file. paper.yaml may overrule (observations.py looks there first).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from auditable import tables
from auditable.model import AuditableError, Table
from auditable.row_kinds import RowKinds, row_kinds


@dataclass(frozen=True, slots=True)
class TableType:
    """One table type. score: how sure the module is that a table is of its type, 0 (not) to 100 (certain), by the
    table and the kinds of its rows.

    numbers_are: the statistic of a bare number that no label settles ("value" of one patient, "n" of a flow of
    records, "" not known); takes_labels: whether labels may settle the statistic at all: in a table of single patients
    they may not. variable: the variable of every row, such as each event of a table of adverse events, "" if rows name
    their own. columns_measure: columns name the variable. statistics: the only ones its cells hold, empty for any.
    """

    name: str
    score: Callable[[Table, RowKinds], int]
    numbers_are: str = ""
    takes_labels: bool = True
    variable: str = ""
    columns_measure: bool = False
    statistics: tuple[str, ...] = ()


def _least(table: Table, kinds: RowKinds) -> int:
    del table, kinds
    return 1


UNKNOWN = TableType("unknown", _least)
"""What a table is when no module knows it."""


@cache
def collect_types() -> tuple[TableType, ...]:
    """Every type in the folder tables/, by name; "unknown" last. Raises AuditableError where two share a name."""
    found = [importlib.import_module(f"{tables.__name__}.{m.name}") for m in pkgutil.iter_modules(tables.__path__)]
    types = (*sorted((m.TABLE_TYPE for m in found), key=lambda t: t.name), UNKNOWN)
    names = [t.name for t in types]
    if "" in names or len(set(names)) < len(names):
        raise AuditableError(
            "table types need a name of their own", where="src/auditable/tables/", found=", ".join(names)
        )
    return types


def recognise_type(table: Table) -> TableType:
    """The type that is surest of the table; the first by name when two are equally sure."""
    kinds = row_kinds(table)
    return max(collect_types(), key=lambda t: t.score(table, kinds))


def type_named(name: str) -> TableType | None:
    """The type of that name, None when there is none."""
    return next((t for t in collect_types() if t.name == name), None)


def words_of(table: Table) -> str:
    """Caption, boxhead and labels of a table in small letters, for recognising its type."""
    heads = " ".join(label for level in table.boxhead for label in level)
    rows = " ".join(" ".join(r.path) for r in table.rows)
    return f"{table.label} {table.caption} {heads} {rows}".casefold()


def count_words(text: str, words: tuple[str, ...]) -> int:
    """How many of the words stand in the text."""
    return sum(1 for w in words if w in text)
