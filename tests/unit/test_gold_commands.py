"""The commands of double entry, from the draft to the signed record, as a person gives them."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditable import cli
from auditable.gold_output import parse_takes, read_choices
from auditable.gold_record import DRAFT, read_gold, read_keyed
from auditable.model import AuditableError, Reading
from auditable.papers import hash_file
from auditable.store import StudyFrames, write_study
from schemas.frames import Cells, Findings, Matches, Rejected, empty_frame
from tests.papers_made import GOLD, make_study, sound_pdf
from tests.unit.frames_made import observations

RUNNER = CliRunner()
STUDY = "made2001"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A curated study without a gold record, and its folder as the place where commands are given."""
    read = observations(
        {"study_id": STUDY}, {"study_id": STUDY, "statistic": "n", "value": "8", "unit": "", "stub_path": "=Sex"}
    )
    frames = StudyFrames(empty_frame(Cells), read, *(empty_frame(m) for m in (Findings, Matches, Rejected)))
    write_study(tmp_path / "curated", STUDY, Reading(STUDY, (), (), ()), frames)
    make_study(tmp_path / "raw", STUDY, sound_pdf())
    monkeypatch.chdir(tmp_path)
    return tmp_path / "raw" / STUDY


def gold(*words: str):
    return RUNNER.invoke(cli.app, ["gold", *words], catch_exceptions=True)


def begin_two(corpus: Path) -> None:
    """Ann keys all herself and reads 75.0; Bob checks the draft."""
    assert gold("draft", STUDY, "--keyer", "bob").exit_code == 0
    text = (corpus / "gold" / "bob.csv").read_text("utf-8").replace(DRAFT, "bob: draft checked")
    (corpus / "gold" / "bob.csv").write_text(text, encoding="utf-8")
    ann = text.replace("bob: draft checked", "ann").replace(",70.5,years", ",75.0,years")
    (corpus / "gold" / "ann.csv").write_text(ann, encoding="utf-8")


def test_a_draft_says_how_much_is_not_reviewed(corpus: Path) -> None:
    result = gold("draft", STUDY)
    assert result.exit_code == 0
    assert f"raw/{STUDY}/gold/draft.csv: 2 rows, 2 of them not reviewed" in result.output
    assert not (corpus / "gold.csv").exists()


def test_a_record_can_be_taken_up_again(corpus: Path) -> None:
    (corpus / "gold.csv").write_text(GOLD, encoding="utf-8")
    assert "3 rows, 0 of them not reviewed" in gold("draft", STUDY, "--keyer", "ann", "--from", "gold").output
    assert (corpus / "gold" / "ann.csv").read_text("utf-8") == GOLD
    assert gold("draft", STUDY, "--keyer", "bob", "--from", "nothing").exit_code == 0
    assert read_keyed(corpus / "gold" / "bob.csv").empty
    assert gold("draft", STUDY, "--from", "gold").exit_code == 2


def test_rows_are_checked_one_by_one_on_the_terminal(corpus: Path) -> None:
    """Enter for the first row, another value for the second; what is skipped stays the draft's."""
    gold("draft", STUDY, "--keyer", "ann")
    result = RUNNER.invoke(cli.app, ["gold", "check", STUDY, "--keyer", "ann"], input="\n:s\n")
    assert "1 of 2  Table 1, '=Sex' under 'All (N = 32)': count 8 (printed: 70.5)" in result.output
    assert "1 rows settled" in result.output
    assert list(read_keyed(corpus / "gold" / "ann.csv")["keyed_by"]) == ["ann: draft checked", DRAFT]
    RUNNER.invoke(cli.app, ["gold", "check", STUDY, "--keyer", "ann"], input="71.5\n")
    rows = read_keyed(corpus / "gold" / "ann.csv")
    assert (rows["value"].iloc[1], rows["keyed_by"].iloc[1]) == ("71.5", "ann")


def test_a_row_is_dropped_on_the_terminal_and_the_rest_left(corpus: Path) -> None:
    gold("draft", STUDY, "--keyer", "ann")
    assert "1 rows settled" in RUNNER.invoke(
        cli.app, ["gold", "check", STUDY, "--keyer", "ann"], input=":d\n:q\n"
    ).output  # fmt: skip
    assert list(read_keyed(corpus / "gold" / "ann.csv")["stub_path"]) == ["Age > Median"]


