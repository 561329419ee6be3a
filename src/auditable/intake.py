"""A PDF → its folder in raw/: a new study, or a new version of one that is there.

Comes in: the path of a PDF nobody vouches for, raw/, the day. Goes out: an Intake. The original stays where it is; the
study's folder gets a copy, paper.yaml and its line in SHA256SUMS. Whether it is there already is left to
intake_known.py, what paper.yaml says to intake_about.py. No flow is run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote

from auditable.doi import doi_key
from auditable.facts import Fact, PaperFacts
from auditable.intake_about import replace_pdf, write_about
from auditable.intake_known import CERTAIN, KnownPaper, Likeness, Twin, find_twin, is_alike, read_known
from auditable.intake_reading import read_facts
from auditable.intake_source import read_source
from auditable.locks import lock
from auditable.model import AuditableError
from auditable.papers import hash_file, list_studies
from auditable.raw_sums import complete_sums, update_sums
from auditable.settings import Settings
from auditable.store import write_bytes, write_text
from auditable.study_ids import check_study_id, propose_study_id

VERSIONS_FOLDER = "versions"
SHORT_SHA = 12
"""Characters of its checksum that name a file of an old version."""
Ask = Callable[[str], bool]


@dataclass(frozen=True)
class Intake:
    """What was taken in. folder: raw/<study_id>. facts: what the PDF says of itself.

    is_new_version: the study was there; old_pdf is where its file before lies now. notes: what a human should know.
    """

    study_id: str
    folder: Path
    is_new_version: bool
    notes: tuple[str, ...]
    facts: PaperFacts
    old_pdf: Path | None = None


def take_in(
    pdf_path: Path,
    raw_dir: Path,
    settings: Settings,
    *,
    when: str,
    study_id: str = "",
    ask: Ask | None = None,
    is_another: bool = False,
    may_replace: bool = True,
    wait_s: float | None = None,
) -> Intake:
    """The paper as it lies in raw_dir now.

    when: an ISO date, from outside, for paper.yaml. study_id: as the human names it; of a study that is there the PDF
    becomes a new version. ask: answers a question on papers that look alike; without it such a PDF is refused, with
    what to do.
    is_another: the human says that it is none of those that are there. may_replace: another file of a paper that is
    there becomes its new version; else it is refused, for where nobody looks on, a manuscript must not replace the
    print. wait_s: how long another intake is waited for.
    Raises AuditableError for a broken PDF, a duplicate, a PDF without author or year that nobody names, and a doubt.
    """
    if study_id:
        check_study_id(study_id)
    sha256 = hash_file(pdf_path) if pdf_path.is_file() else ""
    facts = read_facts(pdf_path, settings)
    source = read_source(pdf_path)
    facts = _with_asked_doi(facts, source)
    with lock(raw_dir / ".intake.lock", "papers that are taken in", wait_s):
        known, notes = read_known(raw_dir)
        twin = find_twin(known, sha256, facts)
        if twin and twin.likeness is Likeness.SAME_FILE:
            complete_sums(raw_dir, twin.paper.study_id, sha256)  # the intake before may have stopped short of it
        home = _find_home(pdf_path, twin, known, study_id, facts, ask, is_another)
        if home and not may_replace:
            raise _unasked_version(pdf_path, home)
        intake = (
            _add_version(pdf_path, raw_dir, home, sha256, when, facts)
            if home
            else _add_study(pdf_path, raw_dir, sha256, when, facts, study_id, source)
        )
        update_sums(raw_dir, intake.study_id)
    return Intake(**{**vars(intake), "notes": (*intake.notes, *facts.notes, *notes)})


def _with_asked_doi(facts: PaperFacts, source: Mapping[str, str]) -> PaperFacts:
    """The facts with the DOI under which the PDF was fetched, where it prints none; a note where it prints another."""
    asked = source.get("doi", "")
    if not asked or doi_key(asked) == doi_key(facts.doi.value):
        return facts
    if facts.doi:
        note = f"It was fetched as {asked}, but prints {facts.doi.value}: is it the right paper?"
        return replace(facts, notes=(*facts.notes, note))
    return replace(facts, doi=Fact(asked, "the DOI under which it was fetched"))


def version_path(folder: Path, sha256: str) -> Path:
    """Where the file of an old version lies in a study's folder."""
    return folder / VERSIONS_FOLDER / f"{sha256[:SHORT_SHA]}.pdf"


