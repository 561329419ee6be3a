"""What a release publishes of a study, and the hash of it: that is what a curator signs.

Comes in: curated/. Goes out: one StudyContent per study: its files, its part of the files of the corpus, what is open.
Signatures are left to release_sign.py, building to release.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditable.decisions import Decided
from auditable.desk import desk_of
from auditable.model import DECISIONS_FILE, AuditableError
from auditable.papers import hash_file
from auditable.publish import RUN_FILE
from auditable.review.cards import tier_of
from auditable.store import FILES, TABLES_FILE, list_studies, read_corpus_file
from auditable.telling.details import Detail, read_details

PACKAGE_FILE = "datapackage.json"
GRAVE_TIER = "disagrees"


@dataclass(frozen=True)
class Open:
    """One item without a verdict that holds. is_grave: numbers contradict each other, or two people do."""

    item_id: str
    state: str
    message: str
    value_now: str
    detail: Detail
    is_grave: bool

    def as_record(self) -> dict[str, object]:
        """The item as the manifest lists it."""
        record: dict[str, object] = {n: getattr(self.detail, n) for n in ("rule", "kind", "severity", "place")}
        state = "open" if self.state in ("new", "unchanged") else self.state
        said = {"item_id": self.item_id, "state": state, "message": self.message, "value_now": self.value_now}
        return said | record | {"is_grave": self.is_grave}


@dataclass(frozen=True)
class StudyContent:
    """What is published of one study. files: SHA-256 by path below curated/. content: one hash over all of it."""

    study_id: str
    files: Mapping[str, str]
    content: str
    opened: tuple[Open, ...]

    @property
    def grave(self) -> tuple[Open, ...]:
        """The open items that stand in the way of a signature."""
        return tuple(item for item in self.opened if item.is_grave)

    @property
    def grave_in_words(self) -> str:
        """How many they are."""
        n = len(self.grave)
        return f"{n} grave {'item is' if n == 1 else 'items are'} open"


@dataclass(frozen=True)
class CorpusContent:
    """What can be published: studies by id, the items with their states, the findings across studies, the run."""

    studies: Mapping[str, StudyContent]
    decided: Decided
    across: pd.DataFrame
    run: Mapping[str, Any]


def read_content(curated_dir: Path) -> CorpusContent:
    """What curated_dir holds, as the last run left it.

    Raises AuditableError when a run broke off before it published, a file was changed by hand since, or a line of
    decisions.csv is no decision: it may be the one that disagrees.
    """
    names = list_studies(curated_dir)
    if not names:
        raise AuditableError(
            "there is nothing to publish", where=str(curated_dir), expected="curated studies", found="none",
            remedy="Run `auditable run` first.",
        )  # fmt: skip
    _refuse_unfinished(curated_dir)
    decided, across = desk_of(curated_dir), read_corpus_file(curated_dir, "findings_across")
    _refuse_unread(curated_dir, decided)
    details = read_details(curated_dir, names)
    run = json.loads((curated_dir / RUN_FILE).read_text("utf-8"))
    studies = {name: _study(curated_dir, name, decided, across, run, details) for name in names}
    return CorpusContent(studies, decided, across, run)


def rows_of(frame: pd.DataFrame, study_ids: Sequence[str]) -> pd.DataFrame:
    """The rows of these studies."""
    return frame[frame["study_id"].isin(study_ids)].reset_index(drop=True)


def decisions_on(decided: Decided, study_ids: Sequence[str]) -> pd.DataFrame:
    """The lines of decisions.csv on today's items of these studies, sorted."""
    lines = decided.lines[decided.lines["item_id"].isin(rows_of(decided.items, study_ids)["item_id"])]
    return lines.sort_values(list(lines.columns), kind="stable").reset_index(drop=True)


def _study(
    curated_dir: Path,
    study_id: str,
    decided: Decided,
    across: pd.DataFrame,
    run: Mapping[str, Any],
    details: Mapping[str, Detail],
) -> StudyContent:
    names = (TABLES_FILE, *(f"{name}.csv" for name in sorted(FILES)))
    paths = [f"{study_id}/{name}" for name in names if (curated_dir / study_id / name).is_file()]
    files = {path: hash_file(curated_dir / path) for path in paths}
    items = rows_of(decided.items, [study_id])
    parts = {
        "files": files,
        "across": rows_of(across, [study_id]).sort_values("finding_id").to_csv(index=False),
        "items": items[["item_id", "value_now"]].sort_values("item_id").to_csv(index=False),
        "decisions": decisions_on(decided, [study_id]).to_csv(index=False),
        "inputs": run["inputs"].get(study_id, {}),
    }
    content = hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return StudyContent(study_id, files, content, _open_items(items, details))


def _open_items(items: pd.DataFrame, details: Mapping[str, Detail]) -> tuple[Open, ...]:
    rows = items[items["state"] != "closed"].sort_values("item_id").to_dict("records")
    found = []
    for row in rows:
        detail = details[str(row["item_id"])]
        is_grave = row["state"] == "disputed" or tier_of(detail.kind, detail.severity) == GRAVE_TIER
        said = {name: str(row[name]) for name in ("item_id", "state", "message", "value_now")}
        found.append(Open(**said, detail=detail, is_grave=is_grave))
    return tuple(found)


def _refuse_unread(curated_dir: Path, decided: Decided) -> None:
    if decided.problems:
        raise AuditableError(
            "not every verdict can be read", where=str(curated_dir / DECISIONS_FILE),
            expected="one decision on each line", found=decided.problems[0],
            remedy="Mend the line (a mark of a git conflict?). Nothing is signed or published before.",
        )  # fmt: skip


def _refuse_unfinished(curated_dir: Path) -> None:
    """Every file is the one that the last run described as it ended."""
    path = curated_dir / PACKAGE_FILE
    described = json.loads(path.read_text("utf-8"))["resources"] if path.is_file() else []
    hashes = {str(r["path"]): str(r["hash"]).removeprefix("sha256:") for r in described}
    there = [
        f"{s}/{n}.csv" for s in list_studies(curated_dir) for n in FILES if (curated_dir / s / f"{n}.csv").is_file()
    ]
    for name in sorted({*there, *hashes}):
        file = curated_dir / name
        found = hash_file(file) if file.is_file() else "no file"
        if hashes.get(name) != found:
            raise AuditableError(
                "this is not what the last run left",
                where=str(file),
                expected=hashes.get(name, "no such file"),
                found=found,
                remedy="A run broke off or is at work, or the file was changed: give `auditable run` first.",
            )
