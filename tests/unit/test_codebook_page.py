"""docs/codebook.md: what the command prints, with every variable of the file."""

from pathlib import Path

from auditable.codebook import load_codebook
from auditable.codebook_page import codebook_as_markdown

DOCS = Path(__file__).parents[2] / "docs" / "codebook.md"


def test_the_page_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == codebook_as_markdown(), (
        "docs/codebook.md is old; write it anew: auditable codebook > docs/codebook.md"
    )


def test_every_variable_has_its_section_with_unit_and_conversion() -> None:
    page = codebook_as_markdown()
    assert [n for n in load_codebook().variables if f"\n## {n}\n" not in page] == []
    assert "degF (× 5/9 − 160/9)" in page
    assert "g/L (× 0.1)" in page
