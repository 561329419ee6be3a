"""Grade and kind of the adverse event a number of a sentence is of.

Comes in: a sentence and its mentions. Goes out: for one mention the grade ("any", "3", "3-4", ">=3") and the kinds of
the event ("serious; related"), "" where the sentence does not say. Words between the number before and the number's own
clause end count, and words that open the clause of a list. Which event it is, prose_variables.py says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.clause import Clause
from auditable.dealing import PART_END
from auditable.events import ARABIC
from auditable.mentions import Mention
from auditable.number_groups import Group, find_groups
from auditable.prose_fits import is_alike
from auditable.prose_handing import goes_on

_DIGIT = r"(?:[1-5]|IV|I{1,3}|V)(?![\w·]|\.\d|\s?%)"
_GRADE = re.compile(
    rf"\b(?:grades?|CTCAE|CTC|G(?=\s?[1-5]\b))\s?(?:(?P<above>≥|>|at\sleast\s)\s?)?(?P<low>{_DIGIT})"
    rf"(?:\s?(?:[-–‒/,]|or|and|to)\s?(?:grades?\s)?(?P<high>{_DIGIT})"
    r"|\s?(?P<more>\+|(?:or|and)\s(?:higher|above|worse|more|greater|over)))?"
    r"|(?P<any>\b(?:any|all)(?:[-\s]|\sthe\s)grades?\b)"
    rf"|(?P<least>≥|>)\s?(?:grade|G)\s?(?P<floor>{_DIGIT})",
    re.IGNORECASE,
)
_LED_TO = re.compile(rf"\s(?:for|of|with|at|were|had|was)\s(?:an?\s)?(?:{_GRADE.pattern})", re.IGNORECASE)
_APPOSED = re.compile(r",\san?\s[^,;:.(]*")
_OF_WHOLE = re.compile(r"\bof\s(?:(?:the|all|these|those|our)\s)*$", re.IGNORECASE)
_KINDS = (
    ("serious", re.compile(r"\b(?i:serious)\b|\bSAEs?\b")),
    ("leading to discontinuation", re.compile(
        r"\b(?:lead(?:ing|s)?|led|result(?:ing|ed))\s(?:to|in)\s(?:\w+\s){0,3}?(?:discontinu|withdraw|cessation|stopping)"
        r"|\bdiscontinu\w+\s(?:\w+\s){0,4}?(?:due\sto|because\sof|owing\sto|for)\b"
        r"|\b(?:stopped|withdrew|withdrawn|came\soff)\s(?:\w+\s){0,4}?(?:due\sto|because\sof|owing\sto)\b",
        re.IGNORECASE)),
    ("leading to dose reduction", re.compile(
        r"\b(?:leading|led|resulting)\s(?:to|in)\s(?:\w+\s){0,2}?dose[-\s](?:reduction|modification)", re.IGNORECASE)),
    ("fatal", re.compile(
        r"\bfatal\b|\b(?:leading|led)\sto\sdeath\b|\bdied\s(?:of|from|due\sto|because\sof)\b", re.IGNORECASE)),
)  # fmt: skip
_RELATED = re.compile(
    r"\b(?:(?:related|attribut\w+|ascribed|linked)\sto\s(?:the\s)?(?:study\s)?(?P<to>[\w-]+)|(?P<by>[\w-]+)-related"
    r"|(?P<by_noun>(?!(?:were|was|is|are|be|as|not|all|and|considered|deemed|judged|directly|causally|probably|possibly)\b)[\w-]+)\srelated(?!\sto))\b|\bTRAEs?\b",
    re.IGNORECASE,
)
_TO_CAUSE = re.compile(r"\sto\s(?:the\s)?(?P<cause>[\w-]+)\b(?=\s*(?:[,;.)]|and\b|$))")
_OF_TREATMENT = re.compile(r"treatments?|drugs?|therapy|study|medications?|possibly|probably", re.IGNORECASE)
_NO_CAUSE = re.compile(
    r"infusion|dose|age|disease|health|cancer|time|un|injection|immune|line|catheter|not", re.IGNORECASE
)


def name_event(text: str, mentions: Sequence[Mention], index: int) -> tuple[str, str]:
    """Grade and kinds of the adverse event that mention index counts."""
    groups = find_groups(text, mentions)
    at = next((k for k, g in enumerate(groups) if index in g.members), -1)
    if at < 0:
        return "", ""
    if _is_whole(text, groups[at], mentions[index]):
        # "ten of the 28 events were related": the whole has only what is said in front of it and in its noun
        quantity = mentions[index].quantity
        named = text[groups[at].before : quantity.unit_end]
        return _grade(named), _kinds(named)
    own = _own_words(text, groups[at])
    opening = _opening(text, groups, at)
    is_untold = not (_grade(own) or _kinds(own) or _cause_left_out(text, groups[at]))
    if at and is_untold and _goes_on(text, mentions, groups, at):
        return name_event(text, mentions, groups[at - 1].members[0])
    led = _LED_TO.match(text, groups[at].end)
    grade = _grade(led[0]) if led else _grade(_past_taken(text, groups, at, own))
    return grade or _grade(opening), _cause_left_out(text, groups[at]) or _kinds(own) or _kinds(opening)


def _goes_on(text: str, mentions: Sequence[Mention], groups: Sequence[Group], at: int) -> bool:
    """Whether a number is only of other people or another time than the one before: "14 with A and 9 with B"."""
    is_one = is_alike(groups[at - 1].head, groups[at].head)
    return is_one and goes_on(Clause(text, mentions, {}, (), groups), at)


def _is_whole(text: str, group: Group, mention: Mention) -> bool:
    """Whether a number is the whole that another one is a part of: the 28 of "ten of the 28 events"."""
    start = mention.quantity.start
    return mention.statistic == "total" or (
        mention.statistic == "n" and start > group.start and bool(_OF_WHOLE.search(text, group.start, start))
    )


def _cause_left_out(text: str, group: Group) -> str:
    """The cause of "..., one (5.6%) to dexamethasone" behind "six were ascribed to isatuximab"."""
    cause = _TO_CAUSE.match(text, group.end)
    told = _RELATED.search(text, 0, group.start)
    return f"related to {cause['cause']}" if cause and told and (told["to"] or told["by"]) else ""


def _past_taken(text: str, groups: Sequence[Group], at: int, own: str) -> str:
    """The words of a number without the grade right behind the number before: "1 for all grades and 1 for ≥ G3"."""
    taken = _LED_TO.match(text, groups[at - 1].end) if at else None
    return own.replace(taken[0], " ", 1) if taken else own


def _own_words(text: str, group: Group) -> str:
    clause = PART_END.split(text[group.before : group.start])[-1]
    apposed = _APPOSED.match(text, group.end)
    return f"{clause} | {_words_behind(text, group)} | {apposed[0] if apposed else ''}"


def _words_behind(text: str, group: Group) -> str:
    """The words behind a number, without a bracket that holds the next one: "in 13% (grade 3: 2%)"."""
    behind = text[group.end : group.behind]
    opened = behind.rfind("(")
    return behind[:opened] if opened > behind.rfind(")") and group.behind < len(text) else behind


def _opening(text: str, groups: Sequence[Group], at: int) -> str:
    """The words in front of the first number of the clause."""
    # semicolons inside a bracket part the sides of what is said before it: "(A, 4%; B, 3%)"
    end = groups[at].opened if groups[at].opened >= 0 else groups[at].start
    start = max((m.end() for m in PART_END.finditer(text, 0, end)), default=0)
    first = next(g for g in groups if g.start >= start)
    return text[start : first.start]


def _grade(words: str) -> str:
    found = list(_GRADE.finditer(words))
    if not found:
        return ""
    match = found[-1]
    if match["any"]:
        return "any"
    low = _digit(match["low"] or match["floor"])
    if match["more"] or match["least"] == "≥" or (match["above"] and match["above"] != ">"):
        return f">={low}"
    if match["least"] == ">" or match["above"] == ">":
        return f">={int(low) + 1}"
    return f"{low}-{_digit(match['high'])}" if match["high"] else low


def _digit(printed: str) -> str:
    return ARABIC.get(printed.lower(), printed)


def _kinds(words: str) -> str:
    kinds = [name for name, pattern in _KINDS if pattern.search(words)]
    related = _RELATED.search(words)
    cause = (related["to"] or related["by"] or related["by_noun"] or "") if related else ""
    if related and not _NO_CAUSE.fullmatch(cause):
        is_named = cause and not _OF_TREATMENT.fullmatch(cause)
        kinds.insert(1 if "serious" in kinds else 0, f"related to {cause}" if is_named else "related")
    return "; ".join(kinds)
