"""What a number of a sentence speaks of, in the words printed around it.

Comes in: the sentence and the mentions in it. Goes out: for each mention its subject (words of the sentence, without
the verb and the label that lead to the number, parts joined by " | ") and its time point. Which variable that is, the
codebook says.
"""

from __future__ import annotations

import re

from auditable.aside_patterns import CITATION, REFERENCE, TIME_POINT
from auditable.asides import Aside
from auditable.mention_drafts import BRACKETS
from auditable.mentions import Mention
from auditable.quantities import Quantity

MAX_PART_CHARS = 120
JOINT = " | "

_BOUNDARY = re.compile(r"[;:()\[\]]|,\s|\.\s|\b(?:and|but|whereas|while|versus|vs\.?|against)\b", re.IGNORECASE)
# Labels, verbs and little words between the subject and its number.
_LINKS = (
    r"of|was|were|is|are|in|at|had|has|have|by|to|from|for|with|on|a|an|the|being|been|reached|affected|occurred|numbered|seen|recorded|about|nearly"
    r"|approximately|around|over|(?<!-)up|thus|among|reported|observed|found|equal|ranged?|given|n|p|P|N|CI|CrI|IQR|SD|SE|HRs?|ORs?|RRs?|"
    r"(?:hazard|odds|risk|rate)[-\s]ratios?|one-sided|two-sided|respectively|further|another|only"
)
_TAIL = re.compile(rf"(?:[\s,:;=(\[<>≤≥~≈±]|(?<![\w-])(?:{_LINKS}))+$")
_LEAD = re.compile(
    r"^(?:[\s,:;)\]%–-]|(?:and|but|the|of|in|with|were|was|had|have|whereas|while|a|an|for|vs\.?|versus|to|or|being|on)(?![\w-]))+",
    re.IGNORECASE,
)
_AT_BEFORE = re.compile(r"\b(?:at|by|after|during|until)\s(?:(?:the|a|each)\s)?$", re.IGNORECASE)
_AT = re.compile(r"(?:at|by)\s", re.IGNORECASE)
_VERSUS = re.compile(r"[\s,]*(?:vs\.?|versus|and|against|compared with|compared to)\s*")
_CONTENT = re.compile(r"[A-Za-z]{2,}")


def find_subject(text: str, mentions: list[Mention], index: int, asides: list[Aside]) -> str:
    """The printed words the number speaks of: before it in its clause, behind it, and the cut-off beside it."""
    clean = _without_references(text, asides)
    mention = mentions[index]
    head = mentions[mention.head]
    # a dose or the name of a category stands among the words: "in the 20 mg arm"
    results = [m for m in mentions if not m.reason]
    parts = [_words_before(clean, results, head), _words_behind(clean, results, head)]
    if head.statistic != "bound":
        parts.append(_cut_off(clean, mentions, head))
    return JOINT.join(dict.fromkeys(p for p in parts if p))


def find_time_point(text: str, asides: list[Aside], mentions: list[Mention], index: int) -> str:
    """The time point of the number's clause that no other estimate stands nearer to ("12-month"), or ""."""
    head = mentions[mentions[index].head].quantity
    found: list[tuple[int, str]] = []
    for aside in asides:
        if aside.reason != TIME_POINT:
            continue
        nearest = _owner(text, aside, [mentions[m.head].quantity for m in mentions])
        between = text[min(aside.end, head.end) : max(aside.start, head.start)]
        if nearest is head and ";" not in between:
            found.append((len(between), text[aside.start : aside.end]))
    if found:
        return min(found)[1]
    if index and _VERSUS.fullmatch(text, mentions[index - 1].quantity.end, mentions[index].quantity.start):
        return find_time_point(text, asides, mentions, index - 1)
    return ""


