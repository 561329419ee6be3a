"""Another person's decisions.csv taken in, through the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditable import cli
from auditable.decisions import read_decisions
from auditable.decisions_merge import merge_decisions
from auditable.model import AuditableError

HEADER = "item_id,verdict,note,who,when,value_then\n"
OURS = HEADER + "A,explained,ours,MK,,1\nB,explained,,MK,,2\nD,won't fix,,MK,,4\n"
THEIRS = HEADER + "A,gold is wrong,,AB,,1\nB,explained,,MK,,2\nC,explained,,AB,,3\nD,explained,,AB,,5\nE,perhaps,,,,\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("decisions.csv", OURS), ("theirs.csv", THEIRS)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "decisions.csv", tmp_path / "theirs.csv"


def test_lines_come_in_and_none_of_ours_is_lost(files: tuple[Path, Path]) -> None:
    path, other = files
    before = other.read_bytes()
    merged = merge_decisions(path, other)
    assert (merged.added, merged.equal) == (("A", "C", "D"), ("B",))
    assert [(item_id, [d.verdict for d in lines]) for item_id, lines in merged.disputed] == [
        ("A", ["explained", "gold is wrong"])
    ]
    assert [("line 6" in p, "perhaps" in p) for p in merged.problems] == [(True, True)]
    said = [line.split(",") for line in path.read_text("utf-8").splitlines()[1:]]
    assert [(f[0], f[1], f[3]) for f in said] == [
        ("A", "explained", "MK"), ("A", "gold is wrong", "AB"), ("B", "explained", "MK"), ("C", "explained", "AB"),
        ("D", "explained", "AB"), ("D", "won't fix", "MK"),
    ]  # fmt: skip
    assert other.read_bytes() == before


def test_merging_again_changes_nothing(files: tuple[Path, Path]) -> None:
    merge_decisions(*files)
    once = files[0].read_bytes()
    merged = merge_decisions(*files)
    assert (merged.added, files[0].read_bytes()) == ((), once)


def test_the_order_of_two_merges_does_not_matter(files: tuple[Path, Path], tmp_path: Path) -> None:
    path, other = files
    turned = tmp_path / "turned.csv"
    turned.write_bytes(other.read_bytes())
    merge_decisions(turned, path)
    merge_decisions(path, other)
    first, second = ({tuple(r) for r in read_decisions(p).frame.to_numpy()} for p in (path, turned))
    assert first == second


def test_a_first_file_may_come_from_somebody_else(tmp_path: Path, files: tuple[Path, Path]) -> None:
    assert merge_decisions(tmp_path / "new" / "decisions.csv", files[0]).added == ("A", "B", "D")
    assert (tmp_path / "new" / "decisions.csv").read_text("utf-8") == OURS


def test_nonsense_is_refused_and_ours_is_untouched(files: tuple[Path, Path]) -> None:
    path, other = files
    other.write_bytes(b"\x89PNG")
    with pytest.raises(AuditableError, match="the decisions cannot be read"):
        merge_decisions(path, other)
    assert path.read_text("utf-8") == OURS


def test_the_command_says_what_became_of_each_line(files: tuple[Path, Path]) -> None:
    path, other = files
    run = ["decisions", "merge", str(other), "--curated", str(path.parent)]
    result = CliRunner().invoke(cli.app, run)
    assert result.exit_code == 1
    assert "disputed · A · explained (MK) / gold is wrong (AB)" in result.output
    assert "Not taken: " in result.output
    assert "Items: 3 added, 1 equal, 1 disputed." in result.output
    other.write_text(HEADER + "C,explained,,AB,,3\n", "utf-8")
    assert CliRunner().invoke(cli.app, run).exit_code == 0


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.app, ["decisions", "merge", str(tmp_path / "none.csv"), "--curated", str(tmp_path)])
    assert result.exit_code == 2
    assert "does not exist" in " ".join(result.output.split())
