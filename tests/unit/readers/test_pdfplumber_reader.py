"""Words, scripts, rules and fills of born-digital pages, upright and sideways."""

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from auditable.readers.pdfplumber_reader import read_pages


def make(path: Path, paint, pagesize=(300, 400)) -> Path:
    canvas = Canvas(str(path), pagesize=pagesize, invariant=1)
    paint(canvas)
    canvas.showPage()
    canvas.save()
    return path


def test_a_raised_mark_is_a_word_of_its_own(tmp_path):
    def paint(c):
        c.setFont("Helvetica", 10)
        c.drawString(50, 300, "Other")
        c.setFont("Helvetica", 6)
        c.drawString(50 + c.stringWidth("Other", "Helvetica", 10), 304, "a")

    words = read_pages(make(tmp_path / "a.pdf", paint), [1])[0].words
    assert [(w.text, w.is_raised, w.joins_previous) for w in words if w.text in ("Other", "a")] == [
        ("a", True, True), ("Other", False, False),
    ]  # fmt: skip


def test_a_row_of_dots_is_a_rule_and_no_text(tmp_path):
    page = read_pages(make(tmp_path / "a.pdf", lambda c: c.drawString(50, 300, "." * 40)), [1])[0]
    assert page.words == ()
    assert [r.is_horizontal for r in page.rules] == [True]


def test_shading_is_no_rule_and_a_thin_bar_is(tmp_path):
    def paint(c):
        c.setFillColorRGB(0.8, 0.8, 0.9)
        c.rect(50, 300, 200, 12, stroke=0, fill=1)
        c.rect(50, 200, 200, 0.5, stroke=0, fill=1)

    page = read_pages(make(tmp_path / "a.pdf", paint), [1])[0]
    assert [f.colour for f in page.fills] == ["#cccce6"]
    assert [(r.is_horizontal, int(r.box.top)) for r in page.rules] == [(True, 199)]


def test_a_sideways_page_is_read_turned(tmp_path):
    def paint(c):
        c.setFont("Helvetica", 8)
        c.translate(200, 20)
        c.rotate(90)
        for k in range(8):
            c.drawString(0, 12 * k, "Sideways words in a row, as in a wide table")

    pages = read_pages(make(tmp_path / "a.pdf", paint), [1])
    assert [p.turn_degrees for p in pages] == [90]
    first = sorted(pages[0].words, key=lambda w: (w.box.top, w.box.x0))[:3]
    assert [w.text for w in first] == ["Sideways", "words", "in"]
    assert (pages[0].width_pt, pages[0].height_pt) == (400.0, 300.0)


def test_bytes_before_the_header_do_not_hide_the_pages(tmp_path):
    path = make(tmp_path / "a.pdf", lambda c: c.drawString(50, 300, "Seen"))
    path.write_bytes(b"junk of a download portal\n" + path.read_bytes())
    assert [w.text for w in read_pages(path, [1])[0].words] == ["Seen"]
