"""A DOI → its open-access PDF and a note on its licence, in a folder from which `auditable add` takes it.

Comes in: a DOI, a folder, the addresses and limits. Goes out: a Fetched. A service with the interface of Unpaywall
names where open copies lie and under what licence; only open licences are taken unless the human says otherwise, and
only what is a PDF. The network is left to fetch_http.py, the note to intake_source.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from auditable import __version__
from auditable.doi import DOI, doi_key
from auditable.fetch_http import Answer, Wait, get, is_loopback
from auditable.fetch_options import EMAIL_VARIABLE, FetchOptions
from auditable.front_licence import OPEN_LICENCES
from auditable.intake_source import read_source, source_path, write_source
from auditable.model import AuditableError
from auditable.papers import UNKNOWN
from auditable.pdf_ends import find_header, why_truncated
from auditable.store import write_bytes
from auditable.whole_files import remove_file

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PDF_TYPES = ("application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream", "")
BY_HAND = "Get the PDF through your library, then `auditable add FILE.pdf`."


@dataclass(frozen=True)
class Fetched:
    """A PDF that was fetched. is_new: False when it lay there already, byte for byte."""

    pdf_path: Path
    source_path: Path
    licence: str
    url: str
    is_new: bool


@dataclass(frozen=True)
class _Copy:
    """Where an open copy lies, and the licence as the service calls it."""

    url: str
    licence_said: str


def fetch_paper(doi: str, target_dir: Path, options: FetchOptions, *, when: str, wait: Wait) -> Fetched:
    """The PDF of a DOI in target_dir, its note beside it.

    doi: also as an address or with "doi:". when: an ISO date, from outside, for the note. wait: sleeps so many seconds.
    Raises AuditableError for no DOI, one that nobody knows, no open copy, a licence that is not open, an answer that is
    no PDF, and all that fetch_http.py refuses; nothing is written then.
    """
    plain = clean_doi(doi)
    _check_email(options.email)
    asked = f"{options.service.rstrip('/')}/{quote(plain, safe='/')}"
    copies = _allowed(_ask_service(asked, plain, options, wait), plain, options.any_licence)
    found, answer = _download(copies, plain, options, wait)
    source = {
        "doi": plain,
        "licence": name_licence(found.licence_said),
        "licence_said": found.licence_said,
        "url": answer.url,
        "asked": asked,
        "fetched": when,
    }
    return _keep(target_dir / f"{re.sub(r'[^A-Za-z0-9.-]+', '_', plain)}.pdf", answer.body, source)


def clean_doi(text: str) -> str:
    """The DOI alone; raises AuditableError when it is none."""
    plain = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text.strip(), flags=re.IGNORECASE)
    if not DOI.fullmatch(plain):
        raise AuditableError(
            "this is no DOI", expected="10.1000/example, or https://doi.org/10.1000/example", found=repr(text),
            remedy="Copy it from page 1 of the paper or from the publisher's page.",
        )  # fmt: skip
    return plain


def name_licence(said: str) -> str:
    """The licence as paper.yaml calls it: "CC BY-NC 4.0" of "cc-by-nc-4.0"; as said where it has no such name."""
    match = re.fullmatch(r"cc-(by(?:-(?:nc|nd|sa))*)(?:[- ]v?(\d(?:\.\d)?))?", said.strip().lower())
    if match:
        return f"CC {match[1].upper()} {match[2] or ''}".strip()
    return {"cc0": "CC0", "pd": "public domain", "public-domain": "public domain"}.get(said.lower(), said or UNKNOWN)


def _check_email(email: str) -> None:
    if not EMAIL.fullmatch(email):
        raise AuditableError(
            "an e-mail address is needed", expected="your address: the service asks for one and checks it",
            found=repr(email), remedy=f"Give it with --email, or once in the variable {EMAIL_VARIABLE}.",
        )  # fmt: skip


def _ask_service(asked: str, doi: str, options: FetchOptions, wait: Wait) -> list[_Copy]:
    """The open copies that the service names, the best first."""
    url = f"{asked}?email={quote(options.email)}"
    answer = get(url, options.limits, **_how(options, "application/json"), wait=wait)
    if answer.status == 404:
        raise AuditableError(
            "nobody knows this DOI", where=doi, expected="a DOI that is registered", found=f"404 from {asked}",
            remedy="Compare it with the paper, letter by letter. " + BY_HAND,
        )  # fmt: skip
    try:
        told = json.loads(answer.body)
        if answer.status != 200 or not {"best_oa_location", "oa_locations"} & set(told):
            raise ValueError("an answer that says nothing of copies")
        places = [told.get("best_oa_location"), *(told.get("oa_locations") or [])]
        return _copies(places)
    except (ValueError, AttributeError, TypeError) as error:
        raise AuditableError(
            "the service's answer cannot be read", where=asked, expected="status 200 and the JSON of Unpaywall",
            found=f"status {answer.status}, {answer.content_type or 'no type'}: {answer.body[:80]!r}",
            remedy="Check --service and --email, or try again later.",
        ) from error  # fmt: skip


def _copies(places: Sequence[Mapping[str, Any] | None]) -> list[_Copy]:
    found = [_Copy(str(p["url_for_pdf"]), str(p.get("license") or "")) for p in places if p and p.get("url_for_pdf")]
    return list(dict.fromkeys(found))


def _allowed(copies: Sequence[_Copy], doi: str, any_licence: bool) -> list[_Copy]:
    """The copies that may be taken; raises AuditableError when there is none, and says why."""
    if not copies:
        raise AuditableError(
            "no open PDF is known", where=doi, expected="an open copy with an address of its PDF", found="none",
            remedy=BY_HAND,
        )  # fmt: skip
    is_open = [c for c in copies if OPEN_LICENCES.match(c.licence_said)]
    if not is_open and not any_licence:
        said = ", ".join(dict.fromkeys(c.licence_said or "no licence" for c in copies))
        raise AuditableError(
            "the licence is not open", where=doi, expected="a Creative Commons licence or the public domain",
            found=said,
            remedy="Read the terms on the publisher's page; if you may keep a copy, fetch it with --any-licence.",
        )  # fmt: skip
    return [*is_open, *(c for c in copies if c not in is_open)] if any_licence else is_open


def _download(copies: Sequence[_Copy], doi: str, options: FetchOptions, wait: Wait) -> tuple[_Copy, Answer]:
    """The first copy that is a PDF; raises AuditableError with the reason of each when none is."""
    reasons: list[AuditableError] = []
    for copy in copies:
        try:
            answer = get(copy.url, options.limits, **_how(options, "application/pdf"), wait=wait)
            _check_pdf(answer)
        except AuditableError as error:
            reasons.append(error)
            continue
        return copy, answer
    if len(reasons) == 1:
        raise reasons[0]
    raise AuditableError(
        "none of the open copies could be fetched", where=doi, expected="a PDF",
        found="; ".join(str(reason) for reason in reasons), remedy=BY_HAND,
    )  # fmt: skip


def _how(options: FetchOptions, accept: str) -> dict[str, Any]:
    return {
        "agent": f"auditable/{__version__} (mailto:{options.email})",
        "accept": f"{accept}, */*;q=0.1",
        "allow_loopback": is_loopback(options.service),
    }


def _check_pdf(answer: Answer) -> None:
    if answer.status != 200:
        raise AuditableError(
            "the server does not give the PDF", where=answer.url, expected="status 200",
            found=f"status {answer.status}", remedy="Open the address in a browser. " + BY_HAND,
        )  # fmt: skip
    if not answer.body:
        raise AuditableError(
            "the server gives an empty file", where=answer.url, expected="a PDF", found="0 bytes",
            remedy="Try again later, or open the address in a browser. " + BY_HAND,
        )  # fmt: skip
    is_pdf = find_header(answer.body) >= 0
    if not is_pdf or answer.content_type not in PDF_TYPES:
        raise AuditableError(
            "the server gives something else than a PDF", where=answer.url, expected='a PDF ("%PDF-" at its beginning)',
            found=f"{answer.content_type or 'no type'}, beginning {answer.body[:20]!r}",
            remedy="It may be a page to log in or to look at: open the address in a browser. " + BY_HAND,
        )  # fmt: skip
    if reason := why_truncated(answer.body):
        raise AuditableError(
            "the PDF came cut off", where=answer.url, expected="a whole PDF that ends in %%EOF", found=reason,
            remedy="Try again later, or open the address in a browser. " + BY_HAND,
        )  # fmt: skip


def _keep(path: Path, body: bytes, source: Mapping[str, str]) -> Fetched:
    """The note first: whoever sees the PDF appear finds it; a note whose PDF could not be written goes.
    A PDF that is there byte for byte keeps its first note.
    """
    before = read_source(path) if path.is_file() else {}
    if before and doi_key(before.get("doi", "")) != doi_key(source["doi"]):
        raise AuditableError(
            "the file's name is that of another paper", where=str(path), expected="no file, or one of this DOI",
            found=f"the PDF of {before.get('doi', 'no DOI')}", remedy="Add that one first, or name a folder with --to.",
        )  # fmt: skip
    if before and path.read_bytes() == body:
        return Fetched(path, source_path(path), before["licence"], before["url"], is_new=False)
    note = write_source(path, source)
    try:
        is_new = write_bytes(path, body)
    except OSError:
        if before:
            write_source(path, before)
        else:
            remove_file(note)
        raise
    return Fetched(path, note, source["licence"], source["url"], is_new=is_new)
