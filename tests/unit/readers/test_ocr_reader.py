"""A scanned table is read word for word, in the coordinates of the pictures that are drawn of it."""

import cv2
import drawn
import numpy as np
import pytest

from auditable.readers.ocr_reader import read_scanned_pages
from auditable.readers.page_pictures import render_page


@pytest.fixture(scope="module")
def page(scan_pdf):
    return read_scanned_pages(scan_pdf, [1])[0]


def rows_of(page) -> list[str]:
    rows: dict[int, list] = {}
    for word in page.words:
        rows.setdefault(round((word.box.y_mid - drawn.FIRST_BASE_PT + 4) / drawn.ROW_PT), []).append(word)
    return [" ".join(w.text for w in sorted(rows[k], key=lambda w: w.box.x0)) for k in sorted(rows)]


def test_every_cell_is_read_in_its_row(page):
    assert rows_of(page) == [" ".join(row) for row in drawn.ROWS]


def test_page_tells_how_it_was_read(page):
    assert (page.number, page.reader, page.is_scan, page.turn_degrees) == (1, "ocr", True, 0)
    assert (round(page.width_pt), round(page.height_pt)) == drawn.TABLE_PAGE
    assert all(0.5 < word.confidence <= 1 for word in page.words)


def test_rows_are_level_although_the_scan_is_askew(page):
    for i in range(len(drawn.ROWS)):
        base = drawn.FIRST_BASE_PT + i * drawn.ROW_PT
        feet = [w.box.bottom for w in page.words if abs(w.box.y_mid - base + 4) < drawn.ROW_PT / 2]
        assert max(feet) - min(feet) < 1.5


def test_words_stand_where_the_picture_shows_them(page, scan_pdf):
    picture = cv2.imdecode(np.frombuffer(render_page(scan_pdf, 1, 72), np.uint8), cv2.IMREAD_GRAYSCALE)
    for word in page.words:
        box = word.box
        inside = picture[int(box.top) : int(box.bottom) + 1, int(box.x0) : int(box.x1) + 1]
        beside = picture[int(box.top) + 2 : int(box.bottom) - 1, int(box.x0) - 2 : int(box.x0) - 1]
        assert inside.min() < 150, word
        assert beside.min() > 150, word


def test_sizes_are_those_of_the_print(page):
    assert [word.size_pt for word in page.words if word.size_pt] == pytest.approx([10.0] * len(page.words), abs=1.0)


def test_rules_of_the_table_are_found(page):
    level = [rule.box for rule in page.rules if rule.is_horizontal]
    assert [round(box.x0 / 10) for box in level] == [7, 7, 7]
    assert [box.y_mid for box in level] == pytest.approx([46, 65, 138], abs=1.5)


def test_sideways_scan_comes_turned_upright(tmp_path, table_pdf):
    grey = drawn.picture_of(table_pdf, dpi=150, turn_quarters=3)
    path = drawn.scan_pdf(tmp_path / "sideways.pdf", grey, dpi=150)
    page = read_scanned_pages(path, [1])[0]
    assert page.turn_degrees == 90
    assert (round(page.width_pt), round(page.height_pt)) == drawn.TABLE_PAGE
    assert rows_of(page)[1:3] == ["Female 10 (31.3) 12 (38.7)", "Age, median (range) 70.5 (51-84) 69 (48-81)"]
