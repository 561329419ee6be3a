"""Whole one-page PDFs to damage: made ones, and single pages cut from the articles of a folder.

Comes in: a folder of papers, or none. Goes out: Documents, the same at every call. The damage is left to mutations.py.
"""

from __future__ import annotations

import io
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2 as pdfium

from tests import lying_fonts
from tests.printed.printing import print_tables, random_print
from tests.unit.readers import drawn, hostile

N_MADE = 6
MAX_BYTES = 200_000
"""Pages of scans are larger: a picture is what the OCR reads, slowly, and damage to it is no damage to a document."""
_CREATED = re.compile(rb"/CreationDate\(D:\d{14}")
_ID = re.compile(rb"/ID\[<\w+><\w+>\]")
_STREAM = re.compile(rb"(?P<head>.*?>>)\s*stream\r?\n(?P<data>.*?)\r?\n?endstream", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) \d+ obj\s*(.*)\s*endobj\s*", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+(?! \d+ R)")


@dataclass(frozen=True)
class Document:
    """A PDF of one page whose catalog is object 1, all objects listed in one table at its end."""

    name: str
    data: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        """What stands between obj and endobj, by number."""
        start = int(self.data[self.data.rindex(b"startxref") :].split()[1])
        places = [int(m[1]) for m in re.finditer(rb"(\d{10}) \d{5} n", self.data[start:])]
        ends = [*sorted(places)[1:], start]
        bodies = (_OBJECT.match(self.data[a:b]) for a, b in zip(sorted(places), ends, strict=True))
        return {int(m[1]): m[2] for m in bodies if m}

    @cached_property
    def streams(self) -> list[int]:
        """Numbers of the objects that hold a stream."""
        return [n for n, body in self.objects.items() if _STREAM.match(body)]

    @cached_property
    def text(self) -> str:
        """What pdfium reads on it."""
        return text_of(self.data)


def text_of(data: bytes) -> str:
    """The text of all pages as pdfium gives it, "" where it opens none."""
    try:
        with pdfium.PdfDocument(data) as document:
            return "\n".join(_text_of_page(document, i) for i in range(len(document)))
    except pdfium.PdfiumError:
        return ""


def _text_of_page(document: pdfium.PdfDocument, index: int) -> str:
    try:
        return document[index].get_textpage().get_text_range()
    except pdfium.PdfiumError:
        return ""


def open_stream(body: bytes) -> tuple[bytes, bytes]:
    """The dictionary and the unpacked data of an object with a stream; packed where it is not packed by flate alone."""
    match = _STREAM.match(body)
    assert match, body[:80]
    head, data = match["head"], match["data"]
    if re.search(rb"/Filter\s*/FlateDecode", head) and b"/DecodeParms" not in head:
        return head, zlib.decompressobj().decompress(data)
    return head, data


def close_stream(head: bytes, data: bytes) -> bytes:
    """The object of a stream with that data, packed as the dictionary says, its length told rightly."""
    if re.search(rb"/Filter\s*/FlateDecode", head) and b"/DecodeParms" not in head:
        data = zlib.compress(data)
    return _LENGTH.sub(b"/Length %d" % len(data), head) + b"\nstream\n" + data + b"\nendstream"


def make_documents() -> list[Document]:
    """Pages drawn here: a table by hand, printed tables, fonts that lie, a form."""
    return list(_made())


def cut_documents(raw: Path) -> list[Document]:
    """Every page with text of the papers of a folder, each a document of its own."""
    return [d for path in sorted(raw.glob("*/paper.pdf")) for d in _cut(path) if len(d.data) <= MAX_BYTES and d.text]


def _made() -> Iterator[Document]:
    table = hostile.small_table()
    with tempfile.TemporaryDirectory(prefix="auditable-") as folder:
        place = Path(folder)
        in_form = {10: hostile.form(table, b"/Font << /F 5 0 R >>")}
        yield from _cut(hostile.one_page(place / "table.pdf", table))
        yield from _cut(hostile.one_page(place / "form.pdf", b"/A Do", xobjects=b"/A 10 0 R", others=in_form))
        yield from _cut(drawn.text_pdf(place / "text.pdf"))
        yield from _cut(_signs(place))
        for seed in range(N_MADE):
            yield from _cut(print_tables(place / f"printed{seed}.pdf", [random_print(seed)]))


def _signs(folder: Path) -> Path:
    """A table whose signs are printed by a font that names them wrongly."""
    from reportlab.pdfgen.canvas import Canvas

    plain, lying = lying_fonts.register_honest("DejaVuSans"), lying_fonts.register_lying(folder, "Signs", {"$": "≥"})
    canvas = Canvas(str(folder / "signs.pdf"), pagesize=(595, 842), invariant=1)
    for k, line in enumerate(
        ("Table 1. Doses of the drug.", "Dose  Patients", "≥ 5 mg  12 (38.7)", "≥ 9 mg  19 (61.3)")
    ):
        for x, text in zip((60, 300), line.split("  "), strict=False):
            lying_fonts.draw_mixed(canvas, x, 700 - 14 * k, text, 9, plain, {"≥": (lying, "$")})
    canvas.showPage()
    canvas.save()
    return folder / "signs.pdf"


def _cut(path: Path) -> Iterator[Document]:
    """Each page, written anew by pdfium; its clock and its random name are taken out."""
    with pdfium.PdfDocument(path) as whole:
        for index in range(len(whole)):
            with pdfium.PdfDocument.new() as page, io.BytesIO() as out:
                page.import_pages(whole, [index])
                page.save(out)
                data = _CREATED.sub(b"/CreationDate(D:20000101000000", _ID.sub(b"", out.getvalue()))
            name = path.parent.name if path.name == "paper.pdf" else path.stem
            yield Document(f"{name}-{index + 1}", data)
