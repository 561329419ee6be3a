"""A paper's list of references → its entries, each with its number, first author, year and DOI.

Comes in: the sentences of a Reading. Goes out: a frame of the References model, and the same as objects. The list is
cut at its own numbers, which must run 1, 2, 3 …; a list without numbers is cut at the years of its entries as best as
can be. Which entry is which paper of the corpus is left to those who compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from auditable.doi import DOI
from auditable.model import PATH_SEPARATOR, Reading, Sentence
from schemas.cited_frames import References
from schemas.frames import frame_of

LITERATURE = re.compile(r"^\W*(?:references|bibliography|literature cited|works cited|literature)\b", re.IGNORECASE)
"""Headings of a list of references."""
LONGEST_ENTRY = 1200
"""Characters of one entry; a longer one has run into the page's other text and is cut."""
MOST_SKIPPED = 3
"""Numbers in a row that may be missing from the text of a list, lost with a page's margin."""

_YEAR = re.compile(r"(?<![\d:–-])(?:19|20)\d{2}(?!\d)")
_AUTHOR = re.compile(r"^\W*((?:(?:van|von|de|di|da|del|della|le|la|el)\s(?:der\s|den\s)?)?[A-ZÄÖÜÅÉÈÁØŠŽ][\w’'-]+)")
_END_OF_UNNUMBERED = re.compile(r"(?<=[.\d])\s+(?=[A-Z][\w’'-]+,?\s(?:[A-Z]\.?\s?[,&]?\s?){1,4})")


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list of references; number "" where the list has none."""

    number: str
    first_author: str
    year: str
    doi: str
    text: str


def list_references(reading: Reading) -> pd.DataFrame:
    """The entries of the paper's list, in order; none where it prints no list."""
    text = " ".join(s.text.strip() for s in reading.sentences if is_literature(s))
    rows: list[dict[str, object]] = [
        {"study_id": reading.study_id, "place": place, **asdict(_entry(number, body))}
        for place, (number, body) in enumerate(_cut(text), start=1)
    ]
    return frame_of(rows, References)


def read_references(frame: pd.DataFrame) -> tuple[Reference, ...]:
    """The entries of a frame of the References model."""
    names = Reference.__dataclass_fields__
    return tuple(Reference(**{name: str(row[name]) for name in names}) for row in frame.to_dict("records"))


def entry_numbers(sentences: Iterable[Sentence]) -> tuple[int, ...]:
    """The numbers of the entries of a paper's list, in rising order; none where it prints no numbered list."""
    return tuple(n for n, _, _ in _numbered(" ".join(s.text.strip() for s in sentences if is_literature(s))))


def is_literature(sentence: Sentence) -> bool:
    """Whether the sentence stands in the list of references."""
    return any(LITERATURE.search(part) for part in sentence.section.split(PATH_SEPARATOR))


def _entry(number: str, body: str) -> Reference:
    author, years, doi = _AUTHOR.search(body), _YEAR.findall(DOI.sub(" ", body)), DOI.search(body)
    return Reference(
        number, author[1] if author else "", years[-1] if years else "", doi[0].lower() if doi else "", body
    )


def _cut(text: str) -> Iterable[tuple[str, str]]:
    places = _numbered(text)
    if len(places) < 2:
        return [("", part.strip()[:LONGEST_ENTRY]) for part in _END_OF_UNNUMBERED.split(text) if part.strip()]
    ends = [start for _, start, _ in places[1:]] + [len(text)]
    return [
        (str(number), text[begin:end].strip()[:LONGEST_ENTRY])
        for (number, _, begin), end in zip(places, ends, strict=True)
        if text[begin:end].strip()
    ]


def _numbered(text: str) -> Sequence[tuple[int, int, int]]:
    """Number, start and end of each mark "12." or "[12]" of the list, in rising order."""
    found: list[tuple[int, int, int]] = []
    for m in re.finditer(r"(?:(?<=\s)|^)\[?(\d{1,3})(?:\]|\.)?\s+(?=[A-Z“\"‘*]|(?:van|von|de|di|el)\s[A-Z])", text):
        last = found[-1][0] if found else 0
        if last < int(m[1]) <= last + 1 + (MOST_SKIPPED if found else 0):
            found.append((int(m[1]), m.start(), m.end()))
    return found
