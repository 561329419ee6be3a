"""What a curator can decide on, and how it differs from the run before.

Comes in: findings and discrepancies, and the items of the last run. Goes out: frames of items. What was decided is
left to decisions.py, the files to store.py.
"""

from __future__ import annotations

import pandas as pd

from auditable.findings_output import pick_told
from auditable.gold_record import one_line
from schemas.desk_frames import Items
from schemas.frames import empty_frame

ITEM_COLUMNS = ("item_id", "study_id", "value_now", "message")


def list_items(findings: pd.DataFrame, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """One row per discrepancy, accusing finding and question, with ITEM_COLUMNS; value_now: its values."""
    rows = [
        {
            "item_id": r["discrepancy_id"],
            "study_id": r["study_id"],
            "value_now": one_line(f"{r['gold_said'] or 'nothing'} | {r['read_said'] or 'nothing'}"),
            "message": r["message"],
        }
        for r in discrepancies.to_dict("records")
    ] + [
        {
            "item_id": r["finding_id"],
            "study_id": r["study_id"],
            "value_now": one_line(f"{r['printed']} | {r['expected']}"),
            "message": r["message"],
        }
        for r in pick_told(findings).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS)).astype(str)


def compare_items(items: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """The items as a frame of the model Items, with those of the last run that are gone.

    items: of list_items, of all studies. last: what compare_items gave to the run before (Items; no rows for none).
    Where items and values are the same as then, it is given back: what changed stays told until the next change.
    """
    before = last[last["change"] != "gone"]
    if _values(items) == _values(before):
        return last
    known = _values(before)
    rows = [
        _row(str(r["item_id"]), str(r["study_id"]), str(r["value_now"]), known.get(str(r["item_id"])))
        for r in items.to_dict("records")
    ]
    gone = before[~before["item_id"].isin(items["item_id"])]
    rows += [
        dict(zip(Items.to_schema().columns, (r["item_id"], r["study_id"], "", "gone", r["value_now"]), strict=True))
        for r in gone.to_dict("records")
    ]
    frame = pd.DataFrame(rows) if rows else empty_frame(Items)
    return Items.validate(frame.sort_values("item_id", kind="stable").reset_index(drop=True), lazy=True)


def _values(items: pd.DataFrame) -> dict[str, str]:
    return dict(zip(items["item_id"], items["value_now"], strict=True))


def _row(item_id: str, study_id: str, value: str, before: str | None) -> dict[str, str]:
    change = "new" if before is None else "unchanged" if before == value else "changed"
    return {
        "item_id": item_id,
        "study_id": study_id,
        "value_now": value,
        "change": change,
        "value_before": before or "",
    }
