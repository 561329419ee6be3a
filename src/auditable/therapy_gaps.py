"""Whether a span of time lies between two therapies: "A had been stopped a median of 10 months before B".

Comes in: the words before the span and those behind it. Goes out: yes or no. Spans that the codebook names ("washout",
"interval between therapies") are left to it.
"""

from __future__ import annotations

import re

# Drugs by the stems of their names, regimens by the letters of their drugs ("KRd"), and the plain words.
_THERAPY = (
    r"(?:(?:the|study|next|last|first|previous|prior|subsequent)\s)*"
    r"(?:(?i:[\w-]+(?:mab|nib|mide|zomib|platin|taxel|rubicin|ciclib|parib|leucel|limus|prazole|statin|gliptin|gliflozin))"
    r"|[A-Z][a-z]+[A-Z]\w*|[A-Z]{1,3}[a-z]|therap(?:y|ies)|treatments?|regimens?|chemotherapy)\b"
)
_START = r"(?:start(?:ed)?|begun|began|initiat(?:ed|ion)|commenced|given)"
_STOP = r"(?:stop(?:ped)?|discontinu(?:ed|ation)|ended|ceased|cessation|withdrawn|last\s(?:given|dose|infusion)|end)"
_SPAN = r"[^;.,\d]{0,40}$"
# What is stopped by someone is a therapy; symptoms and habits stop of themselves.
_STOPPED = re.compile(
    rf"\b(?:been|was|were)\s(?:stopped|discontinued|withdrawn|last\s(?:given|administered|received))\b{_SPAN}",
    re.IGNORECASE,
)
_STARTED = re.compile(rf"(?:^|[,;.]|\band\b)\s*(?:[Tt]he\s)?{_THERAPY}\s(?:(?:was|were|had\sbeen)\s)?{_START}\b{_SPAN}")
_TO_SPAN = r"[^;.,\d]{0,12}\b"
_BEFORE = re.compile(rf"{_TO_SPAN}before\s(?:(?:the\s)?(?:start|first\sdose|initiation)\sof\s)?{_THERAPY}")
_AFTER = re.compile(rf"{_TO_SPAN}after\s(?:(?:the\s)?(?:end|last\sdose|discontinuation)\sof\s)?{_THERAPY}")
_BETWEEN = re.compile(
    rf"\b(?:interval|time|gap|period)\s(?:between|from)\s(?:the\s)?[\w-]+\s{_STOP}\s(?:and|to)\s(?:the\s)?[\w-]+\s"
    rf"{_START}\b{_SPAN}",
    re.IGNORECASE,
)


def parts_therapies(before: str, behind: str) -> bool:
    """Whether the words around a span of time say that one therapy ended before it and another began behind it."""
    return bool(
        (_STOPPED.search(before) and _BEFORE.match(behind))
        or (_STARTED.search(before) and _AFTER.match(behind))
        or _BETWEEN.search(before)
    )
