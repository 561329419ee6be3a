"""Tables read once → the same tables read twice: each body cell with what the second reader saw in its place.

Comes in: a PDF and the tables read from it. Goes out: the tables with agreement and second_text filled in, each cell
that differs decided, and what the second reader could not read. How two texts are compared is left to agreement.py, the
choice between two to arbitration.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from auditable.agreement import compare_tables, regions_to_ask_again, regions_to_read_twice
from auditable.arbitration import decide_cells
from auditable.model import Table
from auditable.readers.picture_reader import read_pictures
from auditable.readers.second_regions import SecondReading
from auditable.second_columns import find_parted_columns

if TYPE_CHECKING:
    from auditable.readers.camelot_reader import SecondReader


def read_twice(pdf_path: Path, tables: Sequence[Table]) -> tuple[tuple[Table, ...], list[str]]:
    """The tables read a second time, and one sentence for each piece that the second reader could not read and for each
    column of which it makes two.

    Raises AuditableError when the PDF cannot be opened.
    """
    if not tables:
        return (), []
    from auditable.readers.camelot_reader import SecondReader  # over a second to load

    reader = SecondReader(pdf_path)
    twice, unread, parted = [], [], []
    for table in tables:
        compared, lost, columns = _read_table(reader, table)
        twice.append(compared)
        unread += lost
        parted += columns
    decided = decide_cells(twice, lambda places: [p.text for p in read_pictures(pdf_path, places)])
    return decided, [*unread, *parted]


def _read_table(reader: SecondReader, table: Table) -> tuple[Table, list[str], list[str]]:
    """The table compared with its second reading; which pieces could not be read; which columns are parted."""
    wanted = regions_to_read_twice([table])
    readings = reader.read(wanted)
    unread = [
        f"Page {region.page}: the second reader could not read the table there: {reading.problem}"
        for region, reading in zip(wanted, readings, strict=True)
        if reading.problem
    ]
    compared = compare_tables([table], readings)
    again = regions_to_ask_again(compared)
    answers = iter(reader.read([region for region in again if region is not None]))
    second = [SecondReading(()) if region is None else next(answers) for region in again]
    (judged,) = compare_tables(compared, second, judged=("not found",))
    return judged, unread, find_parted_columns([table], readings)
