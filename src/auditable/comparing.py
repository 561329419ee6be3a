"""The stage that compares: observations of one study → what became of each line of its gold record.

Comes in: observations, and where the gold record lies, if there is one. Goes out: Compared. The rules are left to
reconcile.py, the record's file to gold_record.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.gold_record import read_gold
from auditable.reconcile import reconcile
from schemas.frames import Gold, empty_frame


@dataclass(frozen=True)
class Compared:
    """Frames of the models Matches and Discrepancies."""

    matches: pd.DataFrame
    discrepancies: pd.DataFrame


def load_gold(path: Path | None) -> pd.DataFrame:
    """The gold record (Gold), without rows where there is none; raises AuditableError for a broken one."""
    return read_gold(path) if path else empty_frame(Gold)


def compare_study(study_id: str, observations: pd.DataFrame, gold: pd.DataFrame) -> Compared:
    """The matches of a study with its gold record, and the discrepancies."""
    compared = reconcile(study_id, observations, gold)
    return Compared(compared.matches, compared.discrepancies)
