import pandas as pd
import pytest

from auditable.matching import gold_side, has_same_value, read_side
from auditable.reconcile import gold_summary, reconcile
from tests.unit.frames_made import gold, observations


def kinds(observed: list[dict], keyed: list[dict]) -> list[str]:
    return list(reconcile("smith2021", observations(*observed), gold(*keyed)).matches["kind"])


def message(observed: dict, keyed: dict) -> str:
    return reconcile("smith2021", observations(observed), gold(keyed)).matches["message"].iloc[0]


@pytest.mark.parametrize(
    ("read", "keyed", "kind"),
    [
        ({}, {}, "equal"),
        ({"stub_path": "AGE > Median*"}, {}, "equal"),
        ({"comparator": "<", "value": "1"}, {"value": "< 1"}, "equal"),
        ({"comparator": "<=", "value": "1"}, {"value": "≤1"}, "equal"),
        ({"unit": "year"}, {}, "equal"),
        ({"value": "", "missing": "NR", "raw_text": "NR*"}, {"statistic": "missing", "value": "NR"}, "equal"),
        ({"value": "", "missing": "dash", "raw_text": "–"}, {"statistic": "missing", "value": "–"}, "equal"),
        ({"value": "", "missing": "NE", "raw_text": "NE"}, {"statistic": "missing", "value": "NR"}, "value"),
        ({"value": "75.0"}, {}, "transposed digits"),
        ({"value": "78.5"}, {}, "value"),
        ({"value": "70.4"}, {}, "rounding"),
        ({"value": "705"}, {}, "decimal point"),
        ({"value": "-70.5"}, {}, "sign or comparator"),
        ({"comparator": ">"}, {}, "sign or comparator"),
        ({"value": "70.50"}, {}, "coarser precision"),
        ({"unit": "months"}, {}, "unit"),
        ({"unit": ""}, {}, "unit"),
        ({"statistic": "mean"}, {}, "statistic"),
        ({"statistic": "text", "value": "7O.5"}, {}, "statistic"),
        ({"stub_path": "Age > Medlan"}, {}, "label only"),
        ({"stub_path": "Age > Medlan", "value": "71"}, {}, "coarser precision"),
        ({"stub_path": "Patients > Age > Median"}, {}, "label only"),
        ({"stub_path": "Patients > Age > Median", "value": "71"}, {}, "missing"),
        ({"stub_path": "Weight > Median"}, {}, "missing"),
        ({"table_id": "T2"}, {}, "label only"),
        ({"table_id": "T2", "stub_path": "Weight"}, {}, "missing"),
        ({"study_id": "jones2020"}, {}, "missing"),
    ],
)
def test_each_kind_of_disagreement(read: dict, keyed: dict, kind: str) -> None:
    assert kinds([read], [keyed]) == [kind]


def test_one_observation_answers_one_gold_row() -> None:
    assert kinds([{}], [{}, {"marks": "a"}]) == ["equal", "missing"]


def test_rows_with_one_label_are_told_apart_by_their_order() -> None:
    first, second = {"value": "1", "row": 1}, {"value": "2", "row": 2}
    assert kinds([first, second], [{"value": "1"}, {"value": "2"}]) == ["equal", "equal"]
    assert kinds([first, second], [{"value": "2"}, {"value": "1"}]) == ["value", "value"]


def test_a_repeated_row_that_we_did_not_read_costs_one_row_only() -> None:
    assert kinds([{"value": "2"}], [{"value": "1"}, {"value": "2"}]) == ["missing", "equal"]


def test_swapped_statistics_of_one_cell_are_both_wrong() -> None:
    read = [{"statistic": "min", "value": "84"}, {"statistic": "max", "value": "51"}]
    assert kinds(read, [{"statistic": "min", "value": "51"}, {"statistic": "max", "value": "84"}]) == ["value", "value"]


def test_two_rows_that_lost_their_heading_are_not_guessed_apart() -> None:
    read = [{"stub_path": "Median", "row": 1}, {"stub_path": "Median", "row": 2}]
    assert kinds(read, [{"stub_path": "Age > Median"}, {"stub_path": "Weight > Median"}]) == ["missing", "missing"]


def test_a_label_that_could_be_two_rows_is_no_match() -> None:
    read = [{"stub_path": "Age > Medlan", "row": 1}, {"stub_path": "Age > Medisn", "row": 2}]
    assert kinds(read, [{}]) == ["missing"]


def test_a_table_whose_number_was_misread_is_found_by_its_rows() -> None:
    rows = [{"stub_path": f"Row {c}", "value": v} for c, v in (("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"))]
    read = [{**r, "table_id": "U1", "row": i} for i, r in enumerate(rows[:3])]
    read[1]["value"] = "9"
    assert kinds(read, rows) == ["label only", "value", "label only", "missing"]
    said = reconcile("smith2021", observations(*read), gold(*rows)).matches["message"].iloc[0]
    assert said.endswith("but we read the label as 'Table U1 | Row a | All (N = 32)'.")


