"""Where words end is taken from the white of the picture, whatever white space the recogniser saw."""

import cv2
import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from auditable.model import Box, Rule
from auditable.readers.raised_parts import Letter, Line
from auditable.readers.word_boxes import split_words

DPI, SIZE_PT, BASE_PT, LEFT_PT = 300, 9, 30, 20
PX = DPI / 72


def words(tmp_path, printed: str, recognised: str, raised: str = "", after: str = "", rule: Rule | None = None):
    """Words of one printed line; recognised: the same letters with the white space that the recogniser saw; rule: known
    to stand on the page, drawn only where it leaves the line."""
    path = tmp_path / "line.pdf"
    page = canvas.Canvas(str(path), pagesize=(300, 50))
    letters, x = [], float(LEFT_PT)
    for part, size, up in ((printed, SIZE_PT, 0.0), (raised, 0.6 * SIZE_PT, 3.2), (after, SIZE_PT, 0.0)):
        page.setFont("Helvetica", size)
        page.drawString(x, 50 - BASE_PT + up, part)
        for char in part:
            width = stringWidth(char, "Helvetica", size)
            letters.append((char, (x + width / 2) * PX))
            x += width
    if rule:
        page.rect(rule.box.x0, 0, rule.box.width, 50 - rule.box.top if rule.box.bottom > 50 else 5, stroke=0, fill=1)
    page.save()
    document = pdfium.PdfDocument(path)
    grey = cv2.cvtColor(document[0].render(scale=PX).to_numpy()[:, :, :3], cv2.COLOR_BGR2GRAY)
    document.close()
    places = iter(at for char, at in letters if char != " ")
    line = tuple(
        Letter(char, 0.9, None if char == " " else next(places)) for char in (recognised or printed + raised + after)
    )
    box = Box((LEFT_PT - 3) * PX, (BASE_PT - 10) * PX, (x + 3) * PX, (BASE_PT + 5) * PX)
    return split_words([Line(box, line)], grey, (rule,) if rule else (), DPI)


@pytest.mark.parametrize(
    ("printed", "recognised"),
    [
        ("8 (25.0)", "8 (25.0)"),
        ("8 (25.0)", "8(25.0)"),
        ("1 (5.6)", "1(5.6)"),
        ("1 (5.6)", "1 (5.6 )"),
        ("11 (1.1)", "1 1 (1.1)"),
        ("8 (25.0)     14 (43.8)", "8 (25.0)14 (43.8)"),
        ("Median (range)", "Median(range)"),
        ("<0.001", "< 0.001"),
        ("12.5-19.4", "12.5 -19.4"),
    ],
)
def test_white_of_the_picture_decides(tmp_path, printed, recognised):
    assert [word.text for word in words(tmp_path, printed, recognised)] == printed.split()


def test_box_and_size_are_those_of_the_print(tmp_path):
    first, second = words(tmp_path, "Age (years)", "Age (years)")
    assert first.size_pt == pytest.approx(SIZE_PT, abs=0.6)
    assert first.box.x0 == pytest.approx(LEFT_PT, abs=0.7)
    assert second.box.x1 == pytest.approx(LEFT_PT + stringWidth("Age (years)", "Helvetica", SIZE_PT), abs=1.0)
    assert first.box.top < BASE_PT - 6.4
    assert BASE_PT < first.box.bottom < BASE_PT + 3


@pytest.mark.parametrize(
    ("printed", "raised", "after", "parts"),
    [
        ("stage", "a", ", n (%)", ["stage", "a", ",", "n", "(%)"]),
        ("10", "9", " cells", ["10", "9", "cells"]),
        ("risk", "b", "", ["risk", "b"]),
        ("NR", "8", "", ["NR", "8"]),
    ],
)
def test_raised_letters_are_words_of_their_own(tmp_path, printed, raised, after, parts):
    found = words(tmp_path, printed, "", raised, after)
    assert [word.text for word in found] == parts
    assert [word.text for word in found if word.is_raised] == [raised]
    assert found[1].joins_previous
    assert found[1].size_pt < found[0].size_pt


@pytest.mark.parametrize("printed", ["anti-CD38", "patients'", "inhibitor*", "70-80%", "(n=32)", "p,q;r"])
def test_signs_that_hang_high_are_not_raised(tmp_path, printed):
    found = words(tmp_path, printed, printed)
    assert [(word.text, word.is_raised) for word in found] == [(printed, False)]


def test_a_label_over_the_gap_of_an_upright_rule_stays_whole(tmp_path):
    across = LEFT_PT + stringWidth("disorde", "Helvetica", SIZE_PT)
    rule = Rule(Box(across - 0.2, 0, across + 1.2, 50), is_horizontal=False)
    assert [word.text for word in words(tmp_path, "disorders", "", rule=rule)] == ["disorders"]


def test_an_upright_rule_drawn_between_two_cells_is_no_ink_of_theirs(tmp_path):
    across = LEFT_PT + stringWidth("Pain ", "Helvetica", SIZE_PT) + 1
    rule = Rule(Box(across, 0, across + 1, 51), is_horizontal=False)
    first, second = words(tmp_path, "Pain    12", "Pain12", rule=rule)
    assert (first.text, second.text) == ("Pain", "12")
    assert first.box.x1 < across < across + 1 < second.box.x0
