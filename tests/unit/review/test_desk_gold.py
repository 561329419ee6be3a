"""A cell of a keyer's file as the review page saves it: all that was typed, or nothing."""

from pathlib import Path

import pytest

from auditable.gold_record import DRAFT
from auditable.model import AuditableError
from auditable.review.desk_gold import read_cells, save_cell
from tests.papers_made import GOLD_HEADER

PLACE = "T1,Age > Median,All"


def saved(folder: Path, row: str, typed: dict[str, str]) -> str:
    """The row of the file after these columns were typed anew."""
    path = folder / "gold" / "ann.csv"
    path.parent.mkdir()
    path.write_text(f"{GOLD_HEADER}\n{PLACE},{row},{DRAFT}\n", "utf-8")
    cells = read_cells(folder, "ann")
    assert cells is not None
    save_cell(folder, "ann", cells[0], cells[0].stamp, {cells[0].rows[0].key: typed})
    return path.read_text("utf-8").splitlines()[1].removeprefix(f"{PLACE},")


@pytest.mark.parametrize(
    ("row", "typed", "after"),
    [
        ("missing,NR,,,NR", {"statistic": "median", "value": "70.5", "unit": "years"}, "median,70.5,years,,NR,ann"),
        ("median,70.5,years,,70.5", {"statistic": "missing", "value": "NR"}, "missing,NR,years,,70.5,ann"),
        ("missing,,,,", {"statistic": "n", "value": "5"}, "n,5,,,,ann"),
        ("median,70.5,years,,70.5", {"value": " 70.5 "}, "median,70.5,years,,70.5,ann: draft checked"),
    ],
)
def test_columns_that_only_fit_together_are_saved_together(
    tmp_path: Path, row: str, typed: dict[str, str], after: str
) -> None:
    assert saved(tmp_path, row, typed) == after


def test_of_two_columns_none_is_saved_where_one_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="unknown statistic"):
        saved(tmp_path, "median,70.5,years,,70.5", {"value": "71", "statistic": "middle"})
    assert ",median,70.5,years," in (tmp_path / "gold" / "ann.csv").read_text("utf-8")
