"""The parts of the patients and the single patients that a sentence names.

Comes in: a sentence with its mentions and what the paper's title says of all its patients. Goes out: names as printed
("frail", "aged ≥ 65 years", "washout < 3 months", "III"), without the little words that lead to them. Which number
belongs to which name is left to dealing.py.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from auditable.estimates import Name
from auditable.mentions import Mention
from auditable.number_words import CARDINAL
from auditable.prose_arms import ALL

_PEOPLE = (
    r"(?:patients?|participants?|people|persons?|subjects?|individuals?|those|adults|children|infants|neonates"
    r"|cases|women|men|females"
    r"|males|girls|boys|smokers|mothers|pregnancies|survivors|responders|recipients|tumou?rs|residents|volunteers"
    r"|mutations)"
)
_TELLING = (
    r"(?:women|men|females|males|girls|boys|(?:current\s|former\s|never\s)smokers"
    r"|(?:non[-‑–]?)?(?:smokers|responders|carriers|survivors|diabetics)"
    r"|mothers|children|adolescents|infants|neonates|adults)"
)
_PREPOSITION = r"(?:in|among|amongst|for|of|with|than|versus|vs\.?|and|to|from|within|between|by)"
_DETERMINER = r"(?:the\s|all\s|those\s|these\s|our\s|most\s)?"
_COUNT = rf"(?:(?:\d+|{CARDINAL})\s)?"
_HOW = (
    r"(?:with|without|who|whose|aged|receiving|having|older|younger|not|carrying|achieving|taking|undergoing"
    r"|treated|given|on|≥|>|<|≤|above|below"
    r"|over|under|previously|exposed|refractory)"
)
# Words at which the description of a part ends.
_STOP = re.compile(
    r",(?!\d{3})|[;:()\[\]]|\.\s|\b(?:was|were|had\s(?=(?:an?|the)\b|\d)|have|is|are|did|showed|experienced|responded"
    r"|reached|died|completed|survived"
    r"|developed|compared|against|versus|vs|than|and|or|but|while|whereas|respectively|reported|discontinued|met|remained)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    rf"\b(?P<lead>{_PREPOSITION}\s{_DETERMINER}{_COUNT}(?P<adjective>(?:[a-z][\w-]*"
    rf"\s){{0,2}}))(?P<people>{_PEOPLE})\s(?P<how>{_HOW})(?=\W|$)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"\b(?i:{_PREPOSITION})\s(?:the\s|our\s|those\s)?{_COUNT}(?P<part>(?:[a-z≥≤<>][\w≥≤<>-]*\s){{1,3}})"
    r"(?P<people>patients?|participants|people|subjects|individuals|adults|children|infants|women|men|cases"
    r"|pregnancies)\b"
)
_GROUP = re.compile(
    r"\b(?:in|for|within|among|of|and|versus|vs\.?|than"
    r"|than in)\s(?:the\s)?(?P<part>[\w≥≤<>/+-]+(?:\s[\w≥≤<>/+-]+){0,3}?)[\s-](?P<kind>subgroups?|strat(?:um|a)"
    r"|(?:risk|age)\s(?:groups?|categor(?:y|ies)))\b",
    re.IGNORECASE,
)
_SUBGROUP_OF = re.compile(
    r"\bsub(?:group|set|population)s?\s(?:of\s)?(?=(?:patients|participants|those)\swith)", re.IGNORECASE
)
_LONE = re.compile(
    rf"\b{_PREPOSITION}\s(?:the\s)?(?P<part>{_TELLING})\b(?!\s(?:with|without|who|aged|receiving)\b)", re.IGNORECASE
)
# The words between a preposition and a bound; without a noun only some prepositions lead to a part.
_CUT_LEFT = re.compile(
    r"(?:\b(?P<lead>in|among|amongst|for|of|with|than|versus|vs\.?|and|to|from|within|between|by|if|when|where"
    r"|beyond|against)\s|(?P<open>[(\[]))"
    r"(?:an?\s|the\s|those\s)?(?P<part>(?:[A-Za-z][\w-]*\s(?:of\s)?){0,4})$",
    re.IGNORECASE,
)
_LEADS_ALONE = ("in", "among", "with", "if", "beyond")
_CUT_RIGHT = re.compile(
    r"\s(?:of age|old|or (?:older|more|less|higher|lower|younger|longer)|(?:after|before|from|since"
    r"|between)\s[^,;:()\d]{2,40}?(?=\s(?:and|vs|versus|than|compared|was|were|had)\b|[,;:().]|$))",
    re.IGNORECASE,
)
# Words that part nobody: they speak of all patients, of a number of them, or of their place in the study.
_PARTS_NOBODY = re.compile(
    r"\b(?:all|these|those|both|most|many|few|several|other|others|remaining|treated|enrolled|randomi[sz]ed"
    r"|included|evaluable|eligible|assigned"
    r"|screened|study|such|more|fewer|additional|different|individual|consecutive|number|proportion|percentage"
    r"|overall|total|same|new|each"
    r"|some|any|of|in|the|our|their|were|was|had|who|with|for|on|among|that|respectively|studied|recruited"
    r"|analy[sz]ed|assessed|previous"
    r"|current|present|only|one|two|hospitali[sz]ed|half|third|quarter|majority|minority|per|than|and|or|to|by"
    r"|from|real|world|as|not)\b",
    re.IGNORECASE,
)
# "the proportion of patients with fever" counts fever: it is what was measured, not a part of the patients.
_COUNTED_BEFORE = re.compile(
    r"\b(?:proportions?|percentages?|numbers?|shares?|rates?|fractions?|majority|half|frequency|prevalence"
    r"|incidence|history)\s$",
    re.IGNORECASE,
)
_SAID_BY_OUTCOME = re.compile(
    r"\b(?:an?y?\s)?(?:TE)?(?:S?AEs?|adverse|events?|toxicit\w+|missing|data|reactions?|follow-up|available)\b",
    re.IGNORECASE,
)
_NO_CUT = re.compile(
    r"\b(?:had|has|have|was|were|is|are|maximum|minimum|total|score[sd]?|limit|threshold|cut-?off)\b", re.IGNORECASE
)
# "standard-, intermediate- and high-risk patients"
_HYPHEN_LIST = re.compile(
    r"\b(?P<list>(?:[a-z]+[-‑–],?\s(?:(?:and|or|versus|vs\.?)\s)?)+[a-z]+)[-‑–](?P<last>[a-z]+)\s(?:patients"
    r"|participants|disease|group|women|men|subjects)"
)
# "Patients with diabetes had …": a part as the subject of its clause, up to the verb.
_OPENS_CLAUSE = re.compile(
    rf"(?:^|[.;]\s|,\s(?=whereas|while|but)|\b(?:whereas|while|but)\s)(?:the\s|those\s)?{_COUNT}(?P<adjective>(?:[a-z][\w-]*\s){{0,2}})"
    rf"(?P<people>{_PEOPLE})\s(?P<how>{_HOW})(?=\W|$)(?P<rest>[^;:()]{{0,60}}?)"
    r"\s(?=(?:had|have|showed|achieved|reached|experienced|responded|died|fared|(?:was|were|are|is)\s(?!enrol|includ|eligib|exclud|treat"
    r"|randomi|assign|allocat|recruit|follow|identif|screen|referr|stratif|divid|analy|asked|invited|studied|consider|defin))\b)",
    re.IGNORECASE,
)
# "With a deletion it was 40%": the part that a pronoun is said of.
_WITH_IT = re.compile(
    r"(?:^|[.;]\s|\bbut\s)With\s(?:an?\s|the\s)?(?P<part>(?!respect|regard)[\w/+-]+(?:\s[\w/+-]+){0,4}?),?\s(?:it|they|this)\s(?:was|were|is)\b",
    re.IGNORECASE,
)
# Behind the subject such words set a second group against it, whose numbers a part would take.
_COMPARES = re.compile(
    r"\b(?:vs\.?|versus|than|more|less|higher|lower|greater|fewer|longer|shorter|worse|better|larger|smaller)\b",
    re.IGNORECASE,
)
_IN_BETWEEN = re.compile(r"\b(?:across|between|among|by|different|various|each)\b", re.IGNORECASE)
_BOUND = re.compile(r"(?P<sign>≥|≤|>=|<=|>|<)(?=\s?\d)")
_BELOW_IT = re.compile(
    r"\b(?P<side>below|under|above|over)\s(?:it|this|that)\b(?:\s(?:level|value|threshold|cut-?off|limit|point|age))?",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"\b(?:for|in|with|of|at|among|than)\s(?:the\s|those\s(?:with\s)?)?(?P<part>(?:shorter|longer|lower|higher|smaller|larger|earlier|later"
    r"|fewer)\s(?!(?:than|rates?|risk|incidence|levels?\sof)\b)[a-z]+)\b",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"\bbeyond\s(?P<bound>\d+(?:\.\d+)?\s(?:years?|months?|weeks?|days?))\b", re.IGNORECASE)
# "37% in 16 with < 5 cells": the people a cut-off parts are only counted.
_COUNTED_IN = re.compile(rf"\b(?:in|among|of|for)\s(?:the\s)?(?:\d+|{CARDINAL})\s$", re.IGNORECASE)
_RESPONSE = (
    r"(?:≥\s?)?(?:s?CR|n(?:ear[-\s])?CR|VGPR|PR|(?:stringent\s|near[-\s])?complete\s(?:response|remission)"
    r"|(?:very\sgood\s)?partial\s(?:response|remission))(?:\sor\sbetter)?"
)
_RESIDUAL = r"(?:MRD|(?:minimal|measurable)[-\s]residual[-\s]disease(?:\s\(MRD\))?)"
# "reached a complete response with negative MRD": of the residual disease measured, the response is the part.
_RESPONSE_WITH = re.compile(
    rf"(?P<part>\b{_RESPONSE}|≥\s?{_RESPONSE})\swith\s(?:negative\s{_RESIDUAL}|{_RESIDUAL}[-\s]negativ\w+)",
    re.IGNORECASE,
)
_COMPLEMENT = {"below": "<", "under": "<", "above": ">", "over": ">"}
# "among those given X it was 70%": the pronoun is what was measured.
_PRONOUN_BEHIND = re.compile(r"\s(?:it|they|this)$")
_LEAD_BY_AND = re.compile(r"(?:and|or)\s", re.IGNORECASE)
_WITH = re.compile(r"(?:with|having)\s(?:an?\s|the\s)?", re.IGNORECASE)
_WHO = re.compile(r"who\s(?:had\s|were\s|was\s|have\s|are\s)?(?:an?\s)?", re.IGNORECASE)
_PATIENT = re.compile(
    r"\b(?:[Pp]atients?|[Cc]ases?|[Pp]articipants?|[Ss]ubjects?|[Pp]ts?\.?)\s(?:no\.?\s|number\s|[Nn]o\.?\s|#\s?)?"
    r"(?P<labels>(?:[IVX]{1,5}|\d{1,2}[A-Za-z]?|(?!A\s)[A-H])(?![\w.%]*[\w%])(?:(?:,\s(?:and\s)?|\sand\s|\sor\s"
    r"|\s?&\s?)(?:[IVX]{1,5}|\d{1,2}[A-Za-z]?|[A-H])(?![\w%]|\.\d))*)"
)
_PATIENT_LABEL = re.compile(r"[IVX]{1,5}|\d{1,2}[A-Za-z]?|[A-H]")
_THE_OTHERS = re.compile(
    rf"\bthe\s(?:other|remaining)s?\b(?:\s(?:{CARDINAL}|\d+|patients?|cases?|participants?)\b)*", re.IGNORECASE
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(rf"\b[Tt]he\s(?P<ordinal>{'|'.join(_ORDINALS)})\s(?:patient|case|participant)\b", re.IGNORECASE)


def find_parts(text: str, mentions: Sequence[Mention], of_all: Collection[str] = ()) -> list[Name]:
    """The parts of the patients a sentence names, in order, without overlap; "" stands for all of them.

    of_all: words in small letters that the title says of all patients; a part told by no others is none.
    """
    found = [Name(*m.span(), "") for m in ALL.finditer(text)]
    for start, end, words in _candidates(text, mentions):
        part = _PRONOUN_BEHIND.sub("", words)
        if (
            re.search(r"[A-Za-z]", part)
            and not re.fullmatch(CARDINAL, part, re.IGNORECASE)
            and not _is_of_all(part, of_all)
            and not any(start < n.end and end > n.start for n in found)
        ):
            found.append(Name(start, end, part))
    found = sorted([*found, *_complements(text, found)], key=lambda n: n.start)
    return [n for i, n in enumerate(found) if not _LEAD_BY_AND.match(text, n.start) or _goes_on(text, found, i)]


def _complements(text: str, found: Sequence[Name]) -> Iterator[Name]:
    """The other side of a cut-off named before: "below it" with its sign, "for shorter intervals" as printed."""
    cuts = [(n.end, n.text) for n in found if _BOUND.search(n.text)]
    for match in _BELOW_IT.finditer(text):
        before = [words for end, words in cuts if end <= match.start()]
        if before:
            yield Name(*match.span(), _BOUND.sub(_COMPLEMENT[match["side"].casefold()], before[-1]))
    beyond = _BEYOND.search(text)
    for match in _SHORTER.finditer(text):
        is_free = not any(n.start < match.end() and match.start() < n.end for n in found)
        if is_free and (any(end <= match.start() for end, _ in cuts) or (beyond and beyond.end() <= match.start())):
            yield Name(*match.span(), match["part"])
            if beyond:
                yield Name(*beyond.span(), f"> {beyond['bound']}")
            return


def _goes_on(text: str, found: Sequence[Name], i: int) -> bool:
    """Whether a part that begins with "and" stands right behind another one; else it begins a clause of its own."""
    return i > 0 and not text[found[i - 1].end : found[i].start].strip(" ,")


def _candidates(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Stretches that may name a part, surest first."""
    for match in _HYPHEN_LIST.finditer(text):
        for word in re.finditer(r"[a-z]+(?=[-‑–])|[a-z]+$", match["list"]):
            end = match.end() if word.end() == len(match["list"]) else match.start() + word.end() + 1
            yield match.start() + word.start(), end, f"{word[0]}-{match['last']}"
    for match in _RESPONSE_WITH.finditer(text):
        yield match.start(), match.end(), match["part"]
    yield from _described(text, mentions)
    yield from _subjects(text)
    for match in _GROUP.finditer(text):
        if not _PARTS_NOBODY.fullmatch(match["part"]) and not _IN_BETWEEN.search(match["part"]):
            yield match.start("part"), match.end(), match["part"]
    yield from _cut_offs(text, mentions)
    for match in _ADJECTIVE.finditer(text):
        part = match["part"].strip()
        if not _PARTS_NOBODY.search(part) and not _COUNTED_BEFORE.search(text, 0, match.start()):
            people = f" {match['people']}" if re.fullmatch(_TELLING, match["people"]) else ""
            yield match.start(), match.end(), part + people
    for match in _LONE.finditer(text):
        yield match.start(), match.end(), match["part"]


