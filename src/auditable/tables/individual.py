"""One patient per column or per row: cells are values of that patient, not statistics of a group."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.printed_text import missing_kind
from auditable.row_kinds import RowKinds
from auditable.table_types import TableType
from auditable.values import parse_cell

_PATIENT = re.compile(
    r"^(?:(?:patient|pt|case|subject|participant|upn|no|nr|id|p|#)\.?\s?(?:no\.?|nr\.?|id|#)?\s?[-#]?\s?)?"
    r"(?:\d{1,3}|[ivx]{1,5}|[a-moq-z]|[a-z]{1,3}-?\d{1,4}|\d{1,3}[-/]\d{1,4})(?:[.)])?(?:\s?\([^)]*\))?$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^(?:patient|pt|case|subject|participant|upn)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:no|nr|n[o°º]|id|#|initials)?\.?$", re.IGNORECASE)
_AGE = re.compile(r"^age\b", re.IGNORECASE)
_SEX = re.compile(r"^(?:sex|gender)\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:authors?|refs?|references?|study|studies|publication|published|journal)\b", re.IGNORECASE
)
"""Columns of a table whose rows are cases, or studies, of other papers."""
_ONE_SEX = re.compile(r"^(?:[MF♂♀]|male|female|man|woman|boy|girl)$", re.IGNORECASE)
MIN_NUMBERED = 3
MIN_PATIENTS = 2
"""Fewer columns or rows that name one patient each are no table of single patients."""
MOSTLY = 0.5
TEXT_SHARE = 0.15
"""Share of words such as "Y", "IgA" among the cells from which numbered columns are taken for patients."""


def is_patient_label(label: str) -> bool:
    """Whether a label numbers one patient: "I", "Patient 3", "Case 2 (relapse)"."""
    return bool(_PATIENT.match(label.strip()))


def has_patient_columns(table: Table) -> bool:
    """Whether every body column is one patient."""
    labels = [(table.column_path(c) or ("",))[-1] for c in range(table.n_columns)]
    return len(labels) >= MIN_PATIENTS and all(map(is_patient_label, labels)) and len(set(labels)) == len(labels)


def has_patient_rows(table: Table) -> bool:
    """Whether every data row is one patient."""
    labels = [r.path[-1] for r in table.rows if r.kind == "data" and r.path]
    groups = {r.path[0] for r in table.rows if len(r.path) > 1}
    named = (
        bool(_NAMED.match(table.stub_head))
        or any(map(_NAMED.match, groups))
        or sum(bool(_NAMED.match(x)) for x in labels) >= MIN_PATIENTS
    )
    named = named or _are_numbered_people(table, labels)
    return (
        named and len(labels) >= MIN_PATIENTS and all(map(is_patient_label, labels)) and len(set(labels)) == len(labels)
    )


def _are_numbered_people(table: Table, labels: list[str]) -> bool:
    """Whether rows without the word "patient" are numbered from 1 and each has one age and one sex of its own."""
    heads = [(table.column_path(c) or ("",))[-1] for c in range(table.n_columns)]
    numbers = [str(i + 1) for i in range(len(labels))]
    if len(labels) < MIN_NUMBERED or [x.strip(" .)#") for x in labels] != numbers or any(map(_PUBLISHED.search, heads)):
        return False
    ages, sexes = ([c for c, head in enumerate(heads) if name.search(head)] for name in (_AGE, _SEX))
    if not _NUMBERED.match(table.stub_head.strip()) or len(ages) != 1 or len(sexes) != 1:
        return False
    rows = [[c.text.strip() for c in r.cells] for r in table.rows if r.kind == "data" and r.path]
    return all(len(row) > max(*ages, *sexes) and _ONE_SEX.match(row[sexes[0]]) for row in rows) and all(
        (read := parse_cell(row[ages[0]])) and read[0].form == "single" for row in rows
    )


def _text_share(table: Table) -> float:
    filled = [c.text for r in table.rows if r.kind == "data" for c in r.cells if c.text and not missing_kind(c.text)]
    words = [t for t in filled if not parse_cell(t)]
    return len(words) / len(filled) if filled else 0.0


def _score(table: Table, kinds: RowKinds) -> int:
    if has_patient_rows(table):
        return 95
    if not has_patient_columns(table):
        return 0
    named = any(_NAMED.match(label) for c in range(table.n_columns) for label in table.column_path(c))
    if named or _text_share(table) >= TEXT_SHARE:
        return 95
    # Columns 1, 2, 3 may be grades as well; ages and laboratory values, one number in each cell, are of patients.
    return 92 if kinds.baseline >= MOSTLY and _holds_single_numbers(table) else 0


def _holds_single_numbers(table: Table) -> bool:
    filled = [c.text for r in table.rows if r.kind == "data" for c in r.cells if c.text and not missing_kind(c.text)]
    readings = [parse_cell(t) for t in filled]
    return bool(filled) and all(not r or r[0].form == "single" for r in readings)


TABLE_TYPE = TableType(
    "individual", _score, numbers_are="value", takes_labels=False, statistics=("value", "text", "missing", "bound")
)
