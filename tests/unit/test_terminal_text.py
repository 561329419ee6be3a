"""What a terminal shows of texts that were made to deceive it: every part of its own, and the commands of gold."""

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console
from typer.testing import CliRunner

from auditable import cli
from auditable.gold_record import DRAFT
from auditable.listing import list_observations
from auditable.terminal import show_findings, show_labels
from auditable.terminal_items import show_decided
from auditable.terminal_lists import show_listings
from tests.papers_made import GOLD_HEADER
from tests.unit.frames_made import findings, observations
from tests.unit.test_history import decided

HOSTILE = "12\x1b[2K\x9b1A[red]\u202e5.07"
SAID = "12⟨U+001B⟩[2K⟨U+009B⟩1A[red]⟨U+202E⟩5.07"
SENTENCE = {"source": "prose", "table_id": "", "quote": HOSTILE, "start": 0, "end": 2, "raw_text": "12"}
LABELS = pd.DataFrame([{"table_id": "T1", "source": "table", "label": HOSTILE, "n_observations": 1, "nearest": ""}])


@pytest.mark.parametrize(
    "show",
    [
        lambda console: show_findings(console, findings({"message": HOSTILE})),
        lambda console: show_decided(console, decided().items.assign(message=HOSTILE), decided()),
        lambda console: show_listings(console, list_observations(observations(SENTENCE), "text")),
        lambda console: show_labels(console, LABELS),
    ],
)
def test_signs_of_an_article_are_written_out(show: Callable[[Console], None]) -> None:
    console = Console(file=io.StringIO(), width=300)
    show(console)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue().replace("»", "").replace("«", "")
    assert SAID in text
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)


@pytest.mark.parametrize("command", [["check", "made2001", "--keyer", "ann"], ["compare", "made2001", "ann", "bob"]])
def test_rows_of_gold_are_written_out(command: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "made2001" / "gold"
    folder.mkdir(parents=True)
    row = f"T1,Age,All,text,{HOSTILE},,,{HOSTILE},{DRAFT}\n"
    (folder / "ann.csv").write_text(f"{GOLD_HEADER}\n{row}", "utf-8")
    (folder / "bob.csv").write_text(f"{GOLD_HEADER}\n", "utf-8")
    output = CliRunner().invoke(cli.app, ["gold", *command, "--raw", str(tmp_path)], input=":q\n").output
    assert SAID in output
    assert "\u202e" not in output
