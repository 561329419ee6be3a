"""Pages without their tables → sentences of running text, captions and notes, each word with its box.

Comes in: Pages and the Regions that tables claim. Goes out: Sentences in reading order with the heading they stand
under. What a sentence
says is left to prose.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditable.broken_words import count_words, over_line_end
from auditable.captions import find_captions
from auditable.columns import GAP_EM
from auditable.layout import (
    NARROW_GUTTER_PT,
    Line,
    Style,
    body_style,
    find_lines,
    main_style,
    split_blocks,
    split_segments,
)
from auditable.margins import without_running_heads
from auditable.marks import is_exponent, raise_text
from auditable.model import PATH_SEPARATOR, Box, Page, Sentence, Word
from auditable.region import Region
from auditable.sections import INLINE_HEAD, Section, is_heading, is_main, next_section, run_in_head

REACH = 500
"""Characters before a place that are looked at to tell what happens there: the longest clause that decides has 130. A
passage of a hundred pages would be searched from its start at each word otherwise."""
_CLOSED = re.compile(r"[.:?!\])]\s*$")
MARK_PAGES = 4
MARK_WORDS = 2
"""A line of so few words that stands on so many pages is a mark of the publisher."""
MARGIN_SHARE = 0.09
"""Running heads and feet stand in so much of the page's height at its top and bottom."""
SCANNED_SIZE_SHARE = 0.15
"""In a scan the size is measured from letters, so that lines of one size differ by so much of it."""
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z]{3}")
SENTENCE_END = re.compile(r"[.?!][\"”’)\]]?(?:\s?\[[\d,–\s-]+\])?\s+(?=[A-Z0-9“\"(\[≥≤<>~±])")
NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|al|Figs?|Tabs?|Refs?|Eqs?|Nos?|no|ca|approx|resp|Dr|Prof|St|Sect|Suppl|incl|v|ver|pp?|Vol|vol|Mrs?|Ms|Jr|Sr|Inc|Ltd|[A-Z])|\b\w\.\w)\.$"
)
NUMERAL_END = re.compile(
    r"\b(?:(?:[IVX]+(?:\s(?:to|and|or)\s|\s?[–—,/-]\s?)|(?:stage|class|type|phase|grade|level|patients?|cases?)\s)[IVX]"
    r"|(?:II|III|IV|VI{0,3}|IX)\b[^.]{0,120}\bin\s[IVX])\.$"
)
"""A Roman numeral in front of a full stop, which is no initial of a name: of a row, behind its noun, or where others
stand in its sentence."""

ENDED = re.compile(r"[.?!:;][\"”’)\]]*$")
GOES_ON = re.compile(r"[a-z\d(\[<>≥≤~±]")
"""How the rest of an interrupted sentence begins; with a capital it may as well be a new one."""
LEADS_ON = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "by", "to", "for", "from", "with", "and", "or", "than", "as", "that",
     "which", "was", "were", "is", "are")
)  # fmt: skip
"""Words that no sentence ends with, whatever comes next."""


@dataclass
class _Passage:
    """Words that run on from line to line under one heading."""

    section: str
    source: str
    words: list[tuple[Word, int]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)  # indices of words that open a line
    stops: set[int] = field(default_factory=set)  # indices of words that open a paragraph
    heads: dict[int, str] = field(default_factory=dict)  # heads in bold that open the paragraph at an index


def find_sentences(pages: Sequence[Page], regions: Sequence[Region]) -> list[Sentence]:
    """Sentences of the whole paper in reading order, then those of captions and notes of tables."""
    body = body_style(pages)
    heads = _running_heads(pages)
    passages: list[_Passage] = []
    section = Section()
    for page in (p for p in without_running_heads(pages) if not p.turn_degrees):
        claimed = [b for r in regions if r.page.number == page.number and not r.page.turn_degrees for b in r.claimed]
        words = [w for w in page.words if not any(b.contains(w.box, 1.0) for b in claimed)]
        section = _read_page(page, words, heads, body, section, passages)
    counts = count_words(pages)
    out = [s for p in passages for s in _sentences_of(p, counts)]
    for region in regions:
        out.extend(_region_sentences(region, counts))
    return out


