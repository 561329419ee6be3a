"""Sentences on the way of patients through a study, as a pattern may read them: every count in its place.

Comes in: the numbers of one sentence or of a few that follow each other. Goes out: the text with a token for each
count ("#3 were randomised: #4 to A and #5 to B"), so that one pattern reads figures and number words alike. What the
counts must add up to is left to flow_sum.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from auditable.blocks import Observation

PEOPLE = (
    r"(?:patients?|participants?|subjects?|individuals?|people|persons?|adults?|children|infants?|women|men|cases|"
    r"volunteers?|students?|smokers|eyes|respondents)"
)
"""Whom a trial counts."""
STARTED = r"(?:randomi[sz]ed|randomly (?:assigned|allocated)|assigned|allocated)"
TAKEN = r"(?:enrolled|enroled|included|recruited|registered|entered|eligible)"
WHO = rf"(?:\s(?:[a-z][\w-]*\s){{0,3}}?{PEOPLE})?"
WERE = r"(?:\s(?:were|was|had been|have been|being|who were|then|subsequently|finally|initially|ultimately))*"
"""Who a count is of, and the verbs between it and what happened to them."""
OPEN = re.compile(
    r"\b(?:including|mainly|most(?:ly)?|e\.g\.|such as|at least|could(?! not)|more than one|multiple|some|partly|among|"
    r"overlap\w*|and/or|both|several|for example|predominantly|primarily|commonest|frequent(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words that leave a list open, or its items overlapping."""
_SHARE = re.compile(r"\s?\(\s?\d+(?:[.,·]\d+)?\s?%\s?\)|\s?\[\s?\d+(?:[.,·]\d+)?\s?%\s?\]|,?\s\d+(?:[.,·]\d+)?\s?%")
_NAMED = re.compile(
    r"\b(?:grades?|aged?|cycles?|weeks?|days?|months?|years?|stages?|tables?|fig(?:ure)?s?\.?|parts?|phases?|visits?|class|"
    r"types?|ref(?:erence)?s?\.?|steps?|cent(?:er|re)s?|cohorts?|groups?|arms?|version|level|than|least|most)\s*$",
    re.IGNORECASE,
)
"""Words right before a number that is a name, a bound or an age, and no count."""
_NOT_PEOPLE = (
    r"(?:mg|kg|g|ml|µg|mcg|%|hours?|h|days?|weeks?|months?|years?|minutes?|min|centers?|centres?|sites?|countries|"
    r"hospitals?|clinics?|cycles?|doses?|times|visits?|studies|trials|points?|lesions?|samples?|events?|infusions?)"
)
_MEASURED = re.compile(
    rf"^\s?(?:{_NOT_PEOPLE}|:)(?!\w)"
    r"|^[-–:/]\s?\d|^\s?±",
    re.IGNORECASE,
)
_EVENT = re.compile(r"^\s?events?\b", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:tember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?(?:\s\d{1,2},?)?\s?$",
    re.IGNORECASE,
)
"""A month right before the number of a date."""
_IS_PEOPLE = re.compile(rf"^(?:{PEOPLE})?$", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.,·:/–-])\d{1,3}(?:[,  ]\d{3})+(?![\w])|(?<![\w.,·:/–-])\d+(?![\w]|[.,·]\d)")


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of a sentence; observation None where it was not read as one."""

    value: int
    observation: Observation | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text whose counts are tokens #0, #1 …, in printed order."""

    text: str
    counts: tuple[Count, ...]

    def value(self, token: str | int) -> int:
        """The number a token stands for."""
        return self.counts[int(token)].value

    def observations(self, tokens: Sequence[int]) -> tuple[Observation, ...]:
        """The observations behind tokens, as far as they have one."""
        return tuple(o for t in tokens if (o := self.counts[t].observation) is not None)


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole and the parts that the words make it of, as tokens of a template; why: half a sentence.

    may_lack: whether somebody may be in none of the parts, so that too few prove nothing.
    """

    whole: int
    parts: tuple[int, ...]
    why: str
    may_lack: bool = False


def read_template(mentions: Sequence[Observation], *, with_events: bool = False) -> Template:
    """The sentence of these numbers with a token for each count; shares printed beside a count are dropped.

    with_events: whether counts of events are counts too.
    """
    quote = mentions[0].quote
    found: dict[int, tuple[int, Count]] = {}
    for o in mentions:
        if o.whole is not None and _is_count(o, with_events=with_events):
            found[o.start] = (o.end, Count(o.whole, o))
    taken = [(o.start, o.end) for o in mentions]
    for m in _FIGURE.finditer(quote):
        if not any(start < m.end() and m.start() < end for start, end in taken):
            found[m.start()] = (m.end(), Count(int(re.sub(r"\D", "", m.group())), None))
    counts: list[Count] = []
    text, at = "", 0
    for start, (end, count) in sorted(found.items()):
        if start < at:
            continue
        before, behind = quote[:start], quote[end:]
        text += quote[at:start]
        is_event = with_events and _EVENT.match(behind)
        is_named = _NAMED.search(before) and "," not in quote[start:end]
        if is_named or _MONTH.search(before) or (_MEASURED.match(behind) and not is_event):
            text += "…"
        else:
            text += f"#{len(counts)}#"
            counts.append(count)
        at = end
    return Template(_SHARE.sub("", text + quote[at:]), tuple(counts))


def _is_count(o: Observation, *, with_events: bool) -> bool:
    """Whether a whole number counts somebody: a count, or a number whose unit does not stand right behind it."""
    behind = o.quote[o.end :].lstrip()
    if re.fullmatch(_NOT_PEOPLE, o.unit, re.IGNORECASE) and not (with_events and _EVENT.match(o.unit)):
        return False
    return o.statistic in ("n", "total") or (
        o.statistic == "value" and (bool(_IS_PEOPLE.match(o.unit)) or not behind.startswith(o.unit))
    )


def join(templates: Sequence[Template]) -> Template:
    """Several texts as one, their tokens numbered on."""
    text, counts = "", []
    for t in templates:
        shift = len(counts)
        text += " " + re.sub(r"#(\d+)#", lambda m, s=shift: f"#{int(m.group(1)) + s}#", t.text)
        counts.extend(t.counts)
    return Template(text.strip(), tuple(counts))


def token_of(match: re.Match[str]) -> int:
    """The token that a pattern caught, in whichever of its groups."""
    return int(next(g for g in match.groups() if g is not None and g.isdecimal()))
