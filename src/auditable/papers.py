"""raw/<study_id>/ → Paper: the folder's shape, paper.yaml and the checksum of paper.pdf are verified here.

Comes in: a folder that a person filled. Goes out: a Paper whose PDF is the one paper.yaml speaks of. What stands in the
PDF is left to the readers, what stands in gold.csv to reconcile.py.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from auditable.model import AuditableError, Paper
from auditable.plain_yaml import load_plain

STUDY_ID = re.compile(r"[a-z]+(?:-[a-z]+)*(?:19|20)[0-9]{2}[a-z]?")
"""First author and year; a letter parts two papers of one author and year."""
UNKNOWN = "unknown"
"""In paper.yaml: nobody has read it yet; such a title or citation is none."""
NOT_STUDIES = ("inbox", "quarantine")
"""Folders of raw/ that hold no study: new PDFs wait in the inbox, bad ones lie in quarantine."""


def list_studies(raw_dir: Path) -> list[str]:
    """Names of the study folders in raw_dir, sorted; broken folders too, so that load_paper can say what is wrong."""
    if not raw_dir.is_dir():
        raise AuditableError(
            "There is no such folder.",
            where=str(raw_dir),
            expected="a folder with one folder per study",
            found="nothing",
            remedy="Name the folder with --raw, or run the command in the project's folder.",
        )
    names = (p.name for p in raw_dir.iterdir() if p.is_dir())
    return sorted(n for n in names if not n.startswith(".") and n not in NOT_STUDIES)


def load_paper(folder: Path) -> Paper:
    """The paper of one study folder, its checksum verified.

    Raises AuditableError for a folder name that is no study id, a missing or broken file, an unknown key, another
    checksum.
    """
    study_id = folder.name
    _check_study_id(folder)
    about = read_about(_require(folder / "paper.yaml", "Copy one from another study and change its lines."))
    pdf_path = _require(folder / "paper.pdf", "Put the article's PDF there.")
    _check_sha256(pdf_path, about["sha256"])
    gold_path = folder / "gold.csv"
    return Paper(
        study_id=study_id,
        folder=folder,
        pdf_path=pdf_path,
        sha256=about["sha256"],
        citation=_known(about["citation"]),
        doi=about.get("doi", ""),
        licence=about["licence"],
        is_facsimile=about["facsimile"],
        table_types=dict(about.get("table_types", {})),
        gold_path=gold_path if gold_path.is_file() else None,
        title=_known(about["title"]),
    )


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _known(text: str) -> str:
    return "" if text == UNKNOWN else text


def _check_study_id(folder: Path) -> None:
    if not folder.is_dir():
        raise AuditableError(
            "There is no such study.",
            where=str(folder),
            expected="a folder with paper.yaml and paper.pdf",
            found="nothing",
            remedy=f"Studies in {folder.parent}: {', '.join(_siblings(folder)) or 'none'}.",
        )
    if not STUDY_ID.fullmatch(folder.name):
        raise AuditableError(
            "The folder's name is no study id.",
            where=str(folder),
            expected="first author and year in small letters, such as smith2021 or smith-jones2021b",
            found=repr(folder.name),
            remedy="Rename the folder.",
        )


def _siblings(folder: Path) -> list[str]:
    return list_studies(folder.parent) if folder.parent.is_dir() else []


def _require(path: Path, remedy: str) -> Path:
    if path.is_file():
        return path
    there = ", ".join(sorted(p.name for p in path.parent.iterdir())) or "an empty folder"
    raise AuditableError(
        f"{path.name} is missing.", where=str(path.parent), expected=path.name, found=there, remedy=remedy
    )


def read_about(path: Path) -> dict[str, Any]:
    """The keys of a paper.yaml; raises AuditableError for what schemas/paper.schema.json does not allow."""
    try:
        about = load_plain(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "the file"
        problem = getattr(error, "problem", None) or str(error)
        raise AuditableError(
            "This is not YAML.", where=str(path), expected="lines of the form `key: value`",
            found=f"in {line}: {problem}", remedy="Correct the line; a text that holds a colon needs quotation marks.",
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise AuditableError(
            "This is not a text file in UTF-8.", where=str(path), expected="UTF-8", found=str(error),
            remedy="Save it again as UTF-8.",
        ) from error  # fmt: skip
    problems = sorted(_validator().iter_errors(about), key=str)
    if problems:
        raise _explain(path, problems[0])
    return about


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(files("schemas").joinpath("paper.schema.json").read_text("utf-8")))


def _explain(path: Path, problem: ValidationError) -> AuditableError:
    key = ".".join(str(part) for part in problem.absolute_path)
    where = f"{path}, {key}" if key else str(path)
    allowed = sorted(_validator().schema["properties"])  # type: ignore[index]
    if problem.validator == "additionalProperties" and isinstance(problem.instance, dict) and not key:
        unknown = sorted(set(problem.instance) - set(allowed))
        return AuditableError(
            "Unknown key.", where=where, expected=f"only {', '.join(allowed)}", found=", ".join(unknown),
            remedy="Correct its spelling or remove the line.",
        )  # fmt: skip
    if problem.validator == "required" and isinstance(problem.instance, dict):
        required: list[str] = list(_validator().schema["required"])  # type: ignore[index]
        missing = [k for k in required if k not in problem.instance]
        return AuditableError(
            "A key is missing.", where=where, expected=", ".join(required),
            found=f"no {', '.join(missing)}", remedy="Add the line.",
        )  # fmt: skip
    return AuditableError(
        "The value is not allowed.", where=where, expected=f"{problem.validator}: {problem.validator_value}",
        found=repr(problem.instance), remedy="schemas/paper.schema.json says what each key holds.",
    )  # fmt: skip


def _check_sha256(pdf_path: Path, expected: str) -> None:
    found = hash_file(pdf_path)
    if found != expected:
        raise AuditableError(
            "The PDF is not the one paper.yaml speaks of.", where=str(pdf_path), expected=f"sha256 {expected}",
            found=f"sha256 {found}",
            remedy="Put the right PDF back. If the change is meant, write the new checksum into paper.yaml and look "
            "the gold record over.",
        )  # fmt: skip
