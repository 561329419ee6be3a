"""A PDF → its first pages, its metadata and the text of all pages.

Comes in: a path. Goes out: a FrontRead. Runs inside a process of its own (intake_reading.py). A scanned first page is
read by OCR. What the pages say is left to front_matter.py and the other front_* modules.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfminer.pdftypes import PDFStream, resolve1

from auditable.model import Page
from auditable.readers.page_weight import PARSE_FAILURES, unpack
from auditable.readers.pdf_file import open_document, open_page, read_info, read_pdf_bytes
from auditable.readers.pdfium_reader import scan_document
from auditable.readers.pdfplumber_reader import read_pages

N_FRONT_PAGES = 3
"""A cover sheet of a repository, then the title page, then a page with the running heads."""
MAX_TEXT_PAGES = 60
MAX_XMP_BYTES = 128 * 1024
"""Of the XMP packet: fields take some kilobytes of it, an editor's history and pictures the rest."""
_TAG_END, _CONTENT = r"[^<>/]{0,300}>", r"(.{0,2000}?)"
"""Bounded: a packet of tags that never end would be searched to its end from each of them."""
_FIELD = re.compile(rf"<((?:dc|prism|pdfx|xmpRights|cc):\w{{1,40}}){_TAG_END}{_CONTENT}</\1>", re.DOTALL)
_ATTRIBUTE = re.compile(r"\b((?:prism|pdfx|xmpRights):\w{1,40})=\"([^\"]{0,4000})\"")
_ITEM = re.compile(rf"<rdf:li{_TAG_END}{_CONTENT}</rdf:li>", re.DOTALL)


@dataclass(frozen=True)
class FrontRead:
    """What was read of a PDF. pages: the first ones. metadata: fields by name. text: of all pages, as pdfium gives it.

    is_scan: page 1 has only its picture and was read by OCR.
    """

    pages: tuple[Page, ...]
    metadata: Mapping[str, tuple[str, ...]]
    text: str
    n_pages: int
    is_scan: bool


def read_front(pdf_path: Path) -> FrontRead:
    """What is looked at of the paper; raises AuditableError for a file that cannot be read, as a run would.

    No page is opened that a run would not open.
    """
    facts = scan_document(pdf_path)
    readable = [p.number for p in facts.pages if not p.problem]
    is_scan = facts.pages[0].is_scan
    numbers = [p.number for p in facts.pages[:N_FRONT_PAGES] if not p.is_scan and not p.problem]
    pages = read_pages(pdf_path, numbers)
    if is_scan:
        from auditable.readers.ocr_reader import read_scanned_pages

        pages = [*read_scanned_pages(pdf_path, [1]), *pages]
    text = _all_text(pdf_path, readable[:MAX_TEXT_PAGES])
    return FrontRead(tuple(pages), read_metadata(pdf_path), text, facts.n_pages, is_scan)


def read_metadata(pdf_path: Path) -> dict[str, tuple[str, ...]]:
    """The fields of the document's information and of its XMP packet, by name, empty ones left out."""
    with open_document(pdf_path) as document:
        found: dict[str, tuple[str, ...]] = {
            name: (value.strip(),) for name, value in read_info(document).items() if value.strip()
        }
    return {**found, **parse_xmp(_xmp(pdf_path))}


def parse_xmp(packet: str) -> Mapping[str, tuple[str, ...]]:
    """The fields of an XMP packet by their prefixed name: lists item by item, the rest as one text."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in [*_FIELD.findall(packet), *_ATTRIBUTE.findall(packet)]:
        items = _ITEM.findall(value) or [re.sub(r"<[^<>]*>", " ", value)]
        kept = tuple(text for item in items if (text := " ".join(html.unescape(item).split())))
        if kept and name not in found:
            found[name] = kept
    return found


def _xmp(pdf_path: Path) -> str:
    """The XMP packet; "" where there is none or it cannot be decoded: a sound paper may have a broken one."""
    with pdfplumber.open(io.BytesIO(read_pdf_bytes(pdf_path))) as document:
        stream = resolve1(document.doc.catalog.get("Metadata"))
        if not isinstance(stream, PDFStream):
            return ""
        try:
            return unpack(stream)[:MAX_XMP_BYTES].decode("utf-8", errors="replace")
        except PARSE_FAILURES:
            return ""


def _all_text(pdf_path: Path, numbers: Sequence[int]) -> str:
    parts = []
    with open_document(pdf_path) as document:
        for number in numbers:
            page = open_page(document, pdf_path, number)
            texts = page.get_textpage()
            parts.append(texts.get_text_bounded())
            texts.close()
            page.close()
    return "\n".join(parts)
