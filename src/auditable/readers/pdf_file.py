"""A file on disk → an open PDF, or the one error that says why it cannot be read.

Comes in: a path. Goes out: the file's bytes for any reader, or pdfium's document and pages. What stands on a page is
left to the readers.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from auditable.model import AuditableError
from auditable.pdf_ends import find_header, why_truncated


@contextmanager
def open_document(pdf_path: Path) -> Iterator[pdfium.PdfDocument]:
    """pdfium's document, closed again at the end.

    Raises AuditableError when the file is missing, empty, no PDF, truncated, locked by a password, or has no page.
    """
    document = _document(pdf_path)
    try:
        if len(document) == 0:
            raise _no_page(str(pdf_path))
        yield document
    finally:
        document.close()


def _document(pdf_path: Path) -> pdfium.PdfDocument:
    where = str(pdf_path)
    data = read_pdf_bytes(pdf_path)
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # pdfium keeps the code of an earlier failure, and refuses a file without pages with the code of success.
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise AuditableError(
                "the PDF is locked by a password", where=where, expected="a PDF that opens without password",
                found="an encrypted file", remedy="Save an unlocked copy and put it in its place.",
            ) from error  # fmt: skip
        if re.search(rb"/Count\s+0\b", data) and not re.search(rb"/Type\s*/Page\b", data):
            raise _no_page(where) from error
        raise AuditableError(
            "the PDF cannot be opened", where=where, expected="a whole PDF", found=str(error),
            remedy="Fetch the file again from the publisher.",
        ) from error  # fmt: skip


def _no_page(where: str) -> AuditableError:
    return AuditableError(
        "the PDF has no page",
        where=where,
        expected="at least one page",
        found="0 pages",
        remedy="Fetch the file again.",
    )


def read_pdf_bytes(pdf_path: Path) -> bytes:
    """The file's bytes from "%PDF-" on, for any reader to open.

    Raises AuditableError when they cannot be a whole PDF.
    """
    where = str(pdf_path)
    if not pdf_path.is_file():
        raise AuditableError(
            "there is no such file", where=where, expected="a PDF", found="nothing", remedy="Check the path."
        )
    data = pdf_path.read_bytes()
    if not data:
        raise AuditableError(
            "the file is empty", where=where, expected="a PDF", found="0 bytes", remedy="Fetch the file again."
        )
    start = find_header(data)
    if start < 0:
        raise AuditableError(
            "the file is not a PDF", where=where, expected='"%PDF-" at its beginning', found=repr(data[:20]),
            remedy="Open it in a browser: a saved web page is the usual cause. Fetch the PDF itself.",
        )  # fmt: skip
    data = data[start:]
    reason = why_truncated(data)
    if reason:
        raise AuditableError(
            "the PDF is cut off", where=where, expected="a whole PDF that ends in %%EOF", found=reason,
            remedy="Fetch the file again from the publisher.",
        )  # fmt: skip
    return data


def read_info(document: pdfium.PdfDocument) -> dict[str, str]:
    """What the document's information says, by key, "" where it says nothing; what is no text is left out of it."""
    return {key: _info(document, key) for key in document.METADATA_KEYS}


def _info(document: pdfium.PdfDocument, key: str) -> str:
    """One entry; pypdfium2's own way raises an error at the first sign that is broken."""
    name = f"{key}\0".encode()
    n_bytes = pdfium_c.FPDF_GetMetaText(document, name, None, 0)
    buffer = ctypes.create_string_buffer(n_bytes)
    pdfium_c.FPDF_GetMetaText(document, name, buffer, n_bytes)
    return buffer.raw[: max(0, n_bytes - 2)].decode("utf-16-le", errors="ignore")


def open_page(document: pdfium.PdfDocument, pdf_path: Path, number: int) -> pdfium.PdfPage:
    """One page, counted from 1; raises AuditableError when there is no such page or it is damaged."""
    if not 1 <= number <= len(document):
        raise AuditableError(
            f"there is no page {number}", where=str(pdf_path), expected=f"a page from 1 to {len(document)}",
            found=str(number), remedy="Correct the page number.",
        )  # fmt: skip
    try:
        return document[number - 1]
    except pdfium.PdfiumError as error:
        raise AuditableError(
            f"page {number} cannot be read", where=str(pdf_path), expected="a whole page", found=str(error),
            remedy="The file is damaged: fetch it again from the publisher.",
        ) from error  # fmt: skip
