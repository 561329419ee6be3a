"""Two keyers' files and the choices between them → the gold record, signed.

Comes in: raw/<study_id>/gold/ with two keyed files, a choice for each difference, who signs and when. Goes out:
raw/<study_id>/gold.csv, both originals byte for byte in gold/signed/, and gold/signed.json with the hashes of all
three. A record that is there already is never overwritten unasked, and never lost: it moves to gold/superseded/. What
differs is left to gold_compare.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from auditable.gold_compare import GoldComparison, agreement, compare_gold
from auditable.gold_consensus import consensus, refuse_unchecked, settle
from auditable.gold_files import (
    CHECKED,
    DRAFT_NAME,
    GOLD_FOLDER,
    check_name,
    draft_path,
    gold_lock,
    keyer_path,
    list_keyers,
)
from auditable.gold_record import GOLD_FILE, format_rows, parse_lines, read_keyed
from auditable.model import AuditableError
from auditable.store import write_bytes, write_text

SIGNED_FILE, SIGNED_FOLDER, SUPERSEDED_FOLDER = "signed.json", "signed", "superseded"


@dataclass(frozen=True)
class Signing:
    """A signed record. is_new: False when the same was signed before, and nothing was written. superseded: where the
    record that stood there before went, or None.
    """

    path: Path
    n_rows: int
    is_new: bool
    superseded: Path | None


def pick_keyers(study_folder: Path, names: Sequence[str] = ()) -> tuple[str, str]:
    """The two keyers, in the order in which they are "a" and "b"; raises AuditableError when there are not two.

    names: which two, where more have a file.
    """
    there = list_keyers(study_folder)
    picked = [n for n in there if n in names] if names else there
    if len(picked) != 2 or (names and len(set(names)) != 2):
        raise AuditableError(
            "a double entry needs the files of two keyers", where=str(study_folder / GOLD_FOLDER),
            expected="two names" + (f" of {', '.join(there)}" if names or len(there) > 2 else ""),
            found=", ".join(names or there) or "no keyed file",
            remedy="Begin one: `auditable gold draft STUDY --keyer NAME`. Of more than two, name two.",
        )  # fmt: skip
    return picked[0], picked[1]


def find_compared(study_folder: Path, names: Sequence[str] = ()) -> tuple[tuple[str, Path], tuple[str, Path]]:
    """Name and file of the two to compare: keyers, and where they are named also "draft" and "gold" (the record)."""
    others = {DRAFT_NAME: draft_path(study_folder), "gold": study_folder / GOLD_FILE}
    if len(names) == 2 and set(names) & set(others):
        first, second = (others.get(name) or keyer_path(study_folder, name) for name in names)
        return (names[0], first), (names[1], second)
    a, b = pick_keyers(study_folder, names)
    return (a, keyer_path(study_folder, a)), (b, keyer_path(study_folder, b))


def sign_gold(
    study_folder: Path,
    who: str,
    when: str,
    choices: Mapping[str, str],
    keyers: Sequence[str] = (),
    *,
    again: bool = False,
) -> Signing:
    """The record of what both keyers say, and of what was chosen where they differ.

    choices: for each difference_id "a", "b" or a keyer's name; what only one file holds is taken with its letter and
    left out with the other. keyed_by of a row names those who stand for it: both, or the one who was followed and who
    signs. when: an ISO date, from outside, written into signed.json alone.
    Raises AuditableError, and writes nothing, while a row is unchecked, a difference is undecided, a choice is of no
    difference that there is, or another gold.csv stands there and again is False.
    """
    name, pair = check_name(who), pick_keyers(study_folder, keyers)
    paths = [keyer_path(study_folder, keyer) for keyer in pair]
    with gold_lock(paths[0].parent):
        originals = [path.read_bytes() for path in paths]
        frames = [_with_names(read_keyed(path), keyer) for path, keyer in zip(paths, pair, strict=True)]
        found = compare_gold(frames[0], frames[1])
        refuse_unchecked(found, paths)
        taken = settle(found, choices, pair, paths[0].parent)
        rows = consensus(frames[0], frames[1], found, taken, name)
        content = format_rows(rows)
        record = _record(study_folder.name, name, when, pair, originals, frames, found, taken, content, len(rows))
        return _write(study_folder, record, dict(zip(pair, originals, strict=True)), content, len(rows), again)


def _with_names(rows: pd.DataFrame, keyer: str) -> pd.DataFrame:
    """The rows of a keyer's file; where keyed_by is empty, the row is of the person whose file it is."""
    return rows.assign(keyed_by=rows["keyed_by"].where(rows["keyed_by"].str.strip() != "", keyer))


