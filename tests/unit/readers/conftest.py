"""PDFs that several reader tests look at, drawn once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import drawn


@pytest.fixture(scope="session")
def text_pdf(tmp_path_factory) -> Path:
    return drawn.text_pdf(tmp_path_factory.mktemp("drawn") / "text.pdf", n_pages=2)


@pytest.fixture(scope="session")
def table_pdf(tmp_path_factory) -> Path:
    """One page with the table alone."""
    path = tmp_path_factory.mktemp("drawn") / "table.pdf"
    page = drawn.canvas.Canvas(str(path), pagesize=drawn.TABLE_PAGE, invariant=1)
    drawn.draw_table(page)
    page.showPage()
    page.save()
    return path


@pytest.fixture(scope="session")
def scan_pdf(tmp_path_factory, table_pdf) -> Path:
    """The table as a picture laid askew by 0.8 degrees."""
    return drawn.scan_pdf(
        tmp_path_factory.mktemp("drawn") / "scan.pdf", drawn.picture_of(table_pdf, skew_degrees=0.8), dpi=200
    )
