"""docs/findings.md: every finding with its place, its arithmetic and what a person saw on the page."""

from pathlib import Path

import pandas as pd
import pytest

from auditable.model import AuditableError
from auditable.review.findings_page import NOBODY, findings_as_markdown, read_verdicts, told, without_verdict
from schemas.desk_frames import Verdicts
from schemas.frames import empty_frame
from tests.unit.frames_made import findings

SEEN = pd.DataFrame([{"finding_id": "F-1", "verdict": "real", "why": "It says 26.0."}])


def test_a_finding_is_told_with_place_arithmetic_and_verdict() -> None:
    page = findings_as_markdown(findings({}), SEEN)
    for part in (
        "Findings: 1 (1 real).", "## smith2021", "Page 1, T1 · Age \\> Median", "error · percent.of_n · `F-1`",
        "Arithmetic: 100 · 8 / 32 = 25.0", "Verdict: **real**: It says 26.0.",
    ):  # fmt: skip
        assert part in page


def test_what_nobody_looked_at_is_told_as_such() -> None:
    found = findings({}, {"finding_id": "F-2"})
    assert NOBODY in findings_as_markdown(found, SEEN)
    assert without_verdict(found, SEEN) == ["F-2"]


def test_notes_and_consistent_tests_are_left_out_and_questions_stay() -> None:
    found = findings(
        {"verdict": "consistent", "severity": "note"},
        {"finding_id": "F-2", "verdict": "not testable", "severity": "note"},
        {"finding_id": "F-3", "verdict": "not testable", "severity": "definition"},
        {"finding_id": "F-4", "verdict": "rounding", "severity": "rounding", "page": 2},
    )
    assert told(found)["finding_id"].tolist() == ["F-3", "F-4"]
    assert "question" in findings_as_markdown(told(found), empty_frame(Verdicts))


def test_printed_signs_do_not_become_markdown() -> None:
    page = findings_as_markdown(findings({"message": "<65 of 10* [a] is a_b."}), SEEN)
    assert r"\<65 of 10\* \[a\] is a\_b." in page


HEADER = "finding_id,verdict,why\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(HEADER + "F-1,perhaps,x\n", id="unknown verdict"),
        pytest.param("finding_id,verdict\nF-1,real\n", id="no reason"),
        pytest.param(HEADER + "F-1,real,a\nF-1,real,b\n", id="twice"),
    ],
)
def test_a_broken_file_of_verdicts_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(AuditableError, match="one row per finding"):
        read_verdicts(path)


def test_no_file_is_no_verdict(tmp_path: Path) -> None:
    assert read_verdicts(tmp_path / "none.csv").empty
