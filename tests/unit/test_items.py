import pandas as pd
import pytest

from auditable.items import compare_items, list_items
from auditable.reconcile import reconcile
from schemas.desk_frames import Items
from schemas.frames import Discrepancies, empty_frame
from tests.unit.frames_made import findings, gold, observations

NONE = empty_frame(Items)


def items(**values: str) -> pd.DataFrame:
    """Items of one study: F_1="26.0" is the finding F_1 that prints 26.0."""
    made = findings(*({"finding_id": name, "printed": value} for name, value in values.items()))
    return list_items(made, empty_frame(Discrepancies))


def told(frame: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    columns = ["item_id", "change", "value_now", "value_before"]
    return list(frame[columns].itertuples(index=False, name=None))


def test_items_are_discrepancies_and_accusing_findings() -> None:
    result = reconcile("smith2021", observations({"value": "9"}, {"stub_path": "B"}), gold({}, {"stub_path": "B"}))
    found = findings(
        {},
        {"finding_id": "F-2", "verdict": "rounding", "severity": "rounding"},
        {"finding_id": "F-3", "verdict": "consistent", "severity": "note"},
        {"finding_id": "F-4", "verdict": "not testable", "severity": "note"},
    )
    listed = list_items(found, result.discrepancies)
    assert list(listed["item_id"]) == [result.discrepancies["discrepancy_id"].iloc[0], "F-1", "F-2"]
    assert listed["message"].iloc[0] == result.discrepancies["message"].iloc[0]


def test_values_stand_on_one_line() -> None:
    assert items(F_1="26.0\n (3)")["value_now"].iloc[0] == "26.0 (3) | 25.0"


def test_every_item_of_a_first_run_is_new() -> None:
    assert told(compare_items(items(F_1="26.0"), NONE)) == [("F_1", "new", "26.0 | 25.0", "")]


def test_new_changed_unchanged_and_gone() -> None:
    first = compare_items(items(A="1", B="2", C="3"), NONE)
    assert told(compare_items(items(D="4", B="9", A="1"), first)) == [
        ("A", "unchanged", "1 | 25.0", "1 | 25.0"),
        ("B", "changed", "9 | 25.0", "2 | 25.0"),
        ("C", "gone", "", "3 | 25.0"),
        ("D", "new", "4 | 25.0", ""),
    ]


def test_a_run_that_changes_nothing_keeps_what_the_one_before_told() -> None:
    second = compare_items(items(A="1", B="3"), compare_items(items(A="1", C="2"), NONE))
    pd.testing.assert_frame_equal(compare_items(items(B="3", A="1"), second), second)


def test_an_item_that_comes_back_is_new_again() -> None:
    gone = compare_items(items(A="1"), compare_items(items(A="1", B="2"), NONE))
    assert told(compare_items(items(A="1", B="2"), gone))[1] == ("B", "new", "2 | 25.0", "")


@pytest.mark.parametrize("last", [NONE, compare_items(items(A="1"), NONE)])
def test_a_corpus_without_items(last: pd.DataFrame) -> None:
    assert set(compare_items(items(), last)["change"]) <= {"gone"}
