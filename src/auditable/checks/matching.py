"""Whether two observations of one paper speak of the same quantity, and whether their numbers agree: deliberately
strict, since a wrong pair is a false accusation.

Comes in: two observations, labels or printed numbers. Goes out: yes or no. Words are compared without filler words,
units and statistics; short forms must be printed alike in both places or be explained by the paper.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from auditable.checks.words import plain
from auditable.rounding import Printed, allowed_prints, decimal_text

FILLER = frozenset({
    "the", "a", "an", "of", "in", "at", "to", "for", "and", "or", "with", "was", "were", "is", "are", "had", "have",
    "has", "by", "from", "on", "as", "our", "all", "this", "that", "these", "no", "number", "numbers", "patients",
    "patient", "subjects", "participants", "people", "cases", "median", "mean", "range", "iqr", "interquartile", "min",
    "max", "minimum", "maximum", "sd", "n", "total", "years", "year", "months", "month", "weeks", "week", "days", "day",
    "old", "yr", "yrs", "mo", "m", "f", "y", "only", "study", "cohort", "population", "overall", "value", "values",
    "score", "level", "measured", "mg", "dl", "l", "ml", "kg", "cm", "g", "other", "others", "yes", "none", "unknown",
    "missing", "normal", "any", "remaining", "rest", "one", "two", "three",
})  # fmt: skip
"""Words that name no quantity: grammar, units, statistics, 'patients', 'other'."""
HARMLESS = frozenset({
    "reported", "report", "occurred", "occurring", "observed", "experienced", "developed", "achieved", "reached",
    "reach", "showed", "shown", "seen", "found", "recorded", "documented", "affected", "affecting", "common",
    "commonest", "frequent", "frequently", "most", "received", "receiving", "underwent", "presented", "aged", "there",
    "it", "its", "their", "they", "which", "who", "we", "here", "been", "being", "be", "did", "do", "not", "also",
    "noted", "ranged", "ranging", "rate", "proportion", "percentage", "percent", "share", "frequency", "incidence",
    "occurrence", "respectively", "individual", "adult", "person", "event", "thus", "overall", "baseline", "about",
    "around", "approximately", "nearly", "almost", "over", "up", "i.e", "ie", "eg", "e", "followed", "follow",
    "included", "including", "include", "comprised", "majority", "among", "table", "figure",
    "result", "results", "gave", "given", "led", "lasted", "lasting", "estimated", "estimate", "amounted", "stood",
    "but", "while", "whereas", "then", "when", "so", "than", "between", "both", "each", "per", "ci", "95",
    "confidence", "interval", "p", "mostly", "mainly", "predominantly", "just",
})  # fmt: skip
"""Words of a sentence beside a number that leave its quantity what it is."""
SPLITTER = re.compile(r"[^a-z0-9+≥≤<>]+")
_BRACKETS = re.compile(r"\([^)]*\)")
FEWEST_TELLING_DIGITS = 3
"""Digits that two numbers need before a slip of the pen between them says that they are one number."""


@lru_cache(maxsize=8192)
def words_of(text: str) -> frozenset[str]:
    """The telling words of a label or subject, singular, in lower case."""
    words = (w for w in SPLITTER.split(plain(_BRACKETS.sub(" ", text))) if w)
    return frozenset(_singular(w) for w in words if w not in FILLER)


@lru_cache(maxsize=8192)
def all_words_of(text: str) -> frozenset[str]:
    """The telling words of a text, those in brackets too."""
    words = (w for w in SPLITTER.split(text.lower().replace("-", " ")) if w)
    return frozenset(_singular(w) for w in words if w not in FILLER)


@lru_cache(maxsize=8192)
def is_telling(text: str) -> bool:
    """Whether a label names something by itself: "other", "yes" and "≥ 6 months" do not."""
    return any(len(word) > 2 and word.isalpha() for word in words_of(text))


def are_related(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of words share one, short forms ("haem") included."""
    return any(
        a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a))) for a in left for b in right
    )


def agree(a: Printed, b: Printed) -> bool:
    """Whether one exact value may print as both: the finer one was itself rounded, so 39.5 may be 39 or 40."""
    if a.comparator or b.comparator or a.decimals != b.decimals:
        return a.ordinary.overlaps(b.ordinary)
    return a.value == b.value


def is_coarse_slip(a: Printed, b: Printed) -> bool:
    """Whether the coarser of two prints is a slip of the pen of what the finer one rounds to: "48" for 37.8."""
    fine, coarse = (a, b) if a.decimals >= b.decimals else (b, a)
    prints = (Printed(Fraction(text), coarse.decimals) for text in allowed_prints(fine.value, coarse.decimals))
    return any(is_slip(p, coarse, fewest=1) for p in prints)


def agree_loosely(a: Printed, b: Printed) -> bool:
    """Whether one is the other cut off or rounded up."""
    return a.value in b.loose or b.value in a.loose


def digits_of(number: Printed) -> str:
    """The significant digits as printed: "056" and "5.60" give 56 and 560."""
    return decimal_text(abs(number.value), number.decimals).replace(".", "").lstrip("0")


def is_slip(a: Printed, b: Printed, fewest: int = FEWEST_TELLING_DIGITS) -> bool:
    """Whether one is the other with a slip of the pen: one digit changed, lost or added, two neighbours swapped, one
    more or less in the last place, or the point moved. Numbers of few digits are too close to each other to tell, and
    an approximate one ("about a third") was not written in digits.
    """
    if "~" in (a.comparator, b.comparator):
        return False
    left, right = digits_of(a), digits_of(b)
    if max(len(left), len(right)) >= fewest and a.decimals == b.decimals and abs(a.value - b.value) == a.unit:
        return True
    if min(len(left), len(right)) + 1 < fewest or max(len(left), len(right)) < fewest:
        return False
    if left == right:
        return True
    if len(left) == len(right):
        odd = [i for i, (x, y) in enumerate(zip(left, right, strict=True)) if x != y]
        swapped = len(odd) == 2 and odd[1] == odd[0] + 1 and left[odd[0]] == right[odd[1]]
        return len(odd) == 1 or (swapped and left[odd[1]] == right[odd[0]])
    long, short = (left, right) if len(left) > len(right) else (right, left)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "ous", "is")) else word
