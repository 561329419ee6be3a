"""What became of a study in a run, in words for a curator.

Comes in: a study's name, an error. Goes out: StudyFailure and StudyOutcome, small enough to travel between machines.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditable.model import AuditableError


@dataclass(frozen=True)
class StudyFailure:
    """A study that could not be curated, and why, in one message.

    is_fault: the program broke, not the input. may_heal: a disk or a network did, so that another run may do better.
    """

    study_id: str
    message: str
    is_fault: bool = False
    may_heal: bool = False


@dataclass(frozen=True)
class StudyOutcome:
    """What became of one study: the stages that were computed, since the cache did not know them, and what broke."""

    study_id: str
    computed: tuple[str, ...] = ()
    failure: StudyFailure | None = None


def explain_failure(study_id: str, error: BaseException) -> StudyFailure:
    """The failure in words for a curator: a broken input speaks for itself, anything else is a fault of ours."""
    if isinstance(error, AuditableError):
        return StudyFailure(study_id, str(error), may_heal=isinstance(error, OSError))
    cause = f"{type(error).__name__}: {error}".strip()
    message = (
        f"{study_id}: the program itself broke ({cause}). The input need not be wrong. Report it together with the "
        "PDF, and run `auditable run` again after the repair; curated/ keeps the last good state."
    )
    return StudyFailure(study_id, message, is_fault=True, may_heal=isinstance(error, OSError))
