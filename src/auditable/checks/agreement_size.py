"""agreement.total: what a sentence counts a row's patients out of is the N that the table counts them out of;
agreement.arm_size: the patients that a sentence gives each arm are those over the arm's columns.

Comes in: a Study. Goes out: for agreement.total one outcome for each "12 of 34" of the text whose count, and percentage
if it has one, a named row prints; for agreement.arm_size one for each sentence that deals patients to the arms, and for
each that says how many one group of patients are. An N that any other place of the paper prints is not accused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study, count_of, number_of
from auditable.checks.matching import digits_of
from auditable.checks.pairing import UNNAMED, Pair, index_cells, is_whole, pair_with
from auditable.checks.rule import Outcome, Rule
from auditable.checks.statements import is_own_result, table_statements, text_statements
from auditable.checks.table_heads import is_told_elsewhere, sizes_of_arms
from auditable.denominators import whole_number
from auditable.number_words import read_cardinal
from auditable.rounding import Verdict, percent_of

TWO, THREE = 2, 3
_DEALT = re.compile(
    r"\b(?:assigned|allocated|randomi[sz]ed|randomly|received|treated|given|group|arm)\b", re.IGNORECASE
)
_LOST = re.compile(
    r"\b(?:exclu\w+|withdr[ae]w\w*|lost to|not (?:evaluable|assess\w+|treated|receive)|ineligib\w+|did not|missing|"
    r"dropped out|unavailable|censored|evaluable)\b",
    re.IGNORECASE,
)


def test_totals(study: Study) -> Iterator[Outcome]:
    """One outcome for each count of the text with its own N, of a row that prints the same count."""
    cells = index_cells([c for c in table_statements(study) if "n" in c.numbers])
    for statement in (s for found in text_statements(study) for s in found if "n" in s.numbers):
        n = statement.numbers["n"]
        told = whole_number(n.denominator) if n.denominator_proof == "sentence" else None
        if not told or not is_own_result(statement):
            continue
        fitting = [p for p in pair_with(statement, cells) if _is_same_count(p) and _total_of(p)]
        if any(_total_of(p) == told for p in fitting):
            yield _outcome("consistent", n, next(p for p in fitting if _total_of(p) == told), told)
        elif fitting and not is_told_elsewhere(told, study, n):
            best = max(fitting, key=lambda p: len(p.agreeing))
            if _is_proved(best):
                yield _outcome("impossible", n, best, told)


def _is_same_count(pair: Pair) -> bool:
    """Whether the row is the one that is meant, and prints the count, and the percentage if both have one."""
    a, b = pair.text.first, pair.other.first
    is_telling = "pct" in pair.agreeing or len(digits_of(number_of(pair.text.numbers["n"]))) >= TWO
    is_of_arm = a.arm == b.arm or not a.arm
    return pair.is_named and not pair.odd and "n" in pair.agreeing and is_telling and is_of_arm and not pair.strange


def _total_of(pair: Pair) -> int | None:
    return whole_number(pair.other.numbers["n"].denominator)


def _is_proved(pair: Pair) -> bool:
    """Whether the table's N turns its own count into its own percentage, and nothing narrows the sentence down."""
    n, pct, total = pair.other.numbers["n"], pair.other.numbers.get("pct"), _total_of(pair)
    if n.whole is None or not total or pct is None:
        return False
    whole = is_whole(pair.text, pair.other) or _differs_by_total_alone(pair)
    return percent_of(n.whole, total) in number_of(pct).ordinary and whole


def _differs_by_total_alone(pair: Pair) -> bool:
    a, b = pair.text.first, pair.other.first
    fields = ("subgroup", "timepoint", "event_kind", "grade", "population")
    return all(getattr(a, f) == getattr(b, f) for f in fields)


def _outcome(verdict: Verdict, n: Observation, pair: Pair, told: int) -> Outcome:
    total = _total_of(pair)
    place, count = pair.other.first.place, n.value
    shown = f"{count}/{told} in the text, {count}/{total} in {place}"
    observations = (n, pair.other.numbers["n"])
    if verdict == "consistent":
        message = f"The text counts {count} out of {told} patients, as {place} does."
        return Outcome("consistent", observations, message, shown, str(told), str(total))
    message = (
        f"The text (page {n.page}) counts {count} out of {told} patients, but {place} counts them out of {total}; "
        f"{told} stands nowhere else."
    )
    return Outcome("impossible", observations, message, shown, str(told), str(total))


def test_arm_sizes(study: Study) -> Iterator[Outcome]:
    """One outcome for each sentence that says how many patients each arm has."""
    heads = sizes_of_arms(study)
    for mentions in study.sentences:
        dealt = [o for o in mentions if o.statistic == "n" and o.whole is not None and o.arm in heads]
        if not _deals(dealt) or _LOST.search(dealt[0].quote):
            continue
        odd = [o for o in dealt if o.whole not in heads[o.arm]]
        if not odd:
            yield _arms_agree(dealt)
        elif whole := _whole_of(dealt, heads, mentions):
            yield _whole_differs(odd, dealt, heads, whole)
        elif len(odd) == 1 and len(heads[odd[0].arm]) == 1 and not _is_explained(odd[0], heads, study):
            yield _arm_differs(odd[0], dealt, heads)