def test_a_part_of_a_table_read_as_another_table_is_found() -> None:
    rows = [{"stub_path": f"Row {c}", "value": v} for c, v in (("a", "1"), ("b", "2"), ("c", "3"))]
    read = [{**rows[0], "row": 1}, {**rows[1], "row": 2}, {**rows[2], "table_id": "U1"}]
    assert kinds(read, rows) == ["equal", "equal", "label only"]


def test_another_table_with_the_same_rows_does_not_hide_a_wrong_value() -> None:
    assert kinds([{"value": "75.0"}, {"table_id": "T2"}], [{}]) == ["transposed digits"]


def test_a_table_that_shares_few_rows_is_not_taken_for_another() -> None:
    rows = [{"stub_path": f"Row {c}"} for c in "abcd"]
    read = [{"stub_path": f"Row {c}", "table_id": "U1"} for c in "abxyz"]
    assert kinds(read, rows) == ["missing"] * 4


def test_only_the_rows_of_the_table_that_was_found_are_moved() -> None:
    keyed = [{"stub_path": f"Row {c}", "value": v} for c, v in (("a", "1"), ("b", "2"), ("c", "3"))]
    other = [{"table_id": "U1", "stub_path": s, "value": "9"} for s in ("Row a", "X", "Y")]
    found = [{"table_id": "U2", "stub_path": f"Row {c}", "value": v} for c, v in (("a", "7"), ("b", "2"), ("c", "3"))]
    read = [{**row, "row": i} for i, row in enumerate([*other, *found])]
    matches = reconcile("smith2021", observations(*read), gold(*keyed)).matches
    assert list(matches["read_value"]) == ["7", "2", "3"]


def test_a_table_with_the_same_rows_in_other_columns_is_not_taken_for_another() -> None:
    keyed = [{"spanner_path": f"Drug {c}"} for c in "abcd"]
    read = [{"spanner_path": f"Drug {c}", "table_id": "U1", "col": i} for i, c in enumerate("axyz")]
    assert kinds(read, keyed) == ["missing"] * 4


@pytest.mark.parametrize(
    ("observed", "keyed", "place", "said"),
    [
        ([{"value": "9"}], [{}], ("Age > Median", "All (N = 32)"), "gold says median 70.5 years, we read 9."),
        (
            [{"unit": "months"}, {"stub_path": "B", "unit": "months", "row": 1}],
            [{}, {"stub_path": "B"}],
            ("", "All (N = 32)"),
            "gold says years, the unit is read as months (2 gold rows).",
        ),
        ([{"unit": ""}], [{}], ("Age > Median", "All (N = 32)"), "the unit is read as no unit (1 gold row)."),
    ],
)
def test_a_discrepancy_names_its_place_and_its_cause(
    observed: list[dict], keyed: list[dict], place: tuple[str, str], said: str
) -> None:
    (row,) = reconcile("smith2021", observations(*observed), gold(*keyed)).discrepancies.to_dict("records")
    assert (row["stub_path"], row["spanner_path"]) == place
    assert row["message"].endswith(said)


def test_a_table_of_its_own_number_is_not_lent_to_another() -> None:
    assert kinds([{"table_id": "T2"}], [{}, {"table_id": "T2", "stub_path": "Sex"}]) == ["missing", "missing"]


def test_every_gold_row_has_its_verdict_in_the_order_of_the_file() -> None:
    matches = reconcile(
        "smith2021", observations({}), gold({"value": "9"}, {"table_id": "T9"}, {"stub_path": "X"})
    ).matches
    assert list(matches["gold_line"]) == [2, 3, 4]


@pytest.mark.parametrize(
    ("read", "keyed", "said"),
    [
        ({"value": "75.0"}, {"spanner_path": ""}, "gold says median 70.5 years, we read nothing there."),
        (
            {"value": "75.0", "spanner_path": ""},
            {"spanner_path": ""},
            "Table 1, 'Age > Median': gold says median 70.5 years, we read 75.0.",
        ),
        ({"value": "70.50"}, {}, "the same number, other printed decimals."),
        ({"unit": "months"}, {}, "we read median 70.5 months."),
        ({"stub_path": "Age > Medlan", "value": "91"}, {}, "we read 91 under the label 'Age > Medlan | All (N = 32)'."),
        ({"value": "91"}, {}, "gold says median 70.5 years, we read 91."),
        ({"statistic": "q1"}, {"statistic": "min"}, "gold says minimum 70.5 years, we read first quartile 70.5 years."),
        ({"stub_path": "Age > Medlan"}, {}, "but we read the label as 'Age > Medlan | All (N = 32)'."),
        ({}, {"statistic": "missing", "value": "NR"}, "gold says no value ('NR'), we read median 70.5 years."),
        ({}, {"statistic": "pct", "unit": "%"}, "gold says percentage 70.5%, we read median 70.5 years."),
    ],
)
def test_a_message_is_one_plain_sentence(read: dict, keyed: dict, said: str) -> None:
    assert message(read, keyed).endswith(said)


