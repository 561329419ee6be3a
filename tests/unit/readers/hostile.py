"""Hostile PDFs, written byte by byte: each makes a careless reader hang, crash or fill memory."""

import zlib
from pathlib import Path

A4 = (595, 842)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def flate(data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"


def form(commands: bytes, resources: bytes = b"") -> bytes:
    """A form object; resources: what stands between the brackets of its /Resources, b"" for none of its own."""
    named = b" /Resources << " + resources + b" >>" if resources else b""
    head = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842]" + named + b" /Length %d >>\nstream\n" % len(commands)
    return head + commands + b"\nendstream"


def write(path: Path, objects: dict[int, bytes], trailer: bytes = b"") -> Path:
    """A PDF of these numbered objects; 1 is its catalog. trailer: further entries of its trailer."""
    path.write_bytes(render(objects, trailer))
    return path


def render(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """The bytes of such a PDF."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, n = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % n
    for number in range(1, n):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R " % n + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def one_page(
    path: Path,
    commands: bytes,
    *,
    size: tuple[float, float] = A4,
    xobjects: bytes = b"",
    font: bytes = FONT,
    others: dict[int, bytes] | None = None,
) -> Path:
    """A PDF of one page; xobjects: names and references of its /XObject; others: objects from number 10 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents 4 0 R" % size
    page += b" /Resources << /Font << /F 5 0 R >> /XObject << " + xobjects + b" >> >> >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: page,
        4: flate(commands),
        5: font,
        **(others or {}),
    }
    return write(path, objects)


def text_at(x: float, y: float, text: str, size: float = 9) -> bytes:
    return b"BT /F %g Tf %.2f %.2f Td (%s) Tj ET\n" % (size, x, y, text.encode("latin-1"))


def line_at(x0: float, x1: float, y: float) -> bytes:
    return b"%.2f %.2f m %.2f %.2f l S\n" % (x0, y, x1, y)


def small_table(top: float = 700) -> bytes:
    """A caption, three rules and four rows: what must still be found beside the hostile thing, or is lost aloud."""
    rows = [("Sex", "Drug (N = 32)", "Placebo (N = 31)"), ("Female", "10 (31.3)", "12 (38.7)")]
    rows += [("Male", "22 (68.8)", "19 (61.3)"), ("Smoker", "5 (15.6)", "7 (22.6)")]
    out = [text_at(60, top + 24, "Table 1. Characteristics of the patients.")]
    for i, row in enumerate(rows):
        out += [text_at(x, top - 14 * i, cell) for x, cell in zip((60, 200, 330), row, strict=True)]
    return b"".join([*out, *(line_at(60, 430, y) for y in (top + 12, top - 4, top - 48))])
