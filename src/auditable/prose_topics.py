"""What a sentence goes on speaking of without naming it: "it was 72.7%", "the corresponding figure was 17%".

Comes in: a sentence, the names found in it, and the topic of the sentence before it under the same heading. Goes out:
a Name for every word that stands for a thing named before, in this sentence or the one before. Where several things
could be meant there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from auditable.clause_names import EVERYBODY, UNKNOWN, Name, Named
from auditable.codebook import COUNTS_EVENTS
from auditable.mentions import Mention

_VERB = (
    r"(?=\s(?:also\s|still\s|thus\s|only\s)?(?:was|were|is|are|had|has|remained|stayed|rose|fell"
    r"|reached|averaged|increased|decreased|came|became)\b)"
)
_FIGURES = (
    r"(?:rates?|figures?|proportions?|percentages?|values?|medians?|means?|numbers?|shares?|probabilit(?:y|ies)"
    r"|estimates?|results?)"
)
_STANDS_FOR = re.compile(
    rf"\b(?:it|they){_VERB}"
    rf"|\b(?:the|these|those|this|that|both|neither)\s(?:corresponding\s|respective\s|same\s|adjusted\s|crude\s)?{_FIGURES}"
    r"(?=\s(?:in|among|with|for|on|at|was|were|is|are|had|remained|rose|fell)\b)"
    rf"|\b(?:the\s)?(?P<timed>\d+-(?:day|week|month|year)s?)\s{_FIGURES}\b",
    re.IGNORECASE,
)
# "of the other 28, 19 were mild": more of the events that the sentence before counted.
_REST_OF_THEM = re.compile(
    r"\W*(?:of|among)\sthe\s(?:other|remaining|remainder|rest)\b(?=[^,;.]{0,12},\s)", re.IGNORECASE
)
# "the proportion of women", "the rate for anaemia": the figure of what is named behind it.
_OWN_NAME = re.compile(r"\s(?:of|for|with)\s(?:(?:the|an?|any)\s)?(?:[\w-]+\s){0,1}$", re.IGNORECASE)
# A clause with a verb in front has a subject of its own, which "it" then stands for.
_CLAUSE_BEFORE = re.compile(r";|\b(?:was|were|is|are|had|has|have|did|showed|occurred)\b", re.IGNORECASE)
_OPENING = re.compile(r"\W*(?:for|as\sfor|regarding|concerning)\s(?:(?:the|median|mean)\s)*", re.IGNORECASE)


def with_topics(text: str, names: Sequence[Name], carried: Named, over_time: Iterable[str]) -> list[Name]:
    """The names of a sentence with those of its words that stand for a thing named before, in printed order.

    carried: what the sentence before was of. over_time: variables that are times to an event; only they have a
    probability at a time ("the 12-month probability").
    """
    out = list(names)
    times = frozenset(over_time)
    for match in _STANDS_FOR.finditer(text):
        if any((n.start < match.end() and n.end > match.start()) or _is_own(text, match.end(), n) for n in names):
            continue
        meant = _meant(text, names, match, carried)
        if meant != UNKNOWN and (not match["timed"] or meant[0] in times):
            out.append(Name(match.start(), match.end(), meant, is_aside=False))
    rest = _REST_OF_THEM.match(text)
    if rest and carried[0] == COUNTS_EVENTS and not any(n.start < rest.end() + 12 for n in names):
        out.append(Name(*rest.span(), carried, is_aside=False))
    return sorted(out, key=lambda n: n.start)


def topic_of(names: Sequence[Named], mentions: Sequence[Mention]) -> Named:
    """The one thing the numbers of a sentence are of, UNKNOWN where they are of several or of none."""
    heads = {
        names[i] for i, m in enumerate(mentions) if not m.reason and m.head == i and m.statistic not in ("p", "bound")
    }
    spoken = {n for n in heads if n[0] not in ("", EVERYBODY)}
    if len(spoken) == 1:
        return spoken.pop()
    variables = {n[0] for n in spoken}
    return (variables.pop(), "") if len(variables) == 1 else UNKNOWN


def _is_own(text: str, end: int, name: Name) -> bool:
    return name.start >= end and bool(_OWN_NAME.fullmatch(text, end, name.start))


def _meant(text: str, names: Sequence[Name], match: re.Match[str], carried: Named) -> Named:
    """The thing named before in the sentence, the nearest that is no aside; else what the sentence before was of."""
    before = [n for n in names if n.end <= match.start()]
    settled = [n for n in before if not n.is_aside]
    if settled:
        return settled[-1].named
    opening = [n for n in before if _OPENING.fullmatch(text, 0, n.start)]
    if opening:
        return opening[0].named
    return UNKNOWN if _CLAUSE_BEFORE.search(text, 0, match.start()) else carried
