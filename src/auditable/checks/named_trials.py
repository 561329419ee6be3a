"""Two papers of the corpus that name the same third trial say the same of what does not change with follow-up.

Comes in: a Study with the other studies of the corpus. Goes out: questions that name both places: where the trial ran,
and how many patients it had. Results are not compared, since two papers may quote two cut-offs of the data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from auditable.blocks import Observation, Study
from auditable.checks.partners import is_size
from auditable.checks.rule import Outcome, Quote
from auditable.checks.study_facts import MOST_ARMS, kept_with_study, name_of, sizes_in
from auditable.cited import TRIAL

TRIAL_NAME = (
    r"\b(?:(?=[\w-]*[A-Z]{3})[A-Z][A-Za-z]*[A-Z\d]*(?:-[A-Z\d]{1,8})+|(?=[\w-]*[A-Z]{4})[A-Z][A-Za-z]{3,}(?:-\d+)?)"
)
_NAME = re.compile(TRIAL_NAME)
_REGISTERED = re.compile(rf"({TRIAL_NAME})\s?[(,]\s?(?:NCT|ISRCTN|EudraCT)")
_MANY = ("multinational", "international", "global", "multi-country")
_NATIONS = (
    "American|Australian|Austrian|Belgian|Brazilian|British|Canadian|Chinese|Czech|Danish|Dutch|Finnish|French|German|"
    "Greek|Hungarian|Indian|Irish|Israeli|Italian|Japanese|Korean|Mexican|Norwegian|Polish|Portuguese|Russian|Spanish|"
    "Swedish|Swiss|Taiwanese|Turkish|UK|US"
)
_SCOPE = re.compile(rf"\b(?:{'|'.join(_MANY)}|{_NATIONS})\b(?!\s(?:and|or)\s|,)|\b(?:{'|'.join(_MANY)})\b")
"""Where a study ran: in many countries, or in one."""
_STOP = re.compile(rf"[.;]\s|{TRIAL_NAME}|\b(?:and|in|of|by)\b")
REACH = 60
"""Characters behind a trial's name in which a word on where it ran still means it."""


def compare_trials(study: Study) -> Iterator[Outcome]:
    """One outcome for each trial of which this study and another tell where it ran, or how many patients it had."""
    mine, said = _scopes(study), _names_of_numbers(study)
    names = {n for n in {*mine, *said} if any(n in _trial_names(s) for s in (study, *study.corpus))}
    if not names:
        return
    for other in study.corpus:
        if other.study_id > study.study_id:  # the pair is told once, where it stands first
            theirs = _scopes(other)
            for name in sorted(names & mine.keys() & theirs.keys()):
                yield _judge_scope(name, mine[name], other, theirs[name])
        for name in sorted(names & said):
            yield from _judge_sizes(name, study, other)


@kept_with_study
def _names_of_numbers(study: Study) -> frozenset[str]:
    """What is written like a trial's name in a sentence that prints numbers."""
    return frozenset(m[0] for mentions in study.sentences for m in _NAME.finditer(mentions[0].quote))


def _judge_scope(name: str, mine: Quote, other: Study, theirs: Quote) -> Outcome:
    here, there = mine.words.split()[-1], theirs.words.split()[-1]
    shown = f"here {here}, in {name_of(other)} {there}"
    if here == there or (here in _MANY and there in _MANY):
        message = f"{name} is called {here} here, and {there} in {name_of(other)}."
        return Outcome("consistent", (), message, shown, here, there, quotes=(mine,))
    message = (
        f"The text calls {name} {here}; {name_of(other)} (page {theirs.sentence.page}) calls it {there}. One of "
        "the two may mean only a part of it, or is wrong on where it ran."
    )
    return Outcome("not testable", (), message, shown, here, there, "citation", (mine,))


def _judge_sizes(name: str, study: Study, other: Study) -> Iterator[Outcome]:
    """A number of patients that follows the trial's name, against the N that a table of the other paper gives it."""
    sizes = _sizes_in_tables(other, name)
    if not sizes:
        return
    told = {n for s in other.text if name in s.text for n in sizes_in(s.text)}
    for o in _sizes_in_text(study, name):
        printed = " or ".join(map(str, sorted(sizes)))
        shown = f"here {o.whole}, in {name_of(other)} {printed}"
        if o.whole in sizes | told:
            message = f"{name} has {o.whole} patients here, as in {name_of(other)}."
            yield Outcome("consistent", (o,), message, shown, str(o.whole), str(o.whole))
            continue
        message = (
            f"The text gives {name} {o.whole} patients; {name_of(other)} tabulates it with {printed} (its groups and "
            "their sum). One of the two numbers is misquoted, or another population is meant."
        )
        yield Outcome("not testable", (o,), message, shown, str(o.whole), printed, "citation")


def _sizes_in_text(study: Study, name: str) -> list[Observation]:
    """Numbers of patients in sentences that name this trial alone, behind its name and before the next turn."""
    return [
        o
        for mentions in study.sentences
        if {m[0] for m in _NAME.finditer(mentions[0].quote)} & {name} and _is_alone(name, mentions[0].quote)
        for o in mentions
        if mentions[0].quote.find(name) < o.start and is_size(o) and o.speaks_of == "another study"
    ]


def _is_alone(name: str, text: str) -> bool:
    return not ({m["name"] for m in TRIAL.finditer(text)} - {name})


def _sizes_in_tables(study: Study, name: str) -> set[int]:
    """The N of the columns that a table heads with the trial's name, and their sum."""
    columns = _sizes_of_columns(study)
    named = {head for head in {head for head, _ in columns} if re.search(rf"\b{re.escape(name)}\b", head)}
    totals = Counter(n for head, n in columns if head in named)
    heads = [n for n, times in totals.most_common(MOST_ARMS) if times > 1]
    return {*heads, *(sum(pair) for k in range(2, len(heads) + 1) for pair in combinations(heads, k))}


@kept_with_study
def _sizes_of_columns(study: Study) -> tuple[tuple[str, int], ...]:
    """The head of its column and the N of each number that has one, in order."""
    return tuple(
        (o.spanner_path, int(o.denominator)) for o in study.observations if o.source == "table" and o.denominator
    )


@kept_with_study
def _scopes(study: Study) -> dict[str, Quote]:
    """For each name the first words behind it that say where it ran."""
    found: dict[str, Quote] = {}
    for sentence in study.text:
        for m in _NAME.finditer(sentence.text):
            behind = sentence.text[m.end() : m.end() + REACH]
            stop = _STOP.search(behind)
            scope = _SCOPE.search(behind[: stop.start()] if stop else behind)
            if scope:
                found.setdefault(m[0], Quote(sentence, m.start(), m.end() + scope.end()))
    return found


@kept_with_study
def _trial_names(study: Study) -> frozenset[str]:
    """What is called a trial, a study or a registry, or is registered as one."""
    named = {m["name"] for s in study.text for m in TRIAL.finditer(s.text)}
    return frozenset(named | {m[1] for s in study.text for m in _REGISTERED.finditer(s.text)})
