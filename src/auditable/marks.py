"""Words of a cell or label → its text and its note marks, kept apart: a mark never becomes a digit, an exponent
never a mark.

Comes in: the words of one cell. Goes out: (text, marks). Which note a mark belongs to is left to notes.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditable.layout import join_words
from auditable.model import Word

SYMBOLS = "*∗†‡§¶‖#"
MARK_TOKEN = re.compile(rf"^(?:[a-z]{{1,2}}|[A-Z]|\d{{1,2}}|[{SYMBOLS}]{{1,4}})$")
TRAILING = re.compile(rf"^(?P<text>.*?[^\s{SYMBOLS}])\s?(?P<marks>[{SYMBOLS}]{{1,4}})$", re.DOTALL)
SUPERSCRIPT = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
EXPONENT_BASE = re.compile(r"(?:(?<![^\W\d_])[cmdµk]?m|10|\bs|\bL|\bkg|\bmin|²|[χΧηρ]|\b[rRI])$")
"""What a raised figure after it makes a power of: m², cm³, 10⁹, s⁻¹, χ², R²."""
POWER_AND_MARKS = re.compile(rf"^(?P<power>[−–-]?\d{{1,2}}),?(?P<marks>(?:[a-z]|[{SYMBOLS}]+)(?:,[a-z])*)$")
"""A power and a mark raised together: the "2a" of "kg/m2a"."""
CHARGE = re.compile(r"^[+−–-]$")
"""A raised sign belongs to its word: CD38⁺."""


def split_marks(words: Sequence[Word]) -> tuple[str, tuple[str, ...]]:
    """The text as printed without its note marks, and the marks in printed order.

    A raised word is a mark when each of its comma-parted tokens can be one; a raised figure behind m, cm, 10 and the
    like is an
    exponent and stays, as does a raised sign. Symbol marks count raised or not.
    """
    kept: list[Word] = []
    marks: list[str] = []
    for word in words:
        if word.is_raised:
            before = join_words(kept)
            tokens = [t for t in re.split(r"[,;\s]+", word.text) if t]
            if is_exponent(before, word.text):
                kept.append(replace(word, text=raise_text(word.text)))
                continue
            both = POWER_AND_MARKS.match(word.text)
            if both and is_exponent(before, both["power"]):
                kept.append(replace(word, text=raise_text(both["power"])))
                tokens = [t for t in re.split(r"[,;\s]+", both["marks"]) if t]
            if tokens and all(MARK_TOKEN.match(t) for t in tokens):
                marks.extend(_split_token(t) for t in tokens)
                continue
        kept.append(word)
    text = join_words(kept)
    trailing = TRAILING.match(text)
    if trailing:
        text = trailing["text"]
        marks.append(trailing["marks"].replace("∗", "*"))
    elif text and set(text) <= set(SYMBOLS):
        marks.append(text.replace("∗", "*"))
        text = ""
    return re.sub(r"\s+", " ", text).strip(), tuple(dict.fromkeys(marks))


def _split_token(token: str) -> str:
    return token.replace("∗", "*")


def raise_text(text: str) -> str:
    """The figures and signs of the text as superscript characters."""
    return text.translate(SUPERSCRIPT)


def is_exponent(before: str, raised: str) -> bool:
    """Whether a raised token behind the text is a power, a charge or a sign of it, and no mark."""
    if CHARGE.match(raised):
        return True
    return bool(re.match(r"^[−–-]?\d{1,2}$", raised) and EXPONENT_BASE.search(before))
