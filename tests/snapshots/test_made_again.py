"""curated/ follows from itself: what was read gives the same observations, these the same findings and matches again.

No PDF is read. A changed rule, number or word shows here within seconds; `make run` writes the new files, and
their diff is looked at.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from auditable.checks import run_checks
from auditable.comparing import compare_study, load_gold
from auditable.observations import observe
from auditable.papers import list_studies, load_paper
from auditable.publish import read_tables
from auditable.store import StudyFrames, read_study

ROOT = Path(__file__).parents[2]
CURATED = ROOT / "curated"
STUDIES = list_studies(ROOT / "raw")


BOX = ["x0_pt", "top_pt", "x1_pt", "bottom_pt", "ocr_confidence"]
"""Rounded in the files of a study."""
SAID = ["rule", "verdict", "severity", "message", "arithmetic", "printed", "expected"]
READS_SENTENCES = (
    "agreement.definition", "arm.control", "count.listed", "date.order", "dose.half_life", "effect.direction",
    "effect.words", "eligibility.vs_baseline", "frame.percent_range", "individual.count",
    "individual.responders", "individual.who", "p.table", "percent.joint", "reference.exists", "reference.item",
    "reference.style", "survival.pooled", "test.recompute", "unit.convert", "unit.dimension", "unit.missing",
    "unit.plausible", "words.largest", "words.scale",
)  # fmt: skip
"""Rules that read sentences without numbers, which curated/ does not keep, or name units in the order of the page."""


@cache
def kept(study_id: str) -> StudyFrames:
    return read_study(CURATED, study_id)


def rows(frame: pd.DataFrame, key: str) -> dict[str, dict[str, str]]:
    """The rows as text by their id."""
    text = frame.astype(object).where(frame.notna(), "").astype(str)
    return {row[key]: row for row in text.to_dict("records")}


def said(findings: pd.DataFrame) -> list[tuple[str, ...]]:
    """What the findings say, wherever on the page the first of their numbers stands."""
    own = findings[~findings["rule"].isin(READS_SENTENCES)]
    return sorted(own[SAID].itertuples(index=False, name=None))


@pytest.mark.parametrize("study_id", STUDIES)
def test_the_tables_give_the_same_observations(study_id: str) -> None:
    made = observe(read_tables(CURATED, study_id), load_paper(ROOT / "raw" / study_id)).observations
    before = kept(study_id).observations
    before = before[before["source"] == "table"]
    assert rows(made.drop(columns=BOX), "observation_id") == rows(before.drop(columns=BOX), "observation_id")


@pytest.mark.parametrize("study_id", STUDIES)
def test_the_observations_give_the_same_findings(study_id: str) -> None:
    assert said(run_checks(kept(study_id).observations)) == said(kept(study_id).findings)


@pytest.mark.parametrize("study_id", STUDIES)
def test_the_gold_record_gives_the_same_matches_and_discrepancies(study_id: str) -> None:
    gold = load_gold(load_paper(ROOT / "raw" / study_id).gold_path)
    made = compare_study(study_id, kept(study_id).observations, gold)
    assert rows(made.matches, "gold_line") == rows(kept(study_id).matches, "gold_line")
    assert rows(made.discrepancies, "discrepancy_id") == rows(kept(study_id).discrepancies, "discrepancy_id")
