"""What a label says of an adverse event besides its name: its grade, and whether it was serious, related, fatal, or led
to something.

Comes in: labels of rows, columns, captions. Goes out: the grade in one spelling ("any", "1-2", ">=3", "5"), the kinds
of event, and the label without either; "" and nothing where nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from auditable.printed_text import tidy
from auditable.wording import strip_wording

ARABIC = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}
_LEVEL = r"(?:[1-5]|(?:iv|v|i{1,3})(?![a-z]))"
_GRADE_WORD = (
    r"(?:(?:ctcae|nci(?:-ctc)?|toxicity|severity|maximum|max\.?|worst)\s)*(?:\bgrades?\b"
    r"|\bgr\.?(?=\s?[≥≤<>\d])|\bg(?=\s?[≥≤<>]?\s?[1-5]\b))"
)
_MORE = r"(?:or|and)\s(?:higher|greater|more|above|worse|over)|\+|or\s>"
_LESS = r"(?:or|and)\s(?:lower|less|below)"
_GRADES = re.compile(
    rf"""(?:(?P<before>[≥≤<>]|at\sleast)\s?)?{_GRADE_WORD}[\s:-]{{0,2}}
         (?:(?P<sign>[≥≤<>]|at\sleast)\s?)?(?P<low>{_LEVEL})
         (?:\s?(?:-|/|to|or|and|,|&)\s?(?:(?:grade|g)\s?)?(?P<high>{_LEVEL}))?
         (?:\s?(?:(?P<more>{_MORE})|(?P<less>{_LESS})))?""",
    re.IGNORECASE | re.VERBOSE,
)
_ANY = re.compile(
    r"\b(?:any|all)[\s-]grades?\b|\bgrades?\s(?:any|all)\b|\b(?:any|all)\sseverit(?:y|ies)\b", re.IGNORECASE
)
_BARE = re.compile(
    rf"^(?P<sign>[≥≤<>]|at\sleast)?\s?(?P<low>{_LEVEL})(?:\s?(?:-|/|to|or|and)\s?(?P<high>{_LEVEL}))?"
    rf"(?:\s?(?:(?P<more>{_MORE})|(?P<less>{_LESS})))?$",
    re.IGNORECASE,
)
_BARE_ANY = re.compile(r"^(?:any|all|total|overall)(?:\s(?:grades?|events?|aes?|adverse events?))?$", re.IGNORECASE)
_SEVERITY = re.compile(
    r"^(?:mild|moderate|severe|life[\s-]threatening)(?:\s(?:or|to|and|/)\s(?:moderate|severe))?$", re.IGNORECASE
)
_GRADE_HEAD = re.compile(r"\b(?:grades?|severity|intensity|toxicity)\b", re.IGNORECASE)

_EVENT = r"(?:TE)?(?:AEs?|adverse\s(?:drug\s)?(?:events?|reactions?|effects?|experiences?))"
SPEAKS_OF_EVENTS = re.compile(
    rf"\b(?:{_EVENT}|TR?AEs?|TEAEs?|S(?:US)?AR?E?s|SAEs?|AESIs?|ADRs?|toxicit(?:y|ies)|side[\s-]effects?"
    r"|adverse\w*|treatment-emergent|safety\s(?:events?|end\s?points?|outcomes?|profile|results?)|complications?)\b",
    re.IGNORECASE,
)
_RELATED_TO = re.compile(
    r"\b(?:(?:possibly|probably|definitely"
    r"|at\sleast\spossibly)[\s,]*(?:or\s\w+\s)?)?(?:(?:causal(?:ly)?\s)?relat(?:ed|ionship)|attribut(?:ed|able)"
    r"|considered\srelated)\sto\s(?:the\s)?(?P<what>[^,;()\[\]]+)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\b(?:(?:study\s)?(?:treatment|drug|medication|therapy|vaccine|device|procedure"
    r"|investigator-assessed|transfusion)[\s-]related|related\s(?:te)?(?:s?aes?|adverse)"
    r"|TRAEs?|TRSAEs?|ADRs?|adverse\s(?:drug\s)?reactions?|drug\sreactions?|related(?=$|\W*n\s?\())"
    r"|\bcausal\srelationship\b",
    re.IGNORECASE,
)
_NOT_RELATED = re.compile(r"\b(?:not|un)[\s-]?related\b", re.IGNORECASE)
_STUDY_TREATMENT = re.compile(
    r"\b(?:study|trial)?\s?(?:treatment|drug|medication|therapy|agent|product|device|procedure)s?\b", re.IGNORECASE
)
_SERIOUS = re.compile(r"\bserious\b(?!\W+(?:or\s)?illness)|\b(?:TE|TR)?SAEs?\b|\bSUSARs?\b", re.IGNORECASE)
_FATAL = re.compile(
    r"\bfatal\b|\b(?:leading|resulting|led|result(?:ed)?)\s(?:to|in)\sdeaths?\b"
    r"|\bwith\s(?:a\s)?fatal\b|\bdeaths?\s(?:due\sto|from)\s(?:an?\s)?(?:\w+\s)?(?:aes?|adverse)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"\b(?:leading|resulting|led|requiring|caus(?:ing|ed)|prompting|necessitating)\s(?:to"
    r"|in)?\s?(?:an?\s|the\s|permanent\s|treatment\s|study\s|drug\s|dose\s|any\s)*"
    r"(?P<what>discontinuations?|withdrawals?|interruptions?|reductions?|modifications?|delays?"
    r"|adjustments?|hospitali[sz]ations?|cessation|termination)",
    re.IGNORECASE,
)
_DUE_TO = re.compile(
    r"\b(?P<what>discontinu\w+|withdraw\w*|interrupt\w+|dose\sreduc\w+|dose\smodif\w+|dose\sdelay\w*"
    r"|stopped)\b.{0,40}?\b(?:due\sto|because\sof|for|owing\sto|from)\s(?:an?\s)?(?:\w+[\s-])?"
    rf"(?:{_EVENT}|toxicity|TEAEs?|side\seffects?)",
    re.IGNORECASE,
)
_LED_TO = {
    "discontinu": "discontinuation", "withdraw": "discontinuation", "cessation": "discontinuation",
    "terminat": "discontinuation", "stopped": "discontinuation", "interrupt": "dose interruption",
    "reduc": "dose reduction", "dose reduc": "dose reduction", "modif": "dose modification",
    "dose modif": "dose modification", "adjust": "dose modification", "delay": "dose delay", "dose delay": "dose delay",
    "hospital": "hospitalization",
}  # fmt: skip
_SPECIAL = re.compile(r"\bof\s(?:special|particular|clinical)\sinterest\b|\bAESIs?\b", re.IGNORECASE)
_EMERGENT = re.compile(r"\b(?:treatment|study\sdrug)[\s-]?emergent\b|\bTE(?=S?AEs?\b)", re.IGNORECASE)
_ANY_EVENT = re.compile(
    rf"^(?:(?:no\.?|numbers?|n)\s(?:of\s)?)?(?:of\s)?(?:the\s)?(?:patients?|participants?|subjects?"
    rf"|pts)?\s?(?:with|reporting|experiencing|having)?\s?"
    rf"(?:any|all|total|overall|any\sprimary|at\sleast\s(?:one|1)|≥\s?1|one\sor\smore|1\sor\smore"
    rf"|an)?\W*(?:{_EVENT}|TEAEs?|TRAEs?|SAEs?|TESAEs?|AESIs?|events?|toxicit(?:y|ies)|side\seffects?"
    rf"|complications?|(?:primary\s)?safety\sevents?|(?:primary\s)?safety\send\s?points?)?$",
    re.IGNORECASE,
)
_BARE_OUTCOMES = re.compile(r"^(?:death|deaths|discontinuation|discontinuations|withdrawals?)$", re.IGNORECASE)
_JOINTS = re.compile(r"\s+(?:of|to|with|in|and|or|by|for|due)$|^(?:of|with|and|or|by|for|due)\s+", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def grade_in(label: str) -> str:
    """The grade a label names: "Grade 3 or 4" → "3-4", "Grade ≥ 3" → ">=3", "All grades" → "any"; "" when none."""
    text = tidy(label)
    match = _GRADES.search(text)
    if match:
        return _spell_grade(match)
    return "any" if _ANY.search(text) else ""


def grade_under(label: str, headings: Sequence[str], siblings: Sequence[str] = ()) -> str:
    """The grade a bare label means under a heading or beside labels that speak of grades: "≥ 3", "Any", "III–IV"."""
    found = grade_in(label)
    if found:
        return found
    headed = any(_GRADE_HEAD.search(h) for h in headings)
    text = strip_wording(label)
    match = _BARE.match(text) if headed else None
    if match:
        return _spell_grade(match)
    graded = headed or any(grade_in(s) for s in siblings)
    if graded and _BARE_ANY.match(text):
        return "any"
    return (
        text.casefold()
        if _SEVERITY.match(text) and (headed or any(_SEVERITY.match(strip_wording(s)) for s in siblings))
        else ""
    )


def _spell_grade(match: re.Match[str]) -> str:
    groups = match.groupdict()
    low, high = _figure(match["low"]), _figure(match["high"] or "")
    sign = groups.get("sign") or groups.get("before") or ""
    if match["more"] and not sign:
        sign = "≥"
    if match["less"] and not sign:
        sign = "≤"
    sign = {"≥": ">=", "≤": "<=", "at least": ">="}.get(sign.casefold(), sign)
    return f"{low}-{high}" if high and not sign else f"{sign}{low}"


def _figure(level: str) -> str:
    return ARABIC.get(level.casefold(), level)


@lru_cache(maxsize=20_000)
def kinds_in(label: str) -> tuple[str, ...]:
    """What kind of event a label speaks of, in one order: serious, related, leading to, fatal, of interest."""
    text = tidy(label)
    kinds = ["serious"] if _SERIOUS.search(text) else []
    kinds += _related(text)
    kinds += [f"leading to {_led(m['what'])}" for m in (_LED.search(text) or _DUE_TO.search(text),) if m]
    kinds += ["fatal"] if _FATAL.search(text) else []
    kinds += ["of special interest"] if _SPECIAL.search(text) else []
    return tuple(kinds)


def _related(text: str) -> list[str]:
    if _NOT_RELATED.search(text):
        return ["not related"]
    match = _RELATED_TO.search(text)
    if not match:
        return ["related"] if _RELATED.search(text) else []
    what = strip_wording(match["what"]).strip()
    named = " ".join(re.sub(r"\b(?:or|and|the|any|study)\b", " ", _STUDY_TREATMENT.sub(" ", what)).split())
    # "related to study treatment" names nothing but the treatment as such.
    return [f"related to {strip_treatment_word(what)}" if re.search(r"\w{2,}", named) else "related"]


def strip_treatment_word(what: str) -> str:
    """The name before the word treatment: "isatuximab treatment" → "isatuximab"."""
    return re.sub(r"\s(?:treatment|therapy|administration)$", "", what, flags=re.IGNORECASE).strip()


def _led(printed: str) -> str:
    text = printed.casefold()
    return next((name for stem, name in _LED_TO.items() if text.startswith(stem)), text)


def join_kinds(labels: Sequence[str]) -> str:
    """The kinds of event that labels name together, joined by "; ", each once; "related to X" says "related" too."""
    kinds = list(dict.fromkeys(k for label in labels for k in kinds_in(label)))
    if any(k.startswith("related to ") for k in kinds):
        kinds = [k for k in kinds if k != "related"]
    order = ("serious", "related", "leading", "fatal")
    return "; ".join(sorted(kinds, key=lambda k: next((i for i, o in enumerate(order) if k.startswith(o)), len(order))))


@lru_cache(maxsize=20_000)
def strip_event_words(label: str) -> str:
    """The label without the words that grade_in and kinds_in read."""
    text = tidy(label)
    for pattern in (_GRADES, _ANY, _RELATED_TO, _RELATED, _LED, _FATAL, _SPECIAL, _EMERGENT, _SERIOUS):
        text = pattern.sub(" ", text)
    text = re.sub(r"[(\[]\s*[)\]]", " ", " ".join(text.split())).strip(" ,;:-–—/")
    return _JOINTS.sub("", text).strip(" ,;:-–—/")


def strip_grade(label: str) -> str:
    """The label of an event without its grade, as printed otherwise."""
    text = _ANY.sub(" ", _GRADES.sub(" ", tidy(label)))
    return re.sub(r"[(\[]\s*[)\]]", " ", " ".join(text.split())).strip(" ,;:-–—/")


def is_severity(label: str) -> bool:
    """Whether a label is a word for severity alone: "Mild", "Moderate or severe"."""
    return bool(_SEVERITY.match(strip_wording(label)))


def is_any_event(label: str) -> bool:
    """Whether a label speaks of events as such and names none: "Any AE", "Serious AEs", "Total", "≥ 1 TEAE"."""
    text = strip_wording(strip_event_words(label)).strip(" ,;:*-–—")
    if _DUE_TO.search(tidy(label)) or (_LED.search(tidy(label)) and not re.search(r"[^\W\d]{3,}", text)):
        return True
    return bool(_ANY_EVENT.match(text)) and bool(
        SPEAKS_OF_EVENTS.search(tidy(label)) or _BARE_ANY.match(strip_wording(label)) or grade_in(label)
    )
