"""Hostile PDFs: each ends soon, in a table, in a finding or in one clear error; never in a crash, never in silence."""

from pathlib import Path

import hostile
import pytest

from auditable.engine import read_paper
from auditable.model import AuditableError, Reading
from auditable.readers.pdfium_reader import scan_document

TABLE = hostile.small_table()
TINY_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
    b"stream\n\x00\nendstream"
)
HUGE = b"1" + b"0" * 400


def nested_forms(n: int, draws: bytes) -> dict[int, bytes]:
    """n forms, each of which draws the next one; the innermost holds the table."""
    inner = {9 + n: hostile.form(TABLE, b"/Font << /F 5 0 R >>")}
    return inner | {10 + i: hostile.form(draws, b"/XObject << /A %d 0 R >>" % (11 + i)) for i in range(n - 1)}


def picture(width: int, height: int) -> bytes:
    """A picture that claims its size, and has next to no data."""
    return (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 4 >>\nstream\n\x00\x00\x00\x00\nendstream" % (width, height)
    )


TOO_MUCH = {
    "characters": (
        b"".join(hostile.text_at(15 + i % 6 * 95, 10 + i // 6 * 1.6, "abcdefghij klm " * 14, 1) for i in range(3000)),
        {},
        "characters, more than 100000",
    ),
    "shades": (
        b"".join(b"0.%d g %d %.2f 300 5 re f\n" % (1 + i % 8, 20 + i % 11, 20 + i * 0.09) for i in range(6000)),
        {},
        "6000 shaded boxes, more than 5000",
    ),
    "20 000 rules": (
        b"".join(hostile.line_at(20 + i % 50, 300 + i % 21, 20 + i * 0.0275) for i in range(20_000)),
        {},
        "heights with ruling lines or edges of shading, more than 300",
    ),
    "heights with lines": (
        b"".join(hostile.line_at(60 + i % 90, 430 + i % 90, 10 + i * 24) for i in range(590)),
        {"size": (595, 14400)},
        "more than 300",
    ),
    "captions": (
        b"".join(hostile.text_at(20 + i % 5 * 110, 10 + i // 5 * 16, f"Table {i}. X") for i in range(3000)),
        {"size": (595, 14400)},
        "words that may open a caption, more than 200",
    ),
    "pictures": (
        b"".join(b"q 1 0 0 1 %d %d cm /I Do Q\n" % (i % 500, i // 500) for i in range(50_000)),
        {"xobjects": b"/I 10 0 R", "others": {10: TINY_PICTURE}},
        "50000 pictures, more than 5000",
    ),
    "a form bomb": (
        b"/A Do",
        {"xobjects": b"/A 10 0 R", "others": nested_forms(12, b"/A Do " * 10)},
        "more work than 32 MB",
    ),
    "forms nested deep": (b"/A Do", {"xobjects": b"/A 10 0 R", "others": nested_forms(300, b"/A Do ")}, "24 deep"),
    "a form in itself": (
        b"/A Do",
        {"xobjects": b"/A 10 0 R", "others": {10: hostile.form(b"/A Do", b"/XObject << /A 10 0 R >>")}},
        "draw themselves",
    ),
    "a stream packed tightly": (b"q Q " * 10_000_000, {}, "more work than 32 MB"),
    "one endless text": (b"BT /F 9 Tf (" + b"a" * 1_000_000 + b") Tj ET", {}, "more work than 32 MB"),
    "a huge picture": (
        b"q 595 0 0 842 0 0 cm /I Do Q",
        {"xobjects": b"/I 10 0 R", "others": {10: picture(40_000, 40_000)}},
        "1600 million pixels",
    ),
    "a scan 10 m wide": (
        b"q 28346 0 0 842 0 0 cm /I Do Q",
        {"size": (28346, 842), "xobjects": b"/I 10 0 R", "others": {10: picture(2, 2)}},
        "million pixels",
    ),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_page_with_too_much_is_not_read_and_says_so(tmp_path: Path, kind: str) -> None:
    commands, more, reason = TOO_MUCH[kind]
    reading = read_paper(hostile.one_page(tmp_path / "a.pdf", TABLE + commands, **more), "a")
    assert reading.tables == ()
    assert [p.startswith("Page 1 was not read") and reason in p for p in reading.problems] == [True], reading.problems


BEARABLE = {
    "20 000 rules at 20 heights": (
        b"".join(hostile.line_at(i % 90, 80 + i % 90, i % 20 * 9) for i in range(20_000)),
        {},
    ),
    "20 000 upright rules": (b"".join(b"%.2f 9 m %.2f 600 l S\n" % (i * 0.03, i * 0.03) for i in range(20_000)), {}),
    "three nested forms": (b"/A Do", {"xobjects": b"/A 10 0 R", "others": nested_forms(3, b"")}),
    "a page 10 m wide": (b"", {"size": (28346, 842)}),
    "text off the page": (hostile.text_at(-400, 686, "9 (9.9)") + hostile.text_at(2000, 686, "8 (8.8)"), {}),
    "places beyond all numbers": (
        HUGE + b" 0 0 1 0 0 cm BT /F 9 Tf 0 0 Td (far) Tj ET 0 0 m " + HUGE + b" 0 l S 10 10 " + HUGE + b" 40 re f",
        {},
    ),
    "no numbers at all": (b"BT /F 9 Tf nan inf Td ( ) Tj ET 60 nan m 400 inf l S", {}),
}


@pytest.mark.parametrize("kind", BEARABLE)
def test_table_is_still_read_beside(tmp_path: Path, kind: str) -> None:
    commands, more = BEARABLE[kind]
    reading = read_paper(hostile.one_page(tmp_path / "a.pdf", TABLE + commands, **more), "a")
    assert cells_of(reading) == [[["10 (31.3)", "12 (38.7)"], ["22 (68.8)", "19 (61.3)"], ["5 (15.6)", "7 (22.6)"]]]


def cells_of(reading: Reading) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in reading.tables]


def test_font_that_names_no_letters_makes_the_page_a_picture(tmp_path: Path) -> None:
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+X /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
        b" /Subtype /CIDFontType2 /BaseFont /ABCDEF+X /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName"
        b" /ABCDEF+X /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700"
        b" /StemV 80 >> /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    text = b"".join(b"BT /F 9 Tf 60 %d Td <00240025002600270028> Tj ET\n" % (700 - 12 * i) for i in range(20))
    page = scan_document(hostile.one_page(tmp_path / "a.pdf", text, font=font)).pages[0]
    assert (page.is_scan, page.is_garbled, page.may_hold_table) == (True, True, True)


def test_10_000_pages_are_refused(tmp_path: Path) -> None:
    kids = b"".join(b"%d 0 R " % i for i in range(3, 10_003))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    path = hostile.write(
        tmp_path / "a.pdf",
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 10000 /Kids [" + kids + b"] >>",
            **dict.fromkeys(range(3, 10_003), page),
        },
    )
    with pytest.raises(AuditableError, match="at most 1500 pages, found 10000 pages"):
        read_paper(path, "a")


def test_page_tree_that_leads_back_to_itself_is_refused(tmp_path: Path) -> None:
    path = hostile.write(
        tmp_path / "a.pdf",
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 2 /Kids [3 0 R 2 0 R] >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            4: hostile.flate(TABLE),
        },
    )
    with pytest.raises(AuditableError, match="page 2 cannot be read"):
        read_paper(path, "a")
