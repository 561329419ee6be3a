"""Every finding in curated/ was looked at by a person, and docs/findings.md says what is in curated/."""

from __future__ import annotations

from pathlib import Path

from auditable.review.findings_page import findings_as_markdown, read_verdicts, told_in_corpus, without_verdict

ROOT = Path(__file__).parents[2]
COMMAND = "python -m auditable.review.findings_page docs/findings.md docs/verdicts.csv curated"


def test_every_finding_has_a_verdict() -> None:
    missing = without_verdict(told_in_corpus(ROOT / "curated"), read_verdicts(ROOT / "docs" / "verdicts.csv"))
    assert missing == [], "look at the page and write what you saw into docs/verdicts.csv"


def test_the_page_is_current() -> None:
    page = findings_as_markdown(told_in_corpus(ROOT / "curated"), read_verdicts(ROOT / "docs" / "verdicts.csv"))
    assert (ROOT / "docs" / "findings.md").read_text("utf-8") == page, f"docs/findings.md is old: {COMMAND}"
