"""Tables of a Reading → text for people and programs: JSON (schemas/tables.schema.json), CSV, Markdown, HTML.

Comes in: a Reading. Goes out: one string. Nothing is judged here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from auditable.model import PATH_SEPARATOR, Box, Piece, Reading, Table, TableRow
from auditable.spreadsheet import guard_text
from auditable.tables_html import html_tables
from auditable.unseen import tell_unseen

FORMATS = ("json", "csv", "md", "html")
MARKDOWN_SIGNS = re.compile(r"([\\`*_|<>\[\]~])")
_BACKSLASH = r"\\\1"


def format_tables(reading: Reading, form: str) -> str:
    """All tables of the reading in one of FORMATS; raises KeyError for another."""
    writers: dict[str, Callable[[Reading], str]] = {"json": _json, "csv": _csv, "md": _markdown, "html": _html}
    return writers[form](reading)


def table_record(table: Table) -> dict[str, Any]:
    """One table as plain data, in the shape of schemas/tables.schema.json."""
    return {
        "table_id": table.table_id,
        "label": table.label,
        "caption": table.caption,
        "pieces": [_piece_record(piece) for piece in table.pieces],
        "stub_columns": table.stub_columns,
        "boxhead": [list(level) for level in table.boxhead],
        "boxhead_marks": [[list(marks) for marks in level] for level in table.boxhead_marks],
        "rows": [_row_record(row) for row in table.rows],
        "notes": [
            {"mark": n.mark, "text": n.text, "page": n.page, "boxes": [_bbox(b) for b in n.boxes]} for n in table.notes
        ],
        "left_over": [{"text": o.text, "page": o.page, "bbox": _bbox(o.box)} for o in table.left_over],
        "reader": table.reader,
    }


def _piece_record(piece: Piece) -> dict[str, Any]:
    return {
        "page": piece.page,
        "bbox": _bbox(piece.box),
        "turn_degrees": piece.turn_degrees,
        "boxhead_boxes": [[_bbox_or_none(box) for box in level] for level in piece.boxhead_boxes],
        "caption_bbox": _bbox_or_none(piece.caption_box),
    }


def _row_record(row: TableRow) -> dict[str, Any]:
    return {
        "path": list(row.path),
        "cells": [c.text for c in row.cells],
        "page": row.page,
        "kind": row.kind,
        "label_marks": list(row.label_marks),
        "bbox": _bbox(row.box),
        "label_bbox": _bbox_or_none(row.label_box),
        "cell_marks": [list(c.marks) for c in row.cells],
        "cell_boxes": [_bbox_or_none(c.box) for c in row.cells],
        "agreement": [c.agreement for c in row.cells],
        "second_texts": [c.second_text for c in row.cells],
        "decided_by": [c.decided_by for c in row.cells],
        "is_second": [c.is_second for c in row.cells],
        "confidence": [c.confidence for c in row.cells],
        "layer_texts": [c.layer_text for c in row.cells],
    }


def _bbox(box: Box) -> list[float]:
    return [float(f"{v:.2f}") for v in box.as_tuple()]


def _bbox_or_none(box: Box | None) -> list[float] | None:
    return _bbox(box) if box is not None else None


def _json(reading: Reading) -> str:
    record = {
        "tables": [table_record(t) for t in reading.tables],
        "problems": list(reading.problems),
        "repairs": [asdict(repair) for repair in reading.repairs],
    }
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _csv(reading: Reading) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table_id", "label", "page", "row", "col", "kind", "stub_path", "spanner_path", "text", "marks"])
    for table in reading.tables:
        for r, row in enumerate(table.rows):
            for c, cell in enumerate(row.cells):
                texts = (
                    PATH_SEPARATOR.join(row.path), PATH_SEPARATOR.join(table.column_path(c)), cell.text,
                    " ".join(cell.marks),
                )  # fmt: skip
                writer.writerow(
                    [table.table_id, guard_text(table.label), row.page, r, c, row.kind, *map(guard_text, texts)]
                )
    return out.getvalue()


def _markdown(reading: Reading) -> str:
    return "\n".join(_markdown_table(t) for t in reading.tables)


def _markdown_table(table: Table) -> str:
    heads = [
        _md_text(" / ".join(table.column_path(c)), table.column_marks(c) if table.boxhead else ())
        for c in range(table.n_columns)
    ]
    lines = [f"**{_md_text(table.label)}** {_md_text(table.caption)}".rstrip(), ""]
    lines.append(_md_row([_md_text(table.stub_head), *heads]))
    lines.append("|" + " --- |" * (table.n_columns + 1))
    for row in table.rows:
        own = row.path[-table.stub_columns :]
        label = "\u2003" * max(0, len(row.path) - len(own)) + _md_text(" / ".join(own), row.label_marks)
        lines.append(_md_row([label, *(_md_text(c.text, c.marks) for c in row.cells)]))
    notes = (_md_text("", (n.mark,) if n.mark else ()) + _md_text(n.text) + "  " for n in table.notes)
    lines.extend(["", *notes, ""])
    return "\n".join(lines)


def _md_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _md_text(text: str, marks: Sequence[str] = ()) -> str:
    """The text with every sign escaped that Markdown would read as its own, the marks raised behind it.

    Signs one cannot see are told by their numbers: the text goes to a terminal.
    """
    raised = f"<sup>{MARKDOWN_SIGNS.sub(_BACKSLASH, tell_unseen(' '.join(marks)))}</sup>" if marks else ""
    return MARKDOWN_SIGNS.sub(_BACKSLASH, tell_unseen(text)) + raised


def _html(reading: Reading) -> str:
    return html_tables(reading.tables)
