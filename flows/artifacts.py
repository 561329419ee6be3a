"""The summary of a run as Prefect artifacts: a table to search and a page to read.

Comes in: what was published, and the failures. Goes out: two artifacts of the flow run. The words are those of the
terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from auditable.curate import StudyFailure
from auditable.publish import Publication
from auditable.summary import change_line
from auditable.tally import HEADINGS, verdict_rows


def publish_artifacts(publication: Publication, failures: Sequence[StudyFailure]) -> None:
    """Nothing; the run's table and markdown are stored with Prefect."""
    rows = verdict_rows(publication.tallies)
    create_table_artifact(key="verdict-table", table=[dict(zip(HEADINGS, row, strict=True)) for row in rows])
    lines = ["| " + " | ".join(HEADINGS) + " |", "|" + " --- |" * len(HEADINGS)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    lines += ["", f"Items: {change_line(publication.decided)}. Open: {publication.open_items}."]
    lines += ["", f"Report: `{publication.report_path}`"]
    lines += ["", *(f"- **Problem:** {p}" for p in publication.decided.problems)]
    lines += ["", *(f"- **Not curated:** {f.message}" for f in failures)]
    create_markdown_artifact(key="run-summary", markdown="\n".join(lines))
