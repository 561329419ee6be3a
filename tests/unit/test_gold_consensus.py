"""What stands in the way of a record is told with the first few lines, and how many more there are."""

from pathlib import Path

import pandas as pd
import pytest

from auditable.gold_compare import GoldComparison, compare_gold
from auditable.gold_consensus import consensus, refuse_unchecked, settle
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


def rows_of(who: str, *cells: tuple[str, str]) -> pd.DataFrame:
    """Rows by label and value, keyed by one person."""
    rows = [{**ROW, "stub_path": label, "value": value, "raw_text": "", "keyed_by": who} for label, value in cells]
    return keyed_frame([GoldLine(k, 1, row) for k, row in enumerate(rows, 2)])


ANN = rows_of("ann", ("Age", "1"), ("Sex", "2"), ("Dose", "3"))
BOB = rows_of("bob", ("First", "9"), ("Age", "1"), ("Sex", "5"), ("Height", "7"), ("Last", "8"))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, ["Age 1 ann+bob", "Sex 2 ann+eve", "Dose 3 ann+eve"]),
        (
            {"Sex": "b", "Height": "b"},
            ["Age 1 ann+bob", "Sex 5 bob+eve", "Height 7 bob+eve", "Dose 3 ann+eve"],
        ),
        (
            {"First": "b", "Height": "b", "Last": "b", "Dose": "b"},
            ["First 9 bob+eve", "Age 1 ann+bob", "Sex 2 ann+eve", "Height 7 bob+eve", "Last 8 bob+eve"],
        ),
    ],
)
def test_the_record_follows_the_first_file_and_takes_what_was_chosen(
    choices: dict[str, str], expected: list[str]
) -> None:
    compared = compare_gold(ANN, BOB)
    taken = {
        str(row["difference_id"]): choices.get(str(row["stub_path"]), "a")
        for row in compared.differences.to_dict("records")
    }
    rows = consensus(ANN, BOB, compared, taken, "eve")
    assert [f"{row['stub_path']} {row['value']} {row['keyed_by']}" for row in rows] == expected


def test_what_one_left_empty_the_other_fills_in() -> None:
    theirs = BOB.iloc[1:2].assign(raw_text="1")
    compared = compare_gold(ANN.iloc[:1], theirs)
    assert [row["raw_text"] for row in consensus(ANN.iloc[:1], theirs, compared, {}, "eve")] == ["1"]


def test_a_choice_may_name_the_keyer_and_each_difference_needs_one() -> None:
    compared = compare_gold(ANN, BOB)
    ids = [str(i) for i in compared.differences["difference_id"]]
    all_of_ann = dict.fromkeys(ids, "ann")
    pair, where = ("ann", "bob"), Path("choices.csv")
    assert settle(compared, all_of_ann, pair, where) == dict.fromkeys(ids, "a")
    assert settle(compared, {**all_of_ann, ids[0]: "bob", ids[1]: "b"}, pair, where) == {
        **dict.fromkeys(ids, "a"), ids[0]: "b", ids[1]: "b",
    }  # fmt: skip
    with pytest.raises(AuditableError) as error:
        settle(compared, {}, pair, where)
    assert error.value.expected == "a choice for each of 5"
    assert error.value.found == f"5 without: {', '.join(ids[:3])} and 2 more"
    with pytest.raises(AuditableError) as error:
        settle(compared, {**all_of_ann, "G-gone": "a"}, pair, where)
    assert (error.value.found, error.value.expected) == ("G-gone", f"one of {', '.join(ids[:3])} and 2 more")
    with pytest.raises(AuditableError, match="names none of the two"):
        settle(compared, {**all_of_ann, ids[0]: "eve"}, pair, where)
    with pytest.raises(AuditableError, match="the files do not differ"):
        settle(compare_gold(ANN, ANN), {"G-gone": "a"}, pair, where)
