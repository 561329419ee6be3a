"""Observations → the evidence table: one line per printed place that states an outcome of an arm, as a reviewer would
copy it.

Comes in: the observations of all studies. Goes out: one line per (study_id, arm, population, timepoint, variable) and
place, with each statistic in its own column; "" where nothing was printed. Nothing is computed, chosen or pooled here.
Left out, and found in observations.csv: values of single patients, categories of a variable, parts of an arm,
events of one grade or kind, and the text, whose numbers are not bound to their subject surely enough to be copied.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import pandas as pd

from schemas.evidence_frame import Evidence
from schemas.frames import STATISTICS, empty_frame

KEY = ("study_id", "arm", "population", "timepoint", "variable")
PLACE = ("table_id", "row", "col", "stub_path")
SHOWN = ("denominator", "page", "statistic", "value", "comparator", "unit", "missing")
EVIDENCE_COLUMNS = tuple(Evidence.to_schema().columns)
STATISTIC_COLUMNS = tuple(c for c in EVIDENCE_COLUMNS if c in STATISTICS and c != "missing")


NO_MAIN_LINE = ("category", "subgroup", "grade", "event_kind", "patient")
"""Fields that make of a number less than the result of an arm."""


def build_evidence(observations: pd.DataFrame) -> pd.DataFrame:
    """The evidence table, sorted by study, variable and place."""
    known = observations[
        (observations["variable"] != "")
        & (observations[list(NO_MAIN_LINE)] == "").all(axis=1)
        & (observations["source"] == "table")
        & (observations["table_type"] != "individual")
    ]
    order = [*KEY, *PLACE]
    printed = known[[*order, *SHOWN]].sort_values(order, kind="stable").to_dict("records")
    rows = [_line(list(cell)) for _, cell in groupby(printed, key=itemgetter(*order))]
    if not rows:
        return empty_frame(Evidence)
    return Evidence.validate(pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS), dtype=str), lazy=True)


def _line(cell: Sequence[Mapping[Hashable, object]]) -> dict[str, str]:
    """One line: the statistics of one cell."""
    line = {name: str(cell[0][name]) for name in (*KEY, "denominator", "table_id", "stub_path", "page")}
    for row in cell:
        statistic = str(row["statistic"])
        if statistic in STATISTIC_COLUMNS and row["value"] and statistic not in line:
            line[statistic] = f"{row['comparator']}{row['value']}"
    line["unit"] = next((str(row["unit"]) for row in cell if row["unit"] not in ("", "%")), "")
    line["missing"] = next((str(row["missing"]) for row in cell if row["missing"]), "")
    return {name: line.get(name, "") for name in EVIDENCE_COLUMNS}