def _record(
    study_id: str,
    who: str,
    when: str,
    pair: Sequence[str],
    originals: Sequence[bytes],
    frames: Sequence[pd.DataFrame],
    found: GoldComparison,
    taken: Mapping[str, str],
    content: str,
    n_rows: int,
) -> dict[str, object]:
    """What signed.json holds; its keys say what."""
    return {
        "study_id": study_id,
        "signed_by": who,
        "when": when,
        "originals": [
            {
                "keyer": keyer,
                "file": f"{SIGNED_FOLDER}/{keyer}.csv",
                "sha256": _sha256(original),
                "n_rows": len(frame),
                "n_from_draft": int(frame["keyed_by"].str.contains(CHECKED, regex=False).sum()),
            }
            for keyer, original, frame in zip(pair, originals, frames, strict=True)
        ],
        "agreement": agreement(found),
        "choices": [
            {
                "difference_id": row["difference_id"],
                "differs": row["differs"],
                "said": row["message"],
                "taken": pair["ab".index(taken[str(row["difference_id"])])],
            }
            for row in found.differences.to_dict("records")
        ],
        "result": {"file": f"../{GOLD_FILE}", "sha256": _sha256(content.encode()), "n_rows": n_rows},
    }


def _write(
    study_folder: Path,
    record: dict[str, object],
    originals: Mapping[str, bytes],
    content: str,
    n_rows: int,
    again: bool,
) -> Signing:
    """Signed.json comes last: while it is not there, or of another record, the same command can be given once more."""
    folder, target = study_folder / GOLD_FOLDER, study_folder / GOLD_FILE
    before = _read_record(folder / SIGNED_FILE)
    present = target.read_bytes() if target.is_file() else None
    if present == content.encode() and before is not None and {**before, "when": ""} == {**record, "when": ""}:
        return Signing(target, n_rows, False, None)
    # The present record under no signature, or under that of the one before it: a signing broke off here.
    is_begun = present == content.encode() and (before is None or before["result"] != record["result"])
    is_other = present is not None and not is_begun
    if is_other and not again:
        raise AuditableError(
            "there is a gold record already", where=str(target), expected="no gold.csv",
            found=f"signed by {before['signed_by']}, {before['when']}" if before else "one that was not signed here",
            remedy="Sign with --again to put the new one in its place; the old one is kept in gold/superseded/.",
        )  # fmt: skip
    old = _supersede(study_folder) if is_other else None
    parse_lines(content, target)
    for keyer, original in originals.items():
        write_bytes(folder / SIGNED_FOLDER / f"{keyer}.csv", original)
    write_text(target, content)
    write_text(folder / SIGNED_FILE, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return Signing(target, n_rows, True, old)


def _supersede(study_folder: Path) -> Path:
    """Where gold.csv with its signature and originals is kept from now on: a folder named by its number."""
    folder = study_folder / GOLD_FOLDER
    kept = {GOLD_FILE: (study_folder / GOLD_FILE).read_bytes()}
    if (record := folder / SIGNED_FILE).is_file():
        kept[SIGNED_FILE] = record.read_bytes()
    kept |= {f"{SIGNED_FOLDER}/{p.name}": p.read_bytes() for p in sorted((folder / SIGNED_FOLDER).glob("*.csv"))}
    number = 1
    while (place := folder / SUPERSEDED_FOLDER / str(number)).exists() and not _holds(place, kept):
        number += 1
    for name, content in kept.items():
        write_bytes(place / name, content)
    return place


def _holds(place: Path, kept: Mapping[str, bytes]) -> bool:
    """Whether a signing that broke off put these files there already."""
    there = {str(p.relative_to(place)): p.read_bytes() for p in place.rglob("*") if p.is_file()}
    return there.items() <= kept.items()


def _read_record(path: Path) -> dict[str, object] | None:
    if not path.is_file():
        return None
    try:
        return {"signed_by": "", "when": "", "result": {}, **json.loads(path.read_text("utf-8"))}
    except (ValueError, TypeError) as error:
        raise AuditableError(
            "the signature of the gold record cannot be read", where=str(path), expected="the JSON that signing wrote",
            found=str(error), remedy="Bring it back from git, or move it away and sign with --again.",
        ) from error  # fmt: skip


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
