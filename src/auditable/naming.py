"""Which variable and category a cell speaks of: from its row, its column, and what its table's type says of rows.

Comes in: a placed cell, the type of its table and the codebook. Goes out: names of the codebook, "" where it knows
none; the category as the codebook names it, else as printed.
"""

from __future__ import annotations

from auditable.cells import PlacedCell
from auditable.codebook import Codebook
from auditable.group_sizes import size_in
from auditable.table_types import TableType
from auditable.wording import read_wordings, strip_wording

TOTALS = ("n_patients",)
"""Variables that stay themselves in every type of table: a row of totals is no adverse event."""


def name_variable(kind: TableType, placed: PlacedCell, part: str, codebook: Codebook) -> tuple[str, str]:
    """Variable and category of a cell. part: the label of this half, where a pair names its halves.

    In a table whose type gives the variable (adverse events) the row is its category. Where columns are measures ("ORR
    (%)" over rows of subgroups) the column names the variable and the subgroup is the category.
    """
    variable, category = codebook.name_row(placed.row.path)
    if kind.variable and variable not in TOTALS:
        last = placed.row.path[-1] if placed.row.path else ""
        return kind.variable, strip_wording(last) or last
    measured = _variable_of_column(placed, codebook)
    if kind.name == "individual":
        return (variable, category) if variable or not measured else (measured, "")
    if measured and (part or not variable or kind.columns_measure or _is_measure(placed)):
        return measured, part or (placed.row.path[-1] if placed.row.path else "")
    return variable, category


def _is_measure(placed: PlacedCell) -> bool:
    """Whether the column is headed by a quantity ("ORR (%)", "Median OS, months") and not by a group of patients."""
    label = placed.boxhead[-1] if placed.boxhead else ""
    return any(w.centre not in ("n", "p") for w in read_wordings(label)) and not size_in(label)


def _variable_of_column(placed: PlacedCell, codebook: Codebook) -> str:
    """The variable that a label over the column names; labels of arms carry no wording and name none."""
    for label in reversed(placed.spanner):
        if [w.centre for w in read_wordings(label)] == ["p"]:
            continue
        variable = codebook.name_label(label)
        if variable and variable not in TOTALS:
            return variable
    return ""