def test_ids_survive_moved_lines_and_differ_between_rows() -> None:
    rows = [{"stub_path": "A"}, {"stub_path": "B"}, {"stub_path": "C"}]
    before = reconcile("smith2021", observations({"stub_path": "C"}), gold(*rows))
    after = reconcile("smith2021", observations({"stub_path": "C"}), gold({"stub_path": "new"}, *rows))
    of_rows = [list(result.matches["discrepancy_id"]) for result in (before, after)]
    assert of_rows[0] == of_rows[1][1:]
    assert of_rows[0][0] != of_rows[0][1]


def test_a_match_carries_the_place_of_our_reading() -> None:
    row = reconcile("smith2021", observations({"value": "9", "page": 4}), gold({})).matches.iloc[0]
    assert (row["observation_id"], row["page"], row["x0_pt"], row["bottom_pt"]) == ("o0", 4, 100.0, 110.0)
    missing = reconcile("smith2021", observations({"table_id": "T7", "stub_path": "Sex"}), gold({})).matches.iloc[0]
    assert (missing["observation_id"], missing["page"]) == ("", 0)


def test_the_summary_counts_tables_apart_from_text() -> None:
    prose = {"table_id": "prose", "stub_path": "median OS", "spanner_path": ""}
    read = [
        {},
        {"stub_path": "B", "value": "2"},
        {"stub_path": "Responce rate"},
        {"source": "prose", "table_id": "", "quote": "The median OS was 70.5 years.", "spanner_path": ""},
    ]
    keyed = [{}, {"stub_path": "B"}, {"stub_path": "Response rate"}, {"stub_path": "D"}, prose]
    summary = gold_summary(reconcile("smith2021", observations(*read), gold(*keyed)).matches).iloc[0].to_dict()
    assert {k: summary[k] for k in ("gold_rows", "equal", "wrong", "missing", "label_only")} == {
        "gold_rows": 4, "equal": 2, "wrong": 1, "missing": 1, "label_only": 1,
    }  # fmt: skip
    assert (summary["share_equal"], summary["share_wrong"]) == (0.5, 0.25)
    assert (summary["text_rows"], summary["text_equal"], summary["text_missing"]) == (1, 1, 0)


def test_the_summary_has_one_row_per_study_by_name() -> None:
    found = [
        reconcile(study_id, observations({"study_id": study_id}), gold({})).matches
        for study_id in ("smith2021", "jones2020")
    ]
    assert list(gold_summary(pd.concat(found))["study_id"]) == ["jones2020", "smith2021"]
    text = gold_summary(found[0].assign(table_id="prose")).iloc[0]
    assert (text["gold_rows"], text["share_equal"], text["text_equal"]) == (0, None, 1)


def test_statistics_of_one_place_answer_each_other_by_value_first() -> None:
    read = [{"statistic": "sd", "value": "2"}, {"statistic": "se", "value": "1"}]
    keyed = [{"statistic": "mean", "value": "1"}, {"statistic": "median", "value": "2"}]
    matches = reconcile("smith2021", observations(*read), gold(*keyed)).matches
    assert list(matches["read_value"]) == ["1", "2"]


@pytest.mark.parametrize(
    ("keyed", "read", "same"),
    [
        ({"statistic": "missing", "value": ""}, {}, False),
        ({"statistic": "missing", "value": "NR"}, {"value": "", "missing": "NR", "raw_text": "not reached"}, True),
        ({"statistic": "missing", "value": "not reached"}, {"value": "", "missing": "NR", "raw_text": "n.r."}, True),
        ({"statistic": "missing", "value": "–"}, {"value": "", "missing": "dash", "raw_text": "—"}, True),
        ({"statistic": "missing", "value": "NE"}, {"value": "", "missing": "NR", "raw_text": "NR"}, False),
        ({"statistic": "missing", "value": "70.5"}, {}, True),
        ({}, {"value": "", "missing": "NR", "raw_text": "70.5"}, True),
        ({"value": "<70.5"}, {"comparator": "<"}, True),
        ({}, {"comparator": "<"}, False),
    ],
)
def test_a_reason_is_the_same_in_its_print_or_its_sense(keyed: dict, read: dict, same: bool) -> None:
    mine = gold_side(gold(keyed).to_dict("records")[0])
    theirs = read_side(observations(read).to_dict("records")[0])
    assert has_same_value(mine, theirs) is same
