"""Lines, shades and the slope of a scanned page, on pictures drawn for the purpose."""

import cv2
import drawn
import numpy as np
import pytest

from auditable.model import Box, Rule
from auditable.readers.scan_image import drop_strokes, estimate_skew, find_fills, find_rules, straighten

DPI = 300
PX = DPI / 72


def paper(height_pt=200, width_pt=300, tone=250):
    return np.full((int(height_pt * PX), int(width_pt * PX)), tone, dtype=np.uint8)


def paint(picture, box, tone):
    picture[int(box.top * PX) : int(box.bottom * PX), int(box.x0 * PX) : int(box.x1 * PX)] = tone


def write(picture, text, x_pt, base_pt, tone=0):
    cv2.putText(picture, text, (int(x_pt * PX), int(base_pt * PX)), cv2.FONT_HERSHEY_SIMPLEX, 1.2, int(tone), 3)


def assert_near(box, expected, slack=1.0):
    for got, want in zip(box.as_tuple(), expected.as_tuple(), strict=True):
        assert abs(got - want) <= slack, (box, expected)


@pytest.mark.parametrize("skew", [-2.5, -0.4, 0.0, 0.8, 3.0])
def test_slope_is_found_and_undone(table_pdf, skew):
    grey = drawn.picture_of(table_pdf, dpi=100, skew_degrees=skew)
    assert estimate_skew(grey) == pytest.approx(skew, abs=0.06)
    assert estimate_skew(straighten(grey, estimate_skew(grey))) == pytest.approx(0, abs=0.06)


def test_blank_page_has_no_slope():
    assert estimate_skew(paper()) == 0.0


def test_hairlines_level_and_upright_are_rules():
    picture = paper()
    level, upright = Box(20, 50, 280, 50.5), Box(100, 60, 100.5, 180)
    paint(picture, level, 120)
    paint(picture, upright, 120)
    write(picture, "Rows of letters", 20, 45)
    found = find_rules(picture, DPI)
    assert [rule.is_horizontal for rule in found] == [True, False]
    assert_near(found[0].box, level)
    assert_near(found[1].box, upright)


def test_white_line_in_a_dark_head_is_a_rule():
    picture = paper()
    paint(picture, Box(20, 40, 280, 80), 80)
    paint(picture, Box(100, 59.7, 280, 60.3), 250)
    found = find_rules(picture, DPI)
    assert len(found) == 1
    assert_near(found[0].box, Box(100, 59.7, 280, 60.3))


def test_edges_of_shades_and_letters_are_no_rules():
    picture = paper()
    paint(picture, Box(20, 40, 280, 60), 225)
    write(picture, "Illegible - HHH = lll", 30, 55)
    assert find_rules(picture, DPI) == ()


def test_strokes_amid_a_text_line_are_dropped_and_underlines_kept():
    text_line = Box(20, 100, 200, 112)
    stroke = Rule(Box(30, 105, 60, 105.5), is_horizontal=True)
    underline = Rule(Box(30, 110.5, 60, 111), is_horizontal=True)
    wide = Rule(Box(10, 105, 280, 105.5), is_horizontal=True)
    stem = Rule(Box(50, 99, 51, 113), is_horizontal=False)
    divider = Rule(Box(50, 60, 51, 160), is_horizontal=False)
    kept = drop_strokes([stroke, underline, wide, stem, divider], [text_line])
    assert kept == (underline, wide, divider)


def test_pale_and_dark_shades_are_fills():
    picture = paper()
    dark, pale = Box(20, 30, 280, 50), Box(20, 80, 280, 95)
    paint(picture, dark, 90)
    paint(picture, pale, 235)
    write(picture, "White on dark", 30, 44, 250)
    write(picture, "Black on pale", 30, 91)
    write(picture, "Black on paper", 30, 120)
    fills = find_fills(picture, DPI)
    assert len(fills) == 2
    assert_near(fills[0].box, dark, 2.5)
    assert_near(fills[1].box, pale, 2.5)
    assert [int(f.colour[1:3], 16) for f in fills] == pytest.approx([90, 235], abs=3)
