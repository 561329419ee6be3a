"""What the curator sees: a small paper in, the page out."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from reportlab.pdfgen.canvas import Canvas

from auditable.decisions import DecisionsRead
from auditable.desk import decide_on
from auditable.model import Box, Note, PageSize, Paper, Piece, Table, TableCell, TableRow
from auditable.reconcile import reconcile
from auditable.review.report import ReportInput, StudyReport, render_report, write_report
from auditable.store import StudyFrames
from schemas.desk_frames import Decisions, History, Items
from schemas.frames import Coverage, Discrepancies, empty_frame
from tests.unit.frames_made import cells, findings, gold, no_matches, observations, rejected

BOX = Box(200, 100, 240, 110)
EVIL = "<script>alert('x')</script>"
NO_DECISIONS = empty_frame(Decisions)
VOID = {"meta", "img", "br", "input", "link"}


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.drawString(60, 842 - 108, "Age, median")
    canvas.drawString(200, 842 - 108, "75.0")
    canvas.save()
    return path


@pytest.fixture(scope="module")
def html(pdf: Path) -> str:
    return page(study(pdf))


@cache
def frames_of(study_id: str) -> StudyFrames:
    own = {"study_id": study_id}
    box = {"x0_pt": 200.0, "x1_pt": 240.0}
    read = observations(
        {**own, **box, "row": 1, "value": "75.0", "raw_text": "75.0"},
        {**own, "row": 1, "statistic": "n", "value": "8", "unit": ""},
        {**own, "source": "prose", "table_id": "", "quote": "Median OS was 21 months.", "value": "21", "start": 14,
         "end": 16, "unit": "months"},
    )  # fmt: skip
    read["observation_id"] = study_id + read["observation_id"]
    keyed = gold(
        {}, {"statistic": "n", "value": "8", "unit": ""},
        {"table_id": "prose", "stub_path": "median OS", "spanner_path": "", "value": "21", "unit": "months"},
    )  # fmt: skip
    result = reconcile(study_id, read, keyed)
    return StudyFrames(
        cells(
            {**own, "row": 0, "text": "", "row_kind": "group", "stub_path": "Age"},
            {**own, **box, "row": 1, "text": "75.0"},
        ),
        read,
        findings({**own, **box, "finding_id": f"F-{study_id}", "observation_ids": f"{study_id}o0"}),
        result.matches,
        rejected({**own, "raw_text": EVIL, "reason": f"no number in {EVIL}"}),
        result.discrepancies,
    )


def study(pdf_path: Path | None, study_id: str = "smith2021", **changes: object) -> StudyReport:
    table = Table(
        "T1", "Table 1", f"Patients {EVIL}", (Piece(1, Box(50, 80, 300, 200)),), 1, (("Item", "All (N = 32)"),),
        (((), ()),),
        (TableRow(("Age",), (TableCell(""),), 1, BOX, "group"),
         TableRow(("Age", "Median"), (TableCell("75.0", ("a",), BOX),), 1, BOX)),
        (Note("a", "On the first day"),),
    )  # fmt: skip
    paper = Paper(study_id, Path(), pdf_path or Path("none"), "", "Smith A. et al. A title. Journal 2021.", "10.1/x")
    made = {
        "study_id": study_id, "paper": paper, "tables": (table,), "pages": (PageSize(1, 595, 842, False),),
        "frames": frames_of(study_id), "pdf_path": pdf_path,
    }  # fmt: skip
    return StudyReport(**{**made, **changes})


def page(*studies: StudyReport, decisions: pd.DataFrame = NO_DECISIONS) -> str:
    return render_report(told(studies, decisions))


def told(studies: tuple[StudyReport, ...], decisions: pd.DataFrame = NO_DECISIONS) -> ReportInput:
    read = [s.frames for s in studies if s.frames is not None]
    return ReportInput(studies, decide_on(read, empty_frame(Items), DecisionsRead(decisions)), empty_frame(History))


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("</style>")[2].partition("<script>")[0]).split())


def test_the_verdict_comes_first(html: str) -> None:
    assert "<h1>1 study read, 2 of 3 gold rows agree, 2 items to decide.</h1>" in html


def test_failures_stand_before_the_tables(html: str) -> None:
    assert html.index('id="decide"') < html.index('class="card tier-disagrees"') < html.index('class="read-table"')


def test_a_card_shows_the_ink_both_readings_gold_and_the_arithmetic(html: str) -> None:
    said = text_of(html)
    for part in (
        "Table 1 · Age &gt; Median", "gold says median 70.5 years, we read 75.0.", "70.5 (the same)",
        "8 of 32 is 25.0 %, but 26.0 % is printed.", "100 · 8 / 32 = 25.0", "page 1", "to decide",
    ):  # fmt: skip
        assert part in said, part
    assert html.count('src="data:image/png;base64,') == 2


def test_every_cell_state_is_said_in_words_not_by_colour_alone(html: str) -> None:
    cell = re.search(r'<td class="cell differs finding">.*?</td>', html, re.DOTALL)
    assert cell is not None
    assert "(differs from gold)" in cell.group()
    assert "(a check accuses this number)" in cell.group()


def test_the_table_is_drawn_with_scopes_caption_and_notes(html: str) -> None:
    assert '<th scope="rowgroup" colspan="2" class="d0">Age</th>' in html
    assert '<th scope="row" class="d1">Median</th>' in html
    assert re.search(r'<th scope="col">All \(N = 32\)</th>', html)
    assert re.search(r"<sup>a</sup> On the first day", html)


def test_numbers_of_the_text_show_their_sentence(html: str) -> None:
    assert "Median OS was <mark>21</mark> months." in html


def test_what_was_left_out_is_listed_with_its_reason(html: str) -> None:
    assert "1 printed texts did not become a value" in text_of(html)
    assert "1 × no number in" in text_of(html)


def test_text_of_an_article_cannot_run(html: str) -> None:
    assert EVIL not in html
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;" in html
    assert html.count("<script>") == 1


def test_the_page_asks_nothing_of_a_network(html: str) -> None:
    assert "default-src 'none'" in html
    assert re.findall(r"""(?:src|href)\s*=\s*["'](?!#|data:)[^"']*""", html) == []
    assert re.findall(r"url\((?!#)|@import|https?://", html) == []


def test_the_page_is_well_formed_and_its_links_lead_somewhere(pdf: Path) -> None:
    checker = _Checker()
    checker.feed(page(study(pdf), study(pdf, "jones2020")))
    assert checker.open == []
    assert checker.errors == []
    assert len(checker.ids) == len(set(checker.ids))
    assert {link for link in checker.links if link not in checker.ids} == set()


def test_the_same_input_gives_the_same_bytes(pdf: Path, tmp_path: Path) -> None:
    one, two = study(pdf), study(pdf, "jones2020")
    assert page(one, two) == page(two, one)
    path = tmp_path / "report" / "index.html"
    content = told((one, two))
    assert (write_report(path, content), write_report(path, content)) == (True, False)


def test_a_broken_input_says_so_and_the_others_are_shown(pdf: Path) -> None:
    broken = StudyReport("bad2020", None, error="bad2020, paper.pdf: the PDF is empty. Fetch the file again.")
    said = text_of(page(study(pdf), broken))
    assert "1 study read, 1 input broken" in said
    assert "bad2020, paper.pdf: the PDF is empty. Fetch the file again." in said
    assert "gold says median 70.5 years, we read 75.0." in said


def test_a_broken_study_keeps_its_last_good_tables_in_sight(pdf: Path) -> None:
    said = text_of(page(study(None, error="smith2021: the checksum differs.")))
    assert "0 studies read, 1 input broken" in said
    assert "Below stands what the last good run read of it." in said
    assert "Table 1 · Age &gt; Median" in said


def test_decisions_are_shown_and_close_their_items(pdf: Path) -> None:
    made = pd.DataFrame(
        [
            ["F-smith2021", "explained", "", "", "", "26.0 | 25.0"],
            ["D-gone", "won't fix", "", "", "", "x"],
        ],
        columns=list(NO_DECISIONS.columns),
    )
    said = text_of(page(study(pdf), decisions=made))
    assert "1 item to decide." in said
    assert "decided: explained" in said
    assert "Decisions on items that no longer exist: D-gone." in said
    returned = made.assign(value_then="27.0 | 25.0")
    assert "decided, but the values changed since: explained" in text_of(page(study(pdf), decisions=returned))


def test_without_gold_the_table_is_shown_and_nothing_is_called_wrong(pdf: Path) -> None:
    whole = study(pdf)
    assert whole.frames is not None
    bare = StudyFrames(
        **{
            **vars(whole.frames),
            "matches": no_matches(),
            "findings": findings(),
            "discrepancies": empty_frame(Discrepancies),
        }
    )
    html = page(study(pdf, frames=bare))
    assert "no gold record to compare with, nothing to decide." in html
    assert 'class="cell plain"' in html
    assert "Nothing disagrees." in html


def test_what_became_of_the_printed_numbers_is_counted_part_by_part(pdf: Path) -> None:
    whole = study(pdf)
    assert whole.frames is not None
    rows = [["smith2021", "T1", "observation", "", 8, 6, ""], ["smith2021", "results", "left out", "a date", 2, 0, ""],
            ["smith2021", "results", "unaccounted", "", 1, 0, "7 of"]]  # fmt: skip
    coverage = Coverage.validate(pd.DataFrame(rows, columns=list(empty_frame(Coverage).columns)))
    html = page(study(pdf, frames=StudyFrames(**{**vars(whole.frames), "coverage": coverage})))
    assert "T1 8 8 6 (75.0 %) 0 0 results 3 0 0 2 1 whole paper 11 8 6 (75.0 %) 2 1" in text_of(html)
    assert '<td class="bad">1</td>' in html
    assert "What became" not in text_of(page(whole))


def test_a_run_without_studies_still_gives_a_page() -> None:
    assert "0 studies read" in page()


class _Checker(HTMLParser):
    """Open tags, ids and inner links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.errors: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and str(found.get("href")).startswith("#"):
            self.links.append(str(found["href"])[1:])

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"</{tag}> at {self.getpos()}")
