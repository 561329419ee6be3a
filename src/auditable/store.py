"""Frames ↔ files: the only code that writes to curated/.

Comes in: the frames of one study, or of the corpus. Goes out: files with the same bytes for the same content: rows
sorted by their key, columns in the order of their model, LF, UTF-8, no dates. A study's folder is replaced as a whole
or not at all, so a run that breaks leaves the last good state; a file whose bytes did not change is not written
again (whole_files.py).

Data files keep text as it was printed, also where a cell begins with = + - or @ ("-1.2" and "–" are data). Guards
against spreadsheet formulas come with what commands print (spreadsheet.py).
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from pandera.errors import SchemaErrors
from pandera.pandas import DataFrameModel

from auditable.datapackage import describe_package, describe_resource
from auditable.frame_text import MODELS
from auditable.model import AuditableError, Reading
from auditable.whole_files import recover_folder, write_bytes, write_folder, write_text  # noqa: F401
from schemas.cited_frames import Passages, References
from schemas.desk_frames import Announced, Approvals, History, Items
from schemas.frames import BOX_COLUMNS, Coverage, Discrepancies, Findings, Observations, UnknownLabels, empty_frame

TABLES_FILE = "tables.json"
DECIMALS = {**dict.fromkeys(BOX_COLUMNS, 2), "ocr_confidence": 3}
"""Digits kept of the only numbers that are measured, not printed: points and confidences."""


@dataclass(frozen=True)
class StudyFrames:
    """All frames of one study; observations hold every source (table, prose, caption, note).

    coverage says of every printed number whether it is in observations or in rejected. references and passages: the
    list of references, and the sentences that speak of other studies.
    """

    cells: pd.DataFrame
    observations: pd.DataFrame
    findings: pd.DataFrame
    matches: pd.DataFrame
    rejected: pd.DataFrame
    discrepancies: pd.DataFrame = field(default_factory=lambda: empty_frame(Discrepancies))
    coverage: pd.DataFrame = field(default_factory=lambda: empty_frame(Coverage))
    unknown_labels: pd.DataFrame = field(default_factory=lambda: empty_frame(UnknownLabels))
    references: pd.DataFrame = field(default_factory=lambda: empty_frame(References))
    passages: pd.DataFrame = field(default_factory=lambda: empty_frame(Passages))


@dataclass(frozen=True)
class _File:
    """One CSV file of a study: its model, the columns its rows are sorted by, and its key if it has one."""

    model: type[DataFrameModel]
    order: tuple[str, ...]
    key: tuple[str, ...] = ()


_PLACE = ("source", "table_id", "page", "row", "col", "start", "observation_id")
_LABEL = ("source", "table_id", "label")
FILES: dict[str, _File] = {
    "cells": _File(MODELS["cells"], ("table_id", "row", "col"), ("table_id", "row", "col")),
    "coverage": _File(MODELS["coverage"], ("part", "outcome", "reason"), ("part", "outcome", "reason")),
    "mentions": _File(Observations, _PLACE, ("observation_id",)),
    "observations": _File(MODELS["observations"], _PLACE, ("observation_id",)),
    "findings": _File(MODELS["findings"], ("finding_id",), ("finding_id",)),
    "discrepancies": _File(MODELS["discrepancies"], ("discrepancy_id",), ("discrepancy_id",)),
    "matches": _File(MODELS["matches"], ("gold_line",), ("gold_line",)),
    "rejected": _File(MODELS["rejected"], ("source", "table_id", "page", "row", "col", "start", "raw_text", "reason")),
    "unknown_labels": _File(MODELS["unknown_labels"], _LABEL, _LABEL),
    "references": _File(MODELS["references"], ("place",), ("place",)),
    "passages": _File(MODELS["passages"], ("place",), ("place",)),
}
ADDED_LATER = ("references", "passages")
"""Files that the run of an earlier version did not leave: they are read as empty where they are not there."""
COLUMNS_ADDED_LATER = ("places",)
"""Columns that the run of an earlier version did not leave: they are read as empty where they are not there."""
CORPUS_FILES: dict[str, _File] = {
    "findings_across": _File(Findings, ("study_id", "finding_id"), ("finding_id",)),
    "items": _File(Items, ("item_id",), ("item_id",)),
    "history": _File(History, ("run",), ("run",)),
}
"""CSV files of the corpus. findings_across: on what one study says of another, since they hold for no study alone."""
ASIDE_FILES: dict[str, _File] = {
    "announced": _File(Announced, ("item_id",), ("item_id",)),
    "approvals": _File(Approvals, ("study_id", "content", "who", "when", "note")),
}
"""CSV files of the same form that lie beside those of the corpus and are no part of its description: what people were
told, and what they signed.
"""


def write_study(curated_dir: Path, study_id: str, reading: Reading, frames: StudyFrames) -> Path:
    """The folder curated/<study_id>, replaced as a whole; untouched when no byte changed."""
    return write_files(curated_dir, study_id, render_study(reading, frames))


def render_study(reading: Reading, frames: StudyFrames) -> dict[str, bytes]:
    """The files of a study by name; mentions.csv repeats the observations that stand outside tables, so that it can be
    read alone.
    """
    contents = {TABLES_FILE: _tables_bytes(reading)}
    return contents | {f"{name}.csv": _csv_bytes(frame, FILES[name]) for name, frame in _split(frames).items()}


def write_files(curated_dir: Path, study_id: str, contents: Mapping[str, bytes]) -> Path:
    """The folder curated/<study_id> with these files, replaced as a whole; untouched when no byte changed.

    Files of other names in the folder are kept.
    """
    folder = curated_dir / study_id
    write_folder(folder, contents)
    return folder


def find_study(curated_dir: Path, study_id: str) -> Path:
    """The folder that write_study left; raises AuditableError, with the studies there are, for one never curated."""
    folder = curated_dir / study_id
    recover_folder(folder)
    if not (folder / TABLES_FILE).is_file():
        raise AuditableError(
            "This study was not curated yet.",
            where=str(folder),
            expected=TABLES_FILE,
            found="nothing",
            remedy=f"Run `auditable run {study_id}`. Curated: {', '.join(list_studies(curated_dir)) or 'none'}.",
        )
    return folder


def read_study(curated_dir: Path, study_id: str) -> StudyFrames:
    """The frames that write_study left, validated; raises AuditableError when the folder or a file is not there."""
    folder = find_study(curated_dir, study_id)
    there = [n for n in StudyFrames.__dataclass_fields__ if n not in ADDED_LATER or (folder / f"{n}.csv").is_file()]
    return StudyFrames(**{name: _read_csv(folder / f"{name}.csv", FILES[name].model) for name in there})


def read_all_studies(curated_dir: Path, name: str, study_ids: Collection[str] | None = None) -> pd.DataFrame:
    """One file of every study, or of those named, as one frame, validated once: quick for hundreds of studies too.

    name: a key of FILES. Raises AuditableError when one of the files cannot be read.
    """
    studies = list_studies(curated_dir) if study_ids is None else sorted(study_ids)
    paths = [curated_dir / study / f"{name}.csv" for study in studies]
    return _read_csvs(paths, curated_dir, FILES[name].model)


def read_findings(curated_dir: Path, study_id: str) -> pd.DataFrame:
    """All findings of a study: its own, and those on what it says of other studies."""
    return join_findings(
        read_study(curated_dir, study_id).findings, read_corpus_file(curated_dir, "findings_across"), study_id
    )


def join_findings(own: pd.DataFrame, across: pd.DataFrame, study_id: str) -> pd.DataFrame:
    """The study's own findings with those of the corpus that stand in it."""
    parts = [part for part in (own, across[across["study_id"] == study_id]) if not part.empty]
    return Findings.validate(pd.concat(parts, ignore_index=True), lazy=True) if parts else own


