"""The signed studies → a release: a tagged folder that never changes again.

Comes in: curated/ and its signatures. Goes out: curated/releases/<tag>/ with the files of the signed studies, their
part of the files of the corpus, and manifest.json: SHA-256 of every file, versions, inputs, signatures, what is open,
what was left out and why; beside it <tag>.sha256, the hash of the manifest. The same content gives the same bytes; the
only dates are those of signatures and decisions. What a study holds is left to release_content.py, checking a release
to release_verify.py.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from auditable.evidence import build_evidence
from auditable.locks import lock
from auditable.model import AuditableError
from auditable.release_content import CorpusContent, decisions_on, read_content, rows_of
from auditable.release_sign import Standing, list_standing, read_signatures
from auditable.release_verify import MANIFEST, hash_files, verify_release
from auditable.store import (
    read_all_studies,
    write_corpus,
    write_corpus_file,
)
from auditable.whole_files import NEW, clear_left, telling_disk, write_bytes, write_text
from schemas.desk_frames import Items

RELEASES = "releases"
TAG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9+])?")
"""The name of a folder on every system, and never a way out of it."""
READ_ONLY_FILE, READ_ONLY_FOLDER = 0o444, 0o555
SHOWN_FILES = 5


@dataclass(frozen=True)
class Release:
    """A release that stands. is_new: False when the same stood there before. left_out: why, by study.

    manifest_sha256: the hash to quote when the release is cited.
    """

    folder: Path
    is_new: bool
    studies: tuple[str, ...]
    left_out: Mapping[str, str]
    manifest_sha256: str


def release_folder(curated_dir: Path, tag: str, to: Path | None = None) -> Path:
    """Where a release of this tag stands or will stand; raises AuditableError for a tag that is no name of a folder."""
    if not TAG.fullmatch(tag):
        raise AuditableError(
            "this is no tag of a release", expected="letters, digits and . _ + - between them, such as 2026-11 or v1.0",
            found=tag or "nothing",
        )  # fmt: skip
    return (to or curated_dir / RELEASES) / tag


def make_release(curated_dir: Path, tag: str, to: Path | None = None) -> Release:
    """The release of all studies that are signed for their present content; the others are left out.

    to: the folder of releases, in place of curated_dir/releases. Raises AuditableError, and leaves nothing behind, when
    no study is signed, when the tag stands there with other content, or was changed since it was made.
    """
    folder = release_folder(curated_dir, tag, to)
    content = read_content(curated_dir)
    standings = list_standing(content, read_signatures(curated_dir))
    signed = [s for s in standings if s.is_signed]
    left_out = {s.study.study_id: s.why_not for s in standings if not s.is_signed}
    if not signed:
        raise AuditableError(
            "no study is signed", where=str(curated_dir), expected="one signature or more",
            found="; ".join(f"{study}: {why}" for study, why in left_out.items()),
            remedy="Sign what you stand for: `auditable release sign STUDY --who NAME`.",
        )  # fmt: skip
    beside = folder.with_name(f"{tag}.sha256")
    with lock(folder.parent / ".releases.lock", "the releases"), telling_disk(folder):
        for path, kind in ((folder, NEW), (beside, "")):
            clear_left(path, kind)
        new = Path(tempfile.mkdtemp(prefix=f".{tag}.new-", dir=folder.parent))
        try:
            _fill(new, curated_dir, content, signed)
            manifest = _manifest(new, tag, content, signed, left_out)
            write_text(new / MANIFEST, manifest)
            digest = hashlib.sha256(manifest.encode()).hexdigest()
            is_new = not folder.exists()
            if is_new:
                _freeze(new)
                # The hash first: stopped after it, the release is made again; a folder without it could not be told
                # from one that was changed.
                write_text(beside, f"{digest}  {tag}/{MANIFEST}\n")
                new.rename(folder)
            else:
                _refuse_other(folder, manifest)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    return Release(folder, is_new, tuple(s.study.study_id for s in signed), left_out, digest)


def _fill(new: Path, curated_dir: Path, content: CorpusContent, signed: Sequence[Standing]) -> None:
    """Everything but the manifest. Refuses where a file changed since it was hashed."""
    names = [s.study.study_id for s in signed]
    new.chmod(0o755)
    for path, sha256 in ((p, h) for s in signed for p, h in s.study.files.items()):
        found = (curated_dir / path).read_bytes()
        if hashlib.sha256(found).hexdigest() != sha256:
            raise AuditableError(
                "the file changed while it was released", where=str(curated_dir / path), expected=sha256,
                found="another hash", remedy="A run is at work; make the release again when it has ended.",
            )  # fmt: skip
        write_bytes(new / path, found)
    write_corpus_file(new, "findings_across", rows_of(content.across, names))
    write_corpus_file(new, "items", _as_items(rows_of(content.decided.items, names)))
    write_text(new / "decisions.csv", decisions_on(content.decided, names).to_csv(index=False, lineterminator="\n"))
    observations = read_all_studies(new, "observations", names)
    run = {key: value for key, value in content.run.items() if key not in ("settings", "inputs", "counts")}
    picked = {key: {n: content.run[key][n] for n in names if n in content.run[key]} for key in ("inputs", "counts")}
    write_corpus(new, observations, build_evidence(observations), {**run, **picked})


def _as_items(items: pd.DataFrame) -> pd.DataFrame:
    """The items without what the runs before had: a release stands for itself."""
    return Items.validate(
        items.assign(change="new", value_before="")[list(Items.to_schema().columns)].reset_index(drop=True), lazy=True
    )


def _manifest(
    new: Path, tag: str, content: CorpusContent, signed: Sequence[Standing], left_out: Mapping[str, str]
) -> str:
    record: dict[str, Any] = {
        "tag": tag,
        "auditable": content.run["auditable"],
        "libraries": content.run.get("libraries", {}),
        "studies": {
            s.study.study_id: {
                "content": s.study.content,
                "signatures": [{"who": g.who, "when": g.when, "note": g.note} for g in s.signatures],
                "inputs": content.run["inputs"].get(s.study.study_id, {}),
            }
            for s in signed
        },
        "open_findings": {s.study.study_id: [item.as_record() for item in s.study.opened] for s in signed},
        "left_out": dict(left_out),
        "files": hash_files(new),
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _refuse_other(folder: Path, manifest: str) -> None:
    """Nothing, where the same release stands there already, untouched."""
    problems = verify_release(folder).problems
    if problems:
        raise AuditableError(
            "the release of this tag was changed after it was made", where=str(folder),
            expected="what its manifest says", found=" · ".join(problems[:SHOWN_FILES]),
            remedy="Bring it back from a copy. Use another tag for new content.",
        )  # fmt: skip
    stands = (folder / MANIFEST).read_text("utf-8")
    if stands != manifest:
        raise AuditableError(
            "there is a release of this tag with other content", where=str(folder), expected="the same content",
            found=_difference(json.loads(stands), json.loads(manifest)),
            remedy="A release never changes: choose another tag.",
        )  # fmt: skip


def _difference(stands: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    names = {n for n in {*stands["files"], *new["files"]} if stands["files"].get(n) != new["files"].get(n)}
    parts = sorted(names) or [key for key in new if stands.get(key) != new[key]]
    more = f" and {len(parts) - SHOWN_FILES} more" if len(parts) > SHOWN_FILES else ""
    return "differences in " + ", ".join(parts[:SHOWN_FILES]) + more


def _freeze(new: Path) -> None:
    for path in new.rglob("*"):
        path.chmod(READ_ONLY_FOLDER if path.is_dir() else READ_ONLY_FILE)
    new.chmod(READ_ONLY_FOLDER)
