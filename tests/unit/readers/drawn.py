"""Small PDFs drawn for the tests of the readers: text, pictures of text, and files broken in one way each."""

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

ROWS = [
    ("Characteristic", "Drug (N = 32)", "Placebo (N = 31)"),
    ("Female", "10 (31.3)", "12 (38.7)"),
    ("Age, median (range)", "70.5 (51-84)", "69 (48-81)"),
    (">=75 years", "8 (25.0)", "7 (22.6)"),
    ("p value", "<0.001", "0.48"),
]
COLUMNS_PT = (80, 260, 400)
FIRST_BASE_PT, ROW_PT = 60, 18
TABLE_PAGE = (560, 160)


def draw_table(page: canvas.Canvas) -> None:
    page.setFont("Helvetica", 10)
    height = page._pagesize[1]
    for i, row in enumerate(ROWS):
        for x, text in zip(COLUMNS_PT, row, strict=True):
            page.drawString(x, height - FIRST_BASE_PT - i * ROW_PT, text)
    page.setLineWidth(0.7)
    for y in (FIRST_BASE_PT - 14, FIRST_BASE_PT + 5, FIRST_BASE_PT + 4 * ROW_PT + 6):
        page.line(70, height - y, 520, height - y)


def text_pdf(path: Path, n_pages: int = 1, **settings) -> Path:
    page = canvas.Canvas(str(path), pagesize=A4, invariant=1, **settings)
    page.setTitle("A drawn article")
    for _ in range(n_pages):
        for i in range(40):
            page.drawString(60, 420 - 10 * i, f"Line {i} of running text that a reader can see.")
        draw_table(page)
        page.showPage()
    page.save()
    return path


def picture_of(path: Path, dpi: int = 200, skew_degrees: float = 0.0, turn_quarters: int = 0) -> np.ndarray:
    """Grey picture of the first page, turned clockwise by skew_degrees as a page laid askew on the glass."""
    document = pdfium.PdfDocument(path)
    grey = cv2.cvtColor(document[0].render(scale=dpi / 72).to_numpy()[:, :, :3], cv2.COLOR_BGR2GRAY)
    document.close()
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -skew_degrees, 1.0)
    grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=255)
    noise = np.random.default_rng(1).normal(0, 4, grey.shape)
    return np.rot90(np.clip(grey + noise, 0, 255).astype(np.uint8), -turn_quarters)


def scan_pdf(path: Path, grey: np.ndarray, dpi: int, hidden_text: str = "", stamp: str = "") -> Path:
    size = (grey.shape[1] * 72 / dpi, grey.shape[0] * 72 / dpi)
    page = canvas.Canvas(str(path), pagesize=size, invariant=1)
    encoded, data = cv2.imencode(".jpg", np.ascontiguousarray(grey))
    assert encoded
    page.drawImage(ImageReader(io.BytesIO(data.tobytes())), 0, 0, *size)
    if hidden_text:
        text = page.beginText(60, 150)
        text.setTextRenderMode(3)
        for _ in range(30):
            text.textLine(hidden_text)
        page.drawText(text)
    if stamp:
        page.drawString(60, 20, stamp)
    page.showPage()
    page.save()
    return path
