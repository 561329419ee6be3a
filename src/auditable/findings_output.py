"""Which findings a reader is told, and all of them as data for other programs: JSON and CSV.

Comes in: a frame of the Findings model. Goes out: rows of it, or text. How a terminal shows them is left to
terminal.py.
"""

from __future__ import annotations

import json
import math

import pandas as pd

from auditable.spreadsheet import guarded_csv
from schemas.frames import BOX_COLUMNS

AGREE = {"yes": True, "no": False, "read once": None}


def pick_told(findings: pd.DataFrame) -> pd.DataFrame:
    """What accuses or asks: findings above a note that are not consistent, in the order given."""
    return findings[(findings["severity"] != "note") & (findings["verdict"] != "consistent")]


def say_verdict(verdict: object) -> str:
    """What a told finding is called: what is not testable asks a question."""
    return "question" if verdict == "not testable" else str(verdict)


def format_findings(findings: pd.DataFrame, form: str) -> str:
    """All findings, consistent ones too, as "json" (a list of objects) or "csv" (the frame's own columns,
    guarded for spreadsheets).
    """
    if form == "csv":
        return guarded_csv(findings)
    rows = [_object(row) for row in findings.to_dict("records")]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _object(row: dict) -> dict[str, object]:
    """One finding: box is [x0, top, x1, bottom] in points; readers_agree is null where one reader alone saw it."""
    box = [float(row[side]) for side in BOX_COLUMNS]
    return {
        "id": row["finding_id"],
        "study_id": row["study_id"],
        "rule": row["rule"],
        "verdict": row["verdict"],
        "severity": row["severity"],
        "message": row["message"],
        "arithmetic": row["arithmetic"],
        "printed": row["printed"],
        "expected": row["expected"],
        "page": int(row["page"]),
        "box": None if any(math.isnan(side) for side in box) else box,
        "table_id": row["table_id"],
        "stub_path": row["stub_path"],
        "spanner_path": row["spanner_path"],
        "observations": str(row["observation_ids"]).split(),
        "readers_agree": AGREE[row["readers_agree"]],
    }
