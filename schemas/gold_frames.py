"""pandera models of double entry: the keyers' files, and where two of them differ.

Imports nothing of ours but the shared models of frames.py, whose rules hold here too.
"""

import pandera.pandas as pa
from pandera.typing import Series

from schemas.frames import Frame, Gold

GOLD_DIFFERENCE_KINDS = ("value", "statistic", "unit", "label", "marks", "printed text", "only in a", "only in b")


class Keyed(Gold):
    """One statistic of a keyer's file, or of a draft; read only while gold is made, never as truth.

    line_key: an id that stays while values change. is_checked: a person keyed the row or compared it with the page.
    """

    line_key: Series[str] = pa.Field(unique=True)
    is_checked: Series[bool]


class GoldDifferences(Frame):
    """One place each where two keyers' files differ; key difference_id, which changes when either side does.

    kind: the gravest difference; differs: all of them, joined by ", ". a_line, b_line: 0 where that file has no such
    row, and then its other columns are "".
    """

    difference_id: Series[str] = pa.Field(unique=True)
    kind: Series[str] = pa.Field(isin=GOLD_DIFFERENCE_KINDS)
    differs: Series[str]
    table_id: Series[str]
    stub_path: Series[str]
    spanner_path: Series[str]
    a_line: Series[int] = pa.Field(ge=0)
    a_statistic: Series[str]
    a_value: Series[str]
    a_unit: Series[str]
    a_marks: Series[str]
    a_raw_text: Series[str]
    b_line: Series[int] = pa.Field(ge=0)
    b_statistic: Series[str]
    b_value: Series[str]
    b_unit: Series[str]
    b_marks: Series[str]
    b_raw_text: Series[str]
    message: Series[str]
