"""How the words of running text stand to each other where a line ends: parted by a blank, or one word broken in two.

Comes in: the text so far, the word that opens the next line, how often each word stands in the paper. Goes out: the
text with what belongs between. Which lines follow each other is left to sentences.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from auditable.model import Page

MIN_FIRST_PART, MIN_SECOND_PART = 4, 3
"""Shorter pieces of a broken word ("in-", "to-") are words by chance."""
HANGING = frozenset(("and", "or", "to", "nor", "versus", "vs"))
"""Words behind a hyphen that waits for its second half: "pre- and postoperative"."""

_BROKEN = re.compile(r"([^\W\d_]+)-$")
_LETTERS = re.compile(r"[^\W\d_]+")
_RUNS_ON = re.compile(r"(?:\d[–-]|\w/)$")
"""A range or a ratio that goes on in the next line."""
_EDGE = ".,;:()[]“”\"'’"


def count_words(pages: Iterable[Page]) -> Counter[str]:
    """How often each printed word stands in the paper, without capitals and the punctuation around it."""
    return Counter(word.text.strip(_EDGE).casefold() for page in pages for word in page.words)


def over_line_end(text: str, printed: str, counts: Counter[str]) -> str:
    """The text, ready for the word that opens the next line: with a blank, or without the hyphen that broke a word."""
    broken = _BROKEN.search(text)
    if broken is None:
        return text if _RUNS_ON.search(text) else f"{text} "
    if not printed[:1].isalnum() or printed.casefold() in HANGING:
        return f"{text} "
    if printed[:1].islower() and not _is_compound(broken[1], printed, counts):
        return text[:-1]
    return text


def _is_compound(first: str, printed: str, counts: Counter[str]) -> bool:
    """Whether the hyphen is the word's own: the paper prints it within a line, or both halves as words of their own."""
    match = _LETTERS.match(printed)
    if match is None:
        return True
    first, second = first.casefold(), match[0].casefold()
    if counts[f"{first}-{second}"] or counts[f"{first}{second}"]:
        return counts[f"{first}-{second}"] >= counts[f"{first}{second}"]
    # The second half stands at the start of this line; only elsewhere does it show that it is a word.
    long = len(first) >= MIN_FIRST_PART and len(second) >= MIN_SECOND_PART
    return long and counts[first] > 0 and counts[second] > 1
