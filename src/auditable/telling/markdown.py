"""Printed text → Markdown that shows exactly its letters.

Comes in: any text. Goes out: one line of Markdown without markup. What a page says is left to page.py.
"""

from __future__ import annotations

import re

from auditable.gold_record import one_line
from auditable.review.environment import show_unseen

MAX_CHARACTERS = 1_000
"""Of one text: a page is for looking, the report holds all of it."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def escape(text: object) -> str:
    """The text as Markdown that shows exactly its letters: no markup, no link, no line break."""
    clipped = one_line(str(show_unseen(str(text))))
    if len(clipped) > MAX_CHARACTERS:
        clipped = clipped[:MAX_CHARACTERS] + " …"
    return _PUNCTUATION.sub(lambda m: _ENTITIES.get(m[0], "\\" + m[0]), clipped)
