"""Limits by which a paper lets patients in or calls them ill: age, blood pressure, albumin, a score of a scale.

Comes in: the sentences of a study by part. Goes out: one Fact for each limit of a sentence on entry or definition,
with the side on which it bounds. Limits of results and of subgroups are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditable.checks.criteria import ENTRY, NO_ENTRY
from auditable.checks.design_facts import Fact, Part, is_plain, plain_number
from auditable.checks.flow_words import PEOPLE
from auditable.checks.rule import Quote
from auditable.model import PATH_SEPARATOR, Sentence

_N = r"\d+(?:[.·]\d+)?"
_AGE = re.compile(
    rf"\b(?:aged?|ages|{PEOPLE}\s(?:who\swere\s)?(?:aged\s)?(?:between|from|of))\s(?:between\s|from\s)?(?P<low>{_N})"
    rf"(?:\s?(?:-|–|—|to|and|through)\s?(?P<high>{_N}))?[ -](?P<unit>year|month)s?\b",
    re.IGNORECASE,
)
_TRIAL_OF = re.compile(
    rf"\b(?:trial|study|cohort)\b.{{0,25}}\b(?:of|in|among|with)\s(?:\w+\s){{0,3}}{PEOPLE}|\binvited\b"
    rf"|\bwe (?:included|enrol\w+|recruited|studied)\b|\bwere eligible\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\b(?:participants|patients|population|subjects|eligibility|setting)\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"\b(?:defin\w+|thresholds?|cut-?offs?|criterion for|considered|classified as|indicat(?:ed|ing)|regarded as)\b",
    re.IGNORECASE,
)
_TERM = re.compile(r"\b(?P<term>[A-Za-z-]{5,})\s(?:was|were|is)\sdefined\sas\b", re.IGNORECASE)
_RESULT = re.compile(r"%|\b(?:P|p)\s?[<=]|\bratio\b|\binterval\b|\bCI\b|\bsubgroups?\b|\bmedian\b|\bmean\b")
_UNIT = r"(?P<unit>mm\s?Hg|kPa|g/d?L|mg/d?L|mmol/(?:L|mol)|µmol/L|kg/m²|%|points?|g per (?:deci)?lit(?:er|re)|)"
_BOUND = re.compile(
    rf"(?P<words>(?:[A-Za-z][\w-]*,?\s){{1,6}}?)(?:(?P<low>≥|>=|at least|above|more than|greater than|>)"
    rf"|(?P<high>≤|<=|at most|below|less than|lower than|<|no more than)"
    rf"|(?:of\s)?(?=\d\S*\s?\S{{0,6}}\s?(?:Hg\s)?(?:or|and)\s))\s?"
    rf"(?P<n>{_N})\s?{_UNIT}(?:\s(?:or|and)\s(?:(?P<up>higher|more|above|greater|over)|(?P<down>lower|less|below"
    rf"|fewer)))?(?!\w|\.\d)"
    r"(?!\s(?:weeks|months|days|years|hours|patients|of\s))",
)
_SCALE = re.compile(r"\b(?=[\w-]*[A-Z]{2})[A-Z][A-Za-z]*(?:-[A-Z]?[A-Za-z]*\d*)*\d*\b")
_WHO = re.compile(PEOPLE, re.IGNORECASE)
_GOES_ON = re.compile(r"\s?[\w×µ]")
"""A unit that is not known here follows."""
_FILLER = re.compile(
    r"^(?:of|an?|the|was|were|is|be|been|as|had|have|with|whose|who|than|from|at|on|in|to|by|and|or|plus|defined"
    r"|score|scores|level|levels"
    r"|concentrations?|values?|averag\w*|measured|mean|total|serum|plasma|baseline|reading|either|required|set)$",
    re.IGNORECASE,
)


def find_limits(parts: Sequence[tuple[Part, Sentence]]) -> Iterator[Fact]:
    """Limits of age, then limits of measured things, of sentences on entry and definition."""
    terms = dict[str, str]()
    for part, sentence in parts:
        if part == "methods" and sentence.source == "prose":
            terms.update(_terms_of(sentence))
    for part, sentence in parts:
        if sentence.source != "prose" or not is_plain(sentence):
            continue
        if part != "methods":
            yield from _called_of(part, sentence, terms)
        if part == "behind":
            continue
        if _is_entry(part, sentence):
            yield from _ages_of(part, sentence)
            yield from _bounds_of(part, sentence, "entry")
        elif _DEFINES.search(sentence.text) and not _RESULT.search(sentence.text):
            yield from _bounds_of(part, sentence, "definition")


def _terms_of(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """A term that the sentence defines by one limit, and the head of that limit."""
    found = list(_TERM.finditer(sentence.text))
    bounds = list(_bounds_of("methods", sentence, "definition"))
    if len(found) == 1 and bounds and bounds[0].quote.start > found[0].end():
        yield found[0]["term"].casefold(), bounds[0].head


def _called_of(part: Part, sentence: Sentence, terms: Mapping[str, str]) -> Iterator[Fact]:
    """The limit beside a term that the methods define; of two groups either may be the one whose limit is named."""
    for term, head in terms.items():
        bounds = [f for f in _bounds_of(part, sentence, "definition") if f.head.split()[1:] == head.split()[1:]]
        if len(bounds) == 1 and term in sentence.text.casefold():
            yield replace(bounds[0], head=head)


def _is_entry(part: Part, sentence: Sentence) -> bool:
    text = sentence.text
    if _RESULT.search(text) or ((refused := NO_ENTRY.search(text)) and not _AGE.search(text[: refused.start()])):
        return False
    is_headed = part == "before" and bool(_HEADING.search(sentence.section.rpartition(PATH_SEPARATOR)[2]))
    return bool(ENTRY.search(text) or _TRIAL_OF.search(text) or is_headed)


def _ages_of(part: Part, sentence: Sentence) -> Iterator[Fact]:
    found = list(_AGE.finditer(sentence.text))
    if len(found) != 1:
        return
    (m,) = found
    quote = Quote(sentence, m.start(), m.end())
    for side in ("low", "high"):
        if m[side]:
            name = "lowest" if side == "low" else "highest"
            yield Fact(f"{name} age of entry", plain_number(m[side]), f"{m['unit'].lower()}s", part, quote, True)


def _bounds_of(part: Part, sentence: Sentence, role: str) -> Iterator[Fact]:
    found: dict[str, list[Fact]] = {}
    for m in _BOUND.finditer(sentence.text):
        side, name = _side_of(m), _name_of(m, sentence.text)
        unit = " ".join(m["unit"].split())
        if side and name and (unit or m["up"] or m["down"] or not _GOES_ON.match(sentence.text[m.end() :])):
            head = f"{side} {name} ({role})"
            quote = Quote(sentence, m.start("n"), m.end())
            found.setdefault(head, []).append(Fact(head, plain_number(m["n"]), unit, part, quote, True))
    for facts in found.values():
        if len(facts) == 1:
            yield facts[0]


def _side_of(m: re.Match[str]) -> str:
    return "least" if m["low"] or m["up"] else "most" if m["high"] or m["down"] else ""


def _name_of(m: re.Match[str], text: str) -> str:
    """The last telling word before the limit, or for a score the scale that its clause names."""
    words = [w.strip(",") for w in m["words"].split()]
    telling = [w for w in words if not _FILLER.match(w)]
    score = max((i for i, w in enumerate(words) if w.lower().startswith("score")), default=-1)
    named = [w for w in words[:score] if not _FILLER.match(w)] if score >= 0 else telling
    if named and not _WHO.fullmatch(named[-1]):
        return named[-1].casefold()
    scales = {s[0] for s in _SCALE.finditer(text)} if score >= 0 else set[str]()
    return scales.pop().casefold() if len(scales) == 1 else ""
