"""The report in a real browser: filters, links into what is folded, hostile text, narrow screens, print.

A large report is the small one with the limits set low: its cards and studies are folded up in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from reportlab.pdfgen.canvas import Canvas

from auditable.decisions import DecisionsRead
from auditable.desk import decide_on
from auditable.model import Box, PageSize, Paper, Piece, Table, TableCell, TableRow
from auditable.review import report
from auditable.review.report import ReportInput, render_report
from auditable.review.study_view import StudyReport
from auditable.store import StudyFrames
from schemas.desk_frames import Decisions, History, Items
from schemas.frames import empty_frame, frame_of
from tests.unit.frames_made import cells, findings, no_matches, observations, rejected

EVIL = "<script>window.evil = 1</script><img src=x onerror='window.evil = 1'>\u202e21 \"'=1+1"
LONG = "9" * 10_000
SIZES = pytest.mark.parametrize("size", ["small", "large"])


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "paper.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.drawString(200, 842 - 108, "75.0")
    canvas.save()
    return path


def study(pdf: Path, study_id: str) -> StudyReport:
    box = Box(200, 100, 240, 110)
    texts = ("75.0", EVIL, LONG)
    rows = tuple(TableRow((f"Row {n}",), (TableCell(text, box=box),), 1, box) for n, text in enumerate(texts))
    table = Table(
        "T1", "Table 1", EVIL, (Piece(1, Box(50, 80, 300, 200)),), 1, (("", "All (N = 32)"),), (((), ()),), rows
    )
    own = {"study_id": study_id, "x0_pt": 200.0, "x1_pt": 240.0}
    ids = [f"{study_id}-o{n}" for n in range(3)]
    read = observations(*({**own, "observation_id": i, "row": n, "stub_path": f"Row {n}"} for n, i in enumerate(ids)))
    found = findings(
        {**own, "finding_id": f"{study_id}-F1", "stub_path": "Row 0", "observation_ids": " ".join(ids[:2])},
        {**own, "finding_id": f"{study_id}-F2", "observation_ids": ids[1], "verdict": "not testable",
         "severity": "unit", "rule": "unit.missing", "message": EVIL, "printed": EVIL, "expected": LONG},
    )  # fmt: skip
    printed = cells(*({**own, "row": n, "stub_path": f"Row {n}", "text": text} for n, text in enumerate(texts)))
    frames = StudyFrames(printed, read, found, no_matches(), rejected({**own, "raw_text": EVIL}))
    paper = Paper(study_id, Path(), pdf, "", f"Smith {EVIL}")
    return StudyReport(study_id, paper, (table,), (PageSize(1, 595, 842, False),), (), frames, pdf)


@pytest.fixture
def show(page: Page, pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Page]:
    """Opens the report of two studies, one item of which is decided; "large" folds it up."""

    def show_report(size: str) -> Page:
        if size == "large":
            monkeypatch.setattr(report, "MAX_PLAIN_STUDIES", 1)
        studies = (study(pdf, "jones2020"), study(pdf, "smith2021"))
        told = [s.frames for s in studies if s.frames]
        decision = {"item_id": "smith2021-F1", "verdict": "explained", "note": EVIL, "who": "A", "when": "",
                    "value_then": "26.0 | 25.0"}  # fmt: skip
        decided = decide_on(told, empty_frame(Items), DecisionsRead(frame_of([{**decision}], Decisions)))
        path = tmp_path / "index.html"
        path.write_text(render_report(ReportInput(studies, decided, empty_frame(History))), encoding="utf-8")
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        assert errors == []
        return page

    return show_report


def choose(page: Page, name: str) -> Locator:
    return page.locator(f".filters [name={name}]")


@SIZES
def test_filters_show_what_fits_and_say_how_many(show: Callable[[str], Page], size: str) -> None:
    page = show(size)
    expect(page.locator(".filters output")).to_have_text("4 of 4 cards")
    choose(page, "study").select_option("smith2021")
    expect(page.locator(".card:visible")).to_have_count(2)
    choose(page, "state").select_option("closed")
    expect(page.locator(".card:visible")).to_have_count(1)
    expect(page.locator(".card:visible")).to_have_id("smith2021-F1")
    choose(page, "rule").select_option("unit.missing")
    expect(page.locator(".filters output")).to_have_text("0 of 4 cards")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".card:visible")).to_have_count(4)


@SIZES
def test_links_lead_into_what_is_folded_and_back(show: Callable[[str], Page], size: str) -> None:
    page = show(size)
    page.locator("#smith2021-F1").get_by_role("link", name="see the table").click()
    table = page.locator("#smith2021-T1")
    expect(table).to_be_visible()
    table.get_by_role("link").first.click()
    expect(page.locator("#smith2021-F1")).to_be_in_viewport()


def test_a_link_to_a_card_that_is_filtered_away_shows_it(show: Callable[[str], Page]) -> None:
    page = show("small")
    choose(page, "study").select_option("jones2020")
    expect(page.locator("#smith2021-F1")).to_be_hidden()
    page.evaluate("location.hash = 'smith2021-F1'")
    expect(page.locator("#smith2021-F1")).to_be_visible()


def test_a_large_report_builds_only_what_is_shown(show: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch) -> None:
    page = show("large")
    assert page.locator(".read-table").count() == 0
    page.locator("#study-jones2020 > summary").click()
    expect(page.locator("#jones2020-T1")).to_be_visible()
    assert page.locator("#smith2021-T1").count() == 0


@SIZES
def test_hostile_text_is_shown_and_does_nothing(show: Callable[[str], Page], size: str) -> None:
    page = show(size)
    page.locator("#study-smith2021 > summary").click()
    cell = page.locator("#smith2021-T1 td.cell").nth(1)
    expect(cell).to_contain_text("<script>window.evil = 1</script>")
    expect(cell).to_contain_text("⟨U+202E⟩21")
    assert page.evaluate("window.evil") is None
    assert page.locator(".card script, .study-body script, img[src=x]").count() == 0
    box = page.locator("#smith2021-T1 td.cell").nth(2).bounding_box()
    assert box is not None
    assert box["height"] < 200


@SIZES
def test_a_narrow_screen_scrolls_up_and_down_only(show: Callable[[str], Page], size: str) -> None:
    page = show(size)
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator("#study-smith2021 > summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_report_is_worked_by_keyboard_alone(show: Callable[[str], Page]) -> None:
    page = show("small")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to what needs a decision")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "study")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".card:visible")).to_have_count(2)


def test_print_opens_the_studies_and_closes_them_again(show: Callable[[str], Page]) -> None:
    page = show("small")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.study[open]").count() == 2
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.study[open]").count() == 0


def test_without_scripts_a_small_report_shows_all_cards(show: Callable[[str], Page]) -> None:
    page = show("small")
    bare = page.context.browser.new_context(java_script_enabled=False).new_page()  # type: ignore[union-attr]
    bare.goto(page.url)
    expect(bare.locator(".card:visible")).to_have_count(4)
    expect(bare.locator(".filters")).to_be_hidden()
    bare.context.close()
