"""A page as read → whether it is too full for tables to be sought on it.

Comes in: a Page. Goes out: the reason, or nothing. Every step from here on compares words, lines and shades with their
neighbours: these limits, each far above any printed page, keep that work bounded. What a reader cannot even open is
found before, by readers/page_weight.py and readers/pdfium_reader.py.
"""

from __future__ import annotations

import re

from auditable.model import Page
from auditable.rules import find_bars

MAX_RULES = 30_000
"""A table of a thousand framed cells has 4000."""
MAX_FILLS = 5_000
"""A table of 100 rows shaded cell by cell has 1500; a map of heat may have more, and is none."""
MAX_BARS = 300
"""Heights with level lines: a ruled page of ledger paper has 100."""
MAX_LABELS = 200
"""Words that may open a caption; a list of tables or a text about them has 60."""
MAX_WORDS = 30_000
LABEL = re.compile(r"\W{0,2}(?:tab|fig)", re.IGNORECASE)


def why_too_full(page: Page) -> str:
    """Why no table is sought on the page, as the end of a sentence, or ""."""
    if len(page.fills) > MAX_FILLS:
        return f"it holds {len(page.fills)} shaded boxes, more than {MAX_FILLS}"
    counts = (
        (len(page.words), MAX_WORDS, "words"),
        (len(page.rules), MAX_RULES, "ruling lines"),
        (sum(bool(LABEL.match(w.text)) for w in page.words), MAX_LABELS, "words that may open a caption"),
        (len(find_bars(page)), MAX_BARS, "heights with ruling lines or edges of shading"),
    )
    return next((f"it holds {n} {what}, more than {most}" for n, most, what in counts if n > most), "")
