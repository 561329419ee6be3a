"""raw/SHA256SUMS: the checksum of every input, so that anybody sees with `sha256sum -c` that none was edited.

Comes in: raw/ and the study whose files are new. Goes out: the file, brought up to date. Files of other studies keep
their line: what changed there unseen must show, not be signed here.
"""

from __future__ import annotations

from pathlib import Path

from auditable.gold_record import GOLD_FILE
from auditable.locks import lock
from auditable.papers import hash_file, list_studies
from auditable.store import write_text

SUMS_FILE = "SHA256SUMS"
LISTED = (GOLD_FILE, "paper.pdf")
"""Files of a study's own folder that are listed: its gold record and its paper."""


def update_sums(raw_dir: Path, study_id: str) -> Path:
    """raw/SHA256SUMS with the lines of this study as its files are now; all studies where there is no such file yet."""
    path = raw_dir / SUMS_FILE
    with lock(raw_dir / f".{SUMS_FILE}.lock", SUMS_FILE):
        kept = _read_sums(path)
        for study in [study_id] if path.is_file() else list_studies(raw_dir):
            kept = {name: line for name, line in kept.items() if name.split("/")[0] != study}
            files = [file for name in LISTED if (file := raw_dir / study / name).is_file()]
            kept |= {f"{study}/{file.name}": hash_file(file) for file in files}
        write_text(path, "".join(f"{kept[name]}  {name}\n" for name in sorted(kept)))
    return path


def complete_sums(raw_dir: Path, study_id: str, sha256: str) -> None:
    """update_sums for a study whose paper.pdf has this checksum and is not listed with it; else nothing."""
    name, pdf_path = f"{study_id}/paper.pdf", raw_dir / study_id / "paper.pdf"
    is_listed = _read_sums(raw_dir / SUMS_FILE).get(name) == sha256
    if not is_listed and pdf_path.is_file() and hash_file(pdf_path) == sha256:
        update_sums(raw_dir, study_id)


def _read_sums(path: Path) -> dict[str, str]:
    """Checksum by file name, "./" of the name left out."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {name.strip().lstrip("*").removeprefix("./"): digest for digest, name in pairs}
