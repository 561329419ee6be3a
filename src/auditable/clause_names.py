"""Names of variables in a sentence, and what ties a name to a number: links, verbs, lists, asides.

Comes in: a sentence and the names a codebook finds in it. Goes out: names that know whether they only narrow the people
spoken of, and small questions about the words between a name and a number. Choosing is prose_variables.py's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from auditable.codebook import Variable
from auditable.event_names import ANY, scope_of, tells_events
from auditable.mention_drafts import BRACKETS

Named = tuple[str, str]
"""Variable and category; ("", "") where the words leave it open."""
UNKNOWN: Named = ("", "")
EVERYBODY = "n_patients"
UNTOLD = (EVERYBODY, "change_from_baseline")
"""Names that a sentence uses without saying what is counted or measured."""
EVENT = "adverse_event"
MAX_LEAD_CHARS = 110
"""A number farther behind a name than this has a nearer subject that the codebook does not know."""


class Found(Protocol):
    """A name of a variable in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...

    @property
    def variable(self) -> str:
        """The variable named."""
        ...

    @property
    def category(self) -> str:
        """The category named with it, or ""."""
        ...


class Names(Protocol):
    """What is asked of a codebook: its variables, and the names of them in a text."""

    @property
    def variables(self) -> Mapping[str, Variable]:
        """All variables by name."""
        ...

    def category_of(self, variable: str, label: str) -> str:
        """The category of a variable that a label names, or ""."""
        ...

    def find_in_text(self, text: str) -> Sequence[Found]:
        """Names in a text, in printed order."""
        ...


@dataclass(frozen=True, slots=True)
class Name:
    """A variable named in the sentence. is_aside: it only says of which people or when ("in patients with X")."""

    start: int
    end: int
    named: Named
    is_aside: bool


_PREPOSITION = (
    r"in|among(?:st)?|for|with(?:out)?|who|whom|whose|having|receiving|achieving|aged?|between|than|after|before|during|since|until"
    r"|from|despite|following|due\sto|because\sof|caused\sby|owing\sto|(?:ir)?respective\sof|regardless\sof|according\sto|by|on|per"
    r"|lead(?:ing|s)?\sto|led\sto|result(?:ing|s|ed)?\sin"
)
_NARROWS = re.compile(r"[-\s](?:grades?[-\s])?", re.IGNORECASE)
_RANKED = re.compile(
    r"\s(?:was|were|remained)\s(?:also\s)?(?:the|an?|one\sof\sthe)\s(?:\w+\s)?(?:most\s)?(?:common(?:est)?|frequent|prevalent)\s"
    r"(?:[\w-]+\s?){0,5}",
    re.IGNORECASE,
)
# What only narrows the people or the occasion, right in front of a name.
_ASIDE = re.compile(
    rf"\b(?:{_PREPOSITION})\s(?:(?!(?:was|were|had|is|are|of|and|or)\b)[\w≥≤<>/’'-]+\s){{0,5}}$", re.IGNORECASE
)
_OF = re.compile(
    r"(?:(?P<noun>[\w’'-]+)\s+)?\bof\s(?:(?:the|a|an|any|all|these|those|our)\s)?(?:[\w≥≤<>/’'-]+\s){0,3}$",
    re.IGNORECASE,
)
# "the rate of X" is X; "most of the women" are people.
_MEASURE_NOUN = re.compile(
    r"rates?|incidences?|proportions?|percentages?|numbers?|frequency|frequencies|prevalences?|risks?|probability|odds|levels?"
    r"|values?|cases?|medians?|means?|averages?|episodes?|occurrences?|durations?|events?|types?|total|history|diagnosis|presence"
    r"|evidence|signs?|onset|time|degree|amount|counts?",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"[;:]\s|,\s(?:(?:and|but|whereas|while|with)\s)?|\b(?:but|whereas|while)\b")
