"""Words of a page → lines, segments and blocks: what stands beside what, before anything is called a table.

Comes in: the words of one upright Page. Goes out: Lines (words on one base line), Segments (runs of a line without a
wide gap),
blocks in reading order, and the style of the running text. Tables are left to regions.py, sentences to sentences.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import inf

from auditable.model import Box, Page, Word, union_box

SAME_LINE_OVERLAP = 0.5
"""Two words share a line when so much of the lower one's height overlaps."""
TEXT_SHARE = 0.6
"""Running text holds at least so much of the characters of the style that holds most."""
HEIGHT_WEIGHT = 3
"""A mark leans on a word of its own line: distance up or down counts so many times that to the side."""
Style = tuple[str, float]
"""Font name without subset prefix and weight, size to half a point."""


@dataclass(frozen=True)
class Line:
    """Words on one base line, left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words joined as printed, scripts without a blank."""
        return join_words(self.words)

    @cached_property
    def size_pt(self) -> float:
        """Size of most of its characters."""
        return main_style(self.words)[1]

    @property
    def is_bold(self) -> bool:
        """Whether every full-size word is bold."""
        plain = [w for w in self.words if not w.is_raised]
        return bool(plain) and all(w.is_bold for w in plain)

    @property
    def is_italic(self) -> bool:
        """Whether every full-size word is italic."""
        plain = [w for w in self.words if not w.is_raised]
        return bool(plain) and all(w.is_italic for w in plain)


def join_words(words: Iterable[Word]) -> str:
    """The words as one text: a blank between two, none before a word that joins the one before it."""
    out: list[str] = []
    for word in words:
        if out and not word.joins_previous:
            out.append(" ")
        out.append(word.text)
    return "".join(out)


def make_line(words: Iterable[Word]) -> Line:
    """A Line of the words, put in order from left to right."""
    ordered = tuple(sorted(words, key=lambda w: (w.box.x0, w.box.x1)))
    return Line(ordered, union_box(w.box for w in ordered))


def find_lines(words: Sequence[Word]) -> list[Line]:
    """Lines from the top down. Raised and lowered words join the line of the word they lean on; every word is in one
    line."""
    plain = [w for w in words if not (w.is_raised or w.is_lowered)]
    scripts = [w for w in words if w.is_raised or w.is_lowered] if plain else []
    plain = plain or list(words)
    groups: list[list[Word]] = []
    bands: list[tuple[float, float]] = []
    for word in sorted(plain, key=lambda w: (w.box.y_mid, w.box.x0)):
        home = next(
            (i for i in range(len(groups) - 1, max(-1, len(groups) - 4), -1) if _shares_band(word, bands[i])), None
        )
        if home is None:
            groups.append([word])
            bands.append((word.box.top, word.box.bottom))
        else:
            groups[home].append(word)
    reach = [(min(w.box.top for w in g), max(w.box.bottom for w in g)) for g in groups]
    for word in scripts:
        home = _nearest(word, groups, reach)
        groups[home].append(word)
        reach[home] = min(reach[home][0], word.box.top), max(reach[home][1], word.box.bottom)
    return sorted((make_line(g) for g in groups), key=lambda line: (line.box.y_mid, line.box.x0))


def _shares_band(word: Word, band: tuple[float, float]) -> bool:
    overlap = min(word.box.bottom, band[1]) - max(word.box.top, band[0])
    return overlap > SAME_LINE_OVERLAP * min(word.box.height, band[1] - band[0])


def _nearest(word: Word, groups: Sequence[list[Word]], reach: Sequence[tuple[float, float]]) -> int:
    """Index of the group that holds the word's nearest neighbour, the first of two equally near.

    reach: top and bottom of each group, which tell how near it can be at all: most need no closer look.
    """
    least = sorted(
        (HEIGHT_WEIGHT * max(top - word.box.bottom, word.box.top - bottom, 0.0), i)
        for i, (top, bottom) in enumerate(reach)
    )
    best = (inf, 0)
    for distance, i in least:
        if distance > best[0]:
            break
        best = min(best, (min(_distance(word, other) for other in groups[i]), i))
    return best[1]


def _distance(word: Word, other: Word) -> float:
    dx = max(other.box.x0 - word.box.x1, word.box.x0 - other.box.x1, 0.0)
    dy = max(other.box.top - word.box.bottom, word.box.top - other.box.bottom, 0.0)
    return dx + HEIGHT_WEIGHT * dy + 0.05 * abs(word.box.y_mid - other.box.y_mid)


