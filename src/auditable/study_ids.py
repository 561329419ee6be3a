"""First author and year → the study id that a new paper gets.

Comes in: the facts of a paper, the ids that are taken. Goes out: a free id, such as smith2021, or smith2021b where
another paper has that one. Nothing is invented: without author or year the human names it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from string import ascii_lowercase

from auditable.facts import PaperFacts
from auditable.model import AuditableError
from auditable.papers import STUDY_ID
from auditable.person_names import fold_name

REMEDY = "Look at the paper and name it: --id smith2021, the first author and the year in small letters."


def propose_study_id(facts: PaperFacts, taken: Collection[str], where: str) -> str:
    """A free id. where: the file, for the message.

    Raises AuditableError when author or year could not be read, or every letter of that author and year is taken.
    """
    author = fold_name(facts.surname.value)
    missing = [f"first author: {facts.surname.read_from}"] if not author else []
    missing += [f"year: {facts.year.read_from}"] if not facts.year else []
    if missing:
        known = [f"first author {facts.surname.value}"] if author else []
        known += [f"year {facts.year.value}"] if facts.year else []
        raise AuditableError(
            "no study id can be proposed", where=where, expected="a first author and a year on the first pages",
            found="; ".join([*missing, *known]), remedy=REMEDY,
        )  # fmt: skip
    base = f"{author}{facts.year.value}"
    free = next((name for name in (base, *(base + letter for letter in ascii_lowercase[1:])) if name not in taken), "")
    if not free:
        raise AuditableError(
            "every letter of this author and year is taken", where=where, expected=f"{base} to {base}z",
            found="all in use", remedy=REMEDY,
        )  # fmt: skip
    return free


def check_study_id(study_id: str) -> str:
    """The id as given; raises AuditableError when it is none."""
    if not STUDY_ID.fullmatch(study_id):
        plain = re.sub(r"[^a-z0-9-]", "", study_id.lower())
        raise AuditableError(
            "this is no study id",
            expected="first author and year in small letters, such as smith2021 or smith-jones2021b",
            found=repr(study_id), remedy=f"Perhaps {plain}?" if STUDY_ID.fullmatch(plain) else REMEDY,
        )  # fmt: skip
    return study_id