def read_corpus_file(curated_dir: Path, name: str) -> pd.DataFrame:
    """The frame of one of CORPUS_FILES or ASIDE_FILES; without rows where no run left the file yet.

    Raises AuditableError for a file that no run left like that.
    """
    path, model = curated_dir / f"{name}.csv", (CORPUS_FILES | ASIDE_FILES)[name].model
    return _read_csv(path, model) if path.is_file() else empty_frame(model)


def write_corpus_file(curated_dir: Path, name: str, frame: pd.DataFrame) -> bool:
    """Whether one of CORPUS_FILES or ASIDE_FILES changed; it is replaced at once."""
    file = (CORPUS_FILES | ASIDE_FILES)[name]
    return write_bytes(curated_dir / f"{name}.csv", _csv_bytes(file.model.validate(frame, lazy=True), file))


def list_studies(curated_dir: Path) -> list[str]:
    """The studies that have a good state in curated/, sorted; also those of which a run was stopped as it replaced
    them.
    """
    for backup in curated_dir.glob(".*.old"):
        recover_folder(curated_dir / backup.name.removeprefix(".").removesuffix(".old"))
    return sorted(p.parent.name for p in curated_dir.glob(f"*/{TABLES_FILE}") if not p.parent.name.startswith("."))


def write_corpus(
    curated_dir: Path, observations: pd.DataFrame, evidence: pd.DataFrame, run: Mapping[str, Any], title: str = ""
) -> None:
    """observations.parquet, evidence.csv, run.json and datapackage.json, each replaced at once.

    observations: of all studies. run: inputs' hashes, versions, settings and counts, of JSON types and without dates.
    """
    ordered = observations.sort_values(["study_id", *_PLACE], kind="stable").reset_index(drop=True)
    buffer = io.BytesIO()
    Observations.validate(ordered, lazy=True).to_parquet(buffer, engine="pyarrow", index=False, compression="zstd")
    write_bytes(curated_dir / "observations.parquet", buffer.getvalue())
    write_bytes(curated_dir / "evidence.csv", _plain_csv(evidence))
    write_bytes(curated_dir / "run.json", _json_bytes(run))
    write_bytes(curated_dir / "datapackage.json", _json_bytes(_package(curated_dir, evidence, title)))


