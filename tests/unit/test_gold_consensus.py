"""What stands in the way of a record is told with the first few lines, and how many more there are."""

from pathlib import Path

import pandas as pd
import pytest

from auditable.gold_compare import GoldComparison, compare_gold
from auditable.gold_consensus import refuse_unchecked
from auditable.gold_record import DRAFT, GoldLine, keyed_frame
from auditable.model import AuditableError

ROW = {
    "table_id": "T1", "spanner_path": "All", "statistic": "n", "value": "8", "unit": "", "marks": "", "raw_text": "8",
}  # fmt: skip
PATHS = [Path("ann.csv"), Path("bob.csv")]


def keyed(*names: str) -> pd.DataFrame:
    rows = [{**ROW, "stub_path": f"Row {k}", "keyed_by": name} for k, name in enumerate(names)]
    return keyed_frame([GoldLine(k, 1, row) for k, row in enumerate(rows, 2)])


def found(n_draft: int) -> GoldComparison:
    return compare_gold(keyed("ann", *[DRAFT] * n_draft), keyed("bob", *["bob"] * n_draft))


@pytest.mark.parametrize(
    ("n_draft", "said"),
    [(1, "line 3"), (3, "line 3, 4, 5"), (4, "line 3, 4, 5 and 1 more"), (6, "line 3, 4, 5 and 3 more")],
)
def test_rows_of_a_draft_are_named_and_counted(n_draft: int, said: str) -> None:
    with pytest.raises(AuditableError) as error:
        refuse_unchecked(found(n_draft), PATHS)
    assert error.value.where == f"ann.csv, {said}"
    assert error.value.found == f"{n_draft} unchecked"


def test_checked_rows_stand_in_no_way() -> None:
    refuse_unchecked(found(0), PATHS)
