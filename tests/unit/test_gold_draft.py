"""A draft of a gold file: the rows people would key, each marked as nobody's work, and never over somebody's work."""

from pathlib import Path

import pytest

from auditable.gold_compare import compare_gold
from auditable.gold_draft import draft_gold, draft_origins, start_keyer, write_draft
from auditable.gold_entry import check_row
from auditable.gold_record import DRAFT, read_gold, read_keyed
from auditable.model import AuditableError
from tests.unit.frames_made import observations

SENTENCE = {
    "source": "prose", "table_id": "", "stub_path": "", "spanner_path": "", "quote": "Men lived 61 months in all.",
    "start": 10, "end": 12, "value": "61", "unit": "months", "raw_text": "61",
}  # fmt: skip


def said(*changes: dict) -> list[tuple[str, ...]]:
    rows = draft_gold(observations(*changes))
    return [tuple(r) for r in rows[["table_id", "stub_path", "statistic", "value", "unit"]].to_numpy()]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({}, ("T1", "Age > Median", "median", "70.5", "years")),
        ({"comparator": ">=", "value": "3"}, ("T1", "Age > Median", "median", "≥3", "years")),
        ({"value": "", "missing": "NR", "raw_text": "NR [0.4]"}, ("T1", "Age > Median", "missing", "NR", "years")),
        ({"value": "", "missing": "dash", "raw_text": "–"}, ("T1", "Age > Median", "missing", "–", "years")),
        ({"statistic": "text", "value": "NK", "missing": "NK"}, ("T1", "Age > Median", "text", "NK", "years")),
        ({**SENTENCE, "subject": "men | lived"}, ("prose", "men, lived", "median", "61", "months")),
        ({**SENTENCE, "variable": "os", "arm": "Drug A"}, ("prose", "Drug A > os", "median", "61", "months")),
        (SENTENCE, ("prose", "Men lived", "median", "61", "months")),
    ],
)
def test_what_was_read_is_written_as_people_key_it(change: dict, row: tuple) -> None:
    assert said(change) == [row]


@pytest.mark.parametrize(
    "change",
    [
        {**SENTENCE, "speaks_of": "another study"},
        {**SENTENCE, "source": "caption"},
        {"statistic": "ci_level", "value": "95"},
        {"statistic": "p", "value": "0.0021", "statistic_from": "note", "raw_text": "11.5"},
    ],
)
def test_what_people_do_not_key_is_left_out(change: dict) -> None:
    assert said({}, change) == said({})


def test_rows_stand_as_printed_and_once() -> None:
    pair = [{"statistic": "pct", "value": "25.0", "row": 1}, {"statistic": "n", "value": "8", "row": 1}]
    rows = said({**SENTENCE, "subject": "men"}, {"table_id": "T10"}, *pair, {"row": 0}, {"row": 0})
    assert [(r[0], r[2]) for r in rows] == [
        ("T1", "median"), ("T1", "n"), ("T1", "pct"), ("T10", "median"), ("prose", "median"),
    ]  # fmt: skip


def test_each_row_knows_where_it_was_read() -> None:
    """Two sentences with one number under one label are one row, of the first; another number is another row."""
    read = observations({**SENTENCE, "page": 2}, SENTENCE, {**SENTENCE, "value": "62"}, {})
    rows = draft_gold(read)
    assert [draft_origins(read)[key] for key in rows["line_key"]] == ["o3", "o1", "o2"]


def test_the_file_reads_back_as_the_draft_and_is_refused_as_truth(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("x"),\r\n"<b>\u202e\x00'
    rows = draft_gold(observations({}, {"stub_path": hostile, "raw_text": hostile}, SENTENCE))
    path = write_draft(tmp_path, rows)
    assert path == tmp_path / "gold" / "draft.csv"
    again = read_keyed(path)
    assert list(again["gold_line"]) == [2, 3, 4]
    assert set(again["keyed_by"]) == {DRAFT}
    assert compare_gold(rows, again).percent_agreement == 100
    assert list(again["line_key"]) == list(rows["line_key"])
    with pytest.raises(AuditableError, match="3 of 3 rows"):
        read_gold(path)
    before = path.read_bytes()
    write_draft(tmp_path, rows)
    assert path.read_bytes() == before


def test_a_draft_somebody_keyed_in_is_not_written_over(tmp_path: Path) -> None:
    rows = draft_gold(observations({}))
    path = write_draft(tmp_path, rows)
    path.write_text(path.read_text("utf-8").replace(DRAFT, "ann"), encoding="utf-8")
    with pytest.raises(AuditableError, match="somebody keyed in the draft"):
        write_draft(tmp_path, rows)


def test_a_keyer_begins_with_the_draft_and_is_never_begun_again(tmp_path: Path) -> None:
    rows = draft_gold(observations({}, {"statistic": "n", "value": "8"}))
    path = start_keyer(tmp_path, "ann", rows)
    check_row(path, str(rows["line_key"].iloc[0]), "ann", seen={"value": "8"})
    work = path.read_bytes()
    for name in ("ann", "Ann"):
        with pytest.raises(AuditableError, match=r"has a file already.*ann\.csv"):
            start_keyer(tmp_path, name, rows)
    assert path.read_bytes() == work


def test_a_paper_without_numbers_gives_a_draft_without_rows(tmp_path: Path) -> None:
    path = write_draft(tmp_path, draft_gold(observations()))
    assert read_keyed(path).empty
