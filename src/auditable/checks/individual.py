"""individual.recompute: summaries recomputed from a table of single patients, against what the paper prints
elsewhere.

Comes in: a Study. Goes out: one outcome for each printed median, mean, SD, extreme or quartile of a variable that a
table of single patients also lists. Bounded values (<10) and missing ones count where they decide. Counts are left to
individual_counts.py, single patients to individual_values.py, and the sums themselves to individual_numbers.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.individual_claims import is_part
from auditable.checks.individual_numbers import possible_summaries, show_interval
from auditable.checks.matching import HARMLESS, are_related, is_telling, words_of
from auditable.checks.roster import Roster, Trait, find_rosters, lists_every_patient
from auditable.checks.rule import Outcome, Rule
from auditable.checks.summaries import COUNTED, MEASURED, WHOLE_VARIABLES
from auditable.checks.words import ANY_GRADE
from auditable.printed_sizes import size_in
from auditable.rounding import Interval, Printed, Verdict, mildest

SUMMARIES = ("median", "min", "max", "q1", "q3", "mean", "sd", "iqr")
MIN_PATIENTS = 3
REACH = 80
"""Characters around a summary in running text in which its variable is named."""
_CLAUSE_END = re.compile(r"[,;:.()]\s")


def test_recomputed(study: Study) -> Iterator[Outcome]:
    """One outcome for each number of a printed summary of a variable that is also listed patient by patient."""
    rosters = find_rosters(study)
    all_listed = {r.table_ids: lists_every_patient(study, r) for r in rosters}
    every = [(t, r) for r in rosters for t in r.traits if t.n_numbers >= MIN_PATIENTS]
    for cell in (*study.cells, *study.phrases) if every else ():
        first = cell.first
        summaries = [o for s in SUMMARIES if (o := cell.only(s)) is not None]
        if first.table_type != "individual" and first.speaks_of == "this study" and summaries:
            if all(_is_of_all(summaries[0], roster, study, all_listed[roster.table_ids]) for _, roster in every):
                yield from _test_summary(summaries, [t for t, _ in every])
            else:
                yield from _confirm(summaries, [t for t, _ in every])


def _outcomes(summaries: Sequence[Observation], every: Sequence[Trait]) -> list[tuple[Trait, list[Outcome], int]]:
    """The traits that a summary may be of, its outcomes under each, and how many of them are consistent."""
    out: list[tuple[Trait, list[Outcome], int]] = []
    for trait in every:
        if _same_grade(summaries[0], trait) and all(_same_unit(o, trait) for o in summaries):
            outcomes = [_judge(o, trait) for o in summaries]
            out.append((trait, outcomes, sum(o.verdict == "consistent" for o in outcomes)))
    return out


def _confirm(summaries: Sequence[Observation], every: Sequence[Trait]) -> Iterator[Outcome]:
    """Outcomes of a trait that a summary names and agrees with in full."""
    for trait, outcomes, n in _outcomes(summaries, every):
        if n == len(summaries) and _is_known(summaries[0], trait):
            yield from outcomes
            return


def _test_summary(summaries: Sequence[Observation], every: Sequence[Trait]) -> Iterator[Outcome]:
    """Outcomes of the one trait that the summary's numbers and words point to; nothing where none or several do."""
    candidates = _outcomes(summaries, every)
    whole = [c for c in candidates if c[2] == len(summaries) and _is_known(summaries[0], c[0])]
    if whole:
        yield from whole[0][1]
        return
    # all numbers but one of a summary are those of a trait with the same words: the odd one is wrong somewhere
    partly = [c for c in candidates if _is_known(summaries[0], c[0]) and 0 < c[2] == len(summaries) - 1]
    named = [c for c in candidates if _is_named(summaries[0], c[0])]
    chosen = named if len(named) == 1 and not summaries[0].timepoint else partly
    if len(chosen) == 1:
        yield from chosen[0][1]


def _is_of_all(summary: Observation, roster: Roster, study: Study, all_listed: bool) -> bool:
    """Whether the summary is of those who are listed, all of them: it names no part, counts none, prints no other N."""
    printed = size_in(summary.spanner_path) or size_in(summary.stub_path)
    if is_part(summary) or summary.patient or (printed > 0 and printed != roster.size):
        return False
    if summary.source == "table" or not all_listed:
        return all_listed or printed > 0
    clause = summary.quote[: summary.start]
    begin = max((m.end() for m in _CLAUSE_END.finditer(clause)), default=0)
    mentions = study.sentence_of.get(summary.observation_id, ())
    counts = [o.whole for o in mentions if o.statistic == "n" and begin <= o.start < summary.start]
    return all(n is None or n == roster.size for n in counts)


def _is_known(summary: Observation, trait: Trait) -> bool:
    """Whether the summary names the trait: the same variable, or a telling word of its label."""
    if summary.variable and trait.variable:
        return summary.variable == trait.variable
    words = words_of(trait.label) | words_of(trait.group)
    context = summary.quote[max(0, summary.start - REACH) : summary.end + REACH] if summary.quote else summary.stub_path
    return are_related(words, words_of(f"{summary.subject} {context}".replace("(", " ").replace(")", " ")))


