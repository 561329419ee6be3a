"""Where the text layer lies about a sign the printed one is taken; where it tells the truth nothing changes."""

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from reportlab.pdfgen.canvas import Canvas

from auditable.engine import read_paper
from auditable.glyphs import mend_glyphs
from auditable.model import Page
from auditable.readers.pdfplumber_reader import read_pages
from auditable.serial import dump_reading, load_reading
from auditable.tables_output import format_tables
from tests.lying_fonts import draw_mixed, register_honest, register_lying

SIZE = (420, 800)
LIES = [
    ("<", "o", "P <0.001"),
    ("<", "b", "LVEF <35%"),
    ("<", ",", "(<0.01)"),
    ("<", "v", "P<0.05"),
    (">", "N", "Aged >75 years"),
    (">", ".", "P >0.05"),
    ("=", "¼", "n = 216"),
    ("=", "5", "(N=96)"),
    ("≤", "V", "Patients ≤65"),
    ("≥", "z", "troponin ≥0.1"),
    ("≥", "i", "BMI ≥ 30"),
    ("±", "F", "73±12"),
    ("±", "6", "71 ± 13"),
    ("×", "3", "4 × 10"),
    ("−", "2", "−0.53"),
    ("+", "þ", "CD38+ cells"),
    ("μ", "A", "88 μmol/l"),
    ("†", "{", "66 (6.0)†"),
    ("≥", "\ue000", "≥3 lines"),
    ("±", "\x81", "mean 4.1±0.2"),
]
"""Printed sign, what the text layer says for it, and a text it stands in."""


def words_at(pages: tuple[Page, ...], row: int) -> list:
    found = [w for w in pages[0].words if abs(w.box.y_mid - (40 + 30 * row - 3)) < 8]
    return sorted(found, key=lambda w: w.box.x0)


@pytest.fixture(scope="module")
def lying(tmp_path_factory):
    """A page of lies, each in a font of its own and printed twice in its row; the pages before and after."""
    folder = tmp_path_factory.mktemp("lies")
    page = Canvas(str(folder / "lies.pdf"), pagesize=SIZE, invariant=1)
    for row, (printed, claim, text) in enumerate(LIES):
        face = ("DejaVuSans", "STIXGeneral", "DejaVuSerif")[row % 3]
        font = register_lying(folder, f"Sign{row:02}", {claim: printed}, face)
        for x in (40, 240):
            draw_mixed(page, x, SIZE[1] - 40 - 30 * row, text, 9, "Times-Roman", {printed: (font, claim)})
    page.showPage()
    page.save()
    return mend_glyphs(folder / "lies.pdf", read_pages(folder / "lies.pdf", [1]))


@pytest.mark.parametrize("row", range(len(LIES)), ids=[f"{p} as {c!a}" for p, c, _ in LIES])
def test_a_lying_sign_becomes_what_is_printed(lying, row):
    printed, claim, text = LIES[row]
    words = words_at(lying.pages, row)
    assert "".join(w.text for w in words) == text.replace(" ", "") * 2
    assert [w.text for w in words if w.layer_text is not None] == [printed, printed]
    assert {w.layer_text for w in words} - {None} == {claim}


def test_every_repair_is_recorded_with_its_places(lying):
    assert lying.problems == ()
    assert {(r.layer_text, r.printed_text, r.n_places, r.pages) for r in lying.repairs} == {
        (claim, printed, 2, (1,)) for printed, claim, _ in LIES
    }


def drawn(path: Path, lines: list[tuple[str, str]], prose: str = "") -> Path:
    """A page with one line for each (font, text), over lines of running text."""
    page = Canvas(str(path), pagesize=SIZE, invariant=1)
    for row, (font, text) in enumerate(lines):
        page.setFont(font, 9)
        page.drawString(40, SIZE[1] - 40 - 30 * row, text)
    page.setFont("Times-Roman", 9)
    for row in range(25 if prose else 0):
        page.drawString(40, 290 - 11 * row, prose)
    page.showPage()
    page.save()
    return path


HONEST = [
    ("DejaVuSans", "≥ 3 μ α β χ κ ± × − † ‡ § ° ∞ ✓"),
    ("DejaVuSans-Oblique", "p n P N t F χ"),
    ("DejaVuSerif-Bold", "p P 5 2 <"),
    ("STIXGeneralItalic", "n P x α p 7"),
    ("STIXGeneral", "• · … – — ’ “ ” © ® 1 6"),
    ("DejaVuSansMono", "l I 1 0 O o"),
    ("Helvetica-Bold", "A B C"),
    ("Times-Italic", "p v b z F"),
]


