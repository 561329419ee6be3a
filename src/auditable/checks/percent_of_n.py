"""percent.of_n: a count and the percentage printed with it, against a proved N.

Comes in: a Study. Goes out: one outcome for each pair of a table cell or of a phrase in running text. Bare
percentages are left to percent_reachable.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from auditable.blocks import Study
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import ESTIMATE, NOTE_SIGN, SUBSET
from auditable.denominators import Denominators, Pair, Proof, declared, denominators_of, prose_pairs, whole_number
from auditable.rounding import (
    Verdict,
    allowed_prints,
    counts_for,
    exact_text,
    mildest,
    nearest_counts,
    percent_of,
    totals_for,
)

MIN_PAIRS_THAT_CAN_FIT = 0.8
"""Share of a table's pairs that some whole N must explain before a pair that none explains may be accused: weighted
percentages fit no whole N, and then few pairs do."""
MIN_PAIRS_FOR_THAT = 5
MOST_CANDIDATES = 6
WIDEST_OWN_TOTAL = 1000
"""Denominators above this are not listed as candidates."""


def test_pairs(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of count and percentage."""
    denominators = denominators_of(study)
    fitting = _tables_of_true_shares(denominators)
    own_rows = _rows_of_their_own(denominators)
    for pair in denominators.pairs:
        yield _test_table_pair(pair, denominators, fitting, own_rows)
    known = _known_totals(study, denominators)
    for pair in prose_pairs(study):
        yield _test_prose_pair(pair, known)


def _test_table_pair(
    pair: Pair, denominators: Denominators, fitting: set[str], own_rows: set[tuple[str, int]]
) -> Outcome:
    proof = denominators.prove(pair)
    outcome = _judge(pair, proof) if proof.totals else None
    if outcome is not None and outcome.verdict == "consistent":
        return outcome
    if ESTIMATE.search(pair.n.label) or ESTIMATE.search(pair.n.spanner_path):
        return _untested(pair, "it is called an estimate, not a share of patients", ())
    if outcome is not None:
        why = "" if _has_total_beside(pair) else _other_explanation(pair, proof, denominators)
        if (
            not why
            and not _has_total_beside(pair)
            and (pair.n.table_id, pair.n.row) in own_rows
            and _own_totals(pair, max(proof.totals), is_loose=True)
        ):
            why = "several columns of its row fit only fewer patients, so the row may have its own N"
        if not why:
            return _with_other_column(outcome, pair, denominators)
        return _untested(pair, why, (*proof.totals, *_own_totals(pair, max(proof.totals))))
    if pair.n.table_id in fitting and (outcome := _judge_under_any_total(pair)) is not None:
        return outcome
    return _untested(pair, proof.reason, (*proof.candidates, *_own_totals(pair, WIDEST_OWN_TOTAL)))


def _test_prose_pair(pair: Pair, known: dict[int, str]) -> Outcome:
    own = declared(pair)
    if own is not None and (pair.count <= own and pair.n.denominator):
        return _judge(pair, Proof((own,), "printed in the sentence"))
    fits = [t for t in known if t >= pair.count and percent_of(pair.count, t) in pair.share.ordinary]
    if len(fits) == 1:
        return _judge(pair, Proof((fits[0],), known[fits[0]]))
    if ESTIMATE.search(pair.n.subject):
        return _untested(pair, "it is called an estimate, not a share of patients", ())
    if (outcome := _judge_under_any_total(pair)) is not None:
        return outcome
    candidates = tuple(dict.fromkeys(([own] if own else []) + fits + list(known)))
    return _untested(pair, "the sentence does not say of how many", candidates)


