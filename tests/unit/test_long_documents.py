"""A document longer than what is looked at from one place: every table and every sentence comes out whole."""

from auditable.engine import read_paper
from tests.scale.lengths import LINES_PER_PAGE, count_tables, make_document

N_PAGES = 6


def test_tables_and_sentences_of_a_made_document(tmp_path) -> None:
    reading = read_paper(make_document(tmp_path / "made.pdf", N_PAGES), "made2001")
    labels = [f"Table {k + 1}" for k in range(count_tables(N_PAGES))]
    assert [table.label for table in reading.tables] == labels
    prose = [s.text for s in reading.sentences if s.source == "prose"]
    assert len(prose) == LINES_PER_PAGE * (N_PAGES - len(labels))
    assert all(text.startswith("With drug A ") and text.endswith(".") for text in prose)
