"""A PDF that nobody vouches for → PaperFacts, from a process of its own within limits of time and memory.

Comes in: a path. Goes out: what the paper says of itself. Each kind of fact is left to its front_* module, the file to
readers/front_reader.py.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from auditable.facts import Fact, PaperFacts
from auditable.front_authors import find_authors
from auditable.front_doi import find_doi
from auditable.front_licence import find_licence
from auditable.front_matter import FrontMatter, front_lines
from auditable.front_title import find_title
from auditable.front_year import find_journal, find_year
from auditable.isolation import run_isolated
from auditable.limits import why_too_full
from auditable.settings import Settings

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control signs, halves of characters, and what Unicode keeps out of texts."""


def read_facts(pdf_path: Path, settings: Settings) -> PaperFacts:
    """What the PDF says of itself; raises AuditableError when it cannot be read."""
    text = run_isolated(
        dump_facts, (pdf_path,), seconds=settings.max_seconds_per_paper, memory_mb=settings.max_memory_mb
    )
    return _load(json.loads(text))


def find_facts(front: FrontMatter) -> PaperFacts:
    """The facts of the first pages and the metadata."""
    title, title_lines = find_title(front)
    byline = find_authors(front, title_lines)
    doi, doi_note = find_doi(front)
    year, year_note = find_year(front)
    return PaperFacts(
        title=title,
        doi=doi,
        year=year,
        surname=byline.surname,
        authors=byline.names,
        journal=find_journal(front),
        licence=find_licence(front),
        n_pages=front.n_pages,
        is_scan=front.is_scan,
        notes=tuple(note for note in (doi_note, year_note) if note),
    )


def dump_facts(pdf_path: Path) -> str:
    """The facts of a PDF as JSON text: what runs inside the worker process."""
    from auditable.readers.front_reader import read_front

    read = read_front(pdf_path)
    lines = front_lines(page for page in read.pages if not why_too_full(page))
    front = FrontMatter(lines, read.metadata, read.text, read.n_pages, read.is_scan)
    return json.dumps(_printable(asdict(find_facts(front))), ensure_ascii=False)


def _printable(value: Any) -> Any:
    """The same with what no file of text can hold shown as unreadable: broken fonts and metadata give such signs."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _printable(inner) for key, inner in value.items()}
    return [_printable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _load(plain: dict[str, Any]) -> PaperFacts:
    """The facts that dump_facts wrote."""
    lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
    facts = {name: Fact(**value) for name, value in plain.items() if isinstance(value, dict)}
    return PaperFacts(**{**plain, **lists, **facts})
