"""Printed text for a terminal: nothing in it is taken for markup, moves the cursor or turns the direction.

Comes in: text of an article, or typed by a person. Goes out: the same, safe to print. What it is part of is left to
the other modules of the terminal.
"""

from __future__ import annotations

from rich.markup import escape

from auditable.review.environment import show_unseen


def plain(text: str) -> str:
    """The text as a rich console prints it letter by letter, each sign one cannot see told by its number (⟨U+202E⟩)."""
    return escape(str(show_unseen(text)))
