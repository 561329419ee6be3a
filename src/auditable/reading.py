"""A PDF → its Reading, from a process of its own within limits of time and memory.

Comes in: the path of a PDF nobody vouches for. Goes out: its Reading, as an object or as text. How a page is read is
left to engine.py, the limits to isolation.py.
"""

from __future__ import annotations

from pathlib import Path

from auditable.isolation import run_isolated
from auditable.model import Reading
from auditable.pdf_reading import dump_pdf
from auditable.serial import load_reading
from auditable.settings import Settings


def read_isolated(pdf_path: Path, study_id: str, settings: Settings, *, tables_only: bool = False) -> Reading:
    """What stands in the PDF, or only its tables; raises AuditableError when it cannot be read."""
    return load_reading(read_isolated_text(pdf_path, study_id, settings, tables_only=tables_only))


def read_isolated_text(pdf_path: Path, study_id: str, settings: Settings, *, tables_only: bool = False) -> str:
    """The reading as text, as it leaves its process."""
    return run_isolated(
        dump_pdf,
        (pdf_path, study_id, tables_only),
        seconds=settings.max_seconds_per_paper,
        memory_mb=settings.max_memory_mb,
    )
