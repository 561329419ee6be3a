"""The second reading of a drawn table, on upright, turned and cropped pages, and where there is nothing to read."""

from itertools import pairwise

import drawn
import pytest
from pypdf_free import with_crop_box, with_rotation

from auditable.model import AuditableError, Box
from auditable.readers.camelot_reader import SecondReader, SecondRegion

TABLE = Box(70, 48, 520, 144)


def texts(reading):
    return [[cell.text for cell in row] for row in reading.rows]


def test_table_is_read_cell_by_cell(table_pdf):
    reading = SecondReader(table_pdf).read([SecondRegion(1, TABLE)])[0]
    assert texts(reading) == [list(row) for row in drawn.ROWS]
    assert reading.problem == ""


def test_boxes_count_from_the_top_left(table_pdf):
    rows = SecondReader(table_pdf).read([SecondRegion(1, TABLE)])[0].rows
    for i, row in enumerate(rows):
        for x, cell in zip(drawn.COLUMNS_PT, row, strict=True):
            assert cell.box.top <= drawn.FIRST_BASE_PT + i * drawn.ROW_PT - 3 <= cell.box.bottom
            assert cell.box.x0 - 1 <= x <= cell.box.x1


def test_crop_box_moves_the_origin(tmp_path, table_pdf):
    path = with_crop_box(table_pdf, tmp_path / "cropped.pdf", (50, 10, 545, 140))
    moved = Box(TABLE.x0 - 50, TABLE.top - 20, TABLE.x1 - 50, TABLE.bottom - 20)
    assert texts(SecondReader(path).read([SecondRegion(1, moved)])[0]) == [list(row) for row in drawn.ROWS]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_crop_box_of_a_turned_page(tmp_path, table_pdf, rotate):
    """Text runs sideways on the sheet and is turned upright by the page's own rotation, as a landscape table is."""
    sheet = tmp_path / "sheet.pdf"
    width, height = drawn.TABLE_PAGE
    upright = rotate == 180
    page = drawn.canvas.Canvas(str(sheet), pagesize=(width, height) if upright else (height, width), invariant=1)
    page._pagesize = (width, height)
    place = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}[rotate]
    page.transform(*place)
    drawn.draw_table(page)
    page._pagesize = (width, height) if upright else (height, width)
    page.showPage()
    page.save()
    turned = with_rotation(sheet, tmp_path / "turned.pdf", rotate)
    # Cut 30 points off the viewed page's left and 20 off its top.
    cut = {90: (20, 30, height, width), 180: (0, 0, width - 30, height - 0), 270: (0, 0, height - 20, width - 30)}[
        rotate
    ]
    if rotate == 180:
        cut = (0, 20, width - 30, height)
    cropped = with_crop_box(turned, tmp_path / "cropped.pdf", cut)
    moved = Box(TABLE.x0 - 30, TABLE.top - 20, TABLE.x1 - 30, TABLE.bottom - 20)
    reading = SecondReader(cropped).read([SecondRegion(1, moved)])[0]
    assert texts(reading) == [list(row) for row in drawn.ROWS]
    assert abs(reading.rows[1][1].box.y_mid - (drawn.FIRST_BASE_PT + drawn.ROW_PT - 3 - 20)) < drawn.ROW_PT / 2


def test_region_without_text_says_so_and_others_are_read(table_pdf):
    empty, whole = SecondReader(table_pdf).read([SecondRegion(1, Box(70, 5, 520, 40)), SecondRegion(1, TABLE)])
    assert (empty.rows, "page 1" in empty.problem) == ((), True)
    assert len(whole.rows) == len(drawn.ROWS)


def test_no_region_needs_no_file(tmp_path):
    assert SecondReader(tmp_path / "nothing.pdf").read([]) == []


def test_broken_file_is_an_error(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"")
    with pytest.raises(AuditableError, match="the file is empty"):
        SecondReader(path).read([SecondRegion(1, TABLE)])


def test_a_trailer_that_this_reader_cannot_follow_is_told(tmp_path, table_pdf):
    data = table_pdf.read_bytes()
    path = tmp_path / "trailer.pdf"
    path.write_bytes(data.replace(b"trailer\n<<", b"trailer\n<<\n/Root 1 0 R\n<<"))
    assert path.read_bytes() != data
    reading = SecondReader(path).read([SecondRegion(1, TABLE)])[0]
    assert (reading.rows, reading.problem) == ((), "camelot failed on page 1: StopIteration: ")


@pytest.mark.parametrize("turn", [90, 270])
def test_sideways_table_is_read_on_a_turned_page(tmp_path, turn):
    """The table runs up or down an upright sheet that carries more level lines than sideways ones."""
    width, height = drawn.TABLE_PAGE
    page = drawn.canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 600), invariant=1)
    page._pagesize = (width, height)
    page.saveState()
    page.transform(*((0, 1, -1, 0, 600, 0) if turn == 90 else (0, -1, 1, 0, 0, 600)))
    drawn.draw_table(page)
    page.restoreState()
    for line in range(20):
        page.drawString(250, 580 - 20 * line, "Running text")
    page._pagesize = (600, 600)
    page.showPage()
    page.save()
    moved = Box(TABLE.x0, TABLE.top + 600 - height, TABLE.x1, TABLE.bottom + 600 - height)
    box = Box(TABLE.x0, moved.top, TABLE.x1, moved.bottom)
    reading = SecondReader(tmp_path / "a.pdf").read([SecondRegion(1, box, turn)])[0]
    assert texts(reading) == [list(row) for row in drawn.ROWS]


def test_given_borders_part_the_columns(table_pdf):
    borders = tuple((a + b) / 2 + 20 for a, b in pairwise(drawn.COLUMNS_PT))
    reading = SecondReader(table_pdf).read([SecondRegion(1, TABLE, separators=borders[:1])])[0]
    assert {len(row) for row in reading.rows} == {2}
    assert reading.rows[0][0].text == drawn.ROWS[0][0]
