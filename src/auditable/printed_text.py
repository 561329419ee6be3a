"""Printed text made plain, before any grammar: one kind of blank, dash, bound; words for missing values; a table's
number marks.

Comes in: text as a reader saw it. Goes out: the same text with typesetters' variants made one, and answers about it.
What the numbers in it form is left to values.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

MISSING_WORDS: dict[str, tuple[str, ...]] = {
    "NR": ("NR", "N.R.", "not reached", "not yet reached", "not reported", "unreached"),
    "NE": ("NE", "N.E.", "not estimable", "non-estimable", "not evaluable", "not estimated", "inestimable"),
    "NA": ("NA", "N/A", "N.A.", "n/a", "n.a.", "not applicable", "not available"),
    "NK": ("NK", "N/K", "not known", "unknown"),
    "dash": ("-", "--", "---", "- -", "...", "..", ". . .", "…", "‥", "··"),
    "other": (
        *("ND", "N.D.", "N/D", "n.d.", "not done", "not determined", "not recorded", "not measured", "not assessed"),
        *("NC", "not calculable", "not calculated", "not tested", "missing", "BLQ", "BLOQ", "<LLOQ", "<LOQ", "<LOD"),
        *("NS", "N.S.", "n.s.", "ns", "not significant", "non-significant"),
        *("ref", "Ref", "REF", "ref.", "reference", "referent", "reference group", "reference category"),
    ),
}
"""What is printed where a number is missing. A dash and dots are a printed mark, other than an empty cell ("blank")."""


@dataclass(frozen=True, slots=True)
class NumberMarks:
    """How the numbers of one table are marked: its decimal mark, "." or ",", settled over all its cells."""

    decimal: str = "."


POINT, COMMA = NumberMarks("."), NumberMarks(",")


def tidy(text: str) -> str:
    """The text with one kind of blank, dash, bound, plus-minus and middle dot; nothing else is changed."""
    text = text.translate(_ONE_KIND)
    text = re.sub(r"\+\s?/\s?-", "±", text)
    text = re.sub(r"<\s?=", "≤", re.sub(r">\s?=", "≥", text))
    return " ".join(text.split())


def settle_marks(texts: Iterable[str]) -> NumberMarks:
    """The number marks of a table: a decimal comma where cells show one and none shows a decimal point.

    Sure signs of a comma: one or two digits, or four and more, behind it ("3,4"), or a zero alone before it ("0,123"),
    with no blank.
    """
    commas = points = 0
    for text in texts:
        plain = tidy(text)
        points += len(_SURE_POINT.findall(plain))
        commas += len(_SURE_COMMA.findall(plain))
    return COMMA if commas > points else POINT


def missing_kind(text: str) -> str:
    """Which kind of missing value a printed word names (NR, NE, NA, NK, dash, other), "blank" for no text, "" for
    none of them.
    """
    plain = tidy(text)
    if not plain:
        return "blank"
    return SPELLED.get(plain, SPELLED.get(plain.casefold(), "") if len(plain) > 3 else "")


_ONE_KIND = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007", " "),
        **dict.fromkeys("\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("∙⋅•‧", "·"),
        **dict.fromkeys("≦⩽", "≤"),
        **dict.fromkeys("≧⩾", "≥"),
        **dict.fromkeys("≈∼～≃", "~"),
        "＜": "<",
        "＞": ">",
        "％": "%",
        "（": "(",
        "）": ")",
        "⁄": "/",
        "∕": "/",
        "∗": "*",
        "’": "'",
    }
)  # fmt: skip

_SURE_POINT = re.compile(r"(?<![\d.,])\d*[.·]\d+(?![\d.,]*\d)")
_SURE_COMMA = re.compile(r"(?<![\d.,])(?:\d+,\d{1,2}|\d+,\d{4,}|0,\d+)(?![\d,.])")


SPELLED = {
    form: kind
    for kind, words in MISSING_WORDS.items()
    for word in map(tidy, words)
    for form in (word, word.casefold())
    if len(word) > 3 or form == word
}
"""Every form of every word for a missing value, tidied; words of up to three letters only with their capitals ("NE"
is not "ne").
"""