def _read_page(
    page: Page, words: Sequence[Word], heads: set[str], body: Style, section: Section, passages: list[_Passage]
) -> Section:
    segments = [s for line in find_lines(words) for s in split_segments(line, GAP_EM)] if words else []
    captions = [c.line.box for c in find_captions(segments, body)]
    for block in split_blocks(words, min_gutter_pt=NARROW_GUTTER_PT):
        lines = find_lines(block)
        if not lines or (any(_is_running_head(line, page, heads) for line in lines[:1]) and len(lines) <= 2):
            continue
        if any(box.contains(lines[0].box, 2) or lines[0].box.contains(box, 2) for box in captions):
            passages.append(_passage(lines, page.number, "", "caption"))
            continue
        # a publisher's mark that stands between the columns of page after page heads nothing
        marks = {
            line for line in lines if _head_key(line) in heads and not _DIGIT.search(line.text) and not is_main(line)
        }
        section = _read_block([x for x in lines if x not in marks], page.number, body, section, passages)
    return section


def _read_block(lines: Sequence[Line], page: int, body: Style, section: Section, passages: list[_Passage]) -> Section:
    for k, line in enumerate(lines):
        if is_heading(line, lines, k, body):
            section = next_section(section, line, body)
            continue
        last = _run_on(passages, section.path, line)
        if last is None:
            last = _Passage(section.path, "prose")
            passages.append(last)
        head = run_in_head(line)
        if head:
            last.heads[len(last.words)] = head
        last.breaks.add(len(last.words))
        if (k and line.box.x0 > min(other.box.x0 for other in lines) + 0.6 * line.size_pt) or (
            k and line.box.top - lines[k - 1].box.bottom > 0.6 * line.size_pt
        ):
            last.stops.add(len(last.words))
        last.words.extend((w, page) for w in line.words)
    return section


def _run_on(passages: Sequence[_Passage], section: str, line: Line) -> _Passage | None:
    """The passage that a line goes on: the last one, or one whose sentence a caption or a foot line interrupted."""
    for passage in reversed(passages):
        if passage.source != "prose":
            continue
        if passage.section != section:
            return None
        if _same_run(passage, line):
            return passage if passage is passages[-1] or _goes_on(passage, line) else None
    return None


def _goes_on(passage: _Passage, line: Line) -> bool:
    """Whether the passage stops within a sentence and the line goes on in the midst of one."""
    last = passage.words[-1][0].text if passage.words else "."
    if ENDED.search(last) and not NO_END.search(last):
        return False
    return bool(GOES_ON.match(line.text)) or last in LEADS_ON


def _same_run(passage: _Passage, line: Line) -> bool:
    """Whether a line is set as the passage before it is: same family, nearly the same size."""
    if not passage.words:
        return True
    before, now = main_style(w for w, _ in passage.words[-30:]), main_style(line.words)
    allowed = max(0.5, SCANNED_SIZE_SHARE * before[1]) if line.words[0].confidence is not None else 0.5
    return before[0] == now[0] and abs(before[1] - now[1]) <= allowed


def _passage(lines: Iterable[Line], page: int, section: str, source: str) -> _Passage:
    passage = _Passage(section, source)
    for line in lines:
        passage.breaks.add(len(passage.words))
        passage.words.extend((w, page) for w in line.words)
    return passage


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """Texts, digits aside, that stand at the head or foot of more than one page, or anywhere alone on many."""
    alone = [
        {x.text for b in split_blocks(p.words) for x in find_lines(b) if len(x.words) <= MARK_WORDS} for p in pages
    ]
    anywhere = Counter(text for texts in alone for text in texts)
    often = {_key(text) for text, n in anywhere.items() if n >= MARK_PAGES and _LETTERS.search(text)}
    counts: Counter[str] = Counter()
    for page in pages:
        keys = (
            {_head_key(line) for line in find_lines(page.words) if _in_margin(line.box, page)} if page.words else set()
        )
        counts.update(keys)
    return {key for key, n in counts.items() if n > 1} | often


def _head_key(line: Line) -> str:
    return _key(line.text)


def _key(text: str) -> str:
    return re.sub(r"[\d\s]+", "", text)


def _in_margin(box: Box, page: Page) -> bool:
    return box.bottom < MARGIN_SHARE * page.height_pt or box.top > (1 - MARGIN_SHARE) * page.height_pt