@pytest.mark.parametrize(("font", "text"), HONEST, ids=[font for font, _ in HONEST])
def test_an_honest_font_of_few_signs_is_left_alone(tmp_path, font, text):
    if font.startswith(("DejaVu", "STIX")):
        register_honest(font)
    path = drawn(tmp_path / "honest.pdf", [(font, text)], "Running text of a plain article, in many words.")
    pages = read_pages(path, [1])
    assert len({w.font for w in pages[0].words}) == 2
    mended = mend_glyphs(path, pages)
    assert (mended.pages, mended.repairs, mended.problems) == (tuple(pages), (), ())


def test_boxes_that_miss_their_ink_put_nothing_right(tmp_path):
    """pdfminer knows no widths of a ZapfDingbats that is not embedded: its boxes lie beside the ink."""
    path = drawn(tmp_path / "drift.pdf", [("Symbol", "P £ 0.05 a b c ³ ± m")], "Running text of a plain article.")
    pages = read_pages(path, [1])
    assert any(w.font == "ZapfDingbats" for w in pages[0].words)
    assert mend_glyphs(path, pages).repairs == ()


def test_a_paper_without_suspects_needs_no_picture(tmp_path):
    text = "The quick brown fox jumps over 12 lazy dogs, (p < 0.05) at 1.5 mg/kg; he said so."
    pages = read_pages(drawn(tmp_path / "plain.pdf", [("Times-Roman", text)]), [1])
    assert mend_glyphs(tmp_path / "no such file.pdf", pages).pages == tuple(pages)


def test_a_sign_that_nobody_can_read_stays_and_is_told(tmp_path):
    font = register_lying(tmp_path, "Snowman", {"\ue001": "☃"})
    path = drawn(tmp_path / "snow.pdf", [(font, "\ue001")])
    pages = read_pages(path, [1])
    mended = mend_glyphs(path, pages)
    assert mended.pages == tuple(pages)
    assert len(mended.problems) == 1
    assert "Page 1: a sign of the font" in mended.problems[0]
    assert "Snowman (1 place)" in mended.problems[0]


def test_the_code_of_a_sign_that_nobody_can_read_is_no_number(tmp_path):
    """A reader writes (cid:181) for such a sign: 181 is printed nowhere."""
    font = register_lying(tmp_path, "Snowman", {"\ue001": "☃"})
    path = drawn(tmp_path / "code.pdf", [(font, "\ue001")])
    seen = read_pages(path, [1])[0]
    coded = replace(seen, words=tuple(replace(w, text="12(cid:181)") for w in seen.words))
    mended = mend_glyphs(path, [coded])
    assert [(w.text, w.layer_text) for w in mended.pages[0].words] == [("12\ufffd", "12(cid:181)")]
    assert "'\\ufffd' stands for it" in mended.problems[0]


def test_two_signs_under_one_code_are_told_apart(tmp_path):
    """Several glyphs may have no meaning: each shape is judged alone."""
    font = register_lying(tmp_path, "TwoSigns", {"\ue001": "≥", "\ue002": "±"})
    path = tmp_path / "two.pdf"
    page = Canvas(str(path), pagesize=SIZE, invariant=1)
    for row, text in enumerate(["age ≥65 years", "mean 4±2 days"]):
        signs = {"≥": (font, "\ue001"), "±": (font, "\ue002")}
        draw_mixed(page, 40, SIZE[1] - 40 - 30 * row, text, 9, "Times-Roman", signs)
    page.showPage()
    page.save()
    seen = read_pages(path, [1])[0]
    lost = [replace(w, text="\ufffd") if w.text in "\ue001\ue002" else w for w in seen.words]
    mended = mend_glyphs(path, [replace(seen, words=tuple(lost))])
    assert ["".join(w.text for w in words_at(mended.pages, row)) for row in (0, 1)] == ["age≥65years", "mean4±2days"]


def test_a_code_that_prints_nothing_is_a_blank(tmp_path):
    font = register_lying(tmp_path, "BlankSign", {"\x81": " "})
    path = tmp_path / "blank.pdf"
    page = Canvas(str(path), pagesize=SIZE, invariant=1)
    draw_mixed(page, 40, SIZE[1] - 40, "12|34", 9, "Times-Roman", {"|": (font, "\x81")})
    page.showPage()
    page.save()
    mended = mend_glyphs(path, read_pages(path, [1]))
    assert [(w.text, w.joins_previous) for w in words_at(mended.pages, 0)] == [("12", False), ("34", False)]
    assert [(r.layer_text, r.printed_text) for r in mended.repairs] == [("\x81", "")]


