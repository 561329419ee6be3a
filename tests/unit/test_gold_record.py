from pathlib import Path

import pytest

from auditable.gold_record import DRAFT, parse_lines, read_gold, read_keyed
from auditable.model import AuditableError

HEADER = "table_id,stub_path,spanner_path,statistic,value,unit,marks,raw_text,keyed_by\n"
LINE = "T1,Age > Median,All,median,70.5,years,,70.5 (51–84),A+B\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gold.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_gold_rows_keep_their_line_numbers_and_text(tmp_path: Path) -> None:
    text = HEADER + LINE + '\nT1,"Sex, n",All,text,"M,\nF",,*,"M, F",A\n' + LINE.replace("70.5", "71")
    frame = read_gold(write(tmp_path, "\ufeff" + text))
    assert list(frame["gold_line"]) == [2, 4, 6]
    assert list(frame["value"]) == ["70.5", "M,\nF", "71"]
    assert list(frame["unit"]) == ["years", "", "years"]


def test_a_row_with_line_breaks_covers_all_its_lines(tmp_path: Path) -> None:
    text = HEADER + LINE + LINE.replace("All", '"All\nof\nthem"') + LINE.replace("70.5", "71")
    assert [(one.line, one.n_lines) for one in parse_lines(text, tmp_path)] == [(2, 1), (3, 3), (6, 1)]


def test_a_gold_file_with_only_a_header_has_no_rows(tmp_path: Path) -> None:
    assert read_gold(write(tmp_path, HEADER)).empty


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER.replace("unit", "units") + LINE, ["line 1", "unknown column units", "stub_path", "first line"]),
        (HEADER.replace(",keyed_by", "") + LINE, ["line 1", "column keyed_by is missing"]),
        (HEADER.replace("marks", "unit") + LINE, ["line 1", "marks"]),
        (HEADER.replace("marks", "marks,page") + LINE, ["line 1", "unknown column page"]),
        (HEADER.replace("marks", "marks,unit") + LINE, ["line 1", "a column stands twice"]),
        ("", ["line 1", "an empty file"]),
        (HEADER + LINE + LINE.replace("median,", "medain,"), ["line 3", "medain", "ci_low", "Correct the statistic"]),
        (HEADER + LINE.replace("years,,", "years,"), ["line 2", "9 fields", "8", "double quotes"]),
        (HEADER + LINE + LINE.replace("70.5,", "71,") + LINE, ["line 4", "line 2", "Delete one"]),
    ],
)
def test_a_broken_gold_file_says_what_where_and_what_to_do(tmp_path: Path, text: str, said: list[str]) -> None:
    path = write(tmp_path, text)
    with pytest.raises(AuditableError) as error:
        read_gold(path)
    assert str(path) in str(error.value)
    assert [part for part in said if part not in str(error.value)] == []


def test_a_gold_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.csv"
    path.write_bytes((HEADER + LINE).encode("utf-16"))
    with pytest.raises(AuditableError, match="UTF-8"):
        read_gold(path)


def test_a_draft_is_never_truth(tmp_path: Path) -> None:
    """Our own reading in the place of the gold record would agree with our reading."""
    path = write(tmp_path, HEADER + LINE + LINE.replace("70.5,", "71,").replace("A+B", DRAFT))
    with pytest.raises(AuditableError, match=r"line 3.*1 of 2 rows") as told:
        read_gold(path)
    assert "auditable gold sign" in str(told.value)
    assert list(read_keyed(path)["is_checked"]) == [True, False]


def test_the_first_row_of_a_draft_is_named(tmp_path: Path) -> None:
    rows = [LINE.replace("70.5,", f"{n},").replace("A+B", DRAFT) for n in (71, 72)]
    with pytest.raises(AuditableError, match=r"line 3: .*2 of 3 rows"):
        read_gold(write(tmp_path, HEADER + LINE + "".join(rows)))


def test_a_row_has_one_key_whatever_its_value(tmp_path: Path) -> None:
    """Two rows of one place have two keys; another value, unit or line gives no other key."""
    twice = LINE + LINE.replace("70.5,", "71,")
    before = read_keyed(write(tmp_path, HEADER + twice))["line_key"]
    after = read_keyed(write(tmp_path, HEADER + LINE.replace("Age", "Sex") + twice.replace("years", "months")))
    assert before.nunique() == 2
    assert list(after["line_key"])[1:] == list(before)


def test_signs_that_are_no_line_ends_stay_inside_their_field(tmp_path: Path) -> None:
    frame = read_gold(write(tmp_path, HEADER + LINE.replace("All", "All\u2028of\x0cthem")))
    assert list(frame["spanner_path"]) == ["All\u2028of\x0cthem"]


def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(AuditableError, match="line 3"):
        read_gold(write(tmp_path, HEADER + LINE + 'T1,"Age,All,median,70.5\n' + "x" * 140_000))
