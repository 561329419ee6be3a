"""A glyph among its neighbours → the box to read as a picture, and which of the letters read there is the glyph's.

Comes in: a Page and the place of a glyph on it. Goes out: its Context; with the picture's text, the character that
stands in the glyph's place. Pure text and geometry: pictures are read by readers/picture_reader.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditable.model import Box, Page, Word, union_box
from auditable.readers.picture_reader import PictureText
from auditable.suspects import Place, characters

MAX_GAP_EM = 0.6
"""White between two neighbours that are read together; a column gap is wider."""
MAX_NEIGHBOURS = 8
"""Characters to each side: the recogniser reads a short stretch better than a lone sign, and a long one no better."""
SAME_LINE = 0.6
SAME_SIZE = 0.86
LOCAL = 2
"""So many characters on both sides must be read as the text layer has them where the whole stretch is not."""
ANY = "\0"
FOLDED = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-") | dict.fromkeys(map(ord, "‘’′´`"), "'")


@dataclass(frozen=True, slots=True)
class Context:
    """The box of a glyph and its neighbours, and the characters before and after it, without blanks.

    ANY stands for a neighbour whose meaning is in doubt itself.
    """

    page: int
    turn_degrees: int
    box: Box
    before: str
    after: str


def context_of(page: Page, place: Place, is_doubtful: Callable[[str, str], bool]) -> Context:
    """The context of one glyph. is_doubtful: whether the character of a font (font, character) may lie."""
    word = page.words[place.word]
    own = [ANY if is_doubtful(word.font, c) else c for c in characters(word.text)]
    before, after = own[: place.at], own[place.at + 1 :]
    boxes = [word.box]
    for side, step in ((before, -1), (after, 1)):
        last = word
        while len(side) < MAX_NEIGHBOURS:
            found = _neighbour(page.words, last, step)
            if found is None:
                break
            chars = [ANY if is_doubtful(found.font, c) else c for c in characters(found.text)]
            side[:] = [*chars, *side] if step < 0 else [*side, *chars]
            boxes.append(found.box)
            last = found
    return Context(page.number, page.turn_degrees, union_box(boxes), _fold(before), _fold(after))


def _neighbour(words: Sequence[Word], word: Word, step: int) -> Word | None:
    """The next word to the left (-1) or right (1) on the same base line, of about the same size, with little white
    between."""
    best: Word | None = None
    for other in words:
        white = (other.box.x0 - word.box.x1) if step > 0 else (word.box.x0 - other.box.x1)
        shared = min(other.box.bottom, word.box.bottom) - max(other.box.top, word.box.top)
        sizes = sorted((other.size_pt, word.size_pt))
        is_beside = -0.3 * word.size_pt <= white <= MAX_GAP_EM * word.size_pt and other is not word
        if not is_beside or shared < SAME_LINE * word.box.height or sizes[0] < SAME_SIZE * sizes[1]:
            continue
        if other.is_raised != word.is_raised or other.is_lowered != word.is_lowered:
            continue
        if best is None or abs(other.box.x_mid - word.box.x_mid) < abs(best.box.x_mid - word.box.x_mid):
            is_ahead = (other.box.x_mid - word.box.x_mid) * step > 0
            best = other if is_ahead else best
    return best


def glyph_in(context: Context, seen: PictureText) -> tuple[str, float] | None:
    """The character read in the glyph's place and its confidence; None where the neighbours were read otherwise."""
    letters = [(c, p) for c, p in zip(seen.text, seen.confidences, strict=True) if not c.isspace()]
    text = _fold([c for c, _ in letters])
    if len(text) != len(letters):
        return None
    whole = re.fullmatch(_pattern(context.before) + "(.)" + _pattern(context.after), text)
    near = _pattern(context.before[-LOCAL:]) + "(.)" + _pattern(context.after[:LOCAL])
    match = whole or (re.search(near, text) if _is_telling(context) else None)
    return letters[match.start(1)] if match else None


def _is_telling(context: Context) -> bool:
    known = [c for c in context.before[-LOCAL:] + context.after[:LOCAL] if c != ANY]
    return len(known) >= LOCAL


def _pattern(text: str) -> str:
    return "".join("." if c == ANY else re.escape(c) for c in text)


def _fold(chars: Sequence[str]) -> str:
    """The characters in compatibility form, dashes and quotes alike, without blanks."""
    return "".join(unicodedata.normalize("NFKC", "".join(chars).translate(FOLDED)).translate(FOLDED).split())
