"""The facts of a paper ↔ its paper.yaml: the first one that `auditable add` writes, and the lines of a new version.

Comes in: facts, a checksum, the day. Goes out: the text of a paper.yaml that schemas/paper.schema.json allows, each key
with where it was read. What a human has written there since is kept line by line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from auditable.facts import PaperFacts
from auditable.model import AuditableError
from auditable.papers import UNKNOWN
from auditable.person_names import INITIALS, surname_of
from auditable.plain_yaml import load_plain

HEAD = (
    "# What paper.pdf is. Shape: schemas/paper.schema.json\n"
    "# Begun by `auditable add`: read_from says where each line was read. Look it over; from now on it is yours.\n"
)
MAX_LISTED_AUTHORS = 3
WIDTH = 118


def write_about(facts: PaperFacts, sha256: str, when: str, source: Mapping[str, str]) -> str:
    """The text of a new paper.yaml. source: what `auditable fetch` left beside the file, or empty."""
    licence = facts.licence.value or source.get("licence", "") or UNKNOWN
    about: dict[str, Any] = {"title": facts.title.value or UNKNOWN, "citation": cite(facts) or UNKNOWN}
    if facts.doi:
        about["doi"] = facts.doi.value
    about |= {"licence": licence, "sha256": sha256, "facsimile": False}
    if facts.authors:
        about["authors"] = list(facts.authors)
    if facts.year:
        about["year"] = int(facts.year.value)
    if facts.journal:
        about["journal"] = facts.journal.value
    about["read_from"] = _read_from(facts, source)
    kept = {k: v for k, v in source.items() if k in ("url", "asked", "licence_said", "fetched") and v}
    if kept.get("url"):
        about["source"] = kept
    about["taken_in"] = when
    return HEAD + _dump(about)


def cite(facts: PaperFacts) -> str:
    """Authors, journal and year as far as they are known, such as "Smith A, Jones B, et al. A Journal 2021."; or "".

    Without a first author nothing is cited: what a citation begins with is taken for one.
    """
    if not facts.surname:
        return ""
    names = [_short(n, facts.surname.value if k == 0 else surname_of(n)) for k, n in enumerate(facts.authors)]
    listed = ", ".join(names[:MAX_LISTED_AUTHORS]) or facts.surname.value
    others = ", et al" if len(names) > MAX_LISTED_AUTHORS else ""
    return (
        " ".join(part for part in (f"{listed}{others}.", facts.journal.value, facts.year.value) if part).rstrip(".")
        + "."
    )


def replace_pdf(text: str, old_sha256: str, new_sha256: str, when: str) -> str:
    """The text of a paper.yaml whose PDF was replaced: another sha256, the old one in versions, the rest as it was.

    text: as a human may have left it; its comments and order are kept. Raises AuditableError where its two keys are
    written in a way that cannot be changed line by line.
    """
    about = load_plain(text)
    changed = _with_version(text, about, old_sha256, new_sha256, when)
    versions = [*(about.get("versions") or ()), {"sha256": old_sha256, "replaced": when}]
    if _load_or_none(changed) != about | {"sha256": new_sha256, "versions": versions}:
        raise AuditableError(
            "paper.yaml cannot be brought up to date", expected="sha256 and versions in lines of their own, as "
            "`auditable add` writes them", found="another way of writing them", remedy="Write them so, then add again.",
        )  # fmt: skip
    return changed


def _with_version(text: str, about: Mapping[str, Any], old_sha256: str, new_sha256: str, when: str) -> str:
    changed = re.sub(r"^sha256:.*$", f"sha256: {new_sha256}", text, count=1, flags=re.MULTILINE)
    entry = f"  - sha256: {old_sha256}\n    replaced: {yaml.safe_dump(when, width=WIDTH).splitlines()[0]}\n"
    if not about.get("versions"):
        plain = re.sub(r"^versions:.*\n?", "", changed, flags=re.MULTILINE)
        return f"{plain.rstrip()}\nversions:\n{entry}"
    versions = [*about["versions"], {"sha256": old_sha256, "replaced": when}]
    block = re.compile(r"^versions:.*\n(?:[ -].*\n?)*", re.MULTILINE)
    return block.sub(lambda _: _dump({"versions": versions}), changed, count=1)


def _load_or_none(text: str) -> object:
    try:
        return load_plain(text)
    except yaml.YAMLError:
        return None


def _short(name: str, surname: str) -> str:
    """Surname and initials: "Smith AB" of "Ann B. Smith"."""
    given = [t for t in re.split(r"[\s.-]+", name) if t and t not in re.split(r"[\s.-]+", surname)]
    initials = "".join(t if INITIALS.match(t) else t[0] for t in given if t[0].isupper())
    return f"{surname} {initials}".strip()


def _read_from(facts: PaperFacts, source: Mapping[str, str]) -> dict[str, str]:
    licence = facts.licence.read_from
    if not facts.licence and source.get("licence"):
        licence = f"said by {source.get('asked', 'the service that named the PDF')}"
    found = {
        "title": facts.title,
        "authors": facts.surname,
        "year": facts.year,
        "doi": facts.doi,
        "journal": facts.journal,
    }
    told = {key: fact.read_from if fact else f"not found: {fact.read_from}" for key, fact in found.items()}
    return {**told, "licence": licence if facts.licence or source.get("licence") else f"not found: {licence}"}


def _dump(about: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(about), sort_keys=False, allow_unicode=True, width=WIDTH)