def _judge(pair: Pair, proof: Proof) -> Outcome:
    verdicts: dict[Verdict, int] = {}
    for total in proof.totals:
        if total < pair.count:
            verdicts.setdefault("impossible", total)
        else:
            verdicts.setdefault(pair.share.judge(percent_of(pair.count, total)), total)
    verdict = mildest(verdicts)
    total = verdicts[verdict]
    exact, decimals = percent_of(pair.count, total), pair.share.decimals
    prints = " or ".join(allowed_prints(exact, decimals))
    arithmetic = f"{pair.count}/{total} = {exact_text(exact, decimals)} % → prints {prints}"
    head = f"{pair.count} of {total} is {prints} %"
    if verdict == "consistent":
        message = f"{head}, as printed (N = {total}: {proof.reason})."
    elif verdict == "rounding":
        how = "cut off" if pair.share.value < exact else "rounded up"
        message = f"{head}; {pair.share} is printed, which is {how} instead of rounded (N = {total}: {proof.reason})."
    else:
        head = head if pair.count <= total else f"{pair.count} of {total} is more than the whole"
        message = f"{head}, but {pair.share} % is printed; {_what_fits(pair, total)} (N = {total}: {proof.reason})."
    return Outcome(
        verdict, (pair.n, pair.pct), message, arithmetic, f"{pair.count} ({pair.share})", f"{pair.count} ({prints})"
    )


def _with_other_column(outcome: Outcome, pair: Pair, denominators: Denominators) -> Outcome:
    """The outcome, saying also of which other N of the table, or of all its columns, the pair would be right."""
    if outcome.verdict != "impossible":
        return outcome
    sizes = {p.n.arm: t for p in denominators.pairs if p.n.table_id == pair.n.table_id and (t := declared(p))}
    arms = [t for arm, t in sizes.items() if arm]
    for total in (*sizes.values(), sum(arms) if len(arms) > 1 else 0):
        if total >= pair.count and total > 0 and percent_of(pair.count, total) in pair.share.ordinary:
            where = "of all columns together" if total not in sizes.values() else "of another column"
            hint = f" {pair.count} of {total}, the N {where}, would be {pair.share} %."
            return replace(outcome, message=outcome.message + hint)
    return outcome


def _what_fits(pair: Pair, total: int) -> str:
    fitting = counts_for(pair.share, total)
    if len(fitting) == 1:
        return f"{pair.share} % would be {fitting[0]} of {total}"
    if len(fitting) > 1:
        return f"{pair.share} % would be {fitting[0]} to {fitting[-1]} of {total}"
    below, above = nearest_counts(pair.share, total)
    near = " and ".join(
        f"{n}/{total} = {allowed_prints(percent_of(n, total), pair.share.decimals)[-1]} %"
        for n in sorted({below, above})
    )
    return f"no count of {total} gives {pair.share} %, the nearest are {near}"


def _has_total_beside(pair: Pair) -> bool:
    """Whether the N stands in the same cell: 8/12 (76) has no other."""
    beside = pair.cell.only("total")
    return beside is not None and bool(beside.whole)


def _other_explanation(pair: Pair, proof: Proof, denominators: Denominators) -> str:
    """Why a pair that does not fit may still be right, as half a sentence, or ""."""
    block = denominators.by_block[pair.cell.block]
    total = max(proof.totals)
    failing = [p for p in block if not p.fits(total)]
    if len(failing) > 1 and len(failing) * 2 > len(block):
        return f"most rows of its group do not fit N = {total} either, so the group may have its own N"
    if not _own_totals(pair, total):
        return ""
    if SUBSET.search(pair.n.stub_path):
        return f"its label names a subset, whose N may be smaller than {total}"
    if pair.n.marks.strip() or pair.pct.marks.strip() or NOTE_SIGN.search(pair.n.stub_path):
        return "a note hangs on it, which may give it its own N"
    if len(block) == 1 and pair.n.group:
        return "it is the only row of its group, which may have its own N"
    return ""


