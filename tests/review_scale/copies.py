"""A large corpus made of a small one: the studies of curated/ again and again under other names, with more items each.

Comes in: curated/ and raw/. Goes out: what the report is made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from auditable.decisions import DecisionsRead
from auditable.desk import decide_on
from auditable.evidence import build_evidence
from auditable.findings_output import pick_told
from auditable.model import AuditableError
from auditable.papers import load_paper
from auditable.publish import read_tables
from auditable.review.report import ReportInput
from auditable.review.study_view import StudyReport
from auditable.store import StudyFrames, list_studies, read_study
from schemas.desk_frames import History, Items
from schemas.frames import empty_frame


def copy_corpus(raw_dir: Path, curated_dir: Path, n_studies: int, n_items: int) -> ReportInput:
    """n_studies studies with n_items items in all, about as many in each; n_items 0: as many as there are."""
    known = [_read(raw_dir, curated_dir, s) for s in list_studies(curated_dir)]
    if not known:
        raise AuditableError("there is nothing to copy", where=str(curated_dir), remedy="Run `make run` first.")
    share = n_items // n_studies
    return _report_input([_copy(known[k % len(known)], k, share) for k in range(n_studies)])


def _report_input(studies: Sequence[StudyReport]) -> ReportInput:
    """The input of a report on these studies, without decisions and earlier runs."""
    frames = [s.frames for s in studies if s.frames is not None]
    evidence = build_evidence(pd.concat([f.observations for f in frames], ignore_index=True))
    return ReportInput(
        tuple(studies), decide_on(frames, empty_frame(Items), DecisionsRead()), empty_frame(History), evidence
    )


def _read(raw_dir: Path, curated_dir: Path, study_id: str) -> StudyReport:
    paper, reading = load_paper(raw_dir / study_id), read_tables(curated_dir, study_id)
    frames = read_study(curated_dir, study_id)
    return StudyReport(study_id, paper, reading.tables, reading.pages, (), frames, paper.pdf_path)


def _copy(study: StudyReport, number: int, n_items: int) -> StudyReport:
    """The study under another name, its findings repeated under other ids until it has n_items items."""
    assert study.frames is not None
    name = f"study{number:03d}"
    frames = {field: _renamed(frame, name) for field, frame in vars(study.frames).items()}
    told = pick_told(frames["findings"])
    missing = max(0, n_items - len(frames["discrepancies"]) - len(told))
    rounds = [told.assign(finding_id=told["finding_id"] + f"-again{k}") for k in range(missing // len(told) + 1)]
    more = pd.concat(rounds, ignore_index=True).head(missing)
    frames["findings"] = pd.concat([frames["findings"], more], ignore_index=True)
    return replace(study, study_id=name, frames=StudyFrames(**frames))


def _renamed(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """The frame of another study, each id with the study's name in it, so that none is there twice."""
    new = frame.assign(study_id=name) if "study_id" in frame else frame.copy()
    for column in ("finding_id", "discrepancy_id", "observation_id"):
        if column in new:
            new[column] = [f"{i}-{name}" if i else "" for i in new[column]]
    if "observation_ids" in new:
        new["observation_ids"] = [" ".join(f"{i}-{name}" for i in ids.split()) for ids in new["observation_ids"]]
    return new
