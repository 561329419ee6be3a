"""Pages without their tables → sentences of running text, captions and notes, each word with its box.

Comes in: Pages and the Regions that tables claim. Goes out: Sentences in reading order with the heading they stand
under. What a sentence
says is left to prose.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditable.captions import find_captions
from auditable.columns import GAP_EM
from auditable.layout import Line, Style, body_style, find_lines, main_style, split_blocks, split_segments
from auditable.marks import is_exponent, raise_text
from auditable.model import Box, Page, Sentence, Word
from auditable.region import Region

MARGIN_SHARE = 0.09
"""Running heads and feet stand in so much of the page's height at its top and bottom."""
MAJOR = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s*[|.]?\s*)?(abstract|summary|plain language summary|introduction|background|"
    r"objectives?|aims?|purpose|"
    r"(?:patients|materials?|subjects)(?: and |, ?)methods|methods?(?: and materials?)?|"
    r"experimental design|study design|design|results?|"
    r"findings|discussion|conclusions?|interpretation|limitations?|acknowledge?ments?|"
    r"references|bibliography|"
    r"funding|conflicts? of interest|data availability(?: statement)?|ethics statement|supplementary material)\W*$",
    re.IGNORECASE,
)
INLINE_HEAD = re.compile(
    r"^(Background|Introduction|Objectives?|Aims?|Purpose|Methods?|Patients and methods|Design|Setting|Results?|"
    r"Findings|Discussion|Conclusions?|Interpretation|Trial registration|Funding)\s?[:.—|]\s+(?=[A-Z0-9(<>≥≤~])"
)
SENTENCE_END = re.compile(r"[.?!][\"”’)\]]?(?:\s?\[[\d,–\s-]+\])?\s+(?=[A-Z0-9“\"(\[≥≤<>~±])")
NO_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|al|Figs?|Tabs?|Refs?|Eqs?|Nos?|no|ca|approx|resp|Dr|Prof|St|Sect|Suppl|incl|v|ver|[A-Z])|\b\w\.\w)\.$"
)


@dataclass
class _Passage:
    """Words that run on from line to line under one heading."""

    section: str
    source: str
    words: list[tuple[Word, int]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)  # indices of words that open a line
    stops: set[int] = field(default_factory=set)  # indices of words that open a paragraph


def find_sentences(pages: Sequence[Page], regions: Sequence[Region]) -> list[Sentence]:
    """Sentences of the whole paper in reading order, then those of captions and notes of tables."""
    body = body_style(pages)
    heads = _running_heads(pages)
    passages: list[_Passage] = []
    section = ""
    for page in (p for p in pages if not p.turn_degrees):
        claimed = [b for r in regions if r.page.number == page.number and not r.page.turn_degrees for b in r.claimed]
        words = [w for w in page.words if not any(b.contains(w.box, 1.0) for b in claimed)]
        section = _read_page(page, words, heads, body, section, passages)
    out = [s for p in passages for s in _sentences_of(p)]
    for region in regions:
        out.extend(_region_sentences(region))
    return out


def _read_page(
    page: Page, words: Sequence[Word], heads: set[str], body: Style, section: str, passages: list[_Passage]
) -> str:
    segments = [s for line in find_lines(words) for s in split_segments(line, GAP_EM)] if words else []
    captions = [c.line.box for c in find_captions(segments, body)]
    for block in split_blocks(words):
        lines = find_lines(block)
        if not lines or (any(_is_running_head(line, page, heads) for line in lines[:1]) and len(lines) <= 2):
            continue
        if any(box.contains(lines[0].box, 2) or lines[0].box.contains(box, 2) for box in captions):
            passages.append(_passage(lines, page.number, "", "caption"))
            continue
        section = _read_block(lines, page.number, body, section, passages)
    return section


def _read_block(lines: Sequence[Line], page: int, body: Style, section: str, passages: list[_Passage]) -> str:
    for k, line in enumerate(lines):
        if _is_heading(line, lines, k, body):
            section = _next_section(section, line.text)
            continue
        last = passages[-1] if passages else None
        if last is None or last.section != section or last.source != "prose" or not _same_run(last, line):
            passages.append(_Passage(section, "prose"))
            last = passages[-1]
        last.breaks.add(len(last.words))
        if (k and line.box.x0 > min(other.box.x0 for other in lines) + 0.6 * line.size_pt) or (
            k and line.box.top - lines[k - 1].box.bottom > 0.6 * line.size_pt
        ):
            last.stops.add(len(last.words))
        last.words.extend((w, page) for w in line.words)
    return section


def _same_run(passage: _Passage, line: Line) -> bool:
    """Whether a line is set as the passage before it is: same family, nearly the same size."""
    if not passage.words:
        return True
    before, now = main_style(w for w, _ in passage.words[-30:]), main_style(line.words)
    return before[0] == now[0] and abs(before[1] - now[1]) <= 0.5


def _passage(lines: Iterable[Line], page: int, section: str, source: str) -> _Passage:
    passage = _Passage(section, source)
    for line in lines:
        passage.breaks.add(len(passage.words))
        passage.words.extend((w, page) for w in line.words)
    return passage


