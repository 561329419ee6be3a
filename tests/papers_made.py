"""Small papers made on the spot: a sound one, and every broken input a curator may meet."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

HEAD = ("Characteristic", "Drug A (N = 40)", "Drug B (N = 20)")
ROWS = (
    ("Sex, n (%)", "", ""),
    ("  Female", "10 (25.0)", "5 (25.0)"),
    ("  Male", "30 (75.0)", "15 (75.0)"),
    ("Stage, n (%)", "", ""),
    ("  I", "16 (40.0)", "9 (45.0)"),
    ("  II", "24 (60.0)", "11 (55.0)"),
    ("Age, years, median (range)", "61 (34–80)", "63 (41–79)"),
)
PROSE = "We treated 60 patients. In the group given drug A, 30 of 40 patients (75.0%) were men."
GOLD_HEADER = "table_id,stub_path,spanner_path,statistic,value,unit,marks,raw_text,keyed_by"
GOLD = f"""{GOLD_HEADER}
T1,"Sex, n (%) > Female",Drug A (N = 40),n,10,,,10 (25.0),A
T1,"Sex, n (%) > Female",Drug A (N = 40),pct,25.0,%,,10 (25.0),A
T1,"Age, years, median (range)",Drug B (N = 20),median,63,years,,63 (41–79),A
"""


def sound_pdf(password: str = "") -> bytes:
    """One page with a sentence and a table between three rules, as journals set it."""
    stream = io.BytesIO()
    encryption = pdfencrypt.StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(stream, pagesize=A4, invariant=1, encrypt=encryption)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 780, "Drug A and drug B in a made-up cohort")
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 750, PROSE)
    canvas.drawString(72, 700, "Table 1. Baseline characteristics of the patients.")
    draw_table(canvas, 680.0, ROWS)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def draw_table(canvas: Canvas, y: float, rows: Sequence[Sequence[str]]) -> None:
    """HEAD and the rows between three rules, a note below. y: of the head, from the bottom of the page, in points."""
    canvas.setFont("Helvetica", 9)
    for line, row in enumerate((HEAD, *rows)):
        if line < 2:
            canvas.line(72, y + 11, 500, y + 11)
        for x, text in zip((72, 260, 390), row, strict=True):
            canvas.drawString(x + (10 if text.startswith(" ") else 0), y, text.strip())
        y -= 14
    canvas.line(72, y + 11, 500, y + 11)
    canvas.drawString(72, y - 4, "Percentages are of the patients of the group.")


def long_pdf(n_pages: int) -> bytes:
    """Empty pages."""
    document = pdfium.PdfDocument.new()
    for _ in range(n_pages):
        document.new_page(300, 400)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def pdf_without_pages() -> bytes:
    """A whole PDF whose page tree is empty."""
    return pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def pdf_of(*bodies: bytes) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    parts = [b"%PDF-1.4\n"]
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(sum(map(len, parts)))
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = sum(map(len, parts))
    size = len(bodies) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    parts.append(table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return b"".join(parts)


BROKEN_PDFS: dict[str, bytes] = {
    "nopdf2001": b"This is a letter, not a PDF.\n" * 40,
    "zerobytes2002": b"",
    "truncated2003": sound_pdf()[:900],
    "locked2004": sound_pdf(password="secret"),
    "nopages2005": pdf_without_pages(),
    "thousand2006": long_pdf(2000),
}
"""Study id → a file that cannot be read."""


def make_study(raw: Path, study_id: str, pdf: bytes, gold: str | None = None, about: str = "") -> Path:
    """The folder of a study; about: further lines of paper.yaml."""
    folder = raw / study_id
    folder.mkdir(parents=True)
    (folder / "paper.pdf").write_bytes(pdf)
    (folder / "paper.yaml").write_text(paper_yaml(pdf) + about, encoding="utf-8")
    if gold is not None:
        (folder / "gold.csv").write_text(gold, encoding="utf-8")
    return folder


def paper_yaml(pdf: bytes) -> str:
    """A paper.yaml for these bytes."""
    return (
        "title: A made-up cohort\ncitation: Maker A. A made-up journal 2001.\nlicence: made for the tests\n"
        f"sha256: {hashlib.sha256(pdf).hexdigest()}\nfacsimile: true\n"
    )


def replace_pdf(folder: Path, pdf: bytes) -> None:
    """Puts another PDF into the folder, with its checksum."""
    (folder / "paper.pdf").write_bytes(pdf)
    about = folder / "paper.yaml"
    text = re.sub("sha256: .*", f"sha256: {hashlib.sha256(pdf).hexdigest()}", about.read_text("utf-8"))
    about.write_text(text, encoding="utf-8")
