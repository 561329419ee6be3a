"""Two keyed files beside each other: what is a difference, what is none, and how agreement is counted."""

import math

import pandas as pd
import pytest

from auditable.gold_compare import GoldComparison, agreement, compare_gold, kappa_of
from auditable.gold_record import DRAFT, GoldLine, keyed_frame

ROW = {
    "table_id": "T1", "stub_path": "Age > Median", "spanner_path": "All (N = 32)", "statistic": "median",
    "value": "70.5", "unit": "years", "marks": "", "raw_text": "70.5 (51–84)", "keyed_by": "ann",
}  # fmt: skip
TEXT = {**ROW, "table_id": "prose", "spanner_path": "", "raw_text": ""}


def keyed(*rows: dict) -> pd.DataFrame:
    return keyed_frame([GoldLine(k, 1, {**ROW, **row}) for k, row in enumerate(rows, 2)])


def compare(a: list[dict], b: list[dict]) -> GoldComparison:
    return compare_gold(keyed(*a), keyed(*b))


@pytest.mark.parametrize(
    ("change", "differs", "said"),
    [
        ({"value": "75.0"}, "value", "a says median 70.5 years, b says median 75.0 years"),
        ({"value": "75.0", "unit": "months"}, "value, unit", "75.0 months"),
        ({"value": "7.05"}, "value", "decimal point"),
        ({"value": "70"}, "value", "b says median 70 years"),
        ({"value": "NR", "statistic": "missing"}, "value, statistic", "b says no value ('NR')."),
        (
            {"spanner_path": "Al (N = 32)", "raw_text": "70.6"},
            "label, printed text",
            "but b under the label 'T1 | Age > Median | Al (N = 32)'",
        ),
        ({"statistic": "mean"}, "statistic", "b says mean 70.5 years"),
        ({"unit": ""}, "unit", "b says median 70.5."),
        ({"spanner_path": "Al (N = 32)"}, "label", "but b under the label 'T1 | Age > Median | Al (N = 32)'"),
        ({"marks": "a"}, "marks", "but marks '' in a, 'a' in b"),
        ({"raw_text": "70.5 (51–85)"}, "printed text", "'70.5 (51–85)' in b"),
    ],
)
def test_each_way_to_differ(change: dict, differs: str, said: str) -> None:
    found = compare([{}], [change]).differences
    assert list(found["differs"]) == [differs]
    assert list(found["kind"]) == [differs.split(",", maxsplit=1)[0]]
    assert found["message"].iloc[0].startswith("Table 1, 'Age > Median' under 'All (N = 32)': ")
    assert said in found["message"].iloc[0]


@pytest.mark.parametrize(("a", "b"), [({}, {"marks": "a"}), ({"marks": "a"}, {}), ({"marks": "a"}, {"marks": "b"})])
def test_a_mark_that_only_one_saw_is_a_difference(a: dict, b: dict) -> None:
    both = {"raw_text": "70.5 (51–85)"}
    assert list(compare([a], [b | both]).differences["differs"]) == ["marks, printed text"]
    said = f"but marks '{a.get('marks', '')}' in a, '{b.get('marks', '')}' in b."
    assert compare([a], [b | both]).differences["message"].iloc[0].endswith(said)


@pytest.mark.parametrize(
    "change",
    [
        {"keyed_by": "bob"},
        {"raw_text": "70.5 (51-84)*"},
        {"raw_text": ""},
        {"stub_path": "AGE > median*"},
        {"unit": "year"},
    ],
)
def test_what_typing_alone_changes_is_no_difference(change: dict) -> None:
    found = compare([{}], [change])
    assert found.differences.empty
    assert (found.n_equal, found.percent_agreement) == (1, 100)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"statistic": "missing", "value": "NR"}, {"statistic": "missing", "value": "not reached"}),
        ({"value": ">=3"}, {"value": "≥ 3"}),
        ({"value": "1,234"}, {"value": "1234"}),
        ({"marks": "* c d"}, {"marks": "d c *"}),
    ],
)
def test_two_spellings_of_one_thing_are_equal(a: dict, b: dict) -> None:
    assert compare([a], [b]).differences.empty


def test_a_row_that_one_of_two_forgot() -> None:
    found = compare([{}, {"statistic": "min", "value": "51"}], [{}, {"statistic": "max", "value": "84"}])
    rows = found.differences
    assert list(rows["kind"]) == ["only in a", "only in b"]
    assert list(rows["a_line"]) == [3, 0]
    assert list(rows["b_line"]) == [0, 3]
    assert "only b says maximum 84 years" in rows["message"].iloc[1]
    assert (found.n_places, found.n_shared, found.n_equal) == (3, 1, 1)


def test_places_of_either_file_are_counted_once() -> None:
    three = [{"stub_path": label} for label in "abc"]
    found = compare(three, [{"stub_path": "c"}, {"stub_path": "d", "value": "9"}, {"stub_path": "e", "value": "8"}])
    assert (found.n_shared, found.n_places, found.percent_agreement) == (1, 5, 20)


def test_one_value_under_two_statistics_is_one_difference() -> None:
    rows = compare([{"statistic": "min", "value": "51"}], [{"statistic": "q1", "value": "51"}]).differences
    assert list(rows["kind"]) == ["statistic"]


@pytest.mark.parametrize("reason", ["NR", "–", ""])
def test_a_value_and_no_value_in_one_place_are_one_difference(reason: str) -> None:
    """Told as two gaps, both could get into the record."""
    none = {"statistic": "missing", "value": reason, "unit": ""}
    for a, b in (({}, none), (none, {})):
        found = compare([a], [b])
        assert list(found.differences["differs"]) == ["value, statistic, unit"]
        assert (found.n_same_value, found.n_equal) == (0, 0)
        assert f"says no value ('{reason}')" in found.differences["message"].iloc[0]


