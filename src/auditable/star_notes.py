"""Stars and other marks that stand for a p value: "* p < 0.05" beneath a table → the p of every cell marked so.

Comes in: the notes of a table, the marks of a cell. Goes out: a p value as a bound, told by the note. Where the marks
stand is marks.py's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditable.model import Note
from auditable.printed_forms import MARKS
from auditable.printed_text import POINT, tidy
from auditable.settled import Settled, Statistic
from auditable.values import Amount, read_amount

_MARK = rf"(?P<mark>[{MARKS}]{{1,4}}|(?<![\w.])[a-z])"
_THRESHOLD = re.compile(
    rf"{_MARK}\s?[:=]?\s?[(]?(?:(?:statistically\s)?significant(?:ly\sdifferent)?,?\s(?:at\s|with\s)?(?:the\s)?)?"
    r"p(?:[\s-]value)?\s?(?P<p>[<≤=]\s?0?[.·,]\d+)",
    re.IGNORECASE,
)


def read_thresholds(notes: Sequence[Note]) -> dict[str, Amount]:
    """Mark → the p value its note gives: "* p < 0.05, ** p < 0.01" gives two."""
    found: dict[str, Amount] = {}
    for note in notes:
        text = tidy(f"{note.mark} {note.text}")
        for match in _THRESHOLD.finditer(text):
            amount = read_amount(match["p"].lstrip("= ").replace(" ", "").replace(",", "."), POINT)
            found.setdefault(match["mark"], amount)
    return found


def with_threshold(settled: Settled, marks: Sequence[str], thresholds: dict[str, Amount]) -> Settled:
    """The statistics of a cell and the p value its mark stands for; a cell that prints its own p keeps that alone."""
    amount = next((thresholds[m] for m in marks if m in thresholds), None)
    if amount is None or not settled.statistics or any(s.name in ("p", "text", "missing") for s in settled.statistics):
        return settled
    return replace(settled, statistics=(*settled.statistics, Statistic("p", amount, "note")))
