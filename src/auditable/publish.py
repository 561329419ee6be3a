"""curated/<study>/ of all studies → the files of the corpus: observations, evidence, run record, report.

Comes in: what write_study left for every study, this run's or an earlier one's. Goes out: the corpus files, the report,
and a Publication that says what they hold. A broken study is in them with its last good state.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from auditable import __version__
from auditable.blocks import About, Study, read_studies
from auditable.checks import compare_studies
from auditable.desk import decide, keep_items
from auditable.evidence import build_evidence
from auditable.fingerprint import combine, library_versions
from auditable.frames_of_studies import read_frames
from auditable.history import keep_history
from auditable.locks import CORPUS_LOCK, lock
from auditable.model import AuditableError, Paper, Reading, Table
from auditable.outcomes import StudyFailure, explain_failure
from auditable.papers import hash_file, load_paper
from auditable.passages import read_passages
from auditable.publication import Publication
from auditable.published import REPORT
from auditable.references import read_references
from auditable.review.report import ReportInput, StudyReport, write_report
from auditable.serial import load_reading
from auditable.settings import TEXTS, Settings
from auditable.store import (
    TABLES_FILE,
    StudyFrames,
    find_study,
    join_findings,
    list_studies,
    write_corpus,
    write_corpus_file,
)
from auditable.tally import StudyTally, tally_study
from schemas.frames import Discrepancies, Observations, empty_frame

RUN_FILE = "run.json"
SHORT_HASH = 12
"""Characters of the hash of a run's inputs in history.csv."""


def read_tables(curated_dir: Path, study_id: str) -> Reading:
    """The reading that a study's tables.json holds: pages, tables and problems, without sentences."""
    path = find_study(curated_dir, study_id) / TABLES_FILE
    return load_reading(json.dumps({**json.loads(path.read_text("utf-8")), "sentences": []}))


def find_tables(curated_dir: Path, study_id: str, table_id: str = "") -> tuple[Table, ...]:
    """The tables of a curated study, or the one named; raises AuditableError, with the ids there are, for another."""
    return pick_tables(read_tables(curated_dir, study_id).tables, study_id, table_id)


def pick_tables(tables: Sequence[Table], where: str, table_id: str = "") -> tuple[Table, ...]:
    """All tables, or the one named; raises AuditableError, with the ids there are, for another.

    where: the study or file whose tables they are.
    """
    found = tuple(t for t in tables if table_id.upper() in ("", t.table_id.upper()))
    if not found:
        raise AuditableError(
            "There is no such table.",
            where=where,
            expected=f"one of {', '.join(t.table_id for t in tables) or 'none'}",
            found=table_id,
        )
    return found


def republish(raw_dir: Path, curated_dir: Path, settings: Settings) -> Publication:
    """The corpus files and the report, made again from curated_dir; a study whose input is broken by now is told in the
    report. Raises AuditableError while a run publishes and does not end.
    """
    papers, failures = load_papers(raw_dir, list_studies(curated_dir))
    with lock(curated_dir / CORPUS_LOCK, "what lies beside the studies"):
        return publish(curated_dir, papers, failures, settings)


def load_papers(raw_dir: Path, study_ids: Sequence[str]) -> tuple[list[Paper], list[StudyFailure]]:
    """The papers of these studies, and a failure for each that is broken."""
    papers, failures = [], []
    for study_id in study_ids:
        try:
            papers.append(load_paper(raw_dir / study_id))
        except AuditableError as error:
            failures.append(explain_failure(study_id, error))
    return papers, failures


def publish(
    curated_dir: Path, papers: Sequence[Paper], failures: Sequence[StudyFailure], settings: Settings
) -> Publication:
    """What was published of every study that has a good state in curated_dir.

    papers: the studies of this run that did not fail. A study that this run left out or that failed keeps its entry in
    run.json.
    """
    tables = {study_id: read_tables(curated_dir, study_id) for study_id in list_studies(curated_dir)}
    inputs = _inputs(curated_dir, papers, tables)
    frames = _with_comparisons(curated_dir, read_frames(curated_dir, list(tables)), inputs)
    decided = decide(curated_dir, frames.values())
    tallies = tuple(tally_study(tables[s], frames[s], decided) for s in tables)
    has_news = keep_items(curated_dir, decided)
    made_of = (__version__, combine([json.dumps(inputs, sort_keys=True)])[:SHORT_HASH])
    history, problems = keep_history(curated_dir, decided, [t.figures for t in tallies], made_of, has_news)
    decided = replace(decided, problems=(*decided.problems, *problems))
    observations = _join_observations(frames)
    evidence = build_evidence(observations)
    write_corpus(curated_dir, observations, evidence, _run_record(inputs, tallies, settings))
    report_path = curated_dir / REPORT
    reports = _study_reports(tables, frames, papers, failures)
    write_report(report_path, ReportInput(tuple(reports), decided, history, evidence))
    found = [f.discrepancies for f in frames.values() if not f.discrepancies.empty]
    discrepancies = pd.concat(found) if found else empty_frame(Discrepancies)
    return Publication(tallies, discrepancies, decided, report_path)


