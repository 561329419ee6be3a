"""Arms that a sentence names by their dose alone: "the 20 mg group", "with 40 mg", "the low-dose arm".

Comes in: the name of an arm as tables print it, and those of the others. Goes out: patterns of its dose that name no
other arm. The other forms of a name are prose_arms.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.mention_drafts import DOSE_UNIT

_UNIT = rf"(?:{DOSE_UNIT.pattern}|U(?:/kg)?)"
_DOSE = re.compile(rf"(?<![\w.,])(?P<number>\d[\d.,]*)[\s-]?(?P<unit>{_UNIT})(?![\w/])")
_LEVEL = re.compile(
    r"\b(?P<level>low|lower|medium|intermediate|mid|high|higher|full|half|reduced|standard)[-\s]dose\b", re.I
)
# a dose may be raised "to 40 mg": that names no arm
_LEADS = (
    r"(?:in|of|with|for|than|on|at|and|or|versus|vs\.?|receiv\w+|given|taking|took"
    r"|(?:assigned|allocated|randomi[sz]ed|compared|relative|similar|superior|inferior)\sto)\s(?:the\s)?"
)
_ENDS = (
    r"(?=\s*(?:[,;.)(:]|$)|[-\s](?:and|or|versus|vs|than|compared|respectively|had|was|were|did|experienced"
    r"|(?:once|twice|daily|weekly)[-\s])\b)"
)


def dose_patterns(name: str, others: Sequence[str], group: str) -> tuple[str, ...]:
    """Patterns of an arm's dose, none where another arm has the same one or the arm has several.

    group: a pattern of the words for a group of patients.
    """
    own = _doses(name)
    if len(own) != 1 or own & {d for other in others for d in _doses(other)}:
        return ()
    dose = own.pop()
    found = [rf"(?<![\w.,-]){dose}(?=(?:[-\s](?:dose|daily|twice-daily|once-daily|weekly))?[-\s]{group}\b)"]
    if any(_doses(other) for other in others):
        # several doses are compared: each of them is an arm wherever it stands for one
        found.append(rf"(?<=\s){dose}{_ENDS}")
    return tuple(found)


def is_led(text: str, start: int) -> bool:
    """Whether words lead to a dose that stands for the group that got it: "with 20 mg", "in the 20 mg"."""
    return bool(re.search(rf"\b{_LEADS}$", text[:start], re.IGNORECASE))


def _doses(name: str) -> set[str]:
    """The doses in a name, as patterns of their print."""
    found = {rf"{re.escape(m['number'])}[\s-]?{re.escape(m['unit'])}(?![\w/])" for m in _DOSE.finditer(name)}
    return found or {rf"{m['level'].lower()}[-\s]dose" for m in _LEVEL.finditer(name)}
