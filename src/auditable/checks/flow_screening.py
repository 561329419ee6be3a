"""From screening to the start: everybody screened was excluded or kept.

Comes in: a Template of the fewest sentences that tell of all three. Goes out: the Sum, or None. The judgement
is left to flow_sum.py.
"""

from __future__ import annotations

import re

from auditable.checks.flow_words import OPEN, STARTED, TAKEN, WERE, WHO, Sum, Template, token_of

SCREENED = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:screened|assessed for eligibility|evaluated for eligibility|identified|approached)\b"
    rf"|\b(?:screened|assessed|identified|approached)(?:\sa total of)?\s#(\d+)#{WHO}",
    re.IGNORECASE,
)
_LOST = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:excluded|ineligible|not eligible|screening failures|screen failures|failed screening|"
    r"declined|did not meet|withdrew|refused)\b"
    r"|\b(?:exclusion of|excluding)\s#(\d+)#",
    re.IGNORECASE,
)
_KEPT = re.compile(
    rf"#(\d+)#{WHO}{WERE}\s(?:{STARTED}|{TAKEN})\b|\b(?:leaving|(?:the\s)?remaining)\s(?:a total of\s)?#(\d+)#",
    re.IGNORECASE,
)


def find_screening(template: Template) -> Sum | None:
    """ "120 were screened, 20 were excluded …, 100 were randomised": the first kept number behind the excluded."""
    start = SCREENED.search(template.text)
    if not start:
        return None
    outside = _without_brackets(template.text)
    lost = [m for m in _LOST.finditer(outside) if m.start() >= start.end()]
    if not lost:
        return None
    kept = next(
        (m for m in _KEPT.finditer(outside) if m.start() >= lost[-1].end() and token_of(m) != token_of(start)), None
    )
    if kept is None:
        return None
    between = [int(t) for t in re.findall(r"#(\d+)#", outside[start.end() : kept.start()])]
    lost_tokens = [token_of(m) for m in lost]
    whole, last = token_of(start), token_of(kept)
    for parts in (lost_tokens, between):
        if sum(template.value(p) for p in parts) + template.value(last) == template.value(whole):
            return Sum(whole, (*parts, last), "everybody screened was excluded or kept")
    told = outside[start.start() : kept.end()]
    is_read_whole = not re.search(r"\d|…", re.sub(r"#\d+#", "", told)) and re.search(r"[,;.]", told)
    is_plain = between == lost_tokens and len(lost_tokens) == 1 and is_read_whole and not OPEN.search(told)
    may_lack = "excluded" not in lost[0].group()
    why = "everybody screened was excluded or kept"
    return Sum(whole, (*lost_tokens, last), why, may_lack) if is_plain else None


def _without_brackets(text: str) -> str:
    """The text with what stands in round brackets blanked, its length kept."""
    return re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text)
