"""What is printed on whole article pages is what is found: every table, none extra, captions, notes, pieces, cells."""

from __future__ import annotations

import pypdfium2

from auditable.engine import read_tables
from auditable.readers.pdfplumber_reader import read_pages
from tests.printed.pages import print_paper
from tests.printed.paper_misses import misses

N_PAPERS = 100
MIN_WHOLE_SHARE = 0.97


def test_papers_of_many_layouts_are_read_whole(tmp_path):
    wrong: list[str] = []
    for seed in range(N_PAPERS):
        path = tmp_path / f"{seed}.pdf"
        expected, plans = print_paper(path, seed)
        tables, *_ = read_tables(read_pages(path, range(1, len(pypdfium2.PdfDocument(path)) + 1)))
        found = misses(expected, tables)
        if found:
            wrong.append(f"seed {seed} {plans}: " + "; ".join(m[:160] for m in found))
    assert len(wrong) <= (1 - MIN_WHOLE_SHARE) * N_PAPERS, "\n".join(wrong)
