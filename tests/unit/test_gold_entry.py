"""One row of a keyer's file at a time: what changes, what stays byte for byte, and who is told of whose change."""

from pathlib import Path

import pytest

from auditable.gold_entry import GoldConflictError, add_row, check_row, drop_row, edit_fields, edit_row
from auditable.gold_files import check_name, keyer_path, list_keyers, names_of
from auditable.gold_record import DRAFT, read_keyed
from auditable.model import AuditableError
from tests.papers_made import GOLD_HEADER

LINES = (
    f"T1,Age > Median,All,median,70.5,years,,70.5 (51–84),{DRAFT}",
    f'T1,"Sex, n (%) > Female",All,n,8,,,8 (25.0),{DRAFT}',
    f'T1,"Sex, n (%) > Female",All,pct,25.0,%,,8 (25.0),{DRAFT}',
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as a spreadsheet leaves it: a byte order mark, CRLF, a cell with a line break, no last line end."""
    mine = keyer_path(tmp_path / "smith2021", "ann")
    mine.parent.mkdir(parents=True)
    broken = '"T1","Best\nresponse",All,text,"M,\nF",,,,bob'
    mine.write_bytes(("\ufeff" + "\r\n".join((GOLD_HEADER, LINES[0], broken, *LINES[1:]))).encode())
    return mine


def key_of(path: Path, statistic: str) -> str:
    frame = read_keyed(path)
    return str(frame.loc[frame["statistic"] == statistic, "line_key"].iloc[0])


def row_of(path: Path, statistic: str) -> dict:
    frame = read_keyed(path)
    return frame[frame["statistic"] == statistic].iloc[0].to_dict()


def test_an_edit_changes_one_line_and_keeps_every_other_byte(path: Path) -> None:
    before, key = path.read_bytes(), key_of(path, "n")
    assert edit_row(path, key, " 9 ", "Ann Lee", seen={"value": "8"}) == key
    assert path.read_bytes() == before.replace(b",n,8,,,8 (25.0)," + DRAFT.encode(), b",n,9,,,8 (25.0),Ann Lee")


@pytest.mark.parametrize("statistic", ["median", "text", "pct"])
def test_rows_before_behind_and_with_line_breaks_are_edited_alike(path: Path, statistic: str) -> None:
    others = [tuple(r) for r in read_keyed(path)[["statistic", "value"]].to_numpy() if r[0] != statistic]
    edit_row(path, key_of(path, statistic), "1.5", "ann", seen={})
    assert (row_of(path, statistic)["value"], row_of(path, statistic)["keyed_by"]) == ("1.5", "ann")
    assert [tuple(r) for r in read_keyed(path)[["statistic", "value"]].to_numpy() if r[0] != statistic] == others


def test_a_checked_row_says_who_looked_and_can_be_taken_back(path: Path) -> None:
    before, key = path.read_bytes(), key_of(path, "n")
    check_row(path, key, "ann", seen={"value": "8"})
    assert (row_of(path, "n")["keyed_by"], row_of(path, "n")["is_checked"]) == ("ann: draft checked", True)
    check_row(path, key, "bob", seen={"value": "8"})
    assert row_of(path, "n")["keyed_by"] == "ann: draft checked"
    check_row(path, key, "ann", seen={"value": "8"}, is_checked=False)
    assert path.read_bytes() == before


def test_an_edit_to_the_same_text_is_a_check(path: Path) -> None:
    edit_row(path, key_of(path, "n"), "8", "ann", seen={})
    assert row_of(path, "n")["keyed_by"] == "ann: draft checked"


def test_another_statistic_gives_another_key(path: Path) -> None:
    old = key_of(path, "median")
    new = edit_row(path, old, "mean", "ann", seen={"statistic": "median"}, column="statistic")
    assert new != old
    assert row_of(path, "mean")["line_key"] == new


def test_a_number_is_never_called_missing(path: Path) -> None:
    key = key_of(path, "median")
    with pytest.raises(AuditableError, match=r"a number under the statistic 'missing'.*70\.5"):
        edit_row(path, key, "missing", "ann", seen={}, column="statistic")
    edit_row(path, key, "NR", "ann", seen={})
    edit_row(path, key, "missing", "ann", seen={}, column="statistic")
    counted = edit_fields(path, key_of(path, "missing"), {"statistic": "n", "value": "5"}, "ann", seen={"value": "NR"})
    edit_fields(path, counted, {"statistic": "missing", "value": "NR"}, "ann", seen={"statistic": "n"})
    with pytest.raises(AuditableError, match="found ≥ 1,200"):
        edit_row(path, key_of(path, "missing"), "≥ 1,200", "ann", seen={})
    assert row_of(path, "missing")["value"] == "NR"


def test_a_row_that_changed_meanwhile_is_not_overwritten(path: Path) -> None:
    key = key_of(path, "n")
    edit_row(path, key, "9", "bob", seen={"value": "8"})
    written = path.read_bytes()
    for act in (
        lambda: edit_row(path, key, "7", "ann", seen={"value": "8"}),
        lambda: check_row(path, key, "ann", seen={"value": "8"}),
        lambda: drop_row(path, key, seen={"value": "8"}),
    ):
        with pytest.raises(GoldConflictError, match=r"value '8', found .*value '9'") as told:
            act()
        assert told.value.now is not None
        assert told.value.now["keyed_by"] == "bob"
    assert path.read_bytes() == written


def test_a_row_that_is_gone_is_told(path: Path) -> None:
    key = key_of(path, "n")
    drop_row(path, key, seen={"value": "8"})
    assert list(read_keyed(path)["statistic"]) == ["median", "text", "pct"]
    with pytest.raises(GoldConflictError, match="no such row"):
        check_row(path, key, "ann", seen={})


def test_an_added_row_stands_at_the_end_and_no_row_stands_twice(path: Path) -> None:
    row = {"table_id": "T1", "stub_path": "Stage > I", "spanner_path": "All", "statistic": "n", "value": "4\r\n2"}
    key = add_row(path, row, "ann")
    last = read_keyed(path).iloc[-1]
    assert (last["line_key"], last["value"], last["keyed_by"], last["unit"]) == (key, "4 2", "ann", "")
    with pytest.raises(AuditableError, match="repeated"):
        add_row(path, row, "ann")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "", "column": "value"}, "without a value"),
        ({"value": "medain", "column": "statistic"}, "unknown statistic"),
        ({"value": "T2", "column": "table_id"}, "not for keying"),
        ({"value": "9", "who": "ann+bob"}, "cannot stand under a row"),
        ({"value": "9", "who": "Draft"}, "cannot stand under a row"),
        ({"value": "9", "who": " "}, "cannot stand under a row"),
    ],
)
def test_what_cannot_be_keyed_is_refused(path: Path, change: dict, said: str) -> None:
    before = path.read_bytes()
    with pytest.raises(AuditableError, match=said):
        edit_row(**{"path": path, "line_key": key_of(path, "n"), "who": "ann", "seen": {}, **change})
    assert path.read_bytes() == before


def test_a_keyer_without_a_file_has_nothing_to_change(path: Path) -> None:
    with pytest.raises(AuditableError, match="not keyed in"):
        check_row(keyer_path(path.parent.parent.with_name("jones2020"), "ann"), "L-1", "ann", seen={})


def test_an_empty_cell_may_be_keyed_as_text(path: Path) -> None:
    edit_row(path, key_of(path, "text"), "", "ann", seen={})
    assert row_of(path, "text")["value"] == ""


@pytest.mark.parametrize("name", ["../gold.csv", "gold/draft.csv"])
def test_neither_the_record_nor_the_draft_is_keyed_in(path: Path, name: str) -> None:
    other = path.parent / name.removeprefix("gold/")
    other.write_bytes(path.read_bytes())
    with pytest.raises(AuditableError, match="not keyed in"):
        edit_row(other.resolve(), key_of(path, "n"), "9", "ann", seen={})
    assert other.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "Draft", "a b", "x" * 41, "ann.csv", "a\n"])
def test_a_keyer_is_named_as_a_file_can_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(AuditableError, match="no name for a keyer"):
        keyer_path(tmp_path, name)


def test_keyers_are_those_with_a_file(path: Path) -> None:
    for name in ("Bob.csv", "draft.csv", ".lock", "signed.json", "not a name.csv"):
        (path.parent / name).write_text("", encoding="utf-8")
    assert list_keyers(path.parent.parent) == ["ann", "Bob"]
    assert list_keyers(path.parent) == []


def test_names_under_a_row() -> None:
    assert names_of("Ann Lee+bob: draft checked") == ["Ann Lee", "bob"]
    assert names_of(DRAFT) == []
    assert check_name(" Ann \t Lee ") == "Ann Lee"
