"""Changes to drawn PDFs by pdfium itself: a page's own turn and its crop box."""

from pathlib import Path

import pypdfium2 as pdfium


def with_rotation(source: Path, target: Path, degrees: int) -> Path:
    document = pdfium.PdfDocument(source)
    for page in document:
        page.set_rotation(degrees)
    document.save(target)
    document.close()
    return target


def with_crop_box(source: Path, target: Path, box: tuple[float, float, float, float]) -> Path:
    document = pdfium.PdfDocument(source)
    for page in document:
        page.set_cropbox(*box)
    document.save(target)
    document.close()
    return target
