"""Observations → the evidence table: one line per printed place that states an outcome of an arm, as a reviewer would
copy it.

Comes in: the observations of all studies. Goes out: one line per (study_id, arm, population, timepoint, variable) and
place, with each statistic in its own column; "" where nothing was printed. Nothing is computed, chosen or pooled here.
Left out, and found in observations.csv: values of single patients, categories of a variable, parts of an arm,
events of one grade or kind, and the text, whose numbers are not bound to their subject surely enough to be copied.
"""

from __future__ import annotations

import pandas as pd

from schemas.evidence_frame import Evidence
from schemas.frames import STATISTICS, empty_frame

KEY = ("study_id", "arm", "population", "timepoint", "variable")
PLACE = ("table_id", "row", "col", "stub_path")
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
    rows = [_line(group) for _, group in known.groupby([*KEY, *PLACE], sort=True)]
    if not rows:
        return empty_frame(Evidence)
    return Evidence.validate(pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS), dtype=str), lazy=True)


def _line(group: pd.DataFrame) -> dict[str, str]:
    """One line: the statistics of one cell."""
    first = group.iloc[0]
    line = {name: str(first[name]) for name in (*KEY, "denominator", "table_id", "stub_path", "page")}
    for row in group.to_dict("records"):
        statistic = str(row["statistic"])
        if statistic in STATISTIC_COLUMNS and row["value"] and statistic not in line:
            line[statistic] = f"{row['comparator']}{row['value']}"
    line["unit"] = next((str(u) for u in group["unit"] if u not in ("", "%")), "")
    line["missing"] = next((str(m) for m in group["missing"] if m), "")
    return {name: line.get(name, "") for name in EVIDENCE_COLUMNS}