def _is_running_head(line: Line, page: Page, heads: set[str]) -> bool:
    return _in_margin(line.box, page) and (_head_key(line) in heads or not re.search(r"[A-Za-z]{3}", line.text))


def _region_sentences(region: Region, counts: Counter[str]) -> Iterator[Sentence]:
    for source, lines in (("caption", _caption_lines(region)), ("note", region.note_lines)):
        if lines and not region.page.turn_degrees:
            yield from _sentences_of(_passage(lines, region.page.number, region.label, source), counts)


def _caption_lines(region: Region) -> list[Line]:
    above = [b for b in region.claimed[1:] if b.bottom <= region.box.top + 2 or b.top >= region.box.bottom]
    notes = {id(w) for line in region.note_lines for w in line.words}
    words = [w for w in region.page.words if any(b.contains(w.box) for b in above) and id(w) not in notes]
    return find_lines(words) if words else []


def _sentences_of(passage: _Passage, counts: Counter[str]) -> Iterator[Sentence]:
    text, spans = _assemble(passage, counts)
    heads = {spans[k][0]: title for k, title in passage.heads.items() if k < len(spans)}
    starts, stops = [s for s, *_ in spans], [e for _, e, *_ in spans]
    section = passage.section
    for start, end in _cut(text, _stops(passage, spans), heads):
        piece = text[start:end]
        head = _head_of(piece, start, heads) if passage.source == "prose" else ""
        if head:
            # a head holds for its paragraph and those behind it, until the next one
            major = passage.section.split(PATH_SEPARATOR)[0]
            section = f"{major}{PATH_SEPARATOR}{head}" if major else head
        inside = spans[bisect_left(starts, start) : bisect_right(stops, end)]
        inner = tuple((a - start, b - start, page, word.box) for a, b, page, word in inside)
        if not inner:
            continue
        scores = [w.confidence for *_, w in inside if w.confidence is not None]
        yield Sentence(piece, section, passage.source, inner[0][2], inner, min(scores) if scores else None)


def _head_of(piece: str, start: int, heads: dict[int, str]) -> str:
    inline = INLINE_HEAD.match(piece)
    return inline[1] if inline else heads.get(start, "")


def _assemble(passage: _Passage, counts: Counter[str]) -> tuple[str, list[tuple[int, int, int, Word]]]:
    """The passage as one text, words broken at line ends made whole, raised citations in square brackets; spans of
    its words."""
    text, done = "", []
    n_done = 0
    spans: list[tuple[int, int, int, Word]] = []
    for k, (word, page) in enumerate(passage.words):
        if len(text) > 2 * REACH:
            done.append(text[:-REACH])
            n_done, text = n_done + len(done[-1]), text[-REACH:]
        printed = word.text
        opens_line = k in passage.breaks
        if word.is_raised and re.fullmatch(r"[\d,;–\-\s]+", printed) and not is_exponent(text, printed):
            printed = f"[{printed}]"
            text += "" if text.endswith(" ") or not text else " "
        elif word.is_raised and is_exponent(text, printed):
            printed = raise_text(printed)
        elif text and not (word.joins_previous and not opens_line):
            before = over_line_end(text, printed, counts) if opens_line else f"{text} "
            if len(before) < len(text):
                spans[-1] = (spans[-1][0], n_done + len(before), spans[-1][2], spans[-1][3])
            text = before
        start = n_done + len(text)
        text += printed
        spans.append((start, n_done + len(text), page, replace(word, joins_previous=False)))
    return "".join([*done, text]), spans


def _stops(passage: _Passage, spans: Sequence[tuple[int, int, int, Word]]) -> set[int]:
    return {spans[k][0] for k in passage.stops if k < len(spans)}


def _cut(text: str, stops: set[int], heads: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a paragraph's start ends one where a full stop or colon stands before it."""
    start = 0
    ends = {m.end() for m in SENTENCE_END.finditer(text) if _is_end(text, m.start() + 1)}
    ends |= {place for place in (*stops, *heads) if _CLOSED.search(text, max(0, place - REACH), place)}
    for end in sorted({*ends, len(text)}):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, start + len(piece.rstrip())
        start = end


def _is_end(text: str, place: int) -> bool:
    """Whether the mark before a place in a text closes a sentence, and is none of an abbreviation."""
    start = max(0, place - REACH)
    return not NO_END.search(text, start, place) or bool(NUMERAL_END.search(text, start, place))
