"""The time point a label names: "12-month PFS" → "12 months", "Week 24" → "week 24", "End of treatment", "Baseline".

Comes in: a label, heading or caption. Goes out: the time as said in the article's own words, in one spelling, and the
label without it. A length of time is no time point: "Duration > 6 months", "≥ 6 months", "6-minute walk", "24-h urine".
"""

from __future__ import annotations

import re
from functools import lru_cache

from auditable.printed_text import tidy
from auditable.wording import strip_wording

_NUMBER = r"\d+(?:\.\d+)?"
_SPAN = rf"{_NUMBER}(?:\s?(?:-|to|/)\s?{_NUMBER})?"
_UNITS = {
    "minute": r"min(?:ute)?s?\.?",
    "hour": r"h(?:ou)?rs?\.?|h",
    "day": r"days?|d",
    "week": r"w(?:ee)?ks?\.?|w",
    "month": r"mon(?:th)?s?\.?|mos?\.?",
    "year": r"y(?:ea)?rs?\.?|y",
    "cycle": r"cycles?",
    "visit": r"visits?",
}
_UNIT = "|".join(f"(?:{form})" for form in _UNITS.values())
_LONG = r"minutes?|hours?|days?|weeks?|months?|years?|hrs?|wks?|yrs?|mos?"
_EVENTS = (
    r"baseline|pre-?treatment|post-?treatment|pre-?operative(?:ly)?|post-?operative(?:ly)?|pre-?intervention"
    r"|post-?intervention|pre-?test|post-?test|pre-?dose|post-?dose|screening(?:\svisit)?|admission"
    r"|discharge|enrol+ment"
    r"|randomi[sz]ation|diagnosis|study\sentry|entry|relapse|progression|inclusion"
    r"|(?:end|start|completion|initiation|onset)\sof\s(?:the\s)?(?:study|trial|treatment|therapy|intervention"
    r"|follow-?up|induction|cycle|maintenance|pregnancy|program(?:me)?)"
    r"|(?:first|index|final|last|initial|second|third)\s(?:visit|follow-?up|assessment|measurement|evaluation)"
    r"|(?:latest|long-term|short-term)\sfollow-?up|data\scut-?off"
)
_LOOKING_BACK = r"(?:prior|previous|last|past|preceding|over\sthe|in\sthe)\s"

