"""individual.listed and individual.code: the list of patients itself.

Comes in: a Study. Goes out: whether as many patients are listed as the head or caption of their table says, in an
unbroken order; whether every cell of a row of codes (Y/N, M/F) holds one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditable.blocks import Observation, Study
from auditable.checks.roster import Roster, Trait, find_rosters, is_missing
from auditable.checks.rule import Outcome, Rule
from auditable.printed_sizes import size_in

CODE_PAIRS = (("Y", "N"), ("YES", "NO"), ("M", "F"), ("MALE", "FEMALE"), ("+", "-"))
OTHER_CODES = frozenset(code for pair in CODE_PAIRS for code in pair)
MIN_CODED = 3
"""Cells with a code that a row needs before another one in it is odd."""


def test_listed(study: Study) -> Iterator[Outcome]:
    """One outcome for each table of single patients whose head or caption tells how many there are."""
    for roster in find_rosters(study):
        for table_id in roster.table_ids:
            traits = [t for t in roster.traits if t.first.table_id == table_id]
            patients = list(dict.fromkeys(p for t in traits for p in t.values))
            yield from _test_size(table_id, traits, patients, study)
        yield from _test_order(roster)


def _test_size(table_id: str, traits: Sequence[Trait], patients: Sequence[str], study: Study) -> Iterator[Outcome]:
    first = traits[0].first
    in_head = size_in(first.spanner_path)
    captions = [
        o
        for o in study.observations
        if o.source == "caption" and o.section == table_id.replace("T", "Table ") and o.statistic == "n"
    ]
    captions = [o for o in captions if o.whole and o.unit == "patients" and not o.denominator]
    sizes = [(in_head, first)] if in_head else []
    sizes += [(o.whole, o) for o in captions if o.whole] if len(captions) == 1 else []
    for size, where in sizes:
        arithmetic = f"{len(patients)} patients: {', '.join(patients)}"
        if size == len(patients):
            message = f"{table_id} lists as many patients as it says."
            yield Outcome("consistent", (where,), message, arithmetic, str(size), str(len(patients)))
        else:
            message = f"{table_id} says it lists {size} patients, but {len(patients)} are listed."
            yield Outcome("impossible", (where, first), message, arithmetic, str(size), str(len(patients)))


def _test_order(roster: Roster) -> Iterator[Outcome]:
    """One outcome where patients are numbered: none is left out between the first and the last."""
    if not all(p.isdecimal() for p in roster.patients):
        return
    numbers = sorted(int(p) for p in roster.patients)
    gaps = [n for n in range(numbers[0], numbers[-1]) if n not in numbers]
    first = roster.traits[0].first
    if gaps and len(gaps) == 1 and numbers[0] == 1:
        message = f"Patients are numbered 1 to {numbers[-1]}, but no patient {gaps[0]} is listed."
        shown = ", ".join(roster.patients)
        yield Outcome("not testable", (first,), message, shown, shown, f"1 to {numbers[-1]}")


def test_codes(study: Study) -> Iterator[Outcome]:
    """One outcome for each row of codes: consistent, or one for each cell with a code of another row."""
    for roster in find_rosters(study):
        for trait in roster.traits:
            cells = [
                (p, o) for p, found in trait.values.items() for o in found if len(found) == 1 and not is_missing(o)
            ]
            for pair in CODE_PAIRS:
                yield from _test_pair(trait, pair, cells)


def _test_pair(trait: Trait, pair: tuple[str, str], cells: Sequence[tuple[str, Observation]]) -> Iterator[Outcome]:
    coded = [o for _, o in cells if o.value.upper() in pair]
    if len(coded) < MIN_CODED or not _announces(trait, pair):
        return
    odd = [(p, o) for p, o in cells if o.value.upper() in OTHER_CODES - set(pair) or o.number is not None]
    codes = " or ".join(pair)
    if not odd:
        message = f"Every patient's code in {trait.label} is {codes}."
        yield Outcome("consistent", tuple(coded), message, f"{len(coded)} of {len(coded)}", str(len(coded)), codes)
    for patient, o in odd:
        message = f"{trait.label} is told as {codes}, but {o.value} is printed for patient {patient}."
        yield Outcome("impossible", (o, *coded), message, f"{o.value} is not {codes}", o.value, codes)


def _announces(trait: Trait, pair: tuple[str, str]) -> bool:
    """Whether the label names the codes, or all other cells of the row show them."""
    label = trait.label.upper()
    in_label = any(f"({a}{s}{b})" in label for a, b in (pair, pair[::-1]) for s in ("/", " / ", ", "))
    shown = [o.value.upper() for o in trait.observations if not is_missing(o)]
    return in_label or (
        len(shown) > MIN_CODED and sum(v in pair for v in shown) >= len(shown) - 1 and set(pair) <= set(shown)
    )


RULES = (
    Rule(
        id="individual.listed",
        claim="A table lists as many patients as its head or caption says.",
        severity="error",
        function=test_listed,
        assumptions="The number stands in the head over all patients, or is the only number of patients in the "
        "caption.",
        literature="CONSORT 2010, item 13 (participant flow)",
        example="“Five patients” in the caption; rows 1 to 6.",
    ),
    Rule(
        id="individual.code",
        claim="A row of codes such as yes and no, or M and F, holds no other code.",
        severity="error",
        function=test_codes,
        assumptions="The label names the two codes, or all other patients of the row have one of them; words beyond "
        "the codes are allowed.",
        literature="INSPECT-SR check 4 (internal consistency)",
        example="Anaemia (Y/N): Y, Y, M, N.",
    ),
)
