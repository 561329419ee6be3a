"""A corpus of made papers, each with other content: a whole article and pages of tables, about 7.5 pages in all.

Comes in: how many. Goes out: raw/<study_id>/ with paper.pdf and paper.yaml, the same bytes for the same number.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdfium2 as pdfium

from tests.articles.compose import article_of
from tests.articles.printing import print_article
from tests.papers_made import make_study
from tests.printed.printing import print_tables, random_print

PAGES = (7, 8)
"""Pages of papers by turns: 1,500 in 200."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def make_corpus(raw: Path, n_papers: int) -> int:
    """How many pages the papers have that now lie in raw."""
    return sum(_make_paper(raw, number) for number in range(n_papers))


def name_of(number: int) -> str:
    """The study id of a made paper, such as made-aab2001."""
    letters = ""
    for _ in range(3):
        number, place = divmod(number, len(LETTERS))
        letters = LETTERS[place] + letters
    return f"made-{letters}2001"


def _make_paper(raw: Path, number: int) -> int:
    wanted = PAGES[number % len(PAGES)]
    article = pdfium.PdfDocument(print_article(article_of(number)))
    n_tables = max(0, wanted - len(article))
    if n_tables:
        article.import_pages(pdfium.PdfDocument(_table_pages(number, n_tables)))
    n_pages, stream = len(article), io.BytesIO()
    article.save(stream)
    make_study(raw, name_of(number), stream.getvalue())
    return n_pages


def _table_pages(number: int, n_pages: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        prints = [random_print(number * 100 + k) for k in range(n_pages)]
        return print_tables(Path(folder) / "tables.pdf", prints).read_bytes()