def _is_heading(line: Line, lines: Sequence[Line], k: int, body: Style) -> bool:
    if len(line.words) > 14 or re.search(r"[.;,]$", line.text):
        return bool(MAJOR.match(line.text))
    if MAJOR.match(line.text) and (line.is_bold or main_style(line.words) != body or len(lines) == 1):
        return True
    bigger = line.size_pt > body[1] + 0.4
    wrapped = k > 0 and lines[k - 1].is_bold and lines[k - 1].box.x1 > line.box.x1
    return (
        (line.is_bold or bigger)
        and re.search(r"[A-Za-z]{3}", line.text) is not None
        and not (wrapped and line.text[0].islower())
    )


def _next_section(section: str, heading: str) -> str:
    title = re.sub(r"^\d+(?:\.\d+)*\.?\s*[|.]?\s*", "", heading).strip(" |:")
    major = section.split(" > ", maxsplit=1)[0]
    if MAJOR.match(heading):
        return title
    return f"{major} > {title}" if major and MAJOR.match(major) else title


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """Texts, digits aside, that stand at the head or foot of more than one page."""
    counts: Counter[str] = Counter()
    for page in pages:
        keys = (
            {_head_key(line) for line in find_lines(page.words) if _in_margin(line.box, page)} if page.words else set()
        )
        counts.update(keys)
    return {key for key, n in counts.items() if n > 1}


def _head_key(line: Line) -> str:
    return re.sub(r"[\d\s]+", "", line.text)


def _in_margin(box: Box, page: Page) -> bool:
    return box.bottom < MARGIN_SHARE * page.height_pt or box.top > (1 - MARGIN_SHARE) * page.height_pt


def _is_running_head(line: Line, page: Page, heads: set[str]) -> bool:
    return _in_margin(line.box, page) and (_head_key(line) in heads or not re.search(r"[A-Za-z]{3}", line.text))


def _region_sentences(region: Region) -> Iterator[Sentence]:
    for source, lines in (("caption", _caption_lines(region)), ("note", region.note_lines)):
        if lines and not region.page.turn_degrees:
            yield from _sentences_of(_passage(lines, region.page.number, region.label, source))


def _caption_lines(region: Region) -> list[Line]:
    above = [b for b in region.claimed[1:] if b.bottom <= region.box.top + 2 or b.top >= region.box.bottom]
    notes = {id(w) for line in region.note_lines for w in line.words}
    words = [w for w in region.page.words if any(b.contains(w.box) for b in above) and id(w) not in notes]
    return find_lines(words) if words else []


def _sentences_of(passage: _Passage) -> Iterator[Sentence]:
    text, spans = _assemble(passage)
    for start, end in _cut(text, _stops(passage, spans)):
        piece = text[start:end]
        section = passage.section
        head = INLINE_HEAD.match(piece)
        if head and passage.source == "prose":
            major = section.split(" > ")[0]
            section = f"{major} > {head[1]}" if major else head[1]
        inner = tuple((a - start, b - start, page, word.box) for a, b, page, word in spans if a >= start and b <= end)
        if not inner:
            continue
        scores = [w.confidence for a, b, _, w in spans if a >= start and b <= end and w.confidence is not None]
        yield Sentence(piece, section, passage.source, inner[0][2], inner, min(scores) if scores else None)


def _assemble(passage: _Passage) -> tuple[str, list[tuple[int, int, int, Word]]]:
    """The passage as one text, words broken at line ends made whole, raised citations in square brackets; spans of
    its words."""
    text = ""
    spans: list[tuple[int, int, int, Word]] = []
    for k, (word, page) in enumerate(passage.words):
        printed = word.text
        opens_line = k in passage.breaks
        if word.is_raised and re.fullmatch(r"[\d,;–\-\s]+", printed) and not is_exponent(text, printed):
            printed = f"[{printed}]"
            text += "" if text.endswith(" ") or not text else " "
        elif word.is_raised and is_exponent(text, printed):
            printed = raise_text(printed)
        elif text and not (word.joins_previous and not opens_line):
            if opens_line and re.search(r"[a-z]-$", text) and printed[:1].islower():
                text = text[:-1]
                spans[-1] = (spans[-1][0], len(text), spans[-1][2], spans[-1][3])
            elif not (opens_line and re.search(r"\d[–-]$", text)):
                text += " "
        start = len(text)
        text += printed
        spans.append((start, len(text), page, replace(word, joins_previous=False)))
    return text, spans


def _stops(passage: _Passage, spans: Sequence[tuple[int, int, int, Word]]) -> set[int]:
    return {spans[k][0] for k in passage.stops if k < len(spans)}


def _cut(text: str, stops: set[int]) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a paragraph's start ends one where a full stop or colon stands before it."""
    start = 0
    ends = {m.end() for m in SENTENCE_END.finditer(text) if not NO_END.search(text[: m.start() + 1])}
    ends |= {s for s in stops if re.search(r"[.:?!\])]\s*$", text[:s])}
    for end in sorted({*ends, len(text)}):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, start + len(piece.rstrip())
        start = end
