"""Ruled figures that nothing names are told and left to the running text; a figure's numbers are no table."""

from auditable.engine import read_tables
from auditable.readers.pdfplumber_reader import read_pages
from auditable.sentences import find_sentences
from tests.drawn_tables import Drawn, Style, draw

AT_RISK = [(0, "Active", ["301", "250"]), (0, "Control", ["299", "241"]), (0, "Both", ["600", "491"])]


def test_a_ruled_block_without_caption_head_or_heading_is_told_and_stays_in_the_text(tmp_path):
    path = draw(tmp_path / "a.pdf", Drawn([], AT_RISK, Style(caption="", rules="rows")))
    pages = read_pages(path, [1])
    tables, regions, problems = read_tables(pages)
    assert (tables, regions) == ([], [])
    assert problems == [
        "Page 1: 3 ruled lines of figures from 'Active 301 250' on have no caption, head or heading; "
        "they were left to the running text and not read as a table."
    ]
    assert "491" in " ".join(s.text for s in find_sentences(pages, regions))


def test_ruled_figures_right_over_the_caption_of_a_figure_belong_to_it(tmp_path):
    head = [[("No. at risk", 0, 0), ("Month 0", 1, 1), ("Month 6", 2, 2)]]
    style = Style(caption="Figure 2. Survival.", rules="rows", caption_below=True)
    tables, regions, problems = read_tables(read_pages(draw(tmp_path / "a.pdf", Drawn(head, AT_RISK, style)), [1]))
    assert (tables, regions, problems) == ([], [], [])


def test_ruled_figures_under_a_head_are_a_table_without_a_caption(tmp_path):
    head = [[("Group", 0, 0), ("Month 0", 1, 1), ("Month 6", 2, 2)]]
    tables, *_ = read_tables(
        read_pages(draw(tmp_path / "a.pdf", Drawn(head, AT_RISK, Style(caption="", rules="rows"))), [1])
    )
    assert [(t.table_id, [r.path for r in t.rows]) for t in tables] == [("U1", [("Active",), ("Control",), ("Both",)])]
