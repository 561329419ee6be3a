"""One study, from PDF to verdicts: the stages in their order, a validated frame at every border.

Comes in: a Paper (papers.py). Goes out: its Reading, then the frames of the study; StudyFailure names what broke and
where. Order, caching and several papers at once are left to flows/, files to store.py.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from auditable.accounting import account, reject_left_over
from auditable.checks import run_checks
from auditable.gold_record import read_gold
from auditable.model import AuditableError, Paper, Reading
from auditable.observations import observe
from auditable.passages import list_passages
from auditable.prose import find_mentions
from auditable.reading import read_isolated
from auditable.reconcile import reconcile
from auditable.references import list_references
from auditable.settings import Settings
from auditable.store import StudyFrames
from auditable.unknown_labels import list_unknown_labels
from auditable.unread_parts import reject_unread_parts
from schemas.cited_frames import Passages, References
from schemas.frames import (
    Cells,
    Coverage,
    Discrepancies,
    Findings,
    Gold,
    Matches,
    Observations,
    Rejected,
    UnknownLabels,
    empty_frame,
)

MODELS = {
    "cells": Cells, "observations": Observations, "findings": Findings, "matches": Matches,
    "discrepancies": Discrepancies, "rejected": Rejected, "coverage": Coverage, "unknown_labels": UnknownLabels,
    "references": References, "passages": Passages,
}  # fmt: skip
"""The model of each frame of a study, by its name in StudyFrames."""


@dataclass(frozen=True)
class StudyResult:
    """All that is known of one study: what was read and what it was made into."""

    paper: Paper
    reading: Reading
    frames: StudyFrames


@dataclass(frozen=True)
class StudyFailure:
    """A study that could not be curated, and why, in one message; is_fault: the program broke, not the input."""

    study_id: str
    message: str
    is_fault: bool = False


def read_study(paper: Paper, settings: Settings) -> Reading:
    """What stands in the study's paper."""
    return read_isolated(paper.pdf_path, paper.study_id, settings)


def curate_study(paper: Paper, reading: Reading) -> StudyResult:
    """The study's frames: observations of tables and text, findings of the checks, matches with the gold record."""
    # The gold record comes first: a broken one must be told at once, not after the arithmetic.
    gold = read_gold(paper.gold_path) if paper.gold_path else empty_frame(Gold)
    observed = observe(reading, paper)
    mentions, left_out = find_mentions(reading, tables=observed.observations)
    observations = _join(Observations, observed.observations, mentions)
    parts = reject_unread_parts(reading, observations, observed.rejected)
    rejected = _join(Rejected, observed.rejected, parts, left_out, reject_left_over(reading))
    findings = Findings.validate(run_checks(observations, {paper.study_id: reading.sentences}), lazy=True)
    compared = reconcile(paper.study_id, observations, gold)
    frames = StudyFrames(
        cells=Cells.validate(observed.cells, lazy=True),
        observations=observations,
        findings=findings,
        matches=compared.matches,
        discrepancies=compared.discrepancies,
        rejected=rejected,
        coverage=account(reading, observations, rejected),
        unknown_labels=list_unknown_labels(observations),
        references=list_references(reading),
        passages=list_passages(reading),
    )
    return StudyResult(paper, reading, frames)


def check_pdf(pdf_path: Path, settings: Settings) -> pd.DataFrame:
    """The findings of any PDF, without corpus and gold record."""
    paper = Paper(study_id=pdf_path.stem, folder=pdf_path.parent, pdf_path=pdf_path, sha256="", citation="")
    return curate_study(paper, read_study(paper, settings)).frames.findings


def explain_failure(study_id: str, error: BaseException) -> StudyFailure:
    """The failure in words for a curator: a broken input speaks for itself, anything else is a fault of ours."""
    if isinstance(error, AuditableError):
        return StudyFailure(study_id, str(error))
    cause = f"{type(error).__name__}: {error}".strip()
    message = (
        f"{study_id}: the program itself broke ({cause}). The input need not be wrong. Report it together with the "
        "PDF, and run `auditable run` again after the repair; curated/ keeps the last good state."
    )
    return StudyFailure(study_id, message, is_fault=True)


def dump_frames(frames: StudyFrames) -> str:
    """The frames as one line of JSON; equal frames give equal text."""
    plain = {f.name: _plain(getattr(frames, f.name)) for f in fields(StudyFrames)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def load_frames(text: str) -> StudyFrames:
    """The frames that dump_frames wrote, validated again."""
    plain = json.loads(text)
    return StudyFrames(**{name: _frame(plain[name], model) for name, model in MODELS.items()})


def _join(model: type[Observations] | type[Rejected], *frames: pd.DataFrame) -> pd.DataFrame:
    parts = [part for part in frames if not part.empty]
    if not parts:
        return empty_frame(model)
    return model.validate(pd.concat(parts, ignore_index=True), lazy=True)


def _plain(frame: pd.DataFrame) -> dict[str, list]:
    rows = frame.astype(object).where(frame.notna(), None)
    return {"columns": list(frame.columns), "rows": rows.to_numpy().tolist()}


def _frame(plain: dict[str, list], model: type) -> pd.DataFrame:
    if not plain["rows"]:
        return empty_frame(model)
    frame = pd.DataFrame(plain["rows"], columns=plain["columns"])
    for name, column in model.to_schema().columns.items():
        if str(column.dtype).startswith("float"):
            frame[name] = pd.to_numeric(frame[name])
    return model.validate(frame, lazy=True)
