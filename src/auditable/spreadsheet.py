"""Printed text → CSV that may be opened in a spreadsheet: no cell is computed there.

Comes in: texts or frames. Goes out: the same, with an apostrophe before each text that a spreadsheet would take for a
formula. For what commands print; the files of curated/ and raw/ are read back by programs and keep text as printed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""Source: OWASP, CSV Injection; the wide forms count where a spreadsheet is set to an East Asian language."""
BLANKS = " \u00a0\u2002\u2003\u2009\u200b\u202f\u3000\ufeff"
"""Before a formula, where a program that imports the file may drop them."""
SIGNED_NUMBER = re.compile(r"^[+-](?:\s?\d[\d.,·]*\s?%?(?:\s?[(\[][\d.,·%\s–-]*[)\]])?|-*)$")
"""A sign and one number, perhaps with another in brackets: −1.2 (0.3); or dashes alone: no spreadsheet computes it."""


def guard_text(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula, else as it is.

    A signed number is data and stays. A text that begins with an apostrophe gets another, so that taking one away from
    each text that begins with one gives what was printed.
    """
    seen = text.lstrip(BLANKS)
    is_risky = text[:1] in FORMULA_STARTS or seen[:1] in FORMULA_STARTS
    is_risky = is_risky and not SIGNED_NUMBER.match(text)
    return f"'{text}" if is_risky or text.startswith("'") else text


def guarded_csv(frame: pd.DataFrame) -> str:
    """The frame as CSV with LF, every text guarded, numbers as they are."""
    guarded = frame.map(lambda cell: guard_text(cell) if isinstance(cell, str) else cell)
    return guarded.to_csv(index=False, lineterminator="\n")
