"""Who stands for a study: signatures of exactly its present content, in curated/approvals.csv.

Comes in: curated/, who signs and when. Goes out: lines of approvals.csv, one per signature, kept in git and merged line
by line; and the standing of each study. A study that changes in any byte that a release publishes needs a new
signature. Building a release is left to release.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from auditable.gold_record import one_line
from auditable.locks import APPROVALS_LOCK, lock
from auditable.model import AuditableError
from auditable.release_content import CorpusContent, StudyContent, read_content
from auditable.store import find_study, read_corpus_file, write_corpus_file
from auditable.whole_files import clear_left
from schemas.desk_frames import Approvals
from schemas.frames import frame_of

APPROVALS = "approvals"
APPROVALS_FILE = f"{APPROVALS}.csv"
SHOWN_GRAVE = 3
"""Open grave items that a refusal names."""


@dataclass(frozen=True)
class Signature:
    """One line of approvals.csv."""

    study_id: str
    content: str
    who: str
    when: str
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """Whether a study may be published: the signatures of its present content, or why there is none."""

    study: StudyContent
    signatures: tuple[Signature, ...]
    why_not: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether somebody stands for the present content."""
        return bool(self.signatures)


def read_signatures(curated_dir: Path) -> list[Signature]:
    """All signatures, sorted, equal lines once; raises AuditableError for a file that cannot be understood."""
    try:
        frame = read_corpus_file(curated_dir, APPROVALS)
    except AuditableError as error:
        raise AuditableError(
            "the signatures cannot be read", where=str(curated_dir / APPROVALS_FILE),
            expected="lines of study_id,content,who,when,note", found=error.found,
            remedy="Mend the file (a mark of a git conflict?), or bring it back from git. Nothing was changed.",
        ) from error  # fmt: skip
    rows = frame.drop_duplicates().to_dict("records")
    return [Signature(**{str(name): str(value) for name, value in row.items()}) for row in rows]


def list_standing(content: CorpusContent, signatures: Sequence[Signature]) -> list[Standing]:
    """The standing of every study, in order."""
    return [_standing(study, signatures) for _, study in sorted(content.studies.items())]


def sign_study(
    curated_dir: Path, study_id: str, who: str, when: str, note: str = "", *, with_open: bool = False, content: str = ""
) -> tuple[Signature, bool]:
    """The signature of the study's present content by this person, and whether it is new.

    when: an ISO date with time, from outside. content: the hash of what the person saw, where it may have changed
    since. Raises AuditableError, and writes nothing, while grave items are open (unless with_open, and a note says
    why), without a name, and where the content is not the one that was seen.
    """
    find_study(curated_dir, study_id)
    study = read_content(curated_dir).studies[study_id]
    made = Signature(study_id, study.content, one_line(who), one_line(when), one_line(note))
    _refuse_blind(study, made, with_open, content)
    with lock(curated_dir / APPROVALS_LOCK, "the signatures"):
        clear_left(curated_dir / APPROVALS_FILE)
        there = read_signatures(curated_dir)
        same = next((s for s in there if (s.study_id, s.content, s.who) == (study_id, made.content, made.who)), None)
        if same and (same.note == made.note or not made.note):
            return same, False
        write_corpus_file(curated_dir, APPROVALS, _as_frame([*there, made]))
    return made, True


def _refuse_blind(study: StudyContent, made: Signature, with_open: bool, seen: str) -> None:
    if not made.who or not made.when:
        raise AuditableError(
            "a signature needs a name and a time", where=study.study_id, expected="who and when", found="nothing",
            remedy="Name the person who stands for the study: --who NAME.",
        )  # fmt: skip
    if seen and seen != study.content:
        raise AuditableError(
            "the study changed after it was shown", where=study.study_id, expected=seen, found=study.content,
            remedy="Look at it again. Nothing was signed.",
        )  # fmt: skip
    if study.grave and not (with_open and made.note):
        named = " · ".join(f"{item.item_id}: {item.message}" for item in study.grave[:SHOWN_GRAVE])
        raise AuditableError(
            study.grave_in_words, where=study.study_id, expected="a verdict on each of them",
            found=named,
            remedy="Decide on them (`auditable review`), or sign with --with-open and --note saying why all the same.",
        )  # fmt: skip


def _standing(study: StudyContent, signatures: Sequence[Signature]) -> Standing:
    of_study = [s for s in signatures if s.study_id == study.study_id]
    good = tuple(s for s in of_study if s.content == study.content)
    if good:
        return Standing(study, good)
    names = ", ".join(dict.fromkeys(s.who for s in of_study))
    why = f"it changed since {names} signed it" if of_study else "nobody signed it"
    return Standing(study, (), why + (f"; {study.grave_in_words}" if study.grave else ""))


def _as_frame(signatures: Sequence[Signature]) -> pd.DataFrame:
    return frame_of([{str(k): v for k, v in asdict(s).items()} for s in signatures], Approvals)