def _deals(dealt: Sequence[Observation]) -> bool:
    """Whether the sentence does nothing but deal patients: one bare count for each of two or more arms."""
    if len(dealt) < TWO or len({o.arm for o in dealt}) != len(dealt) or dealt[0].speaks_of == "another study":
        return False
    bare = all(o.variable in UNNAMED for o in dealt)
    return bare and not any(o.denominator or o.subgroup for o in dealt) and bool(_DEALT.search(dealt[0].quote))


def _whole_of(
    dealt: Sequence[Observation], heads: dict[str, set[int]], mentions: Sequence[Observation]
) -> Observation | None:
    """The number of the same sentence that the heads of the arms add up to and its own numbers do not."""
    sizes = [heads[o.arm] for o in dealt]
    if any(len(s) != 1 for s in sizes):
        return None
    total, said = sum(n for s in sizes for n in s), sum(map(count_of, dealt))
    wholes = [o for o in mentions if o.statistic in ("n", "total") and not o.arm and o not in dealt]
    return next((o for o in wholes if o.whole == total != said), None)


def _is_explained(odd: Observation, heads: dict[str, set[int]], study: Study) -> bool:
    """Whether the paper prints the arm's other N in its text, or the number of those that make the difference."""
    said, stands = count_of(odd), next(iter(heads[odd.arm]))
    missing = abs(said - stands)
    if is_told_elsewhere(said, study, odd):
        return True
    known = {o.whole for o in study.observations if o.source != "table"}
    is_told = missing in known or any(
        read_cardinal(w) == missing for s in study.text if _LOST.search(s.text) for w in re.findall(r"[a-z]+", s.text)
    )
    return is_told or missing * THREE > stands


def _arms_agree(dealt: Sequence[Observation]) -> Outcome:
    sizes = ", ".join(f"{o.arm}: {o.value}" for o in dealt)
    message = f"The sentence gives the arms the sizes that stand over their columns ({sizes})."
    return Outcome("consistent", tuple(dealt), message, sizes, sizes, sizes)


def _arm_differs(odd: Observation, dealt: Sequence[Observation], heads: dict[str, set[int]]) -> Outcome:
    stands = next(iter(heads[odd.arm]))
    others = ", ".join(f"{o.arm}: {o.value}" for o in dealt if o is not odd)
    message = (
        f'The text (page {odd.page}) gives "{odd.arm}" {odd.value} patients, all tables print N = {stands} for it; the '
        f"other arms agree ({others}), and nothing tells where the difference went."
    )
    shown = f"{odd.arm}: {odd.value} and {stands}"
    observations = (odd, *(o for o in dealt if o is not odd))
    return Outcome("not testable", observations, message, shown, odd.value, str(stands), severity="error")


def _whole_differs(
    odd: Sequence[Observation], dealt: Sequence[Observation], heads: dict[str, set[int]], whole: Observation
) -> Outcome:
    said, stands = [count_of(o) for o in dealt], [next(iter(heads[o.arm])) for o in dealt]
    arithmetic = f"{' + '.join(map(str, said))} = {sum(said)}; {' + '.join(map(str, stands))} = {whole.value}"
    printed, expected = (", ".join(f"{o.arm}: {n}" for o, n in zip(dealt, ns, strict=True)) for ns in (said, stands))
    message = (
        f"The sentence (page {whole.page}) deals {whole.value} patients to the arms, but its numbers add up to "
        f"{sum(said)}; those over the columns of the tables ({expected}) add up to {whole.value}."
    )
    observations = (*odd, whole, *(o for o in dealt if o not in odd))
    return Outcome("impossible", observations, message, arithmetic, printed, expected)


RULES = (
    Rule(
        id="agreement.total",
        claim="The text counts patients out of the same N as the table's row.",
        severity="error",
        function=test_totals,
        assumptions="The sentence names the row and prints its count (and percentage) of the arm; the table's N turns "
        "that count into the printed percentage; the N of the text stands nowhere else in the paper.",
        literature="INSPECT-SR check 4 (agreement of text and tables)",
        example='"12 of 34 patients (36%)" in the text, 12 (36.4%) under N = 33 in Table 2.',
    ),
    Rule(
        id="agreement.arm_size",
        claim="The patients that the text gives each arm are those over the arm's columns.",
        severity="error",
        function=test_arm_sizes,
        assumptions="The sentence only deals patients to two or more arms; all tables have one N for the arm; the "
        "other arms agree; the N of the text stands nowhere else, and no number of the text makes up the difference. "
        "It is accused where the same sentence says how many were dealt, and only the heads add up to that.",
        literature="CONSORT 2010 item 13; INSPECT-SR check 4",
        example='"50 patients received A and 48 received B", where all tables print A (N = 50) and B (N = 46).',
    ),
)
