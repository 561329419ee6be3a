"""eligibility.vs_baseline: the patients meet the conditions on which they were let in.

Comes in: a Study with its text. Goes out: one outcome per condition (age, lines of therapy, performance status,
treatments that everyone had had) and printed number that it speaks of: consistent, or a question, since a deviation
from protocol is possible. A condition under the same heading as the number is taken before one elsewhere; where a
paper has several conditions on one quantity (two trials, two cohorts), only the one under the same heading counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.criteria import Criterion, find_criteria
from auditable.checks.long_forms import are_alike
from auditable.checks.rule import Outcome, Rule
from auditable.checks.short_forms import find_definitions

SEVERITY = "definition"
LINES = re.compile(r"\b(?:lines?|therap(?:y|ies)|regimens?)\b", re.IGNORECASE)
LATER = re.compile(r"week|month|day|cycle|visit|follow|end|post|after", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?P<what>[A-Za-z][\w-]+?)s?\s(?:had been|were|was)\s(?:given|received|administered|used)\s(?:to|in|by)\s$"
    r"|\band\s(?P<next>[A-Za-z][\w-]+?)s?\sto\s$"
)
_EMPTY = re.compile(
    r"\b(?:prior|previous|earlier|agents?|exposure|exposed|any|use|to|n|drugs?|therapy)\b|[\W\d_]+", re.IGNORECASE
)
_LAST_LINE = re.compile(
    r"\b(?:latest|last|most recent)\s(?:prior\s)?(?:line|therapy|regimen|treatment)\b", re.IGNORECASE
)
_IN_LAST_LINE = re.compile(_LAST_LINE.pattern + r"\s(?:in|for)\s(?:about\s)?$", re.IGNORECASE)


def test_eligibility(study: Study) -> Iterator[Outcome]:
    """Each condition against the numbers of its quantity."""
    criteria = find_criteria(study.text)
    if not criteria:
        return
    long = {d.key: d.long for d in find_definitions(study.text)}
    own = [o for o in study.observations if o.speaks_of == "this study" and o.number and not o.subgroup]
    sections = _sections(study)
    order = {s.text: i for i, s in enumerate(study.text)}
    for quantity in ("age", "prior_lines", "ecog"):
        mine = [c for c in criteria if c.quantity == quantity]
        for o in own:
            if mine and _is_value_of(o, quantity):
                criterion = _choose(mine, o, sections, order)
                if criterion:
                    yield _judge_limits(criterion, o)
    for criterion in criteria:
        if criterion.terms:
            spoken = [o for o in own if o.source == "table" or _governs(criterion, o, criteria, sections, order)]
            yield from _judge_terms(criterion, spoken, long)


def _sections(study: Study) -> Mapping[str, str]:
    return {s.text: s.section for s in study.text}


def _choose(
    criteria: Sequence[Criterion], o: Observation, sections: Mapping[str, str], order: Mapping[str, int]
) -> Criterion | None:
    """The condition under the number's own heading, else the only one of the paper."""
    near = [c for c in criteria if c.quote.sentence.section and _governs(c, o, criteria, sections, order)]
    found = near or criteria
    return found[0] if len({(c.low, c.high) for c in found}) == 1 else None


def _is_value_of(o: Observation, quantity: str) -> bool:
    """Whether a number says how low or high the quantity ran among the patients at entry."""
    if LATER.search(o.timepoint):
        return False
    if quantity == "ecog":
        return o.variable == "ecog" and o.category.isdigit() and o.statistic in ("n", "pct") and _is_some(o)
    if o.category or o.statistic not in ("min", "max"):
        return False
    is_lines = quantity == "prior_lines" and not o.variable and o.source == "prose" and bool(LINES.fullmatch(o.unit))
    return o.variable == quantity or is_lines


def _is_some(o: Observation) -> bool:
    return o.number is not None and o.number.value > 0


