"""pandera model of intake: what a new PDF of a study prints otherwise than the one before."""

import pandera.pandas as pa
from pandera.typing import Series

from schemas.frames import Frame


class ValueChanges(Frame):
    """One number each that another PDF of the same study changed, took away or added.

    Columns of the old file are "" for what was added, those of the new file for what is gone. table_id
    "prose": a number of the text, its stub_path says of what.
    """

    change: Series[str] = pa.Field(isin=("changed", "gone", "added"))
    table_id: Series[str]
    stub_path: Series[str]
    spanner_path: Series[str]
    statistic_before: Series[str]
    value_before: Series[str]
    unit_before: Series[str]
    statistic_now: Series[str]
    value_now: Series[str]
    unit_now: Series[str]
