"""The analysis population that captions and heads name: intention to treat, safety, per protocol.

Comes in: printed texts. Goes out: the name of the population in one spelling, "" when none or several are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SET = r"(?:population|set|sample|cohort|analys[ie]s|group)"
_POPULATIONS = (
    ("modified intention to treat", re.compile(r"\bmodified\sintent\w*[\s-]to[\s-]treat\b|\bmITT\b", re.IGNORECASE)),
    ("intention to treat", re.compile(r"(?<!modified\s)\bintent(?:ion)?[\s-]to[\s-]treat\b|\bITT\b", re.IGNORECASE)),
    ("safety", re.compile(rf"\bsafety[\s-](?:analysis\s)?{_SET}\b", re.IGNORECASE)),
    ("per protocol", re.compile(rf"\bper[\s-]protocol\b|\bPP\s{_SET}\b", re.IGNORECASE)),
    ("as treated", re.compile(r"\bas[\s-]treated\b", re.IGNORECASE)),
    ("full analysis set", re.compile(r"\bfull[\s-]analysis[\s-]set\b|\bFAS\b")),
    ("all treated", re.compile(r"\ball[\s-]treated\b", re.IGNORECASE)),
    ("response evaluable", re.compile(r"\b(?:response|efficacy)[\s-]evaluable\b", re.IGNORECASE)),
    ("all randomised", re.compile(r"\ball[\s-]randomi[sz]ed\b", re.IGNORECASE)),
)  # fmt: skip


def find_population(texts: Sequence[str]) -> str:
    """The analysis population that the texts name, "" when none or several are named."""
    found = {name for name, pattern in _POPULATIONS for text in texts if pattern.search(text)}
    return found.pop() if len(found) == 1 else ""
