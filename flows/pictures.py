"""A picture of the table that a study's first open item stands in, as Prefect shows it without any other server.

Comes in: a study's items, curated/ and the folder of its PDF. Goes out: one image artifact whose address holds the
picture itself (a data: address), so that the page needs no file of another machine. Drawing is left to overlay.py.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from prefect.artifacts import create_image_artifact

from auditable.model import AuditableError
from auditable.overlay import draw_overlay
from auditable.papers import load_paper
from auditable.publish import RUN_FILE, read_tables
from auditable.telling.details import Detail
from auditable.telling.page import ORDER

MAX_BYTES = 400_000
"""Of one picture: it is kept in Prefect's database with every change of the study."""


def show_table(study_id: str, items: pd.DataFrame, details: Mapping[str, Detail], curated: Path, raw: Path) -> None:
    """Nothing; the picture is stored with Prefect, where it can be drawn and is not too large.

    For it there must be an open item in a table, and the PDF that the table was read from.
    """
    from flows.artifacts import study_key

    ids = [str(i) for state in ORDER for i in items[items["state"] == state]["item_id"]]
    wanted = next((details[i].table_id for i in ids if i in details and details[i].table_id.startswith("T")), "")
    table = next((t for t in read_tables(curated, study_id).tables if t.table_id == wanted), None)
    pdf_path = _find_pdf(study_id, curated, raw) if table else None
    if not (table and pdf_path):
        return
    picture = draw_overlay(pdf_path, table)[0]
    if len(picture) <= MAX_BYTES:
        address = "data:image/png;base64," + base64.b64encode(picture).decode()
        create_image_artifact(image_url=address, key=study_key(study_id) + "-table", description=wanted)


def _find_pdf(study_id: str, curated: Path, raw: Path) -> Path | None:
    """The PDF that the study was curated from; None where it is broken, gone, or another one by now."""
    try:
        paper = load_paper(raw / study_id)
    except (AuditableError, OSError):
        return None
    inputs = json.loads((curated / RUN_FILE).read_text("utf-8"))["inputs"]
    return paper.pdf_path if inputs.get(study_id, {}).get("paper.pdf") == paper.sha256 else None
