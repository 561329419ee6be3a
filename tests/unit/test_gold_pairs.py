"""Rows of two keyed files that key the same number."""

import pytest

from auditable.gold_pairs import has_same_unit, keyed_value, match_keyed
from auditable.matching import Side, gold_side

ROW = {
    "table_id": "prose", "stub_path": "Age", "spanner_path": "", "statistic": "median", "value": "10", "unit": "years",
    "missing": "",
}  # fmt: skip


def side(line: int = 2, **change: str) -> Side:
    return gold_side({**ROW, **change, "gold_line": line})


def pairs(mine: list[dict[str, str]], theirs: list[dict[str, str]]) -> dict[int, int]:
    """Line of the first file → line of the second; both begin with line 2."""
    xs, ys = ([side(k, **row) for k, row in enumerate(rows, 2)] for rows in (mine, theirs))
    return {line: y.index for line, (y, _) in match_keyed(xs, ys).items()}


@pytest.mark.parametrize(
    ("table_id", "first", "second", "expected"),
    [
        ("T1", "years", "year", True),
        ("T1", "years", "", False),
        ("T1", "", "", True),
        ("prose", "years", "", True),
        ("prose", "", "years", True),
        ("prose", "years", "months", False),
    ],
)
def test_only_in_sentences_one_of_two_may_leave_out_the_unit(
    table_id: str, first: str, second: str, expected: bool
) -> None:
    assert has_same_unit(side(table_id=table_id, unit=first), side(table_id=table_id, unit=second)) is expected


def test_values_are_compared_without_marks_and_reasons_in_their_short_form() -> None:
    assert keyed_value(side(value="1,234")) == "1234"
    assert keyed_value(side(statistic="missing", value="not reached")) == "nr"
    assert keyed_value(side(value="not reached")) == "notreached"


WOMEN, MEN = {"stub_path": "Age of women"}, {"stub_path": "Age of men"}
DOSE, TUMOUR = {"stub_path": "Dose taken"}, {"stub_path": "Tumour size"}


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ([WOMEN, MEN], [MEN, WOMEN], {2: 3, 3: 2}),  # the most alike words find each other
        ([WOMEN], [DOSE], {2: 2}),  # there is only one number like it
        ([WOMEN], [{**DOSE, "unit": "months"}], {}),
        ([WOMEN], [{**WOMEN, "unit": "months"}], {2: 2}),  # equal words, then the unit is the difference
        ([WOMEN], [{**DOSE, "unit": ""}], {2: 2}),
        ([WOMEN], [{**DOSE, "value": "11"}], {}),
        ([WOMEN], [{**WOMEN, "value": "11"}], {2: 2}),
        ([WOMEN], [{**MEN, "value": "11"}], {}),
        ([WOMEN], [{**WOMEN, "statistic": "mean"}], {2: 2}),
        ([WOMEN], [{**WOMEN, "statistic": "mean", "value": "11"}], {}),
        ([WOMEN], [{**WOMEN, "statistic": "missing", "value": "NR"}], {2: 2}),
        ([WOMEN, DOSE], [TUMOUR, WOMEN], {2: 3}),
        ([DOSE, WOMEN], [WOMEN], {3: 2}),
        ([WOMEN], [DOSE, WOMEN], {2: 3}),
        ([WOMEN], [{**WOMEN, "table_id": "T1"}], {}),
        ([], [WOMEN], {}),
    ],
)
def test_numbers_of_the_text_find_each_other(
    mine: list[dict[str, str]], theirs: list[dict[str, str]], expected: dict[int, int]
) -> None:
    assert pairs(mine, theirs) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {2: 2}),
        ({"value": "11"}, {2: 2}),
        ({"statistic": "mean"}, {2: 2}),
        ({"statistic": "mean", "value": "11"}, {}),
        ({"statistic": "missing", "value": "NR"}, {2: 2}),
        ({"unit": "months"}, {2: 2}),
    ],
)
def test_numbers_of_tables_answer_each_other_by_place(change: dict[str, str], expected: dict[int, int]) -> None:
    own = {"table_id": "T1", "spanner_path": "All"}
    assert pairs([own], [{**own, **change}]) == expected