def _find_home(
    pdf_path: Path,
    twin: Twin | None,
    known: list[KnownPaper],
    study_id: str,
    facts: PaperFacts,
    ask: Ask | None,
    is_another: bool,
) -> KnownPaper | None:
    """The study of which the PDF is a new version; None for a new study. Raises AuditableError as take_in does."""
    if twin and twin.likeness in (Likeness.SAME_FILE, Likeness.OLD_FILE):
        raise _duplicate(pdf_path, twin)
    named = next((paper for paper in known if paper.study_id == study_id), None)
    if named:
        return named if _may_replace(pdf_path, named, twin, facts, ask) else None
    if twin is None or is_another:
        return None
    if twin.likeness in CERTAIN and not study_id:
        return twin.paper
    question = (
        f"{pdf_path.name} has {twin.likeness.value} as {twin.paper.study_id} ({twin.paper.title}). "
        f"Is it a new version of {twin.paper.study_id}?"
    )
    if ask is None:
        raise AuditableError(
            "this may be a paper that is there already", where=str(pdf_path), expected="a paper unlike all others",
            found=f"{twin.likeness.value} as {twin.paper.study_id}",
            remedy=f"Say which: {_command(pdf_path, f'--id {twin.paper.study_id}')} for a new version of it, "
            f"{_command(pdf_path, '--another')} for another paper.",
        )  # fmt: skip
    return twin.paper if ask(question) else None


def _may_replace(pdf_path: Path, paper: KnownPaper, twin: Twin | None, facts: PaperFacts, ask: Ask | None) -> bool:
    """Whether the PDF may become a new version of the study a human named; one that looks like another paper, or is
    surely of another study, is asked about. Raises AuditableError when it is not, or nobody can be asked.
    """
    stranger = twin if twin and twin.likeness in CERTAIN and twin.paper != paper else None
    if is_alike(paper, facts) and not stranger:
        return True
    other = f"{stranger.likeness.value} as {stranger.paper.study_id}" if stranger else "another title and another DOI"
    question = (
        f"{pdf_path.name} has {other}, you named {paper.study_id} ({paper.title}). "
        f"Is it all the same a new version of {paper.study_id}?"
    )
    if ask is not None and ask(question):
        return True
    raise AuditableError(
        "this looks like another paper", where=str(pdf_path),
        expected=f"a new version of {paper.study_id}: {paper.title}",
        found=f"{other}: {facts.title.value or 'no title'} ({facts.doi.value or 'no DOI'})",
        remedy="Leave --id out, or name another one.",
    )  # fmt: skip


def _unasked_version(pdf_path: Path, paper: KnownPaper) -> AuditableError:
    return AuditableError(
        "this is another file of a paper that is there", where=str(pdf_path), expected="a paper new to raw/",
        found=f"the title or DOI of {paper.study_id}: {paper.title}",
        remedy=f"Compare the two. {_command(pdf_path, f'--id {paper.study_id}')} makes it the new version and keeps "
        "the old one.",
    )  # fmt: skip


def _command(pdf_path: Path, option: str) -> str:
    return f"`auditable add {quote(str(pdf_path))} {option}`"


def _duplicate(pdf_path: Path, twin: Twin) -> AuditableError:
    is_current = twin.likeness is Likeness.SAME_FILE
    return AuditableError(
        "this PDF is there already", where=str(pdf_path), expected="a file that raw/ does not hold",
        found=f"the file of {twin.paper.study_id}" if is_current else f"an older version of {twin.paper.study_id}",
        remedy=f"`auditable run {twin.paper.study_id}` reads it again."
        if is_current
        else f"A newer file has taken its place in {twin.paper.study_id}; nothing was done.",
    )  # fmt: skip


