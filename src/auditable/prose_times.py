"""The time points and the analysis population that a sentence names.

Comes in: a sentence. Goes out: its time points in one form ("12 months", "week 24", "baseline"), each with its place,
and the one population it names. Which number belongs to which time point is left to dealing.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditable.aside_patterns import TIME_POINT
from auditable.estimates import Name
from auditable.mentions import Mention
from auditable.number_words import CARDINAL, read_cardinal
from auditable.populations import find_population

_UNIT = r"(?P<unit>year|yr|month|mo|week|wk|day|hour|hr|h|minute|min)"
_NUMBER = rf"(?:\d+(?:\.\d+)?|{CARDINAL})"
_AND = r"(?:\s?,\s?(?:and\s|or\s)?|\s(?:and|or|to|&)\s|\s?/\s?)"
# 12-month, 1-, 2- and 3-year
_HYPHENED = re.compile(rf"\b(?P<list>(?:{_NUMBER}[-‑–]?{_AND})*{_NUMBER})[-‑–\s]{_UNIT}\b(?!s)", re.IGNORECASE)
# at 12 months, after 1, 2 and 3 years, at 24 h
_AT = re.compile(
    rf"\b(?:at|(?-i:By)|through|until|within)\s(?:the\s|about\s"
    rf"|approximately\s)?(?P<list>(?:{_NUMBER}{_AND})*{_NUMBER})\s{_UNIT}s?\b"
    rf"|\b(?P<after>after)\s(?P<list2>(?:{_NUMBER}{_AND})*{_NUMBER})\s(?P<unit2>year|month|week|day|hour)s?\b",
    re.IGNORECASE,
)
# week 24, at months 6 and 12, on day 28
_NUMBERED = re.compile(
    rf"\b(?P<unit>day|week|month|year|visit|cycle)s?\s(?P<list>(?:\d+{_AND})*\d+)\b(?!%|\.\d)", re.IGNORECASE
)
_NAMED = tuple(
    (name, re.compile(rf"\b{pattern}\b", re.IGNORECASE))
    for name, pattern in (
        ("baseline", r"(?:(?:at|of)\s)?baseline"),
        ("screening", r"at\sscreening"),
        ("enrolment", r"at\s(?:study\s)?(?:enrol+ment|entry|inclusion)"),
        ("diagnosis", r"at\s(?:the\stime\sof\s)?(?:initial\s)?diagnosis"),
        ("admission", r"(?:at|on)\s(?:hospital\s)?admission"),
        ("discharge", r"at\s(?:hospital\s)?discharge"),
        ("end of treatment", r"at\s(?:the\s)?end\sof\s(?:the\s)?treatment"),
        ("data cut-off", r"(?:at|by|as\sof)\s(?:the\s)?(?:time\sof\s(?:the\s)?)?(?:(?:data|clinical)\s)?cut-?\s?off"),
        ("follow-up", r"at\s(?:the\s)?(?:last\s|final\s)?follow-up"),
    )
)
# "within 30 days" is a time point of what happened until then, not of a span that a definition allows.
_HAPPENED = re.compile(
    r"\b(?:died?|deaths?|mortality|readmi\w+|occurr\w+|recurr\w+|relaps\w+|convert\w+|recover\w+|resol\w+"
    r"|respon\w+|discharg\w+|events?"
    r"|complications?|healed|survival)\b[^;.]{0,80}$",
    re.IGNORECASE,
)
_LONG_UNITS = ("year", "month", "week", "day", "hour")
_ENTRY = ("screening", "enrolment", "diagnosis", "admission", "follow-up")
_FROM = re.compile(
    r"\b(?:from|since|versus|vs\.?|over|than|relative to|compared (?:with|to)|below|above|between|with)\s$",
    re.IGNORECASE,
)
_FOR_CHANGE = re.compile(
    r"\b(?:chang\w+|reduc\w+|increas\w+|decreas\w+|declin\w+|improve\w+|differen\w+|fell|rose|adjust\w+)\b",
    re.IGNORECASE,
)
# A span of time that is no point of it: a course, a gap, an age.
_NO_POINT = re.compile(
    r"[-\s](?:old|cycles?|intervals?|periods?|courses?|treatments?|program(?:me)?s?|wash-?out|lead-in|run-in"
    r"|trials?|stud(?:y|ies)|blanking|regimens?"
    r"|interventions?|windows?|infusions?|phases?|schedules?|gap|longer|shorter|improvement|difference|gain|more"
    r"|less|duration|extension)\b",
    re.IGNORECASE,
)
_CANONICAL = {"yr": "year", "mo": "month", "wk": "week", "hr": "hour", "h": "hour", "min": "minute"}
_COMMON = tuple(
    (name, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for name, pattern in (
        ("evaluable", r"evaluable (?:patients|participants|subjects|population)"),
        ("intention to treat", r"m?ITT|intent(?:ion)?[-\s]to[-\s]treat|full analysis set"),
        ("safety", r"safety[-\s](?:population|set|analysis set|cohort)"),
        ("per protocol", r"per[-\s]protocol"),
    )
)


def find_times(text: str) -> list[Name]:
    """The time points of a sentence, in order, without overlap.

    Entry to a study is a time point where the sentence names another one too ("at admission and at discharge"): alone
    it is where all patients stand.
    """
    found: list[Name] = []
    for name in _candidates(text):
        if not any(name.start < n.end and name.end > n.start for n in found):
            found.append(name)
    is_contrast = len({n.text for n in found}) > 1
    return sorted((n for n in found if is_contrast or n.text not in _ENTRY), key=lambda n: n.start)


def _candidates(text: str) -> Iterator[Name]:
    for match in _AT.finditer(text):
        group = "list" if match["list"] else "list2"
        is_span = match[0].casefold().startswith("within") and not _HAPPENED.search(text[: match.start()])
        if not _NO_POINT.match(text, match.end()) and not is_span:
            unit = match["unit"] or match["unit2"]
            yield from _listed(match, group, unit, starts_at=match.start())
    for match in _HYPHENED.finditer(text):
        # "12 month survival" is a misprint of 12-month, "1 year" may be a result
        is_hyphened = text[match.end("list")] in "-‑–"
        is_loose = (
            match["list"].isdigit()
            and match["list"] != "1"
            and match["unit"].casefold() in _LONG_UNITS
            and bool(re.match(r"\s[a-z]", text[match.end() :], re.I))
        )
        if (is_hyphened or is_loose) and not _NO_POINT.match(text, match.end()):
            yield from _listed(match, "list", match["unit"], leads=True)
    for match in _NUMBERED.finditer(text):
        if not _FROM.search(text[: match.start()]):
            for number in re.finditer(r"\d+", match["list"]):
                start = match.start() if number.start() == 0 else match.start("list") + number.start()
                yield Name(
                    start, match.start("list") + number.end(), f"{match['unit'].casefold()} {number[0]}", is_local=True
                )
    for name, pattern in _NAMED:
        for match in pattern.finditer(text):
            is_reference = bool(_FROM.search(text[: match.start()])) and bool(_FOR_CHANGE.search(text))
            if not is_reference:
                yield Name(
                    *match.span(),
                    name,
                    is_local=True,
                    is_leading=not re.match(r"(?:at|of|on|by|as)\s", match[0], re.IGNORECASE),
                )


def _listed(match: re.Match[str], group: str, unit: str, *, starts_at: int = -1, leads: bool = False) -> Iterator[Name]:
    """One name for each number of a list of times; the first begins with its preposition, the last has the unit."""
    numbers = list(re.finditer(_NUMBER, match[group], re.IGNORECASE))
    for i, number in enumerate(numbers):
        start = match.start(group) + number.start()
        end = match.end() if i == len(numbers) - 1 else match.start(group) + number.end()
        yield Name(starts_at if i == 0 and starts_at >= 0 else start, end, _say(number[0], unit), is_leading=leads)


def _say(number: str, unit: str) -> str:
    value = number if number[0].isdigit() else read_cardinal(number)
    noun = _CANONICAL.get(unit.casefold(), unit.casefold())
    return f"{value} {noun}{'' if str(value) == '1' else 's'}"


def reject_times(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions, those that only tell a time point with that as their reason; "after 3 months" may be a result."""
    times = [t for t in find_times(text) if not text[t.start : t.end].casefold().startswith(("after", "within"))]
    return [
        replace(m, statistic="", reason=m.reason or TIME_POINT)
        if any(t.start <= m.quantity.start and m.quantity.end <= t.end for t in times)
        else m
        for m in mentions
    ]


def name_population(text: str) -> str:
    """The analysis population a sentence names, "" when it names none or several."""
    named = find_population([text])
    if named:
        return named
    found = [name for name, pattern in _COMMON if pattern.search(text)]
    return found[0] if len(found) == 1 else ""
