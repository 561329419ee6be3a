"""flow.sum: patients are neither lost nor gained on their way through a study.

Comes in: a Study. Goes out: one outcome for each sentence (or rows of a table) that says how a number of patients
parts: screened into excluded and randomised, randomised into arms, excluded into reasons, all into those who completed
and those who did not. Which parts the words make a whole is left to flow_arms.py, flow_parts.py,
flow_left.py, flow_screening.py and flow_wholes.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from auditable.blocks import Observation, Study
from auditable.checks.flow_arms import find_arms, find_arms_behind
from auditable.checks.flow_left import find_events, find_halves, find_left, find_totals_behind
from auditable.checks.flow_parts import (
    find_opposites,
    find_reasons,
    find_reasons_behind,
    find_remaining,
    find_sexes,
    find_times,
)
from auditable.checks.flow_screening import SCREENED, find_screening
from auditable.checks.flow_wholes import (
    find_both,
    find_by_arm,
    find_deaths,
    find_finished,
    find_groups,
    find_kept,
    find_named_reasons,
    find_responses,
)
from auditable.checks.flow_words import Sum, Template, join, read_template
from auditable.checks.rule import Outcome, Rule

IN_ANY_DESIGN = (
    find_reasons, find_remaining, find_opposites, find_sexes, find_times, find_deaths, find_named_reasons, find_kept,
    find_responses, find_both,
)  # fmt: skip
IN_PARALLEL_GROUPS = (find_arms, find_groups, find_finished)
"""What finds the sums of one sentence."""
WINDOW = 3
"""Sentences with numbers that may tell one way through a study."""
_CROSSED = re.compile(
    r"\bcross-?over\s(?:trial|study|design|randomi[sz]ed|assignment)|\bfactorial\s(?:trial|design|randomi[sz]ed)",
    re.IGNORECASE,
)
"""Designs in which a patient is in several groups."""


def test_flows(study: Study) -> Iterator[Outcome]:
    """One outcome for each whole that a text parts."""
    sentences = [m for m in study.sentences if m[0].source != "note" and m[0].speaks_of != "another study"]
    templates = [read_template(mentions) for mentions in sentences]
    seen: set[str] = set()
    crossed = any(_CROSSED.search(s.text) for s in study.text) or any(_CROSSED.search(m[0].quote) for m in sentences)
    for template in templates:
        for find in IN_ANY_DESIGN if crossed else (*IN_PARALLEL_GROUPS, *IN_ANY_DESIGN):
            for found in find(template):
                yield from _judge(template, found, seen)
    n_arms = len({o.arm for o in study.observations if o.source == "table" and o.arm})
    for template in () if crossed else templates:
        for found in find_by_arm(template, n_arms):
            yield from _judge(template, found, seen)
    for mentions in sentences:
        template = read_template(mentions, with_events=True)
        for found in (*find_events(template), *(() if crossed else find_totals_behind(template))):
            yield from _judge(template, found, seen)
    following = set(pairwise(s.text for s in study.text))
    for i, template in enumerate(templates):
        near = _told_together(sentences, templates, i)
        if SCREENED.search(template.text):
            yield from _first_told(near, find_screening, seen)
        if not crossed:
            yield from _first_told(near, find_arms_behind, seen)
        if i + 1 < len(sentences) and (sentences[i][0].quote, sentences[i + 1][0].quote) in following:
            yield from _first_told(near[:2], find_left, seen)
            yield from _first_told(near[:2], find_halves, seen)
        if not re.search(r"\breasons?\sfor\b", template.text, re.IGNORECASE):
            yield from _first_told(near, find_reasons_behind, seen)


def _told_together(
    sentences: Sequence[Sequence[Observation]], templates: Sequence[Template], first: int
) -> list[Template]:
    """The sentence and those behind it in its section that may tell one way through the study."""
    place = (sentences[first][0].section, sentences[first][0].source)
    near = range(first, min(first + WINDOW, len(templates)))
    return [templates[k] for k in near if (sentences[k][0].section, sentences[k][0].source) == place]


def _first_told(
    templates: Sequence[Template], find: Callable[[Template], Sum | None], seen: set[str]
) -> Iterator[Outcome]:
    """The outcome of the fewest sentences that tell a whole and its parts."""
    for n in range(1, len(templates) + 1):
        joined = join(templates[:n])
        if found := find(joined):
            yield from _judge(joined, found, seen)
            return


def _judge(template: Template, found: Sum, seen: set[str]) -> Iterator[Outcome]:
    observations = template.observations((found.whole, *found.parts))
    key = " ".join(sorted(o.observation_id for o in observations))
    if not observations or key in seen:
        return
    seen.add(key)
    whole, parts = template.value(found.whole), [template.value(p) for p in found.parts]
    total = sum(parts)
    arithmetic = f"{' + '.join(map(str, parts))} = {total}"
    if total == whole:
        message = f"The parts add up to {whole} ({found.why})."
        yield Outcome("consistent", observations, message, arithmetic, str(whole), str(total))
        return
    if found.may_lack and total < whole:
        message = f"The parts add up to {total} of {whole}; the others may be in none of them."
        yield Outcome("not testable", observations, message, arithmetic, str(whole), str(total))
        return
    message = f"{found.why[0].upper()}{found.why[1:]}: the parts add up to {total}, but {whole} is printed."
    mends = [f"{p - (total - whole)} instead of {p}" for p in parts if p - (total - whole) >= 0]
    message += f" {' or '.join((f'{total} instead of {whole}', *mends))} would fit."
    yield Outcome("impossible", observations, message, f"{arithmetic}, not {whole}", str(whole), str(total))


RULES = (
    Rule(
        id="flow.sum",
        claim="Patients are neither lost nor gained: the parts of a flow add up to the number they part.",
        severity="error",
        function=test_flows,
        assumptions="Only where the words make the parts a whole: the arms of those randomised, a closed list of "
        'reasons, "the remaining", opposites such as completed and withdrew, events of a first stretch of time and '
        "those later, screened into excluded and kept, causes of death, groups in brackets. Lists that may overlap or "
        "are left open (mainly, including) "
        "are not summed.",
        literature="CONSORT 2010 statement, item 13 (participant flow); INSPECT-SR check 4",
        example="20 were excluded (12 ineligible, 9 declined): 12 + 9 = 21, not 20.",
    ),
)