_UNIT_FIRST = re.compile(
    rf"\b(?P<unit>day|week|month|year|cycle|visit|wk|hour)s?\.?\s(?P<n>\d+(?:\s?(?:-|to|/)\s?\d+)?)\b"
    rf"(?:,?\s(?P<unit2>day)\s(?P<n2>\d+))?(?!\s?[%(]?\s?(?:{_LONG})\b)",
    re.IGNORECASE,
)
_CODED = re.compile(r"\b(?P<a>C\d+)(?P<b>D\d+)\b|^(?:(?P<w>W)|(?P<d>D)|(?P<m>M)|(?P<t>T))(?P<n>\d{1,3})$")
_ADJECTIVE = re.compile(
    rf"(?<![<>≤≥~.\d-])(?<![<>≤≥~]\s)\b(?P<n>{_NUMBER})[-\s](?P<unit>day|week|month|year|wk|mo"
    rf"|yr)\b(?!s|[-\s](?:old|history|duration))",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(
    rf"\b(?:at|after|by|within|through|until|to|for|during(?:\sthe)?(?:\sfirst)?"
    rf"|first)\s(?:the\s)?(?:month\s)?(?P<n>{_SPAN})[-\s]?(?P<unit>{_UNIT})(?![\w/])",
    re.IGNORECASE,
)
_BEFORE_WORD = re.compile(
    rf"(?<![<>≤≥~])(?<![<>≤≥~]\s)\b(?P<n>{_SPAN})[-\s]?(?P<unit>{_UNIT})\s(?:after|post|from"
    rf"|of\sfollow|follow-?up|since|visit)(?![\w])",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"^(?:(?:time|t)\s?=\s?)?(?P<n>{_NUMBER})[-\s]?(?P<unit>{_UNIT})(?:\s(?:follow-?up|visit|post|after|later).*)?"
    r"(?:\s?[(\[](?:the\s)?(?:co-?)?(?:primary|main|secondary)\s[a-z\s-]{1,30}[)\]])?$",
    re.IGNORECASE,
)
_BEHIND_EQUALS = re.compile(rf"\btime\s?=\s?(?P<n>{_SPAN})\s?(?P<unit>{_UNIT})(?![\w/])", re.IGNORECASE)
_EVENT_WHOLE = re.compile(
    rf"^(?:at\s(?:the\s)?)?(?P<name>{_EVENTS}|pre|post|before|after|follow-?up|final|endpoint|end)"
    r"(?:\s(?:visits?|values?|measurements?|assessments?|scores?|data|levels?))?$",
    re.IGNORECASE,
)
_EVENT_LED = re.compile(
    rf"(?<!\bage\s)\b(?:at|on|upon|before|after)\s(?:the\s|study\s)?(?P<name>{_EVENTS})\b", re.IGNORECASE
)
_EVENT_FIRST = re.compile(r"^(?P<name>baseline|pre-?treatment|post-?treatment)(?=[\s,;:=(])", re.IGNORECASE)
_KINDS = ("mean", "median", "score", "percent", "percentage", "relative", "absolute")
_BEHIND_KIND = "|".join(rf"(?<=\b{kind}\s)" for kind in _KINDS)
_CHANGE = re.compile(
    r"\b(?:change|changes(?=\s(?:in|from|at|over|to|of|after|between)\b)"
    rf"|(?:^|{_BEHIND_KIND})changes)\b"
    r"(?!\s(?:in|of)\s(?:regimen|therapy|treatment|medication|dose|antibiotics?|drugs?))|(?<!\w)[Δ∆]|\bdelta\b|\bchange-from\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfrom\s(?:the\s)?(?P<a>baseline|.{1,25}?)\sto\s", re.IGNORECASE)
_NO_TIME_BEHIND = re.compile(
    r"^[-\s](?:urine|urinary|urea|ambulatory|recall|holter|abpm|diet|protein|walk|creatinine"
    r"|collection|blood|mean|sbp|dbp|ecg|interval)",
    re.IGNORECASE,
)
_SIZE = re.compile(r"[(\[,;]?\s?\b[nN]\s?[=:]\s?\d[\d, ]*(?:\s?(?:patients?|pts|subjects?|participants?))?\s?[)\]]?")
_LENGTH = re.compile(r"\b(?:duration|time|interval|age|length|since|stay|years|months|tenure|period)\b", re.IGNORECASE)
CHANGE = "change"
FROM_BASELINE = "change from baseline"


@lru_cache(maxsize=20_000)
def time_in(label: str) -> str:
    """The time point a label names, "" when it names none: "12 months", "week 24", "baseline", "change from baseline
    to week 12"."""
    text = _bare(label)
    start = _found(text)
    if not _CHANGE.search(text):
        return start[0] if start else ""
    rest = _FROM_TO.sub(" at ", text)
    end = _found(re.sub(r"\b(?:from|at|since)\s(?:the\s)?baseline\b", " ", rest, flags=re.IGNORECASE))
    kind = FROM_BASELINE if re.search(r"\bbaseline\b", text, re.IGNORECASE) else CHANGE
    joint = " to " if kind == FROM_BASELINE else " at "
    return f"{kind}{joint}{end[0]}" if end and end[0] != "baseline" else kind


@lru_cache(maxsize=20_000)
def strip_time(label: str) -> str:
    """The label without the words of its time point."""
    text = _bare(label)
    found = _found(text)
    while found:
        text = f"{text[: found[1]]} {text[found[2] :]}"
        found = _found(text)
    return re.sub(r"[(\[]\s*[)\]]", " ", " ".join(text.split())).strip(" ,;:=-")


def is_time(label: str) -> bool:
    """Whether a label names a time point and nothing else."""
    return time_in(label) != "" and not re.search(r"[^\W\d_]{2,}", strip_wording(_CHANGE.sub(" ", _left(label))))


def may_name_time(label: str, headings: tuple[str, ...]) -> bool:
    """Whether a bare "6 months" under headings is a point in time: not where a heading asks for a length of time."""
    return not (_WHOLE.match(_bare(label)) and any(_LENGTH.search(h) and not time_in(h) for h in headings))


def _bare(label: str) -> str:
    """The label without a group size, which says nothing of time."""
    return re.sub(r"\s+([,;)])", r"\1", " ".join(_SIZE.sub(" ", tidy(label)).split())).strip()


def _left(label: str) -> str:
    text = re.sub(r"\b(?:from|to|at|since|after|follow-?up|visit|end|post|mean|value|score)\b", " ", strip_time(label))
    return text.strip()


def _found(text: str) -> tuple[str, int, int] | None:
    """The first time point of a text, with its stretch."""
    for pattern in (_UNIT_FIRST, _CODED, _BEHIND_EQUALS, _WHOLE, _AFTER_WORD, _BEFORE_WORD, _ADJECTIVE):
        for match in pattern.finditer(text):
            if _counts(text, match):
                return _spell(match), match.start(), match.end()
    for pattern in (_EVENT_WHOLE, _EVENT_LED, _EVENT_FIRST):
        match = pattern.search(text)
        if match:
            name = match["name"].casefold()
            lead = text[match.start() : match.start("name")].strip().casefold().split(" ")[0]
            return (f"{lead} {name}" if lead in ("before", "after") else name), match.start(), match.end()
    return None


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a match is a point in time: not a look back ("past 12 months"), nor a test ("24-h urine")."""
    before = text[: match.start()]
    if re.search(rf"{_LOOKING_BACK}$", before, re.IGNORECASE) or re.search(r"\bper\s$", before, re.IGNORECASE):
        return False
    return not _NO_TIME_BEHIND.match(text[match.end() :])


def _spell(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if match.re is _CODED:
        if groups["a"]:
            return f"cycle {groups['a'][1:]} day {groups['b'][1:]}"
        unit = "week" if groups["w"] else "day" if groups["d"] else "month" if groups["m"] else ""
        return f"{unit} {groups['n']}" if unit else match[0].upper()
    number = " ".join(groups["n"].split())
    unit = _unit_name(groups["unit"])
    if match.re is _UNIT_FIRST:
        more = f" day {groups['n2']}" if groups["n2"] else ""
        return f"{unit} {number}{more}"
    return f"{number} {unit}{'' if number == '1' else 's'}"


def _unit_name(printed: str) -> str:
    return next(name for name, form in _UNITS.items() if re.fullmatch(form, printed, re.IGNORECASE))
