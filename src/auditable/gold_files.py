"""Who has which file in a double entry: raw/<study_id>/gold/ with draft.csv and one file per keyer.

Comes in: a study's folder and names. Goes out: paths, names that may stand in keyed_by, and a lock, so that two writers
never meet. What stands in the files is left to gold_record.py.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path

from auditable.gold_record import is_draft, one_line
from auditable.locks import lock
from auditable.model import AuditableError

GOLD_FOLDER = "gold"
DRAFT_NAME = "draft"
NOT_KEYERS = (DRAFT_NAME, "gold")
"""Names that mean the draft and the record."""
LOCK_FILE = ".lock"
CHECKED = ": draft checked"
"""After a name in keyed_by: this person did not type the row, but found the draft's row as the page prints it."""
KEYER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
"""A keyer's name is the name of a file, everywhere the same."""
NAME = re.compile(r"[^\W_][^\x00-\x1f\x7f+:]{0,59}")
"""A name in keyed_by, where + parts two people and : what they did."""


def keyer_path(study_folder: Path, keyer: str) -> Path:
    """Where the keyer's file of a study is or will be; raises AuditableError for a name that is no file name."""
    if not KEYER.fullmatch(keyer) or keyer.casefold() in NOT_KEYERS:
        raise AuditableError(
            "this is no name for a keyer", expected=f"letters, digits, - and _, and not {' or '.join(NOT_KEYERS)}",
            found=repr(keyer), remedy="Take a first name or initials.",
        )  # fmt: skip
    return study_folder / GOLD_FOLDER / f"{keyer}.csv"


def draft_path(study_folder: Path) -> Path:
    """Where the draft of a study is or will be."""
    return study_folder / GOLD_FOLDER / f"{DRAFT_NAME}.csv"


def list_keyers(study_folder: Path) -> list[str]:
    """Names of those who have a file in the double entry of a study, in the order of sort_key."""
    names = (p.stem for p in (study_folder / GOLD_FOLDER).glob("*.csv"))
    return sorted((n for n in names if KEYER.fullmatch(n) and n.casefold() not in NOT_KEYERS), key=sort_key)


def sort_key(name: str) -> tuple[int, str, str]:
    """The order of keyers: of two that are compared the first is "a", the second "b"; who is called B is never a."""
    return {"a": 0, "b": 2}.get(name.casefold(), 1), name.casefold(), name


def check_name(who: str) -> str:
    """The name as it will stand in keyed_by; raises AuditableError for one that would read as something else."""
    name = one_line(who)
    if not NAME.fullmatch(name) or is_draft(name):
        raise AuditableError(
            "this name cannot stand under a row", expected=f"a name without + and :, not beginning with '{DRAFT_NAME}'",
            found=repr(who), remedy="Name the person who looked at the page.",
        )  # fmt: skip
    return name


def names_of(keyed_by: str) -> list[str]:
    """The people behind a row: "ann+bob: draft checked" is keyed by ann and bob; a draft by nobody."""
    if is_draft(keyed_by):
        return []
    return [name for part in keyed_by.split("+") if (name := part.partition(":")[0].strip())]


def gold_lock(folder: Path) -> AbstractContextManager[None]:
    """Keeps others from changing the gold files of one study; raises AuditableError when they do not let go.

    folder: the study's folder gold/, which is made where it is not there.
    """
    return lock(folder / LOCK_FILE, "gold files of this study")
