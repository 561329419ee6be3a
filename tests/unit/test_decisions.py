import subprocess
from pathlib import Path

import pandas as pd
import pytest

from auditable.decisions import Decided, apply_decisions, read_decisions, read_lines
from auditable.items import compare_items, list_items
from auditable.model import AuditableError
from auditable.reconcile import reconcile
from schemas.desk_frames import Items
from schemas.frames import Discrepancies, empty_frame
from tests.unit.frames_made import findings, gold, observations

HEADER = "item_id,verdict,note,who,when,value_then\n"
LINE = "F-1,explained,,MK,,26.0 | 25.0\n"
ATTRIBUTES = Path(__file__).parents[2] / ".gitattributes"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "decisions.csv"
    path.write_bytes(text.encode())
    return path


def decided(tmp_path: Path, lines: str, items: pd.DataFrame | None = None, last: pd.DataFrame | None = None) -> Decided:
    found = list_items(findings({}), empty_frame(Discrepancies)) if items is None else items
    compared = compare_items(found, empty_frame(Items) if last is None else last)
    return apply_decisions(found, compared, read_decisions(write(tmp_path, HEADER + lines)))


def test_no_file_means_no_decisions(tmp_path: Path) -> None:
    read = read_decisions(tmp_path / "decisions.csv")
    assert (len(read.frame), read.problems) == (0, ())


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_decisions_are_read_as_they_were_written(tmp_path: Path, ends: str) -> None:
    text = f"\ufeff{HEADER}" + 'F-1,explained,"one patient, ""lost"" =1\u2028x",MK,2026-01-02,26.0 | 25.0\n\n,,,,,\n'
    read = read_decisions(write(tmp_path, text.replace("\n", ends)))
    assert read.problems == ()
    assert read.frame.to_dict("records") == [{
        "item_id": "F-1", "verdict": "explained", "note": 'one patient, "lost" =1\u2028x', "who": "MK",
        "when": "2026-01-02", "value_then": "26.0 | 25.0",
    }]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"nonsense", b"", b"item_id;verdict;note\nF-1;explained;\n", b"\x89PNG\r\n\x1a\n", b"\xff\xfe\x00i"]
)
def test_a_file_that_is_no_csv_of_decisions_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(content)
    with pytest.raises(AuditableError, match=r"line 1: .* item_id,verdict,note,who,when,value_then, found "):
        read_decisions(path)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("F-2,perhaps,,,,", ["F-2", "found perhaps", "article is wrong", "won't fix"]),
        ("F-2,,,,,", ["F-2", "found nothing", "open the item again"]),
        (",explained,,,,", ["not named"]),
        ("F-2,explained,a,b,c,d,e,f", ["6 fields", "found 8 fields", "F-2,explained"]),
        ("F-2,explained", ["found 2 fields"]),
        ('F-2,explained,"a note,MK,,', ["not closed"]),
        ("<<<<<<< HEAD", ["found 1 fields", "<<<<<<<"]),
    ],
)
def test_a_broken_line_is_told_and_the_others_hold(tmp_path: Path, line: str, said: list[str]) -> None:
    path = write(tmp_path, f"{HEADER}{line}\n{LINE}")
    read = read_decisions(path)
    assert list(read.frame["item_id"]) == ["F-1"]
    assert len(read.problems) == 1
    assert [part for part in (f"{path}, line 2: ", *said) if part not in read.problems[0]] == []
    assert [(x.number, x.text) for x in read_lines(path)] == [(2, line), (3, LINE.rstrip("\n"))]


def test_states_of_items(tmp_path: Path) -> None:
    ids = [{"finding_id": f"F-{n}"} for n in range(1, 6)]
    items = list_items(findings(*ids), empty_frame(Discrepancies))
    last = compare_items(list_items(findings(*ids[:4]), empty_frame(Discrepancies)), empty_frame(Items))
    lines = LINE + "F-2,explained,,,,27.0 | 25.0\nF-3,explained,,MK,,26.0 | 25.0\n"
    lines += "F-3,won't fix,,AB,,26.0 | 25.0\nF-gone,won't fix,,,,x\n"
    found = decided(tmp_path, lines, items, last)
    assert list(found.items["state"]) == ["closed", "returned", "disputed", "unchanged", "new"]
    assert list(found.items["verdict"]) == ["explained", "explained", "explained / won't fix", "", ""]
    assert list(found.items["who"]) == ["MK", "", "MK / AB", "", ""]
    assert found.items["value_then"].iloc[1] == "27.0 | 25.0"
    assert found.unknown_ids == ("F-gone",)
    assert "F-gone" in set(found.lines["item_id"])
    assert (found.count_open(), found.count_open("smith2021"), found.count_open("jones2020")) == (4, 4, 0)


@pytest.mark.parametrize(
    ("others", "state", "verdict"),
    [
        ("", "closed", "explained"),
        (LINE, "closed", "explained"),
        ("F-1,explained,two looked,AB,,26.0 | 25.0\n", "closed", "explained"),
        ("F-1,gold is wrong,,AB,,26.0 | 25.0\n", "disputed", "explained / gold is wrong"),
        ("F-1,gold is wrong,,AB,,24.0 | 25.0\n", "closed", "explained"),
    ],
)
def test_two_lines_on_one_item(tmp_path: Path, others: str, state: str, verdict: str) -> None:
    """Equal lines are one; of several, those on the values of today count."""
    row = decided(tmp_path, LINE + others).items.iloc[0]
    assert (row["state"], row["verdict"]) == (state, verdict)


def test_blanks_around_a_value_do_not_bring_an_item_back(tmp_path: Path) -> None:
    items = list_items(findings({"expected": ""}), empty_frame(Discrepancies))
    assert items["value_now"].iloc[0] == "26.0 |"
    assert list(decided(tmp_path, "F-1,explained,,,,26.0 | \n", items).items["state"]) == ["closed"]


def test_a_decided_discrepancy_returns_when_our_reading_changes(tmp_path: Path) -> None:
    def item(value: str) -> pd.DataFrame:
        return list_items(findings(), reconcile("smith2021", observations({"value": value}), gold({})).discrepancies)

    then = item("75.0").iloc[0]
    line = f"{then['item_id']},our reading is wrong,,,,{then['value_now']}\n"
    assert decided(tmp_path, line, item("75.0")).items["state"].iloc[0] == "closed"
    assert decided(tmp_path, line, item("76.0")).items["state"].iloc[0] == "returned"


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_git_merges_two_peoples_decisions_line_by_line(tmp_path: Path) -> None:
    (tmp_path / ".gitattributes").write_bytes(ATTRIBUTES.read_bytes())
    (tmp_path / "curated").mkdir()
    git(tmp_path, "init", "-b", "ours")
    write(tmp_path / "curated", HEADER + "F-0,explained,,,,26.0 | 25.0\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "none")
    for branch, verdict in (("theirs", "won't fix"), ("ours", "explained")):
        git(tmp_path, "checkout", "-B", branch) if branch == "theirs" else git(tmp_path, "checkout", branch)
        path = write(tmp_path / "curated", HEADER + f"F-0,explained,,,,26.0 | 25.0\nF-1,{verdict},,,,26.0 | 25.0\n")
        git(tmp_path, "commit", "-am", branch)
    git(tmp_path, "merge", "theirs")
    read = read_decisions(path)
    assert read.problems == ()
    assert list(read.frame["item_id"]) == ["F-0", "F-1", "F-1"]
