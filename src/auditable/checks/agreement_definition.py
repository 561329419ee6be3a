"""agreement.definition: a short form, a regimen, a cut-off, a version or a date has one meaning in one paper.

Comes in: a Study with its text. Goes out: one consistent outcome per short form that is explained twice alike, one
outcome per pair of explanations that cannot both hold. Two combinations of drugs under one name contradict each other;
two different long forms are a question, since one letter may be used for two things on purpose. Short forms of one
letter are left alone: lists of drugs use them freely.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from auditable.blocks import Study
from auditable.checks.cut_offs import test_cut_offs
from auditable.checks.long_forms import differing_parts, differing_words
from auditable.checks.named_dates import test_dates
from auditable.checks.named_versions import test_versions
from auditable.checks.rule import Outcome, Rule
from auditable.checks.short_forms import Definition, find_definitions, split_compound

SEVERITY = "definition"


def test_definitions(study: Study) -> Iterator[Outcome]:
    """Short forms, then cut-offs, dates and versions."""
    yield from test_short_forms(study)
    yield from test_cut_offs(study)
    yield from test_dates(study)
    yield from test_versions(study)


def test_short_forms(study: Study) -> Iterator[Outcome]:
    """Explanations of each short form against each other."""
    by_key: dict[str, list[Definition]] = defaultdict(list)
    for definition in find_definitions(study.text):
        for part in (definition, *split_compound(definition)):
            by_key[part.key].append(part)
    known = {key: found[0].long for key, found in by_key.items()}
    for key, found in by_key.items():
        if len(found) > 1:
            yield _judge(key, found, {k: long for k, long in known.items() if k != key})


def _judge(key: str, found: list[Definition], known: dict[str, str]) -> Outcome:
    for left, right in combinations(found, 2):
        outcome = _compare(key, left, right, known)
        if outcome:
            return outcome
    first = found[0]
    message = f"“{key}” is explained {len(found)} times, always as “{first.long}” or the like."
    return Outcome(
        "consistent", (), message, f"{len(found)} explanations agree", first.long, first.long, quotes=(first.quote,)
    )


def _compare(key: str, left: Definition, right: Definition, known: dict[str, str]) -> Outcome | None:
    mine, theirs = differing_parts(left.long, right.long) if left.is_list and right.is_list else ((), ())
    is_combination = bool(mine)
    if not is_combination:
        mine, theirs = differing_words(left.long, right.long, known)
    if not mine or not theirs:
        return None
    where = f"page {left.quote.sentence.page}", f"page {right.quote.sentence.page}, {right.quote.sentence.source}"
    message = (
        f"“{key}” stands for “{left.long}” in one place ({where[0]}) and for “{right.long}” in another ({where[1]}): "
        f"{' and '.join(mine)} against {' and '.join(theirs)}. One of the two has to go, or to take another short form."
    )
    return Outcome(
        "impossible" if is_combination else "not testable",
        (),
        message,
        f"{', '.join(mine)} ≠ {', '.join(theirs)}",
        right.long,
        left.long,
        SEVERITY,
        (right.quote, left.quote),
    )


RULES = (
    Rule(
        id="agreement.definition",
        claim="A short form, a regimen, a cut-off, a date or the version of a scale is the same in all of a paper.",
        severity=SEVERITY,
        function=test_definitions,
        assumptions="Both long forms are spelt by the letters of the short form, or are lists of single things. "
        "Synonyms, inflection, spelling, word order and a long form that says more are no contradiction; one "
        "letter alone is no short form. Versions (CTCAE 4.03 and 5.0) are asked about; 4 and 4.03 agree.",
        literature="Schwartz & Hearst 2003 (short forms and their definitions in biomedical text); ICMJE "
        "recommendations on abbreviations.",
        example="“melphalan, prednisone and thalidomide (MPT)” in the text and “MPT, melphalan with prednisone and "
        "bortezomib” below a table.",
    ),
)
