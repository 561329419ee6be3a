"""The first look at a PDF: facts of good files, one clear error for each broken one, pictures in the right place."""

import re

import cv2
import drawn
import numpy as np
import pytest
from pypdf_free import with_crop_box, with_rotation

from auditable.model import AuditableError, Box
from auditable.readers.page_pictures import render_boxes, render_page
from auditable.readers.pdf_file import read_pdf_bytes
from auditable.readers.pdfium_reader import page_sizes, scan_document


def decode(png: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)


def test_text_pages_are_no_scans(text_pdf):
    facts = scan_document(text_pdf)
    assert (facts.n_pages, facts.title) == (2, "A drawn article")
    page = facts.pages[0]
    assert (round(page.width_pt), round(page.height_pt)) == (595, 842)
    assert page.n_characters > 1000
    assert (page.is_scan, page.picture_share, page.rotate_degrees) == (False, 0.0, 0)


@pytest.mark.parametrize(
    ("hidden_text", "stamp"),
    [
        ("", ""),
        ("an invisible layer of recognised text", ""),
        ("", "Downloaded on 1 May from the library"),
    ],
    ids=["bare", "ocr layer", "stamp"],
)
def test_pictures_of_pages_are_scans(tmp_path, table_pdf, hidden_text, stamp):
    grey = drawn.picture_of(table_pdf, dpi=72)
    facts = scan_document(drawn.scan_pdf(tmp_path / "a.pdf", grey, 72, hidden_text, stamp))
    assert facts.pages[0].is_scan
    assert facts.pages[0].picture_share > 0.95
    assert facts.pages[0].n_hidden_characters == 30 * len(hidden_text.replace(" ", ""))
    assert facts.pages[0].n_characters == len(stamp.replace(" ", ""))


def test_text_over_a_background_picture_is_no_scan(tmp_path, table_pdf):
    grey = drawn.picture_of(table_pdf, dpi=72)
    path = drawn.scan_pdf(tmp_path / "a.pdf", grey, 72, stamp="letters on a tinted page " * 10)
    assert not scan_document(path).pages[0].is_scan


def without_pages(data: bytes) -> bytes:
    """The file with an empty list of pages, the same length, so that its cross references hold."""
    kids = re.search(rb"/Kids \[[^]]*\]", data)
    assert kids
    data = data.replace(kids[0], b"/Kids [ ]".ljust(len(kids[0])))
    return data.replace(b"/Count 2", b"/Count 0").replace(b"/Type /Page\n", b"/Type /Gone\n")


def broken(tmp_path, text_pdf, kind):
    data = text_pdf.read_bytes()
    path = tmp_path / f"{kind}.pdf"
    whole = {
        "empty": b"",
        "a web page": b"<!DOCTYPE html><html><body>Log in to read</body></html>",
        "cut at 30 %": data[: len(data) * 30 // 100],
        "cut at 60 %": data[: len(data) * 60 // 100],
        "cut at 95 %": data[: len(data) * 95 // 100],
        "saved twice, second cut": data + b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    }
    if kind in whole:
        path.write_bytes(whole[kind])
    elif kind == "locked":
        drawn.text_pdf(path, encrypt="secret")
    elif kind == "no page":
        path.write_bytes(without_pages(data))
    elif kind == "too long":
        drawn.text_pdf(path, n_pages=4)
    return path


@pytest.mark.parametrize(
    ("kind", "what", "found"),
    [
        ("missing", "there is no such file", "nothing"),
        ("empty", "the file is empty", "0 bytes"),
        ("a web page", "the file is not a PDF", "<!DOCTYPE html>"),
        ("cut at 30 %", "the PDF is cut off", "no end mark"),
        ("cut at 60 %", "the PDF is cut off", "no end mark"),
        ("cut at 95 %", "the PDF is cut off", "no end mark"),
        ("saved twice, second cut", "the PDF is cut off", "objects after the last end mark"),
        ("locked", "the PDF is locked by a password", "an encrypted file"),
        ("no page", "the PDF has no page", "0 pages"),
        ("too long", "the PDF is too long for an article", "4 pages"),
    ],
)
def test_each_broken_file_gives_one_clear_error(tmp_path, text_pdf, kind, what, found):
    path = broken(tmp_path, text_pdf, kind)
    with pytest.raises(AuditableError) as caught:
        scan_document(path, max_pages=3)
    error = caught.value
    assert (error.what, error.where) == (what, str(path))
    assert found in error.found
    assert error.expected
    assert error.remedy


def test_lines_before_the_header_are_cut_off(tmp_path, text_pdf):
    path = tmp_path / "mailed.pdf"
    path.write_bytes(b"X-Mail: yes\r\n\r\n" + text_pdf.read_bytes())
    assert read_pdf_bytes(path) == text_pdf.read_bytes()
    assert scan_document(path).n_pages == 2


def test_file_locked_against_changes_alone_can_be_read(tmp_path):
    from reportlab.lib.pdfencrypt import StandardEncryption

    path = drawn.text_pdf(tmp_path / "a.pdf", encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    assert scan_document(path).pages[0].n_characters > 1000


def test_box_is_counted_from_the_top_left_of_the_page(text_pdf):
    inside, outside = render_boxes(text_pdf, [(1, Box(78, 51, 150, 63)), (1, Box(78, 10, 150, 40))], dpi=72)
    assert decode(inside).shape == (12, 72)
    assert decode(inside).min() < 80
    assert decode(outside).min() == 255


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_page_turned_by_its_own_rotation_is_drawn_as_viewed(tmp_path, text_pdf, rotate):
    path = with_rotation(text_pdf, tmp_path / "turned.pdf", rotate)
    plain, turned = decode(render_page(text_pdf, 1, 50)), decode(render_page(path, 1, 50))
    assert scan_document(path).pages[0].rotate_degrees == rotate
    width, height = page_sizes(path, [1])[1]
    assert (width > height) == (rotate != 180)
    assert np.abs(np.rot90(turned, rotate // 90).astype(int) - plain).mean() < 8


def test_turn_makes_sideways_text_upright(tmp_path, text_pdf):
    path = with_rotation(text_pdf, tmp_path / "turned.pdf", 270)
    upright = decode(render_page(path, 1, 50, turn_degrees=90))
    assert np.abs(upright.astype(int) - decode(render_page(text_pdf, 1, 50))).mean() < 8


def test_crop_box_moves_the_origin(tmp_path, text_pdf):
    path = with_crop_box(text_pdf, tmp_path / "cropped.pdf", (50, 100, 545, 812))
    assert [round(v) for v in page_sizes(path, [1])[1]] == [495, 712]
    whole = decode(render_page(text_pdf, 1, 72, Box(78, 50, 150, 64)))
    cropped = decode(render_page(path, 1, 72, Box(28, 20, 100, 34)))
    assert whole.shape == cropped.shape
    assert np.abs(whole.astype(int) - cropped).mean() < 12


def test_pictures_are_the_same_bytes_every_time(scan_pdf):
    assert render_page(scan_pdf, 1, 72) == render_page(scan_pdf, 1, 72)


def test_scan_is_drawn_straightened(scan_pdf, table_pdf):
    # The rule above the boxhead runs 450 points wide: askew by 0.8 degrees it would need six points of height.
    line = decode(render_page(scan_pdf, 1, 72, Box(70, 43, 520, 50)))
    assert (line.min(axis=0) < 180).mean() > 0.99


def test_page_that_is_not_there_is_named(text_pdf):
    with pytest.raises(AuditableError, match=r"there is no page 3.*a page from 1 to 2"):
        render_page(text_pdf, 3, 72)