_MODIFIERS = (
    r"(?:(?:the|a|an|as|about|approximately|around|nearly|almost|only|just|over|some|further|another|total|median|mean|of|rates?|value|thus|then|therefore|still|also|again)\b"
    r"[\s,]*)*$"
)
_LINK = re.compile(
    r"(?:\b(?:was|were|is|are|of|in|at|for|by|to|reached|be|been|being|equal(?:led|s)?|averaged|amounted|totall?ed|remained|among"
    r"|affected|ranged|ran|lasted|from|only|numbered|with|it|rose|fell|increased|decreased|estimated|exceeded|respectively"
    r"|made\sup|constituted|represented|comprised)\b|[:=≥≤<>~(\[])\s*" + _MODIFIERS,
    re.IGNORECASE,
)
_BARE = re.compile(r"\s*(?:(?:score|rate|rates|value|level|levels|count|events?|probability|of)\s)*$", re.IGNORECASE)
_HAVE = re.compile(
    r"\b(?:had|have|has|having|developed|experienced|reported|included|comprised|there\s(?:was|were))\b\s*(?:(?:a|an|the|about|only)\s)*$",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:[,;.]|\b(?:and|or|but|whereas|while|versus|vs\.?|than)\b)\s*(?:(?:in|with|for|only|another|a|the)\s)*$",
    re.IGNORECASE,
)
_COORDINATES = re.compile(
    r"\s*(?:,\s*(?:and|or)?|and|or|/|as\swell\sas)\s*(?:(?:the|median|mean|grade)\s)*", re.IGNORECASE
)
# "women who had", "men had": people who have what is counted, not what is counted.
_HAVERS = re.compile(
    r"\s(?:(?:who|whose|whom)\b|(?:had|have|has|experienced|received|developed)\b(?!\s(?:occurred|been)))",
    re.IGNORECASE,
)
_EVENTS = re.compile(
    r"\badverse\s(?:drug\s)?(?:events?|effects?|reactions?)|\bgrades?\s(?:≥\s?)?(?:[1-5]|I{1,3}V?|IV)\b|\btoxicit|\bside[-\s]effects?"
    r"|\btreatment[-\s]emergent|\b[A-Z]*AEs?\b|\bsafety\b|\btolerability",
    re.IGNORECASE,
)
_TWO_CATEGORIES = re.compile(
    r"\s*(?:(?:PS|score|status|performance|of|grade|class|stage)\s)*(?P<both>\d\s?(?:[–/-]|or|to)\s?\d)(?![\d.,]|\s?%)"
)
_PRIOR = r"(?:prior|previous|earlier|preceding)"
_TO_EARLIER = re.compile(
    rf"\s(?:to|of|with|on|from|under)\s(?:(?:the|their|its|any|an?|immediately|most\srecent)\s){{0,2}}{_PRIOR}\b",
    re.IGNORECASE,
)
_EARLIER_BEFORE = re.compile(rf"\b{_PRIOR}\s(?:[\w/-]+\s)?$", re.IGNORECASE)

# Words that name a variable only by what they say of people.
_IMPLIED = (
    (
        "age",
        re.compile(
            r"\baged\b|\b(?:older|younger)\s(?=than\b)|(?<=years\s)old\b|(?<=months\s)old\b|(?<=year-)old\b",
            re.IGNORECASE,
        ),
    ),
    ("orr", re.compile(r"\bresponded\b(?!\sto)|\bOR\srates?\b|(?<=[Bb]est )\bobjective\sresponse\b")),
    ("pfs", re.compile(r"\bprogression-free\b(?![\s-](?:survival|interval))", re.IGNORECASE)),
    (EVENT, re.compile(r"\bgrade\s?[≥>]?\s?\d(?:\s?[-–]\s?\d)?\s(?:or\s\w+\s)?events\b", re.IGNORECASE)),
)


def find_names(text: str, codebook: Names, section: str = "") -> list[Name]:
    """The variables a sentence names, in printed order; "patients" alone is none. Where the sentence or its heading
    speaks of adverse events, a disease that the codebook knows as an event is one.
    """
    # a heading such as "Safety" says of what kind the names under it are
    told = f"{text} | {section}" if _EVENTS.search(section) else text
    hits = [h for h in codebook.find_in_text(told) if h.variable not in UNTOLD and h.end <= len(text)]
    found = [_whole_category(text, h, codebook) for h in hits]
    if tells_events(text, section):
        found += [e for e in _complaints(text, codebook) if not any(_meet(e[:2], f) for f in found)]
    for variable, pattern in _IMPLIED:
        found += [
            (*m.span(), (variable, "")) for m in pattern.finditer(text) if not any(_meet(m.span(), f) for f in found)
        ]
    if _EVENTS.search(text) or _EVENTS.search(section):
        found = [(start, end, _as_event(text[start:end], named, codebook)) for start, end, named in found]
    found = [(s, e, (EVENT, scope_of(text, s, e)) if named == (EVENT, "") else named) for s, e, named in found]
    found = [f for f in found if not _only_ranks(text, f, found)]
    found = _with_earlier(text, sorted(found), codebook)
    return [Name(s, e, named, _is_aside(text[:s]) or bool(_HAVERS.match(text, e))) for s, e, named in sorted(found)]


def _complaints(text: str, codebook: Names) -> list[tuple[int, int, Named]]:
    """The terms of adverse events in a sentence, whether or not it calls them so."""
    hits = codebook.find_in_text(f"{text} | adverse events")
    return [
        (h.start, h.end, (EVENT, h.category)) for h in hits if h.variable == EVENT and h.category and h.end <= len(text)
    ]