def _judge_limits(criterion: Criterion, o: Observation) -> Outcome:
    assert o.number is not None
    is_status = criterion.quantity == "ecog"
    value = int(o.category) if is_status else o.number.value
    called = {"age": "age", "prior_lines": "number of earlier lines", "ecog": "performance status"}[criterion.quantity]
    end = "a lowest of" if o.statistic == "min" else "a highest of"
    said = f"status {o.category} in {o.value}" if is_status else f"{end} {o.value}"
    arithmetic = f"{criterion.limits} is asked; {said} is printed"
    below = criterion.low is not None and value < criterion.low and (is_status or o.statistic == "min")
    above = criterion.high is not None and value > criterion.high and (is_status or o.statistic == "max")
    if not below and not above:
        return Outcome(
            "consistent", (o,), f"The {called} of the patients meets the condition.", arithmetic, o.value,
            criterion.limits, quotes=(criterion.quote,),
        )  # fmt: skip
    message = (
        f"Entry asked for a {called} of {criterion.limits} (page {criterion.quote.sentence.page}), yet {said} is "
        "printed. Either a patient was let in against the condition, or one of the two is misprinted."
    )
    return Outcome("not testable", (o,), message, arithmetic, o.value, criterion.limits, SEVERITY, (criterion.quote,))


def _governs(
    criterion: Criterion,
    o: Observation,
    criteria: Sequence[Criterion],
    sections: Mapping[str, str],
    order: Mapping[str, int],
) -> bool:
    """Whether a number of running text stands under the condition's heading, with no other condition of the kind
    between: one heading may hold two trials, one after the other."""
    sentence = criterion.quote.sentence
    if sections.get(o.quote) != sentence.section:
        return False
    at = order[o.quote]
    rivals = [c.quote.sentence for c in criteria if c.quantity == criterion.quantity]
    before = [order[r.text] for r in rivals if r.section == sentence.section and order[r.text] < at]
    return not before or order[sentence.text] == max(before)


def _judge_terms(criterion: Criterion, own: Sequence[Observation], long: Mapping[str, str]) -> Iterator[Outcome]:
    told = set[str]()
    for o in own:
        if o.statistic != "pct" or o.number is None or o.number.comparator:
            continue
        term = next((t for t in criterion.terms if _speaks_of(o, t, long)), "")
        if term and term not in told:
            told.add(term)
            yield _judge_share(criterion, o, term)


def _speaks_of(o: Observation, term: str, long: Mapping[str, str]) -> bool:
    """Whether a percentage is the share of patients with the treatment, and with nothing else."""
    if term == "last line":
        is_row = o.source == "table" and "refractory" in o.stub_path.lower() and bool(_LAST_LINE.search(o.label))
        before = o.quote[max(0, o.start - 40) : o.start]
        is_said = o.source == "prose" and "refractor" in o.quote.lower() and bool(_IN_LAST_LINE.search(before))
        return is_row or is_said
    names = {term, term.removesuffix("s"), long.get(term, term), long.get(term.removesuffix("s"), term)}
    if o.source == "table":
        return o.variable == "prior_therapy" and any(_is_row(o.label, name) for name in names)
    found = _GIVEN.search(o.quote[: o.start])
    return found is not None and any(are_alike(found["what"] or found["next"] or "", name) for name in names)


def _is_row(label: str, name: str) -> bool:
    """Whether a row is the treatment's own: nothing but its name and words that add nothing."""
    words, own = _EMPTY.sub(" ", label).split(), re.findall(r"[A-Za-z]+", name)
    return len(words) == len(own) > 0 and all(are_alike(a, b) for a, b in zip(words, own, strict=True))


def _judge_share(criterion: Criterion, o: Observation, term: str) -> Outcome:
    assert o.number is not None
    quote = (criterion.quote,)
    arithmetic = f"{o.value} % of the patients; the condition asks for 100 %"
    if o.number.value >= 100:
        message = f"Everyone had had “{term}”, as the condition asks."
        return Outcome("consistent", (o,), message, arithmetic, o.value, "100", quotes=quote)
    asked = criterion.quote.words.strip(" ,;:")
    message = (
        f"Entry asked for “{asked}” (page {criterion.quote.sentence.page}), so “{term}” would be 100 %; "
        f"{o.value} % is printed. Either patients were let in without it, or one of the two is misprinted."
    )
    return Outcome("not testable", (o,), message, arithmetic, o.value, "100", SEVERITY, quote)


RULES = (
    Rule(
        id="eligibility.vs_baseline",
        claim="The patients' ranges, categories and earlier treatments meet the conditions of entry.",
        severity=SEVERITY,
        function=test_eligibility,
        assumptions="The sentence speaks of entry and of no exclusion, the number of the same quantity at entry. With "
        "several conditions on one quantity only the one under the number's heading counts. A question: protocols are "
        "deviated from.",
        literature="CONSORT 2010, items 4a and 15; INSPECT-SR check 4 (internal consistency)",
        example="Patients aged 18–75 years were eligible; the oldest in Table 1 is 78.",
    ),
)
