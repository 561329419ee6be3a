"""The picture of a word or cell is read as printed, whatever the text layer says of it."""

import matplotlib
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from auditable.model import AuditableError, Box
from auditable.readers.picture_reader import read_pictures

SIZE = (300, 400)
TEXTS = ["<0.001", "≥65 years", "73 ± 12", "−0.5", "P = 0.04", "12 (31.3)", "≤75", ">80", "0.02†"]


def box_of(row: int, width: float = 120.0, lines: int = 1) -> Box:
    return Box(40, 40 + 24 * row, 40 + width, 40 + 24 * row + 11 * lines)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictures") / "signs.pdf"
    pdfmetrics.registerFont(TTFont("DejaVuSans", f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"))
    page = Canvas(str(path), pagesize=SIZE, invariant=1)
    for turn in (0, 90):
        if turn:  # the text runs upwards; turned clockwise by 90 degrees the page is upright, 400 wide
            page.rotate(90)
            page.translate(0, -SIZE[0])
        height = SIZE[0] if turn else SIZE[1]
        page.setFont("DejaVuSans", 9)
        for row, text in enumerate(TEXTS):
            page.drawString(41, height - 40 - 24 * row - 9, text)
        page.showPage()
    page.setFont("DejaVuSans", 9)
    page.drawString(41, SIZE[1] - 49, "14 (43.8)")
    page.drawString(41, SIZE[1] - 60, "7.2–9.1")
    page.showPage()
    page.save()
    return path


@pytest.mark.parametrize(("page", "turn"), [(1, 0), (2, 90)])
def test_signs_are_read_as_printed_in_the_order_asked(pdf, page, turn):
    rows = list(reversed(range(len(TEXTS))))
    seen = read_pictures(pdf, [(page, turn, box_of(row)) for row in rows])
    read = [s.text.replace(" ", "").replace("–", "−").replace("-", "−") for s in seen]
    assert read == [TEXTS[row].replace(" ", "") for row in rows]
    assert all(len(s.text) == len(s.confidences) and s.confidence > 0.5 for s in seen)


def test_a_cell_of_two_lines_is_read_from_the_top_down(pdf):
    seen = read_pictures(pdf, [(3, 0, box_of(0, lines=2))])[0]
    assert seen.text == "14 (43.8) 7.2-9.1"
    assert seen.confidences[seen.text.index(" 7")] == 1.0


def test_white_paper_shows_nothing(pdf):
    assert [(s.text, s.confidence) for s in read_pictures(pdf, [(3, 0, Box(200, 200, 260, 212))])] == [("", 0.0)]


def test_a_box_over_the_edge_is_cut_at_the_edge(pdf):
    assert read_pictures(pdf, [(1, 0, Box(-20, 38, 110, 52))])[0].text == "<0.001"


def test_no_boxes_need_no_file(tmp_path):
    assert read_pictures(tmp_path / "none.pdf", []) == []


def test_a_page_that_is_not_there_is_refused(pdf):
    with pytest.raises(AuditableError, match="no page 4"):
        read_pictures(pdf, [(4, 0, box_of(0))])


def test_boxes_far_apart_on_a_page_of_ten_metres_are_drawn_alone(tmp_path):
    page = Canvas(str(tmp_path / "wide.pdf"), pagesize=(28346, 28346), invariant=1)
    page.setFont("Helvetica", 9)
    page.drawString(41, 28346 - 49, "12 (31.3)")
    page.drawString(28001, 41, "7 (0.5)")
    page.showPage()
    page.save()
    places = [(1, 0, Box(40, 40, 90, 51)), (1, 0, Box(28000, 28296, 28040, 28307)), (1, 0, Box(0, 0, 28346, 28346))]
    assert [s.text for s in read_pictures(tmp_path / "wide.pdf", places)] == ["12 (31.3)", "7 (0.5)", ""]
