"""The first pages of a paper as lines with their sizes, and the document's own metadata: where title, authors, DOI,
year and licence are sought.

Comes in: Pages of words, as the readers give them. Goes out: a FrontMatter. What its lines say is left to
front_title.py,
front_authors.py, front_doi.py, front_year.py and front_licence.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from auditable.layout import find_lines, join_words, split_segments
from auditable.model import Page, Word
from auditable.references import LITERATURE

SEGMENT_GAP_EM = 1.6
"""White gap, in parts of the font size, that parts two columns or a running head from its page number."""
MARGIN_SHARE = 0.1
"""Share of a page's height, above and below, in which running heads and feet stand."""
OTHER_TYPE = 1.25
"""Sizes of type, one over the other, from which two neighbours in a line are not one text."""
OTHER_SIZE_PT = 0.6
LIST_ENTRY = re.compile(r"^\W*\d{1,3}[.)\]]\s+[^\W\d_]")
"""A line that begins an entry of a numbered list of references, as notes at the foot of a page are."""
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class FrontLine:
    """One line of one column. text: without raised marks; whole_text: with them; listed_text: with a comma for each.

    Boxes in points from the top left.
    """

    text: str
    size_pt: float
    page: int = 1
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    is_bold: bool = False
    is_margin: bool = False
    whole_text: str = ""
    listed_text: str = ""


@dataclass(frozen=True)
class FrontMatter:
    """What is looked at of a paper. lines: of its first pages, from the top down, without its list of references.

    metadata: fields of the document by name, such as "Title" and "prism:doi", each with its values in order. text: of
    all pages, to confirm what metadata says. is_scan: page 1 has only its picture; lines are of its OCR then.
    """

    lines: tuple[FrontLine, ...] = ()
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    n_pages: int = 1
    is_scan: bool = False

    def on_page(self, number: int) -> tuple[FrontLine, ...]:
        """The lines of one page."""
        return tuple(line for line in self.lines if line.page == number)

    def values(self, *names: str) -> list[str]:
        """All that metadata says under these names, in this order."""
        return [value for name in names for value in self.metadata.get(name, ())]

    def below(self, line: FrontLine) -> FrontLine | None:
        """The next line of the same column, or none within two lines' height."""
        near = (
            o
            for o in self.on_page(line.page)
            if line.top + 1 < o.top <= line.bottom + 1.2 * line.size_pt and abs(o.x0 - line.x0) < 2 * line.size_pt
        )
        return min(near, key=lambda o: o.top, default=None)


def front_lines(pages: Iterable[Page]) -> tuple[FrontLine, ...]:
    """The lines of the pages, top down on each; what follows the heading of a list of references is left out."""
    out: list[FrontLine] = []
    has_begun = False
    for page in (p for p in pages if not p.turn_degrees):
        own = _mark_margins([_front_line(part, page) for part in _parts(page)], page.height_pt)
        head = next((line for line in own if _is_list_heading(line)), None)
        out += [o for o in own if o.is_margin or not (has_begun or (head and _follows(o, head)))]
        has_begun |= head is not None
    return tuple(out)


def _parts(page: Page) -> Iterator[list[Word]]:
    """The lines of a page, parted at wide gaps and where another size of type begins beside them."""
    for line in find_lines(page.words):
        for segment in split_segments(line, SEGMENT_GAP_EM):
            part: list[Word] = []
            for word in segment.words:
                if part and _is_other_type(part, word):
                    yield part
                    part = []
                part.append(word)
            yield part


def _is_other_type(part: Sequence[Word], word: Word) -> bool:
    if word.is_raised or word.is_lowered or part[-1].is_raised or part[-1].is_lowered:
        return False
    small, large = sorted((part[-1].size_pt, word.size_pt))
    return large > OTHER_TYPE * small and word.box.x0 - part[-1].box.x1 > 0.5 * small


def _mark_margins(lines: Sequence[FrontLine], height_pt: float) -> list[FrontLine]:
    """The lines, those marked that stand as running heads and feet do: at the edge, and no part of the running text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size_pt] += len(line.text)
    body = max(sizes, key=lambda s: sizes[s], default=0.0)
    edge = MARGIN_SHARE * height_pt

    def is_margin(line: FrontLine) -> bool:
        if edge < line.bottom and line.top < height_pt - edge:
            return False
        return abs(line.size_pt - body) > OTHER_SIZE_PT or not any(_is_beside(line, o) for o in lines)

    return [replace(line, is_margin=is_margin(line)) for line in lines]


def _is_beside(line: FrontLine, other: FrontLine) -> bool:
    """Whether the other is the line above or below in one column of running text."""
    distance = abs(line.top - other.top)
    return 1 < distance < 1.8 * line.size_pt and line.x0 < other.x1 and other.x0 < line.x1


def letters_key(text: str) -> str:
    """Only the letters and digits of a text, small and without accents: what two readings of a line share."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def words_of(text: str) -> list[str]:
    """Runs of letters of a text."""
    return LETTERS.findall(text)


def _front_line(words: Sequence[Word], page: Page) -> FrontLine:
    plain = [w for w in words if not w.is_raised] or list(words)
    top, bottom = min(w.box.top for w in plain), max(w.box.bottom for w in plain)
    return FrontLine(
        text=join_words(plain),
        size_pt=_main_size(plain),
        page=page.number,
        x0=min(w.box.x0 for w in words),
        top=top,
        x1=max(w.box.x1 for w in words),
        bottom=bottom,
        is_bold=all(w.is_bold for w in plain),
        whole_text=join_words(words),
        listed_text=_listed(words) if plain != list(words) else "",
    )


def _listed(words: Sequence[Word]) -> str:
    """The words with a comma for each raised mark: behind an author it is the mark of an address, and ends the name."""
    return " ".join("," if w.is_raised else w.text for w in words)


def _main_size(words: Sequence[Word]) -> float:
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size_pt] += len(word.text)
    return max(sizes, key=lambda s: (sizes[s], s))


def _is_list_heading(line: FrontLine) -> bool:
    return bool(LITERATURE.search(line.text)) and len(words_of(line.text)) <= 2


def _follows(line: FrontLine, head: FrontLine) -> bool:
    """Below the heading in its column, or in a column to the right of it."""
    return line.x0 > head.x1 + 4 * head.size_pt or (line.top > head.top and line.x0 > head.x0 - 2 * head.size_pt)
