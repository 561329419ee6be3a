"""Characters as a PDF sets them → characters as they are read: accents on their letters, groups of figures together.

Comes in: the upright characters of a page, as pdfplumber's dictionaries, in the order of the PDF. Goes out: the same,
a letter and the accent printed over it made one, and the fixed space inside a number made part of it. Words are left to
pdfplumber_reader.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

ACCENTS = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b",
    "ˇ": "\u030c", "˘": "\u0306", "˙": "\u0307", "¯": "\u0304", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
"""Accents that stand alone, as TeX and old typesetters print them, and their combining forms."""
DOTLESS = {"ı": "i", "ȷ": "j"}
FIXED_SPACES = frozenset("\u00a0\u2007\u2008\u2009\u202f")
HELD_SPACE = "\u2063"
"""Stands for the fixed space inside a number until the words are made: no white space, so that no word ends there."""
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
SAME_LINE_EM, SAME_SIZE = 0.5, 0.7
MAX_GROUP_GAP_EM = 0.4
"""White that may stand between a fixed space and the figures beside it."""
GROUP = 3
"""Figures behind a space that parts thousands."""


def compose_characters(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters with accents joined to the letters under them and fixed spaces between figures kept."""
    out = list(chars)
    if any(c["text"] in ACCENTS for c in chars):
        out = _join_accents(out)
    if any(c["text"] in FIXED_SPACES for c in out):
        out = _hold_groups(out)
    return out


def clean_text(text: str) -> str:
    """The text of a word in composed form, without signs of no width, held spaces as blanks.

    A soft hyphen is a hyphen at the end of a word, and nothing within it.
    """
    text = unicodedata.normalize("NFC", text).translate(dict.fromkeys(map(ord, ZERO_WIDTH)))
    return re.sub("\u00ad$", "-", text).replace("\u00ad", "").replace(HELD_SPACE, " ")


def _join_accents(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each accent joined to the letter before or behind it, over or under whose box it is printed."""
    out: list[dict[str, Any]] = []
    for char in chars:
        # The letter before the accent is tried first, then the one behind it.
        accent = next((c for c in (char, *out[-1:]) if c["text"] in ACCENTS), None)
        letter = out[-1] if out and accent is char else char
        joined = _joined(letter, accent) if accent and letter is not accent else None
        if joined:
            out[-1] = joined
        else:
            out.append(char)
    return out


def _joined(letter: dict[str, Any], accent: dict[str, Any]) -> dict[str, Any] | None:
    """The letter with the accent, if there is such a letter and the accent is printed over it."""
    middle = (accent["x0"] + accent["x1"]) / 2
    is_over = letter["x0"] < middle < letter["x1"]
    is_level = abs(accent["top"] - letter["top"]) < SAME_LINE_EM * letter["size"]
    if not is_over or not is_level or accent["size"] < SAME_SIZE * letter["size"]:
        return None
    plain: str = letter["text"]
    text = unicodedata.normalize("NFC", DOTLESS.get(plain, plain) + ACCENTS[accent["text"]])
    return letter | {"text": text} if len(text) == 1 and text.isalpha() else None


def _hold_groups(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters with each fixed space between figures and a group of three held as part of the number."""
    out = list(chars)
    for i, char in enumerate(chars):
        if char["text"] not in FIXED_SPACES or i == 0:
            continue
        stretch = chars[i - 1 : i + GROUP + 1]
        behind = chars[i + GROUP + 1 : i + GROUP + 2]
        is_group = len(stretch) == GROUP + 2 and all(c["text"].isdigit() for c in (stretch[0], *stretch[2:]))
        goes_on = bool(behind) and behind[0]["text"].isdigit() and _touch(stretch[-1], behind[0])
        if is_group and not goes_on and all(_touch(a, b) for a, b in pairwise(stretch)):
            out[i] = char | {"text": HELD_SPACE}
    return out


def _touch(left: dict[str, Any], right: dict[str, Any]) -> bool:
    size = left["size"]
    return (
        abs(left["top"] - right["top"]) < SAME_LINE_EM * size
        and abs(right["x0"] - left["x1"]) < MAX_GROUP_GAP_EM * size
    )
