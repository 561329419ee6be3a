"""Items → what is said of them beside their message: rule, how grave, arithmetic and place.

Comes in: curated/ and the studies wanted. Goes out: one Detail per item. Words of a page are left to page.py.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditable.findings_output import pick_told, say_verdict
from auditable.review.cards import GOLD_RULE, severity_of
from auditable.store import read_all_studies, read_corpus_file


@dataclass(frozen=True)
class Detail:
    """What a finding or discrepancy says beside its message.

    rule: id of a check, or GOLD_RULE; kind: the verdict of a check, or the class of a discrepancy. page: 0 where the
    item stands nowhere on a page.
    """

    rule: str
    kind: str
    severity: str
    arithmetic: str
    table_id: str
    stub_path: str
    spanner_path: str
    page: int

    @property
    def place(self) -> str:
        """Where it stands, in words: "page 3, T1, row Sex > Female, column Drug A"."""
        parts = (
            f"page {self.page}" if self.page else "",
            self.table_id,
            f"row {self.stub_path}" if self.stub_path else "",
            f"column {self.spanner_path}" if self.spanner_path else "",
        )
        return ", ".join(part for part in parts if part)


def read_details(curated_dir: Path, study_ids: Collection[str]) -> dict[str, Detail]:
    """The details of all items of these studies, by item_id."""
    if not study_ids:
        return {}
    across = read_corpus_file(curated_dir, "findings_across")
    found = [read_all_studies(curated_dir, "findings", study_ids), across[across["study_id"].isin(study_ids)]]
    findings = pick_told(pd.concat([part for part in found if not part.empty] or found[:1]))
    discrepancies = read_all_studies(curated_dir, "discrepancies", study_ids)
    details = {str(r["finding_id"]): _of_finding(r) for r in findings.to_dict("records")}
    return details | {str(r["discrepancy_id"]): _of_discrepancy(r) for r in discrepancies.to_dict("records")}


def _of_finding(row: Mapping[Any, Any]) -> Detail:
    kind = say_verdict(row["verdict"])
    return Detail(str(row["rule"]), kind, str(row["severity"]), str(row["arithmetic"]), *_place(row))


def _of_discrepancy(row: Mapping[Any, Any]) -> Detail:
    kind = str(row["kind"])
    return Detail(GOLD_RULE, kind, severity_of(kind), "", *_place(row))


def _place(row: Mapping[Any, Any]) -> tuple[str, str, str, int]:
    return str(row["table_id"]), str(row["stub_path"]), str(row["spanner_path"]), int(row["page"])
