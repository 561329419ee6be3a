"""The note that `auditable fetch` leaves beside a PDF: where it came from and under what licence.

Comes in: the path of a PDF. Goes out: what its note says, for paper.yaml; or the note, written. A PDF that nobody
fetched has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from auditable.model import AuditableError
from auditable.plain_yaml import load_plain
from auditable.store import write_text

SOURCE_KEYS = ("doi", "licence", "licence_said", "url", "asked", "fetched")


def source_path(pdf_path: Path) -> Path:
    """Where the note of a PDF lies: paper.pdf → paper.source.yaml."""
    return pdf_path.with_suffix(".source.yaml")


def read_source(pdf_path: Path) -> dict[str, str]:
    """What the note says by SOURCE_KEYS; empty where there is none. Raises AuditableError for a note that is broken."""
    path = source_path(pdf_path)
    if not path.is_file():
        return {}
    try:
        found = load_plain(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _broken(path, str(error)) from error
    if not isinstance(found, dict) or not set(found) <= set(SOURCE_KEYS):
        raise _broken(path, f"{found!r:.80}")
    return {str(key): str(value) for key, value in found.items()}


def write_source(pdf_path: Path, source: Mapping[str, str]) -> Path:
    """The note, written beside the PDF."""
    path = source_path(pdf_path)
    write_text(path, yaml.safe_dump(dict(source), sort_keys=False, allow_unicode=True))
    return path


def _broken(path: Path, found: str) -> AuditableError:
    return AuditableError(
        "the note on where the PDF came from cannot be read", where=str(path),
        expected=f"lines of the keys {', '.join(SOURCE_KEYS)}", found=found,
        remedy="Remove it, or fetch the PDF again.",
    )  # fmt: skip
