"""The factor whose effect a ratio or a p value of a sentence tells: "albumin < 35 g/L predicted death (HR 3.1)".

Comes in: a sentence with its mentions and the arms it names. Goes out: for each such number the factor as printed, ""
left out. The grammar is that of regression results: a factor before its own bracket ("neither sex (HR 1.0) nor smoking
(HR 1.1) predicted …", "predictors were age (HR 1.1), …"), or the subject of a clause whose verb tells of prediction.
The effect of an arm is no factor, and of several factors that share one number none is named. Parts of the patients
that prepositions lead to are left to prose_parts.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.estimates import COMPARING, Estimate, Name
from auditable.mention_drafts import BRACKETS

MAX_FACTOR_WORDS = 9

_ADVERBS = r"(?:(?:again|also|independently|significantly|strongly|not|only|still|all|both|closely|clearly|further)\s)*"
_EFFECT = r"(?:risk|odds|hazard|likelihood|chance|probability|rates?\sof|incidence|mortality|survival|PFS|OS)"
_PREDICTS = re.compile(
    rf"\b(?:(?:did|does|do|could|can|was|were|is|are|remained|tended\sto|appeared\sto|seemed\sto|had\sbeen)\s)?(?:been\s)?{_ADVERBS}"
    r"(?:(?:predict(?:s|ed|ive|or|ors)?\b|associated\swith|correlated\swith|unrelated\sto|related\sto|linked\s(?:to|with)"
    r"|(?:an?\s)?(?:\w+\s){0,3}(?:predictors?|risk\sfactors?|prognostic\sfactors?|determinants?)\s(?:of|for)|prognostic\b)"
    rf"|(?:doubled|tripled|raised|increased|increases|heightened|conferred|carried|brought|shortened|prolong(?:s|ed)?|worsened)\s(?:[\w-]+\s){{0,4}}?{_EFFECT}\b"
    r"|made\s(?:[^.;()]|\.\d){3,60}?\b(?:likelier|(?:more|less)\slikely))",
    re.IGNORECASE,
)
# A list of factors behind its verb: "predictors of death were", "factors associated with relapse included".
_HEADS_LIST = re.compile(
    r"\b(?:predictors?|risk\sfactors?|prognostic\sfactors?|factors|variables|determinants|covariates)\b[^.;()]{0,80}?"
    r"\b(?:was|were|are|is|included?|comprised)\b|\b(?:associated|correlated)\swith[^.;()]{0,60}?:",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?<!-)(?:survival|mortality|deaths?|risk|PFS|OS|incidence|outcomes?|responses?|progression|recurrence|relapse|odds|rates?"
    r"|events?|remission)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:in|on|at|by|after|among|using|when|entered|within|upon|as|from|for|with|of)\b[^,]*,\s|(?:however|conversely|moreover"
    r"|furthermore|additionally|in\saddition|similarly|notably|interestingly|finally|also|overall|importantly)\b,?\s)+",
    re.IGNORECASE,
)
_LITTLE = re.compile(
    r"^(?:and|but|or|nor|neither|either|both|only|the|an?|whereas|while|although|that|also|not|as|was|were|presence\sof|having)\s",
    re.IGNORECASE,
)
_NO_FACTOR = re.compile(
    r"\b(?:we|it|they|there|this|these|those|which|who|what|none|neither|nothing|no|treatment|treated|therapy|arms?|groups?|differences?"
    r"|model|analys[ie]s|trend|was|were|had|has|have|is|are|did|showed?|found|and|or|nor|respectively|data|results?|values?)\b",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;:]\s|\.\s|,\s(?:whereas|while|but|although|and)\s|\)\s*,?\s*(?:but|whereas|while)\s", re.IGNORECASE
)
_DELIMITER = re.compile(
    r"[)\];:]|,(?!\d)|\b(?:and|or|nor|neither|both|with|were|was|is|are|included?|comprised|than|but|as\swas|as\swere)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(r"was|were|is|are|than|but|included?|comprised", re.IGNORECASE)
_ENDS_LIST = re.compile(
    rf"{_BOUNDARY.pattern}|\b(?:was|were|is|are|had|has|have|did|this|that|which|it|we|because)\b", re.IGNORECASE
)


def find_factors(
    text: str, estimates: Sequence[Estimate], arms: Sequence[Name], *, compares_arms: bool
) -> dict[int, str]:
    """The factor of each ratio and p value by its index, those without one left out.

    arms: the names of arms in the sentence. compares_arms: the paper has several arms, so that a subject that names one
    tells of the treatment's effect.
    """
    out: dict[int, str] = {}
    for estimate in estimates:
        if estimate.statistic in COMPARING:
            factor = _own_of_bracket(text, estimate.start, arms) or _subject_of(
                text, estimate.start, arms, compares_arms
            )
            if factor:
                out[estimate.index] = factor
    return out


def _own_of_bracket(text: str, place: int, arms: Sequence[Name]) -> str:
    """The words right before the bracket the number stands in, where the sentence lists factors."""
    opens = max(text.rfind("(", 0, place), text.rfind("[", 0, place))
    if opens < 0 or re.search(r"[)\]]", text[opens:place]):
        return ""
    verb = _PREDICTS.search(_hide_brackets(text), place)
    is_listed = any(m.end() <= opens for m in _HEADS_LIST.finditer(text))
    if not is_listed and not (verb and not _ENDS_LIST.search(_hide_brackets(text)[place : verb.start()])):
        return ""
    start = 0
    for match in _DELIMITER.finditer(text, 0, opens):
        start = 0 if not is_listed and _SAYS.fullmatch(match[0]) else match.end()
    if start == 0 and any(_SAYS.fullmatch(m[0]) for m in _DELIMITER.finditer(text, 0, opens)):
        return ""
    return _clean(text, start, opens, arms, starts_with_arm=True)


def _subject_of(text: str, place: int, arms: Sequence[Name], compares_arms: bool) -> str:
    """The subject of the clause whose verb tells of prediction and has the number behind it."""
    hidden = _hide_brackets(text)
    start = max((m.end() for m in _BOUNDARY.finditer(hidden, 0, place)), default=0)
    verb = _PREDICTS.search(hidden, start, place)
    if not verb and start:
        return _goes_on(text, hidden, start, place, arms, compares_arms)
    if not verb or _HEADS_LIST.search(hidden, start, place):
        return ""
    return _name_subject(text, hidden, start, verb, arms, compares_arms)


def _goes_on(text: str, hidden: str, start: int, place: int, arms: Sequence[Name], compares_arms: bool) -> str:
    """The subject of the clause before, of which the number says more ("… of pain (OR 9) but not of death (OR 2)")."""
    if not re.match(r"(?:not\s)?(?:of|for|with|in)\s", hidden[start:place].lstrip()):
        return ""
    before = [m.end() for m in _BOUNDARY.finditer(hidden, 0, start - 1)]
    begin = before[-1] if before else 0
    verb = _PREDICTS.search(hidden, begin, start)
    return _name_subject(text, hidden, begin, verb, arms, compares_arms) if verb else ""


def _name_subject(
    text: str, hidden: str, start: int, verb: re.Match[str], arms: Sequence[Name], compares_arms: bool
) -> str:
    lead = _LEAD.match(hidden[start : verb.start()])
    start += lead.end() if lead else 0
    comma = re.search(r",(?=\s)", hidden[start : verb.start()])
    end = start + comma.start() if comma else verb.start()
    if re.search(r"\b(?:and|or)\b", hidden[end : verb.start()]):
        return ""  # several factors share the number
    factor = _clean(text, start, end, arms, starts_with_arm=not compares_arms)
    return "" if _OUTCOME.search(factor) else factor


def _clean(text: str, start: int, end: int, arms: Sequence[Name], *, starts_with_arm: bool) -> str:
    """The words as a factor's name, "" where they are none; starts_with_arm: only an arm they begin with is refused."""
    words, before = BRACKETS.sub("", text[start:end]).strip(" ,"), ""
    while words != before:
        before, words = words, _LITTLE.sub("", words).strip(" ,")
    place = text.find(words, start) if words else start
    near = (place, place + 1) if starts_with_arm else (start, end)
    if any(n.start < near[1] and near[0] < n.end for n in arms) or _NO_FACTOR.search(words):
        return ""
    return words if re.search(r"[A-Za-z]{2}", words) and len(words.split()) <= MAX_FACTOR_WORDS else ""


def _hide_brackets(text: str) -> str:
    return BRACKETS.sub(lambda m: " " * len(m[0]), text)
