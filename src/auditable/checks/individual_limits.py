"""individual.limit: how many of the listed patients lie beyond a limit ("two were over 70"), against the printed count.

Comes in: a Study. Goes out: one outcome for each count with a limit right beside it, where the words name one row of
numbers of a table of single patients. A value that is only bounded (<10) counts where that decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditable.blocks import Observation, Study
from auditable.checks.individual_claims import SILENT_SECTIONS
from auditable.checks.individual_words import APART, NEGATIONS, every_word, holds, telling_words
from auditable.checks.roster import Roster, Trait, find_rosters, lists_every_patient
from auditable.checks.rule import Outcome, Rule
from auditable.rounding import Interval, Printed
from auditable.settled import BOUNDS
from auditable.units import TIMES, normal_unit

_OVER = re.compile(r"\b(over|above|under|below)\s$", re.IGNORECASE)
MIN_NUMBERS = 3
BEHIND = 70
"""Most characters between a count and the limit behind it."""
_BEFORE = re.compile(
    r"^\W*(?:(?:years?|months?|weeks?|days?|old|of\sage)\W*)?(?:(?:was|were|in|for|found|seen|had|by|patients)\W*)*$",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:older|younger|aged|old|age)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;.:(]\s?")
_LIMIT_WORDS = frozenset(
    {"over", "under", "above", "below", "older", "younger", "least", "more", "less", "than", "old"}
)


def test_limits(study: Study) -> Iterator[Outcome]:
    """One outcome for each count of patients beyond a limit that one row of the listed patients explains."""
    rosters = [r for r in find_rosters(study) if lists_every_patient(study, r)]
    for roster in rosters if len(rosters) == 1 else ():
        for mentions in study.sentences:
            if SILENT_SECTIONS.search(mentions[0].section) or mentions[0].source == "note":
                continue
            for count, limit in _pairs(mentions):
                yield from _judge(count, limit, mentions, roster)


def _pairs(mentions: Sequence[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Each count with the limit it is told by: right behind it, or right before it."""
    for i, found in enumerate(mentions):
        limit = _as_limit(found)
        if limit is None:
            continue
        before = _count_before(mentions, i)
        after = mentions[i + 1] if i + 1 < len(mentions) else None
        if before is not None and limit.start - before.end <= BEHIND:
            if not re.search(r"[;.]\s", limit.quote[before.end : limit.start]):
                yield before, limit
        elif after is not None and _is_count(after) and _BEFORE.match(_behind(limit, after)):
            yield after, limit


def _behind(limit: Observation, after: Observation) -> str:
    """The words between a limit and a count behind it, without the unit."""
    words = limit.quote[limit.end : after.start].strip()
    return words[len(limit.unit) :] if limit.unit and words.startswith(limit.unit) else words


def _as_limit(o: Observation) -> Observation | None:
    """The observation with its comparator, read from the words before it where it has none ("over 70"); else None."""
    if o.number is None or o.statistic not in ("bound", "value", "pct"):
        return None
    if o.comparator in BOUNDS:
        return o
    word = _OVER.search(o.quote[: o.start])
    if word is None or o.comparator:
        return None
    comparator = ">" if word[1].casefold() in ("over", "above") else "<"
    return replace(o, comparator=comparator, number=replace(o.number, comparator=comparator))


def _count_before(mentions: Sequence[Observation], i: int) -> Observation | None:
    """The count before a limit; the whole it is a part of, and its share, may stand between ("2 of 5 (40%)")."""
    for j in range(i - 1, -1, -1):
        o = mentions[j]
        is_whole = j > 0 and o.statistic == "n" and mentions[j - 1].denominator == o.value
        if not is_whole and o.statistic not in ("pct", "total"):
            return o if _is_count(o) else None
        if o.comparator:
            return None
    return None


def _is_count(o: Observation) -> bool:
    return o.statistic == "n" and o.whole is not None and o.speaks_of == "this study"


