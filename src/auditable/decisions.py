"""The curator's verdicts on findings and discrepancies, carried from run to run.

Comes in: decisions.csv, written by people, and the items of this run. Goes out: the state of each item. A run only
reads the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.findings_output import pick_told
from auditable.model import AuditableError
from schemas.frames import DECISIONS, Decisions, empty_frame

STATES = ("open", "decided", "returned")
ITEM_COLUMNS = ("item_id", "study_id", "value_now")


@dataclass(frozen=True)
class Decided:
    """Items with their state, and the ids of decisions that no item of this run answers to.

    items: one row per item_id with study_id, value_now, state (open, decided, or returned: decided, but the values
    changed since), verdict and note.
    """

    items: pd.DataFrame
    unknown_ids: tuple[str, ...]


def read_decisions(path: Path) -> pd.DataFrame:
    """The verdicts, one row per item; an absent file gives none.

    Raises AuditableError for a file that is not a CSV of these columns, an unknown verdict, an item decided twice.
    """
    if not path.exists():
        return empty_frame(Decisions)
    columns = list(Decisions.to_schema().columns)
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:  # pandas' parser errors and wrong encodings are ValueErrors
        raise AuditableError(
            "the decisions cannot be read",
            where=str(path),
            expected="a CSV file in UTF-8 with the columns " + ", ".join(columns),
            found=str(error),
            remedy="Correct the file, or move it away to start without decisions.",
        ) from error
    if sorted(frame.columns) != sorted(columns):
        raise AuditableError(
            "the decisions have other columns",
            where=f"{path}, line 1",
            expected=", ".join(columns),
            found=", ".join(map(str, frame.columns)),
            remedy="Correct the first line of the file.",
        )
    for place, verdict in enumerate(frame["verdict"]):
        if verdict not in DECISIONS:
            raise AuditableError(
                "unknown verdict",
                where=f"{path}, row {place + 1} after the header ({frame['item_id'].iloc[place]})",
                expected="one of " + ", ".join(DECISIONS),
                found=verdict or "nothing",
                remedy="Correct the verdict, or delete the line to open the item again.",
            )
    twice = sorted(set(frame.loc[frame["item_id"].duplicated(), "item_id"]))
    if twice:
        raise AuditableError(
            "an item is decided twice",
            where=str(path),
            expected="one line per item",
            found=", ".join(twice),
            remedy="Keep the line that holds.",
        )
    return Decisions.validate(frame[columns], lazy=True)


def list_items(findings: pd.DataFrame, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """What a curator can decide on: one row per discrepancy, accusing finding and question; value_now: its values."""
    rows = [
        {
            "item_id": r["discrepancy_id"],
            "study_id": r["study_id"],
            "value_now": f"{r['gold_said'] or 'nothing'} | {r['read_said'] or 'nothing'}",
        }
        for r in discrepancies.to_dict("records")
    ] + [
        {"item_id": r["finding_id"], "study_id": r["study_id"], "value_now": f"{r['printed']} | {r['expected']}"}
        for r in pick_told(findings).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS)).astype(str)


def apply_decisions(items: pd.DataFrame, decisions: pd.DataFrame) -> Decided:
    """The items of list_items with the state that the decisions give them."""
    joined = items.merge(decisions, on="item_id", how="left", validate="m:1").fillna("")
    is_decided = joined["verdict"] != ""
    is_same = joined["value_then"] == joined["value_now"]
    joined["state"] = "open"
    joined.loc[is_decided, "state"] = "returned"
    joined.loc[is_decided & is_same, "state"] = "decided"
    unknown = sorted(set(decisions["item_id"]) - set(items["item_id"]))
    return Decided(joined[[*ITEM_COLUMNS, "state", "verdict", "note"]], tuple(unknown))
