"""Whether two observations of one paper speak of the same quantity: deliberately strict, since a wrong pair is a
false accusation.

Comes in: two observations. Goes out: yes or no. Words are compared without filler words, units and statistics; short
forms must be printed alike in both places.
"""

from __future__ import annotations

import re

from auditable.blocks import Observation
from auditable.checks.words import plain

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
SPLITTER = re.compile(r"[^a-z0-9+≥≤<>]+")


def words_of(text: str) -> frozenset[str]:
    """The telling words of a label or subject, singular, in lower case."""
    words = (w for w in SPLITTER.split(plain(re.sub(r"\([^)]*\)", " ", text))) if w)
    return frozenset(_singular(w) for w in words if w not in FILLER)


def is_telling(text: str) -> bool:
    """Whether a label names something by itself: "other", "yes" and "≥ 6 months" do not."""
    return any(len(word) > 2 and word.isalpha() for word in words_of(text))


def are_related(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two sets of words share one, short forms ("haem") included."""
    return any(
        a == b or (min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a))) for a in left for b in right
    )


def is_same_quantity(table: Observation, other: Observation) -> bool:
    """Whether a table's variable and a number printed elsewhere are one quantity: same unit, and same words.

    A variable known to the codebook must be the same; then the words only must not add a group of patients.
    """
    if table.unit and other.unit and table.unit != other.unit:
        return False
    own, theirs = words_of(table.label), words_of(other.subject or other.stub_path)
    if table.variable and other.variable:
        known = own | words_of(table.variable.replace("_", " "))
        return table.variable == other.variable and table.category == other.category and theirs <= known
    return own == theirs and is_telling(table.label)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
