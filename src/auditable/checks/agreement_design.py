"""agreement.design: a paper states its design (dose, sessions, limits of entry, intervals, margin) with one number.

Comes in: a Study with its text. Goes out: one consistent outcome per thing that the methods and another part state
alike, one question per thing for which the two differ. The methods are the full account: where they also print the
other number with that unit, or the other part prints theirs, both may hold, and the rule is silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache

from auditable.blocks import Study
from auditable.checks.design_doses import find_doses
from auditable.checks.design_entry import find_limits
from auditable.checks.design_facts import NUMBER, Fact, Part, is_cited, own_parts, part_names, plain_number
from auditable.checks.design_times import find_times
from auditable.checks.rule import Outcome, Rule
from auditable.model import Sentence

SEVERITY = "definition"
ENOUGH = 3
"""Places that must state a thing before one of them is asked about, where its name does not tell it well."""
_LISTED = r"(?:,?\s?(?:or|and|to|[-–/]|vs\.?|versus|then)?\s?\d+(?:[.·]\d+)?|\s[a-z-]+){0,5}"
"""What may stand between a number and its unit: "15, 25 or 50 mg", "eight weekly sessions"."""
Parts = Sequence[tuple[Part, Sentence]]


def test_design(study: Study) -> Iterator[Outcome]:
    """Each thing that the methods and another part state."""
    parts = own_parts(study.text)
    facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in (*find_doses(parts), *find_limits(parts), *find_times(parts)):
        facts[fact.head, fact.unit].append(fact)
    labels = {label for o in study.observations for label in (o.stub_path, o.spanner_path, o.arm) if label}
    for found in facts.values():
        mine, others = ([f for f in found if (f.part == "methods") is is_in] for is_in in (True, False))
        if mine and others and len({f.value for f in mine}) == 1:
            yield from _judge(mine, others, parts, labels)


def _judge(mine: Sequence[Fact], others: Sequence[Fact], parts: Parts, labels: set[str]) -> Iterator[Outcome]:
    told = mine[0].value
    odd = [f for f in others if f.value != told]
    if not odd:
        yield _agree([*mine, *others])
    elif len({f.value for f in odd}) == 1 and _is_enough(mine, others, odd) and _may_compare([*mine, *odd]):
        lone = _lone(mine, others, odd, parts)
        if lone and not any(_prints(label, lone) for label in labels):
            yield _ask(lone, odd[0] if lone is mine[0] else mine[0], [*mine, *others])


def _is_enough(mine: Sequence[Fact], others: Sequence[Fact], odd: Sequence[Fact]) -> bool:
    places = {f.quote.sentence.text for f in (*mine, *others)}
    return mine[0].is_telling or len(places) >= ENOUGH or all(f.part == "before" for f in odd)


def _may_compare(facts: Sequence[Fact]) -> bool:
    """Whether the numbers count the same thing: a dose twice a day is not the dose of a day, and one of two
    tablets is no dose.
    """
    manners = {f.manner for f in facts}
    if "?" in manners or len(manners - {""}) > 1:
        return False
    if not facts[0].head.startswith("dose") or (len(manners) == 1 and "" not in manners):
        return True
    low, high = sorted({Fraction(f.value) for f in facts})
    return bool(low) and (high / low).denominator != 1


def _lone(mine: Sequence[Fact], others: Sequence[Fact], odd: Sequence[Fact], parts: Parts) -> Fact | None:
    """The place whose number stands nowhere else; None where the two may both hold, each printed where it belongs."""
    ours, theirs = mine[0], odd[0]
    methods = [s for part, s in parts if part == "methods"]
    outside = [s for part, s in parts if part != "methods" and not is_cited(s)]
    of_odd = {f.quote.sentence.text for f in odd}
    if any(_prints(s.text, theirs) for s in methods) or any(_prints(text, ours) for text in of_odd):
        return None
    if len(odd) == 1 and not any(_prints(s.text, theirs) for s in outside if s.text not in of_odd):
        return theirs
    return ours if len(odd) == len(others) and not any(_prints(s.text, ours) for s in outside) else None


def _prints(text: str, fact: Fact) -> bool:
    """Whether a text prints the number with its unit, in figures or words."""
    return any(plain_number(m[0]) == fact.value for m in _numbers_with(fact.unit).finditer(text))


@cache
def _numbers_with(unit: str) -> re.Pattern[str]:
    """Numbers of a unit, each of a list ("15, 25 or 50 mg") one by one."""
    said = re.escape(unit.removesuffix("s")).replace("/", r"\s?(?:/|per)\s?").replace("percentage\\ point", "(?:%|per)")
    return re.compile(rf"(?<![\w.,·]){NUMBER}(?=(?![.·,]?\d){_LISTED}[\s-]?{said})", re.IGNORECASE)


def _agree(facts: Sequence[Fact]) -> Outcome:
    first = facts[0]
    shown = _shown(first)
    message = f"The {first.head} is {shown} in all {len(facts)} places that state it."
    return Outcome("consistent", (), message, f"{len(facts)} agree", shown, shown, quotes=(first.quote,))


def _shown(fact: Fact) -> str:
    return f"{fact.value} {fact.unit}".strip()


def _ask(wrong: Fact, right: Fact, facts: Sequence[Fact]) -> Outcome:
    like = len({f.quote.sentence.text for f in facts if f.value == right.value})
    printed, expected = _shown(wrong), _shown(right)
    places = f"{like} other places say" if like > 1 else "the other place says"
    message = (
        f"The {wrong.head} is {printed} on page {wrong.quote.sentence.page} ({part_names(wrong.part)}); {places} "
        f"{expected} (page {right.quote.sentence.page}, {part_names(right.part)}). One of them is wrong, or they speak "
        "of two things."
    )
    quotes = (wrong.quote, right.quote)
    return Outcome("not testable", (), message, f"{printed} ≠ {expected}", printed, expected, SEVERITY, quotes)


RULES = (
    Rule(
        id="agreement.design",
        claim="A paper states each number of its design (dose, sessions, limits of entry, intervals, margin) alike.",
        severity=SEVERITY,
        function=test_design,
        assumptions="The paper has a full account of its methods, which prints one number for the thing and nowhere "
        "the other one with that unit; the other number stands alone, or all other parts agree on it. Sentences on "
        "other studies, changes of dose, groups of patients and what might be done are not read, and neither are doses "
        "given in several ways or so often a day here and not there.",
        literature="ICH E9 and CONSORT 2010 items 4a, 5, 6a; SPIRIT 2013; Hopewell et al. 2008 (CONSORT for abstracts)",
        example="“15 mg once daily” in abstract and discussion, “25 mg once daily” in the methods.",
    ),
)