def _judge(
    count: Observation, limit: Observation, mentions: Sequence[Observation], roster: Roster
) -> Iterator[Outcome]:
    if count.denominator not in ("", str(roster.size)):
        return
    first, last = sorted((count, limit), key=lambda o: o.start)
    if any(_is_count(o) and o.variable == "n_patients" and o.whole != roster.size for o in mentions if o is not count):
        return  # "of the 20 patients, four": of others than are listed
    between = _behind(first, last)
    begin = max((m.end() for m in _CLAUSE.finditer(count.quote[: first.start])), default=0)
    lead = _without(count.quote[begin : first.start], [o for o in mentions if o.end <= first.start], begin)
    behind = re.split(r"[,;:.()]", count.quote[last.end :])[0]
    words = f"{lead} {between.split('(')[0]}"
    if (NEGATIONS | APART) & every_word(f"{words} {between}"):
        return
    named = [t for t in roster.traits if t.n_numbers >= MIN_NUMBERS and _same_unit(limit, t)]
    named = [t for t in named if _names(t, f"{lead} {between} {behind}", limit)] or [
        t for t in named if _names(t, count.quote[: first.start], limit)
    ]
    if len(named) != 1:
        return
    trait = named[0]
    told = telling_words(words) - _LIMIT_WORDS
    is_defined = "(" in between and holds(telling_words(trait.name), telling_words(between.split("(", 1)[1]))
    topic = telling_words(f"{trait.group} {trait.name} {trait.variable.replace('_', ' ')}")
    if is_defined or holds(told, topic):
        yield _outcome(count, limit, trait)


def _without(text: str, numbers: Sequence[Observation], begin: int) -> str:
    for o in numbers:
        if o.start >= begin:
            text = text[: o.start - begin] + " " * (o.end - o.start) + text[o.end - begin :]
    return text


def _names(trait: Trait, words: str, limit: Observation) -> bool:
    if trait.variable == "age" and _AGE.search(f"{words} {limit.raw_text}"):
        return True
    if limit.variable and trait.variable:
        return limit.variable == trait.variable
    name = telling_words(trait.name)
    return bool(name) and holds(name, telling_words(words))


def _same_unit(limit: Observation, trait: Trait) -> bool:
    """Whether limit and row are in one unit; a row without one may name it: "Days to diagnosis"."""
    units = {trait.unit} if trait.unit else {u for w in trait.name.split() if (u := normal_unit(w.casefold())) in TIMES}
    return not limit.unit or not units or limit.unit in units


def _outcome(count: Observation, limit: Observation, trait: Trait) -> Outcome:
    number = limit.number
    if number is None or count.whole is None:
        raise ValueError(f"{limit.observation_id} holds no number")
    inside = [p for p in trait.values if _is_beyond(trait.face(p), number) is True]
    unsure = [p for p in trait.values if _is_beyond(trait.face(p), number) is None]
    low, high = len(inside), len(inside) + len(unsure)
    expected = str(low) if low == high else f"{low} to {high}"
    table = trait.first.table_id
    who = f" ({', '.join(inside)})" if inside else ""
    values = ", ".join(str(o.number) if o.number is not None else o.value or "–" for o in trait.observations)
    arithmetic = f"{trait.label}: {values}; {number}: {expected}{who}"
    observations = (count, limit, *trait.observations)
    if low <= count.whole <= high:
        message = f"{count.value} of the patients listed in {table} have {trait.name} {number}."
        return Outcome("consistent", observations, message, arithmetic, count.value, expected)
    message = (
        f"{table} lists {expected} patients with {trait.name} {number}{who}, but {count.value} is printed "
        f"({count.place})."
    )
    return Outcome("impossible", observations, message, arithmetic, count.value, expected)


def _is_beyond(value: Interval, limit: Printed) -> bool | None:
    """Whether a value lies beyond the limit, by its face; None where its print does not decide."""
    x, low, high = limit.value, value.low, value.high
    is_above = limit.comparator in (">", ">=")
    has_equal = limit.comparator in ("<=", ">=")
    if low is not None and low == high:
        return (low > x or (has_equal and low == x)) if is_above else (low < x or (has_equal and low == x))
    surely_above = low is not None and (low > x or (low == x and (has_equal or value.is_open_low)))
    surely_below = high is not None and (high < x or (high == x and (has_equal or value.is_open_high)))
    if is_above:
        return True if surely_above else (False if high is not None and high <= x else None)
    return True if surely_below else (False if low is not None and low >= x else None)


RULES = (
    Rule(
        id="individual.limit",
        claim="A printed count of patients beyond a limit is that of the patients the paper lists one by one.",
        severity="error",
        function=test_limits,
        assumptions="The limit stands beside the count and names one row of numbers of the table, in its unit; the "
        "words between say nothing else; the paper speaks of no more patients than it lists; bounded and missing "
        "values may be anything their print allows.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Ages 73, 62, 77, 52 and 51: two are over 70; the text prints that three are.",
    ),
)