def test_a_table_under_another_number_is_told_as_a_label() -> None:
    two = [{}, {"stub_path": "Sex > Female", "statistic": "n", "value": "8", "unit": ""}]
    rows = compare(two, [{**row, "table_id": "T2"} for row in two]).differences
    assert list(rows["kind"]) == ["label", "label"]
    assert "b under the label 'T2 | Age > Median" in rows["message"].iloc[0]


def test_numbers_of_the_text_answer_each_other_by_value_and_likeness() -> None:
    a = [{**TEXT, "stub_path": "median PFS"}, {**TEXT, "stub_path": "median OS, all"}]
    b = [{**TEXT, "stub_path": "OS of all patients (median)"}, {**TEXT, "stub_path": "PFS", "unit": ""}]
    found = compare(a, b)
    assert found.pairs == {2: 3, 3: 2}
    assert list(found.differences["kind"]) == ["label", "label"]


def test_numbers_of_the_text_with_another_value_need_the_same_words() -> None:
    a = [{**TEXT, "stub_path": "median PFS"}, {**TEXT, "stub_path": "median OS"}]
    b = [{**TEXT, "stub_path": "Median PFS", "value": "71"}, {**TEXT, "stub_path": "median OS, men", "value": "72"}]
    found = compare(a, b)
    assert list(found.differences["kind"]) == ["value", "only in a", "only in b"]


def test_same_value_without_a_common_word_is_not_one_number() -> None:
    a = [{**TEXT, "stub_path": "PFS"}, {**TEXT, "stub_path": "OS"}]
    assert compare(a, [{**TEXT, "stub_path": "hurdle"}]).n_shared == 0


def test_a_difference_keeps_its_id_until_a_side_changes() -> None:
    a, b = [{}, {"value": "8", "statistic": "n"}], [{"value": "75.0"}, {"value": "9", "statistic": "n"}]
    before = compare(a, b).differences
    moved = compare([a[1], a[0]], b).differences
    assert set(moved["difference_id"]) == set(before["difference_id"])
    edited = compare([a[0], {**a[1], "value": "7"}], b).differences
    assert list(before["difference_id"] == edited["difference_id"]) == [True, False]
    assert before["difference_id"].is_unique


def test_unchecked_rows_are_counted_for_each_side() -> None:
    found = compare([{}, {"statistic": "n", "keyed_by": DRAFT}], [{"keyed_by": "bob: draft checked"}])
    assert (found.unchecked_a, found.unchecked_b) == ((3,), ())


def test_agreement_counts_places_and_kappa_counts_values() -> None:
    """Worked by hand: 4 shared places, 3 alike; by chance (Y 3/4 · 2/4 + N 1/4 · 2/4) = 0.5; kappa (0.75 - 0.5)/0.5."""
    a = [{"stub_path": f"Row {k}", "statistic": "text", "value": v, "unit": ""} for k, v in enumerate("YYYN")]
    b = [{"stub_path": f"Row {k}", "statistic": "text", "value": v, "unit": ""} for k, v in enumerate("YYNNY")]
    found = compare(a, b)
    assert (found.n_places, found.n_shared, found.n_same_value, found.n_equal) == (5, 4, 3, 3)
    assert found.percent_agreement == 60
    assert found.kappa == pytest.approx(0.5)


def test_the_text_has_no_part_in_kappa() -> None:
    """Its numbers answer each other because their values are the same: that they are says nothing of the keyers."""
    a = [{"stub_path": f"Row {k}", "value": v} for k, v in enumerate("12")] + [{**TEXT, "stub_path": "PFS"}]
    b = [{"stub_path": f"Row {k}", "value": v} for k, v in enumerate("21")] + [{**TEXT, "stub_path": "PFS"}]
    found = compare(a, b)
    assert (found.n_shared, found.n_in_tables, found.n_same_value, found.n_equal) == (3, 2, 0, 1)
    assert found.kappa == pytest.approx(-1)


def test_measures_are_told_with_few_digits_and_left_out_where_they_have_no_meaning() -> None:
    a = [{"stub_path": f"Row {k}", "statistic": "text", "value": v, "unit": ""} for k, v in enumerate("YYYN")]
    b = [{"stub_path": f"Row {k}", "statistic": "text", "value": v, "unit": ""} for k, v in enumerate("YYNN")]
    told = agreement(compare(a, [*b, {"stub_path": "Row 9"}, {"stub_path": "Row 10"}]))
    assert (told["n_places"], told["percent_agreement"], told["kappa"]) == (6, 50.0, 0.5)
    none = agreement(compare([], []))
    assert (none["percent_agreement"], none["kappa"]) == (None, None)


@pytest.mark.parametrize("pairs", [[], [("Y", "Y"), ("Y", "Y")]])
def test_kappa_says_nothing_where_chance_gives_all(pairs: list) -> None:
    assert kappa_of(pairs) is None


def test_kappa_of_distinct_values_that_all_differ_is_not_above_nothing() -> None:
    kappa = kappa_of([("1", "2"), ("3", "4")])
    assert kappa is not None
    assert not math.isnan(kappa)
    assert kappa <= 0


def test_two_empty_files_agree_on_nothing() -> None:
    found = compare([], [])
    assert (found.percent_agreement, found.kappa, found.n_places) == (None, None, 0)
