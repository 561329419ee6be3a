"""Whether a PDF that comes in is of a paper that raw/ has already: by its bytes, its DOI, its title.

Comes in: the studies' paper.yaml, the facts of the new file. Goes out: a Likeness, or none. What is only nearly the
same is a question for people, and intake.py asks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rapidfuzz import fuzz

from auditable.doi import doi_key
from auditable.facts import PaperFacts
from auditable.front_matter import letters_key
from auditable.model import AuditableError
from auditable.papers import UNKNOWN, list_studies, read_about

NEAR_TITLE = 90.0
"""Likeness of two titles, of 100, from which they may be one: a subtitle more, a misread letter."""
COMPANION = re.compile(
    r"\b(?:supplement\w*|appendi\w*|additional (?:file|material)\w*|errat\w*|corrigend\w*|correction|retraction"
    r"|expression of concern|protocol|statistical analysis plan|comment(?:ary)?|repl(?:y|ies)|response)\b",
    re.IGNORECASE,
)
"""What the title of a paper's companion says: it may print the paper's DOI and title, and is not the paper."""
OTHER_TITLE = 60.0
"""Likeness below which two titles are not one, whatever the DOI: a supplement or an erratum prints the paper's DOI."""


class Likeness(StrEnum):
    """How a new file is like a paper that is there; the surest first."""

    SAME_FILE = "the same file"
    OLD_FILE = "a file that it replaced"
    SAME_DOI = "the same DOI"
    SAME_TITLE = "the same title"
    DOI_BUT_OTHER_TITLE = "the same DOI, but another title"
    TITLE_BUT_OTHER_DOI = "the same title, but another DOI"
    NEAR_TITLE = "nearly the same title"


CERTAIN = (Likeness.SAME_DOI, Likeness.SAME_TITLE)
"""A new file of the same paper; the other ones that are not of its bytes are asked about."""


@dataclass(frozen=True)
class KnownPaper:
    """What paper.yaml of one study says of its PDF; old_files: checksums of those before."""

    study_id: str
    sha256: str
    old_files: tuple[str, ...]
    doi: str
    title: str


@dataclass(frozen=True)
class Twin:
    """A paper that is there, and how the new file is like it."""

    paper: KnownPaper
    likeness: Likeness


def read_known(raw_dir: Path) -> tuple[list[KnownPaper], tuple[str, ...]]:
    """The papers of raw_dir, which need not be there, and a note for each whose paper.yaml cannot be read."""
    known, notes = [], []
    for study_id in list_studies(raw_dir) if raw_dir.is_dir() else []:
        path = raw_dir / study_id / "paper.yaml"
        if not path.is_file():
            continue
        try:
            about = read_about(path)
        except AuditableError as error:
            notes.append(f"Not compared with {study_id}: {error}")
            continue
        old = tuple(v["sha256"] for v in about.get("versions", ()))
        known.append(KnownPaper(study_id, about["sha256"], old, about.get("doi", ""), about["title"]))
    return known, tuple(notes)


def find_twin(known: Iterable[KnownPaper], sha256: str, facts: PaperFacts) -> Twin | None:
    """The paper that is most surely the same, or none."""
    order = list(Likeness)
    found = [Twin(paper, likeness) for paper in known if (likeness := _compare(paper, sha256, facts))]
    return min(found, key=lambda t: order.index(t.likeness), default=None)


def is_alike(paper: KnownPaper, facts: PaperFacts) -> bool:
    """Whether nothing speaks against the new file being of this paper: not both another DOI and another title."""
    titles = _titles(paper, facts)
    has_other_doi = bool(paper.doi and facts.doi) and doi_key(paper.doi) != doi_key(facts.doi.value)
    return not (has_other_doi and len(titles) == 2 and fuzz.ratio(*titles) < OTHER_TITLE)


def _titles(paper: KnownPaper, facts: PaperFacts) -> list[str]:
    return [letters_key(t) for t in (paper.title, facts.title.value) if t and t != UNKNOWN]


def _compare(paper: KnownPaper, sha256: str, facts: PaperFacts) -> Likeness | None:
    if paper.sha256 == sha256:
        return Likeness.SAME_FILE
    if sha256 in paper.old_files:
        return Likeness.OLD_FILE
    dois = [doi_key(d) for d in (paper.doi, facts.doi.value) if d]
    titles = _titles(paper, facts)
    likeness = fuzz.ratio(*titles) if len(titles) == 2 else None
    if len(dois) == 2 and dois[0] == dois[1]:
        is_other = likeness is not None and (likeness < OTHER_TITLE or _is_companion(paper.title, facts.title.value))
        return Likeness.DOI_BUT_OTHER_TITLE if is_other else Likeness.SAME_DOI
    return _by_title(likeness, dois)


def _is_companion(one: str, other: str) -> bool:
    """Whether only one of two titles speaks of a supplement, a correction and the like."""
    said = [{m.lower() for m in COMPANION.findall(title)} for title in (one, other)]
    return said[0] != said[1]


def _by_title(likeness: float | None, dois: Sequence[str]) -> Likeness | None:
    """Two DOIs that differ leave little doubt, so only an equal title is worth a question then."""
    if likeness is None or likeness < NEAR_TITLE:
        return None
    if len(dois) == 2:
        return Likeness.TITLE_BUT_OTHER_DOI if likeness == 100 else None
    return Likeness.SAME_TITLE if likeness == 100 else Likeness.NEAR_TITLE
