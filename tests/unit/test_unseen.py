"""Text that was made to deceive a terminal is written out, wherever a command prints it without a rich console."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from auditable import cli
from auditable.model import Box, Piece, Reading, Table, TableCell, TableRow
from auditable.tables_output import format_tables
from auditable.unseen import tell_line

HOSTILE = "12\x1b[2K\r\u202e3"
SAID = "12⟨U+001B⟩[2K⟨U+000D⟩⟨U+202E⟩3"
BOX = Box(0, 0, 1, 1)


def test_a_line_keeps_its_tabs_and_ends() -> None:
    assert tell_line(f"a\tb\n{HOSTILE}") == f"a\tb\n{SAID}"


def test_the_message_of_an_error_is_written_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["auditable", "show", HOSTILE, "--curated", str(tmp_path)])
    with pytest.raises(SystemExit):
        cli.main()
    assert SAID in (said := capsys.readouterr().err)
    assert not {"\x1b", "\r", "\u202e"} & set(said)


def test_markdown_for_a_terminal_is_written_out() -> None:
    row = TableRow((HOSTILE,), (TableCell(HOSTILE, (HOSTILE,), BOX),), 1, BOX)
    table = Table("T1", HOSTILE, HOSTILE, (Piece(1, BOX),), 1, ((HOSTILE, HOSTILE),), (((), ()),), (row,), ())
    text = format_tables(Reading("a", (), (table,), ()), "md")
    assert not {"\x1b", "\u202e"} & set(text)
    assert text.count("⟨U+001B⟩") == 7
