"""Cut-offs of one variable against each other: a table that parts < 70 from ≥ 70, and a sentence on > 70.

Comes in: a Study. Goes out: one outcome per cut-off that a table parts its patients by and a sentence names again:
consistent where the sentence puts the limit itself on the table's side, a question where it puts it on the other.
Doses, counts and other studies are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditable.blocks import Observation, Study
from auditable.checks.rule import Outcome
from auditable.checks.words import plain

SEVERITY = "definition"
SIGNS = {"<": "<", ">=": "≥", "<=": "≤", ">": ">"}
_OTHER = re.compile(r"\bmg\b|\bdose|\bdosage|eligib|enrol|includ|exclu", re.IGNORECASE)
_BOUND = re.compile(r"^(<|≥|>=|≤|<=|>)\s*(\d+(?:\.\d+)?)\b")


def test_cut_offs(study: Study) -> Iterator[Outcome]:
    """Each cut-off of a sentence that a table has too."""
    parted: dict[tuple[str, Fraction], dict[str, Observation]] = {}
    own = [o for o in study.observations if o.variable and o.speaks_of == "this study"]
    for o in own:
        found = _BOUND.match(plain(o.category)) if o.source == "table" else None
        if found:
            sign = {"≥": ">=", "≤": "<="}.get(found[1], found[1])
            parted.setdefault((o.variable, Fraction(found[2])), {}).setdefault(sign, o)
    told = set[tuple[str, Fraction, str]]()
    for o in own:
        if o.source == "prose" and o.statistic == "bound" and o.number and not _OTHER.search(o.quote):
            key = (o.variable, o.number.value)
            rows = parted.get(key, {})
            if len(rows) == 2 and o.comparator in SIGNS and (*key, o.comparator) not in told:
                told.add((*key, o.comparator))
                yield _judge(o, rows)


def _judge(o: Observation, rows: dict[str, Observation]) -> Outcome:
    signs = " and ".join(f"{SIGNS[s]} {o.value}" for s in sorted(rows))
    said = f"{SIGNS[o.comparator]} {o.value}"
    called = o.variable.replace("_", " ")
    row = next(iter(rows.values()))
    if o.comparator in rows:
        message = f"Text and {row.table_id} part {called} in the same way at {o.value}."
        return Outcome("consistent", (o, row), message, f"{said} is one of {signs}", said, signs)
    message = (
        f"{row.table_id} parts {called} into {signs}, the text speaks of {said}: a patient of exactly {o.value} is "
        "on another side. One sign may be another."
    )
    return Outcome("not testable", (o, row), message, f"{said} is none of {signs}", said, signs, SEVERITY)
