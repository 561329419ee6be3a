"""Verdicts written one by one into a file that other people write too."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from auditable.decisions import COLUMNS, read_decisions
from auditable.decisions_file import ConflictError, Decision, lines_of, put_back, record, stamp, withdraw
from auditable.model import AuditableError

HEADER = "item_id,verdict,note,who,when,value_then\n"
NOBODY = stamp(())
FIRST = Decision("F-1", "explained", 'one patient, "lost"', "MK", "2026-01-02", "26.0 | 25.0")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "curated" / "decisions.csv"


def lines(path: Path) -> dict[str, tuple[Decision, ...]]:
    return lines_of(read_decisions(path).frame)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def test_a_decision_is_one_line_that_the_reader_understands(path: Path) -> None:
    assert record(path, FIRST, NOBODY) == ()
    assert path.read_bytes() == (HEADER + 'F-1,explained,"one patient, ""lost""",MK,2026-01-02,26.0 | 25.0\n').encode()
    assert read_decisions(path).frame.iloc[0].to_dict() == vars(FIRST)
    assert [p.name for p in path.parent.iterdir() if p.suffix != ".lock"] == ["decisions.csv"]


def test_lines_are_sorted_whoever_came_first(path: Path) -> None:
    for item_id in ("F-3", "D-2", "F-1"):
        record(path, replace(FIRST, item_id=item_id), NOBODY)
    assert [line.split(",")[0] for line in path.read_text("utf-8").splitlines()] == ["item_id", "D-2", "F-1", "F-3"]


def test_a_second_verdict_replaces_the_first_only_when_that_was_seen(path: Path) -> None:
    record(path, FIRST, NOBODY)
    second = replace(FIRST, verdict="won't fix", who="LB")
    with pytest.raises(ConflictError) as error:
        record(path, second, NOBODY)
    assert error.value.present == (FIRST,)
    assert "explained (MK)" in str(error.value)
    assert lines(path) == {"F-1": (FIRST,)}
    assert record(path, second, stamp([FIRST])) == (FIRST,)
    assert lines(path) == {"F-1": (second,)}


def test_withdrawn_and_put_back(path: Path) -> None:
    record(path, FIRST, NOBODY)
    with pytest.raises(ConflictError):
        withdraw(path, "F-1", NOBODY)
    before = withdraw(path, "F-1", stamp([FIRST]))
    assert path.read_text("utf-8") == HEADER
    put_back(path, "F-1", before, NOBODY)
    assert lines(path) == {"F-1": (FIRST,)}


def test_a_verdict_settles_a_dispute(path: Path) -> None:
    write(path, HEADER + "F-1,explained,,A,,x\nF-1,won't fix,,B,,x\nF-1,won't fix,,B,,x\n")
    both = lines(path)["F-1"]
    assert [d.who for d in both] == ["A", "B"]
    record(path, FIRST, stamp(both))
    assert lines(path) == {"F-1": (FIRST,)}


def test_other_peoples_lines_stay_even_when_they_are_nonsense(path: Path) -> None:
    write(
        path,
        "\ufeff"
        + HEADER.replace("\n", "\r\n")
        + 'F-0,perhaps,,,,\r\ntorn a\r\nF-2,"open\r\nF-2,explained,a,b,c,d,e\r\n',
    )
    record(path, FIRST, NOBODY)
    assert path.read_text("utf-8").splitlines()[1:] == [
        'F-1,explained,"one patient, ""lost""",MK,2026-01-02,26.0 | 25.0',
        "F-0,perhaps,,,,",
        "torn a",
        'F-2,"open',
        "F-2,explained,a,b,c,d,e",
    ]


def test_a_note_with_a_line_break_stays_together_until_it_is_mended(path: Path) -> None:
    """A spreadsheet writes such notes; each of the two lines alone is no decision."""
    torn = ['F-8,explained,"see', 'page 4",LB,,x', 'F-7,explained,"as in', 'Table 2",LB,,y']
    write(path, HEADER + "\n".join(torn) + "\n")
    record(path, FIRST, NOBODY)
    record(path, replace(FIRST, item_id="F-9"), NOBODY)
    assert path.read_text("utf-8").splitlines()[3:] == torn


def test_columns_in_another_order_are_put_in_ours(path: Path) -> None:
    write(path, "verdict,item_id,note,who,when,value_then\nwon't fix,F-0,,,,x\n")
    record(path, FIRST, NOBODY)
    assert path.read_text("utf-8").splitlines()[:2] == [HEADER.strip(), "F-0,won't fix,,,,x"]


@pytest.mark.parametrize("text", ["nonsense\n", "", "a,b\n1,2\n", "\xff\xfe"])
def test_a_file_that_is_no_list_of_decisions_is_not_touched(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(AuditableError, match="cannot be read"):
        record(path, FIRST, NOBODY)
    assert path.read_bytes() == text.encode("latin-1")


def test_a_line_of_the_item_itself_that_is_nonsense_stays_too(path: Path) -> None:
    write(path, HEADER + "F-1,perhaps,,,,\n")
    record(path, FIRST, NOBODY)
    assert len(path.read_text("utf-8").splitlines()) == 3


def test_an_unknown_verdict_is_refused(path: Path) -> None:
    with pytest.raises(AuditableError, match="article is wrong"):
        record(path, replace(FIRST, verdict="perhaps"), NOBODY)
    assert not path.exists()


def test_a_note_of_many_lines_is_one_line_of_the_file(path: Path) -> None:
    record(path, replace(FIRST, note="see\r\ntable 2,\x00 not\t3 " + "x" * 9_999), NOBODY)
    note = lines(path)["F-1"][0].note
    assert note.startswith("see table 2, not 3 x")
    assert len(note) == 4_000
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_writers_at_once_lose_nothing(path: Path) -> None:
    decisions = [replace(FIRST, item_id=f"F-{i:02}") for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda d: record(path, d, NOBODY), decisions))
    assert sorted(lines(path)) == [d.item_id for d in decisions]


def test_of_two_verdicts_at_once_on_one_item_one_is_told(path: Path) -> None:
    def decide(who: str) -> str:
        try:
            record(path, replace(FIRST, who=who), NOBODY)
        except ConflictError:
            return "told"
        return "written"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, ["A", "B"])) == ["told", "written"]


def test_the_columns_are_those_of_the_frame() -> None:
    assert tuple(vars(FIRST)) == COLUMNS
