"""Words of a wrapped text → the words as they were before the lines broke.

Comes in: words in reading order. Goes out: words, or one text. Which words belong together is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditable.layout import join_words
from auditable.model import Word


def unhyphenated(words: Sequence[Word]) -> list[Word]:
    """The words in reading order, a word broken by a hyphen at a line's end made whole where the rest is lower case."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        starts_line = (
            last is not None and word.box.top > last.box.bottom - 0.3 * last.box.height and word.box.x0 < last.box.x1
        )
        if last is not None and starts_line and re.search(r"[a-z]-$", last.text) and word.text[:1].islower():
            out[-1] = Word(last.text[:-1] + word.text, last.box, last.size_pt, last.font, last.is_bold, last.is_italic)
            continue
        # A line that ends with a slash goes on without a blank: "QW/" and "Q2W".
        out.append(replace(word, joins_previous=last.text.endswith("/")) if last is not None and starts_line else word)
    return out


def plain_text(words: Sequence[Word]) -> str:
    """The words as one text, broken words made whole."""
    return join_words(unhyphenated(words))
