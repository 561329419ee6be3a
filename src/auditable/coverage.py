"""The Coverage frame → lines to read: per part of a paper how many numbers are printed, and what became of them.

Comes in: the Coverage frame of accounting.py. Goes out: PartCoverage lines and reasons. How they are shown is left to
the report and the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from auditable.accounting import LEFT_OUT, OBSERVED, ORDER, UNACCOUNTED
from auditable.listing import table_order
from auditable.model import AuditableError

WHOLE = "whole paper"


@dataclass(frozen=True, slots=True)
class PartCoverage:
    """The counts of one part of a paper, or of all of it: known are observed with a known variable."""

    part: str
    printed: int
    observed: int
    known: int
    left_out: int
    unaccounted: int


def sum_coverage(coverage: pd.DataFrame) -> list[PartCoverage]:
    """One line per part, tables first in their order, then the text from abstract to notes; the last is the whole
    paper.
    """
    parts = sorted(
        set(coverage["part"]), key=lambda p: (p in ORDER, ORDER.index(p) if p in ORDER else 0, table_order(p))
    )
    return [*(_sum(p, coverage[coverage["part"] == p]) for p in parts), _sum(WHOLE, coverage)]


def pick_part(coverage: pd.DataFrame, part: str = "") -> pd.DataFrame:
    """The rows of one table or part of the text, all when none is named; raises AuditableError for another."""
    own = coverage[coverage["part"].str.upper() == part.upper()] if part else coverage
    if part and own.empty:
        raise AuditableError(
            "No number is printed in a part of that name.",
            expected=f"one of {', '.join(sorted(set(coverage['part']), key=table_order)) or 'none'}",
            found=part,
        )
    return own


def sum_reasons(coverage: pd.DataFrame) -> list[tuple[str, int]]:
    """Why numbers were left out and how many each, the most frequent first."""
    left_out = coverage[coverage["outcome"] == LEFT_OUT]
    counts = left_out.groupby("reason")["n_numbers"].sum()
    return sorted(((str(r), int(n)) for r, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))


def _sum(part: str, own: pd.DataFrame) -> PartCoverage:
    by_fate = own.groupby("outcome")["n_numbers"].sum().to_dict()
    fates = [int(by_fate.get(fate, 0)) for fate in (OBSERVED, LEFT_OUT, UNACCOUNTED)]
    return PartCoverage(part, sum(fates), fates[0], int(own["n_known"].sum()), *fates[1:])
