"""Observations → the evidence table: one line per printed place that states an outcome of an arm, as a reviewer would
copy it.

Comes in: the observations of all studies. Goes out: one line per (study_id, arm, population, timepoint, variable) and
place, with each statistic in its own column; "" where nothing was printed. Nothing is computed, chosen or pooled here.
Left out, and found in observations.csv: values of single patients, categories of a variable, and the text, whose
numbers are not bound to their subject surely enough to be copied.
"""

from __future__ import annotations

import pandas as pd

STATISTIC_COLUMNS = (
    "n", "pct", "median", "mean", "sd", "min", "max", "q1", "q3", "ci_low", "ci_high", "hr", "or", "rr", "p", "rate",
    "events", "total", "value",
)  # fmt: skip
KEY = ("study_id", "arm", "population", "timepoint", "variable")
PLACE = ("table_id", "row", "col", "stub_path")
EVIDENCE_COLUMNS = (*KEY, *STATISTIC_COLUMNS, "unit", "missing", "denominator", "table_id", "stub_path", "page")


def build_evidence(observations: pd.DataFrame) -> pd.DataFrame:
    """The evidence table, sorted by study, variable and place."""
    known = observations[
        (observations["variable"] != "")
        & (observations["category"] == "")
        & (observations["source"] == "table")
        & (observations["table_type"] != "individual")
    ]
    rows = [_line(group) for _, group in known.groupby([*KEY, *PLACE], sort=True)]
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS), dtype=str)


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
