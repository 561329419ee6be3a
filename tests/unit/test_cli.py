"""The command: usage errors, broken inputs, exit codes, what is printed. The run itself is tested with the flows."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from auditable import cli, cli_run
from auditable.decisions import DecisionsRead
from auditable.desk import decide_on
from auditable.model import AuditableError, Box, PageSize, Piece, Reading, Table, TableCell, TableRow
from auditable.publication import CorpusRun, Publication
from auditable.store import StudyFrames, write_study
from auditable.summary import study_figures
from auditable.tally import StudyTally
from schemas.desk_frames import Items
from schemas.frames import Cells, Coverage, Findings, Matches, Observations, Rejected, empty_frame
from tests.drawn_tables import Drawn, Style, draw
from tests.unit.frames_made import observations

RUNNER = CliRunner()
NOTHING_DECIDED = decide_on([], empty_frame(Items), DecisionsRead())
BOX = Box(10, 20, 30, 40)
EMPTY = StudyFrames(*(empty_frame(m) for m in (Cells, Observations, Findings, Matches, Rejected)))


def a_reading() -> Reading:
    row = TableRow(("Sex", "Female"), (TableCell("10 (25.0)", ("a",), BOX, agreement="differs"),), 1, BOX)
    table = Table(
        "T1", "Table 1", "Patients [all]", (Piece(1, BOX),), 1, (("Trait", "Drug A"),), (((), ()),), (row,)
    )  # fmt: skip
    return Reading("made2001", (PageSize(1, 595, 842, False),), (table,), ())


def a_finding(verdict: str) -> dict[str, object]:
    return {
        "finding_id": "f1", "study_id": "made2001", "rule": "percent.of_n", "verdict": verdict, "severity": "error",
        "message": "10 of 40 is 25.0%, printed 26.0%.", "arithmetic": "10/40 = 25.0%", "printed": "26.0",
        "expected": "25.0", "observation_ids": "o1", "table_id": "T1", "stub_path": "Sex > Female", "spanner_path": "A",
        "page": 1, "x0_pt": 1.0, "top_pt": 1.0, "x1_pt": 2.0, "bottom_pt": 2.0, "readers_agree": "yes",
    }  # fmt: skip


@pytest.fixture
def curated(tmp_path: Path) -> Path:
    findings = Findings.validate(pd.DataFrame([a_finding("impossible")]))
    write_study(tmp_path, "made2001", a_reading(), replace(EMPTY, findings=findings))
    return tmp_path


def test_overlay_draws_any_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rows = [(0, "Age", ["64", "66"]), (0, "Female", ["18", "17"]), (0, "Male", ["22", "21"])]
    head = [[("Item", 0, 0), ("Arm A", 1, 1), ("Arm B", 2, 2)]]
    path = draw(tmp_path / "paper.pdf", Drawn(head, rows), Drawn(head, rows, Style(caption="Table 2. More.")))
    monkeypatch.chdir(tmp_path)
    result = RUNNER.invoke(cli.app, ["overlay", str(path)])
    assert (result.exit_code, result.output.split()) == (0, ["paper-T1.png", "paper-T2.png"])
    result = RUNNER.invoke(cli.app, ["overlay", str(path), "T2", "--out", "x.png"])
    assert (result.exit_code, result.output.split()) == (0, ["x.png"])
    assert (tmp_path / "x.png").read_bytes() == (tmp_path / "paper-T2.png").read_bytes()
    with pytest.raises(AuditableError, match="Expected one of T1, T2, found T9"):
        RUNNER.invoke(cli.app, ["overlay", str(path), "T9"], catch_exceptions=False)


def test_help_names_every_command() -> None:
    text = RUNNER.invoke(cli.app, ["--help"]).output
    for name in ("run", "tables", "show", "overlay", "check", "report"):
        assert name in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["tabels", "x.pdf"], "No such command", id="unknown command"),
        pytest.param(["tables"], "Missing argument", id="no PDF"),
        pytest.param(["tables", "x.pdf", "--format", "xls"], "'json', 'csv', 'md', 'html'", id="unknown format"),
        pytest.param(["run", "--speed"], "No such option", id="unknown option"),
    ],
)
def test_a_usage_error_is_clear_and_ends_with_2(arguments: list[str], words: str) -> None:
    result = RUNNER.invoke(cli.app, arguments)
    assert result.exit_code == 2
    assert words in result.output


def test_a_broken_input_is_one_message_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["auditable", "run", "--raw", str(tmp_path / "nowhere")])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    message = capsys.readouterr().err
    assert message.startswith("auditable: ")
    assert "Expected" in message
    assert message.count("\n") == 1


def test_an_empty_corpus_is_told(tmp_path: Path) -> None:
    result = RUNNER.invoke(cli.app, ["run", "--raw", str(tmp_path)])
    assert isinstance(result.exception, AuditableError)


def test_decisions_that_cannot_be_read_are_told_before_any_paper_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "raw" / "made2001").mkdir(parents=True)
    (tmp_path / "curated").mkdir()
    (tmp_path / "curated" / "decisions.csv").write_text("nonsense", "utf-8")
    monkeypatch.chdir(tmp_path)
    result = RUNNER.invoke(cli.app, ["run"])
    assert isinstance(result.exception, AuditableError)
    assert "decisions.csv, line 1" in str(result.exception)


@pytest.mark.parametrize("open_items", [0, 3])
@pytest.mark.parametrize("is_broken", [False, True])
def test_the_exit_code_of_a_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, open_items: int, is_broken: bool
) -> None:
    from auditable.outcomes import StudyFailure

    (tmp_path / "raw" / "made2001").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    tally = StudyTally(study_figures("made2001", EMPTY), n_pages=1, n_tables=1, open_items=open_items)
    failures = (StudyFailure("bad2002", "bad2002: broken. Expected a, found b."),) if is_broken else ()
    outcome = CorpusRun(
        (),
        ("made2001",),
        failures,
        Publication((tally,), EMPTY.matches, NOTHING_DECIDED, tmp_path / "report" / "index.html"),
    )
    monkeypatch.setattr(cli_run, "run_flow", lambda *_: outcome)
    result = RUNNER.invoke(cli.app, ["run"])
    assert result.exit_code == (2 if is_broken else 1 if open_items else 0)
    assert "1 unchanged, from cache" in result.output
    assert ("Not curated: bad2002: broken." in result.output) == is_broken
    assert "index.html" in result.output


def test_the_threshold_of_open_items_is_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "raw" / "made2001").mkdir(parents=True)
    (tmp_path / "auditable.toml").write_text("max_open_items = 3\n")
    monkeypatch.chdir(tmp_path)
    tally = StudyTally(study_figures("made2001", EMPTY), n_pages=1, n_tables=1, open_items=3)
    outcome = CorpusRun(
        (), ("made2001",), (), Publication((tally,), EMPTY.matches, NOTHING_DECIDED, tmp_path / "index.html")
    )
    monkeypatch.setattr(cli_run, "run_flow", lambda *_: outcome)
    assert RUNNER.invoke(cli.app, ["run"]).exit_code == 0


@pytest.mark.parametrize("form", ["json", "csv", "md", "html"])
def test_tables_of_any_pdf(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setattr(cli, "_read_pdf", lambda _: a_reading())
    result = RUNNER.invoke(cli.app, ["tables", "paper.pdf", "--format", form])
    assert result.exit_code == 0
    assert "10 (25.0)" in result.output
    if form == "json":
        assert json.loads(result.output)["tables"][0]["rows"][0]["path"] == ["Sex", "Female"]
    if form == "csv":
        assert next(csv.DictReader(io.StringIO(result.output)))["stub_path"] == "Sex > Female"


def test_show_prints_labels_cells_and_marks_as_they_are(curated: Path) -> None:
    result = RUNNER.invoke(cli.app, ["show", "made2001", "t1", "--curated", str(curated)])
    assert result.exit_code == 0
    for text in ("Patients [all]", "Female", "10 (25.0) [a]", "Drug A"):
        assert text in result.output


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("kind", ["tables", "observations", "coverage"])
def test_show_in_every_form(curated: Path, kind: str, form: str) -> None:
    read = observations({"study_id": "made2001", "value": "71.25", "raw_text": "71.25"})
    coverage = Coverage.validate(pd.DataFrame([["made2001", "T1", "observation", "", 7125, 0, ""]],
                                              columns=list(empty_frame(Coverage).columns)))  # fmt: skip
    write_study(curated, "made2001", a_reading(), replace(EMPTY, observations=read, coverage=coverage))
    arguments = ["show", "made2001", "T1", "--as", kind, "--format", form, "--curated", str(curated)]
    result = RUNNER.invoke(cli.app, arguments)
    assert result.exit_code == 0
    assert {"tables": "10 (25.0)", "observations": "71.25", "coverage": "7125"}[kind] in result.output
    if form == "json":
        assert json.loads(result.output)
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(result.output)))) >= 1
    arguments[2] = "T9"
    assert "found T9" in str(RUNNER.invoke(cli.app, arguments).exception)


def test_show_lists_the_tables_there_are(curated: Path) -> None:
    result = RUNNER.invoke(cli.app, ["show", "made2001", "T7", "--curated", str(curated)])
    assert isinstance(result.exception, AuditableError)
    assert "T1" in str(result.exception)
    missing = RUNNER.invoke(cli.app, ["show", "made2002", "--curated", str(curated)])
    assert "made2001" in str(missing.exception)


def test_check_prints_the_arithmetic_and_says_by_its_code_that_a_number_is_accused(curated: Path) -> None:
    result = RUNNER.invoke(cli.app, ["check", "made2001", "--curated", str(curated)])
    assert result.exit_code == 1
    assert "10/40 = 25.0%" in result.output
    assert "1 impossible" in result.output


def test_check_names_the_studies_there_are(curated: Path) -> None:
    result = RUNNER.invoke(cli.app, ["check", "made2002", "--curated", str(curated)])
    assert "not curated yet" in str(result.exception)
    assert "made2001" in str(result.exception)


@pytest.mark.parametrize("form", ["json", "csv"])
def test_check_for_programs(curated: Path, form: str) -> None:
    text = RUNNER.invoke(cli.app, ["check", "made2001", "--curated", str(curated), "--format", form]).output
    rows = json.loads(text) if form == "json" else list(csv.DictReader(io.StringIO(text)))
    assert [row["rule"] for row in rows] == ["percent.of_n"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("speed = 3\n", "Unknown setting"), ("n_workers = 0\n", "not allowed"), ("n_workers = 1.5\n", "not allowed"),
     ("max_open_items = true\n", "not allowed"), ("n_workers\n", "cannot be read")],
)  # fmt: skip
def test_a_wrong_setting_is_refused(tmp_path: Path, text: str, words: str) -> None:
    from auditable.settings import load_settings

    (tmp_path / "auditable.toml").write_text(text)
    with pytest.raises(AuditableError, match=words):
        load_settings(tmp_path / "auditable.toml")
