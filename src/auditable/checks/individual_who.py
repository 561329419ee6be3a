"""individual.who: patients named behind a count or a value: as many as counted, and with the value in the tables.

Comes in: a Study. Goes out: one outcome for each list of patients in a sentence ("three (III, IV, V)", "PR in III",
"standard in I and II"). That more patients may share a value than are named is no contradiction, unless a count says
how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditable.blocks import Observation, Study
from auditable.checks.individual_claims import SILENT_SECTIONS
from auditable.checks.individual_words import (
    APART,
    NEGATIONS,
    Property,
    Words,
    every_word,
    find_properties,
    holds,
    is_related,
    read_short_forms,
    telling_words,
)
from auditable.checks.roster import Roster, find_rosters, patient_key
from auditable.checks.rule import Outcome, Quote, Rule
from auditable.model import Sentence

REACH = 45
"""Most characters between a count and the brackets with the patients it counts."""
_CLAUSE_END = re.compile(r"[,;:.()]|\s(?:and|but|while|whereas)\s")
_SPAN = re.compile(r"\s*(?:to|–|-|−|through)\s*")


@dataclass(frozen=True, slots=True)
class Listing:
    """Patients named together: the characters start..end of a sentence. is_bracket: they stand alone in brackets."""

    sentence: Sentence
    start: int
    end: int
    patients: tuple[str, ...]
    is_bracket: bool


def test_named(study: Study) -> Iterator[Outcome]:
    """One outcome for each list of patients behind a count, and for each behind the words of a value."""
    rosters = find_rosters(study)
    if len(rosters) != 1 or rosters[0].size < 2:
        return
    roster = rosters[0]
    properties = find_properties(roster, read_short_forms(study.text))
    for sentence in study.text:
        if sentence.source == "note" or SILENT_SECTIONS.search(sentence.section):
            continue
        mentions = next((m for m in study.sentences if m[0].quote == sentence.text), ())
        if any(o.speaks_of != "this study" for o in mentions):
            continue
        listings = find_listings(sentence, roster)
        for listing in listings:
            yield from _judge_count(listing, mentions)
            yield from _judge_value(listing, listings, properties, roster)


def find_listings(sentence: Sentence, roster: Roster) -> list[Listing]:
    """Patients of the roster that a sentence names, in brackets or behind "in", "patients" and the like."""
    name = "|".join(sorted((re.escape(p) for p in roster.patients), key=len, reverse=True))
    one = rf"(?:(?:patients?|pts?|cases?|subjects?)\.?\s(?:no\.?\s)?)?\b(?:{name})\b(?![.,]\d|\s?%)"
    many = rf"{one}(?:\s*(?:,\s*and|,|and|or|&|to|–|-|−|through)\s*{one})*"
    flags = re.IGNORECASE if all(len(p) > 1 or p.isdecimal() for p in roster.patients) else re.NOFLAG
    bracket = re.compile(rf"[(\[]({many})[)\]]", flags)
    lead = (
        rf"\b(?:in|for|of)\s({many})(?=[\s,;.)]|$)"
        if not any(p.isdecimal() for p in roster.patients)
        else rf"\b((?:patients?|pts?|cases?|subjects?)\.?\s(?:no\.?\s)?{many})(?=[\s,;.)]|$)"
    )
    found = [(m.start(1), m.end(1), True) for m in bracket.finditer(sentence.text)]
    found = [f for f in found if not _is_bare_number(sentence.text[f[0] : f[1]])]
    found += [(m.start(1), m.end(1), False) for m in re.finditer(lead, sentence.text)]
    if not any(p.isdecimal() for p in roster.patients):
        subject = re.compile(rf"(?:^|[;:.]\s)({many})(?=\s(?:had|has|have|was|were|achieved|developed|received)\b)")
        found += [(m.start(1), m.end(1), False) for m in subject.finditer(sentence.text)]
    out: list[Listing] = []
    for start, end, is_bracket in sorted(found):
        patients = _patients(sentence.text[start:end], name, roster, flags)
        if patients and not (out and start < out[-1].end):
            out.append(Listing(sentence, start, end, patients, is_bracket))
    return out


def _is_bare_number(text: str) -> bool:
    """Whether brackets hold plain numbers, which may be a citation or a range, and not patients."""
    return not re.search(r"[A-Za-z]", re.sub(r"\band\b|\bor\b|\bto\b", "", text))


def _patients(text: str, name: str, roster: Roster, flags: re.RegexFlag) -> tuple[str, ...]:
    marks = list(re.finditer(rf"\b(?:{name})\b", text, flags))
    keys: list[str] = []
    for before, mark in zip([None, *marks], marks, strict=False):
        key = patient_key(mark[0])
        if before is not None and _SPAN.fullmatch(text[before.end() : mark.start()]):
            keys += _from_to(patient_key(before[0]), key, roster)
        keys.append(key)
    return tuple(dict.fromkeys(k for k in keys if k in roster.patients))


def _from_to(first: str, last: str, roster: Roster) -> list[str]:
    if first not in roster.patients or last not in roster.patients:
        return []
    low, high = roster.patients.index(first), roster.patients.index(last)
    return list(roster.patients[low + 1 : high])


def _judge_count(listing: Listing, mentions: Sequence[Observation]) -> Iterator[Outcome]:
    """The count right before brackets that hold nothing but patients."""
    if not listing.is_bracket:
        return
    text = listing.sentence.text
    before = [o for o in mentions if o.end <= listing.start]
    count = before[-1] if before else None
    if count is None or count.statistic != "n" or count.whole is None or listing.start - count.end > REACH:
        return
    between = text[count.end : listing.start - 1]
    if _CLAUSE_END.search(between) or (NEGATIONS | APART) & every_word(between):
        return
    named = ", ".join(listing.patients)
    n = len(listing.patients)
    quotes = (Quote(listing.sentence, listing.start, listing.end),)
    arithmetic = f"{named}: {n} {'patient' if n == 1 else 'patients'}"
    if count.whole == n:
        message = f"As many patients are named as are counted ({count.value})."
        yield Outcome("consistent", (count,), message, arithmetic, count.value, str(n), quotes=quotes)
        return
    message = f"{count.raw_text} patients are counted, but {n} named behind the count: {named}."
    yield Outcome("impossible", (count,), message, arithmetic, count.value, str(n), quotes=quotes)


def _judge_value(
    listing: Listing, listings: Sequence[Listing], properties: Sequence[Property], roster: Roster
) -> Iterator[Outcome]:
    """Whether each named patient may have the value that the words right before name."""
    own, lead = _words_before(listing, listings)
    if not own:
        own = _words_behind(listing)
    if not own:
        return
    readings = [p for p in properties if _names(own, lead, p)]
    who = frozenset(listing.patients)
    fitting = [p for p in readings if who <= p.sure | p.maybe]
    chosen = next(iter(fitting or readings), None)
    if chosen is None:
        return
    table = chosen.trait.first.table_id
    named = ", ".join(listing.patients)
    listed = ", ".join(p for p in roster.patients if p in chosen.sure)
    quotes = (Quote(listing.sentence, listing.start, listing.end),)
    arithmetic = f"{chosen.name}: {listed or 'nobody'}"
    if fitting:
        message = f"{table} lists {named} under “{chosen.name}”."
        yield Outcome("consistent", chosen.trait.observations, message, arithmetic, named, listed, quotes=quotes)
        return
    wrong = ", ".join(p for p in listing.patients if p not in chosen.sure)
    cells = tuple(o for p in listing.patients if p not in chosen.sure for o in chosen.trait.values.get(p, ()))
    printed = ", ".join(o.value or "–" for o in cells)
    message = (
        f"The text (page {listing.sentence.page}) names {named} under “{chosen.name}”, but {table} prints {printed} "
        f"for {wrong}."
    )
    yield Outcome(
        "impossible", cells or chosen.trait.observations, message, arithmetic, named, listed or "nobody", quotes=quotes
    )


def _words_before(listing: Listing, listings: Sequence[Listing]) -> tuple[Words, Words]:
    """The words between the last list and this one, and those before: what is said of these patients, and the topic."""
    text = listing.sentence.text
    earlier = [other.end for other in listings if other.end <= listing.start]
    begin = max(earlier, default=0)
    stretch = text[begin : listing.start]
    cut = max((m.end() for m in re.finditer(r"[;:]\s|,\s(?:and\s)?|\sand\s", stretch[:-1])), default=0)
    own = stretch[cut:]
    every = every_word(own)
    if (NEGATIONS | APART) & every:
        return frozenset(), frozenset()
    numbers = frozenset({"one", "two", "three", "four", "five"})
    return telling_words(own) - numbers, telling_words(text[: begin + cut])


def _words_behind(listing: Listing) -> Words:
    """The words behind patients who are the subject: "Three patients (II, IV, V) had progression"."""
    clause = _CLAUSE_END.split(listing.sentence.text[listing.end + listing.is_bracket :])[0]
    return frozenset() if (NEGATIONS | APART) & every_word(clause) else telling_words(clause)


def _names(own: Words, lead: Words, found: Property) -> bool:
    known = found.topic.union(*found.forms)
    return holds(own, known) and any(
        holds(form, own | lead) and any(is_related(w, o) for w in form for o in own) for form in found.forms
    )


RULES = (
    Rule(
        id="individual.who",
        claim="As many patients are named behind a count as it counts, and each has the value that the tables of "
        "single patients print.",
        severity="error",
        function=test_named,
        assumptions="The names are those of the paper's one list of patients and stand right behind the count, or "
        "behind words that one row and value of the table explain in full; no row under which the words fit has the "
        "value for all of them.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="“Three patients (II, IV) had progression”: two are named.",
    ),
)
