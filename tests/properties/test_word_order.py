"""The words of a page in any order, as a PDF may hold them, give the same tables: the same bytes of their JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pypdfium2
import pytest

from auditable.engine import read_tables
from auditable.model import Page, Reading
from auditable.readers.pdfplumber_reader import read_pages
from auditable.serial import dump_reading
from tests.printed.pages import print_paper
from tests.printed.printing import print_tables, random_print

N_TABLES, N_PAPERS, N_ORDERS = 24, 3, 1


def _tables(pages: Sequence[Page]) -> str:
    return dump_reading(Reading("made", (), tuple(read_tables(pages)[0]), ()))


def _shuffled(page: Page, dice: Random) -> Page:
    return replace(page, words=tuple(dice.sample(page.words, len(page.words))))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    path = print_tables(tmp_path_factory.mktemp("order") / "tables.pdf", [random_print(s) for s in range(N_TABLES)])
    return read_pages(path, range(1, N_TABLES + 1))


def test_words_of_printed_tables_in_any_order(pages: Sequence[Page]) -> None:
    wrong = [
        (page.number, k)
        for page in pages
        for k in range(N_ORDERS)
        if _tables([_shuffled(page, Random(k))]) != _tables([page])
    ]
    assert wrong == []


@pytest.mark.parametrize("seed", range(N_PAPERS))
def test_words_of_whole_papers_in_any_order(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "paper.pdf"
    print_paper(path, seed)
    pages = read_pages(path, range(1, len(pypdfium2.PdfDocument(path)) + 1))
    assert pages
    assert _tables([_shuffled(page, Random(seed)) for page in pages]) == _tables(pages)