def mute_table(folder: Path) -> Path:
    """A table in a font without ToUnicode, its blanks mute too, under an honest caption and running text."""
    rows = [
        ["Age, years", "64.5 (38–81)", "66 (41–79)"],
        ["Female", "107 (30.9)", "98 (29.6)"],
        ["P value", "<0.001", ""],
    ]
    chars = dict.fromkeys("".join(c for row in rows for c in row) + "Arm AB")
    codes = {char: chr(0xE000 + i) for i, char in enumerate(chars)}
    font = register_lying(folder, "Mute", {code: char for char, code in codes.items()})
    path = folder / "mute.pdf"
    page = Canvas(str(path), pagesize=SIZE, invariant=1)
    page.setFont("Times-Roman", 9)
    for row in range(30):
        page.drawString(
            40, 400 - 11 * row, "Running text of a plain article in an honest font, with many words in a line."
        )
    page.drawString(40, 720, "Table 1. Patients at baseline.")
    for y in (714, 698, 648):
        page.line(40, y, 380, y)
    page.setFont(font, 8)
    for y, row in zip((702, 686, 670, 654), [["", "Arm A", "Arm B"], *rows], strict=True):
        for x, text in zip((40, 180, 300), row, strict=True):
            page.drawString(x, y, "".join(codes[c] for c in text))
    page.showPage()
    page.save()
    path.write_bytes(path.read_bytes().replace(b"/ToUnicode", b"/ToUnicodX"))
    return path


def test_a_table_in_a_font_without_meaning_is_read_from_its_picture(tmp_path):
    reading = read_paper(mute_table(tmp_path), "smith2021")
    table = reading.tables[0]
    assert [(row.path, tuple(c.text.replace("–", "-") for c in row.cells)) for row in table.rows] == [
        (("Age, years",), ("64.5 (38-81)", "66 (41-79)")),
        (("Female",), ("107 (30.9)", "98 (29.6)")),
        (("P value",), ("<0.001", "")),
    ]
    assert {c.layer_text for row in table.rows for c in row.cells if c.text} == {""}
    assert all(0.5 < c.confidence <= 1 for row in table.rows for c in row.cells if c.text)
    assert any("read from their pictures" in problem for problem in reading.problems)


def test_a_cell_keeps_both_and_the_json_shows_them(tmp_path):
    font = register_lying(tmp_path, "CellSigns", {"b": "<", "F": "±"})
    path = tmp_path / "cells.pdf"
    page = Canvas(str(path), pagesize=SIZE, invariant=1)
    page.setFont("Times-Roman", 9)
    page.drawString(40, 720, "Table 1. Patients at baseline.")
    for y in (714, 698, 648):
        page.line(40, y, 380, y)
    rows = [
        ["", "Arm A", "p value"],
        ["Age, mean±SD", "73±12", "0.058"],
        ["LVEF <35%", "12 (4)", "<0.001"],
        ["Women", "9", "0.4"],
    ]
    for y, row in zip((702, 686, 670, 654), rows, strict=True):
        for x, text in zip((40, 180, 300), row, strict=True):
            draw_mixed(page, x, y, text, 8, "Times-Roman", {"<": (font, "b"), "±": (font, "F")})
    page.showPage()
    page.save()
    reading = read_paper(path, "smith2021")
    rows = reading.tables[0].rows
    assert [row.path for row in rows] == [("Age, mean±SD",), ("LVEF <35%",), ("Women",)]
    assert [[(c.text, c.layer_text, c.agreement) for c in row.cells] for row in rows[:2]] == [
        [("73±12", "73F12", "same"), ("0.058", None, "same")],
        [("12 (4)", None, "same"), ("<0.001", "b0.001", "same")],
    ]
    assert load_reading(dump_reading(reading)) == reading
    record = json_of(reading)
    assert record["tables"][0]["rows"][0]["layer_texts"] == ["73F12", None]
    assert [(r["layer_text"], r["printed_text"], r["n_places"]) for r in record["repairs"]] == [
        ("F", "±", 2),
        ("b", "<", 2),
    ]


def json_of(reading) -> dict:
    record = json.loads(format_tables(reading, "json"))
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "tables.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(record)
    return record
