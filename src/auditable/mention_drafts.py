"""What the rules that name statistics share: drafts of mentions, gaps between numbers, labels.

Comes in: quantities and the blanked text of their sentence. Goes out: small questions answered about neighbours. The
rules themselves are in mention_groups.py (statistics printed together) and mentions.py (single numbers).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditable.quantities import Quantity

DASH = r"[–−‒-]"
RANGE_JOIN = re.compile(rf"\s*(?:{DASH}|to|through|{DASH}\s*to)\s*", re.IGNORECASE)
OPEN = re.compile(r"[\s,]*[(\[]\s*")
SET_AGAINST = r"(?:as\s)?(?:vs\.?|versus|v\.?|compared\s(?:with|to)|relative\sto|against|than|rather\sthan)"
"""Words that set two sides against each other."""
VERSUS = re.compile(
    r"[\s,]*(?:vs\.?|versus|v\.?|and|or|compared (?:with|to)|against|from|to|rather than|not)\s*(?:only\s|with\s)?",
    re.IGNORECASE,
)
OF = re.compile(
    r",?\s*[(\[]?\s*(?:out\s)?of\s+(?:(?:the|all|our|these|those|a total of|other|remaining|first|last)\s)*",
    re.IGNORECASE,
)
SLASH = re.compile(r"\s*/\s*")
COUNT_TO_PERCENT = re.compile(r"[^.;:%\d()\[\]]{0,80}[(\[]\s*[^\d%()\[\]]{0,15}")
CENTRE = re.compile(r"\b(?P<median>medians?)\b|\b(?P<mean>means?|average[sd]?)\b", re.IGNORECASE)
DOSE_UNIT = re.compile(r"(?:[µμmn]?g|mcg|IU|Gy|m?[lL])(?:/(?:kg|m[x2²]?|day|d|h|min|dose)){0,2}")

# The label right in front of a number, with what may stand between: "HR of ", "p = ", "OR (95% CI) was ".
_LINK = r"(?:[\s,:;=(\[]|\b(?:of|was|were|is|are|at|being|for)\b|[)\]])*$"
_RISK = r"relative[-\s]risks?|risk[-\s]ratios?|(?:incidence[-\s])?rate[-\s]ratios?"
_FOR_WHAT = r"(?:\sfor\s[^;.%\d(),]{1,40}(?=\s(?:was|of)\s))?"
LABELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (statistic, re.compile(rf"(?:{pattern}){_LINK}"))
    for statistic, pattern in (
        (
            "hr",
            rf"\b(?i:(?:sub)?(?:distribution )?hazards?[-\s]ratios?)\b[^;.%]{{0,40}}|\b[as]?HRs?\b{_FOR_WHAT}",
        ),
        ("or", rf"\b(?i:odds[-\s]ratios?)\b[^;.%]{{0,40}}|\ba?ORs?\b{_FOR_WHAT}"),
        ("rr", rf"\b(?i:{_RISK})\b[^;.%]{{0,40}}|\ba?RRs?\b|\bIRRs?\b"),
        ("p", r"(?<![\w.])[pP](?:[-\s]?(?i:values?))?(?:\s?(?:for|of)\s[\w\s-]{1,30})?"),
        # "SD, for 74 weeks" is a disease that was stable, not a deviation
        ("sd", r"\b(?:SD|(?i:standard[-\s]deviations?))\b(?!\s*,?\s*for\b)"),
        ("se", r"\b(?:SEM?|(?i:standard[-\s]errors?(?: of the mean)?))\b(?!\s*,?\s*for\b)"),
        ("iqr", r"\b(?:IQR|(?i:inter-?quartile ranges?))\b"),
        ("total", r"(?<![\w.])N\s*="),
        ("n", r"(?<![\w.])n\s*="),
    )
)
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""A bracket with what stands in it, none inside."""


@dataclass(slots=True)
class Draft:
    """A mention in the making; each rule fills in what it knows and leaves the rest to the rules behind it."""

    quantity: Quantity
    statistic: str = ""
    head: int = -1
    denominator: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether no rule has decided yet."""
        return not self.statistic and not self.reason

    @property
    def is_plain_whole(self) -> bool:
        """Whether it is a whole number without a unit, such as a count has."""
        return self.quantity.is_whole and not self.quantity.unit


def text_before(text: str, drafts: list[Draft], i: int) -> str:
    """The text between quantity i - 1 (or the start of the sentence) and quantity i."""
    return text[drafts[i - 1].quantity.end if i else 0 : drafts[i].quantity.start]


def are_joined(text: str, drafts: list[Draft], i: int, pattern: re.Pattern[str]) -> bool:
    """Whether quantities i and i + 1 are joined by the pattern alone (a unit may stand behind the first)."""
    if i < 0 or i + 1 >= len(drafts):
        return False
    this, following = drafts[i].quantity, drafts[i + 1].quantity
    return any(bool(pattern.fullmatch(text, end, following.start)) for end in {this.end, this.unit_end})
