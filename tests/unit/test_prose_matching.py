import pytest

from auditable.reconcile import reconcile
from tests.unit.frames_made import gold, observations

SENTENCES = {
    "pfs": "Median PFS was 5.8 months (95% CI 3.9–7.7).",
    "os": "Median OS was 21 months (95% CI 19–23) and 12-month survival 63.4%.",
    "cycles": "Patients had received 10 cycles of daratumumab.",
    "month": "It had been stopped 10 months before.",
}


def said(key: str, statistic: str, value: str, unit: str = "", **changes: str) -> dict:
    quote = SENTENCES[key]
    return {
        "source": "prose", "table_id": "", "stub_path": "", "spanner_path": "", "quote": quote, "statistic": statistic,
        "value": value, "unit": unit, "start": quote.find(value), "end": quote.find(value) + len(value), **changes,
    }  # fmt: skip


def keyed(subject: str, statistic: str, value: str, unit: str = "") -> dict:
    return {
        "table_id": "prose", "stub_path": subject, "spanner_path": "", "statistic": statistic, "value": value,
        "unit": unit,
    }  # fmt: skip


def match(read: list[dict], rows: list[dict]) -> list[tuple[str, str]]:
    matches = reconcile("smith2021", observations(*read), gold(*rows)).matches
    return list(zip(matches["kind"], matches["observation_id"], strict=True))


@pytest.mark.parametrize(
    ("read", "row", "kind"),
    [
        (said("pfs", "median", "5.8", "months"), keyed("median PFS", "median", "5.8", "months"), "equal"),
        (said("pfs", "median", "5.8", ""), keyed("median PFS", "median", "5.8", "months"), "equal"),
        (said("os", "pct", "63.4", "%"), keyed("12-month survival", "pct", "63.4", ""), "equal"),
        (said("pfs", "median", "5.8", "weeks"), keyed("median PFS", "median", "5.8", "months"), "unit"),
        (said("cycles", "n", "10", "cycles"), keyed("cycles of daratumumab", "n", "10", "courses"), "equal"),
        (said("pfs", "or", "5.8"), keyed("PFS odds ratio", "value", "5.8"), "equal"),
        (said("os", "value", "63.4", "%"), keyed("12-month survival", "pct", "63.4"), "statistic"),
        (said("cycles", "value", "10"), keyed("cycles of daratumumab", "n", "10"), "missing"),
        (said("pfs", "median", "5.9", "months"), keyed("median PFS", "median", "5.8", "months"), "rounding"),
        (said("os", "median", "21", "months"), keyed("haemoglobin", "median", "21"), "missing"),
        (said("os", "pct", "63.4", "%"), keyed("alive after one year", "pct", "63.4"), "equal"),
        (said("pfs", "median", "5.8", "months", comparator="~"), keyed("median PFS", "median", "5.8"), "equal"),
        (said("pfs", "median", "5.8", source="table"), keyed("median PFS", "median", "5.8"), "missing"),
    ],
)
def test_a_number_of_the_text(read: dict, row: dict, kind: str) -> None:
    assert match([read], [row])[0][0] == kind


def test_words_around_the_number_decide_between_two_of_one_value() -> None:
    read = [said("month", "value", "10", "months"), said("cycles", "value", "10", "cycles")]
    rows = [keyed("cycles of daratumumab", "value", "10"), keyed("stopped before", "value", "10", "months")]
    assert match(read, rows) == [("equal", "o1"), ("equal", "o0")]


def test_a_median_and_its_interval_stay_in_one_sentence() -> None:
    read = [
        said("os", "ci_low", "19", quote="Another interval began at 19.", start=26, end=28),
        said("os", "median", "21", "months"),
        said("os", "ci_low", "19", "months"),
    ]
    rows = [keyed("median OS", "median", "21", "months"), keyed("median OS", "ci_low", "19", "months")]
    assert match(read, rows) == [("equal", "o1"), ("equal", "o2")]


def test_no_number_of_the_text_answers_two_gold_rows() -> None:
    rows = [keyed("median OS", "median", "21"), keyed("median OS, updated", "median", "21")]
    assert sorted(k for k, _ in match([said("os", "median", "21")], rows)) == ["equal", "missing"]


def test_of_one_number_printed_twice_the_subject_takes_the_print_of_its_own_patients():
    of_part = said("pfs", "median", "5.8", "months", observation_id="O-part", subgroup="frail")
    of_all = said("pfs", "median", "5.8", "months", observation_id="O-all")
    rows = [keyed("median PFS", "median", "5.8", "months"), keyed("median PFS, frail", "median", "5.8", "months")]
    assert match([of_part, of_all], rows) == [("equal", "O-all"), ("equal", "O-part")]


def test_a_number_of_cited_work_is_taken_only_where_there_is_no_own():
    cited = said("os", "pct", "63.4", "%", observation_id="O-cited", speaks_of="another study")
    own = said("os", "pct", "63.4", "%", observation_id="O-own")
    row = keyed("12-month survival", "pct", "63.4")
    assert match([cited, own], [row]) == [("equal", "O-own")]
    assert match([cited], [row]) == [("equal", "O-cited")]


def test_of_two_equal_numbers_each_subject_takes_the_one_of_its_grade():
    low = said("os", "median", "21", observation_id="O-any", grade="any", subject="Median events")
    high = said("os", "median", "21", observation_id="O-high", grade=">=3", subject="for all grades and")
    rows = [
        keyed("any grade events per patient", "median", "21"),
        keyed("grade ≥ 3 events per patient", "median", "21"),
    ]
    assert match([low, high], rows) == [("equal", "O-any"), ("equal", "O-high")]
