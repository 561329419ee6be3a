import pytest

from auditable.evidence import EVIDENCE_COLUMNS, build_evidence
from tests.unit.frames_made import observations

AGE = {"variable": "age", "arm": "A", "row": 1}


def test_no_known_variable_gives_an_empty_table_with_its_columns() -> None:
    table = build_evidence(observations({}))
    assert table.empty
    assert list(table.columns) == list(EVIDENCE_COLUMNS)


def test_one_line_per_study_arm_and_variable() -> None:
    table = build_evidence(
        observations(
            {**AGE, "statistic": "median", "value": "70.5", "page": 3},
            {**AGE, "statistic": "max", "value": "84"},
            {**AGE, "arm": "B", "statistic": "median", "value": "68"},
            {**AGE, "variable": "orr", "statistic": "pct", "value": "26", "comparator": "<", "unit": "%", "page": 2},
        )
    )
    assert list(zip(table["arm"], table["variable"], strict=True)) == [("A", "age"), ("A", "orr"), ("B", "age")]
    assert list(table["pct"]) == ["", "<26", ""]
    assert list(table["unit"]) == ["years", "", "years"]


def test_statistics_of_one_printed_place_share_a_line() -> None:
    read = [{**AGE, "statistic": s, "value": v} for s, v in (("median", "70.5"), ("min", "51"), ("max", "84"))]
    row = build_evidence(observations(*read)).iloc[0]
    assert (row["median"], row["min"], row["max"], row["mean"]) == ("70.5", "51", "84", "")


def test_two_places_are_two_lines_that_name_their_rows() -> None:
    table = build_evidence(
        observations(
            {**AGE, "row": 4, "stub_path": "Age", "statistic": "median", "value": "70.5"},
            {**AGE, "row": 9, "stub_path": "Age at diagnosis", "statistic": "mean", "value": "63"},
        )
    )
    assert list(zip(table["stub_path"], table["median"], table["mean"], strict=True)) == [
        ("Age", "70.5", ""), ("Age at diagnosis", "", "63"),
    ]  # fmt: skip


def test_the_text_and_single_patients_give_no_evidence() -> None:
    prose = {"source": "prose", "table_id": "", "quote": "q", "row": -1, "col": -1}
    one = {"table_type": "individual", "patient": "Patient I", "statistic": "value", "value": "73"}
    assert build_evidence(observations({**AGE, **prose, "statistic": "median", "value": "71"}, {**AGE, **one})).empty


def test_a_value_that_is_not_reached_says_so() -> None:
    read = {**AGE, "variable": "os", "statistic": "missing", "value": "", "missing": "NR"}
    row = build_evidence(observations(read)).iloc[0]
    assert (row["median"], row["missing"]) == ("", "NR")


def test_categories_of_a_variable_are_left_out() -> None:
    assert build_evidence(observations({**AGE, "category": "< 65"})).empty


@pytest.mark.parametrize("field", ["category", "subgroup", "grade", "event_kind", "patient"])
def test_less_than_an_arm_is_no_main_line(field: str) -> None:
    read = observations(
        {**AGE, "statistic": "median", "value": "70"},
        {**AGE, "row": 2, "statistic": "median", "value": "61", field: "frail"},
    )
    assert build_evidence(read)["median"].tolist() == ["70"]
