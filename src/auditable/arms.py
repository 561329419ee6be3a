"""Whose numbers a column holds: arm, patient, time point and population, from the labels over it.

Comes in: a placed cell and the type of its table. Goes out: printed names, "" where none is printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditable.cells import PlacedCell
from auditable.group_sizes import size_in
from auditable.model import PATH_SEPARATOR, Table
from auditable.printed_text import tidy
from auditable.table_types import TableType
from auditable.tables.individual import has_patient_rows, is_patient_label
from auditable.wording import read_wordings, strip_wording

_CITATION = re.compile(r"\s*\[\s*\d[\d,\s–-]*\]")
_LEFT_OVER = re.compile(r"\s*[*†‡§¶#]+|\s+(?:or|and)$")
_EMPTY_BRACKETS = re.compile(r"\s*[(\[]\s*[)\]]")
_GRADE = re.compile(
    r"\b(?:any|all)\s+grades?\b|\bgrades?\b|\bserious\b|\bAEs?\b|\badverse\b|\bevents?\b|\brelated\b", re.IGNORECASE
)
_TIME = re.compile(
    r"\b(?P<n>\d+(?:\.\d+)?)[-\s](?P<unit>day|week|month|year)\b(?!s)|\bat\s+(?P<n2>\d+(?:\.\d+)?)\s*(?P<unit2>day|week|month|year)s?\b"
    r"|\b(?P<unit3>day|week|month|year|cycle|visit)\s(?P<n3>\d+)\b",
    re.IGNORECASE,
)
_NAMED_TIME = re.compile(
    r"^(?:at\s)?(?P<name>baseline|screening|enrol+ment|diagnosis|discharge|end of treatment|follow-up)\b", re.IGNORECASE
)


def name_arm(kind: TableType, placed: PlacedCell) -> str:
    """The arm a column belongs to, spanners first, without N, citations and words on statistics; "" when no label
    names one.

    Labels that carry an N name an arm, with the spanners over them. Without any N every label does that is no wording,
    measure or grade.
    """
    labels = list(placed.boxhead)
    if any(w.centre == "p" for w in read_wordings(labels[-1])) if labels else True:
        return ""
    sized = [i for i, label in enumerate(labels) if size_in(label)]
    if sized:
        named = labels[: sized[-1] + 1]
    elif kind.name in ("individual", "subgroup", "flow"):
        named = []
    else:
        named = [x for x in labels if not _GRADE.search(x) and not read_wordings(x)]
    clean = [_clean_arm(x) for x in named]
    return PATH_SEPARATOR.join(x for x in clean if x)


def _clean_arm(label: str) -> str:
    text = _EMPTY_BRACKETS.sub("", strip_wording(_CITATION.sub("", label)))
    return _LEFT_OVER.sub("", text).strip(" ,;:—–-")


def patient_of(kind: TableType, table: Table, placed: PlacedCell) -> str:
    """The patient a cell speaks of in a table of single patients, as its label prints it."""
    if kind.name != "individual":
        return ""
    if has_patient_rows(table):
        return placed.row.path[-1] if placed.row.path else ""
    return placed.boxhead[-1] if placed.boxhead and is_patient_label(placed.boxhead[-1]) else ""


def name_timepoint(placed: PlacedCell) -> str:
    """The time point a label names: "12-month PFS" → "12 months", "Week 24", "Baseline"; "" when none is named."""
    for label in (*reversed(placed.spanner), *reversed(placed.row.path)):
        found = _timepoint(tidy(label))
        if found:
            return found
    return ""


def _timepoint(label: str) -> str:
    match = _TIME.search(label)
    if match:
        if match["unit3"]:
            return f"{match['unit3'].casefold()} {match['n3']}"
        number, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"]).casefold()
        return f"{number} {unit}{'' if number == '1' else 's'}"
    named = _NAMED_TIME.match(label)
    return named["name"].casefold() if named else ""


_POPULATIONS = (
    ("intention to treat", re.compile(r"\bintent(?:ion)?[\s-]to[\s-]treat\b|\bm?ITT\b", re.IGNORECASE)),
    ("safety", re.compile(r"\bsafety (?:population|set|analysis)\b", re.IGNORECASE)),
    ("per protocol", re.compile(r"\bper[\s-]protocol\b", re.IGNORECASE)),
    ("all treated", re.compile(r"\ball[\s-]treated\b", re.IGNORECASE)),
    ("response evaluable", re.compile(r"\b(?:response|efficacy)[\s-]evaluable\b", re.IGNORECASE)),
    ("all randomised", re.compile(r"\ball[\s-]randomi[sz]ed\b", re.IGNORECASE)),
)


def find_population(texts: Sequence[str]) -> str:
    """The analysis population that caption or heads name, "" when none or several are named."""
    found = {name for name, pattern in _POPULATIONS for text in texts if pattern.search(text)}
    return found.pop() if len(found) == 1 else ""
