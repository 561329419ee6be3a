"""Observations → the evidence table: one line per study, arm and outcome, as a reviewer would copy it.

Comes in: the observations of all studies. Goes out: one line per (study_id, arm, population, timepoint, variable) with
each statistic in its own column and the place it was read from; "" where nothing was printed. Tables go before the
text, the first place before later ones. Nothing is computed or pooled here.
"""

from __future__ import annotations

import pandas as pd

STATISTIC_COLUMNS = (
    "n", "pct", "median", "mean", "sd", "min", "max", "q1", "q3", "ci_low", "ci_high", "hr", "or", "rr", "p", "rate",
    "events", "total", "value",
)  # fmt: skip
KEY = ("study_id", "arm", "population", "timepoint", "variable")
EVIDENCE_COLUMNS = (*KEY, *STATISTIC_COLUMNS, "unit", "missing", "denominator", "source", "table_id", "page")


def build_evidence(observations: pd.DataFrame) -> pd.DataFrame:
    """The evidence table, sorted by its key: observations of known variables; their categories are left out."""
    known = observations[(observations["variable"] != "") & (observations["category"] == "")]
    ordered = known.assign(_text=known["source"] != "table").sort_values(
        [*KEY, "_text", "page", "row", "col", "start", "observation_id"], kind="stable"
    )
    rows = [_line(group) for _, group in ordered.groupby(list(KEY), sort=True)]
    return pd.DataFrame(rows, columns=list(EVIDENCE_COLUMNS), dtype=str)


def _line(group: pd.DataFrame) -> dict[str, str]:
    """One line: the statistics of the first printed place only, so that no two places are mixed."""
    first = group.iloc[0]
    place = ["source", "table_id", "page", "row", "col", "quote"]
    same = group[(group[place] == first[place]).all(axis=1)]
    line = {name: str(first[name]) for name in (*KEY, "denominator", "source", "table_id", "page")}
    for row in same.to_dict("records"):
        statistic = str(row["statistic"])
        if statistic in STATISTIC_COLUMNS and row["value"] and statistic not in line:
            line[statistic] = f"{row['comparator']}{row['value']}"
    line["unit"] = next((str(u) for u in same["unit"] if u not in ("", "%")), "")
    line["missing"] = next((str(m) for m in same["missing"] if m), "")
    return {name: line.get(name, "") for name in EVIDENCE_COLUMNS}