def _owner(text: str, aside: Aside, estimates: list[Quantity]) -> Quantity:
    """The estimate a time point is said of: "a 12-month rate of 30%" the next, "30% at 12 months" the nearest."""
    behind = [q for q in estimates if q.start >= aside.end and ";" not in text[aside.end : q.start]]
    if behind and not _AT_BEFORE.search(text, 0, aside.start) and not _AT.match(text, aside.start):
        return behind[0]
    return min(estimates, key=lambda q: max(aside.start - q.end, q.start - aside.end))


def _without_references(text: str, asides: list[Aside]) -> str:
    """The text with citations and references to tables as blanks, at unchanged offsets."""
    out = list(text)
    for aside in asides:
        if aside.reason in (CITATION, REFERENCE):
            out[aside.start : aside.end] = " " * (aside.end - aside.start)
    return "".join(out)


def _words_before(text: str, mentions: list[Mention], head: Mention) -> str:
    """The last clause with content between the number before and this one; without any, the sentence's opening."""
    start = max((m.quantity.unit_end for m in mentions if m.quantity.end <= head.quantity.start), default=0)
    own = _last_clause(_behind_closed(text[start : head.quantity.start]))
    if own or start == 0:
        return own
    return _last_clause(text[: min(m.quantity.start for m in mentions)])


def _behind_closed(stretch: str) -> str:
    """What stands behind a bracket that was opened before the stretch: its words speak of the numbers in it."""
    outside = BRACKETS.sub(lambda m: " " * len(m[0]), stretch)
    return stretch[max(outside.rfind(mark) for mark in ")]") + 1 :]


def _words_behind(text: str, mentions: list[Mention], head: Mention) -> str:
    """The first clause behind the number or the brackets that qualify it; none for a number in brackets."""
    if re.search(r"[(\[][^)\]]*$", text[: head.quantity.start]):
        return ""
    begin = head.quantity.end if head.quantity.counted else head.quantity.unit_end
    if re.match(r"\s*[(\[]", text[head.quantity.unit_end :]):
        closing = re.compile(r"[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]]").match(
            text, text.find(text[head.quantity.unit_end :].strip()[0], head.quantity.unit_end) + 1
        )
        behind = _first_clause(text, mentions, closing.end()) if closing else ""
        noun = text[begin : head.quantity.unit_end].strip() if head.quantity.counted else ""
        return " ".join(p for p in (noun, behind) if p)
    return _first_clause(text, mentions, begin)


def _first_clause(text: str, mentions: list[Mention], begin: int) -> str:
    stop = min([m.quantity.start for m in mentions if m.quantity.start >= begin], default=len(text))
    stretch = text[begin:stop]
    if re.match(r"\s*[;.,:)\]]", stretch):
        return ""
    return _trim(_BOUNDARY.split(_LEAD.sub("", stretch), maxsplit=1)[0])


def _last_clause(stretch: str) -> str:
    """The words of the last clause of a stretch that has any, without the verb that leads to the number."""
    outside = BRACKETS.sub(lambda m: " " * len(m[0]), stretch)
    for part in reversed([p for p in _BOUNDARY.split(_TAIL.sub("", outside)) if p]):
        words = _trim(part)
        if words:
            return words[-MAX_PART_CHARS:]
    return ""


def _cut_off(text: str, mentions: list[Mention], head: Mention) -> str:
    """The bound of a subgroup in the same clause, as printed ("≥ 6 months"): the one nearest to the number."""
    bounds = [m.quantity for m in mentions if m.statistic == "bound" and m.quantity.comparator]
    near = []
    for bound in bounds:
        first, second = sorted((bound, head.quantity), key=lambda q: q.start)
        between = text[first.unit_end : second.start]
        if not re.search(r"[;,]", between) and not any(
            first.end <= m.quantity.start and m.quantity.end <= second.start and m.statistic == head.statistic
            for m in mentions
        ):
            near.append((len(between), text[bound.start : bound.unit_end]))
    return min(near)[1] if near else ""


def _trim(stretch: str) -> str:
    words = _LEAD.sub("", _TAIL.sub("", stretch)).strip(" .,;:")
    return words[:MAX_PART_CHARS] if _CONTENT.search(words) else ""
