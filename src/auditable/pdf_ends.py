"""The two ends of a PDF: where it begins, and whether its end is there.

Comes in: bytes. Goes out: what they say, without any PDF library. Opening the file is left to readers/pdf_file.py.
"""

from __future__ import annotations

import re

HEADER_REACH_BYTES = 1024
"""The standard's readers look for the header in so many first bytes: servers and mail programs put lines before it."""


def find_header(data: bytes) -> int:
    """Where "%PDF-" stands at the beginning, or -1."""
    return data[:HEADER_REACH_BYTES].find(b"%PDF-")


def why_truncated(data: bytes) -> str:
    """What shows that the end of the file is missing, or "".

    pdfium repairs a file that is cut off without a word and shows the pages that are left. A linearised file carries
    one %%EOF near its beginning, and one saved twice carries an older one in the middle: what counts is what follows
    the last.
    """
    end = data.rfind(b"%%EOF")
    if end < 0:
        return f"no end mark in {len(data)} bytes"
    if re.search(rb"\d\s+\d+\s+obj\b", data[end:]):
        return f"objects after the last end mark, in the last {len(data) - end} bytes"
    return ""
