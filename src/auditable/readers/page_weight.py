"""Pages that a reader would drown in, found before any reader draws them.

Comes in: a path. Goes out: for each page too heavy to be read, why. A few hundred bytes can unpack to gigabytes, or
draw a form that draws ten forms that draw ten forms: here the commands of a page are counted, form by form, without
being carried out. What the other pages hold is left to the readers.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import lzwdecode
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name
from pdfminer.runlength import rldecode

from auditable.model import AuditableError
from auditable.readers.pdf_file import read_pdf_bytes

MAX_COMMAND_BYTES = 32 * 2**20
"""Drawing commands of one page, forms counted as often as they are drawn: a page of text has 0.1 MB, a map 10 MB."""
TEXT_COST = 50
"""Each byte of text counts so many times: a parser makes a record of every letter. A page of text has 0.02 MB of it."""
MAX_FORM_DEPTH = 24
"""Forms within forms: an editor nests three or four, and the parsers give up at some forty."""
FORM_COST_BYTES = 256
"""What drawing a form costs a parser even when it is empty."""
PARSE_FAILURES = (PSException, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What pdfminer is known to raise on a file it does not understand."""
_INLINE_PICTURE = re.compile(rb"\sID\s.*?\sEI\s", re.DOTALL)
_TEXT = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f\s]+>")
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_DECODERS = {
    "ASCII85Decode": ascii85decode, "A85": ascii85decode, "ASCIIHexDecode": asciihexdecode, "AHx": asciihexdecode,
    "LZWDecode": lzwdecode, "LZW": lzwdecode, "RunLengthDecode": rldecode, "RL": rldecode,
}  # fmt: skip


def find_heavy_pages(pdf_path: Path) -> dict[int, str]:
    """For each page that must not be read, the reason as the end of a sentence.

    Raises AuditableError when the page tree cannot be followed.
    """
    data = read_pdf_bytes(pdf_path)
    try:
        pages = PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))
        scale = _Scale()
        weights = [scale.weigh(page.contents, page.resources or {}) for page in pages]
    except PARSE_FAILURES as error:
        raise AuditableError(
            "the pages of the PDF cannot be followed", where=str(pdf_path), expected="a whole PDF",
            found=f"{type(error).__name__}: {error}", remedy="Open the file in a viewer and save it anew.",
        ) from error  # fmt: skip
    return {number: _reason(w) for number, w in enumerate(weights, start=1) if w > MAX_COMMAND_BYTES}


def _reason(weight: float) -> str:
    if weight == inf:
        return f"its forms draw themselves, or are nested more than {MAX_FORM_DEPTH} deep"
    return f"its texts and drawing commands take more work than {MAX_COMMAND_BYTES // 2**20} MB of commands"


class _Scale:
    """Weighs pages; remembers the weight of each form by its object number, since many pages and forms draw it."""

    def __init__(self) -> None:
        self._known: dict[int, float] = {}

    def weigh(self, streams: Sequence[Any], resources: Mapping[Any, Any], above: tuple[int, ...] = ()) -> float:
        """Bytes of commands that drawing these streams takes, inf where forms draw themselves; above: forms drawn at
        the time."""
        data = b"\n".join(unpack(s) for s in map(resolve1, streams) if isinstance(s, PDFStream))
        if len(data) > MAX_COMMAND_BYTES:
            return float(len(data))
        forms = resolve1(resources.get("XObject")) or {}
        weight = float(len(data) + TEXT_COST * sum(map(len, _TEXT.findall(_INLINE_PICTURE.sub(b"", data)))))
        for name, n in Counter(_DRAWN.findall(data) if forms else ()).items():
            form = resolve1(forms.get(_plain(name)))
            if isinstance(form, PDFStream) and literal_name(resolve1(form.get("Subtype"))) == "Form":
                inner = resolve1(form.get("Resources")) or resources
                weight += n * (FORM_COST_BYTES + self._weigh_form(form, inner, above))
        return weight

    def _weigh_form(self, form: PDFStream, resources: Mapping[Any, Any], above: tuple[int, ...]) -> float:
        number = form.objid or 0
        if number in above or len(above) >= MAX_FORM_DEPTH:
            return inf
        if number not in self._known:
            self._known[number] = self.weigh([form], resources, (*above, number))
        return self._known[number]


def _plain(name: bytes) -> str:
    """A name without its #xx escapes."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), name).decode("utf-8", errors="replace")


def unpack(stream: PDFStream) -> bytes:
    """What a stream holds, cut where they pass the limit; b"" where it is packed in no way known for commands."""
    data = stream.get_rawdata() or b""
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for packing, _ in stream.get_filters():
        if len(data) > MAX_COMMAND_BYTES:
            break  # too heavy already; the decoders of the other packings take seconds for so much
        name = literal_name(packing)
        if name in ("FlateDecode", "Fl"):
            data = _inflate(data)
        elif name in _DECODERS:
            data = _DECODERS[name](data)
        else:
            return b""
    return data


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MAX_COMMAND_BYTES + 1)
    except zlib.error:
        return b""
