"""What the recogniser passes over on a scan is read by a second look, or told."""

import cv2
import drawn
import numpy as np
import pytest

from auditable.model import Box, Rule, Word
from auditable.readers.ocr_reader import read_scanned_pages
from auditable.readers.unread_ink import read_rest

DPI = 300
PX = DPI / 72
ROWS = [
    ("Event", "Drug, n", "Placebo, n"),
    ("Anaemia", "–", "0"),
    ("Stage II", "0", "–"),
    ("Stage III", "–", "7"),
    ("Leucocytes (×10", "3", "–"),
]


def page_of(*texts: tuple[str, float, float], rule_at: float = 0.0) -> np.ndarray:
    grey = np.full((400, 1200), 250, np.uint8)
    for text, x, base in texts:
        cv2.putText(grey, text, (int(x * PX), int(base * PX)), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2, cv2.LINE_AA)
    if rule_at:
        cv2.line(grey, (20, int(rule_at * PX)), (1100, int(rule_at * PX)), 20, 2)
    return grey


def label(text: str = "Fever") -> Word:
    return Word(text, Box(10, 32, 40, 42), 9.0, confidence=0.99)


def refuse(grey):
    raise AssertionError("nothing to recognise here")


def test_a_lone_dash_is_a_word_and_no_empty_cell():
    grey = page_of(("Fever", 10, 40))
    cv2.line(grey, (int(120 * PX), int(37.5 * PX)), (int(124 * PX), int(37.5 * PX)), 20, 3)
    added, unread = read_rest([label()], grey, (), DPI, refuse)
    assert [(w.text, int(w.box.x0)) for w in added] == [("–", 119)]
    assert unread == []


def test_a_lone_figure_is_read_alone():
    added, unread = read_rest([label()], page_of(("Fever", 10, 40), ("0", 120, 40)), (), DPI, lambda g: ("0", (0.98,)))
    assert [(w.text, w.confidence) for w in added] == [("0", 0.98)]
    assert unread == []


@pytest.mark.parametrize("seen", [("0", (0.4,)), ("", ()), ("厦", (0.99,))], ids=["unsure", "nothing", "foreign"])
def test_what_stays_unread_is_told(seen):
    added, unread = read_rest([label()], page_of(("Fever", 10, 40), ("0", 120, 40)), (), DPI, lambda g: seen)
    assert added == []
    assert [int(b.x0) for b in unread] == [120]


def test_rules_and_ink_outside_lines_of_print_are_no_words():
    grey = page_of(("Fever", 10, 40), ("0", 120, 80), rule_at=45.0)
    rules = [Rule(Box(5, 44.8, 264, 45.2), is_horizontal=True)]
    assert read_rest([label()], grey, rules, DPI, refuse) == ([], [])


def test_a_scanned_table_keeps_its_dashes_lone_figures_and_numerals(tmp_path):
    path = tmp_path / "table.pdf"
    page = drawn.canvas.Canvas(str(path), pagesize=drawn.TABLE_PAGE, invariant=1)
    page.setFont("Times-Roman", 9)
    for i, row in enumerate(ROWS):
        for x, text in zip(drawn.COLUMNS_PT, row, strict=True):
            page.drawString(x, drawn.TABLE_PAGE[1] - drawn.FIRST_BASE_PT - i * drawn.ROW_PT, text)
    last = drawn.TABLE_PAGE[1] - drawn.FIRST_BASE_PT - 4 * drawn.ROW_PT
    width = page.stringWidth(ROWS[4][0], "Times-Roman", 9)
    page.drawString(drawn.COLUMNS_PT[0] + width + 3.3, last, "/L)")
    page.setFont("Times-Roman", 5.5)
    page.drawString(drawn.COLUMNS_PT[0] + width, last + 3.2, "9")
    page.showPage()
    page.save()
    scan = drawn.scan_pdf(tmp_path / "scan.pdf", drawn.picture_of(path, dpi=DPI, skew_degrees=0.3), dpi=DPI)
    seen = read_scanned_pages(scan, [1])[0]
    lines: dict[int, list[Word]] = {}
    for word in seen.words:
        lines.setdefault(int((word.box.y_mid - drawn.FIRST_BASE_PT + 12) / drawn.ROW_PT), []).append(word)
    texts = [[w.text for w in sorted(lines[k], key=lambda w: w.box.x0)] for k in sorted(lines)]
    assert texts[1:4] == [["Anaemia", "–", "0"], ["Stage", "II", "0", "–"], ["Stage", "III", "–", "7"]]
    assert texts[4] == ["Leucocytes", "(×10", "9", "/L)", "3", "–"]
    assert [w.text for w in seen.words if w.is_raised] == ["9"]
