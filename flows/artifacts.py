"""What a run shows in Prefect's pages: its verdict table and summary, a page of each study, the report's address.

Comes in: what was published, and the failures. Goes out: artifacts of the flow run, under keys that stay the same from
run to run, so that Prefect keeps the history of each. A study's page is written only when its items, or what was
found of it, changed. The words are those of the terminal and of telling/page.py; what articles print is escaped.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from uuid import UUID

import pandas as pd
from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey

from auditable.fingerprint import combine
from auditable.outcomes import StudyFailure
from auditable.papers import hash_file
from auditable.publication import Publication
from auditable.store import read_corpus_file
from auditable.summary import change_line
from auditable.tally import HEADINGS, verdict_rows
from auditable.telling.markdown import escape
from flows.progress import Step, listen

MAX_PAGES = 200
"""Pages of studies that one run writes; the studies left over get theirs with the next runs."""
KEYS_AT_ONCE = 200
LAST_STEPS = ("done", "failed")
UPDATE_EVERY_S = 1.0


def publish_artifacts(
    publication: Publication, failures: Sequence[StudyFailure], curated: Path, raw: Path | None = None
) -> None:
    """Nothing; the run's table, summary, link and the pages of studies that changed are stored with Prefect."""
    rows = verdict_rows(publication.tallies)
    create_table_artifact(key="verdict-table", table=[dict(zip(HEADINGS, row, strict=True)) for row in rows])
    create_markdown_artifact(key="run-summary", markdown=_summary(publication, failures, rows))
    address = publication.report_path.resolve().as_uri()
    create_link_artifact(key="report", link=address, link_text="The report, on the machine that ran the flow")
    _write_pages(publication, curated, raw, address)


def study_key(study_id: str) -> str:
    """The key of a study's page: small letters, digits and dashes alone, one of its own for every study_id."""
    slug = re.sub(r"[^a-z0-9]+", "-", study_id.lower()).strip("-")
    return f"study-{slug}" if slug == study_id else f"study-{slug}-{combine([study_id])[:8]}"


@contextmanager
def show_progress(n_studies: int) -> Iterator[None]:
    """A context in which a progress artifact of the flow run follows the studies that are done or failed."""
    about = f"Studies: {n_studies}"
    made = cast("UUID", create_progress_artifact(progress=0.0, key="run-progress", description=about))
    ended: set[str] = set()
    last = time.monotonic()

    def hear(step: Step) -> None:
        nonlocal last
        if step.step in LAST_STEPS:
            ended.add(step.study_id)
            if time.monotonic() - last >= UPDATE_EVERY_S:
                last = time.monotonic()
                update_progress_artifact(made, progress=100.0 * len(ended) / max(n_studies, len(ended)))

    with listen(hear):
        yield
    update_progress_artifact(made, progress=100.0)


def _summary(publication: Publication, failures: Sequence[StudyFailure], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + " --- |" * len(HEADINGS)]
    lines += ["| " + " | ".join(map(escape, row)) + " |" for row in rows]
    lines += ["", f"Items: {change_line(publication.decided)}. Open: {publication.open_items}."]
    lines += ["", f"Report: `{publication.report_path}`"]
    lines += ["", *(f"- **Problem:** {escape(p)}" for p in publication.decided.problems)]
    lines += ["", *(f"- **Not curated:** {escape(f.message)}" for f in failures)]
    return "\n".join(lines)


def _write_pages(publication: Publication, curated: Path, raw: Path | None, address: str) -> None:
    items = publication.decided.items
    by_study = {t.figures.study_id: items[items["study_id"] == t.figures.study_id] for t in publication.tallies}
    changed = _changed_pages(by_study, curated, address)
    if not changed:
        return
    # All that draws and knows the rules: a run that tells nothing does not wait for it.
    from auditable.telling.details import read_details
    from auditable.telling.page import make_page
    from flows.pictures import show_table

    details = read_details(curated, changed)
    for study_id, stamp in changed.items():
        page = make_page(study_id, by_study[study_id], details, address)
        create_markdown_artifact(key=study_key(study_id), markdown=page, description=stamp)
        if raw:
            show_table(study_id, by_study[study_id], details, curated, raw)


def _changed_pages(by_study: Mapping[str, pd.DataFrame], curated: Path, address: str) -> dict[str, str]:
    """The studies whose page rests on something else than the one Prefect has, with the stamp of what it rests on."""
    across = read_corpus_file(curated, "findings_across")
    stamps = {
        study_id: _stamp(items, [address, *_found(curated, study_id, across)]) for study_id, items in by_study.items()
    }
    keys = {study_key(study_id): study_id for study_id in stamps}
    there: dict[str, str] = {}
    with get_client(sync_client=True) as client:
        names = list(keys)
        for start in range(0, len(names), KEYS_AT_ONCE):
            wanted = ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(any_=names[start : start + KEYS_AT_ONCE]))
            found = client.read_latest_artifacts(artifact_filter=wanted)
            there |= {keys[a.key]: a.description or "" for a in found if a.key}
    changed = [study_id for study_id in stamps if stamps[study_id] != there.get(study_id)]
    return {study_id: stamps[study_id] for study_id in changed[:MAX_PAGES]}


def _found(curated: Path, study_id: str, across: pd.DataFrame) -> list[str]:
    """What places, arithmetic and rules of the study's items are read from (telling/details.py), in short."""
    files = [hash_file(curated / study_id / f"{name}.csv") for name in ("findings", "discrepancies")]
    return [*files, across[across["study_id"] == study_id].to_csv(index=False)]


def _stamp(items: pd.DataFrame, rests_on: Sequence[str]) -> str:
    """What a page rests on, in short: another one for other items, values, states or verdicts."""
    columns = ["item_id", "state", "value_now", "message", "verdict", "note", "who"]
    said = items[columns].sort_values("item_id").to_csv(index=False)
    n_open = int((items["state"] != "closed").sum())
    return f"{n_open} open of {len(items)} items · {combine([said, *rests_on])[:16]}"
