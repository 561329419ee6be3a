"""A PDF → its Reading, from a process of its own within limits of time and memory.

Comes in: the path of a PDF nobody vouches for. Goes out: its Reading, as an object or as the text that rests in the
cache. How a page is read is left to engine.py, the limits to isolation.py.
"""

from __future__ import annotations

from pathlib import Path

from auditable.isolation import run_isolated
from auditable.model import Reading
from auditable.serial import dump_reading, load_reading
from auditable.settings import Settings


def read_isolated(pdf_path: Path, study_id: str, settings: Settings) -> Reading:
    """What stands in the PDF; raises AuditableError when it cannot be read."""
    return load_reading(read_isolated_text(pdf_path, study_id, settings))


def read_isolated_text(pdf_path: Path, study_id: str, settings: Settings) -> str:
    """The reading as text, as it leaves its process and rests in the cache."""
    return run_isolated(
        dump_pdf,
        (pdf_path, study_id),
        seconds=settings.max_seconds_per_paper,
        memory_mb=settings.max_memory_mb,
    )


def dump_pdf(pdf_path: Path, study_id: str) -> str:
    """The reading of a PDF as text: what runs inside the worker process."""
    # Only the worker loads the PDF libraries, and only after the file is known to be a readable PDF.
    from auditable.readers.pdfium_reader import scan_document

    scan_document(pdf_path)
    from auditable.engine import read_paper

    return dump_reading(read_paper(pdf_path, study_id))