def _join_observations(frames: Mapping[str, StudyFrames]) -> pd.DataFrame:
    observations = [f.observations for f in frames.values() if not f.observations.empty]
    return pd.concat(observations, ignore_index=True) if observations else empty_frame(Observations)


def _study_reports(
    tables: Mapping[str, Reading],
    frames: Mapping[str, StudyFrames],
    papers: Sequence[Paper],
    failures: Sequence[StudyFailure],
) -> list[StudyReport]:
    known = {p.study_id: p for p in papers}
    broken = {f.study_id: f.message for f in failures}
    reports = []
    for study_id in sorted({*tables, *broken}):
        reading, paper = tables.get(study_id), known.get(study_id)
        reports.append(
            StudyReport(
                study_id=study_id,
                paper=paper,
                tables=reading.tables if reading else (),
                pages=reading.pages if reading else (),
                problems=reading.problems if reading else (),
                frames=frames.get(study_id),
                pdf_path=paper.pdf_path if paper else None,
                error=broken.get(study_id),
            )
        )
    return reports


def _with_comparisons(
    curated_dir: Path, frames: Mapping[str, StudyFrames], inputs: Mapping[str, Any]
) -> dict[str, StudyFrames]:
    """The frames with the findings on what a study says of another, which are written beside them.

    They are made anew of what curated/ holds, so that one study computed again is compared with all.
    """
    across = compare_studies([_study(study_id, found, inputs) for study_id, found in frames.items()])
    write_corpus_file(curated_dir, "findings_across", across)
    return {s: replace(f, findings=join_findings(f.findings, across, s)) for s, f in frames.items()}


def _study(study_id: str, frames: StudyFrames, inputs: Mapping[str, Any]) -> Study:
    text = {study_id: read_passages(frames.passages)}
    known = {str(k): str(v) for k, v in inputs.get(study_id, {}).items()}
    about = About(known.get("title", ""), known.get("citation", ""), known.get("doi", ""))
    return replace(
        read_studies(frames.observations, text)[0], about=about, references=read_references(frames.references)
    )


def _run_record(inputs: Mapping[str, Any], tallies: Sequence[StudyTally], settings: Settings) -> dict[str, Any]:
    """Inputs' hashes, versions, settings and counts; no date, so that equal runs give equal bytes."""
    return {
        "auditable": __version__,
        "libraries": library_versions(),
        "settings": {name: value for name, value in asdict(settings).items() if name not in TEXTS},
        "inputs": inputs,
        "counts": {s.figures.study_id: s.as_record() for s in tallies},
    }


def _inputs(curated_dir: Path, papers: Sequence[Paper], studies: Collection[str]) -> dict[str, Any]:
    """What each curated study was made of; a study that this run left out keeps its entry."""
    inputs = {study: entry for study, entry in read_inputs(curated_dir).items() if study in studies}
    return inputs | {p.study_id: _input_record(p) for p in papers if p.study_id in studies}


def read_inputs(curated_dir: Path) -> dict[str, Any]:
    """What each study of curated_dir was made of, as run.json has it: checksums by name; empty without a run."""
    path = curated_dir / RUN_FILE
    return json.loads(path.read_text("utf-8")).get("inputs", {}) if path.is_file() else {}


def _input_record(paper: Paper) -> dict[str, str]:
    record = {"paper.pdf": paper.sha256, "paper.yaml": hash_file(paper.folder / "paper.yaml")}
    record |= {"title": paper.title, "citation": paper.citation, "doi": paper.doi}
    return record | ({"gold.csv": hash_file(paper.gold_path)} if paper.gold_path else {})
