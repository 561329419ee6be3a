"""Numbers of a read cell that none of its values holds are left out with a reason, one by one."""

import pytest

from auditable.accounting import account
from auditable.unread_parts import COMPARED, DEGREES, NO_VALUE, reject_unread_parts
from schemas.frames import Rejected, empty_frame
from tests.unit.frames_made import observations, rejected
from tests.unit.test_accounting import CELL, a_reading

NOTHING = empty_frame(Rejected)


@pytest.mark.parametrize(
    ("cell", "values", "parts"),
    [
        ("χ²(1) = 2.88, p = .09", ("2.88", ".09"), [("1", DEGREES)]),
        ("χ ²(1) = 2.88", ("2.88",), [("1", DEGREES)]),
        ("F(2, 45) = 3.1", ("3.1",), [("2", DEGREES), ("45", DEGREES)]),
        ("t(1267) 20·1", ("20.1",), [("1267", DEGREES)]),
        ("3 vs 1, P=0.001", ("0.001",), [("3", COMPARED), ("1", COMPARED)]),
        ("2 > 4 (p < .05)", (".05",), [("2", COMPARED), ("4", COMPARED)]),
        ("12 (37.5) 4", ("12", "37.5"), [("4", NO_VALUE)]),
        ("12 (12)", ("12",), [("12", NO_VALUE)]),
        ("12 (37.5)", ("12", "37.5"), []),
        ("12 (37.5)", (), []),  # a cell that nothing was read of is a question to who reads cells
    ],
)
def test_numbers_no_value_holds(cell: str, values: tuple[str, ...], parts: list[tuple[str, str]]) -> None:
    reading = a_reading(cell)
    read = observations(*({**CELL, "value": v} for v in values))
    left_out = reject_unread_parts(reading, read, NOTHING)
    assert list(zip(left_out["raw_text"], left_out["reason"], strict=True)) == parts
    if values:
        assert set(account(reading, read, left_out)["outcome"]) <= {"observation", "left out"}


def test_a_row_rejected_for_one_number_explains_that_one_alone() -> None:
    reading, read = a_reading("t(9) = 2.5, 7"), observations({**CELL, "value": "2.5"})
    left_out = reject_unread_parts(reading, read, NOTHING).iloc[:1]
    fates = account(reading, read, left_out).set_index("outcome")["n_numbers"].to_dict()
    assert fates == {"observation": 1, "left out": 1, "unaccounted": 1}


def test_a_cell_left_out_as_a_whole_has_its_reason_already() -> None:
    why = rejected({"study_id": "s", "table_id": "T1", "row": 0, "col": 0, "raw_text": "5 of x 9", "reason": "odd"})
    read = observations({**CELL, "value": "5"})
    assert reject_unread_parts(a_reading("5 of x 9"), read, why).empty
