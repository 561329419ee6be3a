"""Adverse events: one event per row, grades, seriousness or arms as columns."""

from __future__ import annotations

import re

from auditable.model import Table
from auditable.table_types import TableType, count_words, words_of

_EVENTS = re.compile(
    r"adverse (?:event|reaction|effect)|\b(?:te|s)?aes?\b|toxicit|side.effect|safety|treatment-emergent"
    r"|complications?\b"
)
_GRADE = re.compile(r"grades?\s?(?:[1-5≥≤<>]|[iv]+\b)|any.grade|all.grades|serious")
_ROWS = (
    "neutropenia",
    "anemia",
    "anaemia",
    "thrombocytopenia",
    "nausea",
    "diarrh",
    "fatigue",
    "headache",
    "infection",
    "pneumonia",
    "disorders",
    "vomiting",
    "pyrexia",
    "rash",
    "bleeding",
    "dizziness",
    "cough",
    "constipation",
)


def _score(table: Table) -> int:
    heads = " ".join(label for level in table.boxhead for label in level).casefold()
    caption = table.caption.casefold()
    return min(
        94,
        50 * bool(_EVENTS.search(caption))
        + 25 * bool(_EVENTS.search(heads))
        + 15 * bool(_GRADE.search(heads))
        + 6 * count_words(words_of(table), _ROWS),
    )


TABLE_TYPE = TableType("adverse events", _score, variable="adverse_event")
