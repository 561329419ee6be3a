"""agreement.text_text: a quantity that the text states twice has one value: abstract, results, discussion, captions,
notes.

Comes in: a Study. Goes out: one outcome for each statement and another one of the same quantity: the same variable or
words, statistic, unit, arm, part of the patients, time point, grade and population. Where a statement agrees with any
other of that name it is consistent with it; it is accused only where the two differ by a slip of the pen, or all their
other numbers agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditable.blocks import Study, number_of
from auditable.checks.agreement import BY_NUMBERS_ONLY, involved, message_numbers, shown
from auditable.checks.matching import HARMLESS, agree_loosely, digits_of
from auditable.checks.pairing import FEW_DIGITS, TELLING_DIGITS, UNNAMED, Pair, contexts, is_part
from auditable.checks.rule import Outcome, Rule
from auditable.checks.statements import (
    Statement,
    is_own_result,
    known_words,
    text_statements,
)  # fmt: skip

Look = tuple[str, str, str, str, str, str, str, frozenset[str]]
FEWEST_WORDS, LIKENESS = 2, 0.6
"""Telling words, and the share of them, that two names must have in common to be one name."""
TWO = 2


def test_text_against_text(study: Study) -> Iterator[Outcome]:
    """One outcome for each statement that another one answers; two that differ are told once."""
    statements = [s for found in text_statements(study) for s in found if is_own_result(s)]
    looks = [_look(s) for s in statements]
    alike: dict[Look, list[int]] = defaultdict(list)
    for i, look in enumerate(looks):
        alike[look].append(i)
    told: set[frozenset[int]] = set()
    for i, statement in reversed(list(enumerate(statements))):
        pairs = [(j, p) for j in alike[looks[i]] if i != j and (p := _pair(statement, statements[j]))]
        best, is_fitting = _choose([p for _, p in pairs])
        partner = next((j for j, p in pairs if p is best), i)
        if best is None or frozenset((i, partner)) in told:
            continue
        told.add(frozenset((i, partner)))
        yield _fits(best) if is_fitting else _fails(best)


def _look(statement: Statement) -> Look:
    """Whom, when and in which look at the data a statement speaks of; what one of two leaves open differs too."""
    o = statement.first
    return (o.arm, o.subgroup, o.timepoint, o.grade, o.event_kind, o.population, o.reference, contexts(statement))


def _pair(later: Statement, earlier: Statement) -> Pair | None:
    """Two of one look as a pair where they may state one quantity, and not in one sentence."""
    if later.numbers.keys().isdisjoint(earlier.numbers) or later.first.quote == earlier.first.quote:
        return None
    if not _is_alike(later, earlier):
        return None
    named, strange = _name(later, earlier)
    pair = Pair(later, earlier, named, strange)
    return pair if pair.shared else None


def _is_alike(a: Statement, b: Statement) -> bool:
    """Whether variable, category and denominator do not differ where both know them."""
    mine, theirs = a.first, b.first
    if mine.denominator and theirs.denominator and mine.denominator != theirs.denominator:
        return False
    return all(
        not left or not right or left == right
        for left, right in ((mine.variable, theirs.variable), (mine.category, theirs.category))
    )


def _name(a: Statement, b: Statement) -> tuple[bool, frozenset[str]]:
    """Whether both have the same variable and category and one has no strange words, or nearly the same telling words;
    and the words that only one of them has.
    """
    mine, theirs = a.first, b.first
    left, right = (frozenset(w for n in s.names for w in n) - HARMLESS for s in (a, b))
    if mine.variable not in UNNAMED and mine.variable == theirs.variable and mine.category == theirs.category:
        known = known_words(mine.variable, mine.category)
        left, right = left - known, right - known
        return left <= right or right <= left, left ^ right
    common = left & right
    return len(common) >= FEWEST_WORDS and len(common) >= LIKENESS * len(left | right), left ^ right


def _choose(pairs: Sequence[Pair]) -> tuple[Pair | None, bool]:
    """The pair that agrees best; where none agrees, the one that must and does not."""
    fitting = [p for p in pairs if not p.odd and (p.is_named or p.digits >= TELLING_DIGITS)]
    found = fitting or [p for p in pairs if _is_proved(p)]
    best = max(found, key=lambda p: (p.is_named, len(p.agreeing)), default=None)
    return best, bool(fitting)


def _fits(pair: Pair) -> Outcome:
    said, stands = message_numbers(pair, pair.agreeing)
    message = f"Page {pair.text.first.page} says {said}, as page {pair.other.first.page} does."
    return Outcome("consistent", involved(pair, pair.agreeing), message, shown(pair, pair.agreeing), said, stands)


def _is_proved(pair: Pair) -> bool:
    """Whether both must state one quantity: all numbers but one agree, or one name and a slip of the pen."""
    if len(pair.odd) != 1:
        return False
    has_words = not (pair.text.around & pair.other.around - HARMLESS).isdisjoint(
        w for s in (pair.text, pair.other) for name in s.names for w in name
    )
    if len(pair.exact) >= TWO and pair.digits >= FEW_DIGITS and has_words:
        return True
    odd = pair.odd[0]
    if not pair.is_named or is_part(pair.text) or is_part(pair.other) or odd in BY_NUMBERS_ONLY:
        return False
    if pair.agreeing:
        return pair.is_near(odd) and (pair.digits >= TWO or _is_of_category(pair))
    if odd == "n":
        return _is_lone_count(pair)
    return pair.is_slip(odd) or (not pair.strange and pair.is_slip(odd, TWO))


def _is_of_category(pair: Pair) -> bool:
    mine, theirs = pair.text.first, pair.other.first
    return bool(mine.variable and mine.category) and mine.category == theirs.category


def _is_lone_count(pair: Pair) -> bool:
    """Whether two lone counts are of one category, or so large that no two of one name are a slip apart."""
    if pair.text.numbers.keys() != pair.other.numbers.keys():
        return False
    is_large = min(len(digits_of(n)) for n in pair.numbers("n")) >= TELLING_DIGITS
    return (is_large and pair.is_slip("n")) or (_is_of_category(pair) and not pair.strange and pair.is_near("n"))


def _fails(pair: Pair) -> Outcome:
    odd = pair.odd[0]
    later, earlier = pair.text.numbers[odd], pair.other.numbers[odd]
    said, stands = number_of(later), number_of(earlier)
    also, _ = message_numbers(pair, pair.agreeing)
    where = [f"page {o.page}{f', {o.section}' if o.section else ''}" for o in (later, earlier)]
    message = f"The text says {said} in one place ({where[0]}) and {stands} in another ({where[1]})" + (
        f"; beside it both print {also}." if also else "."
    )
    verdict = "rounding" if odd != "n" and agree_loosely(said, stands) else "impossible"
    numbers = (odd, *pair.agreeing)
    return Outcome(verdict, involved(pair, numbers), message, shown(pair, pair.shared), str(said), str(stands))


RULES = (
    Rule(
        id="agreement.text_text",
        claim="A quantity that the text states twice has one value.",
        severity="error",
        function=test_text_against_text,
        assumptions="Both sentences name the quantity in the same words or by the same variable and category, in the "
        "same arm, part of the patients, grade, population and at the same time, and the numbers differ by a slip of "
        "the pen (one digit, two digits swapped, the point moved); or all other numbers beside them agree. Sentences "
        "that cite others are not compared.",
        literature="INSPECT-SR check 4 (agreement within the publication)",
        example="The results give HR 10.7 (95% CI 3.0–37.9), the abstract HR 10.7 (95% CI 3.0–39.7).",
    ),
)