def test_two_values_of_one_place_are_settled_though_the_first_is_dropped(corpus: Path) -> None:
    gold("draft", STUDY, "--keyer", "ann")
    path = corpus / "gold" / "ann.csv"
    line = path.read_text("utf-8").splitlines()[-1]
    path.write_text(path.read_text("utf-8") + line.replace("70.5", "71.5") + "\n", "utf-8")
    result = RUNNER.invoke(cli.app, ["gold", "check", STUDY, "--keyer", "ann"], input=":s\n:d\n\n")
    assert "3 of 3" in result.output
    assert "2 rows settled" in result.output
    assert list(read_keyed(path)["value"]) == ["8", "71.5"]


def test_two_files_are_compared_as_text_and_as_data(corpus: Path) -> None:
    begin_two(corpus)
    result = gold("compare", STUDY)
    assert result.exit_code == cli.OPEN_ITEMS
    assert "a is ann (2 rows), b is bob (2 rows)." in result.output
    assert "The same in both: 1 (50.0 %); they differ: 1; only in a: 0; only in b: 0." in result.output
    assert (
        "a says median 75.0 years, b says median 70.5 years: transposed digits. (a line 3, b line 3)" in result.output
    )
    told = json.loads(gold("compare", STUDY, "bob", "ann", "--format", "json").output)
    assert (told["a"], told["b"], told["agreement"]["percent_agreement"]) == ("ann", "bob", 50.0)
    assert [d["a_value"] for d in told["differences"]] == ["75.0"]


def test_files_that_agree_end_with_exit_code_nothing(corpus: Path) -> None:
    begin_two(corpus)
    (corpus / "gold" / "ann.csv").write_bytes((corpus / "gold" / "bob.csv").read_bytes())
    result = gold("compare", STUDY)
    assert (result.exit_code, "kappa 1.000" in result.output) == (cli.CLEAN, True)


def test_choices_go_out_as_csv_and_come_back(corpus: Path) -> None:
    begin_two(corpus)
    (corpus / "gold" / "ann.csv").write_text(
        (corpus / "gold" / "ann.csv").read_text("utf-8").replace(",n,8,,", ",n,9,,"), encoding="utf-8"
    )
    rows = list(csv.DictReader(io.StringIO(gold("compare", STUDY, "--format", "csv").output)))
    assert [(row["take"], row["stub_path"]) for row in rows] == [("", "'=Sex"), ("", "Age > Median")]
    path = Path("choices.csv")
    lines = ["difference_id,take", f"{rows[0]['difference_id']},", f"{rows[1]['difference_id']},bob"]
    path.write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    refused = gold("sign", STUDY, "--who", "cleo", "--choices", str(path))
    assert isinstance(refused.exception, AuditableError)
    assert "1 without" in str(refused.exception)
    signed = gold("sign", STUDY, "--who", "cleo", "--choices", str(path), "--take", f"{rows[0]['difference_id']}=a")
    assert (signed.exit_code, "2 rows, signed by cleo" in signed.output) == (0, True)
    assert list(read_gold(corpus / "gold.csv")["value"]) == ["9", "70.5"]
    assert "signed before" in gold(
        "sign", STUDY, "--who", "cleo", "--choices", str(path), "--take", f"{rows[0]['difference_id']}=a"
    ).output  # fmt: skip


def test_who_signs_over_a_record_is_told_where_it_went_and_of_the_checksum(corpus: Path) -> None:
    begin_two(corpus)
    (corpus / "gold" / "ann.csv").write_bytes((corpus / "gold" / "bob.csv").read_bytes())
    (corpus / "gold.csv").write_text(GOLD, encoding="utf-8")
    Path("raw/SHA256SUMS").write_text("", encoding="utf-8")
    assert isinstance(gold("sign", STUDY, "--who", "cleo").exception, AuditableError)
    output = gold("sign", STUDY, "--who", "cleo", "--again").output
    assert "gold/superseded/1" in output
    assert "SHA256SUMS has its checksum" in output
    assert f"{hash_file(corpus / 'gold.csv')}  {STUDY}/gold.csv" in Path("raw/SHA256SUMS").read_text("utf-8")


@pytest.mark.parametrize("takes", [["G-1"], ["=a"], ["G-1="], ["G-1=a", "G-1=b"]])
def test_a_choice_that_cannot_be_read_is_refused(takes: list[str]) -> None:
    with pytest.raises(AuditableError, match="cannot be read"):
        parse_takes(takes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "an empty file"),
        ("id,take\nG-1,a\n", "columns difference_id and take"),
        ("difference_id,take\nG-1,a\nG-1,b\n", "line 3.*decided twice"),
    ],
)
def test_a_file_of_choices_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "choices.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuditableError, match=said):
        read_choices(path)
