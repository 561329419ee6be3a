"""Small frames for tests: one observation, gold row, cell or finding with everything set, to be changed by name."""

from functools import cache

import pandas as pd
from pandera.pandas import DataFrameModel

from schemas.frames import Cells, Findings, Gold, Matches, Observations, Rejected, empty_frame

NAN = float("nan")
_BOX = {"x0_pt": 100.0, "top_pt": 100.0, "x1_pt": 140.0, "bottom_pt": 110.0}
_OBSERVATION = {
    "observation_id": "", "study_id": "smith2021", "source": "table", "table_id": "T1", "table_type": "baseline",
    "row": 0, "col": 0, "stub_path": "Age > Median", "spanner_path": "All (N = 32)", "section": "", "arm": "",
    "arm_from": "", "population": "", "timepoint": "", "variable": "", "category": "", "subgroup": "", "patient": "",
    "grade": "", "event_kind": "", "speaks_of": "this study", "reference": "", "subject": "", "statistic": "median",
    "statistic_from": "row label", "value": "70.5", "decimals": 1, "comparator": "", "unit": "years", "missing": "",
    "denominator": "", "denominator_proof": "", "raw_text": "70.5", "quote": "", "start": -1, "end": -1, "marks": "",
    "page": 1, **_BOX, "reader": "pdfplumber", "agreement": "same", "second_text": "70.5", "ocr_confidence": NAN,
}  # fmt: skip
_GOLD = {
    "table_id": "T1", "stub_path": "Age > Median", "spanner_path": "All (N = 32)", "statistic": "median",
    "value": "70.5", "unit": "years", "marks": "", "raw_text": "70.5", "keyed_by": "A+B",
}  # fmt: skip
_CELL = {
    "study_id": "smith2021", "table_id": "T1", "table_label": "Table 1", "table_type": "baseline", "row": 0, "col": 0,
    "row_kind": "data", "stub_path": "Age > Median", "spanner_path": "All (N = 32)", "text": "70.5", "marks": "",
    "page": 1, **_BOX, "reader": "pdfplumber", "second_text": "70.5", "agreement": "same", "decided_by": "",
    "ocr_confidence": NAN,
}  # fmt: skip
_FINDING = {
    "finding_id": "F-1", "study_id": "smith2021", "rule": "percent.of_n", "verdict": "impossible", "severity": "error",
    "message": "8 of 32 is 25.0 %, but 26.0 % is printed.", "arithmetic": "100 · 8 / 32 = 25.0", "printed": "26.0",
    "expected": "25.0", "observation_ids": "o0", "table_id": "T1", "stub_path": "Age > Median",
    "spanner_path": "All (N = 32)", "page": 1, **_BOX, "readers_agree": "yes", "places": "",
}  # fmt: skip
_REJECTED = {
    "study_id": "smith2021", "source": "table", "table_id": "T1", "row": 3, "col": 0, "raw_text": "see text",
    "start": -1, "reason": "no number in it", "page": 1,
}  # fmt: skip


def observations(*changes: dict) -> pd.DataFrame:
    """One observation per dict of changes; ids o0, o1 …"""
    return _rows(Observations, [{**_OBSERVATION, "observation_id": f"o{i}", **c} for i, c in enumerate(changes)])


def gold(*changes: dict) -> pd.DataFrame:
    """One gold row per dict of changes; lines 2, 3 …"""
    return _rows(Gold, [{"gold_line": i + 2, **_GOLD, **c} for i, c in enumerate(changes)])


def cells(*changes: dict) -> pd.DataFrame:
    """One cell per dict of changes."""
    return _rows(Cells, [{**_CELL, **c} for c in changes])


def findings(*changes: dict) -> pd.DataFrame:
    """One finding per dict of changes."""
    return _rows(Findings, [{**_FINDING, **c} for c in changes])


def rejected(*changes: dict) -> pd.DataFrame:
    """One rejected text per dict of changes."""
    return _rows(Rejected, [{**_REJECTED, **c} for c in changes])


def no_matches() -> pd.DataFrame:
    """What reconciliation gives without a gold record."""
    return empty_frame(Matches)


def _rows(model: type[DataFrameModel], rows: list[dict]) -> pd.DataFrame:
    """The rows with the types of the model; whether they are valid is for the code under test to say."""
    types = _types(model)
    return pd.DataFrame(rows, columns=list(types)).astype(types)


@cache
def _types(model: type[DataFrameModel]) -> dict[str, object]:
    return dict(empty_frame(model).dtypes)