def _add_study(
    pdf_path: Path, raw_dir: Path, sha256: str, when: str, facts: PaperFacts, study_id: str, source: Mapping[str, str]
) -> Intake:
    """A new folder. paper.yaml comes last: without it the folder is an intake that broke off, and is done again."""
    broken_off = {s for s in list_studies(raw_dir) if _is_broken_off(raw_dir / s, sha256)}
    taken = set(list_studies(raw_dir)) - broken_off
    if study_id in taken:
        raise AuditableError(
            "there is a folder of this name", where=str(raw_dir / study_id), expected="no such folder",
            found="one without a readable paper.yaml", remedy="Mend its paper.yaml, or take another id.",
        )  # fmt: skip
    chosen = study_id or propose_study_id(facts, taken, str(pdf_path))
    folder = raw_dir / chosen
    write_bytes(folder / "paper.pdf", _read_unchanged(pdf_path, sha256))
    write_text(folder / "paper.yaml", write_about(facts, sha256, when, source))
    note = (
        [f"{chosen[:-1]} is another paper, so this one has a letter."] if chosen[-1].isalpha() and not study_id else []
    )
    return Intake(chosen, folder, is_new_version=False, notes=tuple(note), facts=facts)


def _read_unchanged(pdf_path: Path, sha256: str) -> bytes:
    """The file's bytes; raises AuditableError when they are not those whose facts were read."""
    content = pdf_path.read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != sha256:
        raise AuditableError(
            "the file changed while it was read", where=str(pdf_path), expected=f"sha256 {sha256}",
            found=f"sha256 {found}", remedy="Wait until it is whole, then add it again.",
        )  # fmt: skip
    return content


def _is_broken_off(folder: Path, sha256: str) -> bool:
    """Whether an intake of the same file stopped before paper.yaml was written, or the folder is empty."""
    names = {p.name for p in folder.iterdir() if not p.name.startswith(".")}  # a stop may leave a file half written
    return not names or (names == {"paper.pdf"} and hash_file(folder / "paper.pdf") == sha256)


def _add_version(pdf_path: Path, raw_dir: Path, paper: KnownPaper, sha256: str, when: str, facts: PaperFacts) -> Intake:
    """The study's folder with the new file; the old one is kept first, and paper.yaml names the new one last.

    Gold record and everything else of the folder stay. A stop in between is mended by the same command.
    """
    content, folder = _read_unchanged(pdf_path, sha256), raw_dir / paper.study_id
    old_pdf, current = version_path(folder, paper.sha256), folder / "paper.pdf"
    if not (old_pdf.is_file() and hash_file(old_pdf) == paper.sha256):
        found = hash_file(current) if current.is_file() else "nothing"
        if found != paper.sha256:
            raise AuditableError(
                "the PDF that is there is not the one paper.yaml speaks of", where=str(current),
                expected=f"sha256 {paper.sha256}", found=found, remedy="Put the right PDF back, then add the new one.",
            )  # fmt: skip
        write_bytes(old_pdf, current.read_bytes())
    about = folder / "paper.yaml"
    changed = replace_pdf(about.read_text("utf-8"), paper.sha256, sha256, when)
    write_bytes(current, content)
    write_text(about, changed)
    notes = [_title_note(paper, facts)] if facts.title and facts.title.value != paper.title else []
    notes.append(f"The file before is kept as {old_pdf.relative_to(raw_dir)}.")
    return Intake(paper.study_id, folder, True, tuple(notes), facts, old_pdf)


def _title_note(paper: KnownPaper, facts: PaperFacts) -> str:
    return f"The new file's title reads {facts.title.value!r}; paper.yaml keeps {paper.title!r}."
