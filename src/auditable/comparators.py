"""Signs and words that make a number a bound or an approximation: "<", "≥", "at least", "nearly", "or older".

Comes in: a sentence and where a number stands in it. Goes out: one of the comparators of the model ("<", "<=", ">",
">=", "~") and where it begins. Figures themselves are quantities.py's.
"""

from __future__ import annotations

import re

SYMBOLS = r"(?:[<>≤≥~≈∼≃⩽⩾]\s?=?\s?|\+/-\s?)*"
"""Pattern of the signs in front of a figure, blanks included."""

_SIGNS = {
    "<": "<",
    ">": ">",
    "≤": "<=",
    "≥": ">=",
    "⩽": "<=",
    "⩾": ">=",
    "~": "~",
    "≈": "~",
    "∼": "~",
    "≃": "~",
    "<=": "<=",
    ">=": ">=",
}
_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(rf"\b(?:{words})\s*$", re.IGNORECASE))
    for sign, words in (
        ("<=", r"(?:no|not) (?:more|later|longer|greater|higher) than|at most|up to|(?:a )?maximum of"),
        (">=", r"at least|(?:no|not) (?:less|fewer|lower|earlier) than|(?:a )?minimum of"),
        (">", r"(?:more|greater|higher|longer|older|later|larger) than|over|above|beyond|exceed(?:s|ed|ing)"),
        ("<", r"(?:less|fewer|lower|shorter|younger|earlier|smaller) than|below|under"),
        ("~", r"about|approximately|around|roughly|nearly|almost|circa|ca\.|some|close to"),
    )
)
_MORE = r"or\s(?:more|older|higher|above|over|greater|later|longer)|and\s(?:above|over|older|up)"
_LESS = r"or\s(?:less|fewer|younger|lower|below|under|earlier|shorter)|and\s(?:below|under|younger)"
_BEHIND: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(rf"\s*(?:\w+\s){{0,2}}?(?:{words})\b(?!\sthan)", re.IGNORECASE))
    for sign, words in ((">=", _MORE), ("<=", _LESS))
)
_OVER = re.compile(r"over\s*", re.IGNORECASE)
_LONGEST_WORDS = 22


def read_symbol(symbol: str) -> str:
    """The comparator of the signs printed in front of a figure, "" for none."""
    compact = re.sub(r"\s", "", symbol)
    return _SIGNS.get(compact, _SIGNS.get(compact[-1:], ""))


def find_comparator(text: str, start: int, end: int, is_duration: bool) -> tuple[str, int]:
    """The comparator that words name around the number at start..end, and where the words or the number begin.

    is_duration: a time unit follows, so that "over 4 weeks" means during them.
    """
    for sign, pattern in _BEFORE:
        match = pattern.search(text, max(0, start - _LONGEST_WORDS), start)
        if match and not (is_duration and _OVER.fullmatch(match[0])):
            return sign, match.start()
    for sign, pattern in _BEHIND:
        if pattern.match(text, end):
            return sign, start
    return "", start
