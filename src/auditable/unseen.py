"""Signs that are not seen → their numbers: what an article prints cannot hide, move or turn what stands beside it.

Comes in: text of an article, of a file's name or typed by a person. Goes out: the same, each such sign told by its
number, such as ⟨U+202E⟩. Markup of pages is left to review/environment.py, that of a rich console to terminal_text.py.
"""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls of ASCII and of Latin 1
    "\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"  # of direction, and without width
    "\U000e0000-\U000e007f]"  # tags: letters nobody sees
)
"""Signs that change what others look like: a printed right-to-left override would show all behind it backwards."""


def tell_unseen(text: str) -> str:
    """The text with each sign one cannot see told by its number; tabs and line ends stay."""
    return UNSEEN.sub(lambda m: f"⟨U+{ord(m.group()):04X}⟩", text)


def tell_line(text: str) -> str:
    """As tell_unseen, for a terminal: a carriage return is told too, for it would overwrite what stands before it."""
    return tell_unseen(text).replace("\r", "⟨U+000D⟩")
