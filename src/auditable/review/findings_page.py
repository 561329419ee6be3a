"""The findings of the corpus as a page for readers, docs/findings.md, each with the verdict of who looked at the page.

Comes in: curated/, and docs/verdicts.csv, which people keep. Goes out: Markdown. Written anew by
`python -m auditable.review.findings_page docs/findings.md docs/verdicts.csv curated`; a finding nobody looked at yet
is told as such, and a test fails while there is one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from pandera.errors import SchemaErrors

from auditable.findings_output import pick_told, say_verdict
from auditable.model import AuditableError
from auditable.store import list_studies, read_findings
from schemas.desk_frames import Verdicts
from schemas.frames import empty_frame

HEAD = """# What was found in the studies

Written by `python -m auditable.review.findings_page docs/findings.md docs/verdicts.csv curated`; the verdicts stand in
docs/verdicts.csv and are given by a person who looked at the printed page:

- **real**: the page says so, and its numbers cannot all be right;
- **our reading**: the page is right, we misread it;
- **debatable**: a reader may take it either way.

A finding says what does not fit, not who is wrong. *Question* means that only a reader can decide.
"""
NOBODY = "not looked at yet"


def told(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that a reader is told: what accuses or asks, in the order of the article."""
    return pick_told(findings).sort_values(["page", "top_pt", "finding_id"], kind="stable")


def told_in_corpus(curated_dir: Path) -> pd.DataFrame:
    """The findings of all studies that a reader is told, those on what a study says of another too."""
    return pd.concat([told(read_findings(curated_dir, study)) for study in list_studies(curated_dir)])


def read_verdicts(path: Path) -> pd.DataFrame:
    """The verdicts, one row per finding; an absent file gives none.

    Raises AuditableError for a file of another shape or an unknown verdict.
    """
    if not path.is_file():
        return empty_frame(Verdicts)
    try:
        return Verdicts.validate(pd.read_csv(path, dtype=str, keep_default_na=False), lazy=True)
    except (ValueError, SchemaErrors) as error:  # pandas' parser errors are ValueErrors
        raise AuditableError(
            "the verdicts cannot be read",
            where=str(path),
            expected="finding_id, verdict (real, our reading, debatable), why; one row per finding",
            found=" ".join(str(error).split())[:300],
        ) from error


def without_verdict(findings: pd.DataFrame, verdicts: pd.DataFrame) -> list[str]:
    """The ids of findings that nobody looked at."""
    return sorted(set(findings["finding_id"]) - set(verdicts["finding_id"]))


def findings_as_markdown(findings: pd.DataFrame, verdicts: pd.DataFrame) -> str:
    """The page: one section per study, one paragraph per finding."""
    joined = findings.merge(
        verdicts.rename(columns={"verdict": "looked"}), on="finding_id", how="left", validate="m:1"
    ).fillna({"looked": NOBODY, "why": ""})
    counts = joined["looked"].value_counts()
    summed = ", ".join(f"{n} {name}" for name, n in sorted(counts.items()))
    parts = [HEAD, f"Findings: {len(joined)} ({summed}).\n" if len(joined) else "No findings.\n"]
    for study, own in joined.groupby("study_id", sort=True):
        parts.append(f"## {study}\n")
        parts += [_paragraph(row) for row in own.to_dict("records")]
    return "\n".join(parts)


def _paragraph(row: dict) -> str:
    what = say_verdict(row["verdict"])
    place = " · ".join(str(row[key]) for key in ("table_id", "stub_path", "spanner_path") if row[key]) or "text"
    lines = [
        f"**Page {row['page']}, {_plain(place)}** · {what} · {row['severity']} · {row['rule']} · `{row['finding_id']}`",
        _plain(row["message"]),
        f"Arithmetic: {_plain(row['arithmetic'])}" if row["arithmetic"] else "",
        f"Verdict: **{row['looked']}**" + (f": {_plain(row['why'])}" if row["why"] else ""),
    ]
    return "  \n".join(line for line in lines if line) + "\n"


def _plain(text: object) -> str:
    """The text with the signs of Markdown made harmless."""
    out = " ".join(str(text).split())
    for sign in ("\\", "*", "_", "`", "<", ">", "[", "]", "|"):
        out = out.replace(sign, f"\\{sign}")
    return out


if __name__ == "__main__":
    page, verdicts_path, curated = (Path(argument) for argument in sys.argv[1:4])
    page.write_text(findings_as_markdown(told_in_corpus(curated), read_verdicts(verdicts_path)), encoding="utf-8")
