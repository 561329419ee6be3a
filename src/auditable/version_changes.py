"""Two readings of one study, of its old PDF and its new one → which printed values are others now.

Comes in: the observations of both. Goes out: one row per number that changed, went or came, in the order of the pages.
Both readings are drafted as a person keys them and compared as two keyers are (gold_compare.py): a place is its table,
row, column and statistic, so that a table that moved to another page is no change.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from auditable.curate import curate_study
from auditable.curate import read_study as read_study_pdf
from auditable.gold_compare import ONLY_A, ONLY_B, compare_gold
from auditable.gold_draft import draft_gold
from auditable.model import Paper
from auditable.papers import hash_file
from auditable.publish import read_inputs
from auditable.settings import Settings
from auditable.store import list_studies, read_study, write_text
from schemas.frames import frame_of
from schemas.intake_frames import ValueChanges

CHANGES = {"value": "changed", "statistic": "changed", "unit": "changed", ONLY_A: "gone", ONLY_B: "added"}
"""Kind of a difference between two keyed files → what became of the value; the other kinds leave it as it was."""


def read_old(curated_dir: Path, study_id: str, old_pdf: Path, settings: Settings) -> pd.DataFrame:
    """What was read of the old PDF: what curated/ holds, or the old file, read now where that is not of this file.

    Call it before the new PDF is curated. Raises AuditableError when neither can be read.
    """
    curated_sha256 = read_inputs(curated_dir).get(study_id, {}).get("paper.pdf")
    if study_id in list_studies(curated_dir) and curated_sha256 == hash_file(old_pdf):
        return read_study(curated_dir, study_id).observations
    paper = Paper(study_id=study_id, folder=old_pdf.parent, pdf_path=old_pdf, sha256="", citation="")
    return curate_study(paper, read_study_pdf(paper, settings)).frames.observations


def compare_versions(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """A ValueChanges frame: what the new PDF prints otherwise than the old one, changed values first."""
    found = compare_gold(draft_gold(old), draft_gold(new)).differences
    rows = [_row(r) for r in found.to_dict("records") if r["kind"] in CHANGES]
    order = list(dict.fromkeys(CHANGES.values()))
    return frame_of(sorted(rows, key=lambda r: order.index(str(r["change"]))), ValueChanges)


def write_changes(folder: Path, changes: pd.DataFrame, old_name: str, new_name: str) -> Path:
    """Where the changes are kept in the study's folder of curated/. old_name, new_name: of the two files."""
    path = folder / f"changes-{old_name}-{new_name}.csv"
    write_text(path, changes.to_csv(index=False, lineterminator="\n"))
    return path


def _row(difference: dict) -> dict[str, object]:
    place = {name: difference[name] for name in ("table_id", "stub_path", "spanner_path")}
    values = {
        f"{name}_{which}": difference[f"{letter}_{name}"]
        for letter, which in (("a", "before"), ("b", "now"))
        for name in ("statistic", "value", "unit")
    }
    return {"change": CHANGES[difference["kind"]], **place, **values}
