"""One study, from PDF to verdicts, in one go and without a cache.

Comes in: a Paper (papers.py). Goes out: its Reading, then the frames of the study. The same stages with their results
kept are left to study_work.py, several papers at once to flows/, files to store.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.checking import Checked, check_study
from auditable.comparing import Compared, compare_study, load_gold
from auditable.model import Paper, Reading
from auditable.observing import Seen, observe_study
from auditable.reading import read_isolated
from auditable.settings import Settings
from auditable.store import StudyFrames


@dataclass(frozen=True)
class StudyResult:
    """All that is known of one study: what was read and what it was made into."""

    paper: Paper
    reading: Reading
    frames: StudyFrames


def read_study(paper: Paper, settings: Settings) -> Reading:
    """What stands in the study's paper."""
    return read_isolated(paper.pdf_path, paper.study_id, settings)


def curate_study(paper: Paper, reading: Reading) -> StudyResult:
    """The study's frames: observations of tables and text, findings of the checks, matches with the gold record."""
    # The gold record comes first: a broken one must be told at once, not after the arithmetic.
    gold = load_gold(paper.gold_path)
    seen = observe_study(reading, paper)
    checked = check_study(reading, seen.observations)
    compared = compare_study(paper.study_id, seen.observations, gold)
    return StudyResult(paper, reading, join_stages(seen, checked, compared))


def join_stages(seen: Seen, checked: Checked, compared: Compared) -> StudyFrames:
    """All frames of a study, from the stages that made them."""
    return StudyFrames(**vars(seen), **vars(checked), **vars(compared))


def check_pdf(pdf_path: Path, settings: Settings) -> pd.DataFrame:
    """The findings of any PDF, without corpus and gold record."""
    paper = Paper(study_id=pdf_path.stem, folder=pdf_path.parent, pdf_path=pdf_path, sha256="", citation="")
    return curate_study(paper, read_study(paper, settings)).frames.findings
