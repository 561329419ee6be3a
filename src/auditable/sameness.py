"""When two printed labels, values or units are the same: the keys that reconciliation compares.

Comes in: printed text. Goes out: the text without what typesetters and readers change at will (white space, dash forms,
forms of "at least", thousands marks, note marks, capitals in labels). Which rows are compared is left to matching.py.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from auditable.model import PATH_SEPARATOR

MOST_KEPT = 2**16
"""Distinct texts whose keys are kept: the labels and values of one large study."""
CLOSE_LABEL_SCORE = 82.0
"""Labels at least this alike (0..100) may be one: one misread letter of six gives 83, "CR" and "sCR" give 80."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_COMPARATORS = (("≧", "≥"), ("⩾", "≥"), (">=", "≥"), ("=>", "≥"), ("≦", "≤"), ("⩽", "≤"), ("<=", "≤"), ("=<", "≤"))
_QUOTES = str.maketrans({"’": "'", "‘": "'", "′": "'", "“": '"', "”": '"', "″": '"'})
_LABEL_MARKS = re.compile(r"[*†‡§¶#]+(?=$|\s*>)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_NUMBER = re.compile(r"[<>≤≥]|\d+(?:\.\d+)?")
_SPELLED_MISSING = {
    "notreached": "nr",
    "notreported": "nr",
    "notestimable": "ne",
    "notevaluable": "ne",
    "notavailable": "na",
    "notapplicable": "na",
    "n/a": "na",
    "notknown": "nk",
    "unknown": "nk",
    "dash": "-",
    "blank": "",
}


@lru_cache(maxsize=MOST_KEPT)
def label_key(path: str) -> str:
    """The label path without white space, capitals, note marks at the end of a label, forms of dashes and bounds."""
    return _LABEL_MARKS.sub("", _plain(path)).casefold().replace(" ", "")


@lru_cache(maxsize=MOST_KEPT)
def value_key(value: str) -> str:
    """The value without white space, thousands marks, forms of dashes and bounds; decimals and capitals stay."""
    plain = _plain(value).replace(" ", "")
    return _THOUSANDS.sub(lambda match: match.group().replace(",", ""), plain)


@lru_cache(maxsize=MOST_KEPT)
def unit_key(unit: str) -> str:
    """The unit without white space, capitals and the s of a plural."""
    return _plain(unit).replace(" ", "").casefold().removesuffix("s")


@lru_cache(maxsize=MOST_KEPT)
def missing_key(text: str) -> str:
    """The short form of a word that stands where a value is missing: "not reached" and "NR" are one."""
    key = value_key(text).casefold().rstrip("*.")
    return _SPELLED_MISSING.get(key, key)


def is_same_number(first: str, second: str) -> bool:
    """Whether both print one number with one comparator, however many decimals each prints."""
    a, b = _comparator_and_number(first), _comparator_and_number(second)
    return a is not None and a == b


def is_close_label(first: str, second: str) -> bool:
    """Whether two label paths differ so little that they may be one: same numbers and bounds, nearly the same letters.

    Levels are compared one by one where both have as many, so that "… > I" and "… > II" stay two patients.
    """
    a, b = label_key(first), label_key(second)
    if a == b:
        return True
    if _NUMBER.findall(a) != _NUMBER.findall(b):
        return False
    levels_a, levels_b = first.split(PATH_SEPARATOR), second.split(PATH_SEPARATOR)
    if len(levels_a) == len(levels_b):
        return all(
            ratio(label_key(x), label_key(y)) >= CLOSE_LABEL_SCORE for x, y in zip(levels_a, levels_b, strict=True)
        )
    return ratio(a, b) >= CLOSE_LABEL_SCORE


def is_same_tail(first: str, second: str) -> bool:
    """Whether both label paths end alike and one of them has further outer levels, or both are the same."""
    a, b = ([label_key(level) for level in path.split(PATH_SEPARATOR)] for path in (first, second))
    short, long = sorted((a, b), key=len)
    return long[len(long) - len(short) :] == short


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).translate(_QUOTES)
    for old, new in _COMPARATORS:
        text = text.replace(old, new)
    return " ".join(text.split())


def _comparator_and_number(text: str) -> tuple[str, Decimal] | None:
    key = value_key(text)
    comparator = key[:1] if key[:1] in "<>≤≥~" else ""
    try:
        return comparator, Decimal(key.removeprefix(comparator))
    except InvalidOperation:
        return None