def _split(frames: StudyFrames) -> dict[str, pd.DataFrame]:
    valid: dict[str, pd.DataFrame] = {
        name: FILES[name].model.validate(frame, lazy=True) for name, frame in vars(frames).items()
    }
    observations = valid["observations"]
    return valid | {"mentions": observations[observations["source"] != "table"]}


def _csv_bytes(frame: pd.DataFrame, file: _File) -> bytes:
    return _plain_csv(frame[list(file.model.to_schema().columns)].sort_values(list(file.order), kind="stable"))


def _plain_csv(frame: pd.DataFrame) -> bytes:
    printed = frame.copy()
    for name, digits in DECIMALS.items():
        if name in printed:
            printed[name] = [_measured(x, digits) for x in printed[name]]
    return printed.to_csv(index=False, lineterminator="\n").encode()


def _measured(number: float, digits: int) -> str:
    return "" if pd.isna(number) else f"{number:.{digits}f}"


def _read_csv(path: Path, model: type[DataFrameModel]) -> pd.DataFrame:
    return _read_csvs([path], path, model)


def _read_csvs(paths: Sequence[Path], where: Path, model: type[DataFrameModel]) -> pd.DataFrame:
    try:
        return _load_csvs(paths, model)
    except (OSError, ValueError, SchemaErrors) as error:
        raise AuditableError(
            "a file of the last run cannot be read",
            where=str(where),
            expected="a CSV file written by a run of this version",
            found=_first_failure(error),
            remedy="Run the study again: auditable run.",
        ) from error


def _first_failure(error: Exception) -> str:
    """The error in one line: of many failed checks the first."""
    if isinstance(error, SchemaErrors):
        first = error.failure_cases.iloc[0]
        return f"{first['check']}: {first['failure_case']}"
    return str(error)


def _load_csvs(paths: Sequence[Path], model: type[DataFrameModel]) -> pd.DataFrame:
    """The rows of all files, as the model's types; validated at once, which costs more than reading."""
    columns = set(model.to_schema().columns)
    parts = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths]
    for part in parts:
        part[[name for name in COLUMNS_ADDED_LATER if name in columns - set(part.columns)]] = ""
        if set(part.columns) != columns:
            raise ValueError("columns that differ: " + ", ".join(sorted(columns ^ set(part.columns))))
    parts = [part for part in parts if not part.empty]
    if not parts:
        return empty_frame(model)
    frame = pd.concat(parts, ignore_index=True)
    for name in frame.columns.intersection(list(DECIMALS)):
        frame[name] = pd.to_numeric(frame[name].replace("", None))
    return model.validate(frame, lazy=True)


def _tables_bytes(reading: Reading) -> bytes:
    return _json_bytes(
        {
            "study_id": reading.study_id,
            "pages": [asdict(p) for p in reading.pages],
            "tables": [asdict(t) for t in reading.tables],
            "problems": list(reading.problems),
            "repairs": [asdict(r) for r in reading.repairs],
        }
    )


def _json_bytes(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _package(curated_dir: Path, evidence: pd.DataFrame, title: str) -> dict[str, Any]:
    def content(path: str) -> bytes:
        return (curated_dir / path).read_bytes()

    resources = []
    for study in list_studies(curated_dir):
        for name, file in sorted(FILES.items()):
            path = f"{study}/{name}.csv"
            if (curated_dir / path).is_file():
                resources.append(describe_resource(f"{study}-{name}", path, content(path), file.model, file.key))
    for name, file in sorted(CORPUS_FILES.items()):
        if (curated_dir / f"{name}.csv").is_file():
            path = f"{name}.csv"
            resources.append(describe_resource(name.replace("_", "-"), path, content(path), file.model, file.key))
    corpus = "observations.parquet"
    resources.append(describe_resource("observations", corpus, content(corpus), Observations, ("observation_id",)))
    columns = tuple(str(name) for name in evidence.columns)
    resources.append(describe_resource("evidence", "evidence.csv", content("evidence.csv"), columns))
    return describe_package(title, resources)
