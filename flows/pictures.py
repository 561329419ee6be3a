"""A picture of the table that a study's first open item stands in, as Prefect shows it without any other server.

Comes in: a study's items, curated/ and the folder of its PDF. Goes out: one image artifact whose address holds the
picture itself (a data: address), so that the page needs no file of another machine. Drawing is left to overlay.py.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from prefect.artifacts import create_image_artifact

from auditable.overlay import draw_overlay
from auditable.papers import load_paper
from auditable.publish import read_tables
from auditable.telling.details import Detail
from auditable.telling.page import ORDER

MAX_BYTES = 400_000
"""Of one picture: it is kept in Prefect's database with every change of the study."""


def show_table(study_id: str, items: pd.DataFrame, details: Mapping[str, Detail], curated: Path, raw: Path) -> None:
    """Nothing; the picture is stored with Prefect, where there is an open item in a table and it is not too large."""
    from flows.artifacts import study_key

    ids = [str(i) for state in ORDER for i in items[items["state"] == state]["item_id"]]
    wanted = next((details[i].table_id for i in ids if i in details and details[i].table_id.startswith("T")), "")
    table = next((t for t in read_tables(curated, study_id).tables if t.table_id == wanted), None)
    if not table:
        return
    picture = draw_overlay(load_paper(raw / study_id).pdf_path, table)[0]
    if len(picture) <= MAX_BYTES:
        address = "data:image/png;base64," + base64.b64encode(picture).decode()
        create_image_artifact(image_url=address, key=study_key(study_id) + "-table", description=wanted)
