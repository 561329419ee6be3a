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
from auditable.whole_files import clear_left, write_bytes, write_text

SIGNED_FILE, SIGNED_FOLDER, SUPERSEDED_FOLDER = "signed.json", "signed", "superseded"
SHORT_SHA = 12
"""Characters of its checksum that name a file which is not the one signed."""


@dataclass(frozen=True)
class _Original:
    """The file of one keyer as it is signed: its bytes, and its rows with the keyer's name where keyed_by is empty."""

    keyer: str
    content: bytes
    rows: pd.DataFrame


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
        a, b = (_read_original(path, keyer) for path, keyer in zip(paths, pair, strict=True))
        found = compare_gold(a.rows, b.rows)
        refuse_unchecked(found, paths)
        taken = settle(found, choices, pair, paths[0].parent)
        rows = consensus(a.rows, b.rows, found, taken, name)
        content = format_rows(rows)
        signature = {"study_id": study_folder.name, "signed_by": name, "when": when}
        record = signature | _record((a, b), found, taken, content, len(rows))
        is_new, superseded = _write(study_folder, record, (a, b), content, again)
        return Signing(study_folder / GOLD_FILE, len(rows), is_new, superseded)


def _read_original(path: Path, keyer: str) -> _Original:
    rows = read_keyed(path)
    named = rows.assign(keyed_by=rows["keyed_by"].where(rows["keyed_by"].str.strip() != "", keyer))
    return _Original(keyer, path.read_bytes(), named)


def _record(
    originals: tuple[_Original, _Original], found: GoldComparison, taken: Mapping[str, str], content: str, n_rows: int
) -> dict[str, object]:
    """What signed.json holds beside the signature; its keys say what."""
    return {
        "originals": [
            {
                "keyer": one.keyer,
                "file": f"{SIGNED_FOLDER}/{one.keyer}.csv",
                "sha256": _sha256(one.content),
                "n_rows": len(one.rows),
                "n_from_draft": int(one.rows["keyed_by"].str.contains(CHECKED, regex=False).sum()),
            }
            for one in originals
        ],
        "agreement": agreement(found),
        "choices": [
            {
                "difference_id": row["difference_id"],
                "differs": row["differs"],
                "said": row["message"],
                "taken": originals["ab".index(taken[str(row["difference_id"])])].keyer,
            }
            for row in found.differences.to_dict("records")
        ],
        "result": {"file": f"../{GOLD_FILE}", "sha256": _sha256(content.encode()), "n_rows": n_rows},
    }


def _write(
    study_folder: Path, record: dict[str, object], originals: Sequence[_Original], content: str, again: bool
) -> tuple[bool, Path | None]:
    """Whether anything was written, and where the record before went.

    signed.json comes last: while it is not there, or of another record, the same command can be given once more.
    """
    folder, target = study_folder / GOLD_FOLDER, study_folder / GOLD_FILE
    before = _read_record(folder / SIGNED_FILE)
    present = target.read_bytes() if target.is_file() else None
    if present == content.encode() and before is not None and {**before, "when": ""} == {**record, "when": ""}:
        return False, None
    # The present record under no signature, or under that of the one before it: a signing broke off here.
    is_begun = present == content.encode() and (before is None or before["result"] != record["result"])
    is_other = present is not None and not is_begun
    if is_other and not again:
        raise AuditableError(
            "there is a gold record already", where=str(target), expected="no gold.csv",
            found=f"signed by {before['signed_by']}, {before['when']}" if before else "one that was not signed here",
            remedy="Sign with --again to put the new one in its place; the old one is kept in gold/superseded/.",
        )  # fmt: skip
    signature = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
    signed = {f"{SIGNED_FOLDER}/{one.keyer}.csv": one.content for one in originals}
    parse_lines(content, target)
    old = _supersede(study_folder, {GOLD_FILE: content.encode(), SIGNED_FILE: signature, **signed}, is_other)
    for name, kept in signed.items():
        write_bytes(folder / name, kept)
    for path in (folder / SIGNED_FOLDER).glob("*.csv") if old else ():
        if f"{SIGNED_FOLDER}/{path.name}" not in signed:
            path.unlink()  # kept with the record before
    write_text(target, content)
    write_bytes(folder / SIGNED_FILE, signature)
    return True, old


def _supersede(study_folder: Path, new: Mapping[str, bytes], is_other: bool) -> Path | None:
    """Where what stands in the way of new is kept from now on, a folder named by its number; None where nothing does.

    is_other: gold.csv is another record, which is kept whole, with its signature and originals. Else only what is kept
    nowhere yet: a gold.csv may have been taken away by hand, and its signature be all that is left of it. A file among
    the originals that is not the one signed is kept beside them, its hash in its name.
    """
    folder = study_folder / GOLD_FOLDER
    places = {GOLD_FILE: study_folder / GOLD_FILE, SIGNED_FILE: folder / SIGNED_FILE}
    places |= {f"{SIGNED_FOLDER}/{p.name}": p for p in sorted((folder / SIGNED_FOLDER).glob("*.csv"))}
    present = {name: path.read_bytes() for name, path in places.items() if path.is_file()}
    signed = {one["file"]: one["sha256"] for one in _originals(_read_record(folder / SIGNED_FILE))}
    own = {n: c for n, c in present.items() if n in (GOLD_FILE, SIGNED_FILE) or signed.get(n) == _sha256(c)}
    held = {_sha256(p.read_bytes()) for p in (folder / SUPERSEDED_FOLDER).rglob("*") if p.is_file()}
    lost = {n: c for n, c in present.items() if c != new.get(n) and _sha256(c) not in held}
    strays = {f"{n.removesuffix('.csv')}.{_sha256(c)[:SHORT_SHA]}.csv": c for n, c in lost.items() if n not in own}
    kept = (own if is_other else {n: c for n, c in own.items() if n in lost}) | strays
    if not kept:
        return None
    number = 1
    while (place := folder / SUPERSEDED_FOLDER / str(number)).exists() and not _holds(place, kept):
        number += 1
    for name, content in kept.items():
        clear_left(place / name)
        write_bytes(place / name, content)
    return place


def _holds(place: Path, kept: Mapping[str, bytes]) -> bool:
    """Whether a signing that broke off put these files there already, or some of them.

    Originals may be there that the signing then replaced: they were kept in time.
    """
    named = {name: (place / name).read_bytes() for name in (GOLD_FILE, SIGNED_FILE) if (place / name).is_file()}
    return named.items() <= kept.items()


def _originals(record: Mapping[str, object] | None) -> list[dict[str, str]]:
    """What a signature says of the keyers' files; nothing without one."""
    found = record.get("originals") if record else None
    return found if isinstance(found, list) else []


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