def _is_named(summary: Observation, trait: Trait) -> bool:
    """Whether the summary's words are those of the trait and name no group of patients besides."""
    own, theirs = words_of(trait.label), words_of(summary.subject or summary.stub_path)
    theirs = theirs - HARMLESS if summary.source != "table" else theirs
    if trait.variable and summary.variable:
        known = own | words_of(trait.variable.replace("_", " "))
        return trait.variable == summary.variable and trait.first.category == summary.category and theirs <= known
    return own == theirs and is_telling(trait.label)


def _same_grade(summary: Observation, trait: Trait) -> bool:
    """Whether both are of one grade of adverse events."""
    left, right = summary.grade, trait.first.grade
    return left == right or (left in ANY_GRADE and right in ANY_GRADE)


def _same_unit(summary: Observation, trait: Trait) -> bool:
    value = trait.first
    return not value.unit or not summary.unit or summary.unit == value.unit or value.unit in summary.unit


def _judge(summary: Observation, trait: Trait) -> Outcome:
    printed = summary.number
    if printed is None:
        raise ValueError(f"{summary.observation_id} holds no number")
    read = trait.face if _counts_things(trait) else trait.number  # 7 cycles are 7; 62 years may be 62.4
    numbers = [read(p) for p in trait.values if p not in trait.missing]
    observations = (summary, *trait.observations)
    possible = possible_summaries(numbers, summary.statistic)
    fine = max((o.number.decimals for o in trait.observations if o.number is not None), default=0)
    verdict = mildest(_verdict(printed, i, fine) for i in possible)
    decimals = max(printed.decimals, fine)
    expected = " or ".join(dict.fromkeys(show_interval(i, decimals) for i in possible))
    arithmetic = f"{summary.statistic} of {trait.label}: {_listed(trait)} = {expected}"
    table = trait.first.table_id
    if verdict == "consistent":
        message = f"The {summary.statistic} {printed} is that of the {len(numbers)} patients listed in {table}."
    elif trait.missing and _fits_with_missing(trait, printed, summary.statistic):
        message = (
            f"{len(trait.missing)} of {len(trait.values)} patients have no value in {table}; theirs may explain "
            f"{printed}."
        )
        return Outcome("not testable", observations, message, arithmetic, str(printed), expected)
    else:
        message = (
            f"The patients listed in {table} have a {summary.statistic} of {expected}, but {printed} is printed "
            f"({summary.place})."
        )
    return Outcome(verdict, observations, message, arithmetic, str(printed), expected)


def _counts_things(trait: Trait) -> bool:
    """Whether each patient's value is a whole number: lines, cycles, a number of something."""
    label = f"{trait.label} {trait.unit}"
    is_whole = all(o.number is None or o.number.decimals == 0 for o in trait.observations)
    return is_whole and (
        trait.variable in (*WHOLE_VARIABLES, "cycles_received")
        or bool(COUNTED.search(label) and not MEASURED.search(label))
    )


def _verdict(printed: Printed, possible: Interval, decimals: int) -> Verdict:
    """Verdict on a summary that lies in an interval. decimals: those of the listed values.

    Intervals that only touch do not agree: a paper that prints a half one way in its table does so in its text. Only a
    summary with fewer decimals than the values may have been truncated or rounded up.
    """
    if possible.low is not None and possible.low == possible.high:
        return printed.judge(possible.low)
    if _share_more_than_an_end(possible, printed.ordinary):
        return "consistent"
    is_coarser = printed.decimals < decimals
    return "rounding" if is_coarser and _share_more_than_an_end(possible, printed.loose) else "impossible"


def _share_more_than_an_end(left: Interval, right: Interval) -> bool:
    if not left.overlaps(right):
        return False
    lows = [i.low for i in (left, right) if i.low is not None]
    highs = [i.high for i in (left, right) if i.high is not None]
    return not lows or not highs or max(lows) < min(highs)


def _listed(trait: Trait) -> str:
    return ", ".join(str(o.number) if o.number is not None else o.value or "–" for o in trait.observations)


def _fits_with_missing(trait: Trait, printed: Printed, statistic: str) -> bool:
    if statistic in ("sd", "iqr"):
        return True
    every: list[Interval] = [trait.number(p) for p in trait.values]
    return any(i.overlaps(printed.ordinary) for i in possible_summaries(every, statistic))


RULES = (
    Rule(
        id="individual.recompute",
        claim="A printed median, minimum, maximum, mean, SD or quartile is that of the patients the paper lists one by "
        "one.",
        severity="error",
        function=test_recomputed,
        assumptions="The summary speaks of the same variable, in the same unit, of the same patients as exactly "
        "one row (or column) of a table of single patients; missing values are allowed to be anything; every "
        "definition of a quartile in use may fit.",
        literature="Hyndman & Fan 1996 (definitions of quantiles); INSPECT-SR check 4",
        example="Ages 73, 62, 77, 52, 51 have a median of 62; the text prints 64.",
    ),
)