def _described(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """ "in patients with a washout < 3 months", "among those aged ≥ 65 years", "of women with diabetes"."""
    for match in _DESCRIBED.finditer(text):
        if _COUNTED_BEFORE.search(text[: match.start()]):
            continue
        end = _description_end(text, match.end("how"), mentions)
        words = text[match.start("how") : end].strip()
        if words.casefold() == match["how"].casefold() or _SAID_BY_OUTCOME.search(words):
            continue
        if re.match(r"with\s(?:different|various|varying|similar)\b", words, re.IGNORECASE):
            continue  # "in patients with different stages" names none of them
        part = _WHO.sub("", _WITH.sub("", words))
        adjective = match["adjective"].strip()
        is_telling = bool(re.fullmatch(_TELLING, match["people"], re.IGNORECASE))
        if adjective and not _PARTS_NOBODY.search(adjective):
            part = f"{adjective} {match['people']} {words}"
        elif is_telling:
            part = f"{match['people']} {words}"
        yield match.start(), end, part


def _subjects(text: str) -> Iterator[tuple[int, int, str]]:
    """ "Patients with diabetes had …", "With a deletion it was …": parts no preposition leads to."""
    for match in _WITH_IT.finditer(text):
        yield match.start(), match.end("part"), match["part"]
    for match in _OPENS_CLAUSE.finditer(text):
        words = f"{match['how']}{match['rest']}".strip()
        is_part = words.casefold() != match["how"].casefold() and not _SAID_BY_OUTCOME.search(words)
        if is_part and not _STOP.search(words) and not _COMPARES.search(text, match.end()):
            adjective = match["adjective"].strip()
            is_telling = bool(re.fullmatch(_TELLING, match["people"], re.IGNORECASE))
            part = f"{match['people']} {words}" if is_telling else _WHO.sub("", _WITH.sub("", words))
            if not adjective:
                yield match.start("people"), match.end("rest"), part


def _description_end(text: str, start: int, mentions: Sequence[Mention]) -> int:
    """Where the description of a part ends: at a stop word, or at a number that is no cut-off."""
    stop = _STOP.search(text, start)
    ends = [stop.start() if stop else len(text.rstrip(". "))]
    for mention in mentions:
        quantity = mention.quantity
        if quantity.start >= start and not mention.reason and mention.statistic not in ("bound", "value"):
            ends.append(quantity.start)
    return len(text[: min(ends)].rstrip(" ,.="))


def _cut_offs(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int, str]]:
    """Bounds with the words that say of what: "with a washout < 3 months", "> 1 year after surgery"."""
    for mention in mentions:
        quantity = mention.quantity
        if mention.statistic != "bound" or quantity.is_percent or not quantity.comparator:
            continue
        lead = _CUT_LEFT.search(text[: quantity.start])
        if not lead or _SAID_BY_OUTCOME.search(lead["part"]) or _NO_CUT.search(lead["part"]):
            continue
        if lead["open"] and not _is_behind_number(text, mentions, lead.start()):
            continue  # "renal function was adequate (CrCl ≥ 60 mL/min)" explains a word, parts no number
        if not lead["open"] and not lead["part"].strip() and (lead["lead"] or "").casefold() not in _LEADS_ALONE:
            continue
        behind = _CUT_RIGHT.match(text, quantity.unit_end)
        end = behind.end() if behind else quantity.unit_end
        words = re.sub(rf"^(?:{_PEOPLE}\s)?(?:with\s|aged\s(?=aged))?(?:an?\s)?", "", lead["part"])
        counted = _COUNTED_IN.search(text[: lead.start()]) if (lead["lead"] or "").casefold() == "with" else None
        yield counted.start() if counted else lead.start(), end, (words + text[quantity.start : end]).strip()


