"""A paper's own DOI: of all that its metadata and its first pages name, the one that is not somebody else's.

Comes in: a FrontMatter. Goes out: a Fact, and a note where others are printed too. Where sources differ and nothing
tells which is right, none is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from auditable.doi import DOI, OPEN_DOI, doi_key, find_dois
from auditable.facts import Fact
from auditable.front_matter import LIST_ENTRY, FrontLine, FrontMatter

METADATA_NAMES = (
    "prism:doi",
    "pdfx:doi",
    "doi",
    "WPS-ARTICLEDOI",
    "dc:identifier",
    "prism:url",
    "Subject",
    "dc:description",
)
_OF_DATA = re.compile(r"10\.(?:5061|5281|6084|17605|7910|17632|5255)/", re.IGNORECASE)
"""Registrants of data sets: Dryad, Zenodo, figshare, OSF, Dataverse, Mendeley, UK Data Archive."""
_PART = re.compile(
    r"\.(?:s|g|t)\d{3}$|/-/dc\d*$|/suppl\b.*$|/(?:full|abstract|e?pdf)$|(?:\.full)?\.pdf$|[?#][\w-]+=.*$", re.IGNORECASE
)
"""What a figure, table or supplement of a paper, or its address on the web, adds to the paper's DOI."""
_OF_ANOTHER = re.compile(
    r"\b(?:comment(?:ary|s)?|editorial|protocol|erratum|correction|corrigendum|reply|companion)\b(?:[^.;]|\.(?=\w)){0,80}$",
    re.IGNORECASE,
)
"""What stands before the DOI of another paper: a comment on this one, its protocol."""


def find_doi(front: FrontMatter) -> tuple[Fact, str]:
    """The DOI with where it was read, and a note or ""."""
    named = _unique(doi for text in front.values(*METADATA_NAMES) for doi in find_dois(text))
    first = [o for o in front.lines if o.page == 1 or o.is_margin]
    printed = _printed(front, first, find_dois) or _printed(front, front.lines, find_dois)
    both = [d for d in named if doi_key(d) in map(doi_key, printed)]
    if both:
        return Fact(both[0], "metadata, and printed on the first pages"), ""
    if named and printed:
        said = f"metadata: {', '.join(named)}; first pages: {', '.join(printed)}"
        return Fact("", f"sources differ ({said})"), ""
    printed = _printed(front, first, _own) or _printed(front, front.lines, _own)
    if len(printed) == 1:
        return Fact(printed[0], "printed on the first pages"), ""
    if len(named) == 1:
        is_printed = doi_key(named[0]) in map(doi_key, find_dois(front.text))
        return Fact(
            named[0], f"metadata, {'and printed in the paper' if is_printed else 'not printed in the paper'}"
        ), ""
    if printed:
        counts = Counter(doi_key(d) for o in front.lines for d in _own(_whole(front, o)))
        best, *rest = counts.most_common(2)
        if rest and best[1] > rest[0][1]:
            doi = next(d for d in printed if doi_key(d) == best[0]) if best[0] in map(doi_key, printed) else ""
            if doi:
                return Fact(doi, "printed most often on the first pages"), f"Also printed: {', '.join(printed)}."
        return Fact("", f"several are printed: {', '.join(printed)}"), ""
    return Fact("", "neither metadata nor the first pages name one"), ""


def _printed(front: FrontMatter, lines: Iterable[FrontLine], find: Callable[[str], list[str]]) -> list[str]:
    return _unique(doi for line in lines for doi in find(_whole(front, line)))


def _own(text: str) -> list[str]:
    """The DOIs of a line that it does not give to another paper."""
    found = DOI.search(text)
    is_other = LIST_ENTRY.search(text) or (found and _OF_ANOTHER.search(text[: found.start()]))
    return [] if is_other else find_dois(text)


def _whole(front: FrontMatter, line: FrontLine) -> str:
    """The line, with the first word of the one below where it breaks off in a DOI."""
    text = line.whole_text or line.text
    more = front.below(line) if OPEN_DOI.search(text) else None
    word = (more.whole_text or more.text).split()[0] if more else ""
    if text.endswith(".") and word[:1].isupper():
        return text  # the full stop of a sentence
    return text + word


def _unique(dois: Iterable[str]) -> list[str]:
    """Each once, without data sets and parts of a paper."""
    own = (_PART.sub("", doi) for doi in dois if not _OF_DATA.match(doi))
    return list({doi_key(doi): doi for doi in own}.values())
