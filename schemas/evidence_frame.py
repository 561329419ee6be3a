"""The pandera model of the evidence table: one line per printed cell that states a result of a whole arm.

Imports the common ground of the other models, and nothing of ours.
"""

import pandera.pandas as pa
from pandera.typing import Series

from schemas.frames import Frame


class Evidence(Frame):
    """One printed cell that states a result of a whole arm; several cells may state the same one.

    Each statistic has its own column, as printed with its comparator; "" where nothing was printed.
    """

    study_id: Series[str]
    arm: Series[str]
    population: Series[str]
    timepoint: Series[str]
    variable: Series[str] = pa.Field(str_length={"min_value": 1})
    n: Series[str]
    pct: Series[str]
    median: Series[str]
    mean: Series[str]
    sd: Series[str]
    min: Series[str]
    max: Series[str]
    q1: Series[str]
    q3: Series[str]
    ci_low: Series[str]
    ci_high: Series[str]
    hr: Series[str]
    or_: Series[str] = pa.Field(alias="or")
    rr: Series[str]
    p: Series[str]
    rate: Series[str]
    events: Series[str]
    total: Series[str]
    value: Series[str]
    unit: Series[str]
    missing: Series[str]
    denominator: Series[str]
    table_id: Series[str]
    stub_path: Series[str]
    page: Series[str]
