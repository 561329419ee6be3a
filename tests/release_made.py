"""A small published corpus to release: two studies, with a verdict on every item of those named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditable.decisions_file import Decision, lines_of, record, stamp
from auditable.desk import DECISIONS_FILE, desk_of
from auditable.publish import load_papers, publish
from auditable.settings import Settings
from auditable.store import list_studies
from tests.desk_made import make_corpus

STUDIES = {"adams2001": 2, "baker2002": 1}
WHEN = "2026-01-02T03:04:05+00:00"


def make_published(folder: Path, decided: Sequence[str] = tuple(STUDIES), hostile: str = "") -> Path:
    """curated/ as a run leaves it; all items of the studies in decided have a verdict."""
    raw, curated = make_corpus(folder, STUDIES, hostile)
    publish_again(raw, curated)
    for study_id in decided:
        decide_all(curated, study_id)
    return curated


def publish_again(raw: Path, curated: Path) -> None:
    papers, failures = load_papers(raw, list_studies(curated))
    publish(curated, papers, failures, Settings())


def decide_all(curated: Path, study_id: str, verdict: str = "explained") -> None:
    desk = desk_of(curated)
    lines = lines_of(desk.lines)
    for row in desk.items[desk.items["study_id"] == study_id].to_dict("records"):
        item_id, value = str(row["item_id"]), str(row["value_now"])
        seen = stamp(lines.get(item_id, ()))
        record(curated / DECISIONS_FILE, Decision(item_id, verdict, "", "ann", WHEN, value), seen)
