"""individual.count: how many of the listed patients have a value, against every count and share that is printed.

Comes in: a Study. Goes out: one outcome for each count or percentage whose words name a value that a table of single
patients prints. A count is wrong only where every reading of its words is; words that no reading explains, and counts
of a part of the patients, are left alone. Limits ("two were over 70") are left to individual_limits.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditable.blocks import Study
from auditable.checks.individual_claims import Claim, sentence_claims, table_claims
from auditable.checks.individual_words import Property, find_properties, holds, is_related, read_short_forms
from auditable.checks.roster import Roster, find_rosters, lists_every_patient
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import percent_of, print_rounded


def test_counts(study: Study) -> Iterator[Outcome]:
    """One outcome for each count or share of the listed patients that the paper's words explain."""
    rosters = [r for r in find_rosters(study) if lists_every_patient(study, r)]
    short_forms = read_short_forms(study.text) if rosters else {}
    for roster in rosters if len(rosters) == 1 else ():
        properties = find_properties(roster, short_forms)
        for claim in table_claims(study, roster):
            yield from _judge(claim, properties, roster)
        for claims in sentence_claims(study, roster):
            for claim in claims:
                found = list(_judge(claim, properties, roster))
                yield from found
                if not found:
                    break  # what was not understood may tell apart the patients that the rest speaks of


def _judge(claim: Claim, properties: Sequence[Property], roster: Roster) -> Iterator[Outcome]:
    readings = [p for p in properties if _names(claim, p)]
    if not readings:
        return
    fitting = [p for p in readings if _fits(claim, p, roster)]
    said = [p for p in readings if _says_topic(claim, p)]
    if fitting:
        yield _outcome(claim, fitting[0], roster)
    elif said or all(p.value != "unknown" for p in readings):
        yield _outcome(claim, (said or readings)[0], roster)


def _names(claim: Claim, found: Property) -> bool:
    """Whether the words of a claim are those of a property, and tell nothing besides."""
    for form in found.forms:
        known = form | found.topic
        if (
            claim.own
            and holds(form, claim.own | claim.lead)
            and any(is_related(w, o) for w in form for o in claim.own)
            and holds(claim.own | claim.opening, known)
        ):
            return True
    return False


def _says_topic(claim: Claim, found: Property) -> bool:
    words = claim.own | claim.lead
    own = found.topic - {w for form in found.forms for w in form} or found.topic
    return any(is_related(t, w) for t in own for w in words)


def _fits(claim: Claim, found: Property, roster: Roster) -> bool:
    low, high = len(found.sure), len(found.sure | found.maybe)
    if claim.count is not None:
        return low <= claim.count <= high
    printed = claim.observation.number
    totals = {roster.size, roster.size - len(found.trait.missing)} - {0}
    return printed is not None and any(
        percent_of(n, total) in printed.ordinary for n in range(low, high + 1) for total in totals if n <= total
    )


def _outcome(claim: Claim, found: Property, roster: Roster) -> Outcome:
    number = claim.observation
    listed = [p for p in roster.patients if p in found.sure]
    n, more = len(listed), len(found.maybe - found.sure)
    expected = str(n) if not more else f"{n} to {n + more}"
    shown = number.value if number.statistic == "n" else f"{number.value} %"
    if number.statistic == "pct":
        decimals = number.decimals
        expected = f"{print_rounded(percent_of(n, roster.size), decimals)} % ({expected} of {roster.size})"
    who = f" ({', '.join(listed)})" if listed else ""
    table = found.trait.first.table_id
    observations = (number, *found.trait.observations)
    arithmetic = f"{found.name}: {n} of {roster.size}{who}"
    if _fits(claim, found, roster):
        message = f"{shown} is the number of patients that {table} lists under “{found.name}”."
        return Outcome("consistent", observations, message, arithmetic, shown, expected)
    message = f"{table} lists {expected} under “{found.name}”{who}, but {shown} is printed ({number.place})."
    return Outcome("impossible", observations, message, arithmetic, shown, expected)


RULES = (
    Rule(
        id="individual.count",
        claim="A printed count or percentage of patients with a value is that of the patients the paper lists one by "
        "one.",
        severity="error",
        function=test_counts,
        assumptions="The paper speaks of no more patients than it lists; every telling word beside the count belongs "
        "to one row of the table; no word restricts the patients, denies, or speaks of the others; no reading of the "
        "words under another row fits; unknown values may be anything.",
        literature="INSPECT-SR check 4 (internal consistency); Cochrane Handbook chapter 5",
        example="Of five patients the table shows three with progression; the text prints that four had it.",
    ),
)
