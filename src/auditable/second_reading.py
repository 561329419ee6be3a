"""Tables read once → the same tables read twice: each body cell with what the second reader saw in its place.

Comes in: a PDF and the tables read from it. Goes out: the tables with agreement and second_text filled in, each cell
that differs decided, and what the second reader could not read. How two texts are compared is left to agreement.py, the
choice between two to arbitration.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditable.agreement import compare_tables, regions_to_ask_again, regions_to_read_twice
from auditable.arbitration import decide_cells
from auditable.model import Table
from auditable.readers.camelot_reader import SecondReading, read_regions
from auditable.readers.picture_reader import read_pictures
from auditable.second_columns import find_parted_columns


def read_twice(pdf_path: Path, tables: Sequence[Table]) -> tuple[tuple[Table, ...], list[str]]:
    """The tables read a second time, and one sentence for each piece that the second reader could not read and for each
    column of which it makes two.

    Raises AuditableError when the PDF cannot be opened.
    """
    wanted = regions_to_read_twice(tables)
    readings = read_regions(pdf_path, wanted)
    problems = [
        f"Page {region.page}: the second reader could not read the table there: {reading.problem}"
        for region, reading in zip(wanted, readings, strict=True)
        if reading.problem
    ]
    problems += find_parted_columns(tables, readings)
    compared = compare_tables(tables, readings)
    again = regions_to_ask_again(compared)
    answers = iter(read_regions(pdf_path, [region for region in again if region is not None]))
    second = [SecondReading(()) if region is None else next(answers) for region in again]
    compared = compare_tables(compared, second, judged=("not found",))
    return decide_cells(compared, lambda places: [p.text for p in read_pictures(pdf_path, places)]), problems
