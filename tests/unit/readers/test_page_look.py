"""The fast look: which pages are worth reading word by word, and which page shows how the running text is set."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from auditable.engine import read_paper
from auditable.readers.pdfium_reader import scan_document

PROSE = "Of the 32 patients 10 (31.3%) had a response that lasted for more than 6 months, as others saw [12]."


def prose(page: Canvas, first: str = PROSE, n: int = 40) -> None:
    page.setFont("Times-Roman", 10)
    for i in range(n):
        page.drawString(60, 760 - 12 * i, first if i == 0 else PROSE)


def figures(page: Canvas) -> None:
    for i in range(4):
        for x, text in ((60, "Label"), (240, f"{i} (0.{i})"), (330, f"{i + 2} (1.{i})")):
            page.drawString(x, 200 - 14 * i, text)


def rules(page: Canvas, *heights: float) -> None:
    for y in heights:
        page.line(60, y, 430, y)


def words_between_rules(page: Canvas) -> None:
    rules(page, 214, 196, 140)
    for i, text in enumerate(("Grade 1", "Grade 2", "Grade 3")):
        page.drawString(60, 200 - 20 * i, text)
        page.drawString(240, 200 - 20 * i, "mild" if i else "none")


def sideways(page: Canvas, n_lines: int) -> None:
    for i in range(n_lines):
        page.saveState()
        page.translate(520 + 12 * i, 100)
        page.rotate(90)
        page.drawString(0, 0, "Downloaded from a library by guest")
        page.restoreState()


def references(page: Canvas) -> None:
    for i in range(12):
        page.drawString(60, 300 - 12 * i, f"{i + 1}.")
        page.drawString(90, 300 - 12 * i, "Author A, Author B. A title of some length. Journal")
        page.drawString(400, 300 - 12 * i, "2016;37:2893-962.")


@pytest.mark.parametrize(
    "first",
    [
        "Table 1. Characteristics of the patients",
        "Table 1 Characteristics of the patients",
        "TABLE II",
        "Table S2 | Adverse events",
        "T A B L E 3",
        "Tab. 4: Laboratory values",
        "Tabelle 2. Patienten",
        "Supplementary Table 5. Doses",
        "Table",
        "(continued)",
        "Table 1 (continued)",
    ],
)
def test_page_with_a_text_like_a_caption_may_hold_a_table(tmp_path: Path, first: str) -> None:
    assert may_hold(tmp_path, lambda page: prose(page, first))


@pytest.mark.parametrize("first", ["Table 1 shows that", "Table 2), as others saw", "Tablets were given", "Tab"])
def test_page_that_only_speaks_of_a_table_holds_none(tmp_path: Path, first: str) -> None:
    assert not may_hold(tmp_path, lambda page: prose(page, first))


def test_page_with_aligned_figures_may_hold_a_table(tmp_path: Path) -> None:
    assert may_hold(tmp_path, figures)


def test_page_with_rows_between_rules_of_one_extent_may_hold_a_table(tmp_path: Path) -> None:
    assert may_hold(tmp_path, words_between_rules)


def test_page_with_prose_between_rules_holds_none(tmp_path: Path) -> None:
    assert not may_hold(tmp_path, lambda page: (prose(page), rules(page, 800, 780, 100)))


def test_page_with_many_sideways_lines_may_hold_a_table(tmp_path: Path) -> None:
    assert may_hold(tmp_path, lambda page: (prose(page), sideways(page, 4)))


def test_page_with_a_stamp_in_its_margin_holds_none(tmp_path: Path) -> None:
    assert not may_hold(tmp_path, lambda page: (prose(page), sideways(page, 1)))


def test_page_of_references_holds_none(tmp_path: Path) -> None:
    assert not may_hold(tmp_path, lambda page: (prose(page, n=10), references(page)))


def may_hold(tmp_path: Path, paint: Callable[[Canvas], object]) -> bool:
    return scan_document(draw(tmp_path / "a.pdf", paint)).pages[0].may_hold_table


def draw(path: Path, *paints: Callable[[Canvas], object]) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for paint in paints:
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return path


def table(page: Canvas) -> None:
    page.setFont("Helvetica", 8)
    page.drawString(60, 240, "Table 1. Responses of the patients")
    for x, text in ((60, "Response"), (240, "Drug (N = 32)"), (330, "Placebo (N = 31)")):
        page.drawString(x, 216, text)
    rules(page, 228, 212, 150)
    figures(page)


def test_prose_page_is_the_one_with_most_running_text_in_the_main_style(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", references, table, prose, lambda page: prose(page, n=20))
    assert scan_document(path).prose_page == 3


def test_tables_are_the_same_whether_all_pages_are_read_or_only_theirs(tmp_path: Path) -> None:
    path = draw(tmp_path / "a.pdf", prose, table, prose, references)
    assert [p.may_hold_table for p in scan_document(path).pages] == [False, True, False, False]
    whole, tables_only = read_paper(path, "a"), read_paper(path, "a", tables_only=True)
    assert len(whole.tables) == 1
    assert tables_only.tables == whole.tables
    assert tables_only.problems == whole.problems
    assert whole.sentences
    assert tables_only.sentences == ()
