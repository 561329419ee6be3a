"""What a printed text can be, told by its form alone: a value, a number of patients, a column's meaning, an open end.

Comes in: texts. Goes out: patterns and yes-or-no answers. What a text means is left to values.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

VALUE_LIKE = re.compile(
    r"^[<>≤≥~±–−-]?\s?\(?[.·]?\d[\d.,·%()\[\]/\s±–−:<>≤≥to*-]*[a-z%*†‡§]{0,3}$|^(?:NR|NE|NA|N/A|NK|ND|[-–—−])$"
)
ONLY_N = re.compile(r"^[(\[]?\s*[nN]\s*=\s*[\d, ]+[)\]]?\S{0,2}$")
"""A number of patients is no label of its own: it belongs to the label above it."""
OPEN_END = re.compile(
    r"(?:[,(/&–-]|\b(?:and|or|of|to|the|for|with|in|by|from|at|on|per|than|a|an|vs\.?|versus|plus))$", re.IGNORECASE
)
LOWER_START = re.compile(r"^(?:[a-z](?![A-Z])|[(&])")
"""Small letters go on from the line above; a term such as eGFR or pH opens a label of its own."""
GOES_ON = re.compile(r"^[a-z(&\d≥≤<>%]")
"""So begins a head line that goes on from the line above: "months", "(95% CI)", "4"."""
SUBHEAD = re.compile(
    r"^(?:n|no\.?|number|patients|events|mean|median|m|value|percent|%)?[\s,]*(?:of\s\w+)?[\s(\[,±]*"
    r"(?:n\s?/\s?(?:n|total)|n|%|sd|se|sem|iqr|range|min|max|q1|q3|mean|median|percent|95\s?%\s?ci|ci|interquartile\srange|"
    r"standard\sdeviation|±|to|and|[,;–()\[\]\s-])*[)\]]?$",
    re.IGNORECASE,
)
"""Texts that can only name what a column holds: n (%), n/total, Median (Min, Max), M (SD)."""


def is_open(text: str) -> bool:
    """Whether a text goes on in the next line: a bracket not closed, or an end such as "and" or a comma."""
    unclosed = text.count("(") > text.count(")") or text.count("[") > text.count("]")
    return unclosed or text[-1:] in "±<>≤≥=" or bool(OPEN_END.search(text))


def is_rest(text: str) -> bool:
    """Whether a text can only be the rest of a cell: it opens with a bracket or closes one that it did not open."""
    return text[:1] in "([±" or text.count(")") > text.count("(") or text.count("]") > text.count("[")


def name_columns(texts: Sequence[str]) -> bool:
    """Whether the texts of a row only say what their columns hold: a sub-header in the body."""
    return bool(texts) and all(SUBHEAD.match(t) and re.search(r"%|[a-z]{3}|\bsd\b", t, re.IGNORECASE) for t in texts)
