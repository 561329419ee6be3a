"""The curator's desk: every item of the corpus, how it differs from the run before, and what was decided on it.

Comes in: curated/. Goes out: Decided, the one answer that the terminal, the report and the review page share; and the
file of items, kept for the run that comes next. The rules are left to items.py and decisions.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from auditable.decisions import Decided, DecisionsRead, apply_decisions, read_decisions
from auditable.items import ITEM_COLUMNS, compare_items, list_items
from auditable.model import DECISIONS_FILE, AuditableError
from auditable.store import (
    StudyFrames,
    join_findings,
    list_studies,
    read_corpus_file,
    read_study,
    write_corpus_file,
)
from schemas.desk_frames import Items
from schemas.frames import empty_frame

ITEMS = "items"


def desk_of(curated_dir: Path) -> Decided:
    """The items of all curated studies with their states; raises AuditableError where decisions.csv is no CSV."""
    across = read_corpus_file(curated_dir, "findings_across")
    frames = ((s, read_study(curated_dir, s)) for s in list_studies(curated_dir))
    return decide(curated_dir, (replace(f, findings=join_findings(f.findings, across, s)) for s, f in frames))


def decide(curated_dir: Path, frames: Iterable[StudyFrames]) -> Decided:
    """As desk_of, where the frames of all studies are at hand, findings across studies among them.

    An items file that no run left like that is a problem that is told; all items are new then.
    """
    read = read_decisions(curated_dir / DECISIONS_FILE)
    last, problems = _last_items(curated_dir)
    decided = decide_on(frames, last, read)
    return replace(decided, problems=(*decided.problems, *problems))


def decide_on(frames: Iterable[StudyFrames], last: pd.DataFrame, read: DecisionsRead) -> Decided:
    """The items of these frames with their states. last: the items of the run before (Items)."""
    empty = pd.DataFrame(columns=list(ITEM_COLUMNS), dtype=str)
    items = pd.concat([empty, *(list_items(f.findings, f.discrepancies) for f in frames)], ignore_index=True)
    return apply_decisions(items, compare_items(items, last), read)


def pick_items(decided: Decided, study_id: str = "", states: Sequence[str] = ()) -> pd.DataFrame:
    """The items of one study, or of all, in these states, or in any."""
    items = decided.items[decided.items["study_id"] == study_id] if study_id else decided.items
    return items[items["state"].isin(states)] if states else items


def keep_items(curated_dir: Path, decided: Decided) -> bool:
    """Whether the items differ from those of the run before: only then is the file written."""
    columns = list(Items.to_schema().columns)
    parts = [part[columns] for part in (decided.items, decided.gone) if not part.empty]
    return write_corpus_file(curated_dir, ITEMS, pd.concat(parts, ignore_index=True) if parts else empty_frame(Items))


def _last_items(curated_dir: Path) -> tuple[pd.DataFrame, tuple[str, ...]]:
    try:
        return read_corpus_file(curated_dir, ITEMS), ()
    except AuditableError as error:
        return empty_frame(Items), (f"{error} All items count as new; the file is written anew.",)
