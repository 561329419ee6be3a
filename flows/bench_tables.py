"""The finders of tables that the bench compares: a PDF → its tables in one form, so that one scorer judges all.

Comes in: a contender's name and a PDF. Goes out: tables as `auditable tables` prints them (schemas/tables.schema.json).
The others give grids of texts: their first row counts as boxhead, their first column as stub. Each runs with its own
defaults on all pages. `python -m flows.bench_tables NAME PDF` prints the tables of one file. Seconds are taken in
bench_speed.py, scores in bench_score.py.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

OURS = "auditable tables"
CONTENDERS = (OURS, "camelot stream", "camelot hybrid", "pdfplumber")
"""Ours: both readings, as JSON."""
Grid = Sequence[Sequence[str | None]]
Tables = list[dict[str, Any]]


def find_tables_with(name: str) -> Callable[[Path], Tables]:
    """The function of a contender, its imports done: a PDF → its tables."""
    if name == OURS:
        return _ours()
    grids = _plumber() if name == "pdfplumber" else _camelot(name.split()[1])
    return lambda pdf: [table_of_grid(page, grid) for page, grid in grids(pdf)]


def table_of_grid(page: int, grid: Grid) -> dict[str, Any]:
    """A grid of texts as a table: the first row its boxhead, the first column its stub."""
    rows = [[text or "" for text in row] for row in grid]
    body = [{"path": [row[0]], "cells": row[1:], "page": page} for row in rows[1:] if row]
    return {"label": "", "boxhead": rows[:1], "rows": body}


def _ours() -> Callable[[Path], Tables]:
    from auditable.engine import read_paper
    from auditable.tables_output import format_tables

    return lambda pdf: json.loads(format_tables(read_paper(pdf, pdf.stem, tables_only=True), "json"))["tables"]


def _plumber() -> Callable[[Path], Iterator[tuple[int, Grid]]]:
    import pdfplumber

    def find(pdf: Path) -> Iterator[tuple[int, Grid]]:
        with pdfplumber.open(pdf) as document:
            for page in document.pages:
                yield from ((page.page_number, grid) for grid in page.extract_tables())

    return find


def _camelot(flavor: str) -> Callable[[Path], Iterator[tuple[int, Grid]]]:
    from camelot.io import read_pdf

    def find(pdf: Path) -> Iterator[tuple[int, Grid]]:
        for table in read_pdf(str(pdf), pages="all", flavor=flavor, suppress_stdout=True):
            yield table.page or 0, table.data

    return find


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    print(json.dumps({"tables": find_tables_with(sys.argv[1])(Path(sys.argv[2]))}))