def _only_ranks(text: str, name: tuple[int, int, Named], found: Sequence[tuple[int, int, Named]]) -> bool:
    """Whether a general word for events only narrows one named beside it, or says how it ranks: "any-grade anaemia",
    "fatigue was the most common adverse event (38%)".
    """
    start, end, (variable, category) = name
    before = max((f for f in found if f[1] < start), default=None)
    is_general = variable == EVENT and category in ("", ANY)
    if is_general and any(f[2][0] == EVENT and _NARROWS.fullmatch(text, end, f[0]) for f in found):
        return True  # "any-grade neutropenia"
    is_ranked = before is not None and before[2][0] == EVENT and before[2][1] not in ("", ANY)
    return is_general and is_ranked and bool(_RANKED.fullmatch(text, before[1] if before else 0, end))


def _as_event(words: str, named: Named, codebook: Names) -> Named:
    term = "" if named[0] == EVENT else codebook.category_of(EVENT, words)
    return (EVENT, term) if term else named


def _with_earlier(text: str, found: Sequence[tuple[int, int, Named]], codebook: Names) -> list[tuple[int, int, Named]]:
    """The names with those of an earlier therapy as its variables, where the words at the name say so ("cycles of
    prior X", "prior X cycles"), and categories behind such a name with it ("response to prior X was CR").
    """
    out: list[tuple[int, int, Named]] = []
    goes_on = ""
    for start, end, (variable, category) in found:
        entry = codebook.variables.get(variable)
        twin = entry.of_earlier if entry else ""
        is_said = bool(_TO_EARLIER.match(text, end) or _EARLIER_BEFORE.search(text, 0, start))
        is_earlier = bool(twin) and (is_said or (bool(category) and goes_on == variable))
        if twin:
            goes_on = variable if is_earlier else ""
        out.append((start, end, (twin if is_earlier else variable, category)))
    return out


def _whole_category(text: str, hit: Found, codebook: Names) -> tuple[int, int, Named]:
    """The hit; its category as printed where two are named at once ("ECOG 0–1")."""
    entry = codebook.variables.get(hit.variable)
    at = hit.end - len(hit.category) if hit.category[-1:].isdigit() else hit.end
    more = _TWO_CATEGORIES.match(text, at) if entry and entry.kind == "category" else None
    if more is None:
        return hit.start, hit.end, (hit.variable, hit.category)
    return hit.start, more.end(), (hit.variable, more["both"])


def _meet(span: tuple[int, int], found: tuple[int, int, Named]) -> bool:
    return span[0] < found[1] and found[0] < span[1]


def _is_aside(before: str) -> bool:
    clause = _SEGMENT.split(BRACKETS.sub(" ", before))[-1]
    of = _OF.search(clause)
    if of:
        return not _MEASURE_NOUN.fullmatch(of["noun"] or "")
    return bool(_ASIDE.search(clause))


def last_segment(text: str, names: Sequence[Name]) -> list[Name]:
    """The names of the last stretch between commas that has any which is no aside; all of them if all are asides."""
    settled = [n for n in names if not n.is_aside]
    if not settled:
        return list(names)
    last = settled[-1]
    opening = 0
    for cut in _SEGMENT.finditer(text, 0, last.start):
        # a comma in a list of names opens no new clause
        if not any(
            _COORDINATES.fullmatch(text, a.end, b.start) for a, b in pairwise(settled) if a.end <= cut.start() < b.start
        ):
            opening = cut.end()
    return [n for n in settled if n.start >= opening]


def leads(between: str) -> bool:
    """Whether the words between a name and a number lead from one to the other: "was", "of", ":", or nothing."""
    plain = BRACKETS.sub(" ", between)
    if len(plain) > MAX_LEAD_CHARS or ";" in plain:
        return False
    if _APART.search(plain) and not re.search(r"\b(?:was|were|of)\b[^,;]*$", plain):
        return False
    return bool(_BARE.match(plain) or _LINK.search(plain))


def has(between: str) -> bool:
    """Whether the words in front of a number say that somebody has what comes behind it."""
    return bool(_HAVE.search(between))


def is_bare(between: str) -> bool:
    """Whether nothing stands between a name and a number."""
    return not between.strip()


def coordinated(text: str, names: Sequence[Name]) -> list[Name]:
    """The first names, as far as they form one list: "PFS and OS", "anaemia, fatigue and nausea"."""
    run = list(names[:1])
    for name in names[1:]:
        if not _COORDINATES.fullmatch(BRACKETS.sub(" ", text[run[-1].end : name.start])):
            break
        run.append(name)
    return run


def together(names: Sequence[Name]) -> Named:
    """What names in one list say in common: the variable they share; nothing if they are of several."""
    variables = {n.named[0] for n in names}
    if len(names) == 1:
        return names[0].named
    return (names[0].named[0], "") if len(variables) == 1 else UNKNOWN
