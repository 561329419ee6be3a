"""Tables drawn in a few lines for tests, and what is observed in them."""

from pathlib import Path

from auditable.model import Box, Note, PageSize, Paper, Piece, Reading, Table, TableCell, TableRow
from auditable.observations import Observed, observe

BOX = Box(10, 10, 20, 20)


def draw_table(
    heads: list[list[str]],
    rows: list[tuple[str, list[str]]],
    caption: str = "",
    notes: tuple[Note, ...] = (),
    cell_marks: dict[tuple[int, int], tuple[str, ...]] | None = None,
) -> Table:
    """A table. heads: with the stub; a row's label: its path joined with " > ", a sub-header with "=" before it."""
    drawn: list[TableRow] = []
    for r, (label, cells) in enumerate(rows):
        marks = {c: m for (row, c), m in (cell_marks or {}).items() if row == r}
        kind = "subheader" if label.startswith("=") else "data" if any(cells) else "group"
        path = tuple(label.lstrip("=").split(" > ")) if label.lstrip("=") else ()
        boxed = tuple(TableCell(text, marks.get(c, ()), BOX if text else None) for c, text in enumerate(cells))
        drawn.append(TableRow(path, boxed, 1, BOX, kind))
    boxhead = tuple(tuple(h) for h in heads)
    no_marks = tuple(tuple(() for _ in h) for h in heads)
    return Table("T1", "Table 1", caption, (Piece(1, BOX),), 1, boxhead, no_marks, tuple(drawn), notes)


def observe_tables(*tables: Table, table_types: dict[str, str] | None = None) -> Observed:
    """What is observed in the tables of an invented paper."""
    reading = Reading("made2020", (PageSize(1, 600, 800, False),), tables, ())
    return observe(reading, Paper("made2020", Path("x"), Path("x.pdf"), "", "", table_types=table_types or {}))


def spell(observed: Observed) -> list[tuple[str, str]]:
    """Each observation as ("statistic value unit", place that told), in printed order."""
    return [
        (f"{o['statistic']} {o['comparator']}{o['value']} {o['unit']}".strip(), str(o["statistic_from"]))
        for o in observed.observations.to_dict("records")
    ]