def split_segments(line: Line, min_gap_em: float) -> list[Line]:
    """The line parted where the white gap is at least min_gap_em times the size of its smaller neighbour."""
    parts: list[list[Word]] = [[line.words[0]]]
    right = line.words[0].box.x1
    least = 0.8 * line.size_pt
    for before, word in pairwise(line.words):
        size = max(before.size_pt if before.is_raised else min(before.size_pt, word.size_pt), least)
        if word.box.x0 - right > min_gap_em * size and not word.joins_previous:
            parts.append([])
        parts[-1].append(word)
        right = max(right, word.box.x1)
    return [make_line(p) for p in parts]


def word_style(word: Word) -> Style:
    """Font family and size of a word: subset prefix, weight and slant taken off."""
    return _style(word.font, word.size_pt)


@lru_cache(maxsize=4096)
def _style(font: str, size_pt: float) -> Style:
    return re.split(r"[-,]", font.rpartition("+")[2])[0], int(size_pt * 2 + 0.5) / 2


def main_style(words: Iterable[Word]) -> Style:
    """The style of most characters; ("", 0.0) without words."""
    counts: Counter[Style] = Counter()
    for word in words:
        counts[word_style(word)] += len(word.text)
    return counts.most_common(1)[0][0] if counts else ("", 0.0)


def body_style(pages: Sequence[Page]) -> Style:
    """The style of the running text of a paper: that of most characters in lines of six words or more.

    Small print (references, notes) may hold more characters than the text: of styles that hold nearly as many as the
    first, the largest is the text's.
    """
    counts: Counter[Style] = Counter()
    for page in pages:
        for line in find_lines(page.words):
            for segment in split_segments(line, 1.2):
                if len(segment.words) >= 6:
                    for word in segment.words:
                        counts[word_style(word)] += len(word.text)
    if not counts:
        return "", 0.0
    most = max(counts.values())
    return max((s for s, n in counts.items() if n >= TEXT_SHARE * most), key=lambda s: (s[1], counts[s], s[0]))


MIN_GUTTER_PT = 9.0
NARROW_GUTTER_PT = 6.0
"""Some journals set columns this close; white so narrow parts columns only where it runs past many lines."""
NARROW_GUTTER_LINES = 12.0


def split_blocks(words: Sequence[Word], depth: int = 0, min_gutter_pt: float = MIN_GUTTER_PT) -> list[list[Word]]:
    """Blocks of words in reading order: the page is cut along white gutters, then along white bands, and so on.

    min_gutter_pt: narrowest white that parts columns; narrower than usual, it must run past many lines.
    Source: the recursive X-Y cut of Nagy and Seth (1984), gutters first.
    """
    if len(words) < 2 or depth > 12:
        return [list(words)] if words else []
    cuts = _gaps(sorted((w.box.x0, w.box.x1) for w in words), min_gutter_pt)
    height = max(w.box.bottom for w in words) - min(w.box.top for w in words)
    size = sorted(w.size_pt for w in words)[len(words) // 2]
    cuts = [c for c in cuts if _is_gutter(words, c, size)] if height > 2.5 * size else []
    if cuts:
        return [
            b for part in _parts(words, cuts, horizontal=True) for b in split_blocks(part, depth + 1, min_gutter_pt)
        ]
    bands = _gaps(sorted((w.box.top, w.box.bottom) for w in words), 0.55 * size)
    if bands:
        widest = max(b - a for a, b in bands)
        bands = [b for b in bands if b[1] - b[0] >= 0.75 * widest]
        return [
            b for part in _parts(words, bands, horizontal=False) for b in split_blocks(part, depth + 1, min_gutter_pt)
        ]
    return [list(words)]


def _is_gutter(words: Sequence[Word], gap: tuple[float, float], size: float) -> bool:
    left = [w for w in words if w.box.x_mid < gap[0]]
    right = [w for w in words if w.box.x_mid > gap[1]]
    tall = [max(w.box.bottom for w in side) - min(w.box.top for w in side) for side in (left, right) if side]
    lines = 1.5 if gap[1] - gap[0] >= MIN_GUTTER_PT else NARROW_GUTTER_LINES
    return len(tall) == 2 and min(tall) > lines * size


def _gaps(spans: Sequence[tuple[float, float]], min_gap: float) -> list[tuple[float, float]]:
    gaps = []
    reach = spans[0][1]
    for start, end in spans[1:]:
        if start - reach >= min_gap:
            gaps.append((reach, start))
        reach = max(reach, end)
    return gaps


def _parts(words: Sequence[Word], cuts: Sequence[tuple[float, float]], *, horizontal: bool) -> list[list[Word]]:
    parts: list[list[Word]] = [[] for _ in range(len(cuts) + 1)]
    for word in words:
        middle = word.box.x_mid if horizontal else word.box.y_mid
        parts[sum(middle > c[0] for c in cuts)].append(word)
    return [p for p in parts if p]
