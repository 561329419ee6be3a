"""Which response a number counts: complete, partial, overall …, by the label of its row or the words beside it.

Comes in: an observation. Goes out: a short name of the response, or None. Myeloma, leukaemia, lymphoma and solid
tumours; what must add up to what is left to response_sum.py.
"""

from __future__ import annotations

import re

from auditable.blocks import Observation
from auditable.checks.words import plain

_FORMS: tuple[tuple[str, str], ...] = (
    ("vgpr+", r"(?:≥|>=|at least )\s*(?:vgpr|very good partial (?:response|remission))"
              r"|(?:vgpr|very good partial (?:response|remission)) or better"),
    ("cr+", r"(?:≥|>=|at least )\s*(?:cr|complete response)|(?:cr|complete (?:response|remission)) or better"),
    ("orr", r"orr|overall (?:tumou?r )?response|objective (?:tumou?r )?response|(?:≥|>=)\s*pr|at least pr"
            r"|pr or better"
            r"|partial (?:response|remission) or better|at least partial response"),
    ("crc", r"composite (?:complete (?:response|remission)|cr)|crc|cr ?/ ?cri|cr ?\+ ?cri|cr or cri"),
    ("scr", r"scr|stringent complete (?:response|remission)|stringent cr"),
    ("ncr", r"ncr|near[- ]complete (?:response|remission)|near cr|unconfirmed cr|cru|cri|crh"
            r"|(?:complete remission|cr) with incomplete [a-z ]*recovery"),
    ("cr", r"cr|complete (?:response|remission)s?"),
    ("vgpr", r"vgpr|very good partial (?:response|remission)s?"),
    ("pr", r"pr|partial (?:response|remission)s?"),
    ("cbr", r"cbr|clinical benefit|(?:≥|>=)\s*mr|mr or better|minimal response or better"),
    ("dcr", r"dcr|disease control"),
    ("mr", r"mr|minimal (?:response|remission)s?|minor (?:response|remission)s?"),
    ("sd", r"sd|stable disease"),
    ("pd", r"pd|progressive disease"),
)  # fmt: skip
NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"^(?:{pattern})(?: rate)?(?: \([a-z]+\))?$")) for name, pattern in _FORMS
)
BARE = re.compile(r"\s*\((?:%|% pts|n|n ?%|% of patients|95% ci|% ?\[?95% ci\]?)\)", re.IGNORECASE)
ANY_RESPONSE = re.compile(r"\b(respon\w+|remissions?|mlfs|[pc]r)\b", re.IGNORECASE)
NOT_A_PART = re.compile(
    r"\b(duration|time|median|months?|survival|mrd|no response|non-?respon\w+|without)\b", re.IGNORECASE
)
_VERBS = (
    r"(?:with|had|have|has|a|an|the|achieved|achieving|reached|attained|obtained|showed|experienced|were|was|in|"
    r"patients?|subjects?|participants?|of them|each|confirmed)"
)
_ALL_FORMS = "|".join(f"(?P<n{i}>{pattern})" for i, (_, pattern) in enumerate(_FORMS))
BEHIND = re.compile(rf"^\s*(?:\(\s*\d[\d.,]*\s*%\s*\)\s*)?(?:{_VERBS}\s+)*(?:{_ALL_FORMS})\b", re.IGNORECASE)
BEFORE = re.compile(
    rf"\b(?:{_ALL_FORMS})\s*(?:\([a-z]{{2,5}}\))?\s*(?:rates?\s*)?(?:\([a-z]{{2,5}}\))?\s*"
    r"(?:(?:was|were|reached|in|of|for|seen|observed|occurred|is|:|,|=)\s*)*$",
    re.IGNORECASE,
)
RESPONDED = re.compile(
    r"^\s*(?:(?:patients?|subjects?|participants?)\s*)?(?:\(\s*\d[\d.,]*\s*%\s*\)\s*)?(?:patients?\s*)?(?:had\s+|have\s+|who\s+)*"
    r"(?:responded|responders)\b",
    re.IGNORECASE,
)
WIDEST_LOOK = 70
"""Characters beside a number that may name its response."""


def response_name(o: Observation) -> str | None:
    """The short name of the response a row is about, or None."""
    label = BARE.sub("", plain(o.label)).strip()
    return next((name for name, pattern in NAMES if pattern.match(label)), None)


def is_unnamed_response(o: Observation) -> bool:
    """Whether a row counts some response that has no name here: a sum without it is not complete."""
    return response_name(o) is None and bool(ANY_RESPONSE.search(o.label)) and not NOT_A_PART.search(o.label)


def response_in_sentence(o: Observation) -> str | None:
    """The short name of the response that the words right behind or right before a number name, or None."""
    behind = o.quote[o.end : o.end + WIDEST_LOOK]
    if RESPONDED.match(behind):
        return "orr"
    if m := BEHIND.match(behind):
        return _name_of(m)
    if m := BEFORE.search(o.quote[max(0, o.start - WIDEST_LOOK) : o.start]):
        return _name_of(m)
    return None


def _name_of(match: re.Match[str]) -> str | None:
    return next((_FORMS[int(key[1:])][0] for key, found in match.groupdict().items() if found), None)
