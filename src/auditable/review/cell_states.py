"""What is known of each cell of a table: does it agree with gold, did the second reader see the same, is it legible.

Comes in: the frames of a study. Goes out: one CellState per cell. Colours and signs are left to the template.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from auditable.findings_output import pick_told
from auditable.reconcile import SAME_VALUE
from auditable.sameness import label_key
from auditable.store import StudyFrames
from auditable.summary import LOW_OCR_CONFIDENCE

CellKey = tuple[str, int, int]
"""table_id, row and col, both counted from 0."""

STATE_WORDS = {
    "agrees": "agrees with gold",
    "differs": "differs from gold",
    "unread": "in gold, not read by us",
    "extra": "not in gold",
    "plain": "no gold record for this table",
    "second": "second reader differs",
    "ocr": "hard to read (low OCR confidence)",
    "finding": "a check accuses this number",
}


@dataclass(frozen=True)
class CellState:
    """What is known of one cell. gold: agrees, differs, unread, extra, plain, or "" for a cell without a number."""

    gold: str = ""
    second_differs: bool = False
    is_low_ocr: bool = False
    has_finding: bool = False

    @property
    def signs(self) -> tuple[str, ...]:
        """Every state that holds, most important first."""
        further = {"second": self.second_differs, "ocr": self.is_low_ocr, "finding": self.has_finding}
        return tuple(s for s in (self.gold,) if s) + tuple(name for name, holds in further.items() if holds)

    @property
    def words(self) -> str:
        """The states in words."""
        return "; ".join(STATE_WORDS[s] for s in self.signs)


def cell_states(frames: StudyFrames) -> dict[CellKey, CellState]:
    """The state of every cell of every table of the study."""
    observations = frames.observations[frames.observations["source"] == "table"]
    place_of = {
        str(r["observation_id"]): (str(r["table_id"]), int(r["row"]), int(r["col"]))
        for r in observations.to_dict("records")
    }
    gold = _gold_states(frames, set(place_of.values()), place_of)
    accused = {
        place_of[i]
        for r in pick_told(frames.findings).to_dict("records")
        if r["verdict"] != "not testable"
        for i in str(r["observation_ids"]).split()
        if i in place_of
    }
    states = {}
    for r in frames.cells.to_dict("records"):
        key = (str(r["table_id"]), int(r["row"]), int(r["col"]))
        states[key] = CellState(
            gold.get(key, ""),
            r["agreement"] == "differs",
            bool(r["text"]) and r["ocr_confidence"] < LOW_OCR_CONFIDENCE,
            key in accused,
        )
    return states


def cells_by_place(cells: pd.DataFrame) -> dict[tuple[str, str, str], CellKey]:
    """The first cell at each (table, stub path, spanner path), compared as reconciliation compares them."""
    found: dict[tuple[str, str, str], CellKey] = {}
    for r in cells.to_dict("records"):
        place = (str(r["table_id"]), label_key(str(r["stub_path"])), label_key(str(r["spanner_path"])))
        found.setdefault(place, (str(r["table_id"]), int(r["row"]), int(r["col"])))
    return found


def _gold_states(frames: StudyFrames, read: set[CellKey], place_of: dict[str, CellKey]) -> dict[CellKey, str]:
    kinds: dict[CellKey, set[str]] = defaultdict(set)
    by_place = cells_by_place(frames.cells)
    for r in frames.matches.to_dict("records"):
        key = place_of.get(str(r["observation_id"]))
        if key is None:
            place = (str(r["table_id"]), label_key(str(r["stub_path"])), label_key(str(r["spanner_path"])))
            key = by_place.get(place)
        if key is not None:
            kinds[key].add(str(r["kind"]))
    tables_with_gold = set(frames.matches["table_id"]) | {key[0] for key in kinds}
    states = {key: "extra" if key[0] in tables_with_gold else "plain" for key in read}
    for key, found in kinds.items():
        states[key] = "differs" if found - {*SAME_VALUE, "missing"} else "unread" if "missing" in found else "agrees"
    return states
