"""individual.responders and individual.progression: what the text counts as an outcome, against the listed outcomes.

Comes in: a Study. Goes out: whether as many patients are said to have responded as have a response by the criterion
that the paper names; whether as many are said to have progressed by the last follow-up as have a time to it. Both are
questions, since the words may have another meaning than the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.individual_claims import SILENT_SECTIONS, is_part, without_wholes
from auditable.checks.individual_words import APART, NEGATIONS, every_word, telling_words
from auditable.checks.roster import Roster, Trait, find_rosters, lists_every_patient
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import percent_of

RESPONSES = ("scr", "cr", "cri", "ncr", "vgpr", "pr")
"""Best responses that are a response: partial or better."""
NO_RESPONSES = (
    "mr", "sd", "pd", "mr-sd", "sd/mr", "mr/sd", "nr", "ne", "progression", "stable disease", "progressive disease",
)  # fmt: skip
SOLID_TUMOUR_CODES = frozenset({"cr", "pr", "sd", "pd", "ne"})
"""Where no other response is told, a response is partial or complete by every set of criteria."""
_AT_LEAST_PR = re.compile(
    r"(?:≥|>=|⩾|at\sleast\s)\s?(?:a\s)?(?:PR\b|partial\sre)"
    r"|(?:\bPR\)?|partial\sre(?:sponse|mission)(?:\s\(PR\))?)\sor\s(?:better|more)",
    re.IGNORECASE,
)
_RESPONDED = re.compile(
    r"^\W*(?:(?:patients?|of\sthem|had|have|also|cases?|achieved|showed|an?|with)\W+)*"
    r"(?:responded(?!\sto\s(?!(?:the\s)?(?:treatment|therapy)\b))|responders?|(?:objective|overall)\s(?:tumou?r\s)?(?:responses?|remissions?)(?!\sof\b|:))\b",
    re.IGNORECASE,
)
_RESPONSE_IN = re.compile(
    r"\b(?:objective|overall)\s(?:tumou?r\s)?(?:responses?|response\srate|ORR|remissions?)\W+"
    r"(?:(?:\(ORR\)|rate|was|were|seen|observed|achieved|obtained|documented|reached|noted|in|by|of)\W+)*$",
    re.IGNORECASE,
)
_BY_THE_END = re.compile(
    r"\b(?:by|at)\s(?:the\s)?(?:last|latest|final|end\sof|data)\s(?:follow[- ]?up|cut[- ]?off|contact|visit)",
    re.IGNORECASE,
)
_PROGRESSED = re.compile(
    r"^\W*(?:(?:patients?|cases?|had|have|a|an|experienced|developed|disease|documented|shown|showed)\W+)*"
    r"(?:PD\b|progress|relaps)",
    re.IGNORECASE,
)
_RESPONSE = re.compile(r"\bresponse\b", re.IGNORECASE)
_NAMES = re.compile(r"\([^()]*\)")
_CLAUSE = re.compile(r"[;:.]|\sand\s")


def test_responders(study: Study) -> Iterator[Outcome]:
    """One outcome for each "two responded" of the listed patients, where it is clear what a response is."""
    rosters = [r for r in find_rosters(study) if lists_every_patient(study, r)]
    if len(rosters) != 1:
        return
    roster = rosters[0]
    has_criterion = any(_AT_LEAST_PR.search(s.text) for s in study.text)
    named = [
        t for t in roster.traits if t.variable == "best_response" or (not t.variable and _RESPONSE.search(t.label))
    ]
    traits = [t for t in named if _is_of_responses(t, has_criterion=has_criterion)]
    for mentions in study.sentences if traits else ():
        if SILENT_SECTIONS.search(mentions[0].section) or mentions[0].speaks_of != "this study":
            continue
        text, numbers = without_wholes(mentions[0].quote, mentions, roster.size)
        for o in numbers:
            if _is_of_responders(o, text, roster):
                yield _responders(o, traits, roster)


def _is_of_responders(o: Observation, text: str, roster: Roster) -> bool:
    """Whether a number counts those who responded, out of all who are listed."""
    if o.denominator not in ("", str(roster.size)) or is_part(o) or o.timepoint:
        return False
    if o.statistic == "pct":
        return o.number is not None and not o.comparator and bool(_RESPONSE_IN.search(text[: o.start]))
    if _RESPONSE_IN.search(text[: o.start]):
        return o.statistic == "n" and o.whole is not None
    return _counts_all(o, roster) and bool(_RESPONDED.match(text[o.end :]))


def _is_of_responses(trait: Trait, *, has_criterion: bool) -> bool:
    codes = set(trait.codes)
    known = set(RESPONSES) | set(NO_RESPONSES) if has_criterion else SOLID_TUMOUR_CODES
    return bool(codes & set(RESPONSES)) and codes <= known


def _responders(o: Observation, traits: Sequence[Trait], roster: Roster) -> Outcome:
    found = [(t, [p for p in roster.patients if t.code(p).casefold() in RESPONSES]) for t in traits]
    fitting = [(t, who) for t, who in found if _fits(o, len(who), t, roster.size)]
    trait, who = (fitting or found)[-1]
    responses = ", ".join(f"{p} {trait.code(p) or '–'}" for p in roster.patients)
    arithmetic = f"{trait.label}: {responses}; partial response or better: {len(who)} ({', '.join(who) or 'nobody'})"
    observations = (o, *trait.observations)
    shown = f"{o.value} %" if o.statistic == "pct" else o.value
    if fitting:
        message = f"{shown} of the listed patients have a partial response or better."
        return Outcome("consistent", observations, message, arithmetic, shown, str(len(who)))
    message = (
        f"{shown} patients are said to have responded, but {len(who)} of the {roster.size} listed in "
        f"{trait.first.table_id} have a partial response or better."
    )
    return Outcome("not testable", observations, message, arithmetic, shown, str(len(who)), "definition")


def _fits(o: Observation, n: int, trait: Trait, size: int) -> bool:
    """Whether a count or share may be that of n responders.

    Those of unknown response may have responded; those who could not be evaluated have not, and may be left out of the
    whole.
    """
    not_evaluable = sum(o.value.strip().casefold() == "ne" or o.missing == "NE" for o in trait.observations)
    unknown = sum(
        o.missing != "NE" and o.value.strip().casefold() != "ne" for p in trait.missing for o in trait.values[p]
    )
    if o.statistic == "n":
        return o.whole is not None and n <= o.whole <= n + unknown
    totals = {size, size - unknown, size - unknown - not_evaluable} - {0}
    return o.number is not None and any(percent_of(n, total) in o.number.ordinary for total in totals)


def test_progression(study: Study) -> Iterator[Outcome]:
    """One outcome for each "by last follow-up three had progressed", where times to it are listed."""
    rosters = [r for r in find_rosters(study) if lists_every_patient(study, r)]
    if len(rosters) != 1:
        return
    times = [t for t in rosters[0].of("time_to_progression") if t.n_numbers and t.inapplicable]
    for mentions in study.sentences if len(times) == 1 else ():
        first = mentions[0]
        if (
            SILENT_SECTIONS.search(first.section)
            or first.speaks_of != "this study"
            or not _BY_THE_END.search(first.quote)
        ):
            continue
        for o in mentions:
            if _counts_all(o, rosters[0]) and _PROGRESSED.match(_NAMES.sub(" ", o.quote[o.end :])):
                yield _progression(o, times[0], rosters[0])


def _counts_all(o: Observation, roster: Roster) -> bool:
    """Whether a count is of all who are listed: it says so, or no word before it in its clause parts them."""
    before = _CLAUSE.split(o.quote[: o.start])[-1]
    every = every_word(before)
    is_part = (NEGATIONS | APART) & every or ({"of", "among"} & every and o.denominator != str(roster.size))
    return o.statistic == "n" and o.whole is not None and not is_part and not telling_words(before)


def _progression(o: Observation, times: Trait, roster: Roster) -> Outcome:
    who = [p for p in roster.patients if times.number(p).low is not None]
    unknown = len(times.missing - times.inapplicable)
    printed = ", ".join(f"{p} {x.number or x.value or '–'}" for p, found in times.values.items() for x in found)
    arithmetic = f"{times.label}: {printed}; with a time: {len(who)} ({', '.join(who)})"
    observations = (o, *times.observations)
    if o.whole is not None and len(who) <= o.whole <= len(who) + unknown:
        message = f"{times.first.table_id} lists a time of progression or relapse for as many patients."
        return Outcome("consistent", observations, message, arithmetic, o.value, str(len(who)))
    message = (
        f"{o.value} patients are said to have progressed by the end of follow-up, but {times.first.table_id} lists a "
        f"time of progression or relapse for {len(who)} ({', '.join(who)})."
    )
    return Outcome("not testable", observations, message, arithmetic, o.value, str(len(who)), "definition")


RULES = (
    Rule(
        id="individual.responders",
        claim="As many patients are said to have responded as have a response by the paper's own criterion.",
        severity="definition",
        function=test_responders,
        assumptions="The paper calls partial response or better a response, or lists no responses but CR, PR, SD and "
        "PD; it lists the best response of every patient, and speaks of no more patients than it lists. Another "
        "meaning of “responded” is possible: a question.",
        literature="RECIST 1.1; IMWG criteria 2016",
        example="“Two responded, with SD (1) and PR (3)”, where the response rate counts PR or better.",
    ),
    Rule(
        id="individual.progression",
        claim="As many patients are said to have progressed by the last follow-up as have a time to progression.",
        severity="definition",
        function=test_progression,
        assumptions="The sentence speaks of the end of follow-up; one row lists the times, with “not applicable” for "
        "those without the event. Progression as best response may be meant: a question.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="“By last follow-up three had progressed”; times to relapse are listed for four.",
    ),
)
