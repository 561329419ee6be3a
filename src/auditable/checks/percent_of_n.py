"""percent.of_n: a count and the percentage printed with it, against a proved N.

Comes in: a Study. Goes out: one outcome for each pair of a table cell or of a phrase in running text. Bare
percentages are left to percent_reachable.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditable.blocks import Study
from auditable.checks.prose_bases import ProseBases
from auditable.checks.rounding_ways import is_made_to_total_100, way_of
from auditable.checks.rule import Outcome, Rule
from auditable.checks.words import ESTIMATE, NOTE_SIGN, SUBSET
from auditable.denominators import (
    MIN_OTHERS_PRINTED,
    Denominators,
    Pair,
    Proof,
    declared,
    denominators_of,
    whole_number,
)
from auditable.prose_pairs import prose_pairs
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
MIN_ALIKE = 2
"""Other percentages of a table not rounded in the ordinary way that make it a habit worth a sentence."""
NOTE = "note"
MOST_CANDIDATES = 6
WIDEST_OWN_TOTAL = 1000
"""Denominators above this are not listed as candidates."""


def test_pairs(study: Study) -> Iterator[Outcome]:
    """One outcome for each pair of count and percentage."""
    denominators = denominators_of(study)
    fitting = _tables_of_true_shares(denominators)
    own_rows = _rows_of_their_own(denominators)
    tested = [(p, _test_table_pair(p, denominators, fitting, own_rows)) for p in denominators.pairs]
    yield from _with_their_like(tested)
    known = _known_totals(study, denominators)
    pairs = prose_pairs(study)
    bases = ProseBases(study, pairs, known)
    for pair in pairs:
        yield _test_prose_pair(pair, known, bases)


def _test_table_pair(
    pair: Pair, denominators: Denominators, fitting: set[str], own_rows: set[tuple[str, int]]
) -> Outcome:
    proof = denominators.prove(pair)
    outcome = _judge(pair, proof, denominators.by_block[pair.cell.block]) if proof.totals else None
    if outcome is not None and outcome.verdict == "consistent":
        return outcome
    if ESTIMATE.search(pair.n.label) or ESTIMATE.search(pair.n.spanner_path):
        return _untested(pair, "it is called an estimate, not a share of patients", ())
    if outcome is not None:
        why = "" if _has_total_beside(pair) else _other_explanation(pair, proof, denominators, own_rows)
        if not why:
            return _with_other_column(outcome, pair, denominators)
        return _untested(pair, why, (*proof.totals, *_own_totals(pair, max(proof.totals))))
    if pair.n.table_id in fitting and (outcome := _judge_under_any_total(pair)) is not None:
        return outcome
    return _untested(pair, proof.reason, (*proof.candidates, *_own_totals(pair, WIDEST_OWN_TOTAL)))


def _test_prose_pair(pair: Pair, known: dict[int, str], bases: ProseBases) -> Outcome:
    own = whole_number(pair.n.denominator) or declared(pair)
    if own is not None and (pair.count <= own and pair.n.denominator):
        return _judge(pair, Proof((own,), "printed in the sentence"))
    if (proof := bases.of_words(pair)) is not None:
        return _judge(pair, proof)
    fits = [t for t in known if t >= pair.count and percent_of(pair.count, t) in pair.share.ordinary]
    if len(fits) == 1:
        return _judge(pair, Proof((fits[0],), known[fits[0]]))
    if ESTIMATE.search(pair.n.subject):
        return _untested(pair, "it is called an estimate, not a share of patients", ())
    if not fits and (proof := bases.of_others(pair)) is not None:
        return _judge(pair, proof)
    if (outcome := _judge_under_any_total(pair)) is not None:
        return outcome
    candidates = tuple(dict.fromkeys(([own] if own else []) + fits + list(known)))
    return _untested(pair, "the sentence does not say of how many", candidates)


def _judge(pair: Pair, proof: Proof, block: Sequence[Pair] = ()) -> Outcome:
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
    head, severity = f"{pair.count} of {total} is {prints} %", ""
    if verdict == "consistent":
        message = f"{head}, as printed (N = {total}: {proof.reason})."
    elif verdict == "rounding":
        way = way_of(exact, pair.share)
        message = f"{head}; {pair.share} is printed, {way.words} (N = {total}: {proof.reason})."
        if is_made_to_total_100(pair, total, block):
            message += f" With {pair.share} the percentages of its list total exactly 100."
        severity = NOTE if way.is_custom else ""
    else:
        head = head if pair.count <= total else f"{pair.count} of {total} is more than the whole"
        message = f"{head}, but {pair.share} % is printed; {_what_fits(pair, total)} (N = {total}: {proof.reason})."
    printed, expected = f"{pair.count} ({pair.share})", f"{pair.count} ({prints})"
    return Outcome(verdict, (pair.n, pair.pct), message, arithmetic, printed, expected, severity)


def _with_their_like(tested: Sequence[tuple[Pair, Outcome]]) -> Iterator[Outcome]:
    """The outcomes in their order; those rounded wrongly say how many of their table are too."""
    counts = Counter(pair.n.table_id for pair, o in tested if o.verdict == "rounding" and not o.severity)
    for pair, outcome in tested:
        alike = counts[pair.n.table_id] - 1
        is_habit = outcome.verdict == "rounding" and not outcome.severity and alike >= MIN_ALIKE
        more = f" {alike} more percentages of {pair.n.table_id} are not rounded in the ordinary way either."
        yield replace(outcome, message=outcome.message + more) if is_habit else outcome


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


def _other_explanation(pair: Pair, proof: Proof, denominators: Denominators, own_rows: set[tuple[str, int]]) -> str:
    """Why a pair that does not fit may still be right, as half a sentence, or ""."""
    block = denominators.by_block[pair.cell.block]
    total = max(proof.totals)
    failing = [p for p in block if not p.fits(total)]
    if not proof.is_of_row and len(failing) > 1 and len(failing) * 2 > len(block):
        return f"most rows of its group do not fit N = {total} either, so the group may have its own N"
    if whole := _whole_of_row(pair, denominators):
        return f"the cells of its row add up to {whole}, of which they are shares"
    if (pair.n.table_id, pair.n.row) in own_rows and _own_totals(pair, total, is_loose=True):
        return "several columns of its row fit only fewer patients, so the row may have its own N"
    if not _own_totals(pair, total):
        return ""
    if SUBSET.search(pair.n.stub_path):
        return f"its label names a subset, whose N may be smaller than {total}"
    if NOTE_SIGN.search(pair.n.stub_path) or _may_have_n_of_note(pair, total, denominators):
        return "a note hangs on it, which may give it its own N"
    if len(block) == 1 and pair.n.group and not _row_is_of_all(pair, denominators):
        return "it is the only row of its group, which may have its own N"
    return ""


def _whole_of_row(pair: Pair, denominators: Denominators) -> int:
    """What the counts of a row add up to where all of its percentages are shares of that; 0 where they are not."""
    place = (pair.n.table_id, pair.n.row)
    row = [p for p in denominators.pairs if (p.n.table_id, p.n.row) == place]
    whole = sum(p.count for p in row)
    return whole if len(row) > 1 and whole and all(p.fits(whole) for p in row) else 0


def _may_have_n_of_note(pair: Pair, total: int, denominators: Denominators) -> bool:
    """Whether a note hangs on a pair that may give it an N: not one that hangs on others too, which fit without it."""
    marks = _marks_of(pair)
    alike = [p for p in denominators.by_column[pair.cell.column] if p is not pair and _marks_of(p) == marks]
    return bool(marks) and not (len(alike) >= MIN_OTHERS_PRINTED and all(p.fits(total) for p in alike))


def _marks_of(pair: Pair) -> str:
    return pair.n.marks.strip() or pair.pct.marks.strip()


def _row_is_of_all(pair: Pair, denominators: Denominators) -> bool:
    """Whether the other columns of the row, one or more, are shares of the N over them: then the row has no own N."""
    place = (pair.n.table_id, pair.n.row)
    beside = [p for p in denominators.pairs if (p.n.table_id, p.n.row) == place and p.n.col != pair.n.col]
    return bool(beside) and all((total := declared(p)) and p.fits(total) for p in beside)


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
        assumptions="N is printed beside the count or explains nearly all other pairs of the table or column; in a "
        "sentence its words name the N (“of the 166 …”, “1303 were enrolled and …”) or the other pairs prove it. Rows "
        "that a note, a label or their group may give an N of their own are not judged. Estimates (Kaplan–Meier, "
        "adjusted, weighted) are not judged. Customs of printing are notes: an exact half rounded down, the smallest "
        "share for 0.0.",
        literature="Brown & Heathers 2017 (GRIM); R package scrutiny (rounding procedures)",
        example="6 (11.7) of N = 51: 6/51 = 11.765 % prints 11.8; 11.7 is cut off instead of rounded.",
    ),
)