def _is_behind_number(text: str, mentions: Sequence[Mention], place: int) -> bool:
    ends = [m.quantity.unit_end for m in mentions if m.quantity.unit_end <= place]
    return bool(ends) and not text[max(ends) : place].strip()


def _is_of_all(part: str, of_all: Collection[str]) -> bool:
    """Whether the title says all of a part's words of all patients."""
    words = re.findall(r"[a-z]{3,}", part.casefold())
    return bool(words) and not re.search(r"\d", part) and all(w in of_all or w.rstrip("s") in of_all for w in words)


def title_words(texts: Sequence[str]) -> frozenset[str]:
    """The words in small letters of a paper's title and headings before its abstract."""
    return frozenset(w for text in texts for w in re.findall(r"[a-z]{3,}", text.casefold()))


def find_patients(text: str, known: Collection[str] = ()) -> list[Name]:
    """The single patients a sentence names: "patient 3", "patients I and III", "the second patient".

    known: the labels tables give the patients; an ordinal is said in their form.
    """
    found: list[Name] = []
    for match in _PATIENT.finditer(text):
        start = match.start("labels")
        labels = list(_PATIENT_LABEL.finditer(match["labels"]))[: None if _is_plural(match) else 1]
        if not _counts_patients(match, len(labels)):
            found += [Name(start + m.start(), start + m.end(), m[0]) for m in labels]
    for match in _ORDINAL.finditer(text):
        number = _ORDINALS.index(match["ordinal"].casefold()) + 1
        roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")[number - 1]
        found.append(Name(*match.span(), roman if roman in known and str(number) not in known else str(number)))
    if found:
        found += [Name(*m.span(), "") for m in _THE_OTHERS.finditer(text)]
    return sorted(found, key=lambda n: n.start)


def _counts_patients(match: re.Match[str], n_labels: int) -> bool:
    """ "patients 12" with one label and a plural is no patient's name."""
    return _is_plural(match) and n_labels == 1


def _is_plural(match: re.Match[str]) -> bool:
    return match[0].split()[0].casefold().rstrip(".").endswith("s")