def _rows_of_their_own(denominators: Denominators) -> set[tuple[str, int]]:
    """Rows in which two columns or more do not fit the N proved for them, but each fits a smaller one."""
    found: Counter[tuple[str, int]] = Counter()
    for pair in denominators.pairs:
        totals = denominators.prove(pair).totals
        if totals and not any(pair.fits(t) for t in totals) and _own_totals(pair, max(totals), is_loose=True):
            found[(pair.n.table_id, pair.n.row)] += 1
    return {row for row, n in found.items() if n > 1}


def _own_totals(pair: Pair, below: int, is_loose: bool = False) -> list[int]:
    found = totals_for(pair.count, pair.share, is_loose)
    return [] if found is None else [t for t in found if t < below][:MOST_CANDIDATES]


def _judge_under_any_total(pair: Pair) -> Outcome | None:
    """An outcome where no whole N at all turns the count into the percentage; None where some does."""
    strict = totals_for(pair.count, pair.share)
    if strict is None or len(strict):
        return None
    loose = totals_for(pair.count, pair.share, is_loose=True)
    ends = percent_of(100 * pair.count, 1) / (100 * pair.share.value)
    near = [t for t in (int(ends), int(ends) + 1) if t >= pair.count]
    shown = " and ".join(
        f"{pair.count}/{t} = {exact_text(percent_of(pair.count, t), pair.share.decimals)} %" for t in near
    )
    printed = f"{pair.count} ({pair.share})"
    if loose is not None and len(loose):
        message = (
            f"No whole N makes {pair.count} into {pair.share} % by rounding; N = {loose[0]} does if digits "
            f"are cut off or rounded up."
        )
        return Outcome("rounding", (pair.n, pair.pct), message, shown, printed, f"N = {loose[0]}")
    message = f"No whole N makes {pair.count} into {pair.share} %; the nearest are {shown}."
    return Outcome("impossible", (pair.n, pair.pct), message, shown, printed, shown)


def _untested(pair: Pair, why: str, candidates: tuple[int, ...]) -> Outcome:
    shown = ", ".join(str(c) for c in dict.fromkeys(candidates[:MOST_CANDIDATES]))
    message = f"{pair.count} ({pair.share} %) is not judged: {why}." + (f" Candidates for N: {shown}." if shown else "")
    return Outcome("not testable", (pair.n, pair.pct), message, "", f"{pair.count} ({pair.share})", "")


def _tables_of_true_shares(denominators: Denominators) -> set[str]:
    found: dict[str, list[bool]] = {}
    for pair in denominators.pairs:
        totals = totals_for(pair.count, pair.share)
        found.setdefault(pair.n.table_id, []).append(totals is None or len(totals) > 0)
    return {
        table
        for table, fits in found.items()
        if len(fits) >= MIN_PAIRS_FOR_THAT and sum(fits) >= MIN_PAIRS_THAT_CAN_FIT * len(fits)
    }


def _known_totals(study: Study, denominators: Denominators) -> dict[int, str]:
    """Every N the tables print or prove, with the words that say where."""
    known: dict[int, str] = {}
    for o in study.observations:
        if (total := whole_number(o.denominator)) and o.source == "table":
            known.setdefault(total, f"the N of {o.table_id}")
    for pair in denominators.pairs:
        totals = denominators.prove(pair).totals
        if len(totals) == 1:
            known.setdefault(totals[0], f"the N of {pair.n.table_id}")
    return known


RULES = (
    Rule(
        id="percent.of_n",
        claim="A percentage printed with a count is that count divided by its N, rounded.",
        severity="error",
        function=test_pairs,
        assumptions="N is printed beside the count or explains nearly all other pairs of the table or column; rows "
        "that a note, a label "
        "or their group may give an N of their own are not judged. Estimates (Kaplan–Meier, adjusted, weighted) "
        "are not judged.",
        literature="Brown & Heathers 2017 (GRIM); R package scrutiny (rounding procedures)",
        example="6 (11.7) of N = 51: 6/51 = 11.765 % prints 11.8; 11.7 is cut off instead of rounded.",
    ),
)
