"""The desk over the files of curated/: what a run keeps, what the next one tells, what broken files do."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console
from typer.testing import CliRunner

from auditable import cli
from auditable.cli_decisions import State
from auditable.desk import desk_of, keep_items
from auditable.model import AuditableError, PageSize, Reading
from auditable.publication import Publication
from auditable.publish import publish
from auditable.review.report import STATE_OF_ITEM
from auditable.settings import Settings
from auditable.store import StudyFrames, write_study
from auditable.summary import change_line
from auditable.terminal_items import show_items
from schemas.desk_frames import ITEM_STATES
from schemas.frames import Cells, Matches, Observations, Rejected, empty_frame
from tests.unit.frames_made import findings

RUNNER = CliRunner()
HEADER = "item_id,verdict,note,who,when,value_then\n"


def run(curated: Path, **printed: str) -> Publication:
    """A corpus of one study is published; F_1="26.0" is its finding F_1 that prints 26.0."""
    found = findings(*({"finding_id": name, "printed": value} for name, value in printed.items()))
    rest = [empty_frame(m) for m in (Matches, Rejected)]
    frames = StudyFrames(empty_frame(Cells), empty_frame(Observations), found, *rest)
    write_study(curated, "smith2021", Reading("smith2021", (PageSize(1, 595, 842, False),), (), ()), frames)
    return publish(curated, [], [], Settings())


def decide(curated: Path, *lines: str) -> None:
    (curated / "decisions.csv").write_text(HEADER + "".join(f"{line}\n" for line in lines), "utf-8")


def bytes_of(curated: Path) -> dict[str, bytes]:
    return {str(p.relative_to(curated)): p.read_bytes() for p in curated.rglob("*") if p.is_file()}


def printed_by(published: Publication) -> str:
    console = Console(file=io.StringIO(), width=200)
    show_items(console, published.decided)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def report(curated: Path) -> str:
    return (curated / "report" / "index.html").read_text("utf-8")


def test_what_a_run_tells_of_the_run_before(tmp_path: Path) -> None:
    assert change_line(run(tmp_path, A="1", B="2", C="3", D="4").decided) == "4 new"
    decide(tmp_path, "A,explained,,,,1 | 25.0", "B,won't fix,,MK,,2 | 25.0", "X,explained,,,,9")
    second = run(tmp_path, A="1", B="7", C="3", E="5")
    assert change_line(second.decided) == "1 new, 1 returned, 1 unchanged, 1 closed, 1 gone"
    assert second.open_items == 3
    said = printed_by(second)
    assert said.index("returned · smith2021 · B") < said.index("new · smith2021 · E")
    assert "Decided: won't fix (MK). It was said of 2 | 25.0." in said
    assert "no item of today: X, explained" in said
    assert "Items: 1 new, 1 returned, 1 unchanged, 1 closed, 1 gone." in said
    assert list(second.decided.gone["item_id"]) == ["D"]


def test_a_second_run_gives_the_same_bytes_and_the_same_news(tmp_path: Path) -> None:
    run(tmp_path, A="1")
    run(tmp_path, A="1", B="2")
    before = bytes_of(tmp_path)
    again = run(tmp_path, A="1", B="2")
    assert bytes_of(tmp_path) == before
    assert change_line(again.decided) == "1 new, 1 unchanged"
    assert len(pd.read_csv(tmp_path / "history.csv")) == 2


def test_a_verdict_changes_neither_items_nor_the_number_of_runs(tmp_path: Path) -> None:
    run(tmp_path, A="1")
    items = (tmp_path / "items.csv").read_bytes()
    decide(tmp_path, "A,explained,,,,1 | 25.0")
    assert run(tmp_path, A="1").open_items == 0
    assert (tmp_path / "items.csv").read_bytes() == items
    assert pd.read_csv(tmp_path / "history.csv")[["run", "n_closed"]].to_numpy().tolist() == [[1, 1]]


def test_a_run_leaves_decisions_untouched_and_tells_the_broken_line(tmp_path: Path) -> None:
    decide(tmp_path, "A,perhaps,<b>,,,1 | 25.0", "B,explained,,,,2 | 25.0", "<<<<<<< HEAD")
    before = (tmp_path / "decisions.csv").read_bytes()
    published = run(tmp_path, A="1", B="2")
    assert list(published.decided.items["state"]) == ["new", "closed"]
    assert [p.split(": ")[0][-6:] for p in published.decided.problems] == ["line 2", "line 4"]
    assert "unknown verdict on A" in printed_by(published)
    assert "unknown verdict on A" in report(tmp_path)
    assert "&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD" in report(tmp_path)
    assert (tmp_path / "decisions.csv").read_bytes() == before


def test_a_file_that_is_no_csv_of_decisions_stops_the_run_before_anything_is_written(tmp_path: Path) -> None:
    run(tmp_path, A="1")
    (tmp_path / "decisions.csv").write_bytes(b"\x89PNG")
    before = bytes_of(tmp_path)
    with pytest.raises(AuditableError, match="the decisions cannot be read"):
        publish(tmp_path, [], [], Settings())
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize("content", ["nonsense", "<<<<<<< HEAD\n", ""])
def test_a_broken_file_of_items_is_told_and_written_anew(tmp_path: Path, content: str) -> None:
    run(tmp_path, A="1")
    good = (tmp_path / "items.csv").read_bytes()
    (tmp_path / "items.csv").write_text(content, "utf-8")
    decided = desk_of(tmp_path)
    assert [str(tmp_path / "items.csv") in p for p in decided.problems] == [True]
    assert list(decided.items["state"]) == ["new"]
    assert keep_items(tmp_path, decided)
    assert (tmp_path / "items.csv").read_bytes() == good
    assert desk_of(tmp_path).problems == ()


def test_the_desk_says_the_same_as_the_run(tmp_path: Path) -> None:
    decide(tmp_path, "A,explained,,,,1 | 25.0")
    pd.testing.assert_frame_equal(run(tmp_path, A="1", B="2").decided.items, desk_of(tmp_path).items)


def test_every_state_can_be_asked_for_and_has_words() -> None:
    assert tuple(State) == ITEM_STATES
    assert set(STATE_OF_ITEM) == set(ITEM_STATES)


def test_the_list_of_items_as_text_and_for_spreadsheets(tmp_path: Path) -> None:
    run(tmp_path, A="=1+1", B="-2")
    decide(tmp_path, "B,explained,=HYPERLINK(1),MK,,-2 | 25.0")

    def listed(*words: str) -> str:
        result = RUNNER.invoke(cli.app, ["decisions", "list", *words, "--curated", str(tmp_path)])
        assert result.exit_code == 0, result.output
        return result.output

    assert "closed · smith2021 · B" in listed()
    assert "Decided: explained (MK)." in listed("smith2021", "--state", "closed")
    assert "· A ·" not in listed("--state", "closed")
    rows = pd.read_csv(io.StringIO(listed("--format", "csv")), dtype=str).set_index("item_id")
    assert (rows.loc["A", "value_now"], rows.loc["B", "note"]) == ("'=1+1 | 25.0", "'=HYPERLINK(1)")
    assert [r["value_now"] for r in json.loads(listed("--format", "json"))] == ["=1+1 | 25.0", "-2 | 25.0"]
