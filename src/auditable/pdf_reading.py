"""The stage that reads: a PDF → its Reading as text, in the process it is called in.

Comes in: the path of a PDF. Goes out: the text of its Reading. A PDF nobody vouches for is read through reading.py or
stages.py, which give it a process of its own; how a page is read is left to engine.py.
"""

from __future__ import annotations

from pathlib import Path

from auditable.serial import dump_reading


def dump_pdf(pdf_path: Path, study_id: str, tables_only: bool = False) -> str:
    """The reading of a PDF as text; raises AuditableError when it cannot be read."""
    # Only a worker loads the PDF libraries, and the slow ones only after pdfium could open the file.
    from auditable.readers.pdf_file import open_document

    with open_document(pdf_path):
        from auditable.engine import read_paper
    return dump_reading(read_paper(pdf_path, study_id, tables_only=tables_only))
