"""Words of a paper → glyphs whose meaning the text layer may have wrong, each with all its places.

Comes in: Pages of words with their fonts. Goes out: Suspects, one per (font, character). Only the text is looked at,
which costs next to nothing; what is printed is left to glyphs.py.

A publisher's sign font often has no encoding but its own: < lies where a text font has b, ± where it has F. Three
things give a glyph away: it has no meaning at all; it comes from a font of few characters, and stands there without a
letter of the same font beside it; or it is a letter that hardly ever stands but before a figure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditable.model import Page

CODE = re.compile(r"\(cid:\d+\)")
"""A reader's code of an unmapped glyph: its figures are printed nowhere."""
UNKNOWN = re.compile(f"\ufffd|{CODE.pattern}|[\ue000-\uf8ff]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Replacement character, a reader's code of an unmapped glyph, private use area, control characters."""
CHARACTER = re.compile(rf"{CODE.pattern}|.", re.DOTALL)
FEW_CHARACTERS = 24
"""A font of which a paper shows no more characters than this may be one of signs; a text font shows 40 to 90."""
SIGN_FONT = re.compile(
    r"symbol|math|(?<![a-z])pi\d|universal|greek|dingbat|MTSY|MTMI|MSAM|MSBM|CMSY|CMMI", re.IGNORECASE
)
MANY_UNKNOWN = 8
"""A font with so many characters without meaning is one of text, and mute."""
BEFORE_FIGURE = re.compile(r"([^\W\d_]|[,;¼½¾])\d")
"""A word that begins so is "b0.001", "V65" or ",01": no word of any language."""
BEFORE_FIGURE_SHARE = 0.6
"""Share of its places in which a letter of a text font must stand so; the p of "p0.05" stands in many other words."""


@dataclass(frozen=True, slots=True)
class Place:
    """One character: which page and word (both counted from 0 in the given pages), which of the word's characters."""

    page: int
    word: int
    at: int
    n_characters: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """One character of one font, as the text layer gives it, with its places in reading order."""

    font: str
    text: str
    places: tuple[Place, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether the text layer gives the glyph no meaning."""
        return bool(UNKNOWN.fullmatch(self.text))


def characters(text: str) -> list[str]:
    """The characters of a word, a reader's code such as "(cid:3)" being one."""
    return CHARACTER.findall(text) if "(cid:" in text else list(text)


def find_suspects(pages: Sequence[Page]) -> list[Suspect]:
    """Suspect glyphs, ordered by font and character; none for most papers."""
    texts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for word in page.words:
            texts[word.font].append(word.text)
    wanted = {font: chars for font, some in texts.items() if (chars := _suspect_characters(font, some))}
    places: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for p, page in enumerate(pages):
        for w, word in enumerate(page.words):
            if word.font not in wanted:
                continue
            chars = characters(word.text)
            for at, char in enumerate(chars):
                if char in wanted[word.font] and (UNKNOWN.fullmatch(char) or not _is_in_word(chars, at)):
                    places[word.font, char].append(Place(p, w, at, len(chars)))
    return [Suspect(font, char, tuple(found)) for (font, char), found in sorted(places.items())]


def find_mute_fonts(pages: Sequence[Page]) -> set[str]:
    """Fonts of text whose letters have no meaning in the PDF."""
    unknown: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for word in page.words:
            if UNKNOWN.search(word.text):
                unknown[word.font].update(UNKNOWN.findall(word.text))
    return {font for font, codes in unknown.items() if len(codes) >= MANY_UNKNOWN}


def _suspect_characters(font: str, words: Sequence[str]) -> set[str]:
    joined = "".join(words)
    unknown = set(UNKNOWN.findall(joined))
    shown = set(joined)
    if len(shown) <= FEW_CHARACTERS or SIGN_FONT.search(font):
        return {c for word in words for c in characters(word)} if unknown else shown
    return unknown | _before_figures(words, joined)


def _before_figures(words: Iterable[str], joined: str) -> set[str]:
    """Letters of a text font that stand before figures, at the beginning of a word, in most of their places."""
    starts = Counter(match[1] for word in words if (match := BEFORE_FIGURE.match(word)))
    return {char for char, n in starts.items() if n >= BEFORE_FIGURE_SHARE * joined.count(char)}


def _is_in_word(chars: Sequence[str], at: int) -> bool:
    """Whether a letter stands beside a letter, a figure beside a figure: a running head's font, no sign."""
    beside = [*chars[max(0, at - 1) : at], *chars[at + 1 : at + 2]]
    return any((c.isalpha() and chars[at].isalpha()) or (c.isdigit() and chars[at].isdigit()) for c in beside)
