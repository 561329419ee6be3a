"""Doses as a paper states them: "tavaglifen (15 mg once daily)", "15 mg of tavaglifen", "at a daily dose of 15 mg".

Comes in: the sentences of a study by part. Goes out: one Fact for each dose that a sentence gives one drug. Sentences
on changes of dose, on single groups of patients, or with two doses of the drug give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.checks.design_facts import Fact, Part, is_plain, plain_number
from auditable.checks.rule import Quote
from auditable.model import Sentence

_AMOUNT = (
    r"(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:[.·]\d+)?)[ -]?(?P<unit>(?:mg|g|µg|μg|mcg|ng|IU|U|units|Gy|MBq|GBq)"
    r"(?:\s?(?:/|per)\s?(?:kg|m²|m2|square met(?:er|re)|kilogram))?)(?![\w/²])(?!\sper\s(?:d[lL]|lit|ml|mL|m|k))"
)
_DRUG = r"(?P<drug>[A-Za-z][a-z]{5,}(?:-\d+)?|[A-Z]{2,}-?\d{2,})"
_TAIL = r"(?:\s(?P<tail>[a-z]{6,}|[A-Z]{2,}-?\d{2,}))?"
_GIVEN = r"(?:\s(?:was|were|is|\w+ly|given|taken|infused|administered|injected|dosed|delivered|orally)){0,4}"
_AT = r"(?:at|in|with)\s(?:an?\s|the\s)?(?:(?:oral|single|total|fixed|daily|weekly|flat)\s){0,2}(?:doses?\sof\s)?"
_STATED = (
    re.compile(rf"\b{_DRUG}{_TAIL}\s?\(?{_AMOUNT}"),
    re.compile(rf"\b{_DRUG}{_TAIL}{_GIVEN},?\s{_AT}{_AMOUNT}"),
    re.compile(rf"{_AMOUNT}(?:\s(?:once|twice|daily))*\s(?:of\s)?{_DRUG}{_TAIL}"),
)
_NO_DRUG = re.compile(
    r"^(?:placebo|doses?|dosage|dosing|patients?|receiv\w+|treatment|therapy|weighing|tablets?|capsules?|either|another"
    r"|single|weekly|monthly|addition|combination|followed|control|matching|between|intake|excretion|clearance|protein"
    r"|glucose|calcium|sodium|alcohol|choice|than|\w+(?:ly|ed|ing)|above|below|least|daily|group|groups|taking"
    r"|giving|increments?|strength"
    r"|radiation|radiotherapy|(?:up|down)ward)$",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:titrat\w*|increas\w*|reduc(?:ed|tion)s?\sto|escalat\w*|decreas\w*|lowered to|raised to|adjust\w*|loading"
    r"|bolus"
    r"|starting|maintenance|maximum|maximal|minimum|cumulative|total|up to (?=[\d.]+\s?[mµg])|equivalen\w*|higher"
    r"|lower|halved|doubled"
    r"|half|double(?!-)|if|unless|premedicat\w*|pre-?treat\w*|rescue|exclu\w*|at least|or more|per (?:tablet"
    r"|capsule|vial|ml)|tablets? of"
    r"|aged?|older|younger|weigh\w*|impairment|clearance|cohorts?|parts?|arms?|groups?|respectively|then|thereafter"
    r"|followed by"
    r"|first|second|after|before|until|run-in|step\w*|level|vials?|ampoules?|median|mean|average|stable|background"
    r"|concomitant"
    r"|permitted|allowed)\b|≥|≤|>|<|\d-mg\b",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:(once|twice|thrice|three times|four times)[ -](?:daily|a day|per day|weekly|a week|per week)|(daily"
    r"|per day|a day)"
    r"|(weekly|per week|a week)|(every \w+ \w+))\b|\b(b\.?i\.?d|t\.?i\.?d|q\.?d)\b",
    re.IGNORECASE,
)
_WAY = re.compile(
    r"\b(?:oral\w*|intraven\w*|subcutan\w*|intramuscul\w*|topical\w*|inhal\w*|intrathec\w*|rectal\w*|nasal\w*|iv|sc"
    r"|im)\b",
    re.IGNORECASE,
)


def find_doses(parts: Sequence[tuple[Part, Sentence]]) -> Iterator[Fact]:
    """One Fact for each sentence and drug with one dose."""
    for part, sentence in parts:
        if sentence.source == "prose" and is_plain(sentence) and not _CHANGES.search(sentence.text):
            yield from _doses_of(part, sentence)


def _doses_of(part: Part, sentence: Sentence) -> Iterator[Fact]:
    found: dict[str, dict[tuple[int, int], re.Match[str]]] = {}
    for pattern in _STATED:
        for m in pattern.finditer(sentence.text):
            names = [m[g].casefold() for g in ("drug", "tail") if m[g] and not _NO_DRUG.match(m[g])]
            if names:
                found.setdefault(names[0], {}).setdefault(m.span("n"), m)
    for drug, stated in found.items():
        (m, *more) = stated.values()
        if not more:
            manner, way = _manner(sentence.text), _WAY.search(sentence.text)
            quote = Quote(sentence, m.start(), m.end())
            unit = re.sub(r"\s?(?:/|per)\s?", "/", m["unit"]).replace("μ", "µ").replace("m2", "m²")
            head = f"dose of {drug}" + (f" ({way[0].lower()[:5]})" if way and len(found) > 1 else "")
            yield Fact(head, plain_number(m["n"]), unit, part, quote, manner=manner)


def _manner(text: str) -> str:
    """How often, where the sentence says so once: "daily" for once daily, per day, a day."""
    found = {_plain_manner(m) for m in _MANNER.finditer(text)}
    return found.pop() if len(found) == 1 else "?" if found else ""


def _plain_manner(m: re.Match[str]) -> str:
    words = m[0].lower()
    if m[1]:
        often = "three times" if m[1].lower() == "thrice" else m[1].lower()
        return f"{often} a {'week' if 'week' in words else 'day'}"
    if m[5]:
        return {"b": "twice a day", "t": "three times a day"}.get(words[0], words)
    return "once a day" if m[2] else "once a week" if m[3] else words
