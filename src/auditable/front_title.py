"""The title of a paper: the block of largest type on its first page, confirmed by what the metadata calls it.

Comes in: a FrontMatter. Goes out: the title as a Fact, and the lines it stands on, from which the authors are sought.
Metadata alone is believed only where the page prints it: many files call themselves "untitled" or by a job number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from auditable.facts import Fact
from auditable.front_matter import FrontLine, FrontMatter, letters_key, words_of

MIN_WORDS, MIN_LETTERS = 4, 20
"""A journal's name or a kind of article in large type is shorter than nearly every title."""
SAME_SIZE_PT = 0.6
MAX_LEADING = 1.75
"""Distance of two lines of one title, in parts of their size."""
WIDER_LEADING = 1.25
MIN_PRINTED = 90.0
"""Likeness, of 100, at which the page is held to print what the metadata calls the title."""
FURNITURE = re.compile(
    r"^\W*(?:nih public access|author manuscript|available in|published in|this article|terms of use|downloaded"
    r"|https?:|www\.|doi\b|to cite|citation|open access|(?:official )?journal of|issn|volume \d|contents lists)",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"^\W*(?:the\s)?(?:[\w&-]+\s){0,6}(?:journal|annals|archives|bulletin|proceedings|transactions)(?:\sof\s[^:?]{3,50})?\W*$"
    r"|^\W*(?:(?:a|an)\s)?systematic review (?:and|&|with) meta[- ]?analysis\W*$"
    r"|^\W*original (?:research )?(?:article|investigation|paper|contribution)s?\b.{0,30}$",
    re.IGNORECASE,
)
"""The whole of a block in large type that is the name of a journal or a kind of article."""
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|.*\.(?:pdf|docx?|indd|qxd|tex|dvi)\b)|\d{4}\.\.\d{3,4}$", re.IGNORECASE
)


def find_title(front: FrontMatter) -> tuple[Fact, tuple[FrontLine, ...]]:
    """The title with where it was read, and its lines on page 1; an empty Fact and no lines where there is none."""
    blocks = _blocks(front.on_page(1))
    named = [t for t in _named(front) if _is_long_enough(t)]
    for title in named:
        lines = _printed_lines(title, blocks)
        if lines:
            return Fact(_better(title, _join(lines)), "metadata, as page 1 prints it"), lines
    best = max(blocks, key=_rank, default=())
    if best:
        return Fact(_join(best), "largest type of page 1"), best
    return Fact("", "page 1 has no block of type that could be a title"), ()


def _named(front: FrontMatter) -> list[str]:
    """What the metadata calls the title, without what is plainly none."""
    found = (" ".join(t.split()) for t in front.values("Title", "dc:title"))
    return list(dict.fromkeys(_plain_hyphens(t) for t in found if not _NO_TITLE.search(t)))


def _plain_hyphens(text: str) -> str:
    return text.replace("‐", "-").replace("‑", "-")


def _blocks(lines: Sequence[FrontLine]) -> list[tuple[FrontLine, ...]]:
    """Runs of lines below one another in one size and weight, that are long enough for a title."""
    blocks: list[list[FrontLine]] = []
    for line in lines:
        home = next((b for b in reversed(blocks) if _continues(b[-1], line)), None)
        if home is None:
            blocks.append([line])
        else:
            home.append(line)
    parted = [part for block in blocks for part in _part_at_leading(block)]
    return [tuple(b) for b in parted if _is_long_enough(_join(b)) and not _is_furniture(b)]


def _is_furniture(block: Sequence[FrontLine]) -> bool:
    return bool(FURNITURE.search(block[0].text) or _MASTHEAD.search(_join(block)))


def _continues(line: FrontLine, more: FrontLine) -> bool:
    is_alike = abs(line.size_pt - more.size_pt) <= SAME_SIZE_PT and line.is_bold == more.is_bold
    is_near = -0.5 * line.size_pt < more.top - line.top < MAX_LEADING * line.size_pt
    return (is_alike and is_near and more.x0 < line.x1 and line.x0 < more.x1 + line.size_pt) or (
        is_alike and abs(more.top - line.top) < 2 and more.x0 - line.x1 < 3 * line.size_pt
    )


def _part_at_leading(block: Sequence[FrontLine]) -> list[list[FrontLine]]:
    """The block, parted where its lines stand further apart than elsewhere: authors in the type of the title."""
    gaps = [more.top - line.top for line, more in pairwise(block)]
    least = min((g for g in gaps if g > 2), default=0.0)
    parts = [[block[0]]]
    for gap, line in zip(gaps, block[1:], strict=True):
        if gap > WIDER_LEADING * least:
            parts.append([])
        parts[-1].append(line)
    return parts


def _rank(block: Sequence[FrontLine]) -> tuple[float, bool, float]:
    """Larger before smaller type, bold before plain, above before below."""
    return (round(2 * block[0].size_pt), block[0].is_bold, -block[0].top)  # geometry


def _is_long_enough(text: str) -> bool:
    return len(words_of(text)) >= MIN_WORDS and len(letters_key(text)) >= MIN_LETTERS


def _printed_lines(title: str, blocks: Sequence[tuple[FrontLine, ...]]) -> tuple[FrontLine, ...]:
    """The block that prints the title, the largest type first; () when none does."""
    key = letters_key(title)
    alike = [b for b in blocks if fuzz.ratio(key, letters_key(_join(b))) >= MIN_PRINTED]
    return max(alike, key=_rank, default=())


def _better(named: str, printed: str) -> str:
    """Of two forms of one title the printed one where its words are as many: metadata loses hyphens."""
    is_same = letters_key(named) == letters_key(printed)
    return printed if is_same and len(printed.split()) == len(named.split()) else named


def _join(lines: Sequence[FrontLine]) -> str:
    """The lines as one text; a hyphen at the end of a line stays, since most titles break at words."""
    text = ""
    for line in lines:
        text += ("" if not text or text.endswith("-") else " ") + line.text
    return re.sub(r"(?<=\w)- (?=\w)", "-", _plain_hyphens(" ".join(text.split()))).rstrip("*†‡ ")
