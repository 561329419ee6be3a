"""Which labels over columns name what is given to, or done with, patients: a drug, a procedure, a substance.

Comes in: the roles of one level of the boxhead, each label seen alone. Goes out: the same level, with such labels taken
for mere names. A word such as "Aspirin", "CABG" or "Vitamin D" heads an arm as often as it names a quantity:
its neighbours and the rows tell. That names over columns are arms is left to arms.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from auditable.cells import PlacedCell
from auditable.codebook import load_codebook
from auditable.label_roles import ARM, MEASURE, NAME, PART, Role, role_of
from auditable.labels import label_words
from auditable.table_types import TableType
from auditable.units import find_unit
from auditable.wording import read_wordings

_STEMS = re.compile(
    r"\b\w+(?:therapy|ectomy|plasty|otomy|ostomy|grafting|transplantation|dialysis|supplements?|supplementation|diet"
    r"|rehabilitation|counsel+ing|yoga|massage|acupuncture|infusion|injection|implant|stent(?:ing)?|bypass"
    r"|ablation|stimulation)\b"
    r"|\b(?:diet|yoga|massage|acupuncture|bypass|stent(?:ing)?|ablation|training|counsel+ing|coaching|education"
    r"|therapy|treatment|programme?|surgery|repair|replacement|resection|injection|infusion|tablets?|capsules?)$",
    re.IGNORECASE,
)


def free_treatments(level: Sequence[Role | None], kind: TableType, placed: Sequence[PlacedCell]) -> list[Role | None]:
    """The level with what can be given to patients taken for a mere name, where its neighbours are no quantities.

    "Vitamin D" beside "Placebo" is an arm, beside "Creatinine" a laboratory value; where all can be given, rows that
    say what they measure leave nothing else for the columns to be.
    """
    others = [r for r in dict.fromkeys(level) if r and r.kind in (ARM, NAME, PART, MEASURE)]
    given = [r for r in others if r.kind in (PART, MEASURE) and not r.size and _is_given(r)]
    rest = [r for r in others if r not in given]
    named = any(r.kind == ARM or (r.kind == NAME and (r.size or _is_given(r) or not _is_known(r))) for r in rest)
    if any(r.kind == MEASURE for r in rest) or not (
        named or (len(given) > 1 and (kind.variable or _rows_measure(placed)))
    ):
        return list(level)
    return [replace(r, kind=NAME) if r in given and r else r for r in level]


def _is_given(role: Role) -> bool:
    """Whether a label is nothing but the name of a treatment, perhaps with the way its patients are counted."""
    counts = all(
        w.centre in ("n", "pct", "") and w.spread in ("n", "pct", "total", "") for w in read_wordings(role.label)
    )
    return can_be_given(role.name) and counts and find_unit(role.label) in ("", "%")


def _is_known(role: Role) -> bool:
    return bool(load_codebook().name_label(role.name))


def _rows_measure(placed: Sequence[PlacedCell]) -> bool:
    """Whether a third of the rows or more say of what they are the mean, or in which unit."""
    labels = {p.row.path[-1] for p in placed if p.row.path}
    sure = [x for x in labels if role_of(x).kind == MEASURE and (read_wordings(x) or find_unit(x))]
    return bool(labels) and len(sure) * 3 >= len(labels)


def can_be_given(name: str) -> bool:
    """Whether a name is one of a drug, a procedure, a substance or a programme."""
    key = label_words(name)
    return bool(key) and (key in _names() or bool(_STEMS.search(name)))


@cache
def _names() -> frozenset[str]:
    """All names of such things that the codebook knows, as label_words prints them."""
    entries = [v for v in load_codebook().variables.values() if v.is_given]
    listed = [label for v in entries for label in v.labels]
    return frozenset([*listed, *(x for v in entries for forms in v.categories.values() for x in forms)])
